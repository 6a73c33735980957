// Package export writes a whole pilot as one workbook that can be changed in
// Excel or WPS and imported back: the headers are those of the import forms, so
// what was not touched comes back as the same.
package export

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// Workbook lists every record of a pilot, one sheet per form; kinds without
// records have no sheet. A sheet marked 仅供查阅 is never imported.
func Workbook(p *domain.Pilot) sheet.Workbook {
	var wb sheet.Workbook
	for _, s := range []sheet.Sheet{infos(p), units(p), posts(p), members(p), milestones(p), workflows(p), authorities(p),
		points(p), measures(p), intelligence(p), factors(p), schemes(p), overrides(p), cells(p)} {
		add(&wb, s)
	}
	addSystems(p, &wb)
	add(&wb, rounds(p))
	addRatings(p, &wb)
	add(&wb, effectivenesses(p))
	for _, s := range []sheet.Sheet{monitors(p), readings(p), disclosures(p), opinions(p), revisions(p), inspections(p), appraisals(p), sanctions(p),
		meetings(p), caseCards(p), artefacts(p), papers(p), holidays(p), attachments(p), levels(p), records(p)} {
		add(&wb, s)
	}
	wb.Charts = charts(p)
	return wb
}

type book = sheet.Workbook

// col is one column of records of T under a field's canonical header.
type col[T any] struct {
	field   string
	get     func(T) any
	width   float64
	format  sheet.Format
	choices []string
	strict  bool
	hint    string
	closed  bool
	colors  []sheet.Tint
	hidden  bool
}

// build makes the sheet of a form. No records, no rows. Where a row is a record, a
// hidden cell says which, and what no column shows.
func build[T any](p *domain.Pilot, form, name string, items []T, cols []col[T]) sheet.Sheet {
	fm := intake.FormOf(form)
	if len(items) > 0 {
		if r, ok := any(items[0]).(domain.Record); ok && r.RecordKind() == fm.Kind {
			cols = append(cols, machine(p, form, func(it T) domain.Record { return any(it).(domain.Record) }))
		}
	}
	s := sheet.Sheet{Name: name, Title: []string{name}, Frozen: 1}
	for _, c := range cols {
		s.Columns = append(s.Columns, sheet.Column{Key: c.field, Header: fm.Header(c.field), Width: c.width, Format: c.format,
			Choices: c.choices, Strict: c.strict, Hint: c.hint, Closed: c.closed, Colors: c.colors, Hidden: c.hidden})
	}
	s.Rows = sheet.MadeOf(len(items), slices.Values(items), func(it T) []any {
		row := make([]any, len(cols))
		for i, c := range cols {
			row[i] = c.get(it)
		}
		return row
	})
	return s
}

// text makes a plain column.
func text[T any](field string, width float64, get func(T) string) col[T] {
	return col[T]{field: field, width: width, get: func(it T) any { return get(it) }}
}

// whole makes a number column; 0 is blank.
func whole[T any](field string, get func(T) int) col[T] {
	return col[T]{field: field, width: 8, format: sheet.Int, get: func(it T) any {
		if n := get(it); n != 0 {
			return n
		}
		return nil
	}}
}

// real makes a column of decimals, written in full.
func real[T any](field string, get func(T) float64) col[T] {
	return col[T]{field: field, width: 10, format: sheet.Float, get: func(it T) any { return get(it) }}
}

// choice adds a drop-down.
func choice[T any](c col[T], options ...string) col[T] { c.choices = options; return c }

func join(list []string) string { return strings.Join(list, "\n") }

func (in pilot) refs(k domain.Kind, refs []domain.Ref) string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = in.NameOf(k, r)
	}
	return strings.Join(names, "、")
}

// pilot adds what columns need of names.
type pilot struct{ *domain.Pilot }

func (in pilot) unit(r domain.Ref) string { return in.NameOf(domain.KindUnit, r) }

func infos(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Info
	return build(p, "info", "试点概况", p.Infos.All(), []col[T]{
		text("pilotname", 40, func(r T) string { return r.Name }), text("school", 20, func(r T) string { return r.School }),
		whole("year", func(r T) int { return r.Year }), text("basis", 60, func(r T) string { return r.Basis }),
		text("goals", 60, func(r T) string { return r.Goals }), text("contents", 60, func(r T) string { return join(r.Contents) }),
		text("tasks", 60, func(r T) string { return join(r.Tasks) })})
}

func units(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Unit
	return build(p, "unit", "部门", p.Units.All(), []col[T]{text("name", 28, func(r T) string { return r.Name }),
		text("head", 16, func(r T) string { return r.Head }), text("leader", 24, func(r T) string { return r.Leader })})
}

