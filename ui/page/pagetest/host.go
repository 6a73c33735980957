// Package pagetest stands in for the window when a page is tested: a Host over a
// pilot in memory, with Fyne's test driver, that keeps what the page asked for.
package pagetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/sheet"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/theme"
	"lianshao/ui/widgets"
)

// Visit is one call of Host.Go.
type Visit struct{ Screen, Arg string }

func init() {
	widgets.AfterFunc = func(d time.Duration, f func()) *time.Timer {
		t := time.AfterFunc(d, f)
		t.Stop()
		return t
	}
}

// Host is a page.Host for tests. Its fields tell what the page asked of it.
type Host struct {
	Store    *Store
	Toasts   []string                  // messages of Toast
	Errors   []error                   // errors of Report
	Visits   []Visit                   // calls of Go
	Papers   []string                  // titles of what was written or printed
	Revealed []string                  // paths of Files().Reveal
	Written  map[string][]byte         // contents of Files().WriteFile by path
	Shown    map[string][]byte         // contents of Files().ShowCopy by name
	Books    map[string]sheet.Workbook // what WriteBook wrote, by path
	// SaveTo and OpenFrom are what the user chooses in file dialogs; empty = 取消.
	SaveTo   string
	OpenFrom []string
	// Stopped is that the user presses 取消 as soon as work begins.
	Stopped bool

	t       testing.TB
	session *app.Session
	window  fyne.Window
	metrics *draw.Metrics
}

var (
	_ page.Host  = (*Host)(nil)
	_ page.Files = (*Host)(nil)
)

// New makes a host over the pilot (nil = an empty one) with our theme and a window
// of the content area of a 1366×768 screen. IDs count up and the clock stands at
// noon of 2026-08-25, so that tests repeat.
func New(t testing.TB, p *domain.Pilot) *Host {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New())
	metrics, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	h := &Host{Store: NewStore(p), t: t, metrics: metrics}
	clock := func() time.Time { return time.Date(2026, 8, 25, 12, 0, 0, 0, time.Local) }
	h.session, err = app.NewSession(h.Store, clock, NewIDs("t"), "测试员", nil)
	if err != nil {
		t.Fatal(err)
	}
	h.window = test.NewTempWindow(t, nil)
	widgets.Told = h.Toast
	h.window.SetPadded(false)
	h.window.Resize(fyne.NewSize(1190, 690))
	return h
}

// NewIDs counts IDs up: prefix1, prefix2, …
func NewIDs(prefix string) app.IDs {
	n := 0
	return func() domain.ID {
		n++
		return domain.ID(fmt.Sprintf("%s%04d", prefix, n))
	}
}

// Open puts a page into the window, shows it, and tells it of every change as the
// real window does.
func (h *Host) Open(p page.Page, arg string) {
	h.t.Helper()
	h.session.Subscribe(p.Changed)
	h.window.SetContent(p.Content())
	h.window.Resize(fyne.NewSize(1190, 690))
	p.Show(arg)
}

// Session implements page.Host.
func (h *Host) Session() *app.Session { return h.session }

// Metrics implements page.Host.
func (h *Host) Metrics() draw.Measurer { return h.metrics }

// Window implements page.Host.
func (h *Host) Window() fyne.Window { return h.window }

// Do implements page.Host.
func (h *Host) Do(cmd app.Command) error { return h.session.Do(cmd) }

// Report implements page.Host.
func (h *Host) Report(err error) {
	if err != nil {
		h.Errors = append(h.Errors, err)
	}
}

// Toast implements page.Host.
func (h *Host) Toast(message string) { h.Toasts = append(h.Toasts, message) }

// Go implements page.Host.
func (h *Host) Go(screen, arg string) { h.Visits = append(h.Visits, Visit{screen, arg}) }

// Work implements page.Host: at once, on the caller's goroutine.
func (h *Host) Work(_ string, work func(ctx context.Context, progress func(done, total int)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if h.Stopped {
		cancel()
	}
	done(work(ctx, func(int, int) {}))
}

// Prefs implements page.Host.
func (h *Host) Prefs() fyne.Preferences { return fyne.CurrentApp().Preferences() }

// Files implements page.Host.
func (h *Host) Files() page.Files { return h }

// ChooseSave implements page.Files.
func (h *Host) ChooseSave(_ string, then func(path string)) {
	if h.SaveTo != "" {
		then(h.SaveTo)
	}
}

// ChooseOpen implements page.Files.
func (h *Host) ChooseOpen(_ []string, then func(paths []string)) {
	if len(h.OpenFrom) > 0 {
		then(h.OpenFrom)
	}
}

// ChooseFolder implements page.Files.
func (h *Host) ChooseFolder(then func(dir string)) { h.ChooseSave("", then) }

// ChooseTarget answers with NextSave too.
func (h *Host) ChooseTarget(then func(dir string)) { h.ChooseSave("", then) }

// WriteBook implements page.Files.
func (h *Host) WriteBook(_ context.Context, path string, wb sheet.Workbook) error {
	if h.Books == nil {
		h.Books = map[string]sheet.Workbook{}
	}
	h.Books[path] = wb
	return nil
}

// WritePDF implements page.Files.
func (h *Host) WritePDF(_, title string, _ []draw.Drawing) (missing []rune, err error) {
	h.Papers = append(h.Papers, title)
	return nil, nil
}

// Print implements page.Files.
func (h *Host) Print(title string, _ []draw.Drawing) error {
	h.Papers = append(h.Papers, title)
	return nil
}

// WriteFile implements page.Files.
func (h *Host) WriteFile(path string, content []byte) error {
	if h.Written == nil {
		h.Written = map[string][]byte{}
	}
	h.Written[path] = content
	return nil
}

// ShowCopy implements page.Files.
func (h *Host) ShowCopy(name string, content []byte) error {
	if h.Shown == nil {
		h.Shown = map[string][]byte{}
	}
	h.Shown[name] = content
	return nil
}

// Reveal implements page.Files.
func (h *Host) Reveal(path string) error {
	h.Revealed = append(h.Revealed, path)
	return nil
}
