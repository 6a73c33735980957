package merge

import "lianshao/domain"

// settle makes references good when all is in: those to what is not here become
// its name, names that mean something now become references.
func (st *state) settle() {
	st.found()
	for _, t := range st.d.Tables() {
		var loose []domain.Record
		t.Each(func(r domain.Record) bool {
			if st.dangles(r) {
				c := r.Clone()
				c.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
					if name := st.nameOf(k, ref.ID); name != "" && !st.there(k, ref.ID) {
						*ref = domain.Named(name)
					}
				})
				loose = append(loose, c)
			}
			return true
		})
		for _, r := range loose {
			st.d.Put(r)
		}
	}
	st.d.LinkAll()
}

// called is a name that stands for a record of a kind.
type called struct {
	kind domain.Kind
	name string
}

// found leads references, which kept the name of a record while it was deleted, back
// to it.
func (st *state) found() {
	if len(st.back) == 0 {
		return
	}
	of := func(k domain.Kind, ref *domain.Ref) (domain.ID, bool) {
		id, ok := st.back[called{k, ref.Text}]
		return id, ok && ref.ID == ""
	}
	for _, t := range st.d.Tables() {
		var again []domain.Record
		t.Each(func(r domain.Record) bool {
			any := false
			r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
				_, ok := of(k, ref)
				any = any || ok
			})
			if any {
				c := r.Clone()
				c.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
					if id, ok := of(k, ref); ok {
						*ref = domain.To(id)
					}
				})
				again = append(again, c)
			}
			return true
		})
		for _, r := range again {
			st.d.Put(r)
		}
	}
}

func (st *state) dangles(r domain.Record) (found bool) {
	r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) { found = found || !st.there(k, ref.ID) })
	return found
}

func (st *state) there(k domain.Kind, id domain.ID) bool {
	if id == "" {
		return true
	}
	if k == domain.KindStep {
		_, _, ok := st.d.StepOf(id)
		return ok
	}
	_, ok := st.d.Get(k, id)
	return ok
}

// nameOf is what a record that is not here is called, by whoever has it.
func (st *state) nameOf(k domain.Kind, id domain.ID) string {
	if name := st.cut[id]; name != "" {
		return name
	}
	for _, m := range st.done {
		if name := m.from.NameOf(k, domain.To(id)); name != "" {
			return name
		}
	}
	return ""
}
