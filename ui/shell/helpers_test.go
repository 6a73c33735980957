package shell

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/report/draw"
	"lianshao/app/sample"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/storage/pdf"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/theme"
	"lianshao/ui/widgets"
)

// office is the whole program in Fyne's test driver, with hands on its window.
type office struct {
	*pagetest.Host
	*Shell
	t   testing.TB
	dir string

	mu      sync.Mutex
	waiting []func() // what other goroutines have for the window
}

// later keeps what another goroutine hands to the window until the test looks.
func (o *office) later(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = append(o.waiting, f)
}

// arrive does what was handed to the window meanwhile, as its goroutine does between
// two acts of a person.
func (o *office) arrive() {
	o.mu.Lock()
	waiting := o.waiting
	o.waiting = nil
	o.mu.Unlock()
	for _, f := range waiting {
		f()
	}
}

// open starts the program; work runs at once instead of beside the window.
func open(t testing.TB) *office {
	t.Helper()
	needTranslations(t)
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New())
	if zh, err := assets.Translations.ReadFile("translations/zh.json"); err == nil {
		if err := lang.AddTranslationsForLocale(zh, lang.SystemLocale()); err != nil {
			t.Fatal(err)
		}
	}
	pen, err := pdf.NewPen(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, dir: t.TempDir()}
	now, n := time.Date(2026, 11, 2, 9, 0, 0, 0, time.Local), 0
	o.Shell = New(a, Deps{
		Stores: pilotfile.Stores{}, Reader: xlsx.Reader{}, Actor: "测试员", Metrics: pen.Metrics(), Home: o.dir, Temp: o.dir, Version: "测试",
		Clock: func() time.Time { now = now.Add(time.Second); return now },
		NewID: func() domain.ID { n++; return domain.ID(fmt.Sprintf("%08d", n)) },
		WritePDF: func(path, title string, pages []draw.Drawing) ([]rune, error) {
			return pen.WriteFile(path, pages, pdf.Options{Title: title, Created: now})
		},
		Print: func(string) error { return nil }, Reveal: func(string) error { return nil },
		FillSample: func(s *app.Session, progress func(done, total int)) error {
			return sample.Fill(s, xlsx.Reader{}, progress)
		},
		Export: func(ctx context.Context, s *app.Session, path string, progress func(done, total int)) error {
			return xlsx.Writer{}.Write(ctx, path, export.Workbook(s.Pilot), progress)
		},
		Sheets: xlsx.Writer{}, WriteFile: func(path string, content []byte) error { return os.WriteFile(path, content, 0o644) },
		ExportTables: xlsx.WriteTables, Backup: app.BackupPilot,
		Go: func(f func()) { f() }, Do: o.later,
		Log: func(err error) {
			if strings.HasPrefix(err.Error(), "panic") {
				t.Error(app.Diagnosis(err))
			}
		},
	})
	o.Host = pagetest.Over(t, o.win)
	o.win.Resize(fyne.NewSize(1366, 768))
	return o
}

// needTranslations fails a test in which the toolkit misses a text of the window.
func needTranslations(t testing.TB) {
	t.Setenv("LC_ALL", "zh_CN.UTF-8") // in English the toolkit is content with the key itself
	var said bytes.Buffer
	log.SetOutput(io.MultiWriter(os.Stderr, &said))
	t.Cleanup(func() {
		log.SetOutput(os.Stderr)
		if text := said.String(); strings.Contains(text, "Translation failure") {
			t.Error("a text is missing in zh.json: run go run ./tools/words")
		}
	})
}

// Window and the like are the shell's, not those of the test host.
func (o *office) Window() fyne.Window { return o.win }

// Session is the shell's.
func (o *office) Session() *app.Session { return o.Shell.Session() }

// openSampleFile opens a pilot filled with the example.
func (o *office) openSampleFile() {
	o.t.Helper()
	o.menu("文件", "打开示例试点")
	if o.session == nil {
		o.t.Fatal("the example did not open")
	}
}

func (o *office) pilot() *domain.Pilot { return o.session.Pilot }

