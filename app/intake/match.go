package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lianshao/domain"
)

// match is a header read as a form's.
type match struct {
	header *header
	form   *Form
	fields []string  // per header cell
	sure   []float64 // per header cell
	score  float64
	used   int
	known  int    // columns whose meaning is sure, the running number aside
	title  string // the texts it was judged by
	layout *domain.Layout
}

// matchForm tells how well a header fits a form; nil when it does not.
func (a *analysis) matchForm(h *header, fm *Form, title string, forced bool) *match {
	if len(fm.Fields) == 0 {
		return nil
	}
	m := &match{header: h, form: fm, title: title, fields: make([]string, len(h.cols)), sure: make([]float64, len(h.cols))}
	seen := map[string]bool{}
	for i := range h.cols {
		field, sure := a.fieldOf(fm, h, i, seen)
		if field != "" {
			m.take(i, field, sure, seen)
		}
	}
	if fm.Cross == CrossAssessor && seen["icode"] && seen["unit"] {
		m.assessorColumns(seen)
	}
	for i := range h.cols {
		if m.fields[i] != "" || utf8.RuneCountInString(h.cols[i].leaf) > 20 {
			continue
		}
		if field := a.words.likeField(fm, &h.cols[i]); field != "" && !seen[field] && !a.ignored(&h.cols[i]) {
			m.take(i, field, sureLike, seen)
		}
	}
	for _, group := range fm.need {
		if !anyOf(seen, group) && (!forced || m.used == 0) {
			return nil
		}
	}
	for i := range h.cols {
		switch {
		case m.fields[i] != "":
		case a.words.known(h.cols[i].leaf):
			m.score -= 0.75 // speaks for another form
		default:
			m.score -= 0.3
		}
	}
	if anyOf(seen, fm.lacks) {
		m.score -= 3
	}
	for k, hint := range fm.hints {
		if k < 3 && strings.Contains(title, hint) {
			m.score += 1.5
			break
		}
	}
	m.score -= 0.5 * float64(h.rows-1)
	return m
}

// take gives a column its meaning.
func (m *match) take(i int, field string, sure float64, seen map[string]bool) {
	m.fields[i], m.sure[i] = field, sure
	seen[field] = true
	if prefix, _, ok := strings.Cut(field, ":"); ok {
		seen[prefix] = true
	}
	if prefix, _, ok := strings.Cut(field, "="); ok {
		seen[prefix] = true
	}
	m.used++
	if field == "no" {
		return
	}
	m.score += sure
	if sure >= AskBelow {
		m.known++
	}
}

// anyOf reports whether one of the names was seen; "name+description" is both.
func anyOf(seen map[string]bool, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		for part := range strings.SplitSeq(n, "+") {
			if !seen[part] {
				return false
			}
		}
		return true
	})
}

// override is what a person said a header means; "" with true: nothing.
func (a *analysis) override(c *headerCell) (field string, ok bool) {
	if a.columns == nil {
		return "", false
	}
	for _, k := range append(c.keys, headerKey("列"+ColumnName(c.col+1))) {
		if field, ok = a.columns[k]; ok {
			return strings.TrimPrefix(field, "-"), true
		}
	}
	return "", false
}

func (a *analysis) ignored(c *headerCell) bool {
	field, ok := a.override(c)
	return ok && field == ""
}

// fieldOf finds the field a header cell means, "" if none or already taken.
func (a *analysis) fieldOf(fm *Form, h *header, i int, seen map[string]bool) (string, float64) {
	c := &h.cols[i]
	if field, ok := a.override(c); ok {
		return field, sureExact
	}
	if field := fm.crossField(c); field != "" && !seen[field] {
		return field, sureExact
	}
	for _, k := range c.keys {
		if field, sure := a.words.lookup(fm, k); field != "" {
			if seen[field] && !(listFields[fm.ID][field] && !h.repeats(i)) {
				return "", 0
			}
			return field, sure
		}
	}
	if field := a.numbered(fm, c); field != "" {
		return field, sureSynonym
	}
	if c.group == "" {
		return "", 0
	}
	for _, k := range c.above {
		field, _ := a.words.lookup(fm, k)
		if is := ticked[fm.ID][field]; is != nil && is(c.leaf) {
			return field + "=" + c.leaf, sureGroup
		}
		if listFields[fm.ID][field] {
			return field, sureGroup
		}
	}
	return "", 0
}

// repeats reports whether a column before has the very same header.
func (h *header) repeats(i int) bool {
	for k := range i {
		if h.cols[k].leaf == h.cols[i].leaf && h.cols[k].group == h.cols[i].group {
			return true
		}
	}
	return false
}

// numbered reads 措施1, 措施二, 防控措施（3）: one of several columns of a list.
func (a *analysis) numbered(fm *Form, c *headerCell) string {
	if c.one == "" {
		return ""
	}
	if field, _ := a.words.lookup(fm, c.one); listFields[fm.ID][field] {
		return field
	}
	return ""
}

// assessorColumns takes every column that is nothing else for an assessor.
func (m *match) assessorColumns(seen map[string]bool) {
	for i, c := range m.header.cols {
		if m.fields[i] == "" && !isNumber(c.leaf) && len(c.leaf) < 60 && !isSummary(c.leaf) {
			m.take(i, CrossAssessor+":"+c.leaf, sureGroup, seen)
		}
	}
}

func candidates(forced []*Form) []*Form {
	if forced != nil {
		return forced
	}
	return forms
}

func formsNamed(id string) []*Form {
	switch id {
	case "":
		return nil
	case "step":
		id = "workflow"
	case "indicatorsystem":
		id = "indicator"
	}
	var out []*Form
	for _, fm := range forms {
		if fm.ID == id || string(fm.Kind) == id {
			out = append(out, fm)
		}
	}
	return out
}

// bestAt reads the rows from i on as the header that fits best, nil if none.
func (a *analysis) bestAt(i int, reg region, title string) *match {
	forced := formsNamed(a.as)
	if a.as != "" && forced == nil {
		return nil
	}
	var best *match
	for rows := 1; rows <= maxHeaderRows; rows++ {
		h := a.headerAt(i, rows, reg)
		if h == nil {
			continue
		}
		if m := a.remembered(h); m != nil {
			return m
		}
		for _, fm := range candidates(forced) {
			if m := a.matchForm(h, fm, title, a.as != ""); m != nil && (best == nil || m.score > best.score) {
				best = m
			}
		}
	}
	return best
}

// remembered applies what a person once said of a header that looks the same.
func (a *analysis) remembered(h *header) *match {
	if len(a.layouts) == 0 || a.as != "" || a.columns != nil {
		return nil
	}
	l := a.layouts[h.signature()]
	if l == nil || FormOf(l.Form) == nil {
		return nil
	}
	m := &match{header: h, form: FormOf(l.Form), fields: make([]string, len(h.cols)), sure: make([]float64, len(h.cols)), layout: l}
	for i := range h.cols {
		m.sure[i] = sureExact
	}
	for _, c := range l.Columns {
		if i := c.At - 1; i >= 0 && i < len(h.cols) && c.Field != "" {
			m.fields[i] = c.Field
			m.used++
			m.known++
		}
	}
	m.score = 1000
	return m
}
