package export

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/app/sheet"
	"lianshao/app/view"
	"lianshao/domain"
)

// LongColumns are the columns of the long table: a fact a row, the same columns
// whatever the pilot holds. Keys and kinds are those of the command line's list.
func LongColumns() []sheet.Column {
	text := func(key, note string, width float64) sheet.Column {
		return sheet.Column{Key: key, Header: key, Note: note, Width: width}
	}
	return []sheet.Column{text("school", "学校（汇总来的是那个学校）", 18), text("source", "来自哪个文件或试点", 24), text("unit", "部门", 18), text("kind", "记录的种类", 14),
		text("kind_name", "种类的中文名", 14), text("id", "记录的内部编号，不变", 28), text("code", "编号", 16), {Key: "round", Header: "round", Note: "评估轮次", Format: sheet.Int, Width: 8},
		text("field", "哪一项", 18), text("field_name", "哪一项的中文名", 16), text("item", "同一项有几个时，第几个；评分是指标代码", 10), text("value", "内容", 40),
		{Key: "number", Header: "number", Note: "内容是数时的数", Format: sheet.Float, Width: 10}, {Key: "date", Header: "date", Note: "内容是日期时的日期", Format: sheet.Date, Width: 12}}
}

// LongTable is the whole pilot as one long table. Of one that no sheet holds only so
// many rows are counted that it is seen: there may be many millions.
func LongTable(s *app.Session) sheet.Workbook {
	n := 0
	for range LongRows(s) {
		if n++; n > sheet.MaxRows {
			break
		}
	}
	return sheet.Workbook{Sheets: []sheet.Sheet{{Name: "long", Columns: LongColumns(), Rows: sheet.MadeOf(n, LongRows(s), func(row []any) []any { return row })}}}
}

// LongRows gives the long table's rows one after the other: every record by kind and
// code, every field that says something, then what the rounds of assessment come to
// (kind "result").
func LongRows(s *app.Session) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		f := &facts{p: s.Pilot, yield: yield, schools: schoolsOf(s.Pilot)}
		for _, k := range view.Kinds {
			list, ok := view.List(s.Pilot, k)
			if !ok || memory[k] {
				continue
			}
			for o := range list {
				if !f.object(k, o) {
					return
				}
			}
		}
		for _, a := range s.Pilot.Assessments.All() {
			if res := s.Result(a.No); res != nil && !f.results(a, res) {
				return
			}
		}
	}
}

// memory are the kinds that say nothing of the field, only how tables came in.
var memory = map[domain.Kind]bool{domain.KindLayout: true, domain.KindSynonym: true, domain.KindMergeMark: true}

// facts writes the facts of records.
type facts struct {
	p       *domain.Pilot
	yield   func([]any) bool
	schools []string // names of other schools that units begin with
	head    []any    // the columns that all facts of a record share
	kind    domain.Kind
}

// object writes every field of a record that says something.
func (f *facts) object(k domain.Kind, o view.Object) bool {
	id, _ := o.Get("id").(string)
	code, _ := o.Get("code").(string)
	f.begin(k, id, code, f.unitOf(k, o))
	if k == domain.KindIndicator { // it has no ID of its own: it came with its system
		if target, _ := o.Get("target").(string); target != "" {
			version, _ := o.Get("version").(int)
			if sys, ok := f.p.Systems.ByKey(target + "/" + strconv.Itoa(version)); ok {
				f.head[1] = sys.Origin
			}
		}
	}
	if round, ok := o.Get("round").(int); ok {
		f.head[7] = round
	}
	for _, x := range o {
		if x.Key == "id" || x.Key == "code" || x.Key == "stamp" {
			continue
		}
		if !f.value(x.Key, "", x.Value) {
			return false
		}
	}
	return true
}

