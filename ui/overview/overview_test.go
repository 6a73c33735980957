package overview_test

import (
	"strings"
	"testing"

	"lianshao/domain"
	"lianshao/ui/overview"
	"lianshao/ui/page/pagetest"
)

// pilot has a reminder longer than the page is wide.
func pilot() *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u"}, Name: "基建处"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r", Code: "JJ-01"}, Unit: domain.To("u"), Name: "论证走过场"})
	p.Put(&domain.Opinion{Base: domain.Base{ID: "o", Code: strings.Repeat("很长的编号", 60)}, Content: "意见"})
	return p
}

// The page must leave room for the navigation on a screen of 1366 pixels, however
// long the reminders are.
func TestPageFitsSmallScreens(t *testing.T) {
	p := pilot()
	h := pagetest.New(t, p)
	if w := overview.New(h).Content().MinSize().Width; w > 1240 {
		t.Errorf("the page wants %.0f pixels", w)
	}
}
