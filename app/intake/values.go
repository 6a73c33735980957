package intake

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lianshao/app/edit"
	"lianshao/domain"
)

// isNothing reports whether a cell says that there is nothing to say.
func isNothing(s string) bool {
	switch s {
	case "", "—", "－", "-", "–", "——", "———", "－－", "--", "---", "/", "／", "\\", "＼", "无", "暂无":
		return true
	}
	return false
}

// parseWhole reads a whole number as people write it: "5 ", "３", "4分", "4.0".
func parseWhole(s string) (int, bool) {
	if len(s) == 1 && s[0] >= '0' && s[0] <= '9' {
		return int(s[0] - '0'), true
	}
	t := strings.TrimSpace(domain.NormalizeWidth(s))
	t = strings.TrimSpace(strings.TrimSuffix(t, "分"))
	if i := strings.IndexByte(t, '.'); i > 0 && strings.Trim(t[i+1:], "0") == "" {
		t = t[:i]
	}
	n, err := strconv.Atoi(t)
	return n, err == nil
}

// parseScale reads 1–5.
func parseScale(s string) (int, bool) {
	n, ok := parseWhole(s)
	return n, ok && n >= 1 && n <= 5
}

// parseMark reads an assessor's mark of an indicator: a number on its scale, an
// answer 是 or 否, blank, or an abstention.
func parseMark(ind *domain.Indicator, s string) (domain.Mark, bool) {
	switch s {
	case "":
		return domain.Blank, true
	case "／", "/", "弃权", "—", "－", "-", "–", "不了解":
		return domain.Abstained, true
	}
	if ind.Top == 0 {
		n, ok := parseScale(s)
		return domain.Mark(n), ok
	}
	m, err := edit.ParseMark(ind, s)
	return m, err == nil
}

// scaleWords says what an indicator's marks may be.
func scaleWords(ind *domain.Indicator) string {
	if ind.YesNo() {
		return "“是”或“否”"
	}
	return fmt.Sprintf(" 1–%d 的整数", ind.Highest())
}

// parseNumber reads a number; percent tells that it was written with %.
func parseNumber(s string) (v float64, percent, ok bool) {
	t := strings.TrimSpace(domain.NormalizeWidth(s))
	if strings.HasSuffix(t, "%") {
		percent = true
		t = strings.TrimSpace(strings.TrimSuffix(t, "%"))
	}
	t = strings.TrimSpace(strings.TrimSuffix(strings.ReplaceAll(t, ",", ""), "分"))
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, percent, false
	}
	return tidy(v), percent, true
}

