package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// noLineStart may not begin a line (避头), noLineEnd may not end one (避尾).
const (
	noLineStart = "，。；：！？、．,.;:!?)]}>）》〉」』】〕〗］｝”’…—～·•%％‰℃°′″々〻ー"
	noLineEnd   = "（《〈「『【〔〖［｛“‘([{<￥$＄№#＃"
)

// runeMeasurer is what Metrics adds to Measurer: no string is built per character.
type runeMeasurer interface {
	RuneWidth(r rune, bold bool) float64
}

// Wrap breaks text into lines no wider than width, by Chinese rules: closing
// marks do not start a line, opening marks do not end one, Latin words, numbers
// and dates (10%, 2026-09-20) stay whole. Only what alone is wider than width
// is cut anywhere. Spaces at a break stay at the end of their line and do not
// count against width. Line feeds always break. The lines put together are the
// text without its line feeds; there is always at least one line. A single
// character is not left alone on the last line if a slightly narrower paragraph
// of as many lines avoids that.
func Wrap(text string, width, size float64, bold bool, m Measurer) []string {
	if !strings.ContainsAny(text, "\n\r") {
		return wrapNeat(nil, text, width, size, bold, m)
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var lines []string
	for p := range strings.SplitSeq(text, "\n") {
		lines = wrapNeat(lines, p, width, size, bold, m)
	}
	return lines
}

// wrapNeat appends the lines of one paragraph, without a widow if it can.
func wrapNeat(lines []string, p string, width, size float64, bold bool, m Measurer) []string {
	n := len(lines)
	lines = wrapParagraph(lines, p, width, size, bold, m)
	if len(lines)-n < 2 || !widow(lines[len(lines)-1]) {
		return lines
	}
	for narrow := width - size; narrow >= max(width-2*size, 4*size); narrow -= size {
		try := wrapParagraph(nil, p, narrow, size, bold, m)
		if len(try) == len(lines)-n && !widow(try[len(try)-1]) {
			return append(lines[:n], try...)
		}
	}
	return lines
}

// widow reports a line of one character, marks and spaces not counted.
func widow(line string) bool {
	count := 0
	for _, r := range line {
		if r != ' ' && !forbidsStart(r) {
			count++
		}
	}
	return count <= 1
}

// wrapParagraph appends the lines of one paragraph. It walks over unbreakable
// chunks; start..pos is the line so far, w its width.
func wrapParagraph(lines []string, p string, width, size float64, bold bool, m Measurer) []string {
	const slack = 1e-9 // widths are sums; a text exactly as wide as its box fits
	limit := width/size + slack
	wide := emWidth(m, bold)
	start, w := 0, 0.0
	for pos := 0; pos < len(p); {
		end, body, full := chunk(p, pos, wide)
		if w+body > limit && pos > start {
			lines = append(lines, p[start:pos])
			start, w = pos, 0
		}
		if body <= limit || pos > start {
			w += full
			pos = end
			continue
		}
		// A chunk wider than the whole line: cut it where the rules hurt least.
		cut := start + cutLong(p[start:end], limit, wide)
		if cut >= end {
			w += full
			pos = end
			continue
		}
		lines = append(lines, p[start:cut])
		start, pos, w = cut, cut, 0
	}
	return append(lines, p[start:])
}

// WrapEven is Wrap with lines of about equal length: as many lines as Wrap needs,
// in the least width. It suits short centred texts (造价 / 管理员).
func WrapEven(text string, width, size float64, bold bool, m Measurer) []string {
	lines := Wrap(text, width, size, bold, m)
	if len(lines) < 2 || len(lines) > 6 {
		return lines
	}
	narrow := m.Width(strings.ReplaceAll(text, "\n", ""), size, bold) / float64(len(lines))
	for ; narrow < width; narrow += size / 2 {
		if even := Wrap(text, narrow, size, bold, m); len(even) == len(lines) {
			return even
		}
	}
	return lines
}

// emWidth adapts a Measurer to single characters at size 1.
func emWidth(m Measurer, bold bool) func(rune) float64 {
	if rm, ok := m.(runeMeasurer); ok {
		return func(r rune) float64 { return rm.RuneWidth(r, bold) }
	}
	return func(r rune) float64 { return m.Width(string(r), 1, bold) }
}

// chunk finds the longest piece from pos without a permitted break. body is its
// width without trailing spaces, full with them, both in ems.
func chunk(p string, pos int, wide func(rune) float64) (end int, body, full float64) {
	prev, n := utf8.DecodeRuneInString(p[pos:])
	prev2 := rune(0)
	full = wide(prev)
	if prev != ' ' {
		body = full
	}
	for pos += n; pos < len(p); {
		r, n := utf8.DecodeRuneInString(p[pos:])
		if canBreak(prev2, prev, r) {
			break
		}
		full += wide(r)
		if r != ' ' {
			body = full
		}
		prev2, prev = prev, r
		pos += n
	}
	return pos, body, full
}

// cutLong returns how many bytes of an overlong chunk go on this line: up to the
// last separator (2026/9/|20) if that fills half the line, else as many as fit,
// fewer if that keeps marks where they belong, but at least one character.
func cutLong(s string, limit float64, wide func(rune) float64) int {
	best, sep, w, prev := 0, 0, 0.0, rune(0)
	for i, r := range s {
		if i > 0 {
			if !glued(prev, r) {
				best = i
				if w > limit/2 && strings.ContainsRune("/-_.@&", prev) {
					sep = i
				}
			}
			if w+wide(r) > limit && r != ' ' {
				switch {
				case sep > 0:
					return sep
				case best > 0:
					return best
				}
				return i
			}
		}
		w += wide(r)
		prev = r
	}
	return len(s)
}

// canBreak says whether a line may end between a and b. before is the character
// in front of a (0 at the start of the piece).
func canBreak(before, a, b rune) bool {
	if b == ' ' || glued(a, b) {
		return false
	}
	if a == ' ' {
		return true
	}
	if inWord(a) && inWord(b) {
		return false
	}
	// "1.论证": a list number keeps its text.
	return !(a == '.' && isDigit(before))
}

// glued reports pairs kept together by the rules for marks, and marks that
// belong to the character before them.
func glued(a, b rune) bool {
	return forbidsStart(b) || forbidsEnd(a)
}

func forbidsStart(r rune) bool {
	if r < 0x80 {
		return strings.IndexByte(",.;:!?)]}>%", byte(r)) >= 0
	}
	if isHan(r) {
		return false
	}
	return strings.ContainsRune(noLineStart, r) || r == 0x200d || Invisible(r) || unicode.Is(unicode.M, r)
}

func forbidsEnd(r rune) bool {
	if r < 0x80 {
		return strings.IndexByte("([{<$#", byte(r)) >= 0
	}
	return !isHan(r) && (r == 0x200d || strings.ContainsRune(noLineEnd, r))
}

// isHan is a quick test for the ideographs that make up most texts.
func isHan(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 && r <= 0x3ffff }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// inWord reports letters, digits and the joiners inside words, numbers, dates
// and addresses. Scripts written without spaces are not words.
func inWord(r rune) bool {
	if r < 0x80 {
		return r > ' '
	}
	if r < 0x2e80 {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}
