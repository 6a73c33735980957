package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Prose is a label of several lines broken as Chinese is printed: no line begins
// with ，。： or ends with （, and no number is cut in two. A wrapped widget.Label
// knows neither rule.
type Prose struct {
	widget.Label
	full  string  // as given, without our line breaks
	width float32 // that Text is broken for
	known map[rune]float32
	size  float32 // of the text that known holds for
}

// NewProse makes a label whose text can be selected.
func NewProse(text string) *Prose {
	p := &Prose{full: text}
	p.Text = text
	p.Selectable = true
	p.ExtendBaseWidget(p)
	return p
}

// SetText shows another text.
func (p *Prose) SetText(text string) {
	p.full = text
	p.Label.SetText(p.broken())
}

// Full is the text without the breaks that its width asks for.
func (p *Prose) Full() string { return p.full }

// Resize breaks the text for the new width.
func (p *Prose) Resize(size fyne.Size) {
	if size.Width != p.width {
		p.width = size.Width
		if text := p.broken(); text != p.Text {
			p.Label.SetText(text)
		}
	}
	p.Label.Resize(size)
}

// MinSize is as narrow as need be, and as high as the lines at the present width.
func (p *Prose) MinSize() fyne.Size {
	return fyne.NewSize(40, p.Label.MinSize().Height)
}

func (p *Prose) broken() string {
	room := p.width - 2*theme.InnerPadding()
	if room <= 0 {
		return p.full
	}
	var lines []string
	for _, part := range strings.Split(p.full, "\n") {
		lines = append(lines, breakLine([]rune(part), room, p.runeWidth)...)
	}
	return strings.Join(lines, "\n")
}

// runeWidth measures a character once for a size of text.
func (p *Prose) runeWidth(r rune) float32 {
	if size := theme.TextSize(); p.known == nil || p.size != size {
		p.known, p.size = map[rune]float32{}, size
	}
	w, ok := p.known[r]
	if !ok {
		w = fyne.MeasureText(string(r), p.size, p.TextStyle).Width
		p.known[r] = w
	}
	return w
}

// breakLine breaks one paragraph into lines no wider than room; a word longer than
// a line is cut.
func breakLine(r []rune, room float32, width func(rune) float32) (lines []string) {
	for {
		fits, w := 0, float32(0)
		for fits < len(r) && w+width(r[fits]) <= room {
			w += width(r[fits])
			fits++
		}
		if fits == len(r) {
			return append(lines, string(r))
		}
		at := max(1, fits)
		for at > 1 && !mayBreak(r, at) {
			at--
		}
		if at == 1 {
			at = max(1, fits)
		}
		lines = append(lines, strings.TrimRight(string(r[:at]), " "))
		r = []rune(strings.TrimLeft(string(r[at:]), " "))
	}
}
