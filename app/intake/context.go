package intake

import (
	"slices"
	"strings"
)

// context finds "评分人：审计处处长" above the header and returns what follows.
func (r *run) context(labels ...string) string { return contextOf(r.g.above, labels...) }

func contextOf(above []string, labels ...string) string {
	for _, text := range above {
		for _, part := range contextParts(text) {
			at := strings.IndexAny(part, "：:")
			if at <= 0 {
				continue
			}
			key := headerKey(strings.SplitN(part[:at], "（", 2)[0])
			_, size := utf8First(part[at:])
			if slices.Contains(labels, key) {
				return strings.TrimSpace(part[at+size:])
			}
		}
	}
	return ""
}

// closeLabels takes the spaces out of labels that are spread to a width, and after
// their colons: 单　位：　后勤处 is 单位：后勤处.
func closeLabels(text string) string {
	if !strings.ContainsAny(text, "：:") || !strings.ContainsAny(text, " \u3000") {
		return text
	}
	blank := func(r rune) bool { return r == ' ' || r == '\u3000' }
	rs := []rune(text)
	var out []rune
	for i := 0; i < len(rs); i++ {
		if !blank(rs[i]) {
			out = append(out, rs[i])
			continue
		}
		next := i
		for next < len(rs) && blank(rs[next]) {
			next++
		}
		switch n := len(out); {
		case n > 0 && (out[n-1] == '：' || out[n-1] == ':') && !labelAhead(rs[next:]): // before its value
		case joined(rs[:i]) && spreadLabel(rs[next:]):
		default:
			out = append(out, rs[i:next]...)
		}
		i = next - 1
	}
	return string(out)
}

// labelAhead reports whether the next word is a label itself.
func labelAhead(rs []rune) bool {
	for _, r := range rs {
		switch r {
		case '：', ':':
			return true
		case ' ', '\u3000', '\n', '\t':
			return spreadLabel(rs)
		}
	}
	return false
}

// spreadLabel reports whether a text goes on letter by letter, with spaces between,
// up to a colon: 位：, 报 单 位：.
func spreadLabel(rs []rune) bool {
	for i := 0; i+1 < len(rs) && rs[i] > 0x2e80; i++ {
		if rs[i+1] == '：' || rs[i+1] == ':' {
			return true
		}
		if rs[i+1] != ' ' && rs[i+1] != '\u3000' {
			return false
		}
		for i+1 < len(rs) && (rs[i+1] == ' ' || rs[i+1] == '\u3000') {
			i++
		}
	}
	return false
}

// joined reports whether a text ends in a letter that stands alone.
func joined(rs []rune) bool {
	n := len(rs)
	return n > 0 && rs[n-1] > 0x2e80 && (n == 1 || rs[n-2] == ' ' || rs[n-2] == '\u3000')
}

// contextParts splits a line of labels and values: 部门：基建处　岗位：甲方代表.
func contextParts(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(closeLabels(text), func(c rune) bool { return c == '\n' || c == '\t' || c == '\u3000' }) {
		for _, p := range strings.Split(part, "  ") {
			for {
				p = strings.TrimSpace(p)
				first := strings.IndexAny(p, "：:")
				if first < 0 {
					break
				}
				_, size := utf8First(p[first:])
				next := strings.IndexAny(p[first+size:], "：:")
				if next < 0 {
					break
				}
				space := strings.LastIndexByte(p[:first+size+next], ' ')
				if space <= first {
					break
				}
				out = append(out, p[:space])
				p = p[space+1:]
			}
			out = append(out, p)
		}
	}
	return out
}
