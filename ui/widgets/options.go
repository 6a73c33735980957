package widgets

import (
	"image/color"

	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	optionRow   = 26
	optionsSeen = 12
	// typeAhead is how long typed characters belong to one search.
	typeAhead = 900 * time.Millisecond
)

// optionList is the drop-down of a grid cell: arrows or typing choose, Enter takes.
type optionList struct {
	widget.BaseWidget
	options  []string
	initials func(string) string
	chosen   int
	top      int // first option seen
	typed    string
	typedAt  time.Time
	// done is called once: ok false = cancelled; key is what ended it.
	done func(text string, ok bool, key fyne.KeyName)

	back  *canvas.Rectangle
	texts []*canvas.Text
}

func newOptionList(options []string, chosen string, initials func(string) string) *optionList {
	l := &optionList{options: options, initials: initials, back: canvas.NewRectangle(color.Transparent)}
	for i, o := range options {
		if o == chosen {
			l.chosen = i
		}
	}
	for range min(len(options), optionsSeen) {
		l.texts = append(l.texts, canvas.NewText("", nil))
	}
	l.ExtendBaseWidget(l)
	l.reveal()
	return l
}

// MinSize implements fyne.CanvasObject.
func (l *optionList) MinSize() fyne.Size {
	var w float32
	for _, o := range l.options {
		w = max(w, fyne.MeasureText(o, l.Theme().Size(theme.SizeNameText), fyne.TextStyle{}).Width)
	}
	return fyne.NewSize(w+24, float32(len(l.texts))*optionRow)
}

// CreateRenderer implements fyne.Widget.
func (l *optionList) CreateRenderer() fyne.WidgetRenderer {
	c := container.NewWithoutLayout(l.back)
	for _, t := range l.texts {
		c.Add(t)
	}
	l.paint()
	return widget.NewSimpleRenderer(c)
}

// Refresh implements fyne.Widget.
func (l *optionList) Refresh() { l.paint(); canvas.Refresh(l) }

// Resize implements fyne.CanvasObject.
func (l *optionList) Resize(s fyne.Size) { l.BaseWidget.Resize(s); l.paint() }

func (l *optionList) paint() {
	th, v := l.Theme(), variant()
	l.back.FillColor = th.Color(theme.ColorNamePrimary, v)
	l.back.CornerRadius = 3
	for i, t := range l.texts {
		n := l.top + i
		t.Text, t.TextSize = l.options[n], th.Size(theme.SizeNameText)
		t.Color = th.Color(theme.ColorNameForeground, v)
		if n == l.chosen {
			t.Color = th.Color(theme.ColorNameForegroundOnPrimary, v)
			l.back.Move(fyne.NewPos(2, float32(i)*optionRow+1))
			l.back.Resize(fyne.NewSize(l.Size().Width-4, optionRow-2))
		}
		h := t.MinSize().Height
		t.Move(fyne.NewPos(10, float32(i)*optionRow+(optionRow-h)/2))
	}
}

func (l *optionList) reveal() {
	l.chosen = min(max(l.chosen, 0), len(l.options)-1)
	l.top = min(l.top, l.chosen)
	l.top = max(l.top, l.chosen-len(l.texts)+1)
}

func (l *optionList) move(to int) {
	l.chosen = to
	l.reveal()
	l.Refresh()
}

// FocusGained implements fyne.Focusable.
func (l *optionList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *optionList) FocusLost() {}

// AcceptsTab lets Tab take the option and move on.
func (l *optionList) AcceptsTab() bool { return true }

// TypedKey implements fyne.Focusable.
func (l *optionList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		l.move(l.chosen - 1)
	case fyne.KeyDown:
		l.move(l.chosen + 1)
	case fyne.KeyHome, fyne.KeyPageUp:
		l.move(0)
	case fyne.KeyEnd, fyne.KeyPageDown:
		l.move(len(l.options) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		l.done(l.options[l.chosen], true, e.Name)
	case fyne.KeyEscape:
		l.done("", false, e.Name)
	}
}

// TypedRune chooses the first option that begins with what was typed lately, by its
// text, by its initials, or by its number in the list.
func (l *optionList) TypedRune(r rune) {
	now := time.Now()
	if now.Sub(l.typedAt) > typeAhead {
		l.typed = ""
	}
	l.typedAt = now
	l.typed += string(r)
	if i := matchOption(l.options, l.typed, l.initials); i >= 0 {
		l.move(i)
		return
	}
	l.typed = string(r)
	if i := matchOption(l.options, l.typed, l.initials); i >= 0 {
		l.move(i)
	}
}

// matchOption finds typed among options: as beginning of a text, of its initials,
// or as a number counted from 1; -1 = none.
func matchOption(options []string, typed string, initials func(string) string) int {
	want := strings.ToLower(typed)
	for i, o := range options {
		if strings.HasPrefix(strings.ToLower(o), want) {
			return i
		}
	}
	if initials != nil {
		for i, o := range options {
			if strings.HasPrefix(strings.ToLower(initials(o)), want) {
				return i
			}
		}
	}
	n := 0
	for _, r := range typed {
		if r < '0' || r > '9' {
			return -1
		}
		n = min(n*10+int(r-'0'), 1000)
	}
	if n >= 1 && n <= len(options) {
		return n - 1
	}
	return -1
}

// Tapped implements fyne.Tappable.
func (l *optionList) Tapped(e *fyne.PointEvent) {
	if i := l.top + int(e.Position.Y/optionRow); i >= 0 && i < len(l.options) {
		l.done(l.options[i], true, fyne.KeyF2)
	}
}

// Scrolled implements fyne.Scrollable.
func (l *optionList) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY > 0 {
		l.move(l.chosen - 1)
	} else if e.Scrolled.DY < 0 {
		l.move(l.chosen + 1)
	}
}

// MouseIn implements desktop.Hoverable.
func (l *optionList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (l *optionList) MouseMoved(e *desktop.MouseEvent) {
	if i := l.top + int(e.Position.Y/optionRow); i != l.chosen && i >= 0 && i < len(l.options) {
		l.chosen = i
		l.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (l *optionList) MouseOut() {}

// options are the drop-down's texts for a row.
func (c *Column) options(row int) []string {
	if c.OptionsFor != nil {
		return c.OptionsFor(row)
	}
	return c.Options
}

// openOptions shows a cell's drop-down; typed preselects.
func (g *DataGrid) openOptions(p place, options []string, original, typed string) {
	c := canvasOf(g)
	if c == nil {
		return
	}
	g.relayout()
	col := g.column(p.col)
	list := newOptionList(options, original, g.Initials)
	pop := widget.NewPopUp(list, c)
	id := col.ID
	list.done = func(text string, ok bool, key fyne.KeyName) {
		pop.Hide()
		g.Focus()
		if !ok {
			return
		}
		if text != original {
			if err := g.OnEdit(p.row, id, text); err != nil {
				g.showError(p, err)
				return
			}
		}
		g.repaint()
		switch key {
		case fyne.KeyReturn, fyne.KeyEnter:
			g.step(1, 0)
		case fyne.KeyTab:
			g.step(0, 1)
		}
	}
	pos, size := g.cellBox(p)
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(g).Add(pos)
	min := pop.MinSize()
	y := abs.Y + size.Height
	if y+min.Height > c.Size().Height {
		y = max(0, abs.Y-min.Height)
	}
	pop.ShowAtPosition(fyne.NewPos(abs.X, y))
	pop.Resize(fyne.NewSize(max(min.Width, size.Width), min.Height))
	c.Focus(list)
	for _, r := range typed {
		list.TypedRune(r)
	}
}
