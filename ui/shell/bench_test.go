package shell

import (
	"fmt"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/storage/pilotfile"
	"lianshao/ui/page"
)

const manyPoints = 100_000

// demoFile makes a pilot file of 100,000 points.
func demoFile(b *testing.B, o *office) string {
	b.Helper()
	path := filepath.Join(o.dir, "大.lianshao")
	cmds, err := app.DemoCommands(manyPoints, 1, o.deps.NewID)
	if err != nil {
		b.Fatal(err)
	}
	s, err := app.CreateWith(pilotfile.Stores{}, path, o.deps.Clock, o.deps.NewID, "某", nil, cmds...)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkOpenWindow100k opens a file of 100,000 points until the first screen,
// and then the table of all points, are drawn.
func BenchmarkOpenWindow100k(b *testing.B) {
	o := open(b)
	path := demoFile(b, o)
	for b.Loop() {
		o.Open(path)
		if o.session == nil {
			b.Fatal("not open")
		}
		o.win.Canvas().Capture()
		b.StopTimer()
		o.leavePilot()
		b.StartTimer()
	}
}

// BenchmarkShowTable100k brings the table of 100,000 points up.
func BenchmarkShowTable100k(b *testing.B) {
	o := open(b)
	o.Open(demoFile(b, o))
	for b.Loop() {
		delete(o.pages, page.RiskPoints)
		o.Go(page.RiskPoints, "")
		o.win.Canvas().Capture()
	}
}

// noDisk is a store that keeps nothing, to measure a commit without the disk.
type noDisk struct{ app.PilotStore }

func (noDisk) Commit(app.Entry) error { return nil }

// BenchmarkEditCell100k is a typed number from Enter until it is committed and the
// window is painted again, with and without the disk's sync.
func BenchmarkEditCell100k(b *testing.B) {
	o := open(b)
	path := demoFile(b, o)
	store, err := pilotfile.Stores{}.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	for _, disk := range []bool{false, true} {
		var st app.PilotStore = noDisk{store}
		if disk {
			st = store
		}
		session, err := app.NewSession(st, o.deps.Clock, o.deps.NewID, "某", nil)
		if err != nil {
			b.Fatal(err)
		}
		o.session = nil
		o.show(session)
		o.Go(page.RiskPoints, "")
		g := o.table()
		name := "without-sync"
		if disk {
			name = "with-sync"
		}
		b.Run(name, func(b *testing.B) {
			i := 0
			g.Select(50_000, "likelihood")
			g.Focus()
			for b.Loop() {
				i++
				b.StopTimer()
				row, _ := g.Current()
				if row > 50_010 {
					g.Select(50_000, "likelihood")
				}
				o.Type(fmt.Sprint(1 + (i+i/11)%5))
				b.StartTimer()
				o.Press(fyne.KeyReturn)
				g.Refresh()
			}
			if last := session.LastSaved(); last.Seq == 0 && last.Time.IsZero() {
				b.Fatal("nothing was committed")
			}
		})
	}
}
