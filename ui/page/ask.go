package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// Question is a form that a person fills in before something is done.
type Question struct {
	Title string
	Yes   string // names the act itself, e.g. 签发
	Form  fyne.CanvasObject
	First fyne.Focusable      // gets the keyboard; Enter in a single line presses Yes
	Width float32             // 0 = 460; the height is that of the form
	Act   func() error        // a refusal is said in the dialog, which stays open
	Left  []fyne.CanvasObject // buttons at the lower left
}

// Ask shows a question in a dialog over the window.
func Ask(h Host, q Question) *widgets.Modal {
	refusal := widget.NewLabel("")
	refusal.Wrapping = fyne.TextWrapBreak
	refusal.Importance = widget.DangerImportance
	refusal.Hide()
	var m *widgets.Modal
	var body *fyne.Container
	do := func() {
		if err := q.Act(); err != nil {
			refusal.SetText(app.Sentence(err))
			refusal.Show()
			body.Refresh() // the form gives way
			return
		}
		m.Close()
	}
	ok := widgets.NewMainButton(q.Yes, do)
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	form := container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), q.Form) // room for the scroll bar
	size := fyne.NewSize(max(q.Width, 460), min(form.MinSize().Height+150, 640))
	body = container.NewBorder(nil, refusal, nil, nil, container.NewVScroll(form))
	m = widgets.NewModal(h.Window(), q.Title, body, size, q.Left, no, ok)
	m.Keys(do, m.Close)
	switch e := q.First.(type) {
	case *widget.Entry:
		e.OnSubmitted = func(string) { do() }
	}
	if q.First != nil {
		h.Window().Canvas().Focus(q.First)
	}
	return m
}

// Heading is a small bold title over a part of a page.
func Heading(text string) fyne.CanvasObject {
	t := canvas.NewText(text, theme.Color(theme.ColorNameForeground))
	t.TextStyle.Bold = true
	return t
}

// DayOf reads what stands in a date field, committed or not; empty is no date.
func DayOf(d *widgets.DateField, year int) (domain.Date, error) {
	text := strings.TrimSpace(d.Entry().Text)
	if text == "" {
		return "", nil
	}
	day, ok := domain.ParseDate(text, year)
	if !ok {
		return "", app.E(app.CodeInvalid, "日期应为 2026-09-20 这样的一天，现为“%s”", text)
	}
	return day, nil
}

// OrNothing is a value as a comparison shows it.
func OrNothing(s string) string {
	if s == "" {
		return lang.L("（空）")
	}
	return s
}
