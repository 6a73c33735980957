package merging

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app/merge"
	"lianshao/ui/widgets"
)

// conflictList shows what was written on both sides: two rows for each, the one that
// is taken ticked.
type conflictList struct {
	p    *mergePage
	grid *widgets.DataGrid
	list []*merge.Conflict
}

func newConflictList(p *mergePage) *conflictList {
	l := &conflictList{p: p}
	l.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "take", Title: lang.L("采用"), Width: 46, Align: widgets.AlignCenter}, {ID: "name", Title: lang.L("记录"), Width: 190},
		{ID: "field", Title: lang.L("内容"), Width: 100}, {ID: "text", Title: lang.L("写的是"), Width: 330, Grow: true},
		{ID: "who", Title: lang.L("谁写的"), Width: 230, Grow: true}, {ID: "at", Title: lang.L("时间"), Width: 130},
	}, l)
	l.grid.OnToggle = func(row int, _ string, on bool) error { l.take(row, on); return nil }
	l.grid.OnActivate = func(row int) { l.take(row, true) }
	return l
}

func (l *conflictList) set(list []*merge.Conflict) {
	same := len(list) == len(l.list)
	l.list = list
	if same {
		l.grid.Refresh() // decided one of them: the cursor stays
		return
	}
	l.grid.SetSource(l)
}

// take decides a conflict; a tick cannot be taken away, only put elsewhere.
func (l *conflictList) take(row int, on bool) {
	if row < 0 || row >= l.Len() || !on {
		return
	}
	l.p.decided[l.list[row/2].Key()] = side(row)
	l.p.decide()
}

func side(row int) merge.Side {
	if row%2 == 0 {
		return merge.Mine
	}
	return merge.Theirs
}

// Len implements widgets.Source.
func (l *conflictList) Len() int { return 2 * len(l.list) }

// Cell implements widgets.Source.
func (l *conflictList) Cell(row int, col string) widgets.Cell {
	c, mine := l.list[row/2], row%2 == 0
	taken := c.Taken == side(row)
	text, who, at, from := c.Mine, c.MineBy, c.MineAt, lang.L("本试点")
	if !mine {
		text, who, at, from = c.Theirs, c.TheirsBy, c.TheirsAt, c.File
	}
	switch col {
	case "take":
		if taken {
			return widgets.Cell{Check: widgets.Checked}
		}
		return widgets.Cell{Check: widgets.Unchecked}
	case "name":
		return widgets.Cell{Text: lang.L(c.Kind.String()) + " " + c.Name, Muted: !mine}
	case "field":
		return widgets.Cell{Text: lang.L(c.Title), Muted: !mine}
	case "text":
		if text == "" {
			text = lang.L("（空）")
		}
		return widgets.Cell{Text: strings.ReplaceAll(text, "\n", " "), Bold: taken, Muted: !taken}
	case "who":
		if who != "" {
			from += " · " + who
		}
		return widgets.Cell{Text: from, Muted: !taken}
	}
	if at.IsZero() {
		return widgets.Cell{Text: lang.L("不知何时"), Muted: true}
	}
	return widgets.Cell{Text: at.Local().Format("2006-01-02 15:04"), Muted: !taken}
}
