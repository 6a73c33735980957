package importing

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
type change struct{ kind, name, field, before, after string }

// changeList lists what an import overwrites in records that exist already.
type changeList struct {
	grid  *widgets.DataGrid
	items []change
}

func (l *changeList) set(p *domain.Pilot, cs domain.ChangeSet) {
	l.items = nil
	var after *domain.Pilot // to name what the records refer to once imported
	for _, c := range cs.Changes {
		if c.Before == nil || c.After == nil || len(l.items) >= maxChanges {
			continue
		}
		if after == nil {
			after = p.Draft()
			after.Apply(cs)
		}
		l.items = append(l.items, differences(p, after, c)...)
	}
	l.grid.SetSource(l)
}

// differences compares a record field by field; a change that no field shows, such
// as of a workflow's steps, is one line.
func differences(before, after *domain.Pilot, c domain.Change) (out []change) {
	name := recordName(after, c)
	for _, f := range fields.Of(c.Kind) {
		if f.Set == nil {
			continue // follows from the others
		}
		if was, is := f.Get(before, c.Before), f.Get(after, c.After); was != is {
			out = append(out, change{c.Kind.String(), name, f.Title, was, is})
		}
	}
	if len(out) == 0 {
		out = append(out, change{c.Kind.String(), name, lang.L("其他内容"), "", lang.L("按表格更新")})
	}
	return out
}

// recordName is the code and the name of a record, as far as it has them.
func recordName(p *domain.Pilot, c domain.Change) string {
	code, name := domain.BaseOf(c.After).Code, p.NameOf(c.Kind, domain.To(c.ID))
	if f, ok := fields.Find(c.Kind, "name"); ok {
		name = f.Get(p, c.After)
	}
	if code == name {
		return name
	}
	return strings.TrimSpace(code + " " + name)
}

// Len implements widgets.Source.
func (l *changeList) Len() int { return len(l.items) }

// Cell implements widgets.Source.
func (l *changeList) Cell(row int, col string) widgets.Cell {
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
	}
	return widgets.Cell{Text: flat(it.after)}
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }
