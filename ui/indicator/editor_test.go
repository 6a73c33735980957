package indicator

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
)

// alone lets the tab stand as a page.
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

// A version that a round used says so, refuses by the cell, and has a next version.
func TestUsedVersionIsFrozen(t *testing.T) {
	h, e := open(t, true)
	h.Sees("已用于首次评估，不能再改；要改请建下一版", "权重合计：各维度 1.000")
	h.Shot("indicator")
	err := h.Do(edit.SetSystemCells(e.sys.ID, edit.SystemCell{Place: edit.Place{Ind: 0}, Field: edit.SystemName, Text: "别的"}))
	if err == nil || !strings.Contains(app.Sentence(err), "请建一个新版本") {
		t.Errorf("a used version was changed: %v", err)
	}
	h.TapButton("下一版")
	if e.sys.Version != 2 || h.Session().Pilot.StateOf(e.sys) != domain.SystemDraft {
		t.Fatalf("version %d, %s", e.sys.Version, h.Session().Pilot.StateOf(e.sys))
	}
	e.right.SelectIndex(2)
	h.Sees("与第1版相比：没有不同。")
}

// A clerk makes a next version, retypes a name, a direction and an anchor, adds and
// moves an indicator; the difference says all of it.
func TestEditingByKeyboard(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	e.grid.Select(1, edit.SystemName)
	e.grid.Focus()
	h.Type("权力集中")
	h.Press(fyne.KeyReturn)
	if got := e.sys.Dimensions[0].Indicators[0].Name; got != "权力集中" {
		t.Fatalf("name %q, errors %v", got, h.Errors)
	}
	e.grid.Select(1, "")
	e.detail.anchors[0].SetText("x")
	h.Window().Canvas().Focus(e.detail.anchors[4])
	h.Type("！")
	h.Window().Canvas().Focus(e.detail.note)
	if got := e.sys.Dimensions[0].Indicators[0].Anchors[4]; !strings.Contains(got, "！") {
		t.Errorf("anchor %q", got)
	}
	before := len(e.rows)
	h.TapButton("指标")
	if len(e.rows) != before+1 {
		t.Fatalf("rows %d, want %d", len(e.rows), before+1)
	}
	if at, _ := e.place(); at != (edit.Place{Dim: 0, Ind: 4}) {
		t.Errorf("the cursor is at %v", at)
	}
	h.TapButton("上移")
	if at, _ := e.place(); at != (edit.Place{Dim: 0, Ind: 3}) || e.sys.Dimensions[0].Indicators[3].Name != "新指标" {
		t.Errorf("moved to %v", at)
	}
	e.right.SelectIndex(2)
	h.Sees("新增指标 A5 新指标", "由“权力集中程度”改名")
	h.Shot("indicator-diff")
	if err := h.Session().Undo(); err != nil || e.sys.Dimensions[0].Indicators[4].Name != "新指标" {
		t.Errorf("undo did not bring the indicator back down: %v", err)
	}
}

// The lower half follows the upper, fractions are read, the weights of the table and
// λmax follow, and the most inconsistent judgement is mended by one tap.
func TestJudgementMatrix(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	e.ShowWeights()
	e.grid.Select(1, "")
	m := e.matrix
	if m.of() != "A" || len(m.matrix.Labels) != 4 {
		t.Fatalf("group %q of %d", m.of(), len(m.matrix.Labels))
	}
	m.grid.Select(0, "1")
	m.grid.Focus()
	h.Type("9")
	h.Press(fyne.KeyReturn)
	if v := e.sys.MatrixOf("A").Values; v[0][1] != 9 || math.Abs(v[1][0]-1.0/9) > 1e-12 {
		t.Fatalf("9 was typed, matrix %v, errors %v", v, h.Errors)
	}
	h.Sees("一致性不通过（CR≥0.10）", "特征根法，RI 用 1980 年表（4 阶为 0.90）", "最不一致：")
	if w := m.result.Worst; w.Row != 1 || w.Col != 2 || !m.Cell(0, "1").Warn {
		t.Errorf("worst %+v", w)
	}
	if got := e.Cell(1, edit.SystemWeight).Text; got != m.Cell(0, rowWeight).Text {
		t.Errorf("the table says %s, the matrix %s", got, m.Cell(0, rowWeight).Text)
	}
	h.Shot("indicator-matrix")
	h.TapButton(m.mend.Text)
	if !m.result.Consistent {
		t.Errorf("mended, CR %g", m.result.CR)
	}
	m.grid.Select(3, "0")
	m.grid.Focus()
	h.Type("0.333")
	h.Press(fyne.KeyReturn)
	if v := e.sys.MatrixOf("A").Values; math.Abs(v[0][3]-3) > 1e-12 {
		t.Errorf("0.333 typed below the diagonal, above it stands %v", v[0][3])
	}
	m.grid.Select(0, "2")
	m.grid.Focus()
	h.Type("12")
	h.Press(fyne.KeyReturn)
	if v := e.sys.MatrixOf("A").Values; v[0][2] == 12 {
		t.Error("12 was taken")
	}
	h.Press(fyne.KeyEscape)
	m.ri.SetSelected("2005")
	h.Sees("RI 用 2005 年表（4 阶为 0.89）")
	m.source.SetSelected("方根法")
	h.Sees("方根法，RI 用 2005 年表")
	if e.sys.Derivation != "方根法" || e.sys.RI != "2005" {
		t.Errorf("kept %q %q", e.sys.Derivation, e.sys.RI)
	}
}

