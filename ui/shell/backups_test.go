package shell

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// kept opens a pilot on a computer with a private folder, with one unit.
func kept(t *testing.T) (o *office, path string) {
	t.Helper()
	o = open(t)
	o.deps.Stores = pilotfile.Stores{Data: filepath.Join(o.dir, "private")}
	path = filepath.Join(o.dir, "试点.lianshao")
	s, err := app.CreatePilot(o.deps.Stores, path, app.TemplateBlank, 2026, o.deps.Clock, o.deps.NewID, "某")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	o.Open(path)
	o.rename("基建处")
	return o, path
}

// rename gives the only unit a name, and saves the file.
func (o *office) rename(name string) {
	o.t.Helper()
	err := o.Shell.Do(app.Edit(domain.Op{Name: "test", Label: "改名"}, func(d *domain.Pilot) error {
		d.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "u"}, Name: name})
		return nil
	}))
	if err == nil {
		err = o.document().Save()
	}
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) unit() string {
	u, _ := o.pilot().Units.Get("u")
	if u == nil {
		return ""
	}
	return u.Name
}

// grids are the tables on the window, from the top.
func (o *office) grids() []*widgets.DataGrid { return pagetest.Find[*widgets.DataGrid](o.Host) }

// Backups are listed and compared; a record comes back as one operation that can be
// undone; a whole backup is restored into a new file, which opens.
func TestBackupsInTheWindow(t *testing.T) {
	o, path := kept(t)
	o.rename("写错的名称")
	o.visit("备份")
	o.sees("最近 10 次")
	list := o.grids()[0]
	if n := len(list.Content().Rows); n != 3 { // the first when it was made
		t.Fatalf("%d backups", n)
	}
	list.Select(1, "time")
	o.TapButton("比较")
	o.sees("改过 1")
	o.sees("写错的名称")
	records := o.grids()[2]
	if err := records.OnToggle(0, "take", true); err != nil {
		t.Fatal(err)
	}
	o.TapButton("取回所选的 1 条…")
	o.TapButton("取回")
	if o.unit() != "基建处" {
		t.Fatalf("after bringing back the unit is %q", o.unit())
	}
	o.sees("完全一样")
	o.menu("编辑", "撤销")
	if o.unit() != "写错的名称" {
		t.Errorf("after undo the unit is %q", o.unit())
	}
	o.TapButton("恢复到新文件…")
	o.TapButton("恢复")
	o.sees("读回来核对过")
	o.TapButton("打开")
	if o.unit() != "基建处" || samePath(o.session.Store.Path(), path) {
		t.Errorf("restored: %q in %s", o.unit(), o.session.Store.Path())
	}
}

// A damaged file leads to its backups, and so does the welcome page.
func TestDamagedLeadsToBackups(t *testing.T) {
	o, path := kept(t)
	o.menu("文件", "关闭试点")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) / 3; i < len(b); i++ {
		b[i] = 0
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Open(path)
	o.sees("试点文件受损")
	o.TapButton("从备份恢复…")
	o.TapButton("恢复到新文件…")
	o.TapButton("恢复")
	o.TapButton("打开")
	if o.session == nil || o.unit() != "基建处" {
		t.Fatal("the backup did not open")
	}
	o.menu("文件", "关闭试点")
	o.TapButton("从备份恢复…")
	o.sees("选一份备份恢复到新文件")
}

// When somebody else changed the file meanwhile, both are kept, the dialog says where,
// and leads to the merge with the other file read.
func TestChangedByOthersLeadsToMerging(t *testing.T) {
	o, path := kept(t)
	mine, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(o.dir, "那边", "试点.lianshao")
	if err := os.Mkdir(filepath.Dir(there), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(there, mine, 0o600); err != nil {
		t.Fatal(err)
	}
	other, err := app.OpenPilot(pilotfile.Stores{}, there, o.deps.Clock, o.deps.NewID, "别人", nil)
	if err == nil {
		err = other.Do(app.Edit(domain.Op{Name: "test", Label: "新增"}, func(d *domain.Pilot) error {
			d.Put(&domain.Unit{Base: domain.Base{ID: "v", Code: "v"}, Name: "别人加的处"})
			return nil
		}))
	}
	if err == nil {
		err = other.Close()
	}
	theirs, err2 := os.ReadFile(there)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if err := os.WriteFile(path, theirs, 0o600); err != nil {
		t.Fatal(err)
	}
	o.rename("我改的处")
	o.tellConflict(func() {})
	o.sees("两份都留着")
	text := strings.Join(o.Texts(), " ")
	if !strings.Contains(text, "对方改过的：试点.lianshao") || !strings.Contains(text, "试点（本机") || !strings.Contains(text, o.dir) {
		t.Errorf("the dialog says %q", text)
	}
	o.TapButton("现在汇总")
	if o.current != page.Merge {
		t.Fatalf("the page is %s", o.current)
	}
	o.sees("新增 1")
	o.TapButton("汇总")
	if v, _ := o.pilot().Units.Get("v"); v == nil || o.unit() != "我改的处" {
		t.Error("the merge lost something")
	}
}
