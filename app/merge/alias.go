package merge

import (
	"maps"
	"slices"
	"strings"

	"lianshao/domain"
)

// Records of two pilots that were found to be the same stay the same: the MergeMark
// keeps that as an alias. Aliases travel with the pilot that holds them, so whoever
// merges it takes over which records are which, and who had both until then has one.

// aliasesOf lists what the merges into a pilot found out.
func aliasesOf(p *domain.Pilot) idMap {
	out := idMap{}
	for _, mm := range p.MergeMarks.All() {
		for _, from := range slices.Sorted(maps.Keys(mm.Alias)) {
			out.lead(from, mm.Alias[from])
		}
	}
	return out
}

// end is where an ID leads to at last, itself when nowhere.
func (m idMap) end(id domain.ID) domain.ID {
	for {
		to, ok := m[id]
		if !ok {
			return id
		}
		id = to
	}
}

// lead makes an ID lead to another, unless that is so already.
func (m idMap) lead(from, to domain.ID) {
	if a, b := m.end(from), m.end(to); a != b {
		m[a] = b
	}
}

// learn takes over the aliases that the source holds.
func (b *bringing) learn() {
	ids := idMap{} // of records and steps that are here under two IDs
	theirs := aliasesOf(b.s.Pilot)
	for _, x := range slices.Sorted(maps.Keys(theirs)) {
		from, to := b.alias.end(x), b.alias.end(theirs[x])
		if from == to {
			continue
		}
		one, two := b.kindOf(from), b.kindOf(to)
		switch {
		case one != "" && two != "" && one != two:
			continue // no merge says so
		case one != "" && two != "":
			from, to = max(from, to), min(from, to)
			ids[from] = to
		case one != "":
			from, to = to, from
		}
		b.alias[from] = to
		b.learned[from] = to
		b.buryAlias(from, to)
	}
	if len(ids) > 0 {
		b.unite(ids)
	}
}

// kindOf finds what an ID stands for here, "" when nothing.
func (st *state) kindOf(id domain.ID) domain.Kind {
	if _, _, ok := st.d.StepOf(id); ok {
		return domain.KindStep
	}
	for _, t := range st.d.Tables() {
		if _, ok := t.Record(id); ok {
			return t.Kind()
		}
	}
	return ""
}

// buryAlias lets what is known of a deleted record count for the one that it is.
func (st *state) buryAlias(from, to domain.ID) {
	for _, t := range st.d.Tables() {
		if known := st.lastKnown(key{t.Kind(), from}); known != nil {
			st.bury(key{t.Kind(), to}, known)
		}
	}
}

// unite makes one of two records here, as if the one came from elsewhere.
func (b *bringing) unite(ids idMap) {
	for id := range ids {
		ids[id] = b.alias.end(id)
	}
	for _, t := range b.d.Tables() {
		for _, from := range slices.Sorted(maps.Keys(ids)) {
			r, ok := t.Record(from)
			if !ok {
				continue
			}
			k := key{t.Kind(), ids[from]}
			to, _ := t.Record(k.id)
			theirs, known := ids.bring(r, b.known(key{t.Kind(), from}, r))
			mine, _ := ids.bring(to, b.known(k, to))
			b.both(k, mine, theirs, known)
			t.Delete(from)
		}
	}
	b.redirect(ids)
}

// redirect leads every reference to a record that is another now to that.
func (b *bringing) redirect(ids idMap) {
	for _, t := range b.d.Tables() {
		if t.Kind() == domain.KindMergeMark {
			continue
		}
		var changed []domain.Record
		t.Each(func(r domain.Record) bool {
			if ids.mentioned(r) {
				k := key{t.Kind(), r.RecordID()}
				c, known := ids.bring(r, b.known(k, r))
				b.tracks.of(k).regs = known
				if base := domain.BaseOf(c); base.Stamp != "" || k.kind == domain.KindWorkflow {
					base.Stamp = known.String()
				}
				changed = append(changed, c)
			}
			return true
		})
		for _, c := range changed {
			t.PutRecord(c)
		}
	}
}

// bring gives a record, and what is known of its fields, under the IDs that they lead
// to. Of two steps that become one the one that was written later stays.
func (m idMap) bring(r domain.Record, known regs) (domain.Record, regs) {
	w, ok := r.(*domain.Workflow)
	if !ok || len(m) == 0 {
		return m.remap(r), known
	}
	w = w.Clone().(*domain.Workflow)
	at := func(s *domain.Step) stamp { return known.at(stepField + string(s.ID)) }
	last := map[domain.ID]int{} // of those that become one
	for i := range w.Steps {
		to := m.end(w.Steps[i].ID)
		if k, two := last[to]; !two || at(&w.Steps[i]).compare(at(&w.Steps[k])) > 0 {
			last[to] = i
		}
	}
	var steps []domain.Step
	for i := range w.Steps {
		if last[m.end(w.Steps[i].ID)] == i {
			steps = append(steps, w.Steps[i])
		}
	}
	w.Steps = steps
	return m.remap(w), m.remapFields(known)
}

// remapFields is for workflows: the names of their fields hold the IDs of steps.
func (m idMap) remapFields(known regs) regs {
	out := make(regs, len(known))
	for f, w := range known {
		if id, ok := strings.CutPrefix(f, stepField); ok {
			f = stepField + string(m.end(domain.ID(id)))
		}
		if out[f] != nil {
			c := w.clone()
			c.join(out[f])
			w = c
		}
		out[f] = w
	}
	return out
}

// stepField begins the names of a workflow's fields that are steps.
const stepField = "steps/"
