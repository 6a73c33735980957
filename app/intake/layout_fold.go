package intake

import (
	"slices"
	"strings"
)

// fold joins rows that go on with the record above: their keys are empty or
// covered by its merged area, and they hold nothing but pieces of lists.
func (l *layout) fold() {
	keys := l.keyColumns()
	if keys == nil {
		return
	}
	var kept []row
	var pieces map[string][]string
	var rows []row
	flush := func() {
		if each := l.charges(rows); each != nil {
			rec := &kept[len(kept)-1]
			rec.each, pieces["due"] = each, nil
			if c := l.at("due"); c >= 0 {
				rec.cells[c] = ""
			}
		}
		for field, parts := range pieces {
			if len(parts) > 1 {
				kept[len(kept)-1].cells[l.cols[field]] = joinList(field, parts)
			}
		}
		pieces = nil
	}
	for i := range l.rows {
		w := l.rows[i]
		if n := len(kept); n > 0 && w.no > kept[n-1].no && !isRemark(w.first()) {
			if fields := l.continuation(&w, &kept[n-1]); fields != nil {
				if pieces == nil {
					pieces = map[string][]string{}
					for f := range l.cols {
						pieces[f] = []string{kept[n-1].raw(l.cols[f])}
					}
					rows = []row{kept[n-1]}
					rows[0].cells = slices.Clone(rows[0].cells)
				}
				rows = append(rows, w)
				for _, f := range fields {
					pieces[f] = append(pieces[f], w.raw(l.cols[f]))
				}
				continue
			}
		}
		if pieces != nil {
			flush()
		}
		kept = append(kept, w)
	}
	if pieces != nil {
		flush()
	}
	l.rows = kept
}

// charges are owner and date of each measure of a record whose rows differ in the
// date: then every measure has its own. nil when one date holds for all.
func (l *layout) charges(rows []row) (out []charge) {
	measures, owner, due := l.at("measures"), l.at("owner"), l.at("due")
	if measures < 0 || due < 0 {
		return nil
	}
	dates := map[string]bool{}
	for i := range rows {
		w := &rows[i]
		items := splitMeasures(w.raw(measures))
		if len(items) == 0 {
			return nil
		}
		dates[w.get(due)] = true
		for range items {
			out = append(out, charge{w.get(owner), w.get(due)})
		}
	}
	if len(dates) < 2 {
		return nil
	}
	return out
}

// continuation tells which fields of a row go on with those of the record; nil
// when the row is a record of its own or nothing.
func (l *layout) continuation(w, rec *row) (fields []string) {
	if l.ours(w) || cardLabels[headerKey(firstOf(l.written(w)))] {
		return nil
	}
	listed := listFields[l.g.Form.ID]
	code, name, text := l.at("code"), l.at("name"), l.at("description")
	blank := func(c int) bool { return c < 0 || w.raw(c) == "" }
	covered := func(c int) bool { return c >= 0 && w.raw(c) == "" && w.get(c) != "" && w.get(c) == rec.get(c) }
	also := "" // a text field that goes on as well
	switch {
	case l.g.Form.ID == "riskpoint" && blank(code) && blank(name) && !blank(text):
		scored := !blank(l.at("level")) || !blank(l.at("likelihood")) || !blank(l.at("impact")) || !blank(l.at("category"))
		if !covered(code) && (code >= 0 || !covered(name) || scored) || scored {
			return nil
		}
		also = "description"
	case l.g.Form.ID == "riskpoint":
		if !blank(code) || !blank(name) || !blank(text) {
			return nil
		}
	default:
		for _, c := range l.keyColumns() {
			if !blank(c) {
				return nil
			}
		}
	}
	for c, cell := range w.cells {
		if trim(cell) == "" || c >= l.base && !l.made(c) {
			continue
		}
		field := l.fieldAt(c)
		if field == "" && (l.hidden(c) || trim(cell) == rec.raw(c)) {
			continue // part of a composite column, or the same again
		}
		if !listed[field] && field != also || field == "" {
			return nil
		}
		fields = append(fields, field)
	}
	return fields
}

// made reports whether a made-up column holds pieces of its own row.
func (l *layout) made(c int) bool {
	f := l.fieldAt(c)
	return listFields[l.g.Form.ID][f]
}

// hidden reports whether a column's content lives on in a made-up one.
func (l *layout) hidden(c int) bool {
	f := l.g.columnField(c)
	f, _, _ = strings.Cut(f, "=")
	return f != "" && l.at(f) >= l.base
}

func (l *layout) fieldAt(c int) string {
	for f, at := range l.cols {
		if at == c && !strings.Contains(f, "=") {
			return f
		}
	}
	return ""
}
