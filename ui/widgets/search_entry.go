package widgets

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// searchPause is how long typing must rest before a search runs.
const searchPause = 180 * time.Millisecond

// SearchEntry filters while typing. What it hands on is trimmed, lower-case and in
// ordinary width, ready to be matched against a text or its pinyin.
type SearchEntry struct {
	widget.Entry
	// OnSearch gets the query shortly after the last keystroke, "" when emptied.
	OnSearch func(query string)
	// OnLeave is Enter or Down: the keyboard should go to the results.
	OnLeave func()
	// OnKey is asked first and reports whether it took the key; may be nil.
	OnKey func(e *fyne.KeyEvent) bool
	// Delay is the pause before OnSearch; 0 = at once, which tests use.
	Delay time.Duration
	timer *time.Timer
	last  string
}

// NewSearchEntry makes an entry with a magnifying glass.
func NewSearchEntry(placeholder string) *SearchEntry {
	s := &SearchEntry{Delay: searchPause}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as NewEntry does
	s.ExtendBaseWidget(s)
	s.SetPlaceHolder(placeholder)
	s.SetIcon(theme.SearchIcon())
	s.OnChanged = func(string) { s.later() }
	return s
}

// Query is the present text as OnSearch gets it.
func (s *SearchEntry) Query() string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(widthOnly(s.Text), func(r rune) bool { return r == ' ' }), " "))
}

// widthOnly turns full-width characters and spaces into ordinary ones.
func widthOnly(t string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000' || r == '\t' || r == '\u00a0':
			return ' '
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, t)
}

func (s *SearchEntry) later() {
	if s.timer != nil {
		s.timer.Stop()
	}
	if s.Delay <= 0 {
		s.search()
		return
	}
	s.timer = AfterFunc(s.Delay, func() { fyne.Do(s.search) })
}

// Now searches without waiting for the pause.
func (s *SearchEntry) Now() { s.search() }

// search runs when the query differs from the last one; a space typed at the end
// is no other query.
func (s *SearchEntry) search() {
	q := s.Query()
	if q == s.last {
		return
	}
	s.last = q
	if s.OnSearch != nil {
		s.OnSearch(q)
	}
}

// TypedKey implements fyne.Focusable: Esc empties, Enter and Down leave.
func (s *SearchEntry) TypedKey(e *fyne.KeyEvent) {
	if s.OnKey != nil && s.OnKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyEscape:
		s.SetText("")
		s.search()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		s.search()
		if s.OnLeave != nil {
			s.OnLeave()
		}
	default:
		s.Entry.TypedKey(e)
	}
}
