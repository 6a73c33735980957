package levels

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
)

type alone struct{ *Editor }

var _ page.Page = alone{}

func open(t *testing.T, filled bool) (*pagetest.Host, *Editor) {
	t.Helper()
	h := pagetest.New(t, nil)
	if filled {
		if err := sample.Fill(h.Session(), xlsx.Reader{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	e := New(h)
	h.Open(alone{e}, "")
	return h, e
}

// A used scheme is frozen; in the next version every typed bound shows at once who
// would change level, and the difference says what was changed.
func TestWhoWouldChange(t *testing.T) {
	h, e := open(t, true)
	h.Sees("已用于首次评估，不能再改；要改请建下一版", "谁会变级（按再评估的评分）：没有")
	h.TapButton("下一版")
	h.Sees("还没有用过，可以改")
	e.grid.Select(0, colMin)
	e.grid.Focus()
	h.Type("75")
	h.Press(fyne.KeyReturn)
	res := h.Session().Result(2)
	want := 0
	for _, o := range res.Points {
		if o.Complete && o.Index >= 75 && o.Index < 80 {
			want++
		}
	}
	if want == 0 || len(e.effect.list) != want {
		t.Fatalf("%d points change level, want %d; errors %v", len(e.effect.list), want, h.Errors)
	}
	if c := e.effect.Cell(0, "is"); c.Text != "红" {
		t.Errorf("first becomes %q", c.Text)
	}
	e.grid.Select(0, colMin)
	e.grid.Focus()
	h.Type("50") // below the next level's 60
	h.Press(fyne.KeyReturn)
	if e.levels[0].Min != 75 {
		t.Errorf("a bound below that of a milder level was taken: %v", e.levels[0].Min)
	}
	h.Press(fyne.KeyEscape)
	h.Shot("levels")
	e.right.SelectIndex(1)
	h.Sees("等级“红”：下限由“80”改为“75”")
}

// A condition raises points; its effect and its sentence show at once.
func TestOverride(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	h.TapButton("提级条件")
	if len(e.scheme.Overrides) != 1 || e.scheme.Overrides[0].When != domain.TriggerEvent {
		t.Fatalf("overrides %v, errors %v", e.scheme.Overrides, h.Errors)
	}
	if len(e.effect.list) == 0 || e.effect.list[0].Raised != 1 {
		t.Errorf("nobody is raised by confirmed events: %v", e.effect.list)
	}
	h.Sees("有查实的风险信息 → 至少“橙”")
	if err := e.rules.edit(0, "when", string(domain.TriggerSelf)); err != nil {
		t.Fatal(err)
	}
	if err := e.rules.edit(0, "least", "30"); err == nil {
		t.Error("a score of 30 in 1–25 was taken")
	}
	h.Shot("levels-rules")
	e.rules.remove([]int{0})
	if len(e.scheme.Overrides) != 0 || len(e.effect.list) != 0 {
		t.Errorf("after deleting: %v, %d change", e.scheme.Overrides, len(e.effect.list))
	}
}

// Levels are added, moved and deleted; severities count down to 0 whatever is done.
func TestLevelsStayInOrder(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	e.grid.Select(1, "")
	h.TapButton("等级")
	if len(e.levels) != 5 || e.levels[2].Label != "新等级" || e.levels[2].Min != 50 {
		t.Fatalf("levels %+v, errors %v", e.levels, h.Errors)
	}
	h.TapButton("更重")
	if e.levels[1].Label != "新等级" || e.levels[1].Min != 60 {
		t.Errorf("after moving: %+v", e.levels)
	}
	h.TapButton("删除")
	if len(e.levels) != 4 {
		t.Errorf("after deleting: %+v, errors %v", e.levels, h.Errors)
	}
	for i, l := range e.levels {
		if l.Severity != 3-i {
			t.Errorf("%s has severity %d", l.Label, l.Severity)
		}
	}
}

// A matrix scheme is made from a usual one and its cells are set by tap and key; the
// others give way, so that more is never milder.
func TestCellsOfMatrix(t *testing.T) {
	h, e := open(t, false)
	h.Sees("预警等级方案说明多少分算几级")
	h.TapButton("新建方案")
	selects := pagetest.Find[interface {
		fyne.CanvasObject
		SetSelected(string)
	}](h)
	selects[0].SetSelected(domain.BasisMatrix3)
	h.TapButton("新建")
	if e.scheme == nil || e.scheme.MatrixSide() != 3 {
		t.Fatalf("scheme %+v, errors %v", e.scheme, h.Errors)
	}
	h.Shot("levels-cells")
	at := e.cells.place(0, 0).AddXY(20, 20)
	test.TapCanvas(h.Window().Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(e.cells).Add(at))
	if c := e.scheme.Cells; c[0][0] != 1 || c[0][1] < 1 || c[1][0] < 1 {
		t.Errorf("cells after the tap: %v, errors %v", c, h.Errors)
	}
	h.Press(fyne.KeyUp, fyne.KeyRight)
	before := e.scheme.Cells[1][1]
	h.Type(" ")
	if got := e.scheme.Cells[1][1]; got != (before+1)%4 {
		t.Errorf("cell 2,2 was %d, is %d", before, got)
	}
	if err := e.scheme.Check(); err != nil {
		t.Error(err)
	}
}

// Raise rules are pasted as rows: what is no level is refused with its place, new rows
// are asked about, one undo takes all back.
func TestRulesArePasted(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	h.TapButton("提级条件")
	g, n := e.rules.grid, len(e.scheme.Overrides)
	level := e.levels[0].Label
	g.Focus()
	g.Select(n-1, "when")
	row := string(domain.TriggerSelf) + "\t\t16\t"
	h.Paste(row + "没有的级\r\n")
	if said := g.ErrorText(); !strings.Contains(said, "第 1 行") || !strings.Contains(said, "没有的级") || len(e.scheme.Overrides) != n {
		t.Fatalf("refused with %q", said)
	}
	h.Paste(row + level + "\r\n" + row + level + "\r\n")
	h.TapButton("改 1 行，新增 1 行")
	if len(e.scheme.Overrides) != n+1 || e.scheme.Overrides[n].Least != 16 || e.scheme.Overrides[n].Level != level {
		t.Fatalf("%+v, message %q", e.scheme.Overrides, g.ErrorText())
	}
	if err := h.Session().Undo(); err != nil || len(e.scheme.Overrides) != n {
		t.Errorf("undo: %v, %d rules", err, len(e.scheme.Overrides))
	}
}
