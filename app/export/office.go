package export

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

func intelligence(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Intelligence
	in := pilot{p}
	return build(p, "intelligence", "风险信息库", p.Intelligence.All(), []col[T]{text("code", 12, func(r T) string { return r.Code }),
		text("source", 12, func(r T) string { return r.Source }), text("date", 12, func(r T) string { return string(r.Date) }),
		text("summary", 60, func(r T) string { return r.Summary }), text("unit", 24, func(r T) string { return r.UnitText }),
		text("post", 18, func(r T) string { return r.PostText }), text("category", 10, func(r T) string { return r.Category }),
		text("verified", 10, func(r T) string { return r.Verified }), choice(text("secrecy", 10, func(r T) string { return r.Secrecy }), domain.Secrecies...),
		text("posts", 18, func(r T) string { return in.refs(domain.KindPost, r.Posts) }), text("factors", 14, func(r T) string { return in.codes(domain.KindFactor, r.Factors) }),
		text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) }),
		text("handling", 30, func(r T) string { return r.Handling }), text("registrar", 16, func(r T) string { return r.Registrar }),
		text("note", 16, func(r T) string { return r.Note })})
}

func factors(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Factor
	in := pilot{p}
	return build(p, "factor", "成因要素", p.Factors.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("category", 12, func(r T) string { return r.Category }), text("text", 50, func(r T) string { return r.Text }),
		text("source", 20, func(r T) string { return r.Source }), text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) })})
}

func schemes(p *domain.Pilot) sheet.Sheet {
	type line struct {
		s *domain.LevelScheme
		l domain.Level
	}
	var lines []line
	for _, s := range p.Schemes.All() {
		for _, l := range s.Levels {
			lines = append(lines, line{s, l})
		}
	}
	based := func(x line) string {
		if from, ok := p.Schemes.Get(x.s.Based.ID); ok {
			return from.Natural()
		}
		return ""
	}
	// 0 counts here: a missing severity would be guessed from the order.
	severity := col[line]{field: "severity", width: 9, format: sheet.Int, get: func(x line) any { return x.l.Severity }}
	return build(p, "scheme", "预警等级方案", lines, []col[line]{text("name", 22, func(x line) string { return x.s.Name }),
		whole("version", func(x line) int { return x.s.Version }), text("basis", 18, func(x line) string { return x.s.Basis }),
		text("label", 8, func(x line) string { return x.l.Label }), text("color", 10, func(x line) string { return x.l.Color }), severity,
		real("min", func(x line) float64 { return x.l.Min }), text("told", 40, func(x line) string { return x.l.Told }),
		text("signer", 10, func(x line) string { return x.l.Signer }), whole("reply", func(x line) int { return x.l.Reply }),
		whole("fix", func(x line) int { return x.l.Fix }), text("release", 40, func(x line) string { return x.l.Release }), text("based", 22, based),
		machine(p, "scheme", func(x line) domain.Record { return x.s })})
}

func monitors(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Monitor
	in := pilot{p}
	direction := func(r T) string {
		if r.LowIsBad {
			return "低"
		}
		return "高"
	}
	return build(p, "monitor", "监测指标说明", p.Monitors.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("unit", 24, func(r T) string { return r.UnitText }), text("name", 28, func(r T) string { return r.Name }),
		text("measure", 8, func(r T) string { return r.Measure }), choice(text("direction", 9, direction), "高", "低"),
		real("warn", func(r T) float64 { return r.Warn }), real("alarm", func(r T) float64 { return r.Alarm }),
		text("formula", 40, func(r T) string { return r.Formula }), text("source", 16, func(r T) string { return r.Source }),
		text("filler", 18, func(r T) string { return r.Filler }), text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) }),
		text("note", 20, func(r T) string { return r.Note })})
}

