package indicator

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

const globalWeight = "#global"

func (e *Editor) newGrid() *widgets.DataGrid {
	g := widgets.NewDataGrid([]widgets.Column{
		{ID: edit.SystemCode, Title: lang.L("代码"), Width: 58, Editable: true, Fixed: true},
		{ID: edit.SystemName, Title: lang.L("名称"), Width: 168, Editable: true, Fixed: true},
		{ID: edit.SystemNote, Title: lang.L("说明"), Width: 120, Grow: true, Editable: true, Multiline: true},
		{ID: edit.SystemDirection, Title: lang.L("方向"), Width: 58, Editable: true, OptionsFor: e.directions},
		{ID: edit.SystemWeight, Title: lang.L("权重"), Subtitle: lang.L("组内"), Width: 70, Align: widgets.AlignRight, Editable: true},
		{ID: globalWeight, Title: lang.L("总权重"), Subtitle: lang.L("占全部"), Width: 74, Align: widgets.AlignRight},
	}, e)
	g.Frozen = 2
	g.OnSelect = func(int) { e.detail.show(); e.matrix.follow() }
	g.OnEdit = func(row int, col, text string) error {
		return e.host.Do(edit.SetSystemCells(e.sys.ID, edit.SystemCell{Place: e.rows[row], Field: col, Text: text}))
	}
	g.OnPaste = e.paste
	g.MoreRows = lang.L("请先用“＋指标”加够行")
	g.OnClear = e.clear
	g.OnDelete = e.remove
	g.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		return []*fyne.MenuItem{
			fyne.NewMenuItem(lang.L("新增指标"), e.addIndicator),
			fyne.NewMenuItem(lang.L("上移"), func() { e.move(-1) }), fyne.NewMenuItem(lang.L("下移"), func() { e.move(1) }),
			fyne.NewMenuItem(lang.L("删除所选行"), func() { e.remove(rows) }),
		}
	}
	return g
}

func (e *Editor) directions(row int) []string {
	if e.rows[row].Ind < 0 {
		return nil
	}
	return []string{edit.Forward, edit.Backward}
}

// place is where the cursor stands; ok is false in an empty system.
func (e *Editor) place() (at edit.Place, ok bool) {
	row, _ := e.grid.Current()
	if e.sys == nil || row < 0 || row >= len(e.rows) {
		return edit.Place{Dim: 0, Ind: -1}, false
	}
	return e.rows[row], true
}

// Len implements widgets.Source.
func (e *Editor) Len() int { return len(e.rows) }

