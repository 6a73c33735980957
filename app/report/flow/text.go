package flow

import (
	"math"
	"strings"
	"unicode"

	"lianshao/app/report/draw"
)

// piece is a stretch of text that stays together.
type piece struct {
	text string
	w    float64 // with a trailing blank
	trim float64 // without it
	bad  float64 // how much a line break before it hurts
}

// How much a line break hurts, beside uneven lines (about 0 to 1).
const (
	badInWord  = 1.0 // between the two characters of what is probably one word
	badUnsure  = 0.4
	badAfterNo = 0.5 // leaves the step's number alone on a line
	badFigure  = 2.0 // between a figure and its unit
	badGlued   = 3.0 // inside 是否
)

const (
	closers = "，。；：！？、）》」”’%％)"
	openers = "（《「“‘("
)

// split cuts a label where lines may break: never before a closing mark, after
// an opening one, or inside a number or word. Most Chinese words have two
// characters, so breaks at even places between punctuation hurt least.
func split(s string, width func(string) float64) []piece {
	var out []piece
	var prev rune
	for _, r := range s {
		if unicode.IsSpace(r) {
			r = ' '
		}
		n := len(out)
		if n > 0 && (r == ' ' || strings.ContainsRune(closers, r) || strings.ContainsRune(openers, prev) || wordRune(r) && wordRune(prev)) {
			out[n-1].text += string(r)
		} else {
			out = append(out, piece{text: string(r)})
		}
		prev = r
	}
	for i := range out {
		p := &out[i]
		p.w = width(p.text)
		p.trim = p.w
		if t := strings.TrimRight(p.text, " "); t != p.text {
			p.trim = width(t)
		}
	}
	rateBreaks(out)
	return out
}

func wordRune(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '/')
}

// rateBreaks walks the runs of plain characters between marks, figures and the
// little words that end one thought and begin the next.
func rateBreaks(ps []piece) {
	for i := 0; i < len(ps); {
		end := runEnd(ps, i)
		for k := i + 1; k < end; k++ {
			even := (end-i)%2 == 0
			switch {
			case even && (k-i)%2 == 1, !even && (k == i+1 || k == end-1):
				ps[k].bad = badInWord
			case !even:
				ps[k].bad = badUnsure
			}
		}
		i = max(end, i+1)
	}
	depth := 0
	for i := 1; i < len(ps); i++ {
		before := ps[i-1].text
		depth += strings.Count(before, "（") - strings.Count(before, "）")
		if depth > 0 {
			ps[i].bad += badInWord
		}
		switch {
		case i == 1 && strings.HasSuffix(before, " "):
			ps[i].bad = badAfterNo
		case before == "是" && ps[i].text == "否", before == "有" && ps[i].text == "无":
			ps[i].bad = badGlued
		case unicode.IsDigit(lastRune(before)) && plain(ps[i]):
			ps[i].bad = badFigure
		case joins(ps[i-1]):
			ps[i].bad = badInWord
		}
	}
}

// plain reports whether a piece is one Chinese character without a mark.
func plain(p piece) bool {
	r := []rune(p.text)
	return len(r) == 1 && !wordRune(r[0])
}

// joins reports whether a piece is a word such as 与 that belongs to what follows.
func joins(p piece) bool { return p.text == "与" || p.text == "或" || p.text == "及" }

// runEnd finds where the run of plain characters that begins at i ends. The
// character that carries a closing mark still belongs to it, and so does 是否.
func runEnd(ps []piece, i int) int {
	for j := i; j < len(ps); j++ {
		if !plain(ps[j]) {
			if r := []rune(ps[j].text); !wordRune(r[0]) && strings.ContainsRune(closers, r[len(r)-1]) {
				return j + 1
			}
			return j
		}
		if j > i && joins(ps[j]) {
			return j
		}
		if j > i && (ps[j-1].text == "是" && ps[j].text == "否" || ps[j-1].text == "有" && ps[j].text == "无") {
			return j + 1
		}
	}
	return len(ps)
}

func lastRune(s string) rune {
	r := []rune(s)
	return r[len(r)-1]
}

// block is wrapped text.
type block struct {
	lines []string
	w     float64 // of the widest line
}

