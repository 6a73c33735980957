package intake

import (
	"fmt"

	"lianshao/domain"
)

// readSanctions reads the register of rewards and punishments.
func (r *run) readSanctions() {
	n := r.d.Sanctions.Len()
	r.rows([]string{"form", "basis"}, func(w *row) result {
		fresh := &domain.Sanction{Form: w.get(r.at("form"))}
		if fresh.Form == "" {
			return r.refuse(w, "form", "", "没有写奖惩的形式")
		}
		name := r.unitOf(w)
		if name == "" {
			return r.refuse(w, "unit", "", "看不出是哪个部门的奖惩")
		}
		fresh.Unit = r.link(domain.KindUnit, domain.Ref{}, name)
		r.setRef(w, "post", domain.KindPost, fresh.Unit, &fresh.Post)
		switch kind := w.get(r.at("reward")); kind {
		case "奖励", "奖":
			fresh.Reward = true
		case "惩处", "惩", "处罚":
		default:
			return r.refuse(w, "reward", kind, "奖惩应为“奖励”或“惩处”，现为“%s”", kind)
		}
		if !r.setDay(w, "date", &fresh.Date) {
			return refused
		}
		if r.twice(w, "form", fresh.Natural(), name+" "+fresh.Form) {
			return refused
		}
		old, exists := known(r, w, r.d.Sanctions, fresh.Natural())
		x := begin(r, w, old, exists, fresh, "form")
		x.Reward, x.Date = fresh.Reward, fresh.Date
		setTo(&x.Form, fresh.Form)
		moveTo(&x.Unit, fresh.Unit)
		r.setRef(w, "post", domain.KindPost, fresh.Unit, &x.Post)
		if code := w.raw(r.at("code")); code != "" {
			x.Code = code
		} else if x.Code == "" {
			n++
			x.Code = fmt.Sprintf("JC-%02d", n)
		}
		r.setText(w, "basis", &x.Basis)
		r.setText(w, "by", &x.By)
		r.setText(w, "note", &x.Note)
		return put(r.d.Sanctions, old, exists, x)
	})
}
