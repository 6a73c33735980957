package assessment

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// scoreModel is the scoring grid: subjects down, indicators across, for one
// assessor or the mean of all.
type scoreModel struct {
	host     page.Host
	round    *domain.Assessment
	target   string
	assessor string // "" = the mean of all
	residual bool   // the controls and what they leave, instead of marks
	sys      *domain.IndicatorSystem
	inds     []domain.Indicator
	at       map[string]int // positions in inds by code
	rows     []subject
}

type subject struct {
	id          domain.ID
	code, title string
}

func (m *scoreModel) load(round *domain.Assessment, target, assessor string, residual bool) {
	m.round, m.target, m.assessor, m.residual = round, target, assessor, residual
	m.refresh()
}

// refresh reads the subjects again.
func (m *scoreModel) refresh() {
	p := m.host.Session().Pilot
	if a, ok := p.Assessments.Get(m.round.ID); ok {
		m.round = a
	}
	m.rows = m.rows[:0]
	m.sys = p.SystemOf(m.round, m.target)
	m.inds, m.at = nil, map[string]int{}
	if m.sys != nil {
		m.inds = m.sys.Indicators()
	}
	for k := range m.inds {
		m.at[m.inds[k].Code] = k
	}
	if m.target == domain.TargetUnit {
		for _, u := range p.Units.All() {
			m.rows = append(m.rows, subject{u.ID, "", u.Name})
		}
		return
	}
	for _, r := range p.ActivePoints() {
		m.rows = append(m.rows, subject{r.ID, r.Code, r.Code + " " + r.Name})
	}
}

// columns are the subject, what its marks come to, which stays in sight while one
// scores, and the indicators with their dimension as second line.
func (m *scoreModel) columns() []widgets.Column {
	cols := []widgets.Column{{ID: "#name", Title: lang.L("评估对象"), Width: 220, Fixed: true},
		{ID: "#index", Title: valueTitle(m.round.Rule), Width: 76, Align: widgets.AlignRight},
		{ID: "#level", Title: lang.L("等级"), Width: 60}}
	if m.sys == nil {
		return cols
	}
	if m.residual {
		cols[1].Title = lang.L("固有风险")
		return append(cols, controlColumns()...)
	}
	for _, d := range m.sys.Dimensions {
		for i := range d.Indicators {
			cols = append(cols, m.column(&d, &d.Indicators[i]))
		}
	}
	return cols
}

func (m *scoreModel) column(d *domain.Dimension, ind *domain.Indicator) widgets.Column {
	sub := ind.Code + " " + d.Name
	switch {
	case ind.Reverse:
		sub += lang.L("（逆向）")
	case ind.YesNo():
		sub = lang.L("1 否 2 是")
	case m.sys.Builtin():
		sub = fmt.Sprintf("1～%d", ind.Highest())
	}
	c := widgets.Column{ID: ind.Code, Title: ind.Name, Subtitle: sub, Width: max(104, float32(14*len([]rune(ind.Name))+16)), Align: widgets.AlignRight, Editable: m.assessor != ""}
	if m.assessor != "" {
		c.Instant = func(r rune) (string, bool) { return instant(ind, r) }
	}
	return c
}

// valueTitle names what the levels of a rule are measured on.
func valueTitle(r domain.Rule) string {
	switch r.Method {
	case domain.MethodMatrix:
		return lang.L("风险值 R")
	case domain.MethodLEC:
		return lang.L("分值 D")
	case domain.MethodGrade:
		return lang.L("种类数")
	}
	return lang.L("风险指数")
}

// instant commits a number key at once: a mark on the indicator's scale scores, 0
// clears.
func instant(ind *domain.Indicator, r rune) (string, bool) {
	if r >= '０' && r <= '９' {
		r += '0' - '０'
	}
	if r == '0' {
		return "", true
	}
	if mk := domain.Mark(r - '0'); r > '0' && r <= '9' && ind.Valid(mk) {
		return edit.FormatMark(ind, mk), true
	}
	return "", false
}

