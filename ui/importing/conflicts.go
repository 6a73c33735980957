package importing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/ui/widgets"
)

// conflictList shows every field about which there are several words: a row for each
// side, the one that is taken ticked.
type conflictList struct {
	p    *importPage
	grid *widgets.DataGrid
	rows []conflictRow
}

type conflictRow struct {
	*intake.Conflict
	voice int
}

func newConflictList(p *importPage) conflictList {
	l := conflictList{p: p}
	l.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "take", Title: lang.L("采用"), Width: 46, Align: widgets.AlignCenter}, {ID: "name", Title: lang.L("记录"), Width: 150},
		{ID: "field", Title: lang.L("内容"), Width: 100}, {ID: "text", Title: lang.L("写的是"), Width: 320, Grow: true},
		{ID: "who", Title: lang.L("谁写的"), Width: 320, Grow: true}, {ID: "at", Title: lang.L("写或存的时间"), Width: 130},
	}, nil)
	return l
}

func (l *conflictList) set(list []*intake.Conflict) {
	was := len(l.rows)
	l.rows = nil
	for _, c := range list {
		for i := range c.Voices {
			l.rows = append(l.rows, conflictRow{c, i})
		}
	}
	l.grid.OnToggle = l.take
	l.grid.OnActivate = func(row int) { l.p.failed(l.take(row, "", true)) }
	if len(l.rows) == was {
		l.grid.Refresh() // decided one of them: the cursor stays
		return
	}
	l.grid.SetSource(l)
}

// take decides a conflict; a tick cannot be taken away, only put elsewhere.
func (l *conflictList) take(row int, _ string, on bool) error {
	if row < 0 || row >= len(l.rows) || !on {
		return nil
	}
	l.p.decided.Decide(l.rows[row].Conflict, l.rows[row].voice)
	l.p.replan(nil)
	return nil
}

// Len implements widgets.Source.
func (l *conflictList) Len() int { return len(l.rows) }

// Cell implements widgets.Source.
func (l *conflictList) Cell(row int, col string) widgets.Cell {
	r := l.rows[row]
	v := r.Voices[r.voice]
	taken, first := r.Taken == r.voice, r.voice == 0
	switch col {
	case "take":
		if taken {
			return widgets.Cell{Check: widgets.Checked}
		}
		return widgets.Cell{Check: widgets.Unchecked}
	case "name":
		return widgets.Cell{Text: lang.L(r.Kind.String()) + " " + r.Name, Muted: !first}
	case "field":
		return widgets.Cell{Text: lang.L(r.Title), Muted: !first}
	case "text":
		text := flat(v.Text)
		if text == "" {
			text = lang.L("（空）")
		}
		return widgets.Cell{Text: text, Bold: taken, Muted: !taken}
	case "who":
		return widgets.Cell{Text: v.Who, Muted: !taken}
	}
	if v.At.IsZero() {
		return widgets.Cell{Text: lang.L("不知何时"), Muted: true}
	}
	return widgets.Cell{Text: v.At.Local().Format("2006-01-02 15:04"), Muted: !taken}
}

// makeRules makes the choice of the rule that decides what nobody decided.
func (b *resultBand) makeRules() {
	var titles []string
	for _, r := range intake.Rules() {
		titles = append(titles, lang.L(r.Title()))
	}
	b.rules = widget.NewSelect(titles, nil)
	b.rules.SetSelectedIndex(0)
	b.rules.OnChanged = func(string) {
		b.p.rule = intake.Rules()[b.rules.SelectedIndex()]
		b.p.decided = intake.Decisions{} // the rule is for all
		b.p.replan(nil)
	}
	b.ruleBox = container.NewHBox(container.NewCenter(quiet(lang.L("说法不一致时"), fyne.TextAlignTrailing)), container.NewGridWrap(fyne.NewSize(220, 34), b.rules))
	b.ruleBox.Hide()
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }
