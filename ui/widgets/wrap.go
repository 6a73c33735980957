package widgets

import "strings"

// noLineStart are characters that must not begin a line, noLineEnd must not end one.
const (
	noLineStart = "，。、；：！？）》」』】〉”’…—,.;:!?)]}%"
	noLineEnd   = "（《「『【〈“‘([{"
)

// wrapText breaks a short message into lines of about equal length, at most n
// characters each, give or take the punctuation that may not stand at an edge.
func wrapText(s string, n int) []string {
	var out []string
	for _, part := range strings.Split(s, "\n") {
		out = append(out, wrapLine([]rune(part), n)...)
	}
	return out
}

func wrapLine(r []rune, n int) []string {
	lines := (len(r) + n - 1) / n
	if lines <= 1 {
		return []string{string(r)}
	}
	per := (len(r) + lines - 1) / lines
	var out []string
	for len(r) > per {
		at := goodBreak(r, per)
		out = append(out, strings.TrimSpace(string(r[:at])))
		r = r[at:]
	}
	if len(r) > 0 {
		out = append(out, strings.TrimSpace(string(r)))
	}
	return out
}

// goodBreak moves a break to the nearest place where neither side has forbidden
// punctuation and no Latin word or number is cut.
func goodBreak(r []rune, at int) int {
	for d := 0; d < len(r); d++ {
		if at+d < len(r) && mayBreak(r, at+d) {
			return at + d
		}
		if at-d > 0 && mayBreak(r, at-d) {
			return at - d
		}
	}
	return at
}

func mayBreak(r []rune, at int) bool {
	before, after := r[at-1], r[at]
	if strings.ContainsRune(noLineStart, after) || strings.ContainsRune(noLineEnd, before) {
		return false
	}
	return !(isLatin(before) && isLatin(after))
}

func isLatin(r rune) bool { return r > ' ' && r < 0x2E80 }

// OneLine is a text for a cell, which shows one line only.
func OneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
