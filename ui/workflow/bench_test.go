package workflow

import (
	"testing"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// BenchmarkSelectStep is one tap on the chart, repainted, with the table open.
func BenchmarkSelectStep(b *testing.B) {
	h := pagetest.New(b, samplePilot(b))
	p := newPage(h)
	h.Open(p, "")
	p.flow.toggleTable()
	p.flow.selectWorkflow(h.Session().Pilot.Workflows.By(domain.ByName, "JL2")[0].ID)
	steps := p.flow.workflow().Steps
	h.Window().Canvas().Capture()
	b.ResetTimer()
	for i := range b.N {
		p.flow.selectStep(steps[i%len(steps)].ID)
	}
}
