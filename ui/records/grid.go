package records

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Grid is a table of records that edits, pastes, deletes, sorts and filters
// through the pilot's commands.
type Grid struct {
	*widgets.DataGrid
	Model *Model
	// OnRecord tells which record the cursor is on; nil = none.
	OnRecord func(domain.Record)
	// New makes the record that pasted new rows start from; nil = none are made.
	New func(d *domain.Pilot) domain.Record

	host page.Host
	name string
}

// Options tune a Grid.
type Options struct {
	Name   string   // for remembered widths and columns; unique per grid
	Hidden []string // columns that start invisible
	Fixed  int      // columns that stay while scrolling sideways
	Extra  []fields.Field
	// Place puts the extra fields behind this field; "" = at the end.
	Place string
}

// NewGrid makes a grid over all records of a kind.
func NewGrid(h page.Host, k domain.Kind, o Options) *Grid {
	fs := place(fields.Of(k), o.Extra, o.Place)
	g := &Grid{Model: NewModel(h.Session().Pilot, k, fs), host: h, name: o.Name}
	g.DataGrid = widgets.NewDataGrid(gridColumns(fs, o.Hidden), g.Model)
	g.Frozen = o.Fixed
	g.OnEdit = g.edit
	g.OnPaste = g.paste
	g.OnClear = g.clear
	g.OnDelete = g.delete
	g.OnSort = func(col string, desc bool) { g.Model.SetSort(col, desc); g.SetSort(col, desc); g.Refresh() }
	g.OnSelect = func(row int) {
		if g.OnRecord != nil {
			g.OnRecord(g.Model.Record(row))
		}
	}
	g.Menu = g.menu
	g.remember()
	return g
}

func place(fs, extra []fields.Field, behind string) []fields.Field {
	var out []fields.Field
	placed := false
	for _, f := range fs {
		out = append(out, f)
		if f.Name == behind {
			out = append(out, extra...)
			placed = true
		}
	}
	if !placed {
		out = append(out, extra...)
	}
	return out
}

func gridColumns(fs []fields.Field, hidden []string) []widgets.Column {
	out := make([]widgets.Column, len(fs))
	for i, f := range fs {
		out[i] = widgets.Column{ID: f.Name, Title: lang.L(f.Title), Width: f.Width, Sortable: true,
			Editable: f.Set != nil, Multiline: f.Long}
		if f.Number {
			out[i].Align = widgets.AlignRight
		}
		if f.Options != nil && f.Set != nil {
			out[i].Options = f.Options(nil2pilot(), nil)
		}
		for _, h := range hidden {
			if h == f.Name {
				out[i].Hidden = true
			}
		}
	}
	return out
}
