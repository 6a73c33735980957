package assessment

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// How well the controls of a point work, and the risk that they leave:
// inherent × (1 − E).
const (
	colControl  = "#control"
	colResidual = "#residual"
	colReason   = "#reason"
	colMeasures = "#measures"
)

func controlColumns() []widgets.Column {
	return []widgets.Column{
		{ID: colControl, Title: lang.L("控制有效性"), Subtitle: lang.L("0 无～1 全控住"), Width: 110, Align: widgets.AlignRight, Editable: true},
		{ID: colResidual, Title: lang.L("剩余风险"), Subtitle: lang.L("固有×(1－有效性)"), Width: 120},
		{ID: colMeasures, Title: lang.L("措施落实"), Width: 84},
		{ID: colReason, Title: lang.L("有效性依据"), Width: 160, Grow: true, Editable: true},
	}
}

func (m *scoreModel) controlCell(row int, col string) widgets.Cell {
	p := m.host.Session().Pilot
	if col == colMeasures {
		return widgets.Cell{Text: p.MeasureStatus(m.rows[row].id)}
	}
	e, ok := p.EffectivenessOf(m.round, m.rows[row].id)
	if !ok {
		return widgets.Cell{}
	}
	switch col {
	case colControl:
		return widgets.Cell{Text: strconv.FormatFloat(e.Value, 'g', 4, 64)}
	case colReason:
		return widgets.Cell{Text: e.Reason}
	}
	o := m.point(row)
	if o == nil {
		return widgets.Cell{}
	}
	r, ok := m.result(row).ResidualOf(p, o)
	if !ok {
		return widgets.Cell{}
	}
	return widgets.Cell{Text: fmt.Sprintf("%.2f %s", r.Value, r.Level.Label), Color: report.LevelColor(r.Level.Color)}
}

// setControl stores what was typed about the controls of a row; an emptied value
// takes the record away.
func (m *scoreModel) setControl(row int, col, text string) error {
	text = strings.TrimSpace(text)
	id := m.rows[row].id
	e, has := m.host.Session().Pilot.EffectivenessOf(m.round, id)
	value, reason := 0.0, ""
	if has {
		value, reason = e.Value, e.Reason
	}
	switch {
	case text == "" && !has:
		return nil
	case col == colReason && !has:
		return app.E(app.CodeInvalid, "请先填控制有效性，再填依据")
	case col == colReason:
		reason = text
	case text == "":
		return m.host.Do(edit.Delete(domain.KindEffectiveness, e.ID))
	default:
		v, err := parseShare(text)
		if err != nil {
			return app.E(app.CodeInvalid, "控制有效性应为 0～1 的小数或百分数，现为“%s”", text)
		}
		value = v
	}
	return m.host.Do(assess.SetEffectiveness(m.round.ID, id, value, reason, m.host.Session().NewID))
}

// clearControls empties what is recorded about the controls of rows.
func (p *Page) clearControls(first, last int, cols []string) error {
	for _, col := range cols {
		if col != colControl && col != colReason {
			continue
		}
		for row := first; row <= last; row++ {
			if err := p.model.setControl(row, col, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// pasteControls types a pasted block cell by cell.
func (p *Page) pasteControls(start int, cols []string, cells [][]string) error {
	if start+len(cells) > len(p.model.rows) {
		return app.E(app.CodeInvalid, "粘贴的内容比表格多 %d 行", start+len(cells)-len(p.model.rows))
	}
	for i, line := range cells {
		for k, text := range line {
			if cols[k] != colControl && cols[k] != colReason {
				return app.E(app.CodeInvalid, "只能粘贴控制有效性和依据，其余由程序算出")
			}
			if err := p.model.setControl(start+i, cols[k], text); err != nil {
				return err
			}
		}
	}
	return nil
}

// parseShare reads 0.3, ０．３ or 30%.
func parseShare(text string) (float64, error) {
	plain, percent := strings.CutSuffix(domain.NormalizeWidth(strings.TrimSpace(text)), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(plain), 64)
	if percent {
		v /= 100
	}
	return v, err
}
