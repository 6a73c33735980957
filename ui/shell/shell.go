// Package shell is the window of 廉哨: navigation, menus, status, and everything
// that pages ask of their Host. Pages themselves live in their own packages.
package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/app/sheet"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Deps is what the window needs from outside; main wires it.
type Deps struct {
	Stores app.Stores
	Reader intake.Reader
	Sheets sheet.Writer
	// Problems writes senders' workbooks back with what is wrong in them.
	Problems intake.ProblemWriter
	Clock    app.Clock
	NewID    app.IDs
	Actor    string
	Metrics  draw.Measurer
	// WritePDF writes pages; missing lists characters no font has.
	WritePDF func(path, title string, pages []draw.Drawing) (missing []rune, err error)
	// Print hands a PDF to the system's printer or viewer; Reveal opens any file.
	Print, Reveal func(path string) error
	// ExportTables writes papers' tables as a workbook.
	ExportTables func(path string, tables []*table.TableModel) error
	// EncodeWord makes a Word file of the report or its letter.
	EncodeWord func(d *document.Document) ([]byte, error)
	// FillSample fills a new pilot with the built-in example.
	FillSample func(s *app.Session, progress func(done, total int)) error
	// Export writes the whole pilot as a workbook.
	Export func(ctx context.Context, s *app.Session, path string, progress func(done, total int)) error
	// WriteFile writes a whole file or leaves what was there.
	WriteFile func(path string, content []byte) error
	// Repair saves what is left of a damaged pilot into a new file; nil = cannot.
	Repair func(path, out, secret string) (Rescue, error)
	// Backup writes a copy of the open pilot.
	Backup func(s *app.Session, path string) error
	// Home is where new pilots are proposed, Temp where print files go.
	Home, Temp string
	Version    string
	// Closed is told once the pilot is safely closed and the window goes; may be nil.
	Closed func()
	// Go starts work beside the window; nil is a goroutine. Tests run it at once.
	Go func(func())
	// Do hands what happened elsewhere to the window's goroutine; nil is fyne.Do. The
	// toolkit's test driver would run it beside the test.
	Do func(func())
	// Log keeps the causes of errors, which the screen does not show.
	Log func(err error)
	// LogTail returns the last lines of the log; may be nil.
	LogTail func(lines int) string
	// Crashed is what is known of a crash since the last start, "" = none.
	Crashed string
}

// screen is one entry of the navigation.
type screen struct {
	id, title string
	build     func(page.Host) page.Page
	waiting   func(todos []app.Todo, s *app.Session) int // the small number; nil = none
	hidden    bool                                       // reached by menu only
}

// Shell is the window.
type Shell struct {
	deps    Deps
	win     fyne.Window
	app     fyne.App
	session *app.Session
	pages   map[string]page.Page
	current string

	nav    *widgets.NavList
	body   *fyne.Container
	status *statusBar
	toast  *widgets.ToastHost
	undo   *fyne.MenuItem
	redo   *fyne.MenuItem
	// private is checked while opened files are not remembered.
	private *fyne.MenuItem

	texts    *texts    // what can be found in the open pilot
	working  func()    // cancels the work that runs beside the window, nil = none
	later    []func()  // what waits for that work to end
	waiting  []string  // what was dropped meanwhile
	forPilot []string  // what was dropped before a pilot was open
	forPath  string    // the pilot that was to take it, once that is chosen
	folder   string    // where something was last saved; "" = not yet
	curtain  *curtain  // hides a locked pilot until its password is given
	alive    time.Time // when something was last done
	// conflict is the file whose changes by others were told of.
	saving   bool // the file is brought up to date before something else
	conflict string
	refused  bool // the last command was refused
	warned   bool // that closing would lose what was refused
	// plainSaid: that what is exported from this locked pilot needs no password.
	plainSaid bool
}

// New makes the window of an application, showing the welcome page.
func New(a fyne.App, d Deps) *Shell {
	if d.Do == nil {
		d.Do = fyne.Do
	}
	s := &Shell{deps: d, app: a, win: a.NewWindow(Title)}
	s.win.SetMaster()
	s.win.Resize(fyne.NewSize(1366, 740))
	s.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	s.win.SetCloseIntercept(s.quit)
	s.win.SetOnClosed(s.closed)
	s.win.SetMainMenu(s.menu())
	widgets.ExportShown, widgets.Stirred, widgets.Told = s.exportGrid, s.stirred, s.Toast
	s.log(s.copies().Wipe()) // what a crash left
	s.log(s.prints().Wipe())
	s.welcome()
	return s
}

// Title is the window's title without a pilot.
const Title = "廉哨"

// Start opens a pilot file; without one the last pilot, or else the welcome page.
func (s *Shell) Start(path string) {
	if path == "" {
		if recent := s.recent(); len(recent) > 0 {
			path = recent[0]
		}
	}
	if path != "" {
		s.Open(path)
	}
	s.tellCrash()
	s.offerLeftovers()
	if s.deps.Go == nil {
		go s.lookAfter()
	}
}