func posts(p *domain.Pilot) sheet.Sheet { return postTable(pilot{p}, p.Posts.All()) }

func postTable(in pilot, list []*domain.Post) sheet.Sheet {
	type T = *domain.Post
	return build(in.Pilot, "post", "岗位职权", list, []col[T]{text("unit", 24, func(r T) string { return in.unit(r.Unit) }),
		text("office", 16, func(r T) string { return r.Office }), text("name", 22, func(r T) string { return r.Name }),
		text("people", 16, func(r T) string { return strings.Join(r.People, "、") }),
		text("duties", 40, func(r T) string { return r.Duties }), text("powers", 36, func(r T) string { return strings.Join(r.Powers, "、") }),
		text("since", 14, func(r T) string { return r.Since.String() }), text("rank", 12, func(r T) string { return r.Rank }),
		text("note", 16, func(r T) string { return r.Note })})
}

func members(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Member
	return build(p, "member", "成员名单", p.Members.All(), []col[T]{
		choice(text("group", 16, func(r T) string { return r.Group }), domain.Groups...),
		text("role", 12, func(r T) string { return r.Role }), text("name", 12, func(r T) string { return r.Name }),
		text("title", 30, func(r T) string { return r.Title }), text("duty", 30, func(r T) string { return r.Duty }),
		text("source", 20, func(r T) string { return r.Source }), text("method", 30, func(r T) string { return r.Method }),
		text("freq", 14, func(r T) string { return r.Freq }), text("note", 16, func(r T) string { return r.Note })})
}

func milestones(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Milestone
	return build(p, "milestone", "工作步骤", p.Milestones.All(), []col[T]{whole("no", func(r T) int { return r.No }),
		text("window", 16, func(r T) string { return r.Window }), text("start", 12, func(r T) string { return string(r.Start) }),
		text("end", 12, func(r T) string { return string(r.End) }), text("content", 60, func(r T) string { return r.Content }),
		text("responsible", 20, func(r T) string { return join(r.Responsible) }), text("artefacts", 40, func(r T) string { return strings.Join(r.Artefacts, "、") }),
		text("systems", 20, func(r T) string { return join(r.Systems) }),
		choice(text("progress", 10, func(r T) string { return r.Progress }), "未开始", "进行中", "已完成"), text("note", 16, func(r T) string { return r.Note })})
}

func workflows(p *domain.Pilot) sheet.Sheet { return flowTable(pilot{p}, p.Workflows.All()) }

func flowTable(in pilot, list []*domain.Workflow) sheet.Sheet {
	type line struct {
		w *domain.Workflow
		s *domain.Step
	}
	var lines []line
	for _, w := range list {
		for i := range w.Steps {
			lines = append(lines, line{w, &w.Steps[i]})
		}
	}
	kinds := make([]string, len(domain.StepKinds))
	for i, k := range domain.StepKinds {
		kinds[i] = string(k)
	}
	return build(in.Pilot, "workflow", "工作流程", lines, []col[line]{text("unit", 24, func(l line) string { return in.unit(l.w.Unit) }),
		text("wcode", 10, func(l line) string { return l.w.Code }), text("workflow", 26, func(l line) string { return l.w.Name }),
		whole("version", func(l line) int { return l.w.Version }), text("state", 10, func(l line) string { return l.w.State }),
		whole("stepno", func(l line) int { return l.s.No }), text("name", 30, func(l line) string { return l.s.Name }),
		text("actor", 24, func(l line) string { return l.s.Actor }), text("inputs", 26, func(l line) string { return join(l.s.Inputs) }),
		text("outputs", 26, func(l line) string { return join(l.s.Outputs) }), text("limit", 16, func(l line) string { return l.s.Limit }),
		choice(text("kind", 8, func(l line) string { return string(l.s.Kind) }), kinds...),
		text("next", 14, func(l line) string { return nextOf(l.w, l.s) }),
		text("authorities", 24, func(l line) string { return in.refs(domain.KindAuthority, l.s.Authorities) }),
		text("note", 16, func(l line) string { return l.s.Note }), text("wnote", 16, func(l line) string { return l.w.Note }),
		machine(in.Pilot, "workflow", func(l line) domain.Record { return l.w }), machineItem(func(l line) string { return intake.MachineStep(in.Pilot, l.w, l.s) })})
}

// nextOf writes branches one a line: 是→4 ⏎ 否→5.
func nextOf(w *domain.Workflow, s *domain.Step) string {
	if len(s.Next) == 0 && s.Kind == domain.StepEnd {
		return "结束"
	}
	var parts []string
	for _, b := range s.Next {
		to := w.Step(b.To)
		switch {
		case to == nil:
		case b.Label == "":
			parts = append(parts, fmt.Sprint(to.No))
		default:
			parts = append(parts, fmt.Sprintf("%s→%d", b.Label, to.No))
		}
	}
	return join(parts)
}

