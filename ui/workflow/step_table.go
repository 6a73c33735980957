package workflow

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// stepTable is the steps as a sheet, for fast typing. One empty row, before the end
// steps, takes new ones.
type stepTable struct {
	tab  *flowTab
	grid *widgets.DataGrid
}

func newStepTable(t *flowTab) *stepTable {
	b := &stepTable{tab: t}
	kinds := make([]string, len(domain.StepKinds))
	for i, k := range domain.StepKinds {
		kinds[i] = string(k)
	}
	column := func(id, title string, width float32) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: width, Editable: true}
	}
	cols := []widgets.Column{
		column(edit.StepNo, "步骤号", 54), column(edit.StepName, "名称", 156), column(edit.StepKind, "类型", 50),
		column(edit.StepActor, "责任岗位", 112), column(edit.StepInputs, "输入", 112), column(edit.StepOutputs, "输出", 112),
		column(edit.StepLimit, "时限", 86), column(edit.StepNext, "下一步", 132), column(edit.StepAuthorities, "涉及职权", 102),
		column(edit.StepNote, "备注", 100),
	}
	cols[0].Align, cols[0].Fixed, cols[1].Fixed = widgets.AlignRight, true, true
	cols[2].Options = kinds
	cols[9].Hidden = true
	b.grid = widgets.NewDataGrid(cols, b)
	b.grid.Frozen = 2
	b.grid.OnSelect = func(row int) {
		if s := b.at(row); s != nil {
			t.selectStep(s.ID)
		}
	}
	b.grid.OnEdit = b.edit
	b.grid.OnPaste = b.paste
	b.grid.OpenEnd = true
	b.grid.OnClear = b.clear
	b.grid.OnDelete = b.delete
	b.grid.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		if s := b.at(rows[0]); s != nil && len(rows) == 1 {
			return t.stepMenu(s.ID)
		}
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("删除"), func() { b.delete(rows) })}
	}
	b.remember()
	return b
}

// remember restores the widths and columns the user chose and keeps them.
func (b *stepTable) remember() {
	prefs := b.tab.host.Prefs()
	var saved struct {
		Widths  map[string]float32
		Visible []string
	}
	if json.Unmarshal([]byte(prefs.String(prefColumns)), &saved) == nil && len(saved.Visible) > 0 {
		b.grid.SetWidths(saved.Widths)
		b.grid.SetVisibleColumns(saved.Visible)
	}
	b.grid.OnColumns = func() {
		saved.Widths, saved.Visible = b.grid.Widths(), b.grid.VisibleColumns()
		if text, err := json.Marshal(saved); err == nil {
			prefs.SetString(prefColumns, string(text))
		}
	}
}

// openRow is the row that takes a new step.
func (b *stepTable) openRow() int {
	if w := b.tab.workflow(); w != nil {
		return edit.OpenEnd(w)
	}
	return -1
}

// at is the step of a row; nil for the open row and beyond the last.
func (b *stepTable) at(row int) *domain.Step {
	w := b.tab.workflow()
	open := b.openRow()
	if row > open {
		row--
	} else if row == open {
		return nil
	}
	if w == nil || row < 0 || row >= len(w.Steps) {
		return nil
	}
	return &w.Steps[row]
}

// rowOf is the row of a step.
func (b *stepTable) rowOf(id domain.ID) int {
	i := slices.IndexFunc(b.tab.workflow().Steps, func(s domain.Step) bool { return s.ID == id })
	if i >= b.openRow() {
		i++
	}
	return i
}

// Len implements widgets.Source.
func (b *stepTable) Len() int {
	if w := b.tab.workflow(); w != nil {
		return len(w.Steps) + 1
	}
	return 0
}

// Cell implements widgets.Source.
func (b *stepTable) Cell(row int, col string) widgets.Cell {
	s := b.at(row)
	if s == nil {
		if col == edit.StepName {
			return widgets.Cell{Text: lang.L("＋ 在这里输入新步骤"), Muted: true, Hint: true}
		}
		return widgets.Cell{}
	}
	return widgets.Cell{Text: edit.StepText(b.tab.pilot(), b.tab.workflow(), s, col)}
}