// tidy drops the noise of the last binary digits: 8.300000000000001 is 8.3.
func tidy(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// Serial day numbers of spreadsheets lie between these in date columns: 1954–2119.
const minSerial, maxSerial = 20000, 80000

var serialEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// serialDate reads a spreadsheet's day number.
func serialDate(s string, date1904 bool) (domain.Date, bool) {
	if len(s) < 5 || s[0] < '0' || s[0] > '9' {
		return "", false
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v < minSerial || v >= maxSerial {
		return "", false
	}
	days := int(v)
	if date1904 {
		days += 1462
	}
	t := serialEpoch.AddDate(0, 0, days)
	return domain.NewDate(t.Year(), int(t.Month()), t.Day())
}

// parseDue reads a date column's cell: a day, words that stand for one, or words. note
// says what a person should look at: a day number in a cell that does not show it as
// a day, or a text of which only the words are kept since it may mean several days.
func parseDue(s string, year int, date1904 bool) (due domain.Due, note string) {
	if s == "" {
		return domain.Due{}, ""
	}
	if d, ok := serialDate(s, date1904); ok {
		return domain.Due{Date: d}, serialNote(s, d)
	}
	due = domain.ParseDue(s, year)
	if doubt := domain.DateDoubt(s, year); doubt != "" {
		note = fmt.Sprintf("“%s”%s，只记下原文。请写成 2026-09-20 这样的日期", s, doubt)
	}
	return due, note
}

func serialNote(s string, d domain.Date) string {
	return fmt.Sprintf("这一格是数字 %s，按日期 %s 读取，请核对", s, d)
}

// parseDay reads a column that holds days only.
func parseDay(s string, year int, date1904 bool) (domain.Date, bool) {
	if d, ok := serialDate(s, date1904); ok {
		return d, true
	}
	return domain.ParseDate(s, year)
}

// numberings are the ways in which items are numbered, each item with its number n
// from 1. Items of the loose ones may follow each other without a mark between.
var numberings = []struct {
	mark  func(n int) []string
	loose bool
	words bool // a single 一、 or 一是 is part of the text
}{
	{mark: func(n int) []string { return digits2(n, "", ".", "", "．", "", "、", "", ")", "", "）") }},
	{mark: func(n int) []string { return digits2(n, "（", "）", "(", ")", "（", ")", "(", "）") }, loose: true},
	{mark: func(n int) []string { return []string{string(rune('①' + n - 1))} }, loose: true},
	{mark: func(n int) []string { return around(chineseNumber(n), "（", "）", "(", ")") }, loose: true},
	{mark: func(n int) []string { return around(chineseNumber(n), "", "、", "", "．", "", ".") }, words: true},
	{mark: func(n int) []string { return around(chineseNumber(n), "", "是", "", "要") }, words: true},
	{mark: func(n int) []string { return around(chineseNumber(n), "第", "，", "第", "、", "第", "是") }, words: true},
}

// knownMarks are the marks of each numbering up to the number of items that cells
// usually hold: they are looked up in every cell of measures.
var knownMarks = func() (out [][20][]string) {
	out = make([][20][]string, len(numberings))
	for i := range out {
		for n := 1; n < len(out[i]); n++ {
			out[i][n] = numberings[i].mark(n)
		}
	}
	return out
}()

func marksOf(style, n int) []string {
	if n < len(knownMarks[style]) {
		return knownMarks[style][n]
	}
	return numberings[style].mark(n)
}

func around(n string, pairs ...string) []string {
	out := make([]string, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, pairs[i]+n+pairs[i+1])
	}
	return out
}

// digits2 writes the number in narrow and in wide digits.
func digits2(n int, pairs ...string) []string {
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, itoa(n))
	return append(around(itoa(n), pairs...), around(wide, pairs...)...)
}

func chineseNumber(n int) string {
	const ones = "一二三四五六七八九十"
	switch {
	case n < 1 || n > 19:
		return "\x00"
	case n <= 10:
		return string([]rune(ones)[n-1])
	}
	return "十" + string([]rune(ones)[n-11])
}

// splitMeasures splits a cell of measures, "1.…；⏎2.…", "①…②…" or "一是…；二是…",
// into its items without numbers and closing marks. A text without numbers is
// one measure, or one per line when every line is a sentence.
func splitMeasures(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	body := strings.Join(lines, "\n")
	items := numberedItems(body)
	switch {
	case items == nil && sentences(lines):
		items = lines
	case items == nil:
		items = []string{body}
	}
	out := items[:0]
	for _, it := range items {
		if it = trimMeasure(it); it != "" {
			out = append(out, it)
		}
	}
	return out
}

// sentences reports whether each of several lines ends as a sentence or item does.
func sentences(lines []string) bool {
	for i, l := range lines {
		if utf8.RuneCountInString(l) < 4 || i+1 < len(lines) && !strings.HasSuffix(l, "；") && !strings.HasSuffix(l, ";") && !strings.HasSuffix(l, "。") {
			return false
		}
	}
	return len(lines) > 1
}

