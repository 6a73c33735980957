package workflow

import (
	"testing"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// Every sample workflow comes up with chart, form and list, and no problem found.
func TestSampleWorkflowsOpen(t *testing.T) {
	h := pagetest.New(t, samplePilot(t))
	p := newPage(h)
	h.Open(p, "")
	for _, w := range h.Session().Pilot.Workflows.All() {
		p.Show("workflow=" + string(w.ID))
		h.Shot("flow-" + w.Code)
		if p.flow.wf != w.ID || p.flow.step != w.Steps[0].ID {
			t.Errorf("%s: shows %s %s", w.Code, p.flow.wf, p.flow.step)
		}
		if problems := w.Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", w.Code, problems)
		}
	}
	w := h.Session().Pilot.Workflows.By(domain.ByName, "JL2")[0]
	p.Show(string(w.Steps[2].ID))
	p.flow.toggleTable()
	h.Shot("flow-table")
	p.Show(TabPosts)
	h.Shot("flow-posts")
	p.Show(TabAuthorities)
	h.Shot("flow-authorities")
	if p.tabs.chosen() != TabAuthorities {
		t.Errorf("tab %s", p.tabs.chosen())
	}
}

func TestEmptyPilotOffersImport(t *testing.T) {
	h := pagetest.New(t, nil)
	p := newPage(h)
	h.Open(p, "")
	h.Shot("flow-empty")
	h.TapButton("导入流程梳理表")
	if len(h.Visits) != 1 || h.Visits[0].Screen != "import" {
		t.Errorf("visits %v", h.Visits)
	}
}
