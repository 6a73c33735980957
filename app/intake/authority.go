package intake

import (
	"fmt"

	"lianshao/domain"
)

func (r *run) readAuthorities() {
	r.tellAround(r.sheetPlace())
	r.rows([]string{"name"}, func(w *row) result {
		name, unit := w.get(r.at("name")), r.unitOf(w)
		switch {
		case name == "":
			return r.refuse(w, "name", "", "缺少权力名称")
		case unit == "":
			return r.refuse(w, "unit", "", "职权“%s”没有写明部门", name)
		}
		ref := domain.To(r.unit(unit, r.from(w, "unit")))
		key := string(ref.ID) + "/" + name
		if r.twice(w, "name", key, name) {
			return refused
		}
		old, exists := known(r, w, r.d.Authorities, key)
		a := begin(r, w, old, exists, &domain.Authority{Unit: ref, Name: name}, "name")
		setTo(&a.Name, name)
		moveTo(&a.Unit, ref)
		if code := w.get(r.at("code")); code != "" {
			a.Code = code
		} else if a.Code == "" {
			a.Code = r.authorityCode(w)
		}
		r.setPlain(w, "office", &a.Office)
		if a.Office == "" {
			a.Office = r.sheetOffice()
		}
		r.setPlain(w, "type", &a.Type)
		setList(w.get(r.at("basis")), lines, &a.Basis)
		r.setRef(w, "workflow", domain.KindWorkflow, ref, &a.Workflow)
		r.setText(w, "publicity", &a.Publicity)
		r.setRef(w, "holder", domain.KindPost, ref, &a.Holder)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &a.Points)
		r.setPlain(w, "note", &a.Note)
		if posts := r.d.Posts.By(domain.ByUnit, ref.ID); a.Holder.Text != "" && len(posts) > 0 {
			r.warn(w, "holder", "负责人“%s”不是%s已登记的岗位，先按文字保存%s", a.Holder.Text, r.d.NameOf(domain.KindUnit, ref), suggest(a.Holder.Text, posts))
		}
		return put(r.d.Authorities, old, exists, a)
	})
}

// authorityCode numbers a new authority by its line in the catalogue, or the
// next number that is free.
func (r *run) authorityCode(w *row) string {
	n, ok := parseWhole(w.number(r.at("no")))
	if !ok || n < 1 {
		n = r.d.Authorities.Len() + 1
	}
	taken := map[string]bool{}
	for _, a := range r.d.Authorities.All() {
		taken[a.Code] = true
	}
	for ; ; n++ {
		if code := fmt.Sprintf("QL-%02d", n); !taken[code] {
			return code
		}
	}
}
