package assessment

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/report"
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

// controlOf is what was typed into a cell, ok = false where nothing can be typed.
func (m *scoreModel) controlOf(row int, col, text string) (c assess.Control, ok bool) {
	c.Point = m.rows[row].id
	switch col {
	case colControl:
		c.Value = &text
	case colReason:
		c.Reason = &text
	default:
		return c, false
	}
	return c, true
}

func (m *scoreModel) setControls(cells ...assess.Control) error {
	return m.host.Do(assess.SetControls(m.round.ID, cells, m.host.Session().NewID))
}

// clearControls empties what is recorded about the controls of rows.
func (p *Page) clearControls(first, last int, cols []string) error {
	var cells []assess.Control
	for row := first; row <= last; row++ {
		for _, col := range cols {
			if c, ok := p.model.controlOf(row, col, ""); ok {
				cells = append(cells, c)
			}
		}
	}
	return p.model.setControls(cells...)
}

// pasteControls types a pasted block as one operation.
func (p *Page) pasteControls(b *widgets.Block) error {
	var cells []assess.Control
	err := b.Each(func(row int, col, text string) error {
		c, ok := p.model.controlOf(row, col, text)
		if !ok {
			return app.E(app.CodeInvalid, "这一栏由程序算出，不能粘贴“%s”。只能粘贴控制有效性和依据", strings.TrimSpace(text))
		}
		cells = append(cells, c)
		return nil
	})
	if err != nil || len(cells) == 0 {
		return err
	}
	return b.Refused(p.model.setControls(cells...))
}
