package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

var revisionTypes = map[string]string{"增": domain.RevisionAdd, "增加": domain.RevisionAdd, "新增": domain.RevisionAdd,
	"改": domain.RevisionEdit, "修改": domain.RevisionEdit, "并": domain.RevisionMerge, "合并": domain.RevisionMerge,
	"删": domain.RevisionRemove, "删除": domain.RevisionRemove, "撤销": domain.RevisionRemove}

// readRevisions records what was revised and carries it out on the points and
// measures, once: a revision that is already recorded is not carried out again.
func (r *run) readRevisions() {
	n := 0
	r.rows([]string{"point", "type"}, func(w *row) result {
		n++
		code := w.raw(r.at("code"))
		if code == "" {
			no, ok := parseWhole(w.number(r.at("no")))
			if !ok {
				no = n
			}
			code = fmt.Sprintf("XD-%02d", no)
		}
		if r.twice(w, "code", code, code) {
			return refused
		}
		old, exists := known(r, w, r.d.Revisions, code)
		rv := begin(r, w, old, exists, &domain.Revision{}, "point")
		rv.Code = code
		if res := r.fillRevision(w, rv); res != 0 {
			return res
		}
		if applied := w.get(r.at("applied")); !exists && applied != "是" {
			if res := r.carryOut(w, rv); res != 0 {
				return res
			}
		}
		return put(r.d.Revisions, old, exists, rv)
	})
}

func (r *run) fillRevision(w *row, rv *domain.Revision) result {
	kind := w.get(r.at("type"))
	t, ok := revisionTypes[kind]
	if !ok {
		return r.refuse(w, "type", kind, "修订类型应为增、改、并、删之一，现为“%s”", kind)
	}
	rv.Type = t
	point := w.get(r.at("point"))
	ref := r.link(domain.KindRiskPoint, domain.Ref{}, point)
	if ref.ID == "" {
		if t == domain.RevisionAdd {
			return r.refuse(w, "point", point, "没有找到新增的风险点“%s”，请同时导入“新增风险点”表，或先登记这个风险点", point)
		}
		return r.refuse(w, "point", point, "没有编号为“%s”的风险点，不能修订，请先导入风险点表", point)
	}
	rv.Point = ref
	if s := w.get(r.at("disclosure")); s != "" {
		if d := r.disclosure(s, r.from(w, "disclosure")); !d.IsZero() {
			rv.Disclosure = d
		}
	}
	r.setText(w, "field", &rv.Field)
	r.setText(w, "item", &rv.Item)
	r.setRefs(w, "opinions", domain.KindOpinion, domain.Ref{}, &rv.Opinions)
	r.setText(w, "before", &rv.Before)
	r.setText(w, "after", &rv.After)
	r.setText(w, "reason", &rv.Reason)
	r.setText(w, "by", &rv.By)
	r.setText(w, "note", &rv.Note)
	if !r.setDay(w, "date", &rv.Date) {
		return refused
	}
	return 0
}

func (r *run) carryOut(w *row, rv *domain.Revision) result {
	pt, ok := r.d.RiskPoints.Get(rv.Point.ID)
	if !ok {
		return r.refuse(w, "point", "", "没有找到要修订的风险点")
	}
	next := pt.Clone().(*domain.RiskPoint)
	switch rv.Type {
	case domain.RevisionAdd:
		return 0 // the point itself came with its form
	case domain.RevisionRemove:
		if strings.HasPrefix(rv.Field, "防范措施") || strings.Contains(rv.Field, "措施") {
			return r.reviseMeasure(w, rv, pt)
		}
		next.Status = domain.PointRemoved
	case domain.RevisionMerge:
		into, ok := r.mergedInto(rv, pt)
		if !ok {
			return r.refuse(w, "after", rv.After, "合并修订的“修订后”应写明并入哪个风险点（如 并入 SB-11），现为“%s”", rv.After)
		}
		next.Status, next.MergedInto = domain.PointMerged, domain.To(into)
	default:
		if strings.Contains(rv.Field, "措施") {
			return r.reviseMeasure(w, rv, pt)
		}
		if res := r.reviseField(w, rv, next); res != 0 {
			return res
		}
	}
	if !domain.Equal(pt, next) {
		r.d.RiskPoints.Put(next)
	}
	return 0
}

