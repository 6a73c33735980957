package edit

import (
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Marking is one assessor's mark of one indicator for one subject.
type Marking struct {
	Subject   domain.ID
	Assessor  string
	Indicator int // position in the system's Indicators
	Text      string
}

// SetMarks sets marks of a round as one operation. Text is a mark of the
// indicator (see ParseMark).
func SetMarks(round domain.ID, target string, marks []Marking, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		a, ok := p.Assessments.Get(round)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这一轮评估已不存在")
		}
		if _, err := domain.RoundLife.Next(domain.StateOfRound(a), domain.EventScore); err != nil {
			return domain.ChangeSet{}, app.Wrap(app.CodeInvalid, err, "%s：%s", a.Title(), app.Sentence(err))
		}
		sys := p.SystemOf(a, target)
		if sys == nil {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这一轮评估没有指标体系，请先导入或建立指标体系")
		}
		d := p.Draft()
		if err := EachOf(marks, func(m Marking) error { return setMark(d, a, sys, target, m, newID) }); err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(domain.Op{Name: "rate", Label: a.Name + " 评分"}), nil
	})
}

func setMark(d *domain.Pilot, a *domain.Assessment, sys *domain.IndicatorSystem, target string, m Marking, newID app.IDs) error {
	inds := sys.Indicators()
	if m.Indicator < 0 || m.Indicator >= len(inds) {
		return app.E(app.CodeInvalid, "没有这一项指标")
	}
	if !slices.ContainsFunc(a.Assessors, func(x domain.Assessor) bool { return x.Name == m.Assessor }) {
		return app.E(app.CodeInvalid, "“%s”不是这一轮的评分人", m.Assessor)
	}
	mark, err := ParseMark(&inds[m.Indicator], m.Text)
	if err != nil {
		return app.Wrap(app.CodeInvalid, err, "%s %s", inds[m.Indicator].Code, app.Sentence(err))
	}
	var r *domain.Rating
	if old, ok := d.RatingOf(a, target, m.Subject); ok {
		r = old.Clone().(*domain.Rating)
	} else {
		r = &domain.Rating{Assessment: domain.To(a.ID), Target: target, Subject: domain.To(m.Subject)}
		r.SetBase(newID(), "手工评分")
	}
	row := r.Row(m.Assessor)
	if row == nil {
		r.Rows = append(r.Rows, domain.RatingRow{Assessor: m.Assessor})
		row = &r.Rows[len(r.Rows)-1]
	}
	for len(row.Marks) < len(inds) {
		row.Marks = append(row.Marks, domain.Blank)
	}
	row.Marks[m.Indicator] = mark
	d.Ratings.Put(r)
	return nil
}

// ParseMark reads a mark of an indicator: a number on its scale (full-width too,
// 4分), 是 or 否 where it asks a question, blank, 弃权 (also ／, /, —).
func ParseMark(ind *domain.Indicator, text string) (domain.Mark, error) {
	s := strings.TrimSuffix(strings.TrimSpace(domain.NormalizeWidth(text)), "分")
	switch s {
	case "":
		return domain.Blank, nil
	case "弃权", "/", "—", "-":
		return domain.Abstained, nil
	}
	if ind.YesNo() {
		switch s {
		case "否", "无", "1":
			return domain.MarkNo, nil
		case "是", "有", "2":
			return domain.MarkYes, nil
		}
		return domain.Blank, app.E(app.CodeInvalid, "应为“是”或“否”，或空白、弃权，现为“%s”", strings.TrimSpace(text))
	}
	if n, ok := domain.ParseWhole(s); ok && n >= 1 && n <= int(ind.Highest()) {
		return domain.Mark(n), nil
	}
	return domain.Blank, app.E(app.CodeInvalid, "评分应为 1–%d 的整数，或空白、弃权，现为“%s”", ind.Highest(), strings.TrimSpace(text))
}

// FormatMark writes a mark the way ParseMark reads it; one off the scale as it is.
func FormatMark(ind *domain.Indicator, m domain.Mark) string {
	switch {
	case m == domain.Abstained:
		return "弃权"
	case m == domain.Blank:
		return ""
	case ind.YesNo() && ind.Valid(m):
		return ind.Anchor(m)
	}
	return strconv.Itoa(int(m))
}

// MarkChoices lists what may be entered for an indicator, for drop-downs.
func MarkChoices(ind *domain.Indicator) []string {
	var out []string
	for m := domain.Mark(1); m <= ind.Highest(); m++ {
		out = append(out, FormatMark(ind, m))
	}
	return append(out, FormatMark(ind, domain.Abstained))
}