// numberedItems cuts a text that begins with a number 1 at its numbers; nil when
// it does not, or when the number belongs to the text (1.5万元以上…).
func numberedItems(text string) []string {
	if first, _ := utf8First(text); !strings.ContainsRune("1１(（①一第", first) {
		return nil
	}
	for i, style := range numberings {
		width := prefixOf(text, marksOf(i, 1))
		if width == 0 {
			continue
		}
		rest := text[width:]
		var out []string
		for n := 2; ; n++ {
			at, w := findMark(rest, marksOf(i, n), style.loose)
			if at < 0 {
				break
			}
			out = append(out, rest[:at])
			rest = rest[at+w:]
		}
		out = append(out, rest)
		if len(out) == 1 && (style.words || rest != "" && rest[0] >= '0' && rest[0] <= '9') {
			return nil
		}
		return out
	}
	return nil
}

// prefixOf returns the length of the mark that a text begins with, blanks
// before and after the number included; 0 if none.
func prefixOf(s string, marks []string) int {
	for _, m := range marks {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
		if n := len(m); n > 1 && s != "" && m[0] >= '0' && m[0] <= '9' { // "1 ."
			digits := strings.TrimRightFunc(m, func(r rune) bool { return r < '0' || r > '9' })
			if rest, ok := strings.CutPrefix(s, digits); ok {
				bare := strings.TrimLeft(rest, " ")
				if tail := m[len(digits):]; len(bare) < len(rest) && strings.HasPrefix(bare, tail) {
					return len(s) - len(bare) + len(tail)
				}
			}
		}
	}
	return 0
}

// findMark finds the next item's number: at the start of a line, after a mark
// that ends an item, or anywhere when loose.
func findMark(s string, marks []string, loose bool) (at, width int) {
	at = -1
	for _, m := range marks {
		for from := 0; from < len(s); {
			i := strings.Index(s[from:], m)
			if i < 0 {
				break
			}
			i += from
			if (loose || i == 0 || endsItem(s[:i])) && (at < 0 || i < at) {
				at, width = i, len(m)
			}
			from = i + len(m)
		}
	}
	return at, width
}

func endsItem(before string) bool {
	for _, end := range []string{"\n", "；", ";", "。", " ", "，", "\u3000", "："} {
		if strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// leadingNumber reads the digits, of either width, that a text begins with.
func leadingNumber(s string) (value, length int) {
	for length < len(s) && length < 12 {
		r, size := utf8.DecodeRuneInString(s[length:])
		switch {
		case r >= '0' && r <= '9':
			value = value*10 + int(r-'0')
		case r >= '０' && r <= '９':
			value = value*10 + int(r-'０')
		default:
			return value, length
		}
		length += size
	}
	return value, length
}

func trimMeasure(s string) string {
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(s), "；;。 "))
}

// lines splits a cell whose entries stand on their own lines or between ；.
func lines(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\r；;", r) }) {
		if part = strings.TrimSpace(part); !isNothing(part) {
			out = append(out, part)
		}
	}
	return out
}

// named makes references of the names in a cell.
func named(s string) []domain.Ref {
	var out []domain.Ref
	for _, part := range domain.SplitList(s) {
		if !isNothing(part) {
			out = append(out, domain.Named(part))
		}
	}
	return out
}

var digits = map[rune]int{'一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10,
	'首': 1, '再': 2}

// ordinal reads 第一次, 第2轮, 首次, 再: the number, 0 if there is none.
func ordinal(s string) int {
	rs := []rune(domain.NormalizeWidth(s))
	for i, r := range rs {
		if r != '第' || i+1 >= len(rs) {
			continue
		}
		if n := digits[rs[i+1]]; n > 0 {
			return n
		}
		j := i + 1
		for j < len(rs) && rs[j] >= '0' && rs[j] <= '9' {
			j++
		}
		if n, err := strconv.Atoi(string(rs[i+1 : j])); err == nil {
			return n
		}
	}
	if n, err := strconv.Atoi(strings.TrimSpace(string(rs))); err == nil {
		return n
	}
	return 0
}

func itoa(n int) string { return strconv.Itoa(n) }
