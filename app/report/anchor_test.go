package report_test

import (
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/assets"
)

// Every filled in paper, also one made to be published, carries the code of the entry
// it was made at on every numbered page and every sheet; blank forms carry none.
func TestPapersCarryTheCode(t *testing.T) {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	in := sampleInput(t, 2)
	line := report.CodeLine(in.Head)
	if !strings.HasPrefix(line, "校验码 第 3 条 ") {
		t.Fatalf("line %q", line)
	}
	for _, p := range report.Papers() {
		for _, o := range []report.Options{{}, {Anon: publish.Posts}, {Blank: true}} {
			if o.Blank && !p.HasBlank {
				continue
			}
			want := line
			if o.Blank {
				want = ""
			}
			if ready, _ := p.Ready(in); !ready && !o.Blank {
				continue
			}
			if pages, err := p.Pages(in, o, m); err == nil {
				checkPages(t, p.ID, pages, want)
			}
			if p.Tables == nil {
				continue
			}
			if tables, err := p.Sheets(in, o); err == nil {
				for _, tb := range tables {
					if tb.Code != want {
						t.Errorf("%s: sheet %s has the code %q", p.ID, tb.Title, tb.Code)
					}
				}
			}
		}
	}
	book, _ := report.BookByID("booklet")
	pages, err := book.Pages(in, report.Options{}, m)
	if err != nil {
		t.Fatal(err)
	}
	checkPages(t, book.ID, pages, line)
	in.Head = app.ChainHead{}
	p, _ := report.PaperByID("riskpoints")
	if pages, err = p.Pages(in, report.Options{}, m); err != nil {
		t.Fatal(err)
	}
	checkPages(t, "before the first entry", pages, "")
}

// checkPages wants the line once on every page, within the sheet and over nothing else.
func checkPages(t *testing.T, what string, pages []draw.Drawing, line string) {
	t.Helper()
	for i, d := range pages {
		n, lowest, line := 0, 0.0, line
		var at draw.Text
		numbered := false
		for _, it := range d.Items {
			text, ok := it.(draw.Text)
			numbered = numbered || ok && text.Page
			switch {
			case ok && strings.HasPrefix(text.String, "校验码"):
				n, at = n+1, text
			case ok:
				lowest = max(lowest, text.Y)
			}
		}
		if !numbered { // a cover
			line = ""
		}
		switch {
		case line == "" && n > 0, line != "" && (n != 1 || at.String != line):
			t.Errorf("%s: page %d has %d codes, %q", what, i+1, n, at.String)
		case n == 1 && (at.Y-at.Size < lowest || at.Y > d.H-5):
			t.Errorf("%s: page %d: the code at %.1f of %.1f, over %.1f", what, i+1, at.Y, d.H, lowest)
		}
	}
}
