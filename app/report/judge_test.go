package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/app/sample"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

// sampleSession is the sample pilot, filled once for all tests, which only read it.
var sampleSession = sync.OnceValues(func() (*app.Session, error) {
	n := 0
	ids := func() domain.ID { n++; return domain.ID(fmt.Sprintf("id%06d", n)) }
	s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(sampleDir, "试点.lianshao"), app.TemplateUniversity, sample.Year, time.Now, ids, "测试")
	if err != nil {
		return nil, err
	}
	return s, sample.Fill(s, xlsx.Reader{}, nil)
})

var sampleDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		panic(err)
	}
	sampleDir = dir
	code := m.Run()
	if s, err := sampleSession(); err == nil {
		s.Close()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

func sampleInput(t *testing.T, round int) report.Input {
	t.Helper()
	s, err := sampleSession()
	if err != nil {
		t.Fatal(err)
	}
	return report.NewInput(s, round)
}

// The report names every indicator once, with its verdict, and fits its page.
func TestIndicatorCheckPaper(t *testing.T) {
	in := sampleInput(t, 1)
	p, _ := report.PaperByID("indicator-check")
	if ok, why := p.Ready(in); !ok {
		t.Fatal(why)
	}
	tb := p.Tables(in, report.Options{})[0]
	if len(tb.Rows) != 10 {
		t.Fatalf("%d rows", len(tb.Rows))
	}
	var last []string
	for _, c := range tb.Rows[9].Cells {
		last = append(last, c.Text)
	}
	line := strings.Join(last, "|")
	for _, want := range []string{"10|C3 社会影响程度|0.0605|0.073|0.9692|0.096|", "|删除|"} {
		if !strings.Contains(line, want) {
			t.Errorf("C3: %s lacks %s", line, want)
		}
	}
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := p.Pages(in, report.Options{}, m); err != nil || len(pages) != 6 {
		t.Errorf("%d pages, %v", len(pages), err)
	}
}

func TestComparisonPaperTellsTheTests(t *testing.T) {
	in := sampleInput(t, 2)
	p, _ := report.PaperByID("comparison")
	notes := strings.Join(p.Tables(in, report.Options{})[0].Notes, "\n")
	for _, want := range []string{"V＝792", "配对 t 检验", "已落实 27 个", "红→橙 8 个"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes lack %s:\n%s", want, notes)
		}
	}
}