// lookAfter asks every minute whether a locked pilot should be covered.
func (s *Shell) lookAfter() {
	for range time.Tick(time.Minute) {
		fyne.Do(s.watchIdle)
	}
}

// Window returns the window.
func (s *Shell) Window() fyne.Window { return s.win }

// Session returns the open pilot's session, nil on the welcome page.
func (s *Shell) Session() *app.Session { return s.session }

// Metrics measures texts with the program's fonts.
func (s *Shell) Metrics() draw.Measurer { return s.deps.Metrics }

// Prefs remembers small things.
func (s *Shell) Prefs() fyne.Preferences { return s.app.Preferences() }

// Files reads and writes files for the user.
func (s *Shell) Files() page.Files { return files{s} }

// ShowSession shows an open pilot; the window closes it in the end.
func (s *Shell) ShowSession(session *app.Session) { s.show(session) }

// show puts a session's pages into the window.
func (s *Shell) show(session *app.Session) {
	s.closePilot()
	s.session, s.warned, s.plainSaid = session, false, false
	s.pages = map[string]page.Page{}
	s.current = ""
	session.Subscribe(s.changed)
	s.remember(session.Store.Path())
	s.showTitle()
	s.status = newStatusBar()
	s.body = container.NewStack()
	var items []widgets.NavItem
	for _, sc := range s.screens() {
		if !sc.hidden {
			items = append(items, widgets.NavItem{ID: sc.id, Title: lang.L(sc.title)})
		}
	}
	s.nav = widgets.NewNavList(items)
	s.nav.OnSelect = func(id string) { s.Go(id, "") }
	line := func() fyne.CanvasObject { return widget.NewSeparator() }
	find := widgets.NewButton(lang.L("查找  Ctrl+K"), s.findAnything)
	left := container.NewBorder(container.New(layout.NewCustomPaddedLayout(4, 4, 4, 4), find), nil, nil, line(), s.nav)
	content := container.NewBorder(nil, container.NewVBox(line(), s.status.object), left, nil, s.body)
	s.toast = widgets.NewToastHost(content)
	s.win.SetContent(s.toast)
	s.Go(page.Overview, "")
	s.refresh()
	s.gather(session)
	s.watchSaving()
	if c, ok := session.Store.(app.Called); ok {
		c.WhenCalled(func() { s.deps.Do(s.comeForward) })
	}
	paths := s.forPilot
	s.waitFor(session.Store.Path())
	if s.forPilot != nil {
		s.forPilot, s.forPath = nil, ""
		s.drop(paths)
	}
}

// filterer is a page with a text filter, for Ctrl+F; focuser one whose table takes
// the keyboard when the page comes up.
type (
	filterer interface{ Find() }
	focuser  interface{ Focus() }
)

// Go opens a screen. What is being typed on the present one is committed first.
func (s *Shell) Go(id, arg string) {
	if s.session == nil || !s.settle() {
		return
	}
	s.alive = s.deps.Clock()
	s.Report(s.safely(func() { s.open(id, arg) }))
}

func (s *Shell) open(id, arg string) {
	p, ok := s.pages[id]
	if !ok {
		sc, found := s.screenByID(id)
		if !found {
			return
		}
		p = sc.build(s)
		s.pages[id] = p
	}
	s.current = id
	s.body.Objects = []fyne.CanvasObject{p.Content()}
	s.body.Refresh()
	s.nav.Select(id)
	p.Show(arg)
	if f, ok := p.(focuser); ok && s.win.Canvas().Focused() != fyne.Focusable(s.nav) {
		f.Focus()
	}
}

func (s *Shell) screenByID(id string) (screen, bool) {
	for _, sc := range s.screens() {
		if sc.id == id {
			return sc, true
		}
	}
	return screen{}, false
}

// changed hears every change of the pilot.
func (s *Shell) changed(e app.Event) {
	s.warned, s.alive = false, s.deps.Clock()
	if p, ok := s.pages[s.current]; ok {
		s.Report(s.safely(func() { p.Changed(e) }))
	}
	for id := range s.pages {
		if id != s.current {
			delete(s.pages, id) // built anew from the records when it is opened again
		}
	}
	s.refresh()
}

// refresh brings numbers, status and undo up to date.
func (s *Shell) refresh() {
	if s.session == nil {
		return
	}
	s.count()
	s.status.show(s.session)
	s.undo.Label, s.redo.Label = lang.L("撤销"), lang.L("重做")
	op, can := s.session.CanUndo()
	s.undo.Disabled = !can
	if can {
		s.undo.Label += "：" + shorten(op.Label, 24)
	}
	op, can = s.session.CanRedo()
	s.redo.Disabled = !can
	if can {
		s.redo.Label += "：" + shorten(op.Label, 24)
	}
	s.win.MainMenu().Refresh()
}

func shorten(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return text
}
