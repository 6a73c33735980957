package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/app/report/chart"
	"lianshao/domain"
)

// Chart is one kind of chart. Build returns nil when there is nothing to show.
type Chart struct {
	ID, Title string
	Build     func(in Input) chart.Model
	W, H      float64 // a good size as a picture, in pixels
}

// Charts lists the charts in the order of the pilot.
func Charts() []Chart {
	return []Chart{
		{"levels", "预警等级分布", LevelCounts, 760, 200},
		{"units", "各部门预警等级", func(in Input) chart.Model { return LevelsByUnit(in) }, 900, 260},
		{"posts", "各岗位预警等级", func(in Input) chart.Model { return LevelsByPost(in) }, 900, 640},
		{"matrix", "风险矩阵（可能性×影响程度）", func(in Input) chart.Model { return RiskMatrix(in) }, 620, 520},
		{"ranking", "风险指数排序", Ranking, 900, 980},
		{"comparison", "两次评估对比", Comparison, 900, 980},
		{"monitors", "监测指标走势与预测", pressingMonitor, 900, 420},
		{"channels", "来源渠道", ChannelYield, 760, 220},
		{"measures", "防范措施落实", func(in Input) chart.Model { return MeasuresByUnit(in) }, 900, 260},
		{"plan", "工作步骤安排", func(in Input) chart.Model { return PlanCalendar(in) }, 1100, 560},
	}
}

// ChartByID finds a chart; the error names those there are.
func ChartByID(id string) (Chart, error) {
	var names []string
	for _, c := range Charts() {
		if c.ID == id {
			return c, nil
		}
		names = append(names, c.ID)
	}
	return Chart{}, app.E(app.CodeInvalid, "没有名为“%s”的图表，可选：%s", id, strings.Join(names, "、"))
}

// Filters that charts hand back when tapped; the risk point table reads them.
const (
	FilterLevel = "level=" // a level's label
	FilterUnit  = "unit="  // a unit's ID
	FilterPost  = "post="  // a post's ID
	FilterCell  = "cell="  // likelihood,impact
	FilterPoint = "point=" // a point's ID
)

// Filter joins conditions into one key.
func Filter(parts ...string) string { return strings.Join(parts, "&") }

// levelsFor gives the levels in use (of the round, else of self-assessment),
// the most severe first.
func (in Input) levelsFor() []domain.Level {
	if in.Result != nil {
		return in.Result.Scheme.Ordered()
	}
	if s := in.Pilot.SchemeFor(domain.BasisMatrix); s != nil {
		return s.Ordered()
	}
	return nil
}

// LevelCounts counts the active points per level.
func LevelCounts(in Input) chart.Model {
	c := &chart.Counts{Unit: "个"}
	count := map[string]int{}
	for _, r := range in.Pilot.ActivePoints() {
		count[PointLevel(in.Pilot, r, in.Result).Label]++
	}
	for _, l := range in.levelsFor() {
		c.Items = append(c.Items, chart.Count{Label: l.Label, Color: LevelColor(l.Color), Value: count[l.Label], Key: FilterLevel + l.Label})
	}
	return c
}

// LevelsByUnit stacks the levels of each unit's points.
func LevelsByUnit(in Input) *chart.Stacked {
	return in.stacked(domain.KindUnit, FilterUnit, func(r *domain.RiskPoint) domain.Ref { return r.Unit })
}

// LevelsByPost stacks the levels of each post's points.
func LevelsByPost(in Input) *chart.Stacked {
	return in.stacked(domain.KindPost, FilterPost, func(r *domain.RiskPoint) domain.Ref { return r.Post })
}

func (in Input) stacked(k domain.Kind, filter string, of func(*domain.RiskPoint) domain.Ref) *chart.Stacked {
	s := &chart.Stacked{Unit: "个"}
	levels := in.levelsFor()
	for _, l := range levels {
		s.Series = append(s.Series, chart.Series{Label: l.Label, Color: LevelColor(l.Color)})
	}
	at := map[domain.Ref]int{}
	for _, r := range in.Pilot.ActivePoints() {
		ref := of(r)
		i, ok := at[ref]
		if !ok {
			i = len(s.Rows)
			at[ref] = i
			key := filter + string(ref.ID)
			row := chart.StackRow{Label: in.Pilot.NameOf(k, ref), Key: key, Parts: make([]chart.Part, len(levels))}
			for n, l := range levels {
				row.Parts[n].Key = Filter(key, FilterLevel+l.Label)
			}
			s.Rows = append(s.Rows, row)
		}
		label := PointLevel(in.Pilot, r, in.Result).Label
		if n := slices.IndexFunc(levels, func(l domain.Level) bool { return l.Label == label }); n >= 0 {
			s.Rows[i].Parts[n].Count++
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b chart.StackRow) int { return -compareParts(a.Parts, b.Parts) })
	return s
}

