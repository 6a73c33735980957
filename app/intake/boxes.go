package intake

import (
	"strings"
	"unicode"
)

// boxFields are the fields whose cells may offer their values with boxes to tick:
// □高 ☑中 □低.
var boxFields = []string{"level", "category", "channels", "type"}

const (
	openBoxes   = "□☐▢○◯◻"
	tickedBoxes = "☑☒■▣◼●◉√✓✔"
)

// boxes puts what is ticked in the place of cells that offer several values.
func (l *layout) boxes() {
	for _, field := range boxFields {
		c := l.at(field)
		if c < 0 {
			continue
		}
		for i := range l.len() {
			w := l.row(i)
			s := w.raw(c)
			if strings.IndexByte(s, 0xe2) < 0 { // the first byte of every box
				continue
			}
			chosen, is := chosenBoxes(s)
			if !is {
				continue
			}
			l.copyRows()
			l.rows[i].cells[c] = l.oneOf(&w, c, field, s, chosen)
		}
	}
}

// oneOf is the value that the boxes give, or "" with a question.
func (l *layout) oneOf(w *row, c int, field, written string, chosen []string) string {
	switch {
	case len(chosen) == 0:
		l.note(w.cell(c), field, "“%s”没有勾选任何一项，没有导入这一项，请核对", shorten(written))
	case len(chosen) > 1 && !listFields[l.g.Form.ID][field]:
		l.note(w.cell(c), field, "“%s”勾选了不止一项，没有导入这一项，请核对", shorten(written))
		return ""
	}
	return strings.Join(chosen, "、")
}

// chosenBoxes reads a text of values with boxes before or behind them; is tells that
// it is one.
func chosenBoxes(s string) (chosen []string, is bool) {
	var words []string
	var boxes []bool // ticked
	first := true    // the boxes stand before the values
	word := strings.Builder{}
	flush := func() {
		if t := strings.TrimFunc(word.String(), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }); t != "" {
			words = append(words, t)
		}
		word.Reset()
	}
	for _, r := range s {
		ticked := strings.ContainsRune(tickedBoxes, r)
		if !ticked && !strings.ContainsRune(openBoxes, r) {
			word.WriteRune(r)
			continue
		}
		flush()
		if len(boxes) == 0 {
			first = len(words) == 0
		}
		boxes = append(boxes, ticked)
	}
	flush()
	if len(words) == 0 || len(boxes) != len(words) || !first && len(boxes) == 1 && !boxes[0] {
		return nil, false
	}
	for i, ticked := range boxes {
		if ticked {
			chosen = append(chosen, words[i])
		}
	}
	return chosen, true
}
