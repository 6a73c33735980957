package domain

import "strings"

// Differences marks what was changed from one text to another: the parts that went
// stand in 【】 in before, those that came in 【】 in after. Equal texts come back as
// they are.
func Differences(from, to string) (before, after string) {
	a, b := []rune(from), []rune(to)
	// same[i][j] is the length of the longest common subsequence of a[i:] and b[j:].
	same := make([][]int, len(a)+1)
	for i := range same {
		same[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				same[i][j] = same[i+1][j+1] + 1
			} else {
				same[i][j] = max(same[i+1][j], same[i][j+1])
			}
		}
	}
	var x, y marker
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			x.put(a[i], false)
			y.put(b[j], false)
			i++
			j++
		case j == len(b) || i < len(a) && same[i+1][j] >= same[i][j+1]:
			x.put(a[i], true)
			i++
		default:
			y.put(b[j], true)
			j++
		}
	}
	return x.text(), y.text()
}

// marker writes a text with its changed parts in 【】.
type marker struct {
	b  strings.Builder
	in bool
}

func (m *marker) put(r rune, changed bool) {
	if changed && !m.in {
		m.b.WriteString("【")
	}
	if !changed && m.in {
		m.b.WriteString("】")
	}
	m.in = changed
	m.b.WriteRune(r)
}

func (m *marker) text() string {
	if m.in {
		m.b.WriteString("】")
	}
	return m.b.String()
}

// Edited says what was made of the proven measure that a measure started from, both
// texts with the changes marked; "" for one of its own, 照用原文 when nothing was changed.
func (r *Measure) Edited() string {
	switch {
	case r.Original == "":
		return ""
	case r.Original == r.Content:
		return "照用原文"
	}
	before, after := Differences(r.Original, r.Content)
	return "原文：" + before + "\n现在：" + after
}
