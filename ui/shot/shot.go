// Package shot draws screens of the window as pictures, without a display.
package shot

import (
	"bytes"
	"image/png"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lianshao/app"
	"lianshao/ui/shell"
	"lianshao/ui/theme"
)

// Welcome is the screen without a pilot.
const Welcome = "welcome"

// PNG draws a screen of a pilot, w × h pixels.
func PNG(d shell.Deps, s *app.Session, screen string, w, h int) ([]byte, error) {
	a := test.NewApp()
	a.Settings().SetTheme(theme.New())
	sh := shell.New(a, d)
	names := append(sh.ScreenNames(), Welcome)
	name, arg, _ := strings.Cut(screen, ":")
	if !slices.Contains(names, name) {
		return nil, app.E(app.CodeInvalid, "没有名为“%s”的画面，可选：%s", name, strings.Join(names, "、"))
	}
	win := sh.Window()
	if name != Welcome {
		sh.ShowSession(s)
	}
	win.Resize(fyne.NewSize(float32(w), float32(h)))
	if name != Welcome {
		sh.Go(name, arg)
	}
	// Nothing lays out again here, as a window does with every frame, what grew while it was filled.
	for range 2 {
		win.Resize(fyne.NewSize(float32(w+1), float32(h+1)))
		win.Resize(fyne.NewSize(float32(w), float32(h)))
	}
	var out bytes.Buffer
	if err := png.Encode(&out, win.Canvas().Capture()); err != nil {
		return nil, app.Wrap(app.CodeIO, err, "画面不能写成图片")
	}
	return out.Bytes(), nil
}
