package intake

import (
	"cmp"
	"slices"
	"strings"

	"lianshao/domain"
)

// learn keeps what a person corrected: the mapping of this layout, and the
// header words that were explained.
func (b *builder) learn(g *SheetGuess) {
	l, ok := g.Layout()
	if !ok {
		return
	}
	if old, there := b.d.Layouts.ByKey(l.Fingerprint); there {
		l.Base = old.Base
		if !domain.Equal(old, l) {
			b.d.Layouts.Put(l)
		}
	} else {
		l.SetBase(b.env.IDs(), g.Book.File+" "+g.Sheet.Name)
		b.d.Layouts.Put(l)
	}
	for _, w := range g.learned() {
		if old, there := b.d.Synonyms.ByKey(w.Natural()); there {
			w.Base = old.Base
			if old.Field == w.Field {
				continue
			}
		} else {
			w.SetBase(b.env.IDs(), g.Book.File+" "+g.Sheet.Name)
		}
		b.d.Synonyms.Put(w)
	}
}

// Layout gives the guess's mapping to be remembered; ok is false when there is
// nothing a person corrected.
func (g *SheetGuess) Layout() (l *domain.Layout, ok bool) {
	if !g.Corrected || g.Form == nil || g.header == nil || g.Skip {
		return nil, false
	}
	l = &domain.Layout{Fingerprint: g.header.signature(), Form: g.Form.ID, HeaderRow: g.HeaderRow}
	for i, c := range g.Columns {
		if c.Field != "" {
			l.Columns = append(l.Columns, domain.LayoutColumn{At: i + 1, Field: c.Field, Header: c.Header})
		}
	}
	for field, words := range g.Values {
		for written, meant := range words {
			l.Values = append(l.Values, domain.LayoutValue{Field: field, Written: written, Meant: meant})
		}
	}
	slices.SortFunc(l.Values, func(x, y domain.LayoutValue) int {
		return cmp.Or(cmp.Compare(x.Field, y.Field), cmp.Compare(x.Written, y.Written))
	})
	return l, len(l.Columns) > 0
}

func valuesOf(l *domain.Layout) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, v := range l.Values {
		if out[v.Field] == nil {
			out[v.Field] = map[string]string{}
		}
		out[v.Field][v.Written] = v.Meant
	}
	return out
}

// learned lists the header words a person has explained. Cross and ticked columns
// teach nothing, nor do words that the form knows: what such a column means in this
// layout is remembered with the layout, and elsewhere the word keeps its meaning.
func (g *SheetGuess) learned() (out []*domain.Synonym) {
	for _, c := range g.Columns {
		if !c.Learn || c.Field == "" || strings.ContainsAny(c.Field, ":=") || g.Form.lookup(headerKey(c.Header)) != "" {
			continue
		}
		w := &domain.Synonym{Form: g.Form.ID, Field: c.Field, Word: c.Header}
		if !slices.ContainsFunc(out, func(x *domain.Synonym) bool { return x.Word == w.Word }) {
			out = append(out, w)
		}
	}
	return out
}