// readings is the monthly report: a row per monitor, a column per month.
func readings(p *domain.Pilot) sheet.Sheet {
	months := map[string]bool{}
	value := map[domain.ID]map[string]float64{}
	for _, r := range p.Readings.All() {
		months[r.Period] = true
		if value[r.Monitor.ID] == nil {
			value[r.Monitor.ID] = map[string]float64{}
		}
		value[r.Monitor.ID][r.Period] = r.Value
	}
	type T = *domain.Monitor
	s := build(p, "reading", "监测指标月报", p.Monitors.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }), text("name", 28, func(r T) string { return r.Name }),
		machine(p, "monitor", func(r T) domain.Record { return r })})
	if len(months) == 0 {
		return sheet.Sheet{}
	}
	s.Frozen = 2
	across := sorted(months)
	for _, m := range across {
		s.Columns = append(s.Columns, sheet.Column{Header: monthHeader(m), Width: 11, Format: sheet.Float})
	}
	fm := intake.FormOf("reading")
	s.Columns = append(s.Columns, sheet.Column{Key: "machineitem", Header: fm.Header("machineitem"), Width: 4, Hidden: true})
	var rows [][]any
	for row := range s.Rows.All() {
		mon := p.Monitors.All()[len(rows)]
		for _, m := range across {
			var cell any
			if v, ok := value[mon.ID][m]; ok {
				cell = v
			}
			row = append(row, cell)
		}
		rows = append(rows, append(row, intake.MachineReadings(mon, p.Readings.By(domain.ByMonitor, mon.ID))))
	}
	s.Rows = sheet.Stored(rows...)
	return s
}

// monthHeader writes 2026-08 as 2026年8月.
func monthHeader(period string) string {
	var y, m int
	if n, _ := fmt.Sscanf(period, "%d-%d", &y, &m); n == 2 {
		return fmt.Sprintf("%d年%d月", y, m)
	}
	return period
}

func sorted(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func disclosures(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Disclosure
	return build(p, "disclosure", "公示", p.Disclosures.All(), []col[T]{text("disclosure", 12, func(r T) string { return batch(r) }),
		text("subject", 20, func(r T) string { return r.Subject }), text("start", 12, func(r T) string { return string(r.Start) }),
		text("end", 12, func(r T) string { return string(r.End) }), text("scope", 30, func(r T) string { return r.Scope }),
		text("channel", 30, func(r T) string { return r.Channel }), text("note", 16, func(r T) string { return r.Note })})
}

func batch(d *domain.Disclosure) string { return fmt.Sprintf("第%d次", d.No) }

func (in pilot) batch(r domain.Ref) string {
	if d, ok := in.Disclosures.Get(r.ID); ok {
		return batch(d)
	}
	return r.Text
}

func opinions(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Opinion
	in := pilot{p}
	return build(p, "opinion", "意见登记", p.Opinions.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("disclosure", 10, func(r T) string { return in.batch(r.Disclosure) }), text("received", 12, func(r T) string { return string(r.Received) }),
		text("channel", 12, func(r T) string { return r.Channel }), text("from", 18, func(r T) string { return r.From }),
		text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) }), text("content", 50, func(r T) string { return r.Content }),
		choice(text("decision", 10, func(r T) string { return r.Decision }), domain.Decisions...), text("reason", 40, func(r T) string { return r.Reason }),
		text("replyby", 22, func(r T) string { return r.ReplyBy }), text("replied", 12, func(r T) string { return r.Replied.String() }),
		text("reply", 40, func(r T) string { return r.Reply }),
		text("note", 16, func(r T) string { return r.Note })})
}

func revisions(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Revision
	in := pilot{p}
	return build(p, "revision", "修订记录", p.Revisions.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("disclosure", 10, func(r T) string { return in.batch(r.Disclosure) }), text("type", 8, func(r T) string { return r.Type }),
		text("point", 10, func(r T) string { return in.NameOf(domain.KindRiskPoint, r.Point) }), text("field", 12, func(r T) string { return r.Field }),
		text("item", 10, func(r T) string { return r.Item }), text("opinions", 14, func(r T) string { return in.refs(domain.KindOpinion, r.Opinions) }),
		text("before", 46, func(r T) string { return r.Before }), text("after", 46, func(r T) string { return r.After }),
		text("date", 12, func(r T) string { return string(r.Date) }),
		text("reason", 30, func(r T) string { return r.Reason }), text("by", 14, func(r T) string { return r.By }), text("applied", 8, func(T) string { return "是" }),
		text("note", 16, func(r T) string { return r.Note })})
}

