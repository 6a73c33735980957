package monitor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/app/trend"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// readingGrid types the readings of one monitor: the oldest first, and an empty row
// for the next period at the end.
type readingGrid struct {
	host    page.Host
	monitor *domain.Monitor
	rows    []*domain.Reading
	next    string // the period of the empty row
	grid    *widgets.DataGrid
	root    fyne.CanvasObject
}

const (
	colPeriod = "period"
	colValue  = "value"
	colStatus = "status"
	colNote   = "note"
)

func newReadingGrid(h page.Host) *readingGrid {
	g := &readingGrid{host: h}
	g.grid = widgets.NewDataGrid([]widgets.Column{{ID: colPeriod, Title: lang.L("月份"), Width: 84, Editable: true}, {ID: colValue, Title: lang.L("读数"), Width: 78, Align: widgets.AlignRight, Editable: true},
		{ID: colStatus, Title: lang.L("状态"), Width: 64}, {ID: colNote, Title: lang.L("备注"), Width: 80, Grow: true, Editable: true}}, g)
	g.grid.OnEdit = g.edit
	g.grid.OnPaste = g.paste
	g.grid.OpenEnd = true
	g.grid.OnDelete = g.remove
	hint := widget.NewLabel(lang.L("最后一行填下一期。季度读数的月份写 2026年3季度。"))
	hint.Importance = widget.LowImportance
	hint.Truncation = fyne.TextTruncateClip
	g.root = container.NewBorder(nil, hint, nil, nil, g.grid)
	return g
}

// show brings up the readings of a monitor; the cursor goes to the row to be typed.
func (g *readingGrid) show(m *domain.Monitor) {
	other := g.monitor == nil || m == nil || g.monitor.ID != m.ID
	g.monitor, g.rows = m, nil
	if m != nil {
		g.rows = slices.Clone(g.host.Session().Pilot.Readings.By(domain.ByMonitor, m.ID))
		slices.SortStableFunc(g.rows, func(a, b *domain.Reading) int { return strings.Compare(a.Period, b.Period) })
		g.next = g.following()
	}
	g.grid.Refresh()
	if other && m != nil {
		g.grid.Select(len(g.rows), colValue)
	}
}

// following is the period after the last, in the step that the readings keep; the
// present month when there are none.
func (g *readingGrid) following() string {
	s := trend.Readings(g.host.Session().Pilot, g.monitor)
	if n := s.N(); n > 0 {
		return trend.Period(s.Months[n-1] + s.Step())
	}
	return g.host.Session().Clock().Format("2006-01")
}

// Len implements widgets.Source.
func (g *readingGrid) Len() int {
	if g.monitor == nil {
		return 0
	}
	return len(g.rows) + 1
}

// Cell implements widgets.Source.
func (g *readingGrid) Cell(row int, col string) widgets.Cell {
	if row == len(g.rows) {
		if col == colPeriod {
			return widgets.Cell{Text: g.next, Muted: true}
		}
		return widgets.Cell{}
	}
	r := g.rows[row]
	switch col {
	case colPeriod:
		_, ok := trend.Month(r.Period)
		return widgets.Cell{Text: r.Period, Warn: !ok}
	case colValue:
		return widgets.Cell{Text: trend.Show(g.monitor, r.Value)}
	case colStatus:
		return statusCell(g.monitor.Status(r.Value))
	}
	return widgets.Cell{Text: r.Note}
}

// EditText implements widgets.EditSource: a reading is edited in full.
func (g *readingGrid) EditText(row int, col string) string {
	if row < len(g.rows) && col == colValue {
		return g.monitor.ValueText(g.rows[row].Value)
	}
	return g.Cell(row, col).Text
}

func statusCell(status string) widgets.Cell {
	switch status {
	case "报警":
		return widgets.Cell{Text: status, Color: report.LevelColor("red"), Bold: true}
	case "预警":
		return widgets.Cell{Text: status, Color: report.LevelColor("yellow")}
	}
	return widgets.Cell{Text: status}
}

// typed is one cell as a command reads it; the empty row brings its period along.
func (g *readingGrid) typed(row int, col, text string) edit.Reading {
	var r edit.Reading
	if row < len(g.rows) {
		r.ID = g.rows[row].ID
	} else {
		r.Period = &g.next
	}
	switch col {
	case colPeriod:
		r.Period = &text
	case colValue:
		r.Value = &text
	case colNote:
		r.Note = &text
	}
	return r
}

func (g *readingGrid) edit(row int, col, text string) error {
	if row == len(g.rows) && col == colPeriod { // of a reading that is still to be typed
		month, ok := domain.ParseMonth(text, g.host.Session().Pilot.Year())
		if !ok {
			return app.E(app.CodeInvalid, "月份应写成 2026-08、2026年8月或 2026年3季度，现为“%s”", text)
		}
		g.next = month
		g.grid.Refresh()
		return nil
	}
	return g.host.Do(edit.SetReadings(g.monitor.ID, []edit.Reading{g.typed(row, col, text)}, g.host.Session().NewID))
}

// paste types a block; rows with a month of their own go to that month.
func (g *readingGrid) paste(b *widgets.Block) error {
	var rows []edit.Reading
	var at []int // the row of the block behind each
	month := b.Column(colPeriod)
	for i, line := range b.Cells {
		if b.Start+i >= g.Len() && month < 0 {
			return app.E(app.CodeInvalid, "粘贴的内容比表格多 %d 行，请连同月份一起粘贴", len(b.Cells)-i)
		}
		r, changed := edit.Reading{}, false
		if month < 0 {
			r = g.typed(b.Start+i, "", "")
		}
		for k, col := range b.Cols {
			changed = changed || !b.Stays(i, k)
			switch text := &line[k]; {
			case b.Left(i, k) || col == colStatus && b.Stays(i, k):
			case col == colPeriod:
				r.Period = text
			case col == colValue:
				r.Value = text
			case col == colNote:
				r.Note = text
			default:
				return b.At(i, k, app.E(app.CodeInvalid, "“状态”由读数和阈值得出，不能粘贴“%s”", *text))
			}
		}
		if changed {
			rows, at = append(rows, r), append(at, i)
		}
	}
	err := g.host.Do(edit.SetReadings(g.monitor.ID, rows, g.host.Session().NewID))
	var n *edit.NthError
	if errors.As(err, &n) {
		return b.At(at[n.N], -1, err)
	}
	return err
}

func (g *readingGrid) remove(rows []int) {
	var ids []domain.ID
	for _, row := range rows {
		if row < len(g.rows) {
			ids = append(ids, g.rows[row].ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	if err := g.host.Do(edit.Delete(domain.KindReading, ids...)); err != nil {
		g.host.Report(err)
		return
	}
	g.host.Toast(fmt.Sprintf(lang.L("已删除 %d 条，可按 Ctrl+Z 撤销"), len(ids)))
}
