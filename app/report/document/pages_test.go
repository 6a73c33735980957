package document_test

import (
	"fmt"
	"strings"
	"testing"

	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/assets"
)

// Everything that the document says is on its pages, nothing lies over anything else
// or outside the margins, and a caption is on the page of its table.
func TestPagesShowTheWholeDocument(t *testing.T) {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	d := &document.Document{Title: "总结报告"}
	d.Add(document.Heading{Text: "云海师范大学\n总结报告"}, document.Heading{Level: 1, Text: "一、基本情况"})
	for i := range 40 {
		d.Add(document.Paragraph{Text: fmt.Sprintf("第%d段，%s。", i, strings.Repeat("排查廉政风险点", 9))})
		if i%7 == 3 {
			tb := document.Table{Header: 1, Columns: []document.Column{{Weight: 1}, {Weight: 3}}, Rows: []document.Row{{Cells: []document.Cell{{Text: "编号"}, {Text: "内容"}}}}}
			for r := range i * 2 {
				tb.Rows = append(tb.Rows, document.Row{Cells: []document.Cell{{Text: fmt.Sprintf("%d-%d", i, r)}, {Text: strings.Repeat("措施", 20)}}})
			}
			d.Add(document.Caption{Text: fmt.Sprintf("表%d　防范措施", i)}, tb)
		}
	}
	d.Add(document.Section{Landscape: true}, document.Paragraph{Text: "附件", Plain: true})
	pages, err := document.Pages(d, m)
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for n, pg := range pages {
		bottom, captionAt := 0.0, -1.0
		for _, it := range pg.Items {
			x, ok := it.(draw.Text)
			if !ok {
				continue
			}
			all += x.String
			if x.Page || x.String == d.Title && x.Size < 4 { // the footer
				continue
			}
			if x.Y > pg.H-30 || x.Y < 37 {
				t.Errorf("page %d: %q at %.0f", n+1, x.String, x.Y)
			}
			if strings.HasPrefix(x.String, "表") {
				captionAt = x.Y
			}
			if x.Size > 5 && x.Y < bottom-1 {
				t.Errorf("page %d: %q at %.1f lies above what stands before it, at %.1f", n+1, x.String, x.Y, bottom)
			}
			bottom = max(bottom, x.Y)
		}
		if captionAt > 0 && captionAt == bottom {
			t.Errorf("page %d ends with a caption", n+1)
		}
	}
	for _, want := range []string{"第39段", "表38", "38-75", "附件", draw.PageLabel(len(pages), len(pages))} {
		if !strings.Contains(all, want) {
			t.Errorf("%s is not on the pages", want)
		}
	}
	if last := pages[len(pages)-1]; last.W < last.H {
		t.Error("the last section does not lie")
	}
}
