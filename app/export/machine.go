package export

import (
	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/domain"
)

// machine is the hidden column of the records that rows are about.
func machine[T any](p *domain.Pilot, form string, of func(T) domain.Record) col[T] {
	return hiddenText("machine", func(it T) string { return intake.Machine(p, form, of(it)) })
}

// machineItem is the hidden column of what the row is about within its record.
func machineItem[T any](get func(T) string) col[T] { return hiddenText("machineitem", get) }

func hiddenText[T any](field string, get func(T) string) col[T] {
	c := text(field, 4, get)
	c.hidden, c.closed = true, true
	return c
}

// papers lists the issued warnings. They are changed by what is registered of them,
// never by a table.
func papers(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Warning
	in := pilot{p}
	point := func(r T) string {
		if x, ok := p.RiskPoints.Get(r.Point.ID); ok {
			return x.Code + " " + x.Name
		}
		return r.Point.Text
	}
	s := build(p, "paper", "预警", p.Warnings.All(), []col[T]{text("paper", 18, func(r T) string { return r.Code }), text("unit", 24, func(r T) string { return in.unit(r.Unit) }),
		text("name", 36, point), text("level", 10, func(r T) string { return r.Level }), text("issued", 12, func(r T) string { return string(r.Issued) }),
		text("signer", 14, func(r T) string { return r.Signer }), text("state", 12, func(r T) string { return r.State }), text("basis", 50, func(r T) string { return r.Basis }),
		machine(p, "paper", func(r T) domain.Record { return r })})
	s.Title = []string{"预警", "签发了的预警不能在表格里改；带到另一个试点时原样收下。"}
	return s
}

func holidays(p *domain.Pilot) sheet.Sheet {
	type T = *domain.Holiday
	work := func(r T) string { return map[bool]string{true: "是", false: "否"}[r.Workday] }
	return build(p, "holiday", "节假日", p.Holidays.All(), []col[T]{text("date", 14, func(r T) string { return string(r.Date) }),
		text("name", 24, func(r T) string { return r.Name }), choice(text("work", 12, work), "是", "否")})
}

// records is the hidden sheet of what has no table: what the pilot has learned of
// tables and of other pilots, and what is too long for a row's hidden cell.
func records(p *domain.Pilot) sheet.Sheet {
	type line struct {
		kind    domain.Kind
		id      domain.ID
		content string
	}
	var lines []line
	add := func(form string, r domain.Record) {
		for _, piece := range intake.RecordPieces(p, form, r) {
			lines = append(lines, line{r.RecordKind(), r.RecordID(), piece})
		}
	}
	for _, k := range intake.LearnedKinds() {
		p.Table(k).Each(func(r domain.Record) bool { add("record", r); return true })
	}
	seen := map[domain.Kind]bool{}
	for _, fm := range intake.Forms() {
		if t := p.Table(fm.Kind); t != nil && fm.Kept() && !seen[fm.Kind] {
			seen[fm.Kind] = true
			t.Each(func(r domain.Record) bool {
				if intake.MachineRest(p, fm.ID, r) != "" {
					add(fm.ID, r)
				}
				return true
			})
		}
	}
	s := build(p, "record", intake.RecordSheet[:len("仅供机器")], lines, []col[line]{text("kind", 16, func(l line) string { return string(l.kind) }),
		text("id", 30, func(l line) string { return string(l.id) }), text("content", 60, func(l line) string { return l.content })})
	s.Title, s.Hidden = []string{intake.RecordSheet}, true
	return s
}
