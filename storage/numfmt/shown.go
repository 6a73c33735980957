package numfmt

import (
	"slices"
	"strconv"
	"strings"
)

// A section of a format that dresses its numbers up: 001, FX-007, 95%, 5个工作日, √.
type section struct {
	op            string // of the condition, "" = none
	than          float64
	before, after string
	digits        []rune // of the whole part: 0 and # for digits, '"' before a literal rune
	least, most   int    // decimals
	percent       int    // how many times a hundred
	grouped       bool   // by thousands
	general       bool   // the number as it is
	words         bool   // literal text only
}

// dress takes a format apart; nil when its numbers say all that is seen, or when it is
// one that is not followed here: fractions, exponents, thousands left out.
func dress(code string) []section {
	var out []section
	useful := false
	for i, text := range sectionsOf(code) {
		if i == 3 {
			break // of texts
		}
		s, ok := parseSection(text)
		if !ok {
			return nil
		}
		useful = useful || s.dressed()
		out = append(out, s)
	}
	if !useful {
		return nil
	}
	return out
}

// sectionsOf splits a code at ; outside of literal text.
func sectionsOf(code string) (out []string) {
	from, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == ';':
			out, from = append(out, code[from:i]), i+1
		}
	}
	return append(out, code[from:])
}

// trivial is literal text that changes nothing of a number's meaning.
const trivial = " -+()（）¥￥$€£"

// dressed reports whether the section shows more than the number.
func (s *section) dressed() bool {
	whole := 0
	for i := 0; i < len(s.digits); i++ {
		switch s.digits[i] {
		case '"':
			return true
		case '0':
			whole++
		}
	}
	return whole > 1 || s.percent > 0 || strings.Trim(s.before, trivial) != "" || strings.Trim(s.after, trivial) != ""
}

// parser reads one section of a code.
type parser struct {
	section
	rest  []rune
	point bool // a decimal point was seen
	over  bool // literal text was seen after digits
}

// parseSection reads one section; not ok when it is not followed here.
func parseSection(text string) (section, bool) {
	p := parser{rest: []rune(text)}
	for len(p.rest) > 0 {
		if !p.next() {
			return section{}, false
		}
	}
	p.words = len(p.digits) == 0 && !p.general && !p.point
	split := strings.ContainsRune(string(p.digits), '"')
	return p.section, !(p.grouped && split) && !(p.general && len(p.digits) > 0)
}

// until takes the runes before the next r and r itself; not ok without one.
func (p *parser) until(r rune) (text []rune, ok bool) {
	at := slices.Index(p.rest, r)
	if at < 0 {
		return nil, false
	}
	text, p.rest = p.rest[:at], p.rest[at+1:]
	return text, true
}

// skip passes over a rune, if there is one.
func (p *parser) skip() { p.rest = p.rest[min(1, len(p.rest)):] }

// next reads one piece.
func (p *parser) next() bool {
	r := p.rest[0]
	p.rest = p.rest[1:]
	switch r {
	case '"':
		text, ok := p.until('"')
		p.literal(text...)
		return ok
	case '[':
		text, ok := p.until(']')
		return ok && p.bracket(string(text))
	case '\\':
		if len(p.rest) > 0 {
			p.literal(p.rest[0])
		}
		p.skip()
	case '_', '*':
		p.skip()
	case '0', '#', '?':
		return p.digit(r)
	case '.':
		was := p.point
		p.point = true
		return !was
	case ',':
		p.grouped = true
		return len(p.rest) > 0 && strings.ContainsRune("0#?", p.rest[0])
	case '%':
		p.percent++
		p.literal(r)
	case 'G', 'g':
		return p.asItIs()
	case 'E', 'e', '/', '@':
		return false
	default:
		p.literal(r)
	}
	return true
}

// literal takes text that stands as it is.
func (p *parser) literal(text ...rune) {
	if len(p.digits) == 0 && !p.general && !p.point {
		p.before += string(text)
		return
	}
	p.after += string(text)
	p.over = true
}

// digit takes a place for a digit.
func (p *parser) digit(r rune) bool {
	if p.point {
		if p.most++; r == '0' {
			p.least = p.most
		}
		return !p.over
	}
	if p.over { // the literal text stands between digits
		for _, l := range p.after {
			p.digits = append(p.digits, '"', l)
		}
		p.after, p.over = "", false
	}
	p.digits = append(p.digits, r)
	return true
}