// Two experts' judgements meet in their geometric mean.
func TestExperts(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	e.ShowWeights()
	m := e.matrix
	m.group.SetSelectedIndex(2)
	for i, text := range []string{"2", "8"} {
		h.TapButton("＋专家")
		h.TapButton("新增")
		m.grid.Select(0, "1")
		m.grid.Focus()
		h.Type(text)
		h.Press(fyne.KeyReturn)
		if want := i + 2; len(m.experts.Options) < want {
			t.Fatalf("experts %v, errors %v", m.experts.Options, h.Errors)
		}
	}
	h.Shot("indicator-experts")
	h.TapButton("几何平均定权")
	if v := e.sys.MatrixOf("B").Values[0][1]; math.Abs(v-4) > 1e-9 {
		t.Errorf("the mean of 2 and 8 is %v", v)
	}
}

// Typed weights: the sum shows in red words until it is 1, and a version is submitted
// only then.
func TestTypedWeightsAndStates(t *testing.T) {
	h, e := open(t, false)
	h.Sees("指标体系说明给什么打分")
	h.TapButton("新建岗位层面体系")
	h.TapButton("维度")
	h.TapButton("维度")
	e.grid.Select(0, edit.SystemWeight)
	e.grid.Focus()
	h.Type("60%")
	h.Press(fyne.KeyReturn)
	h.Sees("各维度 0.600（应为 1.000）")
	if e.sums.Importance != widget.DangerImportance {
		t.Error("the wrong sum is not red")
	}
	h.TapButton("提交审议")
	if len(h.Errors) != 1 || !strings.Contains(h.Errors[0].Error(), "应为 1") {
		t.Errorf("submitted with a sum of 0.6: %v", h.Errors)
	}
	e.grid.Select(0, "")
	h.TapButton("平均权重")
	h.Sees("各维度 1.000")
	h.TapButton("提交审议")
	h.TapButton("审议通过，施行")
	h.TapButton("施行")
	if st := h.Session().Pilot.StateOf(e.sys); st != domain.SystemInForce || e.sys.Approved != "2026-08-25" {
		t.Errorf("state %s, approved %s, errors %v", st, e.sys.Approved, h.Errors)
	}
	h.Shot("indicator-small")
}

// Entropy takes the weights from a round.
func TestEntropyFromRound(t *testing.T) {
	h, e := open(t, true)
	h.TapButton("下一版")
	e.ShowWeights()
	e.matrix.source.SetSelected(domain.DerivedEntropy)
	h.TapButton("用熵权定权重")
	want, err := h.Session().Result(2).EntropyWeights()
	if err != nil {
		t.Fatal(err)
	}
	got := e.sys.GlobalWeights()
	for k := range want {
		if math.Abs(got[k]-want[k]) > 1e-12 {
			t.Errorf("weight %d: %g, want %g", k, got[k], want[k])
		}
	}
	if e.sys.Derivation != "熵权法（再评估评分）" || e.matrix.source.Selected != domain.DerivedEntropy {
		t.Errorf("source %q, shown %q", e.sys.Derivation, e.matrix.source.Selected)
	}
}