func inspections(p *domain.Pilot) sheet.Sheet {
	type line struct {
		i *domain.Inspection
		m *domain.Measure
	}
	var lines []line
	for _, i := range p.Inspections.All() {
		if m, ok := p.Measures.Get(i.Measure.ID); ok {
			lines = append(lines, line{i, m})
		}
	}
	in := pilot{p}
	slices.SortStableFunc(lines, func(a, b line) int {
		if c := domain.CompareCodes(in.NameOf(domain.KindRiskPoint, a.m.Point), in.NameOf(domain.KindRiskPoint, b.m.Point)); c != 0 {
			return c
		}
		return cmp.Or(a.m.No-b.m.No, strings.Compare(string(a.i.Date), string(b.i.Date)))
	})
	return build(p, "inspection", "落实检查", lines, []col[line]{text("point", 10, func(l line) string { return in.NameOf(domain.KindRiskPoint, l.m.Point) }),
		whole("item", func(l line) int { return l.m.No }), text("content", 50, func(l line) string { return l.m.Content }),
		text("level", 9, func(l line) string { return l.i.Level }), text("date", 12, func(l line) string { return string(l.i.Date) }),
		text("method", 14, func(l line) string { return l.i.Method }), text("evidence", 24, func(l line) string { return l.i.Evidence }),
		choice(text("result", 10, func(l line) string { return l.i.Result }), domain.ResultDone, domain.ResultPartly, domain.ResultNot),
		text("problem", 24, func(l line) string { return l.i.Problem }), text("rectify", 14, func(l line) string { return l.i.RectifyBy.String() }),
		text("inspector", 16, func(l line) string { return l.i.Inspector }), text("note", 16, func(l line) string { return l.i.Note }),
		machine(p, "inspection", func(l line) domain.Record { return l.i })})
}

func appraisals(p *domain.Pilot) sheet.Sheet { return appraisalTable(pilot{p}, p.Appraisals.All()) }

func appraisalTable(in pilot, list []*domain.Appraisal) sheet.Sheet {
	type T = *domain.Appraisal
	given := func(n domain.Number) any {
		if n.Given {
			return n.Value
		}
		return nil
	}
	return build(in.Pilot, "appraisal", "考核评分", list, []col[T]{text("unit", 24, func(r T) string { return in.unit(r.Unit) }),
		text("section", 24, func(r T) string { return fmt.Sprintf("%s（%g）", r.Section, r.SectionOf) }), text("content", 50, func(r T) string { return r.Content }),
		real("full", func(r T) float64 { return r.Full }),
		{field: "self", width: 9, format: sheet.Float, get: func(r T) any { return given(r.Self) }},
		{field: "confirmed", width: 9, format: sheet.Float, get: func(r T) any { return given(r.Confirmed) }},
		text("note", 16, func(r T) string { return r.Note })})
}

func sanctions(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Sanction
	in := pilot{p}
	kind := func(r T) string {
		if r.Reward {
			return "奖励"
		}
		return "惩处"
	}
	return build(p, "sanction", "奖惩", p.Sanctions.All(), []col[T]{text("code", 10, func(r T) string { return r.Code }), text("unit", 24, func(r T) string { return in.unit(r.Unit) }),
		text("post", 20, func(r T) string { return in.NameOf(domain.KindPost, r.Post) }), choice(text("reward", 8, kind), "奖励", "惩处"),
		text("form", 18, func(r T) string { return r.Form }), text("basis", 50, func(r T) string { return r.Basis }),
		text("date", 12, func(r T) string { return string(r.Date) }), text("by", 20, func(r T) string { return r.By }), text("note", 16, func(r T) string { return r.Note })})
}

// levels is what the rounds come to; it is for reading and never imported.
func levels(p *domain.Pilot) sheet.Sheet {
	s := sheet.Sheet{Name: "评估结果（仅供查阅）", Title: []string{intake.ViewOnly + "：评估结果由评分算出，改动这张表不会导入"}, Frozen: 1,
		Columns: []sheet.Column{{Header: "轮次", Width: 12}, {Header: "编号", Width: 10}, {Header: "部门", Width: 24}, {Header: "风险点", Width: 40},
			{Header: "综合得分S", Width: 11, Format: sheet.Float}, {Header: "风险指数", Width: 11, Format: sheet.Float}, {Header: "等级", Width: 8}}}
	s.Rows = sheet.Made(outcomes(p), func(x outcome) []any {
		o := x.PointOutcome
		return []any{x.round.Name, o.Point.Code, p.NameOf(domain.KindUnit, o.Point.Unit), o.Point.Name, o.S, o.Index, o.Level.Label}
	})
	return s
}

// outcome is what a round comes to for one point.
type outcome struct {
	round *domain.Assessment
	*domain.PointOutcome
}

// outcomes works the rounds out one after the other: the results of all would need more
// memory than the marks.
func outcomes(p *domain.Pilot) iter.Seq[outcome] {
	return func(yield func(outcome) bool) {
		for _, a := range p.Assessments.All() {
			res := p.Assess(a)
			if res == nil {
				continue
			}
			for i := range res.Points {
				if o := &res.Points[i]; o.Complete && !yield(outcome{a, o}) {
					return
				}
			}
		}
	}
}