// compareParts puts more of the most severe first.
func compareParts(a, b []chart.Part) int {
	for i := range a {
		if c := cmp.Compare(a[i].Count, b[i].Count); c != 0 {
			return c
		}
	}
	return 0
}

// RiskMatrix counts the points on likelihood × impact.
func RiskMatrix(in Input) *chart.Matrix {
	m := &chart.Matrix{}
	for i := range m.Cells {
		for k := range m.Cells[i] {
			m.Cells[i][k].Key = FilterCell + strconv.Itoa(i+1) + "," + strconv.Itoa(k+1)
		}
	}
	for _, r := range in.Pilot.ActivePoints() {
		if r.MatrixScore() == 0 {
			m.Unrated++
			continue
		}
		m.Cells[r.Likelihood-1][r.Impact-1].Count++
	}
	if s := in.Pilot.SchemeFor(domain.BasisMatrix); s != nil {
		for _, l := range s.Ordered() {
			m.Bands = append(m.Bands, chart.Band{From: l.Min, Word: l.Label, Color: LevelColor(l.Color)})
		}
	}
	return m
}

func (in Input) thresholds() []chart.Threshold {
	var out []chart.Threshold
	for _, l := range in.Result.Scheme.Ordered() {
		if l.Min > 0 {
			out = append(out, chart.Threshold{Value: l.Min, Label: l.Label, Color: LevelColor(l.Color)})
		}
	}
	return out
}

// Ranking orders the round's points by index.
func Ranking(in Input) chart.Model {
	if in.Result == nil {
		return &chart.Ranking{}
	}
	r := &chart.Ranking{Decimals: 2, Thresholds: in.thresholds()}
	for _, o := range outcomesOf(in, Options{}) {
		r.Items = append(r.Items, chart.Rank{Label: o.Point.Code + " " + o.Point.Name, Value: o.Index,
			Color: LevelColor(o.Level.Color), Word: o.Level.Label, Key: FilterPoint + string(o.Point.ID)})
	}
	return r
}

// Comparison shows both rounds, what got worse first.
func Comparison(in Input) chart.Model {
	if in.Result == nil || in.Before == nil {
		return &chart.Dumbbell{}
	}
	d := &chart.Dumbbell{BeforeName: in.Before.Round.Name, AfterName: in.Result.Round.Name, Thresholds: in.thresholds()}
	for _, o := range in.Result.Points {
		was := in.Before.Of(o.Point.ID)
		if was == nil || !was.Complete || !o.Complete {
			continue
		}
		d.Items = append(d.Items, chart.Shift{Label: o.Point.Code + " " + o.Point.Name, Before: was.Index, After: o.Index,
			BeforeColor: LevelColor(was.Level.Color), AfterColor: LevelColor(o.Level.Color),
			BeforeWord: was.Level.Label, AfterWord: o.Level.Label, Key: FilterPoint + string(o.Point.ID)})
	}
	slices.SortStableFunc(d.Items, func(a, b chart.Shift) int {
		return cmp.Compare((a.Before-a.After)/a.Before, (b.Before-b.After)/b.Before)
	})
	return d
}

// PlanCalendar shows the milestones by 旬.
func PlanCalendar(in Input) *chart.Gantt {
	g := &chart.Gantt{Today: in.Today.Time()}
	for _, s := range in.Steps() {
		m := s.Milestone
		g.Tasks = append(g.Tasks, chart.Task{Label: fmt.Sprintf("%d %s", m.No, m.Content), Start: m.Start.Time(), End: m.End.Time(),
			Done: float64(s.Had()) / float64(len(s.Papers)), Late: s.Stands == domain.StandsLate, Word: stepWord(&s), Key: string(m.ID)})
	}
	return g
}

// stepWord stands beside a step's bar: 已完成, or how many papers it has and how
// urgent the rest is.
func stepWord(s *domain.MilestoneState) string {
	if s.Done() {
		return s.Stands
	}
	word := fmt.Sprintf("%d/%d", s.Had(), len(s.Papers))
	switch {
	case s.Stands == domain.StandsLate:
		word += " 逾期"
	case s.EndsSoon():
		word += fmt.Sprintf(" 剩%d天", s.Left)
	case s.Stands == domain.StandsSoon:
		word += " 将开始"
	}
	return word
}
