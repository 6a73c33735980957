package export

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// ratings hands out scoring: a sheet per assessor for the points, one for the
// units. The anchors of each indicator stand in a note on its column's header.
func (f *form) ratings() ([]sheet.Sheet, error) {
	round := f.Round(f.q.Round)
	switch {
	case round == nil && f.q.Round > 0:
		return nil, app.E(app.CodeInvalid, "没有第%d次评估，请先在“风险评估”中新建", f.q.Round)
	case round == nil:
		round = &domain.Assessment{No: 1, Name: "首次评估"}
	case round.Frozen:
		return nil, app.E(app.CodeInvalid, "%s已定稿，不再评分；要再评一次，请先在“风险评估”中新建一次评估", round.Name)
	}
	sys := f.system(round, domain.TargetPoint)
	if sys == nil {
		return nil, app.E(app.CodeInvalid, "还没有岗位层面的指标体系，评分表无从列出，请先建立或导入评估指标体系")
	}
	assessors, err := f.assessors(round)
	if err != nil {
		return nil, err
	}
	var out []sheet.Sheet
	for _, x := range assessors {
		out = append(out, f.pointSheet(round, sys, x))
	}
	if usys := f.system(round, domain.TargetUnit); usys != nil && f.Units.Len() > 0 {
		out = append(out, f.unitSheet(round, usys, assessors))
	}
	return out, nil
}

// system is the one a round is scored by; a round that is still to come takes the newest.
func (f *form) system(round *domain.Assessment, target string) *domain.IndicatorSystem {
	if sys := f.SystemOf(round, target); sys != nil {
		return sys
	}
	return f.SystemFor(target)
}

// assessors are those of the round, or the one asked for; a round without any
// takes whatever name is given.
func (f *form) assessors(round *domain.Assessment) ([]domain.Assessor, error) {
	if f.q.Assessor == "" {
		if len(round.Assessors) == 0 {
			return []domain.Assessor{{}}, nil
		}
		return round.Assessors, nil
	}
	for _, x := range round.Assessors {
		if x.Name == f.q.Assessor || x.Title == f.q.Assessor {
			return []domain.Assessor{x}, nil
		}
	}
	if len(round.Assessors) > 0 {
		return nil, app.E(app.CodeInvalid, "%s没有评分人“%s”，现有：%s", round.Name, f.q.Assessor,
			names(round.Assessors, func(x domain.Assessor) string { return x.Name }))
	}
	return []domain.Assessor{{No: 1, Name: f.q.Assessor}}, nil
}

func (f *form) pointSheet(round *domain.Assessment, sys *domain.IndicatorSystem, who domain.Assessor) sheet.Sheet {
	fm := intake.FormOf("rating")
	name := "评分"
	if who.Name != "" {
		name = fmt.Sprintf("%d%s", who.No, who.Name)
	}
	s := sheet.Sheet{Name: name, Frozen: 3, NoFilter: true, Title: []string{f.Info().School + "岗位廉政风险" + round.Name + "评分表",
		"逐个风险点、逐项指标从列表中选分，说不准的选“弃权”。各分值的含义见指标名称上的批注。灰色的格子不用填；列和表头请不要改动。"},
		Fill: []string{"评分人：" + orElse(who.Title, who.Name), "评分日期：" + string(who.Date)}}
	for _, c := range []struct {
		field string
		width float64
	}{{"code", 9}, {"unit", 16}, {"name", 26}} {
		s.Columns = append(s.Columns, sheet.Column{Key: c.field, Header: fm.Header(c.field), Width: c.width, Closed: true})
	}
	s.Columns = append(s.Columns, sheet.Column{Header: "表现形式（供参考）", Width: 40, Closed: true})
	inds := sys.Indicators()
	for _, ind := range inds {
		s.Columns = append(s.Columns, sheet.Column{Key: "mark:" + ind.Code, Header: ind.Code + " " + ind.Name, Width: 9, Format: sheet.Int,
			Choices: edit.MarkChoices(&ind), Strict: true, Note: anchors(&ind), Hint: direction(&ind)})
	}
	s.Columns = append(s.Columns, sheet.Column{Key: "note", Header: fm.Header("note"), Width: 18})
	points := only(f.ActivePoints(), func(r *domain.RiskPoint) bool { return f.of(r.Unit) })
	s.Rows = sheet.MadeOf(len(points), slices.Values(points), func(pt *domain.RiskPoint) []any {
		row := []any{pt.Code, f.pilot.unit(pt.Unit), pt.Name, pt.Description}
		var line *domain.RatingRow
		if r, ok := f.RatingOf(round, domain.TargetPoint, pt.ID); ok && who.Name != "" {
			line = r.Row(who.Name)
		}
		for k := range inds {
			row = append(row, typedMark(line, k, &inds[k]))
		}
		if line != nil {
			row = append(row, line.Note)
		}
		return row
	})
	if len(points) == 0 {
		leaveOpen(&s)
	}
	s.Notes = []string{"评分人签字："}
	return s
}

