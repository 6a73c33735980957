package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianshao/domain"
)

// Field is one column a form may have. Name is the stable English name used in
// reports and column maps; Header is the canonical Chinese header, the one that
// is written when the form is produced; the synonyms are read as the same.
type Field struct {
	Name     string
	Header   string
	Synonyms []string
}

// Form is one kind of sheet that is understood.
type Form struct {
	ID     string      // stable name: "riskpoint", "matrix", …
	Kind   domain.Kind // what --as and the report call it
	Title  string      // 风险点表
	Fields []Field
	// Cross says how columns that are no field of their own are read: marks by
	// indicator, readings by month, scores by unit or by assessor.
	Cross string
	need  [][]string        // every group must have one of its fields
	hints []string          // words in the title or the sheet's name that speak for the form
	lacks []string          // fields that speak against it
	weak  map[string]string // header words that may mean a field, when nothing else does: read and asked about
	keys  []string          // fields that make a row a record of its own; rows without may go on with the one above
	order int               // referred-to kinds are imported first
	names map[string]string
	own   map[string]string // the fields' own headers alone
}

// Prefixes of the fields of cross tables: "mark:A1", "reading:2025-05",
// "assessor:组长", "self:基建处", "confirmed:基建处".
const (
	CrossMark      = "mark"
	CrossReading   = "reading"
	CrossAssessor  = "assessor"
	CrossSelf      = "self"
	CrossConfirmed = "confirmed"
)

func f(name, header string, synonyms ...string) Field {
	return Field{Name: name, Header: header, Synonyms: synonyms}
}

var (
	noField   = f("no", "序号", "no")
	noteField = f("note", "备注", "说明事项", "remarks", "remark", "notes")
)

// Forms lists every form, in the order in which they are imported.
func Forms() []*Form { return forms }

// FormOf returns the form with the ID, or the first form of the kind; nil if none.
func FormOf(id string) *Form {
	for _, fm := range forms {
		if fm.ID == id {
			return fm
		}
	}
	for _, fm := range forms {
		if string(fm.Kind) == id {
			return fm
		}
	}
	return nil
}

// Header returns the canonical header of a field of the form.
func (fm *Form) Header(field string) string {
	if prefix, rest, ok := strings.Cut(field, ":"); ok {
		switch prefix {
		case CrossSelf:
			return rest + "自评分"
		case CrossConfirmed:
			return rest + "核准分"
		}
		return rest
	}
	for i := range fm.Fields {
		if fm.Fields[i].Name == field {
			return fm.Fields[i].Header
		}
	}
	if name, value, ok := strings.Cut(field, "="); ok {
		return fm.Header(name) + "：" + value
	}
	return field
}

// Shown are the fields that people know of: those without the columns for the program.
func (fm *Form) Shown() (out []Field) {
	for _, fd := range fm.Fields {
		if fd.Name != machineField && fd.Name != itemField {
			out = append(out, fd)
		}
	}
	return out
}

// Guessed lists the header words that are taken for a field when nothing else is, and
// asked about each time.
func (fm *Form) Guessed(field string) (words []string) {
	for word, f := range fm.weak {
		if f == field {
			words = append(words, word)
		}
	}
	slices.Sort(words)
	return words
}

// lookup finds the field a normalised header means.
func (fm *Form) lookup(key string) string { return fm.names[key] }

func init() {
	for i, fm := range forms {
		fm.order = i
		fm.addHidden()
		fm.names, fm.own = map[string]string{}, map[string]string{}
		for _, fd := range fm.Fields {
			fm.own[headerKey(fd.Header)] = fd.Name
			for _, h := range append([]string{fd.Header}, fd.Synonyms...) {
				for _, k := range bracketKeys(h) {
					if _, taken := fm.names[k]; !taken {
						fm.names[k] = fd.Name
						builtIn[k] = true
					}
				}
			}
		}
		for word := range fm.weak {
			builtIn[headerKey(word)] = true
		}
	}
}

// headerKeys gives the forms under which a header is looked up: all its letters
// and digits, the same without what stands in brackets, and in a header of two
// languages the Chinese alone: 等级 Level.
func headerKeys(h string) []string {
	keys := bracketKeys(h)
	latin := 0
	han := strings.Map(func(r rune) rune {
		if r < 0x80 && unicode.IsLetter(r) {
			latin++
			return -1
		}
		return r
	}, keys[0])
	if latin >= 2 && utf8.RuneCountInString(han) >= 2 {
		keys = append(keys, han)
	}
	return keys
}

// bracketKeys are a header's letters and digits, and the same without brackets.
func bracketKeys(h string) []string {
	full := headerKey(h)
	if i := strings.IndexAny(h, "（("); i > 0 {
		if bare := headerKey(h[:i]); bare != "" && bare != full {
			return []string{full, bare}
		}
	}
	return []string{full}
}

func headerKey(h string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, domain.NormalizeWidth(h))
}
