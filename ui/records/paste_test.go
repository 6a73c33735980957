package records

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
)

// pastePage is a page of risk points alone.
type pastePage struct{ *Grid }

func (p pastePage) Content() fyne.CanvasObject { return p.DataGrid }
func (p pastePage) Show(string)                { p.Focus() }

// points opens a grid of two risk points and gives it the keyboard.
func points(t *testing.T) (*pagetest.Host, *Grid) {
	t.Helper()
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	for _, code := range []string{"JJ-01", "JJ-02"} {
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: domain.ID(code), Code: code}, Unit: domain.To("u"), Name: "虚签", Likelihood: 2})
	}
	h := pagetest.New(t, p)
	g := NewGrid(h, domain.KindRiskPoint, Options{Extra: []fields.Field{{Name: "shown", Title: "指数", Get: func(*domain.Pilot, domain.Record) string { return "75" }}}})
	g.New = func(*domain.Pilot) domain.Record { return &domain.RiskPoint{Unit: domain.To("u")} }
	h.Open(pastePage{g}, "")
	return h, g
}

var _ page.Page = pastePage{}

// paste presses Ctrl+V over a text as Excel copies it.
func paste(h *pagetest.Host, text string) {
	clip := fyne.CurrentApp().Clipboard()
	clip.SetContent(text)
	h.Shortcut(&fyne.ShortcutPaste{Clipboard: clip})
}

func point(h *pagetest.Host, code string) *domain.RiskPoint {
	pt, _ := h.Session().Pilot.RiskPoints.ByKey(code)
	return pt
}

// A range out of Excel with its header changes rows and adds new ones, with the
// checks of an import, in one operation that one undo takes back.
func TestPasteFromExcel(t *testing.T) {
	h, g := points(t)
	g.Select(0, "code")
	paste(h, "编号\t廉政风险点\t可能性\t完成时限\r\nJJ-01\t围标\t4\t2026/9/20\r\nJJ-02\t\"两行\n名称\"\t３分\t二〇二六年十月一日\r\nJJ-03\t新的\t5\t长期\r\n\t\t\t\r\n")
	if g.ErrorText() == "" || !strings.Contains(g.ErrorText(), "表头") {
		t.Fatalf("message %q", g.ErrorText())
	}
	a, b, c := point(h, "JJ-01"), point(h, "JJ-02"), point(h, "JJ-03")
	if a.Name != "围标" || a.Likelihood != 4 || a.Due.Date != "2026-09-20" || b.Name != "两行\n名称" || b.Likelihood != 3 || b.Due.Date != "2026-10-01" {
		t.Fatalf("%+v %+v", a, b)
	}
	if c == nil || c.Name != "新的" || c.Due.Text != "长期" || h.Session().Pilot.RiskPoints.Len() != 3 {
		t.Fatalf("the new row: %+v", c)
	}
	if err := h.Session().Undo(); err != nil || point(h, "JJ-01").Name != "虚签" || h.Session().Pilot.RiskPoints.Len() != 2 {
		t.Fatalf("one undo: %v, %+v", err, point(h, "JJ-01"))
	}
}

// One cell that is wrong keeps the whole block out, and the message stands by it.
func TestPasteIsRefusedAsAWhole(t *testing.T) {
	for text, want := range map[string]string{
		"编号\t可能性\r\nJJ-01\t4\r\nJJ-02\t9\r\n": "第 2 行：可能性应为 1–5 的整数，现为“9”",
		"编号\t完成时限\r\nJJ-01\t3/4/2026\r\n":     "可能是 2026年3月4日，也可能是 2026年4月3日",
		"编号\t完成时限\r\nJJ-01\t26.5\r\n":         "可能是 2026年5月",
		"编号\t指数\r\nJJ-01\t80\r\n":             "“指数”一栏由程序填写",
		"编号\t可能性\r\nJJ-01\t4\r\nJJ-01\t5\r\n": "JJ-01",
		"编号\t廉政风险点\r\nJJ-01\t1.10101E+17\r\n": "长数字",
	} {
		h, g := points(t)
		g.Select(0, "code")
		paste(h, text)
		if !strings.Contains(g.ErrorText(), want) {
			t.Errorf("%q: %q does not say %q", text, g.ErrorText(), want)
		}
		if _, undo := h.Session().CanUndo(); undo || point(h, "JJ-01").Likelihood != 2 {
			t.Errorf("%q: something was pasted: %+v", text, point(h, "JJ-01"))
		}
	}
}

// A table that was copied out and comes back unchanged changes nothing.
func TestCopyAndPasteBack(t *testing.T) {
	h, g := points(t)
	h.Shortcut(&fyne.ShortcutSelectAll{})
	clip := fyne.CurrentApp().Clipboard()
	h.Shortcut(&fyne.ShortcutCopy{Clipboard: clip})
	text := clip.Content()
	if !strings.Contains(text, "75") || !strings.Contains(text, "JJ-02") {
		t.Fatalf("copied %q", text)
	}
	paste(h, text)
	if g.ErrorText() != "" || h.Session().Pilot.RiskPoints.Len() != 2 {
		t.Errorf("message %q, %d points", g.ErrorText(), h.Session().Pilot.RiskPoints.Len())
	}
}
