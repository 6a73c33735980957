// Package disputes is the list of fields about which there are several words, where
// forms are collected and where pilots are merged: a row for each side, the one that is
// taken ticked.
package disputes

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app/sides"
	"lianshao/ui/widgets"
)

// List is the list. Pick hears which side of which dispute a person takes.
type List struct {
	Grid   *widgets.DataGrid
	window fyne.Window
	pick   func(dispute, side int)
	list   []sides.Dispute
	rows   []row
}

// row is one side of one dispute.
type row struct{ dispute, side int }

// New makes an empty list; its dialogs open over the window.
func New(w fyne.Window, pick func(dispute, side int)) *List {
	l := &List{window: w, pick: pick}
	l.Grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "take", Title: lang.L("采用"), Width: 46, Align: widgets.AlignCenter}, {ID: "name", Title: lang.L("记录"), Width: 150},
		{ID: "field", Title: lang.L("内容"), Width: 100}, {ID: "text", Title: lang.L("写的是"), Width: 320, Grow: true},
		{ID: "who", Title: lang.L("谁写的"), Width: 300, Grow: true}, {ID: "at", Title: lang.L("写或存的时间"), Width: 130},
		{ID: "from", Title: lang.L("时间出自"), Width: 130},
	}, l)
	l.Grid.OnToggle = func(r int, _ string, on bool) error { l.take(r, on); return nil }
	l.Grid.Menu = func([]int, string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("对照全文…"), l.Compare)}
	}
	l.Grid.OnActivate = func(r int) { l.take(r, true) }
	return l
}

// Set shows disputes.
func (l *List) Set(list []sides.Dispute) {
	was := len(l.rows)
	l.list, l.rows = list, nil
	for d := range list {
		for s := range list[d].Sides {
			l.rows = append(l.rows, row{d, s})
		}
	}
	if len(l.rows) == was {
		l.Grid.Refresh() // decided one of them: the cursor stays
		return
	}
	l.Grid.SetSource(l)
}

// take decides a dispute; a tick cannot be taken away, only put elsewhere.
func (l *List) take(r int, on bool) {
	if r >= 0 && r < len(l.rows) && on {
		l.pick(l.rows[r].dispute, l.rows[r].side)
	}
}

// Len implements widgets.Source.
func (l *List) Len() int { return len(l.rows) }

// Cell implements widgets.Source.
func (l *List) Cell(r int, col string) widgets.Cell {
	d, i := &l.list[l.rows[r].dispute], l.rows[r].side
	s, taken, first := &d.Sides[i], d.Taken == i, i == 0
	switch col {
	case "take":
		if taken {
			return widgets.Cell{Check: widgets.Checked}
		}
		return widgets.Cell{Check: widgets.Unchecked}
	case "name":
		return widgets.Cell{Text: lang.L(d.Kind.String()) + " " + d.Name, Muted: !first}
	case "field":
		return widgets.Cell{Text: lang.L(d.Title), Muted: !first}
	case "text":
		text := strings.ReplaceAll(s.Text, "\n", " ")
		if text == "" {
			text = lang.L("（空）")
		}
		return widgets.Cell{Text: text, Bold: taken, Muted: !taken}
	case "who":
		return widgets.Cell{Text: s.Who, Muted: !taken}
	case "from":
		return widgets.Cell{Text: s.AtFrom, Muted: true}
	}
	return widgets.Cell{Text: s.When(), Muted: !taken || s.At.IsZero()}
}
