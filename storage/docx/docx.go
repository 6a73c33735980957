// Package docx writes documents as .docx files in the layout of Chinese official
// documents (GB/T 9704): page, 22 lines of 28 characters, fonts by level of heading,
// page numbers — 1 —. Only what a document needs of WordprocessingML is here.
package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"lianshao/app"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/storage/wholefile"
)

// Writer writes documents. Paint turns a drawing into a PNG, scale pixels to a unit.
type Writer struct {
	Paint func(d draw.Drawing, scale float64) ([]byte, error)
}

// WriteFile writes the document to path, which is replaced only by a whole file. The
// file's properties hold the title and the time, no person's name.
func (w Writer) WriteFile(path string, d *document.Document, created time.Time) error {
	data, err := w.Encode(d, created)
	if err != nil {
		return err
	}
	return app.NotWritten(wholefile.Write(path, func(out io.Writer) error { _, err := out.Write(data); return err }), path)
}

// Encode makes the bytes of the file. Equal documents give equal bytes.
func (w Writer) Encode(d *document.Document, created time.Time) ([]byte, error) {
	b := &body{paint: w.Paint}
	if err := b.blocks(d.Blocks); err != nil {
		return nil, err
	}
	parts := []part{
		{"[Content_Types].xml", []byte(contentTypes)},
		{"_rels/.rels", []byte(packageRels)},
		{"docProps/core.xml", []byte(fmt.Sprintf(coreProps, escape(d.Title), stamp(created), stamp(created)))},
		{"docProps/app.xml", []byte(appProps)},
		{"word/document.xml", []byte(b.document())},
		{"word/styles.xml", []byte(styles())},
		{"word/settings.xml", []byte(settings)},
		{"word/fontTable.xml", []byte(fontTable)},
		{"word/footer1.xml", []byte(footer("right", d.Code))},
		{"word/footer2.xml", []byte(footer("left", d.Code))},
		{"word/_rels/document.xml.rels", []byte(b.rels())},
	}
	for i, png := range b.pictures {
		parts = append(parts, part{pictureName(i), png})
	}
	return pack(parts)
}

type part struct {
	name string
	data []byte
}

func pack(parts []part) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = f.Write(p.data)
		}
		if err != nil {
			return nil, fmt.Errorf("packing %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// escape makes text safe in XML; characters that XML does not know are left out.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == 0xFFFD {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
