package factor

import (
	"strings"
	"testing"

	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
)

type alone struct{ *Tab }

var _ page.Page = alone{}

// Causes are gathered from the points, counted by category, and become indicators of
// the next version's draft.
func TestFromPointsToIndicators(t *testing.T) {
	h := pagetest.New(t, nil)
	if err := sample.Fill(h.Session(), xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	tab := New(h)
	h.Open(alone{tab}, "")
	h.TapButton("归集成因")
	p := h.Session().Pilot
	if p.Factors.Len() == 0 || len(h.Errors) > 0 {
		t.Fatalf("%d causes, errors %v", p.Factors.Len(), h.Errors)
	}
	points := 0
	for _, r := range p.ActivePoints() {
		if domain.IsCategory(r.Category) {
			points++
		}
	}
	sum := 0
	for _, c := range tab.counts {
		sum += c.Points
	}
	if sum != points {
		t.Errorf("the categories count %d points, there are %d", sum, points)
	}
	for _, f := range p.Factors.All() {
		if tab.uses[f.ID].Points == 0 {
			t.Errorf("%s is tied to no point", f.Text)
		}
	}
	n := p.Factors.Len()
	h.TapButton("归集成因")
	if p.Factors.Len() != n || len(h.Errors) != 1 || !strings.Contains(h.Errors[0].Error(), "没有还没归集的成因") {
		t.Errorf("gathered twice: %d then %d, %v", n, p.Factors.Len(), h.Errors)
	}
	tab.grid.Select(1, "")
	if got := tab.list.Grid.Model.Len(); got != tab.counts[0].Factors {
		t.Errorf("narrowed to %s: %d of %d", tab.counts[0].Category, got, tab.counts[0].Factors)
	}
	h.Shot("factors")
	tab.list.Grid.SelectRange(0, "category", 1, "category")
	h.TapButton("生成指标")
	h.TapButton("生成")
	draft := draftOf(p, domain.TargetPoint)
	if draft == nil || draft.Version != 2 {
		t.Fatalf("no draft of version 2, errors %v", h.Errors)
	}
	inds := draft.Dimensions[0].Indicators
	if last := inds[len(inds)-1]; !strings.HasPrefix(last.Note, tab.counts[0].Category+"：") || last.Anchors[0] == "" {
		t.Errorf("last indicator %+v", last)
	}
	if len(h.Visits) == 0 || h.Visits[0].Arg != "systems="+string(draft.ID) {
		t.Errorf("visits %v", h.Visits)
	}
}
