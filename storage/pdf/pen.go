// Package pdf writes drawings as PDF pages with the program's fonts embedded.
// Layout is not its business: it places what app/report has already decided.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/signintech/gopdf"

	"lianshao/app/report/draw"
)

const (
	regularFont = "NotoSansSC-Regular"
	boldFont    = "NotoSansSC-Bold"
)

// Options name the document. Empty fields are left out of the file; with Created
// zero, equal pages give equal bytes.
type Options struct {
	Title, Author, Subject string
	Created                time.Time
}

// Pen holds the parsed fonts. One Pen may write several documents at a time.
type Pen struct {
	fonts   gopdf.FontContainer
	metrics *draw.Metrics
}

// NewPen parses the two TrueType fonts (some 10 ms); keep the Pen. The bytes must
// not change afterwards.
func NewPen(regular, bold []byte) (*Pen, error) {
	m, err := draw.NewMetrics(regular, bold)
	if err != nil {
		return nil, err
	}
	p := &Pen{metrics: m}
	for name, data := range map[string][]byte{regularFont: regular, boldFont: bold} {
		if err := p.fonts.AddTTFFontData(name, data); err != nil {
			return nil, fmt.Errorf("内置字体无法读取，请重新安装程序：%w", err)
		}
	}
	return p, nil
}

// Metrics measures with the same fonts; lay pages out with it.
func (p *Pen) Metrics() *draw.Metrics { return p.metrics }

// Write writes one PDF page per drawing, in millimetres, to w, with an outline of the
// pages' bookmarks. missing lists the
// characters that the fonts do not have, once each; they stand on paper as 〓.
func (p *Pen) Write(w io.Writer, pages []draw.Drawing, opt Options) (missing []rune, err error) {
	s, err := p.start()
	if err != nil {
		return nil, err
	}
	for i := range pages {
		if err := s.page(&pages[i]); err != nil {
			return nil, fmt.Errorf("生成 PDF 第 %d 页时出错：%w", i+1, err)
		}
	}
	var buf bytes.Buffer
	if _, err := s.gp.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("生成 PDF 时出错：%w", err)
	}
	out, err := finish(buf.Bytes(), outlineOf(pages), opt)
	if err != nil {
		return nil, fmt.Errorf("生成 PDF 时出错：%w", err)
	}
	_, err = w.Write(out)
	return s.missing, err
}

func (p *Pen) start() (*sheet, error) {
	gp := &gopdf.GoPdf{}
	gp.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	gp.SetNoCompression() // finish packs the pages
	for _, name := range []string{regularFont, boldFont} {
		if err := gp.AddTTFFontFromFontContainer(name, &p.fonts); err != nil {
			return nil, fmt.Errorf("内置字体无法使用：%w", err)
		}
	}
	return &sheet{gp: gp, metrics: p.metrics, lacks: map[glyph]bool{}}, nil
}
