package export

import (
	"fmt"
	"iter"

	"lianshao/app/edit"
	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
	"lianshao/domain/method"
)

// addSystems writes each indicator system and its judgement matrices.
func addSystems(p *domain.Pilot, wb *book) {
	for _, sys := range p.Systems.All() {
		add(wb, indicators(p, sys))
	}
	for _, sys := range p.Systems.All() {
		for i := range sys.Matrices {
			add(wb, matrix(sys, &sys.Matrices[i], i))
		}
	}
}

func add(wb *book, s sheet.Sheet) {
	if s.Rows.Len() > 0 {
		wb.Sheets = append(wb.Sheets, s)
	}
}

// derivations are the ways to derive weights that may be written into a sheet.
var derivations = []string{method.Eigenvector.Label(), method.Geometric.Label(), method.Columns.Label(), domain.DerivedTyped, domain.DerivedEntropy}

// versionOf is the number of the version that another was drawn from, 0 for none.
func versionOf(p *domain.Pilot, r domain.Ref) int {
	if s, ok := p.Systems.Get(r.ID); ok {
		return s.Version
	}
	return 0
}

func indicators(p *domain.Pilot, sys *domain.IndicatorSystem) sheet.Sheet {
	type line struct {
		d domain.Dimension
		i domain.Indicator
	}
	var lines []line
	for _, d := range sys.Dimensions {
		for _, i := range d.Indicators {
			lines = append(lines, line{d, i})
		}
	}
	direction := func(l line) string {
		if l.i.Reverse {
			return "逆向"
		}
		return "正向"
	}
	cols := []col[line]{text("target", 8, func(line) string { return sys.Target }), whole("version", func(line) int { return sys.Version }),
		text("state", 10, func(line) string { return string(sys.State) }), text("approved", 12, func(line) string { return string(sys.Approved) }),
		whole("based", func(line) int { return versionOf(p, sys.Based) }),
		choice(text("derivation", 12, func(line) string { return sys.Derivation }), derivations...), choice(text("ri", 8, func(line) string { return sys.RI }), "1980", "2005"),
		text("dimcode", 9, func(l line) string { return l.d.Code }), text("dimension", 16, func(l line) string { return l.d.Code + " " + l.d.Name }), real("dimweight", func(l line) float64 { return l.d.Weight }),
		text("code", 8, func(l line) string { return l.i.Code }), text("name", 24, func(l line) string { return l.i.Name }),
		text("note", 36, func(l line) string { return l.i.Note }), choice(text("direction", 8, direction), "正向", "逆向")}
	for n := range 5 {
		cols = append(cols, text(fmt.Sprintf("a%d", n+1), 18, func(l line) string { return l.i.Anchors[n] }))
	}
	cols = append(cols, real("weight", func(l line) float64 { return l.i.Weight }),
		machine(p, "indicator", func(line) domain.Record { return sys }), machineItem(func(l line) string { return intake.MachineIndicator(&l.i) }))
	s := build(p, "indicator", fmt.Sprintf("%s层面指标（第%d版）", sys.Target, sys.Version), lines, cols)
	s.Title = []string{sys.Name, fmt.Sprintf("第%d版", sys.Version)}
	if sys.Approved != "" {
		t := sys.Approved.Time()
		s.Title[1] = fmt.Sprintf("%d年%d月%d日审定（第%d版）", t.Year(), t.Month(), t.Day(), sys.Version)
	}
	return s
}

