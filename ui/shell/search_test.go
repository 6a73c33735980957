package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/app/search"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// typeQuery opens the dialog and types into it.
func (o *office) typeQuery(query string) *widgets.SearchEntry {
	o.t.Helper()
	o.menu("编辑", "查找一切…")
	for _, e := range pagetest.Find[*widgets.SearchEntry](o.Host) {
		if strings.Contains(e.PlaceHolder, "zbht") {
			e.SetText(query)
			return e
		}
	}
	o.t.Fatal("no dialog to find things")
	return nil
}

// What is typed is found, and Enter goes to it.
func TestFindAnything(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	for _, want := range []struct{ query, screen, seen string }{
		{"jj-13", page.RiskPoints, "虚签、多签工程量"},
		{"yj-03", page.Disclosure, "参数一般由老师提出"},
		{"jjxmlxsp", page.Workflow, "基建项目立项审批"},
		{"苏某某", page.Organisation, "管理学院教授"},
	} {
		e := o.typeQuery(want.query)
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if o.current != want.screen {
			t.Errorf("%s leads to %s, want %s", want.query, o.current, want.screen)
		}
		o.sees(want.seen)
	}
	o.typeQuery("zbwj").TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	o.Shot("find-anything")
	o.Press(fyne.KeyEscape)
	o.typeQuery("没有这样的东西").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.sees("没有找到“没有这样的东西”")
}

// What is changed is found at once, and an old word no longer.
func TestFindingFollowsChanges(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	total := func(query string) (n int) {
		for _, g := range o.texts.index.Load().Find(query, 5) {
			n += g.Total
		}
		return n
	}
	if total("围猎茶叶") != 0 {
		t.Fatal("found before it was written")
	}
	r := o.pilot().ActivePoints()[0]
	rename := app.Edit(domain.Op{Name: "test", Label: "改名"}, func(d *domain.Pilot) error {
		r := r.Clone().(*domain.RiskPoint)
		r.Name = "围猎茶叶"
		d.Put(r)
		return nil
	})
	if err := o.Shell.Do(rename); err != nil {
		t.Fatal(err)
	}
	if n := total("wlcy"); n < 2 {
		t.Errorf("found %d times after the change, want the point and its measures", n)
	}
	if err := o.session.Undo(); err != nil {
		t.Fatal(err)
	}
	if n := total("围猎茶叶"); n != 0 {
		t.Errorf("still found %d times after undo", n)
	}
}

// Every kind that can be found leads somewhere that shows it.
func TestEveryHitLeadsToItsPlace(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	seen := map[domain.Kind]bool{}
	for _, query := range []string{"1", "2026", "基建", "设备", "流程", "表", "a1", "预警", "组长", "会议", "采购"} {
		for _, g := range o.texts.index.Load().Find(query, 2) {
			if seen[g.Kind] {
				continue
			}
			seen[g.Kind] = true
			o.openHit(g.Hits[0])
			if o.current == "" || o.current == page.Overview {
				t.Errorf("%s %q leads nowhere", g.Kind, g.Hits[0].Title)
			}
			o.Go(page.Overview, "")
		}
	}
	if len(seen) < 12 {
		t.Errorf("only %d kinds were found: %v", len(seen), seen)
	}
	for kind := range places {
		o.openHit(search.Hit{Kind: kind, ID: "gone"}) // deleted meanwhile: nothing breaks
	}
}
