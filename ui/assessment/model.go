package assessment

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2/lang"

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
	sys      *domain.IndicatorSystem
	rows     []subject
}

type subject struct {
	id          domain.ID
	code, title string
}

func (m *scoreModel) load(round *domain.Assessment, target, assessor string) {
	m.round, m.target, m.assessor = round, target, assessor
	m.refresh()
}

// refresh reads the subjects again.
func (m *scoreModel) refresh() {
	p := m.host.Session().Pilot
	if a, ok := p.Assessments.Get(m.round.ID); ok {
		m.round = a
	}
	m.rows = m.rows[:0]
	if m.target == domain.TargetUnit {
		m.sys = p.SystemOf(m.round, domain.TargetUnit)
		for _, u := range p.Units.All() {
			m.rows = append(m.rows, subject{u.ID, "", u.Name})
		}
		return
	}
	m.sys = p.SystemOf(m.round, domain.TargetPoint)
	for _, r := range p.ActivePoints() {
		m.rows = append(m.rows, subject{r.ID, r.Code, r.Code + " " + r.Name})
	}
}

func (m *scoreModel) scheme() *domain.LevelScheme {
	s, _ := m.host.Session().Pilot.Schemes.Get(m.round.Scheme.ID)
	return s
}

// columns are the subject, what its marks come to, which stays in sight while one
// scores, and the indicators with their dimension as second line.
func (m *scoreModel) columns() []widgets.Column {
	cols := []widgets.Column{{ID: "#name", Title: lang.L("评估对象"), Width: 220, Fixed: true},
		{ID: "#index", Title: lang.L("风险指数"), Width: 76, Align: widgets.AlignRight},
		{ID: "#level", Title: lang.L("等级"), Width: 56}}
	if m.sys != nil {
		for _, d := range m.sys.Dimensions {
			for _, ind := range d.Indicators {
				sub := ind.Code + " " + d.Name
				if ind.Reverse {
					sub += lang.L("（逆向）")
				}
				c := widgets.Column{ID: ind.Code, Title: ind.Name, Subtitle: sub, Width: max(104, float32(14*len([]rune(ind.Name))+16)), Align: widgets.AlignRight, Editable: m.assessor != ""}
				if m.assessor != "" {
					c.Instant = instant
				}
				cols = append(cols, c)
			}
		}
	}
	return cols
}

// instant commits a number key at once: 1–5 score, 0 clears.
func instant(r rune) (string, bool) {
	switch {
	case r >= '1' && r <= '5':
		return string(r), true
	case r == '0':
		return "", true
	case r >= '１' && r <= '５':
		return string(r - '０' + '0'), true
	}
	return "", false
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
			return widgets.Cell{Text: o.Level.Label, Color: report.LevelColor(o.Level.Color)}
		}
		return widgets.Cell{}
	}
	return m.mark(row, col)
}

func (m *scoreModel) mark(row int, col string) widgets.Cell {
	k := m.sys.Find(col)
	if m.assessor == "" {
		o := m.outcome(row)
		if o == nil || math.IsNaN(o.Means[k]) {
			return widgets.Cell{Text: "—", Warn: true}
		}
		return widgets.Cell{Text: fmt.Sprintf("%.2f", o.Means[k])}
	}
	r, ok := m.host.Session().Pilot.RatingOf(m.round, m.target, m.rows[row].id)
	if !ok {
		return widgets.Cell{Warn: true}
	}
	line := r.Row(m.assessor)
	if line == nil || k >= len(line.Marks) {
		return widgets.Cell{Warn: true}
	}
	mk := line.Marks[k]
	return widgets.Cell{Text: edit.FormatMark(&m.sys.Indicators()[k], mk), Warn: mk == domain.Blank, Muted: mk == domain.Abstained}
}

// outcome is what the row's marks come to in the round, or nil.
func (m *scoreModel) outcome(row int) *domain.Outcome {
	if row < 0 || row >= len(m.rows) {
		return nil
	}
	res := m.host.Session().Result(m.round.No)
	if res == nil {
		return nil
	}
	if m.target == domain.TargetPoint {
		if o := res.Of(m.rows[row].id); o != nil {
			return &o.Outcome
		}
		return nil
	}
	for i := range res.Units {
		if res.Units[i].Unit.ID == m.rows[row].id && res.Units[i].Rated {
			return &res.Units[i].Outcome
		}
	}
	return nil
}
