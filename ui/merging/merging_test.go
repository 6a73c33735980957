package merging_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/ui/merging"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// write puts a unit and points with a description each into a pilot.
func write(t *testing.T, s *app.Session, description string, codes ...string) {
	t.Helper()
	err := s.Do(app.Edit(domain.Op{Name: "test", Label: "登记"}, func(d *domain.Pilot) error {
		unit, ok := d.Units.ByKey("基建处")
		if !ok {
			unit = &domain.Unit{Base: domain.Base{ID: s.NewID(), Code: "基建处"}, Name: "基建处"}
			d.Put(unit)
		}
		for _, code := range codes {
			d.Put(&domain.RiskPoint{Base: domain.Base{ID: s.NewID(), Code: code}, Unit: domain.To(unit.ID), Name: "虚签", Description: description})
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// pilot makes somebody else's file.
func pilot(t *testing.T, path, description string, codes ...string) {
	t.Helper()
	clock := func() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.Local) }
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateBlank, 2026, clock, pagetest.NewIDs(filepath.Base(path)), "张某")
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, description, codes...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// open shows the page over a pilot with JJ-01, with a folder of two others and a
// file that is none.
func open(t *testing.T) *pagetest.Host {
	t.Helper()
	h := pagetest.New(t, nil)
	write(t, h.Session(), "校办写的", "JJ-01")
	dir := t.TempDir()
	pilot(t, filepath.Join(dir, "基建处.lianshao"), "部门写的", "JJ-01", "JJ-02")
	pilot(t, filepath.Join(dir, "甲方代表.lianshao"), "甲方写的", "JJ-03")
	if err := os.WriteFile(filepath.Join(dir, "坏.lianshao"), []byte("不是"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := merging.New(h, pilotfile.Stores{})
	h.Open(p, dir)
	return h
}

func wantText(t *testing.T, h *pagetest.Host, part string) {
	t.Helper()
	if all := h.Texts(); !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, part) }) {
		t.Fatalf("%q is not on the page: %q", part, all)
	}
}

func point(h *pagetest.Host, code string) *domain.RiskPoint {
	r, _ := h.Session().Pilot.RiskPoints.ByKey(code)
	return r
}

// Both sides of what disagrees are shown; decided one by one; one commit, one undo;
// records say where they came from; merged again nothing changes.
func TestMergeAFolder(t *testing.T) {
	h := open(t)
	wantText(t, h, "不一致 1")
	wantText(t, h, "读不出来的文件 1")
	h.Shot("merge-plan")
	grid := pagetest.Find[*widgets.DataGrid](h)[1]
	if r := point(h, "JJ-02"); r != nil {
		t.Fatal("merged before the person confirmed")
	}
	if err := grid.OnToggle(0, "take", true); err != nil {
		t.Fatal(err)
	}
	h.TapButton("汇总")
	if len(h.Errors) > 0 {
		t.Fatal(h.Errors)
	}
	if point(h, "JJ-01").Description != "校办写的" || point(h, "JJ-02").Origin != "基建处" || point(h, "JJ-03") == nil {
		t.Errorf("%+v %+v", point(h, "JJ-01"), point(h, "JJ-02"))
	}
	h.Shot("merge-done")
	if err := h.Session().Undo(); err != nil || point(h, "JJ-02") != nil {
		t.Fatalf("one undo: %v", err)
	}
	for _, s := range pagetest.Find[*widget.Select](h) {
		s.SetSelected("取对方的")
	}
	h.TapButton("全部按规则")
	h.TapButton("汇总")
	if point(h, "JJ-01").Description != "部门写的" {
		t.Errorf("by rule: %+v", point(h, "JJ-01"))
	}
}

// The empty page says what it is for and leads on.
func TestEmpty(t *testing.T) {
	h := pagetest.New(t, nil)
	p := merging.New(h, pilotfile.Stores{})
	h.Open(p, "")
	wantText(t, h, "重复汇总都不影响结果")
	h.Shot("merge-empty")
	dir := t.TempDir()
	pilot(t, filepath.Join(dir, "基建处.lianshao"), "部门写的", "JJ-01")
	h.OpenFrom = []string{filepath.Join(dir, "基建处.lianshao")}
	h.TapButton("选择试点文件…")
	wantText(t, h, "新增 4") // the blank template has a scheme too
}

// A package asks for its password, says when it is wrong, and is merged like any
// pilot; whoever leaves the question finds it listed as not read.
func TestPackage(t *testing.T) {
	h := pagetest.New(t, nil)
	dir := t.TempDir()
	path, stores := filepath.Join(dir, "基建处.lianshao"), pilotfile.Stores{Data: t.TempDir()}
	pilot(t, path, "部门写的", "JJ-01")
	s, err := stores.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stores.Pack(s, filepath.Join(dir, "基建处.lianshao-pack"), "两家都知道的一句话", app.Parcel{}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), os.Remove(path)); err != nil {
		t.Fatal(err)
	}
	h.Open(merging.New(h, stores), dir)
	wantText(t, h, "请输入发件人告诉你的密码")
	h.TapButton("取消")
	wantText(t, h, "读不出来的文件 1")
	h.Open(merging.New(h, stores), dir)
	h.Type("不对的密码不对的密码")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "密码不对")
	h.Type("两家都知道的一句话")
	h.Press(fyne.KeyReturn)
	wantText(t, h, "新增 4")
	h.TapButton("汇总")
	if point(h, "JJ-01") == nil || len(h.Errors) > 0 {
		t.Error("not merged", h.Errors)
	}
}