// menu chooses from the main menu.
func (o *office) menu(title, label string) {
	o.t.Helper()
	o.arrive()
	for _, m := range o.win.MainMenu().Items {
		for _, it := range m.Items {
			if m.Label == title && (it.Label == label || strings.HasPrefix(it.Label, label+"：")) {
				it.Action()
				return
			}
		}
	}
	o.t.Fatalf("the menu %s has no %s", title, label)
}

// visit taps a page's name in the navigation.
func (o *office) visit(title string) {
	o.t.Helper()
	for _, x := range test.LaidOutObjects(o.nav) {
		if x, ok := x.(*canvas.Text); ok && x.Text == title {
			o.TapAt(x, fyne.NewPos(4, 4))
			return
		}
	}
	o.t.Fatalf("the navigation has no %s", title)
}

// sees wants a text on the page.
func (o *office) sees(part string) {
	o.t.Helper()
	all := o.Texts()
	if !strings.Contains(strings.Join(all, "\n"), part) {
		o.t.Fatalf("%q is not on the screen: %q", part, all)
	}
}

// replace types over the whole text of an entry.
func (o *office) retype(e fyne.Focusable, text string) {
	o.win.Canvas().Focus(e)
	o.Shortcut(&fyne.ShortcutSelectAll{})
	o.Press(fyne.KeyDelete)
	o.Type(text)
}

// area finds the field that shows a text.
func (o *office) area(text string) *widgets.TextArea {
	o.t.Helper()
	for _, a := range pagetest.Find[*widgets.TextArea](o.Host) {
		if a.Text == text {
			return a
		}
	}
	o.t.Fatalf("no field shows %q", text)
	return nil
}

// saveAs types a name into the save dialog and presses 保存.
func (o *office) saveAs(name string) string {
	o.t.Helper()
	o.retype(pagetest.Find[*widget.Entry](o.Host)[0], name)
	o.TapButton("保存")
	return filepath.Join(o.dir, name)
}

// drop lets files fall on the window.
func (o *office) drop(paths ...string) {
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	o.dropped(uris)
}

// workbooks writes the example's files and returns them in the order of import.
func (o *office) workbooks() (paths []string) {
	o.t.Helper()
	for _, name := range sample.Books {
		data, err := assets.Sample.ReadFile("sample/" + name)
		if err != nil {
			o.t.Fatal(err)
		}
		p := filepath.Join(o.dir, name)
		if err := os.WriteFile(p, data, 0o600); err != nil {
			o.t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}

// table is the page's first grid.
func (o *office) table() *widgets.DataGrid {
	o.t.Helper()
	all := pagetest.Find[*widgets.DataGrid](o.Host)
	if len(all) == 0 {
		o.t.Fatal("there is no table on the page")
	}
	return all[0]
}

// at taps a cell, which comes into sight first.
func (o *office) at(g *widgets.DataGrid, row int, col string) {
	o.t.Helper()
	g.Select(row, col)
	pos, ok := g.CellPosition(row, col)
	if !ok {
		o.t.Fatalf("no cell %d %s", row, col)
	}
	o.TapAt(g, pos.AddXY(4, 4))
}

// copied is the text of a range as it goes to Excel, by rows.
func (o *office) copied(g *widgets.DataGrid, r1 int, c1 string, r2 int, c2 string) [][]string {
	g.SelectRange(r1, c1, r2, c2)
	g.Copy()
	var out [][]string
	for _, line := range strings.Split(strings.TrimRight(fyne.CurrentApp().Clipboard().Content(), "\r\n"), "\n") {
		out = append(out, strings.Split(strings.TrimRight(line, "\r"), "\t"))
	}
	return out
}

// snapshot copies all records.
func snapshot(p *domain.Pilot) *domain.Pilot {
	out := domain.NewPilot()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool { out.Put(r.Clone()); return true })
	}
	return out
}

// Open and Go are the shell's, not those of the test host.
func (o *office) Open(path string) { o.Shell.Open(path) }

// Go is the shell's.
func (o *office) Go(screen, arg string) { o.Shell.Go(screen, arg) }

// multiLine are the fields of several lines in the dialog on top.
func multiLine(o *office) (out []*widget.Entry) {
	for _, x := range test.LaidOutObjects(o.win.Canvas().Overlays().Top()) {
		if e, ok := x.(*widget.Entry); ok && e.MultiLine {
			out = append(out, e)
		}
	}
	return out
}
