package organisation

import (
	"testing"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// The head of a department is kept from scoring it, and the table follows a change.
func TestHeadDoesNotAssess(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	p.Put(&domain.Member{Base: domain.Base{ID: "m"}, Group: domain.GroupLeading, Name: "周正", Title: "纪委书记"})
	h := pagetest.New(t, p)
	m := newMatrix(h)
	if got := m.Cell(0, "u").Text; got != "可以评" {
		t.Errorf("before: %q", got)
	}
	u := p.Units.All()[0].Clone().(*domain.Unit)
	u.Head = "周正"
	h.Session().Pilot.Put(u)
	m.update()
	if c := m.Cell(0, "u"); c.Text != "回避：是被评估部门“基建处”的负责人，按方案不参加评分" || !c.Warn {
		t.Errorf("after: %+v", c)
	}
}
