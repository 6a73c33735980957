package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/sample"
	"lianshao/assets"
	"lianshao/cli"
	"lianshao/cli/console"
	"lianshao/domain"
	"lianshao/storage/docx"
	"lianshao/storage/failure"
	"lianshao/storage/osprint"
	"lianshao/storage/pdf"
	"lianshao/storage/pilotfile"
	"lianshao/storage/wholefile"
	"lianshao/storage/xlsx"
	"lianshao/ui/pen/raster"
	"lianshao/ui/shell"
	"lianshao/ui/shot"
)

// wire connects the parts of the house for the verbs.
func wire() cli.Deps {
	return cli.Deps{
		Stores: stores(), Reader: xlsx.Reader{}, Sheets: xlsx.Writer{}, Problems: xlsx.Writer{}, CSV: xlsx.WriteCSV, Clock: time.Now, NewID: newID,
		Actor: actor(), Log: keep, Version: version,
		Metrics: metrics, ExportTables: xlsx.WriteTables, PDF: writePDF, Docx: writeDocx, PNG: raster.PNG, Check: check, Repair: repair, Environ: os.Getenv, Ask: console.Ask, Shot: drawScreen, Export: exportAll,
	}
}

// keep puts an error into the log and names the log, "" when there is none.
func keep(err error) string {
	troubles().Keep(err)
	return troubles().Path()
}

// wireWindow connects the same parts for the window.
func wireWindow() shell.Deps {
	m, err := metrics()
	logError(err)
	home, err := os.UserHomeDir()
	logError(err)
	if docs := filepath.Join(home, "Documents"); isDir(docs) {
		home = docs
	}
	return shell.Deps{
		Stores: stores(), Reader: xlsx.Reader{}, Sheets: xlsx.Writer{}, Problems: xlsx.Writer{}, Clock: time.Now, NewID: newID, Actor: actor(), Metrics: m,
		WritePDF: writePDF, Print: osprint.Print, Reveal: osprint.Open,
		FillSample: func(s *app.Session, progress func(done, total int)) error {
			return sample.Fill(s, xlsx.Reader{}, progress)
		},
		Export: exportAll, WriteFile: writeWhole, ExportTables: xlsx.WriteTables, EncodeWord: encodeDocx, Backup: app.BackupPilot, Repair: rescue, Home: home, Temp: filepath.Join(os.TempDir(), "lianshao"), Version: version, Log: logError, LogTail: troubles().Tail,
		Closed: exitSoon,
	}
}

// exitSoon ends the program even if the toolkit does not: Fyne 2.8 sometimes waits
// for its own event queue for ever when the last window is gone.
func exitSoon() { time.AfterFunc(2*time.Second, func() { os.Exit(cli.ExitDone) }) }

// exportAll writes the whole pilot as a workbook.
func exportAll(ctx context.Context, s *app.Session, path string, progress func(done, total int)) error {
	wb := export.Workbook(s.Pilot)
	wb.Mark = export.MarkOf(s.Store, false)
	return xlsx.Writer{}.Write(ctx, path, wb, progress)
}

// writeWhole writes a file the user asked for.
func writeWhole(path string, content []byte) error {
	err := wholefile.Write(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	return app.NotWritten(err, path)
}

func isDir(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// drawScreen draws a screen without a display.
func drawScreen(s *app.Session, screen string, width, height int) ([]byte, error) {
	speakChinese()
	return shot.PNG(wireWindow(), s, screen, width, height)
}

// troubles is the log of this computer's user.
var troubles = sync.OnceValue(func() *failure.Log { return failure.NewLog(settingsFolder(), time.Now) })

// logError keeps an error's cause for the log; nil is nothing.
func logError(err error) { troubles().Keep(err) }

func newID() domain.ID { return domain.ID(ulid.Make().String()) }

// pen parses the fonts when something is drawn for the first time.
var pen = sync.OnceValues(func() (*pdf.Pen, error) { return pdf.NewPen(assets.FontRegular, assets.FontBold) })

func metrics() (draw.Measurer, error) {
	p, err := pen()
	if err != nil {
		return nil, err
	}
	return p.Metrics(), nil
}

func writePDF(path, title string, pages []draw.Drawing) ([]rune, error) {
	p, err := pen()
	if err != nil {
		return nil, err
	}
	return p.WriteFile(path, pages, pdf.Options{Title: title, Created: time.Now()})
}

func encodeDocx(d *document.Document) ([]byte, error) {
	return docx.Writer{Paint: raster.PNG}.Encode(d, time.Now())
}

func writeDocx(path string, d *document.Document) error {
	return docx.Writer{Paint: raster.PNG}.WriteFile(path, d, time.Now())
}

// check puts the store's findings into words.
func check(path, password string, anchors ...app.Anchor) (cli.FileCheck, error) {
	return found(pilotfile.Check(path, password, anchors...))
}

func repair(path, out, password string) (cli.FileCheck, error) {
	return found(pilotfile.Repair(path, out, password, time.Now()))
}

func found(r pilotfile.Report, err error) (cli.FileCheck, error) {
	return cli.FileCheck{Records: r.Records, Journal: r.Journal, Head: r.Head, Anchors: r.Anchors, Restored: r.FromJournal,
		Bad: texts(r.Bad), Doubtful: texts(r.Doubtful), Dangling: texts(r.Dangling)}, err
}

func texts(problems []pilotfile.Problem) []string {
	out := make([]string, len(problems))
	for i, p := range problems {
		out[i] = p.String()
	}
	return out
}

// actor is the name the computer knows its user by.
func actor() string {
	for _, name := range []string{"USERNAME", "USER", "LOGNAME"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return "本机用户"
}

// settingsFolder is where the log goes; "" when there is no place.
func settingsFolder() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "lianshao")
}
