package flow

import (
	"math"
	"strings"
	"unicode"

	"lianshao/app/report/draw"
)

// pieces cuts a label where a line may break: between Chinese characters, but
// never before a closing mark, after an opening one, or inside a number or word.
func pieces(s string) []string {
	var out []string
	var prev rune
	for _, r := range s {
		if r == '\n' || r == '\r' || r == '\t' {
			r = ' '
		}
		glue := len(out) > 0 && (strings.ContainsRune("，。；：！？、）》」”’%％）)", r) ||
			strings.ContainsRune("（《「“‘(", prev) || wordRune(r) && wordRune(prev))
		if glue {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		prev = r
	}
	return out
}

func wordRune(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '/')
}

// block is wrapped text.
type block struct {
	lines []string
	w     float64 // of the widest line
}

// fill puts pieces on lines greedily; room(i) is the width of line i. It reports
// false when n lines do not hold them.
func fill(ps []string, n int, room func(i int) float64, width func(string) float64) (block, bool) {
	var b block
	line := ""
	for _, p := range ps {
		next := line + p
		if line == "" || width(next) <= room(len(b.lines))+1e-9 {
			line = next
			if width(line) <= room(len(b.lines))+1e-9 {
				continue
			}
			return b, false // one piece alone is too wide
		}
		b.push(line, width)
		line = strings.TrimLeft(p, " ")
		if len(b.lines) >= n || width(line) > room(len(b.lines))+1e-9 {
			return b, false
		}
	}
	if line != "" || len(b.lines) == 0 {
		b.push(line, width)
	}
	return b, len(b.lines) <= n
}

func (b *block) push(line string, width func(string) float64) {
	line = strings.TrimRight(line, " ")
	b.lines = append(b.lines, line)
	b.w = math.Max(b.w, width(line))
}

// wrapEven wraps text to at most limit, on as few lines as possible, of about equal length.
func wrapEven(text string, limit float64, width func(string) float64) block {
	ps := pieces(text)
	for _, p := range ps {
		limit = math.Max(limit, width(p))
	}
	greedy, _ := fill(ps, len(ps)+1, func(int) float64 { return limit }, width)
	n := len(greedy.lines)
	for w := width(text) / float64(n); w < limit; w += limit / 24 {
		w := w
		if b, ok := fill(ps, n, func(int) float64 { return w }, width); ok {
			return b
		}
	}
	return greedy
}

// wrapDiamond finds the flattest diamond of width w that holds the text: the
// room of a line is what the slanted sides leave at its height.
func wrapDiamond(text string, w, lineH float64, width func(string) float64) (block, float64) {
	ps := pieces(text)
	for h := 2.4 * lineH; ; h += lineH / 8 {
		for n := 1; float64(n)*lineH < h; n++ {
			room := func(i int) float64 {
				y := math.Max(math.Abs(float64(i)-float64(n)/2), math.Abs(float64(i+1)-float64(n)/2)) * lineH
				return w * (1 - 2*(y-0.12*lineH)/h)
			}
			if b, ok := fill(ps, n, room, width); ok && len(b.lines) == n {
				return b, h
			}
		}
		if h > 60*lineH {
			return wrapEven(text, w, width), h
		}
	}
}

func measure(ms draw.Measurer, size float64, bold bool) func(string) float64 {
	return func(s string) float64 { return ms.Width(s, size, bold) }
}
