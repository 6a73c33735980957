package assessment

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/lang"

	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// rolled shows what the points of every post or unit come to together, by the
// highest point and by the weighted mean; the round's rule says which one decides.
type rolled struct {
	res  *domain.RoundResult // nil = none
	unit bool                // units, else posts
	rows []rolledRow
}

type rolledRow struct {
	name  string
	level domain.Level
	domain.Rolled
	points []*domain.PointOutcome // the gravest first
}

// load reads the results of a round.
func (m *rolled) load(p *domain.Pilot, res *domain.RoundResult, unit bool) {
	m.res, m.unit, m.rows = res, unit, nil
	if res == nil {
		return
	}
	at := map[domain.Ref]int{}
	add := func(ref domain.Ref, name string, l domain.Level, r domain.Rolled) {
		at[ref] = len(m.rows)
		m.rows = append(m.rows, rolledRow{name: name, level: l, Rolled: r})
	}
	of := func(pt *domain.RiskPoint) domain.Ref { return pt.Post }
	if unit {
		of = func(pt *domain.RiskPoint) domain.Ref { return pt.Unit }
		for i := range res.Units {
			if u := &res.Units[i]; u.Points > 0 {
				add(domain.To(u.Unit.ID), u.Unit.Name, u.MaxLevel, u.Rolled)
			}
		}
	} else {
		for i := range res.Posts {
			x := &res.Posts[i]
			add(x.Post, p.NameOf(domain.KindUnit, x.Unit)+"　"+p.NameOf(domain.KindPost, x.Post), x.Level, x.Rolled)
		}
	}
	for i := range res.Points {
		o := &res.Points[i]
		if k, ok := at[of(o.Point)]; ok && o.Complete {
			m.rows[k].points = append(m.rows[k].points, o)
		}
	}
	for i := range m.rows {
		slices.SortStableFunc(m.rows[i].points, func(a, b *domain.PointOutcome) int {
			if d := b.Level.Severity - a.Level.Severity; d != 0 {
				return d
			}
			return compare(b.Index, a.Index)
		})
	}
	slices.SortStableFunc(m.rows, func(a, b rolledRow) int {
		if d := b.level.Severity - a.level.Severity; d != 0 {
			return d
		}
		return compare(b.Max, a.Max)
	})
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (m *rolled) columns() []widgets.Column {
	what := lang.L("岗位")
	if m.unit {
		what = lang.L("部门")
	}
	decides := func(roll domain.Roll) string {
		if m.res != nil && m.res.Round.Rule.Roll == roll {
			return lang.L("定级用")
		}
		return lang.L("参考")
	}
	num := func(id, title, sub string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Subtitle: sub, Width: 100, Align: widgets.AlignRight}
	}
	return []widgets.Column{{ID: "name", Title: what, Width: 220, Grow: true, Fixed: true}, {ID: "level", Title: lang.L("等级"), Width: 70},
		num("points", "风险点", lang.L("有等级的")), num("max", "最高", decides(domain.RollMax)), num("weighted", "加权平均", decides(domain.RollWeighted)), num("mean", "平均", lang.L("参考"))}
}

// Len implements widgets.Source.
func (m *rolled) Len() int { return len(m.rows) }

// Cell implements widgets.Source.
func (m *rolled) Cell(row int, col string) widgets.Cell {
	r := &m.rows[row]
	if col == "name" {
		return widgets.Cell{Text: r.name}
	}
	if r.Points == 0 {
		return widgets.Cell{Text: "—", Muted: true}
	}
	number := func(v float64, roll domain.Roll) widgets.Cell {
		return widgets.Cell{Text: fmt.Sprintf("%.2f", v), Bold: m.res.Round.Rule.Roll == roll}
	}
	switch col {
	case "level":
		return widgets.Cell{Text: r.level.Label, Color: report.LevelColor(r.level.Color), Bold: true}
	case "points":
		return widgets.Cell{Text: fmt.Sprint(r.Points)}
	case "max":
		return number(r.Max, domain.RollMax)
	case "weighted":
		return number(r.Weighted, domain.RollWeighted)
	}
	return widgets.Cell{Text: fmt.Sprintf("%.2f", r.Mean), Muted: true}
}

// ranking shows the points of a row by their value.
func (m *rolled) ranking(row int) chart.Model {
	r := &chart.Ranking{Title: lang.L("各风险点"), Decimals: 1, Max: 1}
	if row < 0 || row >= len(m.rows) {
		return r
	}
	for _, o := range m.rows[row].points {
		r.Items = append(r.Items, chart.Rank{Label: o.Point.Code + " " + o.Point.Name, Value: o.Index, Color: report.LevelColor(o.Level.Color), Word: o.Level.Label})
		r.Max = max(r.Max, o.Index)
	}
	return r
}

// explain says how a row came about, and lists its points.
func (m *rolled) explain(row int, w *why) {
	if row < 0 || row >= len(m.rows) {
		w.clear()
		return
	}
	r := &m.rows[row]
	if r.Points == 0 {
		w.show(r.name, lang.L("还没有评完的风险点，没有等级。"), m.ranking(row), nil, nil)
		return
	}
	text := fmt.Sprintf(lang.L("等级“%s”：%s。"), r.level.Label, m.res.Round.Rule.Roll.Label())
	if m.res.Round.Rule.Roll == domain.RollWeighted {
		text += fmt.Sprintf(lang.L("按影响程度加权平均为 %.2f；最高的风险点为 %.2f（“%s”）。"), r.Weighted, r.Max, r.Worst.Label)
	} else {
		text += fmt.Sprintf(lang.L("最高 %.2f；若按影响程度加权平均则为 %.2f。"), r.Max, r.Weighted)
	}
	w.roll(r.name, text, m.ranking(row), r.points)
}
