package intake_test

import (
	"strconv"
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

// A form written with the canonical headers: what the export writes.
type written struct {
	t     *testing.T
	books *intake.Book
}

func (w *written) sheet(name, form string, fields string, rows [][]string) {
	w.t.Helper()
	fm := intake.FormOf(form)
	if fm == nil {
		w.t.Fatalf("no form %s", form)
	}
	var header []string
	for _, f := range strings.Fields(fields) {
		header = append(header, fm.Header(f))
	}
	s := sheet(name, append([][]string{{name}, header}, rows...)...)
	w.books.Sheets = append(w.books.Sheets, s)
}

func num(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
func itoa(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
func joined(list []string) string { return strings.Join(list, "\n") }

func codes(p *domain.Pilot, k domain.Kind, refs []domain.Ref) string {
	var out []string
	for _, r := range refs {
		if k == domain.KindUnit || k == domain.KindPost || k == domain.KindAuthority {
			out = append(out, p.NameOf(k, r))
		} else {
			out = append(out, p.CodeOf(k, r))
		}
	}
	return strings.Join(out, "、")
}

func each[T any](list []T, row func(T) []string) [][]string {
	var out [][]string
	for _, x := range list {
		out = append(out, row(x))
	}
	return out
}

func writeOrganisation(w *written, p *domain.Pilot) {
	w.sheet("试点概况", "info", "pilotname school year basis goals", each(p.Infos.All(), func(x *domain.Info) []string {
		return []string{x.Name, x.School, itoa(x.Year), x.Basis, x.Goals}
	}))
	w.sheet("部门", "unit", "name head leader", each(p.Units.All(), func(x *domain.Unit) []string { return []string{x.Name, x.Head, x.Leader} }))
	w.sheet("岗位", "post", "unit office name duties powers since rank note", each(p.Posts.All(), func(x *domain.Post) []string {
		return []string{p.NameOf(domain.KindUnit, x.Unit), x.Office, x.Name, x.Duties, strings.Join(x.Powers, "、"), x.Since.String(), x.Rank, x.Note}
	}))
	w.sheet("职权目录", "authority", "code unit office name type basis workflow publicity holder points", each(p.Authorities.All(), func(x *domain.Authority) []string {
		return []string{x.Code, p.NameOf(domain.KindUnit, x.Unit), x.Office, x.Name, x.Type, joined(x.Basis), p.NameOf(domain.KindWorkflow, x.Workflow),
			x.Publicity, p.NameOf(domain.KindPost, x.Holder), codes(p, domain.KindRiskPoint, x.Points)}
	}))
	w.sheet("成员", "member", "group no role name title duty source method freq note", each(p.Members.All(), func(x *domain.Member) []string {
		return []string{x.Group, itoa(x.No), x.Role, x.Name, x.Title, x.Duty, x.Source, x.Method, x.Freq, x.Note}
	}))
	w.sheet("工作步骤", "milestone", "no window start end content responsible artefacts systems progress", each(p.Milestones.All(), func(x *domain.Milestone) []string {
		return []string{itoa(x.No), x.Window, string(x.Start), string(x.End), x.Content, joined(x.Responsible), strings.Join(x.Artefacts, "、"), joined(x.Systems), x.Progress}
	}))
}

func writeFlows(w *written, p *domain.Pilot) {
	var rows [][]string
	for _, f := range p.Workflows.All() {
		for i := range f.Steps {
			s := &f.Steps[i]
			var next []string
			for _, b := range s.Next {
				label := b.Label
				if label != "" {
					label += "→"
				}
				next = append(next, label+itoa(f.Step(b.To).No))
			}
			rows = append(rows, []string{p.NameOf(domain.KindUnit, f.Unit), f.Code, f.Name, itoa(f.Version), f.State, itoa(s.No), s.Name, s.Actor,
				joined(s.Inputs), joined(s.Outputs), s.Limit, string(s.Kind), joined(next), codes(p, domain.KindAuthority, s.Authorities), s.Note})
		}
	}
	w.sheet("工作流程", "workflow", "unit wcode workflow version state stepno name actor inputs outputs limit kind next authorities note", rows)
}

func writePoints(w *written, p *domain.Pilot) {
	w.sheet("风险点", "riskpoint", "code unit office post workflow step name description category causes consequence likelihood impact level measures owner due head leader channels status into note",
		each(p.RiskPoints.All(), func(x *domain.RiskPoint) []string {
			var ms []string
			for _, m := range p.Measures.By(domain.ByPoint, x.ID) {
				ms = append(ms, itoa(m.No)+"."+m.Content)
			}
			step := ""
			if _, s, ok := p.StepOf(x.Step.ID); ok {
				step = s.Name
			}
			return []string{x.Code, p.NameOf(domain.KindUnit, x.Unit), x.Office, p.NameOf(domain.KindPost, x.Post), p.NameOf(domain.KindWorkflow, x.Workflow), step,
				x.Name, x.Description, x.Category, x.Causes, x.Consequence, itoa(x.Likelihood), itoa(x.Impact), x.SelfLevel, joined(ms), x.Owner, x.Due.String(),
				x.UnitHead, x.Leader, strings.Join(x.Channels, "、"), string(x.Status), p.CodeOf(domain.KindRiskPoint, x.MergedInto), x.Note}
		}))
	w.sheet("防范措施", "measure", "point item content mkind step owner due trace mnote", each(p.Measures.All(), func(x *domain.Measure) []string {
		return []string{p.CodeOf(domain.KindRiskPoint, x.Point), itoa(x.No), x.Content, x.Kind, p.CodeOf(domain.KindStep, x.Step), x.Owner, x.Due.String(), x.Evidence, x.Note}
	}))
	w.sheet("检查记录", "inspection", "point item level date method evidence result problem rectify inspector note", each(p.Inspections.All(), func(x *domain.Inspection) []string {
		m, _ := p.Measures.Get(x.Measure.ID)
		return []string{p.CodeOf(domain.KindRiskPoint, m.Point), itoa(m.No), x.Level, string(x.Date), x.Method, x.Evidence, x.Result, x.Problem, x.RectifyBy.String(), x.Inspector, x.Note}
	}))
	w.sheet("考核评分", "appraisal", "section content full unit self confirmed note", each(p.Appraisals.All(), func(x *domain.Appraisal) []string {
		return []string{x.Section + "（" + num(x.SectionOf) + "）", x.Content, num(x.Full), p.NameOf(domain.KindUnit, x.Unit), num(x.Self.Value), num(x.Confirmed.Value), x.Note}
	}))
	w.sheet("信息库", "intelligence", "code source date summary unit post category verified points handling registrar note", each(p.Intelligence.All(), func(x *domain.Intelligence) []string {
		return []string{x.Code, x.Source, string(x.Date), x.Summary, x.UnitText, x.PostText, x.Category, x.Verified, codes(p, domain.KindRiskPoint, x.Points), x.Handling, x.Registrar, x.Note}
	}))
	w.sheet("成因要素", "factor", "code category text source points", each(p.Factors.All(), func(x *domain.Factor) []string {
		return []string{x.Code, x.Category, x.Text, x.Source, codes(p, domain.KindRiskPoint, x.Points)}
	}))
}

func writeOpinions(w *written, p *domain.Pilot) {
	no := func(r domain.Ref) string {
		d, _ := p.Disclosures.Get(r.ID)
		return itoa(d.No)
	}
	w.sheet("公示", "disclosure", "disclosure subject start end scope channel", each(p.Disclosures.All(), func(x *domain.Disclosure) []string {
		return []string{itoa(x.No), x.Subject, string(x.Start), string(x.End), x.Scope, x.Channel}
	}))
	w.sheet("意见", "opinion", "code disclosure received channel from points content decision reason replyby replied note", each(p.Opinions.All(), func(x *domain.Opinion) []string {
		return []string{x.Code, no(x.Disclosure), string(x.Received), x.Channel, x.From, codes(p, domain.KindRiskPoint, x.Points), x.Content, x.Decision, x.Reason, x.ReplyBy, x.Replied.String(), x.Note}
	}))
	w.sheet("修订记录", "revision", "code disclosure type point field item opinions before after date applied note", each(p.Revisions.All(), func(x *domain.Revision) []string {
		return []string{x.Code, no(x.Disclosure), x.Type, p.CodeOf(domain.KindRiskPoint, x.Point), x.Field, x.Item, codes(p, domain.KindOpinion, x.Opinions), x.Before, x.After, string(x.Date), "是", x.Note}
	}))
}

func writeIndicators(w *written, p *domain.Pilot) {
	var rows [][]string
	for _, s := range p.Systems.All() {
		for _, d := range s.Dimensions {
			for _, i := range d.Indicators {
				direction := "正向"
				if i.Reverse {
					direction = "逆向"
				}
				rows = append(rows, []string{s.Target, itoa(s.Version), s.Name, string(s.Approved), d.Code + " " + d.Name, num(d.Weight), i.Code, i.Name, i.Note, direction,
					i.Anchors[0], i.Anchors[1], i.Anchors[2], i.Anchors[3], i.Anchors[4], num(i.Weight)})
			}
		}
		for _, m := range s.Matrices {
			of := m.Of
			if of == "" {
				of = "维度"
			}
			table := [][]string{{"判断矩阵（" + s.Target + "层面第" + itoa(s.Version) + "版）"}, {m.Expert}, append([]string{"指标"}, m.Labels...)}
			for i, v := range m.Values {
				line := []string{m.Labels[i]}
				for _, x := range v {
					line = append(line, num(x))
				}
				table = append(table, line)
			}
			name := "矩阵-" + s.Target + "-" + of
			if m.Expert != "" {
				name = "专家判断-" + s.Target
			} else {
				table[1] = []string{"采用"}
			}
			w.books.Sheets = append(w.books.Sheets, sheet(name, table...))
		}
	}
	w.sheet("指标", "indicator", "target version system approved dimension dimweight code name note direction a1 a2 a3 a4 a5 weight", rows)
	rows = nil
	for _, s := range p.Schemes.All() {
		for _, l := range s.Levels {
			rows = append(rows, []string{s.Name, itoa(s.Version), s.Basis, l.Label, l.Color, strconv.Itoa(l.Severity), num(l.Min), l.Told, l.Signer, itoa(l.Reply), itoa(l.Fix), l.Release})
		}
	}
	w.sheet("等级方案", "scheme", "name version basis label color severity min told signer reply fix release", rows)
}

func writeRatings(w *written, p *domain.Pilot) {
	var rounds [][]string
	for _, a := range p.Assessments.All() {
		for _, x := range a.Assessors {
			rounds = append(rounds, []string{itoa(a.No), a.Name, string(a.Date), "1", "1", "否", itoa(x.No), x.Name, x.Title, string(x.Date)})
		}
	}
	w.sheet("评估轮次", "assessment", "round roundname date pointversion unitversion frozen assessorno assessor title assessed", rounds)
	mark := func(m domain.Mark) string {
		if m == domain.Abstained {
			return "弃权"
		}
		return itoa(int(m))
	}
	var points, units [][]string
	fields, unitFields := "round assessor code", "round unit icode"
	for _, i := range p.SystemFor(domain.TargetPoint).Indicators() {
		fields += " mark:" + i.Code
	}
	inds := p.SystemFor(domain.TargetUnit).Indicators()
	for _, x := range p.Round(1).Assessors {
		unitFields += " assessor:" + x.Name
	}
	for _, r := range p.Ratings.All() {
		a, _ := p.Assessments.Get(r.Assessment.ID)
		if r.Target == domain.TargetUnit {
			for k, i := range inds {
				line := []string{itoa(a.No), p.NameOf(domain.KindUnit, r.Subject), i.Code}
				for _, x := range a.Assessors {
					line = append(line, mark(r.Row(x.Name).Marks[k]))
				}
				units = append(units, line)
			}
			continue
		}
		for _, row := range r.Rows {
			line := []string{itoa(a.No), row.Assessor, p.CodeOf(domain.KindRiskPoint, r.Subject)}
			for _, m := range row.Marks {
				line = append(line, mark(m))
			}
			points = append(points, append(line, row.Note))
		}
	}
	w.sheet("评分", "rating", fields+" note", points)
	w.sheet("部门层面评分", "unitrating", unitFields, units)
}

func writeMonitors(w *written, p *domain.Pilot) {
	months := map[string]bool{}
	fields := "code unit name measure direction warn alarm formula source filler points note"
	var order []string
	for _, r := range p.Readings.All() {
		if !months[r.Period] {
			months[r.Period] = true
			order = append(order, r.Period)
			fields += " reading:" + r.Period
		}
	}
	w.sheet("监测", "reading", fields, each(p.Monitors.All(), func(x *domain.Monitor) []string {
		direction := "高"
		if x.LowIsBad {
			direction = "低"
		}
		line := []string{x.Code, x.UnitText, x.Name, x.Measure, direction, num(x.Warn), num(x.Alarm), x.Formula, x.Source, x.Filler, codes(p, domain.KindRiskPoint, x.Points), x.Note}
		for _, month := range order {
			value := ""
			if r, ok := p.Readings.ByKey(string(x.ID) + "/" + month); ok {
				value = num(r.Value)
			}
			line = append(line, value)
		}
		return line
	}))
}

func writePilot(t *testing.T, p *domain.Pilot) *intake.Book {
	w := &written{t: t, books: book("全部数据.xlsx")}
	writeOrganisation(w, p)
	writeFlows(w, p)
	writePoints(w, p)
	writeOpinions(w, p)
	writeIndicators(w, p)
	writeRatings(w, p)
	writeMonitors(w, p)
	return w.books
}

// Everything written with the canonical headers comes back without a change,
// and makes the same pilot out of nothing.
func TestRoundTrip(t *testing.T) {
	p, _ := samplePilot(t)
	info := &domain.Info{Name: "云海师范大学试点", School: "云海师范大学", Year: 2026, Basis: "市教委要求", Goals: "及时"}
	info.ID = "info"
	p.Infos.Put(info)
	factor := &domain.Factor{Category: "业务流程", Text: "审批不留痕", Points: []domain.Ref{domain.To(p.RiskPoints.All()[0].ID)}}
	factor.ID, factor.Code = "factor", "CY-01"
	p.Factors.Put(factor)
	b := writePilot(t, p)
	again := importBooks(t, p, func() domain.ID { t.Error("something was taken for new"); return "new" }, b)
	for _, s := range again.Report.Files[0].Sheets {
		if s.New+s.Changed+s.Refused > 0 || len(s.Errors) > 0 || s.Form == nil {
			t.Errorf("%s (%s): new %d changed %d refused %d %v %v", s.Sheet, s.Kind, s.New, s.Changed, s.Refused, s.Errors, s.Warnings)
		}
	}
	for i, c := range again.Changes.Changes {
		if i < 5 {
			t.Errorf("changed: %+v → %+v", c.Before, c.After)
		}
	}
	q := domain.NewPilot()
	importBooks(t, q, ids(), b)
	samePilots(t, "from nothing", canonical(t, p), canonical(t, q))
}