// matrix writes a judgement matrix the way the office draws it: labels across
// and down.
func matrix(sys *domain.IndicatorSystem, m *domain.Matrix, no int) sheet.Sheet {
	of := m.Of
	if of == "" {
		of = "维度"
	}
	s := sheet.Sheet{Name: fmt.Sprintf("矩阵%d-%s-%s", no+1, sys.Target, of), NoFilter: true, Frozen: 1,
		Title: []string{fmt.Sprintf("判断矩阵：%s-%s（第%d版）", sys.Target, of, sys.Version)}}
	if m.Expert != "" {
		s.Name = fmt.Sprintf("专家判断%d-%s", no+1, sys.Target)
		s.Title = append(s.Title, m.Expert)
	}
	s.Columns = []sheet.Column{{Header: "指标", Width: 26}}
	for _, l := range m.Labels {
		s.Columns = append(s.Columns, sheet.Column{Header: l, Width: 16, Format: sheet.Float})
	}
	var rows [][]any
	for i, l := range m.Labels {
		row := []any{l}
		for _, v := range m.Values[i] {
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	s.Rows = sheet.Stored(rows...)
	return s
}

// addRatings writes all marks: points a row per round, assessor and point; units
// a row per round, unit and indicator with a column per assessor.
func addRatings(p *domain.Pilot, wb *book) {
	for _, a := range p.Assessments.All() {
		add(wb, pointMarks(p, a))
		add(wb, unitMarks(p, a))
	}
}

func pointMarks(p *domain.Pilot, a *domain.Assessment) sheet.Sheet {
	sys := p.SystemOf(a, domain.TargetPoint)
	if sys == nil {
		return sheet.Sheet{}
	}
	fm := intake.FormOf("rating")
	s := sheet.Sheet{Name: fmt.Sprintf("第%d轮风险点评分", a.No), Title: []string{a.Name + "风险点评分"}, Frozen: 3}
	for _, c := range []struct {
		field string
		width float64
	}{{"round", 7}, {"assessor", 18}, {"code", 10}, {"name", 34}} {
		s.Columns = append(s.Columns, sheet.Column{Header: fm.Header(c.field), Width: c.width})
	}
	inds := sys.Indicators()
	for _, ind := range inds {
		s.Columns = append(s.Columns, sheet.Column{Header: ind.Code + " " + ind.Name, Width: 10, Choices: edit.MarkChoices(&ind)})
	}
	s.Columns = append(s.Columns, sheet.Column{Header: fm.Header("note"), Width: 18})
	s.Rows = sheet.Made(ratedPoints(p, a), func(x ratedPoint) []any {
		row := append(make([]any, 0, len(inds)+5), fmt.Sprint(a.No), x.row.Assessor, x.point.Code, x.point.Name)
		for k := range inds {
			row = append(row, markAt(x.row, k, &inds[k]))
		}
		return append(row, x.row.Note)
	})
	return s
}

// ratedPoint is what one assessor said of one point.
type ratedPoint struct {
	point *domain.RiskPoint
	row   *domain.RatingRow
}

// ratedPoints gives the marks of a round by assessor and point.
func ratedPoints(p *domain.Pilot, a *domain.Assessment) iter.Seq[ratedPoint] {
	return func(yield func(ratedPoint) bool) {
		for _, x := range a.Assessors {
			for _, pt := range p.RiskPoints.All() {
				r, ok := p.RatingOf(a, domain.TargetPoint, pt.ID)
				if !ok {
					continue
				}
				if row := r.Row(x.Name); row != nil && !yield(ratedPoint{pt, row}) {
					return
				}
			}
		}
	}
}

func markAt(line *domain.RatingRow, k int, ind *domain.Indicator) any {
	if line == nil || k >= len(line.Marks) {
		return nil
	}
	return edit.FormatMark(ind, line.Marks[k])
}

func unitMarks(p *domain.Pilot, a *domain.Assessment) sheet.Sheet {
	sys := p.SystemOf(a, domain.TargetUnit)
	if sys == nil {
		return sheet.Sheet{}
	}
	fm := intake.FormOf("unitrating")
	s := sheet.Sheet{Name: fmt.Sprintf("第%d轮部门评分", a.No), Title: []string{a.Name + "部门层面评分汇总"}, Frozen: 4}
	for _, c := range []struct {
		field string
		width float64
	}{{"round", 7}, {"unit", 24}, {"icode", 9}, {"iname", 22}} {
		s.Columns = append(s.Columns, sheet.Column{Header: fm.Header(c.field), Width: c.width})
	}
	for _, x := range a.Assessors {
		s.Columns = append(s.Columns, sheet.Column{Header: x.Name, Width: 12, Choices: []string{"1", "2", "3", "4", "5", "弃权"}})
	}
	var rows [][]any
	for _, u := range p.Units.All() {
		r, ok := p.RatingOf(a, domain.TargetUnit, u.ID)
		if !ok {
			continue
		}
		for k, ind := range sys.Indicators() {
			row := []any{fmt.Sprint(a.No), u.Name, ind.Code, ind.Name}
			for _, x := range a.Assessors {
				row = append(row, markAt(r.Row(x.Name), k, &ind))
			}
			rows = append(rows, row)
		}
	}
	s.Rows = sheet.Stored(rows...)
	return s
}