// Cell implements widgets.Source.
func (e *Editor) Cell(row int, col string) widgets.Cell {
	at := e.rows[row]
	d := &e.sys.Dimensions[at.Dim]
	if at.Ind < 0 {
		return dimensionCell(d, col)
	}
	i := &d.Indicators[at.Ind]
	switch col {
	case edit.SystemCode:
		return widgets.Cell{Text: "　" + i.Code}
	case edit.SystemName:
		return widgets.Cell{Text: i.Name, Warn: i.Name == ""}
	case edit.SystemNote:
		return widgets.Cell{Text: i.Note, Warn: strings.Contains(i.Note, assess.ToMend)}
	case edit.SystemDirection:
		return widgets.Cell{Text: direction(i)}
	case edit.SystemWeight:
		return widgets.Cell{Text: fmt.Sprintf("%.4f", i.Weight)}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.4f", d.Weight*i.Weight), Muted: true}
}

func dimensionCell(d *domain.Dimension, col string) widgets.Cell {
	switch col {
	case edit.SystemCode:
		return widgets.Cell{Text: d.Code, Bold: true}
	case edit.SystemName:
		return widgets.Cell{Text: d.Name, Bold: true, Warn: d.Name == ""}
	case edit.SystemWeight:
		return widgets.Cell{Text: fmt.Sprintf("%.4f", d.Weight), Bold: true}
	case edit.SystemNote:
		return widgets.Cell{Text: fmt.Sprintf(lang.L("维度，%d 项指标"), len(d.Indicators)), Muted: true}
	}
	return widgets.Cell{}
}

func direction(i *domain.Indicator) string {
	if i.Reverse {
		return edit.Backward
	}
	return edit.Forward
}

// EditText implements widgets.EditSource: weights are edited in full.
func (e *Editor) EditText(row int, col string) string {
	at := e.rows[row]
	d := &e.sys.Dimensions[at.Dim]
	switch {
	case col == edit.SystemWeight && at.Ind < 0:
		return fields.Number(d.Weight)
	case col == edit.SystemWeight:
		return fields.Number(d.Indicators[at.Ind].Weight)
	case col == edit.SystemCode && at.Ind >= 0:
		return d.Indicators[at.Ind].Code
	case col == edit.SystemNote && at.Ind < 0:
		return ""
	}
	return e.Cell(row, col).Text
}

// paste sets a block as one operation.
func (e *Editor) paste(b *widgets.Block) error {
	var set []edit.SystemCell
	err := b.Each(func(row int, col, text string) error {
		if col == globalWeight {
			return app.E(app.CodeInvalid, "总权重由各层权重相乘得出，不能粘贴“%s”", strings.TrimSpace(text))
		}
		set = append(set, edit.SystemCell{Place: e.rows[row], Field: col, Text: text})
		return nil
	})
	if err != nil || len(set) == 0 {
		return err
	}
	return b.Refused(e.host.Do(edit.SetSystemCells(e.sys.ID, set...)))
}

func (e *Editor) clear(first, last int, cols []string) error {
	var set []edit.SystemCell
	for row := first; row <= last; row++ {
		for _, c := range cols {
			if c == edit.SystemNote && e.rows[row].Ind >= 0 || c == edit.SystemWeight || c == edit.SystemName {
				set = append(set, edit.SystemCell{Place: e.rows[row], Field: c})
			}
		}
	}
	if len(set) == 0 {
		return nil
	}
	return e.host.Do(edit.SetSystemCells(e.sys.ID, set...))
}

func (e *Editor) addIndicator() {
	at, _ := e.place()
	if !e.Do(edit.AddIndicators(e.sys.ID, at.Dim, domain.Indicator{Name: lang.L("新指标")})) {
		return
	}
	e.selectPlace(edit.Place{Dim: at.Dim, Ind: len(e.sys.Dimensions[at.Dim].Indicators) - 1}, edit.SystemName)
}

func (e *Editor) selectPlace(at edit.Place, col string) {
	for row := range e.rows {
		if e.rows[row] == at {
			e.grid.Select(row, col)
			e.grid.Focus()
		}
	}
}

func (e *Editor) remove(rows []int) {
	var places []edit.Place
	for _, row := range rows {
		if row < len(e.rows) {
			places = append(places, e.rows[row])
		}
	}
	if len(places) == 0 || e.sys == nil {
		return
	}
	if e.Do(edit.DeleteFromSystem(e.sys.ID, places...)) {
		e.host.Toast(fmt.Sprintf(lang.L("已删除 %d 条，可按 Ctrl+Z 撤销"), len(places)))
	}
}

func (e *Editor) move(by int) {
	at, ok := e.place()
	if !ok {
		return
	}
	cmd, to := edit.MoveInSystem(e.sys.ID, at, by)
	dest := to(e.sys)
	if e.Do(cmd) {
		e.selectPlace(dest, "")
	}
}

// even shares or scales the weights of the group that the cursor stands in.
func (e *Editor) even(keep bool) {
	if at, ok := e.place(); ok {
		e.Do(edit.EvenWeights(e.sys.ID, e.groupOf(at), keep))
	}
}

// groupOf names the group of weights that a place belongs to.
func (e *Editor) groupOf(at edit.Place) string {
	if at.Ind < 0 || at.Dim >= len(e.sys.Dimensions) {
		return ""
	}
	return e.sys.Dimensions[at.Dim].Code
}

func anchorField(n int) string { return edit.SystemAnchor + strconv.Itoa(n) }