// scale says what the marks of an indicator mean: 1 集体决策　2 ….
func (m *scoreModel) scale(col string) string {
	k, ok := m.at[col]
	if !ok {
		return ""
	}
	ind := &m.inds[k]
	var parts []string
	for mk := domain.Mark(1); mk <= ind.Highest(); mk++ {
		if text := ind.Anchor(mk); text != "" {
			parts = append(parts, fmt.Sprintf("%d %s", mk, text))
		}
	}
	return ind.Name + "：" + strings.Join(parts, "　")
}

// Len implements widgets.Source.
func (m *scoreModel) Len() int { return len(m.rows) }

// Cell implements widgets.Source.
func (m *scoreModel) Cell(row int, col string) widgets.Cell {
	s := m.rows[row]
	switch col {
	case "#name":
		return widgets.Cell{Text: s.title}
	case "#index":
		if o := m.outcome(row); o != nil && o.Complete {
			return widgets.Cell{Text: fmt.Sprintf("%.2f", o.Index), Bold: true}
		}
		return widgets.Cell{Text: lang.L("未评完"), Muted: true}
	case "#level":
		if o := m.outcome(row); o != nil && o.Complete {
			text := o.Level.Label
			if o.Raised > 0 {
				text += "↑" // by a condition of the scheme
			}
			return widgets.Cell{Text: text, Color: report.LevelColor(o.Level.Color)}
		}
		return widgets.Cell{}
	}
	if _, ok := m.at[col]; !ok {
		return m.controlCell(row, col)
	}
	return m.mark(row, col)
}

func (m *scoreModel) mark(row int, col string) widgets.Cell {
	k, ok := m.at[col]
	if !ok {
		return widgets.Cell{}
	}
	ind := &m.inds[k]
	if m.assessor == "" {
		o := m.outcome(row)
		if o == nil || k >= len(o.Means) || math.IsNaN(o.Means[k]) {
			return widgets.Cell{Text: "—", Warn: true}
		}
		return widgets.Cell{Text: fmt.Sprintf("%.2f", o.Means[k])}
	}
	mk := domain.Blank
	if r, ok := m.host.Session().Pilot.RatingOf(m.round, m.target, m.rows[row].id); ok {
		if line := r.Row(m.assessor); line != nil && k < len(line.Marks) {
			mk = line.Marks[k]
		}
	}
	return widgets.Cell{Text: edit.FormatMark(ind, mk), Warn: mk != domain.Abstained && !ind.Valid(mk), Muted: mk == domain.Abstained}
}

// outcome is what the row's marks come to in the round, or nil.
func (m *scoreModel) outcome(row int) *domain.Outcome {
	if o := m.point(row); o != nil {
		return &o.Outcome
	}
	if u := m.unit(row); u != nil && u.Rated {
		return &u.Outcome
	}
	return nil
}

func (m *scoreModel) result(row int) *domain.RoundResult {
	if row < 0 || row >= len(m.rows) {
		return nil
	}
	return m.host.Session().Result(m.round.No)
}

// point is the row's outcome when points are scored, or nil.
func (m *scoreModel) point(row int) *domain.PointOutcome {
	if res := m.result(row); res != nil && m.target == domain.TargetPoint {
		return res.Of(m.rows[row].id)
	}
	return nil
}

// unit is the row's outcome when units are scored, or nil.
func (m *scoreModel) unit(row int) *domain.UnitOutcome {
	res := m.result(row)
	if res == nil || m.target != domain.TargetUnit {
		return nil
	}
	for i := range res.Units {
		if res.Units[i].Unit.ID == m.rows[row].id {
			return &res.Units[i]
		}
	}
	return nil
}

// explanation opens a row's result into its arithmetic.
func (m *scoreModel) explanation(row int) app.Explanation {
	p := m.host.Session().Pilot
	if o := m.point(row); o != nil {
		return app.ExplainPoint(p, m.result(row), o)
	}
	if u := m.unit(row); u != nil {
		return app.ExplainUnit(p, m.result(row), u)
	}
	return app.Explanation{}
}

// find is an indicator's position by its code, -1 for other columns.
func (m *scoreModel) find(col string) int {
	if k, ok := m.at[col]; ok {
		return k
	}
	return -1
}
