package intake

import (
	"slices"

	"lianshao/app"
	"lianshao/domain"
)

// barred knows the records that an import may not change as it would: what was
// published, issued or answered. A row that tries is taken back whole and refused at
// its cell; the others go on.
type barred struct {
	why  map[domain.ID]error
	puts []putting // of the row being read
}

// putting is one record put in place of another; before is nil for a new one.
type putting struct{ before, after domain.Record }

// watch tells of every record put, and keeps what the row being read puts.
func (b *builder) watch(heard func(before, after domain.Record)) {
	if b.barred == nil {
		b.d.Watch(heard)
		return
	}
	b.d.Watch(func(before, after domain.Record) {
		if before != after {
			b.barred.puts = append(b.barred.puts, putting{before, after})
		}
		if heard != nil {
			heard(before, after)
		}
	})
}

// guarded reads a row and takes it back when it changes what may not be changed.
func (r *run) guarded(w *row, visit func(*row) result) result {
	if r.barred == nil {
		return visit(w)
	}
	r.barred.puts = nil
	res := visit(w)
	puts := r.barred.puts
	for _, x := range puts {
		if why := r.barred.why[x.after.RecordID()]; why != nil && x.before != nil {
			r.takeBack(puts)
			field := fieldOfChange(x)
			return r.refuse(w, field, w.get(r.at(field)), "%s", app.Sentence(why))
		}
	}
	return res
}

func (r *run) takeBack(puts []putting) {
	for _, x := range slices.Backward(puts) {
		t := r.d.Table(x.after.RecordKind())
		if x.before == nil {
			t.Delete(x.after.RecordID())
		} else {
			t.PutRecord(x.before)
		}
	}
}

// fieldOfChange is the column of a form that a refused change comes from.
func fieldOfChange(x putting) string {
	switch after := x.after.(type) {
	case *domain.RiskPoint:
		before, _ := x.before.(*domain.RiskPoint)
		switch domain.PublishedDifference(before, after) {
		case "风险点":
			return "name"
		case "整条":
			return "status"
		}
		return "description"
	case *domain.Measure:
		return "measures"
	case *domain.Opinion:
		return "decision"
	case *domain.Disclosure:
		return "disclosure"
	}
	return "code"
}
