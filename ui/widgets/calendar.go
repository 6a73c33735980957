package widgets

import (
	"image/color"

	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	dayWidth  = 34
	dayHeight = 26
	calHead   = 32 // month and its buttons
	calWeeks  = 6
)

// calendar is one month to pick a day from, weeks beginning on Monday. Arrows move
// by days and weeks, PgUp and PgDn by months, Enter takes, Esc leaves.
type calendar struct {
	widget.BaseWidget
	day   time.Time // marked
	today time.Time
	done  func(t time.Time, ok bool)

	title      *canvas.Text
	heads      [7]*canvas.Text
	cells      [7 * calWeeks]*canvas.Text
	mark, ring *canvas.Rectangle
	prev, next *widget.Button
	now, clear *widget.Button
}

// newCalendar marks day, or today when day is zero. done gets the zero time for 清空.
func newCalendar(day time.Time, done func(time.Time, bool)) *calendar {
	y, m, d := time.Now().Date()
	c := &calendar{day: day, done: done, today: time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
	if day.IsZero() {
		c.day = c.today
	}
	c.title = canvas.NewText("", nil)
	c.title.TextStyle.Bold = true
	for i, h := range []string{"一", "二", "三", "四", "五", "六", "日"} {
		c.heads[i] = canvas.NewText(lang.L(h), nil)
	}
	for i := range c.cells {
		c.cells[i] = canvas.NewText("", nil)
	}
	c.mark, c.ring = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	c.prev = lowButton("", theme.NavigateBackIcon(), func() { c.months(-1) })
	c.next = lowButton("", theme.NavigateNextIcon(), func() { c.months(1) })
	c.now = lowButton(lang.L("今天"), nil, func() { c.done(c.today, true) })
	c.clear = lowButton(lang.L("清空"), nil, func() { c.done(time.Time{}, true) })
	c.ExtendBaseWidget(c)
	return c
}

func lowButton(text string, icon fyne.Resource, tapped func()) *widget.Button {
	b := widget.NewButtonWithIcon(text, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// firstCell is the Monday on or before the first of the shown month.
func (c *calendar) firstCell() time.Time {
	first := time.Date(c.day.Year(), c.day.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
}

// months moves by whole months; 31 January becomes 28 February, not 3 March.
func (c *calendar) months(n int) {
	first := time.Date(c.day.Year(), c.day.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	c.set(first.AddDate(0, 0, min(c.day.Day(), last)-1))
}

func (c *calendar) set(t time.Time) {
	c.day = t
	c.Refresh()
}

// FocusGained implements fyne.Focusable.
func (c *calendar) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (c *calendar) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (c *calendar) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *calendar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		c.set(c.day.AddDate(0, 0, -1))
	case fyne.KeyRight:
		c.set(c.day.AddDate(0, 0, 1))
	case fyne.KeyUp:
		c.set(c.day.AddDate(0, 0, -7))
	case fyne.KeyDown:
		c.set(c.day.AddDate(0, 0, 7))
	case fyne.KeyPageUp:
		c.months(-1)
	case fyne.KeyPageDown:
		c.months(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.done(c.day, true)
	case fyne.KeyEscape:
		c.done(time.Time{}, false)
	}
}

// Tapped takes the day under the mouse.
func (c *calendar) Tapped(e *fyne.PointEvent) {
	col, row := int(e.Position.X/dayWidth), int((e.Position.Y-calHead-dayHeight)/dayHeight)
	if e.Position.Y < calHead+dayHeight || col > 6 || row >= calWeeks {
		return
	}
	c.done(c.firstCell().AddDate(0, 0, row*7+col), true)
}

// CreateRenderer implements fyne.Widget.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{c.ring, c.mark, c.title}
	for _, h := range c.heads {
		objs = append(objs, h)
	}
	for _, d := range c.cells {
		objs = append(objs, d)
	}
	objs = append(objs, c.prev, c.next, c.now, c.clear)
	c.paint()
	return &boxRenderer{objects: objs, layout: c.layout, refresh: c.paint, minSize: func() fyne.Size {
		return fyne.NewSize(7*dayWidth, calHead+(calWeeks+1)*dayHeight+calHead)
	}}
}

func (c *calendar) paint() {
	th, v := c.Theme(), variant()
	ink, muted := th.Color(theme.ColorNameForeground, v), th.Color(theme.ColorNamePlaceHolder, v)
	c.title.Text = c.day.Format("2006年1月")
	c.title.Color = ink
	c.mark.FillColor, c.mark.CornerRadius = th.Color(theme.ColorNamePrimary, v), 3
	c.ring.StrokeColor, c.ring.StrokeWidth, c.ring.CornerRadius = th.Color(theme.ColorNamePrimary, v), 1, 3
	for _, h := range c.heads {
		h.Color, h.TextSize = muted, th.Size(theme.SizeNameCaptionText)
	}
	day := c.firstCell()
	for _, t := range c.cells {
		t.Text, t.Color = strconv.Itoa(day.Day()), ink
		if day.Month() != c.day.Month() {
			t.Color = th.Color(theme.ColorNameDisabled, v)
		}
		if day.Equal(c.day) {
			t.Color = th.Color(theme.ColorNameForegroundOnPrimary, v)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func (c *calendar) layout(size fyne.Size) {
	m := c.title.MinSize()
	c.title.Move(fyne.NewPos((size.Width-m.Width)/2, (calHead-m.Height)/2))
	put(c.prev, 0, 2, 30, calHead-4)
	put(c.next, size.Width-30, 2, 30, calHead-4)
	for i, h := range c.heads {
		centre(h, float32(i)*dayWidth, calHead)
	}
	first := c.firstCell()
	c.ring.Hide()
	for i, t := range c.cells {
		x, y := float32(i%7)*dayWidth, float32(calHead+dayHeight+i/7*dayHeight)
		centre(t, x, y)
		day := first.AddDate(0, 0, i)
		if day.Equal(c.day) {
			put(c.mark, x+3, y+1, dayWidth-6, dayHeight-2)
		}
		if day.Equal(c.today) {
			c.ring.Show()
			put(c.ring, x+3, y+1, dayWidth-6, dayHeight-2)
		}
	}
	y := float32(calHead + (calWeeks+1)*dayHeight + 2)
	put(c.now, 0, y, c.now.MinSize().Width+8, calHead-4)
	w := c.clear.MinSize().Width + 8
	put(c.clear, size.Width-w, y, w, calHead-4)
}

// centre puts a text in the middle of a day's cell.
func centre(t *canvas.Text, x, y float32) {
	m := t.MinSize()
	t.Move(fyne.NewPos(x+(dayWidth-m.Width)/2, y+(dayHeight-m.Height)/2))
}