// EditText implements widgets.EditSource.
func (b *stepTable) EditText(row int, col string) string {
	if s := b.at(row); s != nil {
		return edit.StepText(b.tab.pilot(), b.tab.workflow(), s, col)
	}
	return ""
}

// load shows the workflow and puts the cursor on the selected step, unless it waits
// in the open row.
func (b *stepTable) load() {
	b.grid.Refresh()
	row, _ := b.grid.Current()
	if s := b.tab.selected(); s != nil && row != b.openRow() && b.rowOf(s.ID) != row {
		b.grid.Select(b.rowOf(s.ID), "")
	}
}

// point brings the selected step's row into sight, once the table has its size.
func (b *stepTable) point() {
	if s := b.tab.selected(); s != nil {
		b.grid.ScrollTo(0, 0)
		b.grid.Select(b.rowOf(s.ID), edit.StepName)
	}
}

func (b *stepTable) edit(row int, col, text string) error {
	s := b.at(row)
	if s != nil && col == edit.StepNo {
		return b.moveTo(s, text)
	}
	r := edit.StepRow{Texts: map[string]string{col: text}}
	if s != nil {
		r.Step = s.ID
	} else if strings.TrimSpace(text) == "" {
		return nil
	} else if col != edit.StepName {
		return app.E(app.CodeInvalid, "请先填写新步骤的名称")
	}
	if err := b.tab.host.Do(edit.SetSteps(b.tab.wf, []edit.StepRow{r}, b.tab.host.Session().NewID)); err != nil {
		return err
	}
	if made := b.at(row); s == nil && made != nil {
		b.tab.selectStep(made.ID)
	}
	return nil
}

// moveTo puts a step where its new number says.
func (b *stepTable) moveTo(s *domain.Step, text string) error {
	n, err := strconv.Atoi(strings.TrimSpace(domain.NormalizeWidth(text)))
	if last := len(b.tab.workflow().Steps); err != nil || n < 1 || n > last {
		return app.E(app.CodeInvalid, "步骤号应为 1–%d 的整数，步骤会移到那一行", last)
	}
	return b.tab.host.Do(edit.MoveStep(b.tab.wf, s.ID, n-s.No))
}

// paste writes a block; from the open row on its rows are new steps.
func (b *stepTable) paste(block *widgets.Block) error {
	var rows []edit.StepRow
	var at []int // the row of the block behind each
	open := b.openRow()
	for i, line := range block.Cells {
		r, changed := edit.StepRow{Texts: map[string]string{}}, false
		for k, text := range line {
			if !block.Left(i, k) {
				r.Texts[block.Cols[k]] = text
			}
			changed = changed || !block.Stays(i, k)
		}
		s := b.at(block.Start + i)
		if s != nil && (block.Start > open || block.Start+i < open) {
			r.Step = s.ID
		}
		if strings.TrimSpace(strings.Join(line, "")) == "" && r.Step == "" || !changed {
			continue
		}
		rows, at = append(rows, r), append(at, i)
	}
	err := b.tab.host.Do(edit.SetSteps(b.tab.wf, rows, b.tab.host.Session().NewID))
	var n *edit.NthError
	if errors.As(err, &n) {
		return block.At(at[n.N], block.Column(n.Field), err)
	}
	return err
}

func (b *stepTable) clear(first, last int, cols []string) error {
	var rows []edit.StepRow
	for row := first; row <= last; row++ {
		s := b.at(row)
		if s == nil {
			continue
		}
		r := edit.StepRow{Step: s.ID, Texts: map[string]string{}}
		for _, c := range cols {
			if c != edit.StepNo {
				r.Texts[c] = ""
			}
		}
		rows = append(rows, r)
	}
	return b.tab.host.Do(edit.SetSteps(b.tab.wf, rows, b.tab.host.Session().NewID))
}

func (b *stepTable) delete(rows []int) {
	var ids []domain.ID
	for _, row := range rows {
		if s := b.at(row); s != nil {
			ids = append(ids, s.ID)
		}
	}
	if len(ids) > 0 {
		b.tab.remove(ids...)
	}
}
