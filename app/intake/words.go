package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lianshao/domain"
)

// How sure a column's meaning is.
const (
	sureExact   = 1.0 // the form's own header, or chosen by a person
	sureSynonym = 0.95
	sureGroup   = 0.85 // told by the upper header
	sureLike    = 0.5  // a longer header that ends in a known one: to be confirmed
)

// AskBelow is the confidence under which a column is imported but asked about.
const AskBelow = 0.7

// vocabulary knows what header words mean: those built in and those learned.
type vocabulary struct {
	learned map[*Form]map[string]string
	words   map[string]bool // raw texts looked up before
}

func newVocabulary(words []*domain.Synonym) *vocabulary {
	v := &vocabulary{learned: map[*Form]map[string]string{}, words: map[string]bool{}}
	for _, w := range words {
		for _, fm := range forms {
			if w.Form != "" && w.Form != fm.ID || w.Field != noMeaning && !fm.hasField(w.Field) {
				continue
			}
			if v.learned[fm] == nil {
				v.learned[fm] = map[string]string{}
			}
			v.learned[fm][headerKey(w.Word)] = w.Field
		}
	}
	return v
}

// noMeaning is the field of a learned word that is to be left out.
const noMeaning = "-"

func (fm *Form) hasField(name string) bool {
	for i := range fm.Fields {
		if fm.Fields[i].Name == name {
			return true
		}
	}
	return false
}

// builtIn holds every header word of every form.
var builtIn = map[string]bool{}

// known reports whether a cell is a header word of some form, exactly.
func (v *vocabulary) known(text string) bool {
	if text == "" || len(text) > 60 || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	if is, ok := v.words[text]; ok {
		return is
	}
	is := false
	for _, k := range headerKeys(oneLine(text)) {
		is = is || builtIn[k]
		for _, words := range v.learned {
			is = is || words[k] != ""
		}
	}
	if len(v.words) < 10_000 {
		v.words[text] = is
	}
	return is
}

// lookup finds the field a header key means in a form.
func (v *vocabulary) lookup(fm *Form, key string) (field string, sure float64) {
	switch field = v.learned[fm][key]; field {
	case "":
	case noMeaning:
		return "", 0
	default:
		return field, sureSynonym
	}
	if field = fm.lookup(key); field == "" {
		return "", 0
	}
	if fm.own[key] == field {
		return field, sureExact
	}
	return field, sureSynonym
}

// listFields are the fields whose content may be spread over several columns or
// rows; the pieces are put together in order.
var listFields = map[string]map[string]bool{
	"riskpoint": {"measures": true, "causes": true, "consequence": true, "owner": true, "due": true, "channels": true},
	"post":      {"duties": true, "powers": true},
	"authority": {"basis": true, "points": true},
	"opinion":   {"points": true},
}

// ticked are the fields whose values may stand as headers above ticks.
var ticked = map[string]map[string]func(value string) bool{
	"riskpoint": {
		"level":    func(s string) bool { return levelRank(s) >= 0 },
		"category": isCategory,
		"channels": func(s string) bool { return s == "自己查" || s == "组织点" || s == "群众帮" },
	},
}

// likeField finds a field whose name a longer header ends with: 存在的廉政风险点.
// Chinese puts what a thing is last.
func (v *vocabulary) likeField(fm *Form, c *headerCell) string {
	for _, key := range c.keys {
		if v.learned[fm][key] == noMeaning {
			return ""
		}
		if field := fm.weak[key]; field != "" {
			return field
		}
	}
	if !c.ended {
		for _, key := range headerKeys(c.leaf) {
			c.ends = append(c.ends, endsOf(key)...)
		}
		c.ended = true
	}
	for _, end := range c.ends {
		if field, _ := v.lookup(fm, end); field != "" {
			return field
		}
	}
	return ""
}

// endsOf lists what of a header may be the name of a field.
func endsOf(key string) (out []string) {
	for _, tail := range []string{"情况", "内容", "说明", "描述", "名称"} {
		if bare, ok := strings.CutSuffix(key, tail); ok && utf8.RuneCountInString(bare) >= 3 {
			out = append(out, bare)
		}
	}
	all := utf8.RuneCountInString(key)
	if all < 4 || all > 16 {
		return out
	}
	for i, r := range key {
		if i == 0 {
			continue
		}
		rest := key[i:]
		n := utf8.RuneCountInString(rest)
		if n < 3 || n*5 < all*2 {
			break
		}
		if r >= 0x80 {
			out = append(out, rest)
		}
	}
	return out
}

// FieldOf returns the field that a header word means in the tables of a kind, built
// in or learned (words); "" for none.
func FieldOf(k domain.Kind, header string, words []*domain.Synonym) string {
	v := newVocabulary(words)
	for _, fm := range forms {
		if fm.Kind != k {
			continue
		}
		for _, key := range headerKeys(oneLine(header)) {
			if field := v.learned[fm][key]; field != "" {
				return strings.TrimPrefix(field, noMeaning)
			}
			for _, f := range fm.Fields {
				if headerKey(f.Header) == key || slices.ContainsFunc(f.Synonyms, func(s string) bool { return headerKey(s) == key }) {
					return f.Name
				}
			}
		}
	}
	return ""
}
