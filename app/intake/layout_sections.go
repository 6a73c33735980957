package intake

import (
	"strings"
	"unicode/utf8"
)

// sections turns rows that hold one heading for the rows below into content:
// the unit, post or workflow they name. A heading that says nothing known is
// left out and reported.
func (l *layout) sections() {
	if l.g.Form.ID != "riskpoint" && l.g.Form.ID != "authority" && l.g.Form.ID != "post" && l.g.Form.ID != "workflow" {
		return
	}
	kept := l.rows[:0:0]
	now := map[string]string{}
	cols := map[string]int{}
	note := noteRows{}
	for _, w := range l.rows {
		if first := w.first(); filled(w.cells) == 1 && note.goesOn(first) && !l.isUnit(bareHeading(first)) {
			continue
		}
		field, text, ok := l.heading(&w)
		if !ok {
			kept = append(kept, w)
			for f, t := range now {
				if c := cols[f]; c < len(w.cells) && w.get(c) == "" {
					kept[len(kept)-1].cells[c] = t
				}
			}
			continue
		}
		if field == "" {
			l.note(w.cell(firstColumn(w.cells)), "", "“%s”像是分段的标题，没有对应的栏，没有导入；如果它是部门、岗位或流程，请在表里加一列写明", shorten(text))
			continue
		}
		if _, there := cols[field]; !there {
			c := l.at(field)
			if c < 0 {
				c = l.sectionColumn(field, &w, kept)
				kept = l.grown(kept, c)
			}
			cols[field] = c
		}
		now[field] = text
		if field == "unit" {
			delete(now, "post")
			delete(now, "workflow")
		}
	}
	l.rows = kept
}

// sectionColumn makes the column that a heading fills.
func (l *layout) sectionColumn(field string, w *row, _ []row) int {
	return l.virtual(field, max(firstColumn(w.cells), 0))
}

// grown widens rows set aside before a column was made.
func (l *layout) grown(rows []row, c int) []row {
	for i := range rows {
		for len(rows[i].cells) <= c {
			rows[i].cells = append(rows[i].cells, "")
		}
		rows[i].base, rows[i].source = l.base, l.source
	}
	return rows
}

// heading reads a row that is a heading; field is "" when it names nothing known.
func (l *layout) heading(w *row) (field, text string, ok bool) {
	c := firstColumn(w.cells)
	if c < 0 || filled(w.cells) != 1 {
		return "", "", false
	}
	text = trim(w.cells[c])
	wide := w.g.wideAt(w.no, c) >= 3
	if !wide && c != l.g.reg.left && c != l.firstColumn() {
		return "", "", false // goes on with the row above
	}
	if isRemark(text) || isNumber(text) || utf8.RuneCountInString(text) > 40 {
		return "", text, wide && !isRemark(text) && !isNumber(text)
	}
	bare := bareHeading(text)
	numbered := bare != text
	if key := l.fieldAt(c); !wide && numbered && key != "" && key != "no" && text[0] < 0x80 {
		return "", "", false // 1.… in a column of names
	}
	if !wide && !numbered && !(c == l.g.reg.left && (endsLikeUnit(bare) || l.isUnit(bare))) {
		return "", "", false
	}
	if label, value, labelled := strings.Cut(strings.Replace(bare, ":", "：", 1), "："); labelled {
		switch headerKey(label) {
		case "部门", "单位", "处室", "填报单位":
			return "unit", trim(value), true
		case "岗位", "岗位名称":
			return "post", trim(value), true
		case "科室", "所在科室":
			return "office", trim(value), true
		case "流程", "工作流程", "流程名称", "业务流程":
			return "workflow", trim(value), true
		}
		return "", text, true
	}
	switch {
	case l.isUnit(bare):
		return "unit", bare, true
	case (strings.HasSuffix(bare, "科") || strings.HasSuffix(bare, "组")) && l.g.Form.hasField("office"):
		return "office", bare, true
	case endsLikeUnit(bare):
		return "unit", bare, true
	case strings.HasSuffix(bare, "流程") && l.g.Form.hasField("workflow"):
		return "workflow", bare, true
	case strings.HasSuffix(bare, "岗位") && l.g.Form.hasField("post"), strings.HasSuffix(bare, "岗") && l.g.Form.hasField("post"):
		return "post", bare, true
	}
	return "", text, true
}

// firstColumn is the table's leftmost column.
func (l *layout) firstColumn() int {
	if len(l.g.Columns) == 0 {
		return 0
	}
	return l.g.Columns[0].Col
}

func (l *layout) isUnit(name string) bool { return l.known != nil && l.known(name) }

// cutHeadingNumber cuts 一、 （二） 第三部分 1. off a heading.
func cutHeadingNumber(s string) (string, bool) {
	t := strings.TrimLeft(s, "（( ")
	i := strings.IndexFunc(t, func(r rune) bool { return !strings.ContainsRune("第一二三四五六七八九十0123456789", r) })
	if i <= 0 {
		return s, false
	}
	rest := strings.TrimLeft(t[i:], "）) ")
	for _, mark := range []string{"、", "．", ".", "部分", "章", "节", "类"} {
		if r, ok := strings.CutPrefix(rest, mark); ok {
			return strings.TrimSpace(strings.TrimLeft(r, "：: 　")), true
		}
	}
	if t != s && rest != t[i:] { // （一）…
		return strings.TrimSpace(rest), true
	}
	return s, false
}

// noteRows follows a remark whose points stand in rows of their own: 说明：1.…, 2.…
type noteRows struct {
	in   bool
	last int
}

// goesOn reports whether a lone text is the remark's next point.
func (n *noteRows) goesOn(text string) bool {
	if isRemark(text) {
		_, rest, _ := strings.Cut(strings.Replace(text, ":", "：", 1), "：")
		n.in = true
		n.last, _ = numberAhead(trim(rest))
		return false
	}
	no, width := numberAhead(text)
	n.in = n.in && width > 0 && no == n.last+1 && !endsLikeUnit(bareHeading(text))
	n.last = no
	return n.in
}

// bareHeading takes the number and the marks off a heading: 一、财务处, 【财务处】, ▲人事处.
func bareHeading(text string) string {
	text = strings.TrimSpace(text)
	s, _ := cutHeadingNumber(text)
	bare := strings.TrimFunc(s, func(r rune) bool {
		return strings.ContainsRune("【】〔〕[]「」《》<>▲△●○■□◆◇★☆※·• \u3000", r)
	})
	if bare == "" {
		return s
	}
	return bare
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= 30 {
		return s
	}
	return string([]rune(s)[:30]) + "……"
}