// breakInto sets pieces on exactly n lines, line i at most room(i) wide, so that
// breaks hurt least and lines are even. It answers how much it hurts, and false
// when that is not below the given price or the pieces do not fit.
func breakInto(ps []piece, n int, below float64, room func(i int) float64) (block, float64, bool) {
	m := len(ps)
	if n > m {
		return block{}, math.Inf(1), false
	}
	total := 0.0
	for _, p := range ps {
		total += p.w
	}
	even := total / float64(n)
	var costBuf [256]float64
	var fromBuf [256]int
	cost, from := costBuf[:], fromBuf[:] // [k*(m+1)+j]: the first j pieces on k lines
	if size := (n + 1) * (m + 1); size <= len(cost) {
		cost, from = cost[:size], from[:size]
	} else {
		cost, from = make([]float64, size), make([]int, size)
	}
	for i := range cost {
		cost[i] = math.Inf(1)
	}
	cost[0] = 0
	for k := 1; k <= n; k++ {
		limit := room(k-1) + 1e-9
		for i := k - 1; i < m; i++ {
			start := cost[(k-1)*(m+1)+i]
			if math.IsInf(start, 1) {
				continue
			}
			w := 0.0
			for j := i + 1; j <= m; j++ {
				line := w + ps[j-1].trim
				w += ps[j-1].w
				if line > limit {
					break
				}
				c := start + 1.5*(line/even-1)*(line/even-1)
				if j < m {
					c += ps[j].bad
				}
				if at := k*(m+1) + j; c < cost[at] {
					cost[at], from[at] = c, i
				}
			}
		}
	}
	end := cost[n*(m+1)+m]
	if math.IsInf(end, 1) || end >= below {
		return block{}, end, false
	}
	return collect(ps, n, from), end, true
}

func collect(ps []piece, n int, from []int) block {
	b := block{lines: make([]string, n)}
	j := len(ps)
	for k := n; k > 0; k-- {
		i := from[k*(len(ps)+1)+j]
		w := 0.0
		for x := i; x < j; x++ {
			b.lines[k-1] += ps[x].text
			if x == j-1 {
				w += ps[x].trim
			} else {
				w += ps[x].w
			}
		}
		b.lines[k-1] = strings.TrimRight(b.lines[k-1], " ")
		b.w = math.Max(b.w, w)
		j = i
	}
	return b
}

// wrap sets text on as few lines of at most limit as possible, or one more where
// that spares an ugly break. A piece wider than limit gets its way.
// The first line may be longer by what the step's number takes.
func wrap(ps []piece, limit float64) block {
	if len(ps) == 0 {
		return block{lines: []string{""}}
	}
	for _, p := range ps {
		limit = math.Max(limit, p.trim)
	}
	number := 0.0
	if strings.HasSuffix(ps[0].text, " ") {
		number = ps[0].w
	}
	room := func(i int) float64 {
		if i == 0 {
			return limit + number
		}
		return limit
	}
	var best block
	least := math.Inf(1)
	for n, tried := 1, 0; n <= len(ps) && tried < 2; n++ {
		extra := 1.2 * float64(tried)
		b, cost, ok := breakInto(ps, n, least-extra, room)
		if ok {
			best, least = b, cost+extra
		}
		if !math.IsInf(cost, 1) {
			tried++
		}
	}
	return best
}

// wrapDiamond finds a good height for a diamond of width w around the text: the
// room of a line is what the slanted sides leave at its height.
func wrapDiamond(ps []piece, w, lineH float64) (best block, height, score float64) {
	score = math.Inf(1)
	total := 0.0
	for _, p := range ps {
		total += p.w
	}
	for n := 1; n <= min(5, len(ps)); n++ {
		first := math.Inf(1) // lowest height that works; a little higher may break better
		for h := math.Max(2.4, float64(n)+0.8) * lineH; h < float64(2*n+5)*lineH && h <= first+lineH; h += lineH / 4 {
			if score < 1.4*h/lineH || total > w*float64(n) {
				break
			}
			room := func(i int) float64 {
				y := math.Max(math.Abs(float64(i)-float64(n)/2), math.Abs(float64(i+1)-float64(n)/2)) - 0.04
				return w * (1 - 2*y*lineH/h)
			}
			b, cost, ok := breakInto(ps, n, (score-1.4*h/lineH)/0.9, room)
			if ok {
				best, height, score = b, h, 1.4*h/lineH+0.9*cost
			}
			if !math.IsInf(cost, 1) {
				first = math.Min(first, h)
			}
		}
	}
	return best, height, score
}

func measure(ms draw.Measurer, size float64, bold bool) func(string) float64 {
	return func(s string) float64 { return ms.Width(s, size, bold) }
}
