package reportpage_test

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/report/document"
	"lianshao/app/report/table"
	"lianshao/domain"
	"lianshao/storage/docx"
	"lianshao/storage/xlsx"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/pen"
	"lianshao/ui/pen/raster"
	reportpage "lianshao/ui/report"
	"lianshao/ui/widgets"
)

// sampleBooks are the sample workbooks, read once for all tests.
var sampleBooks = sync.OnceValues(func() (books []*intake.Book, err error) {
	const dir = "../../assets/sample/"
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		b, err := xlsx.Reader{}.Read(context.Background(), dir+e.Name(), nil)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return books, err
})

// samplePilot is the pilot of the sample workbooks.
func samplePilot(t *testing.T) *domain.Pilot {
	t.Helper()
	books, err := sampleBooks()
	if err != nil {
		t.Fatal(err)
	}
	p := domain.NewPilot()
	plan := intake.NewPlan(p, intake.Analyse(books, intake.Options{}), intake.Env{IDs: pagetest.NewIDs("s"), Year: 2026})
	p.Apply(plan.Changes)
	return p
}

func encodeWord(d *document.Document) ([]byte, error) {
	return docx.Writer{Paint: raster.PNG}.Encode(d, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
}

func open(t *testing.T, p *domain.Pilot, arg string) (*pagetest.Host, page.Page) {
	t.Helper()
	h := pagetest.New(t, p)
	pg := reportpage.New(h, xlsx.WriteTables, encodeWord)
	h.Open(pg, arg)
	return h, pg
}

// number is the page number shown, such as "1 / 3"; "" without pages.
func number(h *pagetest.Host) string {
	for _, s := range h.Texts() {
		if strings.Contains(s, " / ") {
			return s
		}
	}
	return ""
}

func wantNumber(t *testing.T, h *pagetest.Host, want string) {
	t.Helper()
	if got := number(h); got != want {
		t.Fatalf("page %q, want %q", got, want)
	}
}

func pick(t *testing.T, h *pagetest.Host, title string) {
	t.Helper()
	for _, s := range pagetest.Find[*widget.Select](h) {
		if slices.Contains(s.Options, title) {
			s.SetSelected(title)
			return
		}
	}
	t.Fatalf("no choice %q", title)
}

func button(t *testing.T, h *pagetest.Host, text string) *widgets.Button {
	t.Helper()
	for _, b := range pagetest.Find[*widgets.Button](h) {
		if b.Text == text {
			return b
		}
	}
	t.Fatalf("no button %q", text)
	return nil
}

func TestTurnPagesAndNarrow(t *testing.T) {
	h, p := open(t, samplePilot(t), "riskpoints")
	all := number(h)
	if !strings.HasPrefix(all, "1 / ") || all == "1 / 1" {
		t.Fatalf("the table of 41 points is %q", all)
	}
	h.Shot("report-riskpoints")
	h.TapButton("下一页")
	wantNumber(t, h, strings.Replace(all, "1", "2", 1))
	paper := pagetest.Find[*pen.Paper](h)[0]
	h.TapAt(paper, fyne.NewPos(200, 200))
	h.Press(fyne.KeyPageUp)
	wantNumber(t, h, all)
	h.Press(fyne.KeyEnd)
	last := strings.TrimPrefix(all, "1 / ")
	wantNumber(t, h, last+" / "+last)
	pick(t, h, "基建处")
	one := number(h)
	if one == all || !strings.HasPrefix(one, "1 / ") {
		t.Errorf("one department takes %q, both %q", one, all)
	}
	pick(t, h, "A3")
	if number(h) >= one {
		t.Errorf("A3 takes %q, A4 %q", number(h), one)
	}
	p.Show("workflow")
	wantNumber(t, h, "1 / 6") // of 基建处, which is still chosen
	if b := button(t, h, "另存 Excel"); !b.Disabled() {
		t.Error("a flow chart cannot be a workbook")
	}
	pick(t, h, "A4")
	h.Shot("report-workflow")
}

func TestZoom(t *testing.T) {
	h, _ := open(t, samplePilot(t), "warnings")
	paper := pagetest.Find[*pen.Paper](h)[0]
	wide := paper.Percent()
	h.TapButton("整页")
	whole := paper.Percent()
	h.Shot("report-whole")
	h.TapButton("＋")
	if z := paper.Percent(); z <= whole || whole >= wide {
		t.Errorf("width %d%%, whole %d%%, larger %d%%", wide, whole, z)
	}
	h.TapButton("页宽")
	if paper.Percent() != wide {
		t.Errorf("width again %d%%, want %d%%", paper.Percent(), wide)
	}
}

func TestNothingToPrintSaysWhyAndOffersTheBlankForm(t *testing.T) {
	h, _ := open(t, nil, "self-assessment")
	if number(h) != "" || !button(t, h, "打印").Disabled() {
		t.Fatal("there is nothing to print")
	}
	if !slices.ContainsFunc(h.Texts(), func(s string) bool { return strings.Contains(s, "还没有风险点") }) {
		t.Errorf("no reason among %q", h.Texts())
	}
	h.Shot("report-empty")
	pagetest.Find[*widget.Check](h)[0].SetChecked(true)
	wantNumber(t, h, "1 / 1")
	h.Shot("report-blank")
	h.TapButton("打印")
	if len(h.Papers) != 1 || h.Papers[0] != "岗位廉政风险点自查表-空白" {
		t.Errorf("printed %q", h.Papers)
	}
}

func TestSaveAs(t *testing.T) {
	h, p := open(t, samplePilot(t), "riskpoints")
	dir := t.TempDir()
	h.SaveTo = filepath.Join(dir, "一览表.pdf")
	h.TapButton("另存 PDF")
	h.SaveTo = filepath.Join(dir, "一览表.xlsx")
	h.TapButton("另存 Excel")
	b, err := xlsx.Reader{}.Read(context.Background(), h.SaveTo, nil)
	if err != nil || len(b.Sheets) != 2 {
		t.Fatalf("workbook: %v, sheets %v", err, b)
	}
	if len(h.Papers) != 1 || len(h.Toasts) != 2 {
		t.Errorf("papers %q, toasts %q", h.Papers, h.Toasts)
	}
	p.Show("ranking")
	h.SaveTo = filepath.Join(dir, "排序.png")
	h.TapButton("另存图片")
	f, err := os.Open(h.SaveTo)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 1800 {
		t.Errorf("picture: %v", err)
	}
}

// The report is shown as it reads, says what it lacks, and is saved or opened as a
// Word file.
func TestReportIsSeenSavedAndOpened(t *testing.T) {
	h, p := open(t, samplePilot(t), reportpage.SummaryReport)
	if n := number(h); n == "" || strings.HasSuffix(n, " / 1") {
		t.Fatalf("the report has pages %q", n)
	}
	if !slices.ContainsFunc(h.Texts(), func(s string) bool { return strings.Contains(s, "项事实") }) {
		t.Errorf("what is missing is not said: %q", h.Texts())
	}
	h.Shot("report-summary")
	h.SaveTo = filepath.Join(t.TempDir(), "总结报告.docx")
	h.TapButton("另存 Word")
	data := h.Written[h.SaveTo]
	if !bytes.HasPrefix(data, []byte("PK")) || len(data) < 20000 {
		t.Errorf("the saved report has %d bytes", len(data))
	}
	h.TapButton("打开看看")
	if !bytes.Equal(h.Shown["试点工作总结报告.docx"], data) {
		t.Errorf("another report was opened than saved: %d files", len(h.Shown))
	}
	p.Show(reportpage.SummaryLetter)
	wantNumber(t, h, "1 / 1")
	h.Shot("report-letter")
	p.Show("riskpoints")
	for _, b := range pagetest.Find[*widgets.Button](h) {
		if b.Text == "另存 Word" && b.Visible() {
			t.Error("a table is offered as a Word file")
		}
	}
}

func TestExcelFailureIsReported(t *testing.T) {
	h := pagetest.New(t, samplePilot(t))
	h.Open(reportpage.New(h, func(string, []*table.TableModel) error { return os.ErrPermission }, nil), "riskpoints")
	h.SaveTo = "a.xlsx"
	h.TapButton("另存 Excel")
	if len(h.Errors) != 1 || len(h.Toasts) != 0 {
		t.Errorf("errors %v, toasts %q", h.Errors, h.Toasts)
	}
}

func TestEveryItem(t *testing.T) {
	h, p := open(t, samplePilot(t), "")
	h.Shot("report-first")
	for _, id := range []string{"plan", "authorities", "workflow", "self-assessment", "riskpoints", "summary", "disclosure", "opinions", "indicators",
		"ratings", "levels", "warnings", "measures", "inspection", "comparison", "indicator-check", "monitors", "appraisal", "booklet", "powers", "power-risks", "steps", "power-flow", "handbook",
		"post-form", "post-risks", "posts", "ledger", "records", "opinion-form", "revisions", "scheme", "rating-sheets", "self-review",
		"chart-levels", "units", "posts", "matrix", "ranking", "chart-comparison", "chart-monitors", "chart-plan"} {
		p.Show(id)
		if number(h) == "" {
			t.Errorf("%s shows no page: %q", id, h.Texts())
		}
		h.Shot("report-item-" + id)
	}
}

func TestChangesAreFollowed(t *testing.T) {
	h, _ := open(t, nil, "riskpoints")
	r := &domain.RiskPoint{Name: "拆分项目", Status: domain.PointActive}
	r.Code = "JJ-01"
	r.SetBase("r1", "")
	u := &domain.Unit{Name: "基建处"}
	u.SetBase("u1", "")
	r.Unit = domain.To("u1")
	err := h.Do(editing(func(d *domain.Pilot) { d.Put(u); d.Put(r) }))
	if err != nil {
		t.Fatal(err)
	}
	wantNumber(t, h, "1 / 1")
}

func editing(change func(d *domain.Pilot)) app.Command {
	return app.Edit(domain.Op{Name: "test", Label: "改动"}, func(d *domain.Pilot) error { change(d); return nil })
}

func TestMissingCharactersAreNamedOnce(t *testing.T) {
	p := samplePilot(t)
	r := p.ActivePoints()[0].Clone().(*domain.RiskPoint)
	r.Name = "\U0002A6A5😀拆分项目"
	p.Put(r)
	h, pg := open(t, p, "riskpoints")
	pg.Show("riskpoints")
	if len(h.Toasts) != 1 || !strings.Contains(h.Toasts[0], "U+2A6A5") || !strings.Contains(h.Toasts[0], "U+1F600") {
		t.Errorf("toasts %q", h.Toasts)
	}
}