// typedMark is a mark as a person would type it: a number where it is one.
func typedMark(line *domain.RatingRow, k int, ind *domain.Indicator) any {
	if line == nil || k >= len(line.Marks) {
		return nil
	}
	if m := line.Marks[k]; ind.Valid(m) && !ind.YesNo() {
		return int(m)
	}
	return edit.FormatMark(ind, line.Marks[k])
}

// anchors says what each mark of an indicator stands for.
func anchors(ind *domain.Indicator) string {
	lines := []string{ind.Code + " " + ind.Name}
	if ind.Note != "" {
		lines = append(lines, ind.Note)
	}
	lines = append(lines, anchorTexts(ind, "：")...)
	return strings.Join(append(lines, direction(ind)), "\n")
}

func anchorTexts(ind *domain.Indicator, between string) []string {
	var out []string
	for m := domain.Mark(1); m <= ind.Highest(); m++ {
		if a := ind.Anchor(m); a != "" && !ind.YesNo() {
			out = append(out, fmt.Sprintf("%d分%s%s", m, between, a))
		}
	}
	return out
}

func direction(ind *domain.Indicator) string {
	if ind.Reverse {
		return "逆向指标：做得越好分越高，风险越小。"
	}
	return "正向指标：分越高，风险越大。"
}

// unitSheet lists units and indicators with a column per assessor.
func (f *form) unitSheet(round *domain.Assessment, sys *domain.IndicatorSystem, assessors []domain.Assessor) sheet.Sheet {
	fm := intake.FormOf("unitrating")
	s := sheet.Sheet{Name: "部门层面评分", Frozen: 3, NoFilter: true, Title: []string{f.Info().School + "部门层面廉政风险" + round.Name + "评分汇总表",
		"逐个部门、逐项指标从列表中选分，说不准的选“弃权”。灰色的格子不用填；列和表头请不要改动。"}}
	for _, c := range []struct {
		field string
		width float64
	}{{"unit", 22}, {"icode", 9}, {"iname", 22}, {"inote", 46}} {
		s.Columns = append(s.Columns, sheet.Column{Key: c.field, Header: fm.Header(c.field), Width: c.width, Closed: true})
	}
	for _, x := range assessors {
		s.Columns = append(s.Columns, sheet.Column{Key: "assessor:" + x.Name, Header: orElse(x.Name, "评分"), Width: 12, Format: sheet.Int, Choices: unitChoices(sys), Strict: true})
	}
	var rows [][]any
	for _, u := range only(f.Units.All(), func(u *domain.Unit) bool { return f.unit == nil || u.ID == f.unit.ID }) {
		r, rated := f.RatingOf(round, domain.TargetUnit, u.ID)
		for k, ind := range sys.Indicators() {
			row := []any{u.Name, ind.Code, ind.Name, anchorLine(&ind)}
			for _, x := range assessors {
				var mark any
				if rated {
					mark = typedMark(r.Row(x.Name), k, &ind)
				}
				row = append(row, mark)
			}
			rows = append(rows, row)
		}
	}
	s.Rows = sheet.Stored(rows...)
	return s
}

// unitChoices are the marks of all indicators, which share a column here.
func unitChoices(sys *domain.IndicatorSystem) []string {
	var all []string
	for _, ind := range sys.Indicators() {
		all = append(all, edit.MarkChoices(&ind)...)
	}
	return distinct(all, func(s string) string { return s })
}

// anchorLine puts the anchors into one line: 1分 …；5分 ….
func anchorLine(ind *domain.Indicator) string {
	return strings.Join(append(anchorTexts(ind, " "), direction(ind)), "；")
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
