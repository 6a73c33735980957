package widgets

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// dateForm is how every date is shown.
const dateForm = "2006-01-02"

// DateField is an entry for a day. It shows 2026-09-20 and reads what people write:
// 2026年9月9日, 2026.9.9, 2026/9/9, and whatever else Parse understands. An empty
// field is no date. Dates are at midnight UTC.
type DateField struct {
	widget.BaseWidget
	// Parse reads a text; nil = ParseDate. Give one that knows the pilot's year to
	// accept 9月上旬 and the like.
	Parse func(text string) (time.Time, error)
	// OnCommit stores a changed date; the zero time means it was emptied.
	OnCommit func(t time.Time) error
	// OnRefused shows why a text was not taken, e.g. as a toast.
	OnRefused func(err error)

	date   time.Time
	entry  *TextArea
	button *widget.Button
}

// NewDateField makes an empty field.
func NewDateField() *DateField {
	d := &DateField{entry: NewTextField()}
	d.entry.SetPlaceHolder("2026-01-31")
	d.entry.OnCommit = d.commitText
	d.entry.OnRefused = func(err error) {
		if d.OnRefused != nil {
			d.OnRefused(err)
		}
	}
	d.button = widget.NewButtonWithIcon("", theme.CalendarIcon(), d.openCalendar)
	d.button.Importance = widget.LowImportance
	d.ExtendBaseWidget(d)
	return d
}

// Date is the committed date; the zero time = none.
func (d *DateField) Date() time.Time { return d.date }

// SetDate shows a stored date without committing it; the zero time empties the field.
func (d *DateField) SetDate(t time.Time) {
	d.date = t
	d.entry.SetText(formatDate(t))
}

// Entry is the text part, e.g. for focusing.
func (d *DateField) Entry() *TextArea { return d.entry }

// Err is why the present text was refused; nil = it was not.
func (d *DateField) Err() error { return d.entry.Err() }

func formatDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(dateForm)
}

func (d *DateField) commitText(text string) error {
	var t time.Time
	if strings.TrimSpace(text) != "" {
		parse := d.Parse
		if parse == nil {
			parse = ParseDate
		}
		var err error
		if t, err = parse(text); err != nil {
			return err
		}
	}
	return d.commit(t)
}

// commit stores t and shows it in the one form dates have.
func (d *DateField) commit(t time.Time) error {
	if !t.Equal(d.date) && d.OnCommit != nil {
		if err := d.OnCommit(t); err != nil {
			return err
		}
	}
	d.SetDate(t)
	return nil
}

func (d *DateField) openCalendar() {
	c := canvasOf(d)
	if c == nil {
		return
	}
	at := d.date
	if t, err := ParseDate(d.entry.Text); err == nil {
		at = t
	}
	var pop *widget.PopUp
	cal := newCalendar(at, func(t time.Time, ok bool) {
		pop.Hide()
		c.Focus(d.entry)
		if !ok {
			return
		}
		if err := d.commit(t); err != nil && d.OnRefused != nil {
			d.OnRefused(err)
		}
	})
	pop = widget.NewPopUp(cal, c)
	abs := fyne.CurrentApp().Driver().AbsolutePositionForObject(d)
	x := min(abs.X, c.Size().Width-pop.MinSize().Width)
	y := abs.Y + d.Size().Height
	if y+pop.MinSize().Height > c.Size().Height {
		y = max(0, abs.Y-pop.MinSize().Height)
	}
	pop.ShowAtPosition(fyne.NewPos(max(0, x), y))
	c.Focus(cal)
}

// CreateRenderer implements fyne.Widget.
func (d *DateField) CreateRenderer() fyne.WidgetRenderer {
	return &boxRenderer{
		objects: []fyne.CanvasObject{d.entry, d.button},
		layout: func(s fyne.Size) {
			b := d.button.MinSize().Width
			put(d.entry, 0, 0, s.Width-b, s.Height)
			put(d.button, s.Width-b, 0, b, s.Height)
		},
		minSize: func() fyne.Size {
			m := d.entry.MinSize()
			return fyne.NewSize(fyne.Max(m.Width, 100)+d.button.MinSize().Width, m.Height)
		},
	}
}

var datePattern = regexp.MustCompile(`^(\d{4})(?:[-./]|年)(\d{1,2})(?:[-./]|月)(\d{1,2})日?$`)

// ParseDate reads a full date: 2026-09-09, 2026.9.9, 2026/9/9, 2026年9月9日, 20260909,
// also in full-width digits. It refuses days that do not exist.
func ParseDate(text string) (time.Time, error) {
	s := narrow(text)
	if len(s) == 8 {
		if _, err := strconv.Atoi(s); err == nil {
			s = s[:4] + "-" + s[4:6] + "-" + s[6:]
		}
	}
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, errors.New(lang.L("看不懂日期：请写成 2026-09-20 或 2026年9月20日"))
	}
	y, _ := strconv.Atoi(m[1])
	mon, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	t := time.Date(y, time.Month(mon), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != mon {
		return time.Time{}, errors.New(lang.L("没有这一天：请检查月和日"))
	}
	return t, nil
}

// narrow drops spaces and turns full-width characters into ordinary ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\u3000' || r == '\u00a0':
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '。':
			return '.'
		}
		return r
	}, s)
}
