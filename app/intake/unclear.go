package intake

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"lianshao/app/parts"
	"lianshao/domain"
)

// unclear lists the fields of a record that a cell's text does not lead back to:
// spaces at the ends, lists whose items hold separators, names that two records
// have. They travel hidden beside the text.
func unclear(p *domain.Pilot, r domain.Record) []string {
	out := append(unclearText(r), parts.Holding(r, unclearRefs(p, r))...)
	if pt, ok := r.(*domain.RiskPoint); ok && pt.Category != "" {
		if c, known := parseCategory(pt.Category); !known || c != pt.Category { // would be asked about
			out = append(out, "category")
		}
	}
	return out
}

// unclearStep is unclear for a step, given as it stands in its workflow.
func unclearStep(p *domain.Pilot, w *domain.Workflow, s *domain.Step) []string {
	return append(unclearText(s), parts.Holding(s, unclearRefs(p, w))...)
}

// unclearRefs lists the references whose target's name means another one, or none.
func unclearRefs(p *domain.Pilot, r domain.Record) (out []*domain.Ref) {
	r.EachRef(func(k domain.Kind, ctx domain.Ref, ref *domain.Ref) {
		if ref.ID == "" {
			if ref.Text != "" { // a form may refuse a name that it does not know
				out = append(out, ref)
			}
			return
		}
		text := p.NameOf(k, *ref)
		if k == domain.KindStep && r.RecordKind() == domain.KindMeasure {
			text = p.StepPhrase(*ref)
		}
		if id, ok := p.Resolve(k, ctx, text); !ok || id != ref.ID || !oneItem(text) {
			out = append(out, ref)
		}
	})
	return out
}

// unclearText lists the texts, lists and dates of a struct that a cell does not give
// back exactly.
func unclearText(item any) []string {
	return parts.Where(item, func(v reflect.Value) bool {
		switch x := v.Interface().(type) {
		case []string:
			return slices.ContainsFunc(x, func(s string) bool { return !oneItem(s) })
		case domain.Due:
			back, _ := parseDue(shown(x.String()), 0, false)
			return back != x
		case float64:
			short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
			return err != nil || short != x // a cell keeps 15 digits
		case domain.Date, domain.Ref:
			return false
		}
		return v.Kind() == reflect.String && (shown(v.String()) != v.String() || isNothing(v.String()))
	})
}

// oneItem reports whether a text stays one item in a list.
func oneItem(s string) bool { return slices.Equal(domain.SplitList(s), []string{s}) }

// shown is a text as a cell gives it back.
func shown(s string) string {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\n' && s[i] != '\t' {
			s = strings.ReplaceAll(s, "\r\n", "\n")
			s = strings.Map(func(c rune) rune {
				switch {
				case c == '\r':
					return '\n'
				case c < ' ' && c != '\n' && c != '\t':
					return -1
				}
				return c
			}, s)
			break
		}
	}
	return trim(s)
}

// setTo gives a text another value unless the cell shows it already.
func setTo(dst *string, s string) {
	if s != shown(*dst) {
		*dst = s
	}
}

// shows reports whether a cell's text is what a reference is shown as: then it is
// not changed, whatever else has that name.
func (r *run) shows(s string, k domain.Kind, ref domain.Ref) bool {
	if ref.ID == "" {
		return s == shown(ref.Text)
	}
	return s == shown(r.d.NameOf(k, ref)) || k == domain.KindStep && s == shown(r.d.StepPhrase(ref))
}

// showsAll is shows for a list.
func (r *run) showsAll(s string, k domain.Kind, refs []domain.Ref) bool {
	if s == shown(r.d.NamesOf(k, refs)) {
		return true
	}
	list := domain.SplitList(s)
	if len(list) != len(refs) {
		return false
	}
	for i, ref := range refs {
		if !r.shows(list[i], k, ref) && list[i] != r.d.CodeOf(k, ref) {
			return false
		}
	}
	return true
}