// begin sets what all facts of a record share.
func (f *facts) begin(k domain.Kind, id, code, unit string) {
	source := ""
	if r, ok := f.p.Get(k, domain.ID(id)); ok {
		source = domain.BaseOf(r).Origin
	}
	if w, _, ok := f.p.StepOf(domain.ID(id)); ok && k == domain.KindStep {
		source = w.Origin
	}
	f.kind = k
	f.head = []any{f.schoolOf(unit, code), source, unit, string(k), k.String(), id, code, nil}
}

// value writes a value, a list item by item, an object key by key.
func (f *facts) value(field, item string, v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		if x == "" {
			return true
		}
		date := any(nil)
		if d, ok := domain.ParseDate(x, 0); ok && string(d) == x {
			date = d
		}
		return f.fact(field, item, x, nil, date)
	case int:
		return f.fact(field, item, strconv.Itoa(x), float64(x), nil)
	case float64:
		return f.fact(field, item, strconv.FormatFloat(x, 'g', -1, 64), x, nil)
	case bool:
		return f.fact(field, item, map[bool]string{true: "是", false: "否"}[x], nil, nil)
	case []string:
		for i, s := range x {
			if !f.value(field, at(item, i), s) {
				return false
			}
		}
	case []any:
		for i, s := range x {
			if !f.value(field, at(item, i), s) {
				return false
			}
		}
	case []view.Object:
		for i, s := range x {
			if !f.value(field, at(item, i), s) {
				return false
			}
		}
	case view.Object:
		for _, y := range x {
			if !f.value(field, within(item, y.Key), y.Value) {
				return false
			}
		}
	}
	return true
}

func at(item string, i int) string { return within(item, strconv.Itoa(i+1)) }

func within(item, key string) string {
	if item == "" {
		return key
	}
	return item + "." + key
}

func (f *facts) fact(field, item, text string, number, date any) bool {
	title := ""
	if x, ok := fields.Find(f.kind, field); ok {
		title = x.Title
	}
	return f.yield(append(slices.Clone(f.head), field, title, item, text, number, date))
}

// unitOf is the unit that a record belongs to, by itself or by its risk point.
func (f *facts) unitOf(k domain.Kind, o view.Object) string {
	if k == domain.KindUnit {
		name, _ := o.Get("name").(string)
		return name
	}
	if unit, _ := o.Get("unit").(string); unit != "" {
		if u, ok := f.p.Units.ByKey(unit); ok {
			return u.Name
		}
		return unit
	}
	for _, key := range []string{"point", "subject", "measure"} {
		code, _ := o.Get(key).(string)
		if key == "measure" && code != "" {
			code = code[:max(strings.LastIndexByte(code, '-'), 0)]
		}
		if r, ok := f.p.RiskPoints.ByKey(code); ok && code != "" {
			return f.p.NameOf(domain.KindUnit, r.Unit)
		}
	}
	return ""
}

// schoolsOf lists the other schools that were merged in: their codes begin so.
func schoolsOf(p *domain.Pilot) []string {
	var out []string
	for _, r := range p.RiskPoints.All() {
		if school, _, ok := strings.Cut(r.Code, "·"); ok && !slices.Contains(out, school) {
			out = append(out, school)
		}
	}
	return out
}

// schoolOf is the school a record was merged from, else the pilot's own.
func (f *facts) schoolOf(unit, code string) string {
	if school, _, ok := strings.Cut(code, "·"); ok {
		return school
	}
	for _, s := range f.schools {
		if strings.HasPrefix(unit, s) {
			return s
		}
	}
	return f.p.Info().School
}

// results writes what a round comes to: index, level and severity of every point.
func (f *facts) results(a *domain.Assessment, res *domain.RoundResult) bool {
	for i := range res.Points {
		o := &res.Points[i]
		f.begin(domain.KindRiskPoint, string(o.Point.ID), o.Point.Code, f.p.NameOf(domain.KindUnit, o.Point.Unit))
		f.head[3], f.head[4], f.head[7] = "result", "评估结果", a.No
		if !o.Complete {
			continue
		}
		if !f.value("score", "", o.Index) || !f.value("level", "", o.Level.Label) || !f.value("severity", "", o.Level.Severity) {
			return false
		}
	}
	return true
}