// asItIs reads the word for a number without a format, of which the G is gone.
func (p *parser) asItIs() bool {
	for _, word := range []string{"eneral", "/通用格式"} {
		if strings.HasPrefix(strings.ToLower(string(p.rest)), word) {
			p.rest = p.rest[len([]rune(word)):]
			p.general = true
			return true
		}
	}
	return false
}

// bracket reads what stands in brackets: a condition, or a colour or language, which
// say nothing; false for a form of digits, as in [DBNum1].
func (s *section) bracket(text string) bool {
	op := text[:len(text)-len(strings.TrimLeft(text, "<>="))]
	if op == "" {
		return !strings.HasPrefix(strings.ToLower(text), "dbnum")
	}
	v, err := strconv.ParseFloat(text[len(op):], 64)
	s.op, s.than = op, v
	return err == nil
}

// holds reports whether the section is for a number.
func (s *section) holds(v float64) bool {
	switch s.op {
	case "=":
		return v == s.than
	case "<>":
		return v != s.than
	case ">":
		return v > s.than
	case ">=":
		return v >= s.than
	case "<":
		return v < s.than
	case "<=":
		return v <= s.than
	}
	return false
}

// Shown returns what a person sees of a number whose format dresses it up; not ok when
// the number itself says it all.
func (f Format) Shown(v float64) (text string, ok bool) {
	s := f.section(v)
	if s == nil || !s.dressed() {
		return "", false
	}
	if s.words {
		return strings.TrimSpace(s.before), true
	}
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	number := decimal(v)
	if !s.general {
		number = shift(number, 2*s.percent)
		whole, rest, _ := strings.Cut(round(number, s.most), ".")
		rest = strings.TrimRight(rest, "0")
		rest += strings.Repeat("0", max(0, s.least-len(rest)))
		number = s.fill(whole)
		if rest != "" {
			number += "." + rest
		}
	}
	return strings.TrimSpace(sign + s.before + number + s.after), true
}

// section returns the section for a number, nil when it is shown as it is.
func (f Format) section(v float64) *section {
	conditions := false
	for i := range f.sections {
		s := &f.sections[i]
		if s.op != "" && s.holds(v) {
			return s
		}
		conditions = conditions || s.op != ""
	}
	if conditions {
		for i := range f.sections {
			if f.sections[i].op == "" {
				return &f.sections[i]
			}
		}
		return nil
	}
	if len(f.sections) == 0 || v < 0 && len(f.sections) > 1 || v == 0 && len(f.sections) > 2 {
		return nil
	}
	return &f.sections[0]
}

// fill puts the digits of a whole number into the places of the format, from the right.
func (s *section) fill(whole string) string {
	left := []rune(strings.TrimLeft(whole, "0"))
	var out []rune // from the right
	count := 0
	put := func(r rune) {
		if s.grouped && count > 0 && count%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, r)
		count++
	}
	for i := len(s.digits) - 1; i >= 0; i-- {
		switch {
		case i > 0 && s.digits[i-1] == '"':
			out = append(out, s.digits[i])
			i--
		case len(left) > 0:
			put(left[len(left)-1])
			left = left[:len(left)-1]
		case s.digits[i] == '0':
			put('0')
		}
	}
	for _, r := range slices.Backward(left) {
		put(r)
	}
	slices.Reverse(out)
	return string(out)
}

// decimal writes a number without exponent in as many digits as are shown, 15.
func decimal(v float64) string {
	if r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64); err == nil {
		v = r
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// shift moves the point of a decimal number n places to the right.
func shift(number string, n int) string {
	if n == 0 {
		return number
	}
	whole, rest, _ := strings.Cut(number, ".")
	rest += strings.Repeat("0", max(0, n-len(rest)))
	whole = strings.TrimLeft(whole+rest[:n], "0")
	if whole == "" {
		whole = "0"
	}
	return whole + "." + rest[n:]
}

// round cuts a decimal number to some decimals, half up as spreadsheets do.
func round(number string, decimals int) string {
	whole, rest, _ := strings.Cut(number, ".")
	if len(rest) <= decimals {
		return number
	}
	digits := []byte("0" + whole + rest[:decimals])
	if rest[decimals] >= '5' {
		for i := len(digits) - 1; ; i-- {
			if digits[i]++; digits[i] <= '9' {
				break
			}
			digits[i] = '0'
		}
	}
	return string(digits[:len(digits)-decimals]) + "." + string(digits[len(digits)-decimals:])
}