// mergedInto finds the code of another point in the words of a merge.
func (r *run) mergedInto(rv *domain.Revision, pt *domain.RiskPoint) (domain.ID, bool) {
	words := strings.FieldsFunc(rv.After, func(c rune) bool { return c > 0x7e || c == ' ' || c == ',' || c == ';' })
	for _, word := range words {
		if other, ok := r.d.RiskPoints.ByKey(word); ok && other.ID != pt.ID {
			return other.ID, true
		}
	}
	return "", false
}

// reviseField overwrites one text of the point.
func (r *run) reviseField(w *row, rv *domain.Revision, pt *domain.RiskPoint) result {
	fm := FormOf("riskpoint")
	var dst *string
	field := fm.lookup(headerKey(rv.Field))
	switch field {
	case "description":
		dst = &pt.Description
	case "name":
		dst = &pt.Name
	case "owner":
		dst = &pt.Owner
	case "causes":
		dst = &pt.Causes
	case "consequence":
		dst = &pt.Consequence
	case "category":
		dst = &pt.Category
	case "level":
		dst = &pt.SelfLevel
	case "note":
		dst = &pt.Note
	case "due":
		pt.Due = r.due(w, "after", rv.After)
		return 0
	case "likelihood", "impact":
		n, ok := parseScale(rv.After)
		if !ok {
			return r.refuse(w, "after", rv.After, "%s应为 1–5 的整数，现为“%s”", fm.Header(field), rv.After)
		}
		if field == "likelihood" {
			pt.Likelihood = n
		} else {
			pt.Impact = n
		}
		return 0
	default:
		r.warn(w, "field", "修订内容“%s”不能自动改到风险点上，已登记修订记录，请到风险点表中修改", rv.Field)
		return 0
	}
	r.checkBefore(w, rv, *dst)
	derived := pt.Name == domain.ShortName(pt.Description)
	*dst = rv.After
	if field == "description" && derived {
		pt.Name = domain.ShortName(pt.Description)
	}
	return 0
}

func (r *run) checkBefore(w *row, rv *domain.Revision, now string) {
	now = trimMeasure(now)
	if rv.Before != "" && trimMeasure(rv.Before) != now && trimMeasure(rv.After) != now {
		r.warn(w, "before", "“修订前”与登记的内容不一致（登记的是“%s”），已按“修订后”修改", now)
	}
}

// reviseMeasure changes, adds or drops a measure: 第2条, 新增.
func (r *run) reviseMeasure(w *row, rv *domain.Revision, pt *domain.RiskPoint) result {
	ms := r.d.Measures.By(domain.ByPoint, pt.ID)
	if rv.Item == "新增" || rv.Item == "" && rv.Before == "" {
		no := 1
		for _, m := range ms {
			if m.Content == trimMeasure(rv.After) {
				return 0 // the measures were read from a form that has it already
			}
			no = max(no, m.No+1)
		}
		m := newMeasure(pt, no, trimMeasure(rv.After))
		m.SetBase(r.env.IDs(), r.from(w, "after"))
		r.d.Measures.Put(m)
		return 0
	}
	no := ordinal(rv.Item)
	i := slices.IndexFunc(ms, func(m *domain.Measure) bool { return m.No == no })
	if i < 0 {
		return r.refuse(w, "item", rv.Item, "风险点 %s 没有%s措施，不能修订", pt.Code, rv.Item)
	}
	r.checkBefore(w, rv, ms[i].Content)
	if rv.Type == domain.RevisionRemove {
		r.d.Measures.Delete(ms[i].ID)
		return 0
	}
	m := ms[i].Clone().(*domain.Measure)
	m.Content = trimMeasure(rv.After)
	r.d.Measures.Put(m)
	return 0
}