func authorities(p *domain.Pilot) sheet.Sheet {
	return authorityTable(pilot{p}, p.Authorities.All())
}

func authorityTable(in pilot, list []*domain.Authority) sheet.Sheet {
	type T = *domain.Authority
	return build(in.Pilot, "authority", "职权目录", list, []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("unit", 24, func(r T) string { return in.unit(r.Unit) }), text("office", 18, func(r T) string { return r.Office }),
		text("name", 22, func(r T) string { return r.Name }), text("type", 10, func(r T) string { return r.Type }),
		text("basis", 40, func(r T) string { return join(r.Basis) }), text("workflow", 24, func(r T) string { return in.NameOf(domain.KindWorkflow, r.Workflow) }),
		text("publicity", 16, func(r T) string { return r.Publicity }), text("holder", 22, func(r T) string { return in.NameOf(domain.KindPost, r.Holder) }),
		text("points", 18, func(r T) string { return in.refs(domain.KindRiskPoint, r.Points) }), text("note", 16, func(r T) string { return r.Note })})
}

func points(p *domain.Pilot) sheet.Sheet {
	return build(p, "riskpoint", "风险点", p.RiskPoints.All(), pointCols(pilot{p}))
}

func pointCols(in pilot) []col[*domain.RiskPoint] {
	type T = *domain.RiskPoint
	status := func(r T) string {
		if r.Status == domain.PointActive {
			return "有效"
		}
		return string(r.Status)
	}
	return []col[T]{text("code", 10, func(r T) string { return r.Code }),
		text("unit", 22, func(r T) string { return in.unit(r.Unit) }), text("office", 14, func(r T) string { return r.Office }),
		text("post", 18, func(r T) string { return in.NameOf(domain.KindPost, r.Post) }),
		text("workflow", 22, func(r T) string { return in.NameOf(domain.KindWorkflow, r.Workflow) }),
		text("step", 24, func(r T) string { return in.NameOf(domain.KindStep, r.Step) }),
		choice(text("category", 10, func(r T) string { return r.Category }), domain.Categories...),
		text("name", 30, func(r T) string { return r.Name }), text("description", 46, func(r T) string { return r.Description }),
		text("causes", 36, func(r T) string { return r.Causes }), text("consequence", 30, func(r T) string { return r.Consequence }),
		choice(whole("likelihood", func(r T) int { return r.Likelihood }), "1", "2", "3", "4", "5"),
		choice(whole("impact", func(r T) int { return r.Impact }), "1", "2", "3", "4", "5"),
		text("level", 9, func(r T) string { return r.SelfLevel }), text("owner", 20, func(r T) string { return r.Owner }),
		text("due", 14, func(r T) string { return r.Due.String() }), text("head", 14, func(r T) string { return r.UnitHead }),
		text("leader", 16, func(r T) string { return r.Leader }), text("channels", 16, func(r T) string { return strings.Join(r.Channels, "、") }),
		text("status", 9, status), text("into", 10, func(r T) string { return in.NameOf(domain.KindRiskPoint, r.MergedInto) }),
		text("note", 16, func(r T) string { return r.Note })}
}

func measures(p *domain.Pilot) sheet.Sheet {
	return measureTable(pilot{p}, sortedMeasures(pilot{p}))
}

// sortedMeasures orders the measures by risk point and number.
func sortedMeasures(in pilot) []*domain.Measure {
	list := slices.Clone(in.Measures.All())
	slices.SortStableFunc(list, func(a, b *domain.Measure) int {
		if c := domain.CompareCodes(in.NameOf(domain.KindRiskPoint, a.Point), in.NameOf(domain.KindRiskPoint, b.Point)); c != 0 {
			return c
		}
		return a.No - b.No
	})
	return list
}

func measureTable(in pilot, list []*domain.Measure) sheet.Sheet {
	type T = *domain.Measure
	return build(in.Pilot, "measure", "防范措施", list, []col[T]{text("point", 10, func(r T) string { return in.NameOf(domain.KindRiskPoint, r.Point) }),
		whole("item", func(r T) int { return r.No }), text("content", 60, func(r T) string { return r.Content }),
		text("mkind", 12, func(r T) string { return r.Kind }), text("step", 40, func(r T) string { return in.StepPhrase(r.Step) }),
		text("owner", 22, func(r T) string { return r.Owner }), text("due", 14, func(r T) string { return r.Due.String() }),
		text("trace", 20, func(r T) string { return r.Evidence }), text("mnote", 16, func(r T) string { return r.Note })})
}
