//go:build glbench

package widgets

import (
	"image"
	"image/color"
	"os"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lianshao/ui/theme"
)

var glWindow fyne.Window

// TestMain keeps the main thread for the window. Run it under a display or Xvfb
// with -run '^$' -bench Window; the other tests want the test driver.
func TestMain(m *testing.M) {
	a := app.NewWithID("lianshao.bench")
	a.Settings().SetTheme(theme.New())
	glWindow = a.NewWindow("bench")
	glWindow.SetPadded(false)
	glWindow.Resize(fyne.NewSize(1366, 768))
	go func() {
		time.Sleep(time.Second)
		os.Exit(m.Run())
	}()
	glWindow.ShowAndRun()
}

// probe counts frames: its generator runs whenever the window is drawn anew.
type probe struct {
	raster *canvas.Raster
	drawn  chan struct{}
}

func newProbe() *probe {
	p := &probe{drawn: make(chan struct{}, 1)}
	p.raster = canvas.NewRaster(func(int, int) image.Image {
		select {
		case p.drawn <- struct{}{}:
		default:
		}
		return image.NewUniform(color.Black)
	})
	p.raster.SetMinSize(fyne.NewSize(1, 1))
	return p
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWindow draws real frames, one per op. Fyne draws at most 60 a second, so
// the processor's time per frame says more than ns/op. Blank is what a window
// filled with one white rectangle costs: the floor.
func BenchmarkWindow(b *testing.B) {
	g := NewDataGrid(registryColumns(), phrases{registry{benchRows}})
	labels, texts := labelTable(), textTable()
	for _, step := range []struct {
		name string
		px   float32
	}{{"Wheel", scrollStep}, {"Page", 700}} {
		for _, c := range []struct {
			name   string
			object fyne.CanvasObject
			scroll func(y float32)
		}{
			{"Blank", canvas.NewRectangle(color.White), func(float32) {}},
			{"DataGrid", g, func(y float32) { g.ScrollTo(0, float64(y)) }},
			{"TableOfTexts", texts, func(y float32) { texts.ScrollToOffset(fyne.NewPos(0, y)) }},
			{"TableOfLabels", labels, func(y float32) { labels.ScrollToOffset(fyne.NewPos(0, y)) }},
		} {
			b.Run(step.name+"/"+c.name, func(b *testing.B) {
				p := newProbe()
				fyne.DoAndWait(func() { glWindow.SetContent(container.NewBorder(nil, p.raster, nil, nil, c.object)) })
				<-p.drawn
				time.Sleep(200 * time.Millisecond)
				cpu := cpuTime()
				b.ResetTimer()
				for i := 0; i < b.N; i++ {
					fyne.DoAndWait(func() { c.scroll(float32(i%3000+1) * step.px); p.raster.Refresh() })
					<-p.drawn
				}
				b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/1000/float64(b.N), "cpu-ms/frame")
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "frames/s")
			})
		}
	}
}
