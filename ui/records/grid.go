package records

import (
	"encoding/json"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/intake"
	"lianshao/app/search"
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

	host  page.Host
	name  string
	blank func(d *domain.Pilot) domain.Record
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
	g.DataGrid = widgets.NewDataGrid(g.columns(fs, o.Hidden), g.Model)
	g.Frozen = o.Fixed
	g.Initials = search.Initials
	g.OnEdit = g.edit
	g.OnPaste = g.paste
	g.ColumnFor = func(header string) string { return intake.FieldOf(k, header, h.Session().Pilot.Synonyms.All()) }
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

func (g *Grid) columns(fs []fields.Field, hidden []string) []widgets.Column {
	out := make([]widgets.Column, len(fs))
	for i, f := range fs {
		out[i] = widgets.Column{ID: f.Name, Title: lang.L(f.Title), Width: f.Width, Sortable: true,
			Editable: f.Set != nil, Multiline: f.Long, Hidden: slices.Contains(hidden, f.Name)}
		if f.Number {
			out[i].Align = widgets.AlignRight
		}
		if f.Options != nil && f.Set != nil {
			out[i].OptionsFor = func(row int) []string {
				if r := g.Model.Record(row); r != nil {
					return f.Options(g.Model.pilot, r)
				}
				return nil
			}
		}
	}
	return out
}

// remember restores widths and visible columns and keeps them when they change.
func (g *Grid) remember() {
	if g.name == "" {
		return
	}
	key := "grid." + g.name
	var saved struct {
		Widths  map[string]float32
		Visible []string
	}
	if text := g.host.Prefs().String(key); text != "" && json.Unmarshal([]byte(text), &saved) == nil {
		g.SetWidths(saved.Widths)
		if len(saved.Visible) > 0 {
			g.SetVisibleColumns(saved.Visible)
		}
	}
	g.OnColumns = func() {
		saved.Widths, saved.Visible = g.Widths(), g.VisibleColumns()
		if text, err := json.Marshal(saved); err == nil {
			g.host.Prefs().SetString(key, string(text))
		}
	}
}

func (g *Grid) edit(row int, col, text string) error {
	r := g.Model.Record(row)
	if r == nil {
		return nil
	}
	c := edit.Cell{Kind: r.RecordKind(), ID: r.RecordID(), Field: col, Text: text}
	err := g.host.Do(edit.SetCells(c))
	if err != nil && Offer(g.host, err, c) {
		return nil // the cell shows its old text again; the question says why
	}
	return err
}

func (g *Grid) clear(first, last int, cols []string) error {
	var cells []edit.Cell
	for row := first; row <= last; row++ {
		r := g.Model.Record(row)
		for _, c := range cols {
			if f, ok := fields.Find(g.Model.kind, c); ok && f.Set != nil && r != nil {
				cells = append(cells, edit.Cell{Kind: g.Model.kind, ID: r.RecordID(), Field: c})
			}
		}
	}
	return g.host.Do(edit.SetCells(cells...))
}

func (g *Grid) delete(rows []int) {
	var ids []domain.ID
	for _, row := range rows {
		if r := g.Model.Record(row); r != nil {
			ids = append(ids, r.RecordID())
		}
	}
	if len(ids) == 0 {
		return
	}
	if err := g.host.Do(edit.Delete(g.Model.kind, ids...)); err != nil {
		g.host.Report(err)
		return
	}
	g.host.Toast(fmt.Sprintf(lang.L("已删除 %d 条，可按 Ctrl+Z 撤销"), len(ids)))
}

func (g *Grid) menu(rows []int, _ string) []*fyne.MenuItem {
	return append(g.History(rows), fyne.NewMenuItem(lang.L("删除所选行"), func() { g.delete(rows) }))
}

// History offers who changed the first of some rows, and when.
func (g *Grid) History(rows []int) []*fyne.MenuItem {
	if len(rows) == 0 {
		return nil
	}
	r := g.Model.Record(rows[0])
	if r == nil {
		return nil
	}
	return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("这条记录的历史"), func() { g.host.Go(page.Journal, page.HistoryOf(r.RecordKind(), r.RecordID())) })}
}

// Changed brings the grid up to date after a change of the pilot.
func (g *Grid) Changed(e app.Event) {
	if rows, ok := g.Model.Replace(e.Changes); ok {
		for _, row := range rows {
			g.RefreshRow(row)
		}
		return
	}
	id := domain.ID("")
	row, col := g.Current()
	if r := g.Model.Record(row); r != nil {
		id = r.RecordID()
	}
	g.Model.Forget()
	g.Model.Rebuild()
	g.Refresh()
	if at := g.Model.RowOf(id); at >= 0 && at != row {
		g.Select(at, col)
	}
}

// Selected is the record under the cursor, or nil.
func (g *Grid) Selected() domain.Record {
	row, _ := g.Current()
	return g.Model.Record(row)
}

// SelectID moves the cursor to a record; false when it is not shown.
func (g *Grid) SelectID(id domain.ID) bool {
	row := g.Model.RowOf(id)
	if row >= 0 {
		g.Select(row, "")
	}
	return row >= 0
}
