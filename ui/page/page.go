// Package page is the contract between the window and its pages: a page shows
// part of a pilot and asks its Host for everything beyond.
package page

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// Page is one screen of the left navigation.
type Page interface {
	// Content is built once; the window keeps it.
	Content() fyne.CanvasObject
	// Show is called each time the page comes up. arg narrows it, for example a
	// filter from a chart ("unit=…&level=红"), a record's ID, or "".
	Show(arg string)
	// Changed is called after every change of the pilot while the page is up.
	Changed(e app.Event)
}

// Screens of the window, as named by Host.Go and by the command line's shot.
const (
	Overview = "overview"
	Plan     = "plan"
	// Organisation, Meetings and Information came with the whole plan.
	Organisation = "organisation"
	Meetings     = "meetings"
	Information  = "information"
	Workflow     = "workflow"
	RiskPoints   = "riskpoints"
	Disclosure   = "disclosure"
	Assessment   = "assessment"
	Monitor      = "monitor"
	Warnings     = "warnings"
	Measures     = "measures"
	Inspection   = "inspection"
	Reports      = "reports"
	Backups      = "backups"
	Import       = "import"
	Merge        = "merge"
	Journal      = "journal"
	Settings     = "settings"
)

// HistoryOf leads the page 审计轨迹 to the history of one record.
func HistoryOf(k domain.Kind, id domain.ID) string { return recordArg + string(k) + "/" + string(id) }

// RecordOf reads what HistoryOf wrote; ok is false for anything else.
func RecordOf(arg string) (k domain.Kind, id domain.ID, ok bool) {
	rest, is := strings.CutPrefix(arg, recordArg)
	kind, name, cut := strings.Cut(rest, "/")
	return domain.Kind(kind), domain.ID(name), is && cut
}

const recordArg = "record="

// EmbedIn leads the page of measures to the embedding of measures in a workflow,
// whose ID follows.
const EmbedIn = "embed="

// Host is what a page may ask of the window. All methods are called on Fyne's
// goroutine.
type Host interface {
	Session() *app.Session
	Metrics() draw.Measurer
	Window() fyne.Window
	// Do runs a short command. It returns the error for the page to show by the
	// cell; Report shows it in a dialog instead.
	Do(cmd app.Command) error
	Report(err error)
	Toast(message string)
	// Go opens a screen with an argument for its Show.
	Go(screen, arg string)
	// Work runs something long beside the window, with progress and 取消, then
	// done on Fyne's goroutine. The error reaches done; it is not shown by Work.
	Work(title string, work func(ctx context.Context, progress func(done, total int)) error, done func(error))
	// Prefs remembers small things such as column widths and splitters.
	Prefs() fyne.Preferences
	// Files reads and writes files for the user: dialogs, PDF, Excel, system viewer.
	Files() Files
}

// Files is what pages may do with files outside the pilot.
type Files interface {
	// ChooseSave asks where to save; then gets the path (not called on cancel).
	ChooseSave(suggested string, then func(path string))
	// ChooseOpen asks for one or more existing files of the extensions (".xlsx"); for
	// one file of any kind without extensions.
	ChooseOpen(extensions []string, then func(paths []string))
	// ChooseFolder asks for a folder to read files from.
	ChooseFolder(then func(dir string))
	// ChooseTarget asks for a folder that several files are to be written into.
	ChooseTarget(then func(dir string))
	// WriteBook writes a workbook; it may run beside the window.
	WriteBook(ctx context.Context, path string, wb sheet.Workbook) error
	// WritePDF writes pages as PDF; missing lists characters no font has.
	WritePDF(path, title string, pages []draw.Drawing) (missing []rune, err error)
	// Print hands pages to the system's printer or PDF viewer.
	Print(title string, pages []draw.Drawing) error
	// Reveal opens a file with the system's program for it.
	Reveal(path string) error
	// WriteFile writes a whole file, or leaves what was there.
	WriteFile(path string, content []byte) error
	// ShowCopy opens a read-only private copy of a content with the system's
	// program; the copy is wiped when the pilot is closed.
	ShowCopy(name string, content []byte) error
}
