package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math"
)

// parts writes the parts of a workbook. excelize makes all of them, but leaves a gap in
// a sheet where its rows belong; they are made while the gap is written. So a row goes
// straight into the file: it is kept neither in memory nor in a temporary file, where
// others might find it.
type parts struct {
	*zip.Writer
	gaps  []gap
	frame *frame // of the part in the making
}

// gap stands for the rows of a sheet.
type gap struct {
	mark []byte // an empty row that only this sheet has
	fill func(io.Writer) error
}

// newGap is the gap of the n-th sheet in a row, and how high the row must be made.
func newGap(n, row int, fill func(io.Writer) error) (g gap, height float64) {
	height = float64(n+1) / 1000
	return gap{[]byte(fmt.Sprintf(`<row r="%d" ht="%g" customHeight="1"></row>`, row, height)), fill}, height
}

// packLevel packs in half the usual time, into a file that is a quarter larger.
const packLevel = 3

func newParts(w io.Writer) *parts {
	p := &parts{Writer: zip.NewWriter(w)}
	p.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, packLevel) })
	return p
}

// Create begins a part and ends the one before.
func (p *parts) Create(name string) (io.Writer, error) {
	if err := p.end(); err != nil {
		return nil, err
	}
	to, err := p.Writer.Create(name)
	if err != nil {
		return nil, err
	}
	p.frame = &frame{to: to}
	return p.frame, nil
}

// frame is a part as excelize made it.
type frame struct {
	bytes.Buffer
	to io.Writer
}

// end writes the part in the making, with the rows of its gap.
func (p *parts) end() error {
	if p.frame == nil {
		return nil
	}
	content, to := p.frame.Bytes(), p.frame.to
	p.frame = nil
	for i, g := range p.gaps {
		before, after, ok := bytes.Cut(content, g.mark)
		if !ok {
			continue
		}
		p.gaps = append(p.gaps[:i:i], p.gaps[i+1:]...)
		if _, err := to.Write(before); err != nil {
			return err
		}
		limited := &limitedWriter{to, math.MaxUint32 - int64(len(content))}
		if err := g.fill(limited); err != nil {
			return err
		}
		content = after
		break
	}
	_, err := to.Write(content)
	return err
}

// Close ends the workbook. Rows that found no place are an error, never left out.
func (p *parts) Close() error {
	if err := p.end(); err != nil {
		return err
	}
	if len(p.gaps) > 0 {
		return fmt.Errorf("%d sheets were not written", len(p.gaps))
	}
	return p.Writer.Close()
}

// limitedWriter refuses what Excel does not open: parts of 4 GiB and more.
type limitedWriter struct {
	io.Writer
	left int64
}

func (w *limitedWriter) Write(b []byte) (int, error) {
	if w.left -= int64(len(b)); w.left < 0 {
		return 0, fault("有一张表的内容超过 4 GB，Excel 打不开，请分开导出")
	}
	return w.Writer.Write(b)
}
