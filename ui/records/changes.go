package records

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// maxChanges bounds the list that a person is asked to look through.
const maxChanges = 2000

// change is one field of one record before and after.
type change struct{ kind, name, field, before, after, from string }

// Changes lists what an operation would change, field by field.
type Changes struct {
	Grid  *widgets.DataGrid
	added bool
	items []change
}

// NewChanges makes the list; with added it also lists records that are new, and
// where they come from.
func NewChanges(added bool) *Changes {
	l := &Changes{added: added}
	cols := []widgets.Column{
		{ID: "kind", Title: lang.L("类别"), Width: 90}, {ID: "name", Title: lang.L("记录"), Width: 230}, {ID: "field", Title: lang.L("内容"), Width: 110},
		{ID: "before", Title: lang.L("现在"), Width: 300, Grow: true}, {ID: "after", Title: lang.L("改为"), Width: 300, Grow: true},
	}
	if added {
		cols = append(cols, widgets.Column{ID: "from", Title: lang.L("来自"), Width: 200})
	}
	l.Grid = widgets.NewDataGrid(cols, l)
	return l
}

// Set shows what a change set does to a pilot.
func (l *Changes) Set(p *domain.Pilot, cs domain.ChangeSet) {
	l.items = nil
	var after *domain.Pilot // to name what the records refer to
	for _, c := range cs.Changes {
		if c.Before == nil && !l.added || c.After == nil && !l.added || len(l.items) >= maxChanges || hidden[c.Kind] {
			continue
		}
		if after == nil {
			after = p.Draft()
			after.Apply(cs)
		}
		switch {
		case c.After == nil:
			l.items = append(l.items, change{c.Kind.String(), recordName(p, c.Kind, c.Before), lang.L("整条记录"), "", lang.L("删除"), ""})
		case c.Before == nil:
			l.items = append(l.items, change{c.Kind.String(), recordName(after, c.Kind, c.After), lang.L("整条记录"), "", lang.L("新增"), domain.BaseOf(c.After).Origin})
		default:
			l.items = append(l.items, differences(p, after, c)...)
		}
	}
	l.Grid.SetSource(l)
}

// hidden are records that only remember how things came in.
var hidden = map[domain.Kind]bool{domain.KindMergeMark: true, domain.KindLayout: true, domain.KindSynonym: true}

// differences compares a record field by field; a change that no field shows, such
// as of a workflow's steps, is one line.
func differences(before, after *domain.Pilot, c domain.Change) (out []change) {
	name := recordName(after, c.Kind, c.After)
	for _, f := range fields.Of(c.Kind) {
		if f.Set == nil {
			continue // follows from the others
		}
		if was, is := f.Get(before, c.Before), f.Get(after, c.After); was != is {
			out = append(out, change{c.Kind.String(), name, f.Title, was, is, ""})
		}
	}
	if len(out) == 0 {
		out = append(out, change{c.Kind.String(), name, lang.L("其他内容"), "", lang.L("更新"), ""})
	}
	return out
}

// recordName is the code and the name of a record, as far as it has them.
func recordName(p *domain.Pilot, k domain.Kind, r domain.Record) string {
	code, name := domain.BaseOf(r).Code, p.NameOf(k, domain.To(r.RecordID()))
	if f, ok := fields.Find(k, "name"); ok {
		name = f.Get(p, r)
	}
	if code == name {
		return name
	}
	return strings.TrimSpace(code + " " + name)
}

// Len implements widgets.Source.
func (l *Changes) Len() int { return len(l.items) }

// Cell implements widgets.Source.
func (l *Changes) Cell(row int, col string) widgets.Cell {
	it := l.items[row]
	switch col {
	case "kind":
		return widgets.Cell{Text: lang.L(it.kind), Muted: true}
	case "name":
		return widgets.Cell{Text: it.name}
	case "field":
		return widgets.Cell{Text: lang.L(it.field)}
	case "before":
		return widgets.Cell{Text: flat(it.before), Muted: true}
	case "from":
		return widgets.Cell{Text: it.from, Muted: true}
	}
	return widgets.Cell{Text: flat(it.after)}
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }
