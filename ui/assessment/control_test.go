package assessment

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// How well controls work is typed beside the inherent risk; the residual follows, and
// what is not a share is refused by the cell.
func TestResidualRiskIsTyped(t *testing.T) {
	h, pg := openSample(t, "")
	p := pg.scores
	p.target.SetSelectedIndex(residuals)
	p.grid.Select(0, colControl)
	p.grid.Focus()
	h.Type("40%")
	h.Press(fyne.KeyReturn)
	o := p.model.point(0)
	r, ok := p.model.result(0).ResidualOf(h.Session().Pilot, o)
	if !ok || r.Effectiveness != 0.4 || !strings.HasPrefix(p.model.Cell(0, colResidual).Text, "21.19") {
		t.Fatalf("residual %+v, shown %q, errors %v", r, p.model.Cell(0, colResidual).Text, h.Errors)
	}
	p.grid.Select(0, "")
	if says := p.why.says.Full(); !strings.Contains(says, "控制有效性 E＝0.4") {
		t.Errorf("why: %s", says)
	}
	h.Shot("scores-residual")
	for _, bad := range []string{"6", "很好", "-1"} {
		p.grid.Select(1, colControl)
		p.grid.Focus()
		h.Type(bad)
		h.Press(fyne.KeyReturn)
		if c := p.model.Cell(1, colControl); c.Text != "" {
			t.Errorf("%s was taken as %q", bad, c.Text)
		}
		h.Press(fyne.KeyEscape)
	}
	p.grid.Select(0, colControl)
	p.grid.Focus()
	h.Press(fyne.KeyDelete)
	if c := p.model.Cell(0, colControl); c.Text != "" {
		t.Errorf("not taken away: %q, errors %v", c.Text, h.Errors)
	}
}

// The arithmetic of a level is a table that sums to S, under what would lower it.
func TestWhyOpensIntoItsArithmetic(t *testing.T) {
	h, pg := openSample(t, "")
	p := pg.scores
	p.grid.Select(2, "") // JJ-03
	says := p.why.says.Full()
	for _, want := range []string{"S＝3.9224", "73.06", "等级“橙”", "60≤I＜80", "要降到“黄”"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q is not in %q", want, says)
		}
	}
	last := p.why.rows[len(p.why.rows)-1].cells
	if last["share"].Text != "3.9224" || last["weight"].Text != "1.0000" {
		t.Errorf("sum %q of weights %q", last["share"].Text, last["weight"].Text)
	}
	if n := len(p.why.bars.Drawing().Hits); n < 10 {
		t.Errorf("%d bars", n)
	}
	h.Shot("scores-why")
}
