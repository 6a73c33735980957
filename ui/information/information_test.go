package information

import (
	"testing"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// An item raises a risk point: drafted from it, linked to it, found by its channel.
func TestItemRaisesAPoint(t *testing.T) {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r", Code: "JJ-20"}, Unit: domain.To("u"), Name: "旧"})
	p.Put(&domain.Intelligence{Base: domain.Base{ID: "x", Code: "XX-001"}, Source: "信访举报", Date: "2026-05-18", Units: []domain.Ref{domain.To("u")},
		Summary: "反映甲方代表推荐涂料品牌，价格偏高。", Category: "外部环境", Verified: domain.CheckTrue})
	h := pagetest.New(t, p)
	h.Open(New(h), "x")
	h.Shot("information")
	h.TapButton("新增风险点…")
	h.TapButton("新增")
	r, ok := h.Session().Pilot.RiskPoints.ByKey("JJ-21")
	if !ok || r.Name != "反映甲方代表推荐涂料品牌" || r.Unit.ID != "u" || len(r.Channels) != 1 || r.Channels[0] != "群众帮" {
		t.Fatalf("raised %+v, errors %v", r, h.Errors)
	}
	x, _ := h.Session().Pilot.Intelligence.Get("x")
	if len(x.Points) != 1 || x.Points[0].ID != r.ID {
		t.Errorf("the item points at %v", x.Points)
	}
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
	if _, still := h.Session().Pilot.RiskPoints.ByKey("JJ-21"); still {
		t.Error("undo left the point")
	}
}
