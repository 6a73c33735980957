package assessment

import (
	"testing"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// Every method is set up in the dialog with a scheme of its basis, scored by keys, and
// every result opens into its arithmetic.
func TestEveryMethodFromDialogToWhy(t *testing.T) {
	for i, x := range []struct {
		method domain.Method
		basis  string
		keys   string
	}{{domain.MethodMatrix, domain.BasisMatrix, "54"}, {domain.MethodLEC, domain.BasisLEC, "645"}, {domain.MethodFuzzy, domain.BasisIndex, "4545454545"}, {domain.MethodGrade, domain.BasisGrade, "3122"}} {
		h, pg := openSample(t, RoundsTab)
		if x.basis != domain.BasisIndex {
			if err := h.Do(assess.SaveScheme(domain.Preset(domain.LevelStyles[0], x.basis), h.Session().NewID)); err != nil {
				t.Fatal(err)
			}
		}
		h.TapButton("新建一轮")
		pagetest.Find[*widgets.Select](h)[0].SetSelected(x.method.Label())
		h.Shot("method-form-" + string(x.method))
		for _, s := range pagetest.Find[*widgets.Select](h) {
			if s.Position().Y == 0 || s.Size().Height == 0 {
				t.Errorf("%s: the choice of %s is not laid out", x.method, s.Selected)
			}
		}
		h.TapButton("新建")
		a := h.Session().Pilot.Round(0)
		if a.No != 3 || a.Rule.Method != x.method {
			t.Fatalf("%s: round %+v, errors %v", x.method, a, h.Texts())
		}
		p := pg.scores
		pg.Show(ScoresTab)
		for k := 1; k < len(p.who.Options); k++ {
			p.who.SetSelectedIndex(k)
			p.grid.Select(i, p.model.inds[0].Code)
			p.grid.Focus()
			h.Type(x.keys)
		}
		h.Shot("method-score-" + string(x.method))
		p.who.SetSelectedIndex(0)
		p.grid.Select(i, "")
		o := p.model.outcome(i)
		if o == nil || !o.Complete || o.Level.Label == "" {
			t.Fatalf("%s: outcome %+v, errors %v", x.method, o, h.Errors)
		}
		e := p.model.explanation(i)
		h.Sees(e.Head)
		if len(p.why.rows) < len(e.Parts) {
			t.Errorf("%s: %d rows of arithmetic for %d parts", x.method, len(p.why.rows), len(e.Parts))
		}
		h.Shot("method-why-" + string(x.method))
		if len(h.Errors) > 0 {
			t.Errorf("%s: %s", x.method, app.Sentence(h.Errors[0]))
		}
	}
}
