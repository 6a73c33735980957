// Package cli is the same program without a window: every verb calls the use
// case that the window calls, reads and writes files, and ends.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/signal"
	"strings"
	"time"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// Exit codes.
const (
	ExitDone    = 0
	ExitPartly  = 1 // done, but some rows were refused
	ExitRefused = 2 // nothing was changed
	ExitDamaged = 3 // the pilot file is not whole
)

// Deps is what the verbs need from outside. A nil func means that the verb is
// not part of this build; it says so and exits 2.
type Deps struct {
	Stores app.Stores
	Reader intake.Reader
	Sheets sheet.Writer
	// CSV writes a table as text, row by row.
	CSV func(ctx context.Context, path string, columns []sheet.Column, rows iter.Seq[[]any]) error
	// Problems writes senders' workbooks back with what is wrong in them.
	Problems intake.ProblemWriter
	Clock    app.Clock
	NewID    app.IDs
	Actor    string // for the journal
	Version  string
	// Log keeps an error's cause and names the log file, "" = there is none.
	Log func(err error) (file string)

	// Metrics measures with the fonts that PDF and PNG draw with.
	Metrics func() (draw.Measurer, error)
	// ExportTables writes a paper's tables as a workbook.
	ExportTables func(path string, tables []*table.TableModel) error
	// PDF writes pages; missing lists characters that no font has.
	PDF func(path, title string, pages []draw.Drawing) (missing []rune, err error)
	// Docx writes a document for Word, WPS and LibreOffice.
	Docx func(path string, d *document.Document) error
	// PNG paints a drawing, scale pixels to a unit.
	PNG func(d draw.Drawing, scale float64) ([]byte, error)
	// Export writes the whole pilot as a workbook that imports back unchanged.
	Export func(ctx context.Context, s *app.Session, path string, progress func(done, total int)) error
	// Shot draws a screen of the window as PNG.
	Shot func(s *app.Session, screen string, width, height int) ([]byte, error)
	// Check reads a pilot file without changing it and looks codes of papers up.
	Check func(path, password string, anchors ...app.Anchor) (FileCheck, error)
	// Repair saves what can be read of a damaged file into a new one.
	Repair func(path, out, password string) (FileCheck, error)
	// Environ gives an environment variable.
	Environ func(name string) string
	// Ask reads a line from the terminal without showing it; ok is false when
	// there is no terminal. It may be nil.
	Ask func(prompt string) (answer string, ok bool)
}

// FileCheck is what the store says about a file.
type FileCheck struct {
	Records  map[domain.Kind]int
	Journal  int      // readable entries
	Bad      []string // content that is lost
	Doubtful []string // saved, but perhaps not the latest
	Dangling []string // references to records that do not exist
	Restored int      // records rebuilt from the journal
	Head     app.ChainHead
	Anchors  []app.AnchorResult
}

// call is one run of a verb.
type call struct {
	Deps
	args           []string
	flags          map[string]string
	locked         bool // a pilot that needs a password was opened
	documents      []app.Document
	in             io.Reader
	out, err       io.Writer
	progressed     bool
	progressedLast time.Time
}

// interruptible is a context that Ctrl+C ends, so that what is being read or written
// ends in order; a second Ctrl+C ends the program at once. stop ends the waiting.
func interruptible() (ctx context.Context, stop func()) {
	ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

func (c *call) has(flag string) bool { _, ok := c.flags[flag]; return ok }

// say writes a line to standard error.
func (c *call) say(format string, args ...any) {
	c.endProgress()
	fmt.Fprintf(c.err, format+"\n", args...)
}

// print writes a line to standard output.
func (c *call) print(format string, args ...any) { fmt.Fprintf(c.out, format+"\n", args...) }

// json writes one indented JSON document to standard output.
func (c *call) json(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// open opens the pilot named by the first argument.
func (c *call) open() (*app.Session, error) {
	return app.OpenPilot(c.Stores, c.args[0], c.Clock, c.NewID, c.Actor, c.progress("正在打开"))
}

// Run carries out the verb of a command line (without the program's name) and
// returns the exit code. Nothing that goes wrong escapes as a panic.
func Run(args []string, stdin io.Reader, stdout, stderr io.Writer, deps Deps) (code int) {
	c := &call{Deps: deps, in: stdin, out: stdout, err: stderr}
	c.Stores = unlocking{deps.Stores, c}
	defer func() {
		if r := recover(); r != nil {
			code = c.crashed(r)
		}
	}()
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(stdout, usage())
		return ExitDone
	}
	if args[0] == "--version" {
		c.print("廉哨 %s", deps.Version)
		return ExitDone
	}
	v := verbNamed(args[0])
	if v == nil {
		c.say("没有“%s”这个命令。", args[0])
		fmt.Fprint(stderr, usage())
		return ExitRefused
	}
	if v.run == nil {
		c.say("这个版本还没有 %s（%s）这项功能。", v.name, v.about)
		return ExitRefused
	}
	if help, err := v.parse(c, args[1:]); help {
		fmt.Fprintf(stdout, "用法：lianshao %s\n%s\n", v.synopsis(), v.about)
		return ExitDone
	} else if err != nil {
		c.say("%s\n用法：lianshao %s", err, v.synopsis())
		return ExitRefused
	}
	code, err := v.run(c)
	c.endProgress()
	if err != nil {
		code = c.failed(err)
	} else {
		c.sayPlain(v)
	}
	return c.saved(code, err)
}

// failed says what went wrong in one sentence and chooses the exit code.
func (c *call) failed(err error) int {
	var e *app.Error
	if errors.As(err, &e) {
		c.say("%s", whole(e.Message))
		if e.Err != nil {
			c.log(err)
		}
		if e.Code == app.CodeDamaged {
			return ExitDamaged
		}
		return ExitRefused
	}
	c.say("%s%s", app.Sentence(err), c.log(err))
	return ExitRefused
}

// whole ends a sentence that was made without its full stop.
func whole(sentence string) string {
	if strings.HasSuffix(sentence, "。") || strings.HasSuffix(sentence, "！") || strings.HasSuffix(sentence, "？") {
		return sentence
	}
	return sentence + "。"
}

// crashed records a panic and says where.
func (c *call) crashed(r any) int {
	c.say("程序遇到没有料到的问题，已停止这次操作。%s", c.log(app.Caught(r)))
	return ExitRefused
}

// log keeps an error's cause and returns a sentence that names the log.
func (c *call) log(err error) string {
	if c.Log == nil {
		return ""
	}
	if file := c.Log(err); file != "" {
		return "详细情况记在 " + file
	}
	return ""
}

// progress returns a reporter for long work, or nil when nobody watches:
// standard error of a script should hold sentences only.
func (c *call) progress(what string) func(done, total int) {
	f, ok := c.err.(*os.File)
	if !ok {
		return nil
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(done, total int) {
		if total == 0 || time.Since(c.progressedLast) < 100*time.Millisecond {
			return
		}
		c.progressed, c.progressedLast = true, time.Now()
		fmt.Fprintf(c.err, "\r%s %3d%%", what, done*100/total)
	}
}

func (c *call) endProgress() {
	if c.progressed {
		fmt.Fprint(c.err, "\r\x1b[K")
		c.progressed = false
	}
}

// refuse makes an error about the input.
func refuse(format string, args ...any) error { return app.E(app.CodeInvalid, format, args...) }
