package records

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

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
	return openPoints(t, p)
}

func openPoints(t *testing.T, p *domain.Pilot) (*pagetest.Host, *Grid) {
	t.Helper()
	h := pagetest.New(t, p)
	g := NewGrid(h, domain.KindRiskPoint, Options{Extra: []fields.Field{{Name: "shown", Title: "指数", Get: func(*domain.Pilot, domain.Record) string { return "75" }}}})
	g.New(func(*domain.Pilot) domain.Record { return &domain.RiskPoint{Unit: domain.To("u")} })
	h.Open(pastePage{g}, "")
	return h, g
}

var _ page.Page = pastePage{}

func point(h *pagetest.Host, code string) *domain.RiskPoint {
	pt, _ := h.Session().Pilot.RiskPoints.ByKey(code)
	return pt
}

// A range out of Excel with its header changes rows and adds new ones, with the
// checks of an import, in one operation that one undo takes back.
func TestPasteFromExcel(t *testing.T) {
	h, g := points(t)
	g.Select(0, "code")
	h.Paste("编号\t廉政风险点\t可能性\t完成时限\r\nJJ-01\t围标\t4\t2026/9/20\r\nJJ-02\t\"两行\n名称\"\t３分\t二〇二六年十月一日\r\nJJ-03\t新的\t5\t长期\r\n\t\t\t\r\n")
	h.Sees("粘贴的内容有 3 行，从这一行起只有 2 行")
	h.TapButton("改 2 行，新增 1 行")
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
	if last := h.Toasts[len(h.Toasts)-1]; !strings.Contains(last, "改了 10 格，新增 1 行，2 格本来就一样") {
		t.Errorf("told %q", last)
	}
	if err := h.Session().Undo(); err != nil || point(h, "JJ-01").Name != "虚签" || h.Session().Pilot.RiskPoints.Len() != 2 {
		t.Fatalf("one undo: %v, %+v", err, point(h, "JJ-01"))
	}
}

// One cell that is wrong keeps the whole block out, and the message stands by it.
func TestPasteIsRefusedAsAWhole(t *testing.T) {
	for text, want := range map[string]string{
		"编号\t可能性\r\nJJ-01\t4\r\nJJ-02\t9\r\n": "第 3 行：可能性应为 1–5 的整数，现为“9”",
		"编号\t完成时限\r\nJJ-01\t3/4/2026\r\n":     "可能是 2026年3月4日，也可能是 2026年4月3日",
		"编号\t完成时限\r\nJJ-01\t26.5\r\n":         "可能是 2026年5月",
		"编号\t指数\r\nJJ-01\t80\r\n":             "第 2 行“指数”：这一栏由程序填写",
		"编号\t可能性\r\nJJ-01\t4\r\nJJ-01\t5\r\n": "JJ-01",
		"编号\t廉政风险点\r\nJJ-01\t1.10101E+17\r\n": "长数字",
	} {
		h, g := points(t)
		g.Select(0, "code")
		h.Paste(text)
		if !strings.Contains(g.ErrorText(), want) {
			t.Errorf("%q: %q does not say %q", text, g.ErrorText(), want)
		}
		if _, undo := h.Session().CanUndo(); undo || point(h, "JJ-01").Likelihood != 2 {
			t.Errorf("%q: something was pasted: %+v", text, point(h, "JJ-01"))
		}
	}
}

// Any range that was copied comes back unchanged, and changes nothing.
func TestCopyAndPasteBack(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	odd := []string{"虚签", "=1+1", "007", "两行\n名称", `他说"好"`, "制\t表", "3-4", "1E3", "#N/A", "-甲", "", "2026-03", "53010119900307123456"}
	for i, text := range odd {
		code := fmt.Sprintf("%03d", i)
		p.Put(&domain.RiskPoint{Base: domain.Base{ID: domain.ID(code), Code: code}, Unit: domain.To("u"), Name: text, Description: text,
			Likelihood: i % 6, Due: domain.ParseDue([]string{"2026-09-20", "长期", "3月"}[i%3], 2026)})
	}
	h, g := openPoints(t, p)
	rapid.Check(t, func(rt *rapid.T) {
		cols := g.VisibleColumns()
		row := func() int { return rapid.IntRange(0, len(odd)-1).Draw(rt, "row") }
		col := func() string { return rapid.SampledFrom(cols).Draw(rt, "column") }
		g.SelectRange(row(), col(), row(), col())
		text := h.Copied()
		h.Paste(text)
		if _, undo := h.Session().CanUndo(); undo || g.ErrorText() != "" || h.Window().Canvas().Overlays().Top() != nil {
			rt.Fatalf("%q: message %q, changed %v", text, g.ErrorText(), undo)
		}
		if again := h.Copied(); again != text {
			rt.Fatalf("%q was copied after %q", again, text)
		}
	})
}

// All rows of a block become new ones by Ctrl+Shift+V, whatever row the cursor is on.
func TestPasteAsNewRows(t *testing.T) {
	h, g := points(t)
	g.Select(0, "code")
	fyne.CurrentApp().Clipboard().SetContent("编号\t廉政风险点\r\nAA-03\t三\r\nAA-04\t四\r\n")
	h.Shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyV, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	if h.Session().Pilot.RiskPoints.Len() != 4 || point(h, "AA-04").Name != "四" || point(h, "JJ-01").Name != "虚签" {
		t.Fatalf("%d points, message %q", h.Session().Pilot.RiskPoints.Len(), g.ErrorText())
	}
	if rows := g.SelectedRows(); len(rows) != 2 || rows[0] != 0 { // where the order put them
		t.Errorf("the selection is on %v", rows)
	}
}

// Blank cells that would empty what is there are asked about: merged cells leave them.
func TestBlanksAreAskedAbout(t *testing.T) {
	for answer, want := range map[string]string{"空格子不动": "虚签", "照上一格填": "围标", "清空这些格": "", "取消": "虚签"} {
		h, g := points(t)
		g.Select(0, "code")
		h.Paste("编号\t廉政风险点\t可能性\r\nJJ-01\t围标\t3\r\nJJ-02\t\t4\r\n")
		h.Sees("1 个空格子")
		h.TapButton(answer)
		if got := point(h, "JJ-02").Name; got != want {
			t.Errorf("%s: %q", answer, got)
		}
		if _, undo := h.Session().CanUndo(); undo != (answer != "取消") {
			t.Errorf("%s: changed %v", answer, undo)
		}
	}
}

// A large block goes in beside the window, is one operation, and can be stopped.
func TestLargePaste(t *testing.T) {
	h, g := points(t)
	var sb strings.Builder
	sb.WriteString("编号\t廉政风险点\t可能性\r\n")
	for i := range 1_500 {
		fmt.Fprintf(&sb, "XX-%05d\t风险 %d\t%d\r\n", i, i, i%5+1)
	}
	g.Select(0, "code")
	h.Paste(sb.String())
	h.TapButton("1500 行都新增")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 1_502 || g.ErrorText() == "" {
		t.Fatalf("%d points", n)
	}
	if err := h.Session().Undo(); err != nil || h.Session().Pilot.RiskPoints.Len() != 2 {
		t.Fatalf("undo: %v", err)
	}
	h.Stopped = true
	h.Paste(sb.String())
	h.TapButton("1500 行都新增")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 2 || !strings.Contains(g.ErrorText(), "已取消") {
		t.Errorf("%d points, %q", n, g.ErrorText())
	}
}
