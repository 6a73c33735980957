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
	case "", "—", "－", "-", "–", "——", "/", "／", "无":
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

// parseDue reads a date column's cell: a serial number, a day, or words.
func parseDue(s string, year int, date1904 bool) domain.Due {
	if s == "" {
		return domain.Due{}
	}
	if d, ok := serialDate(s, date1904); ok {
		return domain.Due{Date: d}
	}
	return domain.ParseDue(s, year)
}

// parseDay reads a column that holds days only.
func parseDay(s string, year int, date1904 bool) (domain.Date, bool) {
	if d, ok := serialDate(s, date1904); ok {
		return d, true
	}
	if i := strings.IndexAny(s, " T"); i >= 8 { // 2026-09-20 00:00:00
		if d, ok := domain.ParseDate(s[:i], year); ok {
			return d, true
		}
	}
	return domain.ParseDate(s, year)
}

// splitMeasures splits a cell of measures: "1.…；⏎2.…" into its items without
// numbers and closing marks; a text without numbers is one measure.
func splitMeasures(text string) []string {
	var items []string
	numbered := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if rest, ok := cutNumber(line, len(items)+1); ok && (len(items) == 0 || numbered) {
			numbered = true
			items = append(items, rest)
		} else if len(items) > 0 {
			items[len(items)-1] += "\n" + line
		} else {
			items = append(items, line)
		}
	}
	if len(items) == 1 {
		items = splitInline(items[0], numbered, text)
	}
	out := items[:0]
	for _, it := range items {
		if it = trimMeasure(it); it != "" {
			out = append(out, it)
		}
	}
	return out
}

// splitInline splits "1.甲；2.乙；3.丙" written on one line. A text that merely
// begins with a number (1.5万元以上…) stays whole.
func splitInline(first string, numbered bool, text string) []string {
	if !numbered {
		return []string{first}
	}
	var out []string
	rest := first
	for n := 2; ; n++ {
		at, width := findNumber(rest, n)
		if at < 0 {
			break
		}
		out = append(out, rest[:at])
		rest = rest[at+width:]
	}
	out = append(out, rest)
	if len(out) == 1 && first != "" && first[0] >= '0' && first[0] <= '9' {
		return []string{strings.TrimSpace(text)}
	}
	return out
}

// findNumber finds "2." after a mark that ends an item.
func findNumber(s string, n int) (at, width int) {
	num := strconv.Itoa(n)
	for _, end := range []string{"；", ";", "。", " ", "，"} {
		for _, dot := range []string{".", "．", "、", "）", ")"} {
			if i := strings.Index(s, end+num+dot); i >= 0 {
				return i + len(end), len(num) + len(dot)
			}
		}
	}
	return -1, 0
}

// cutNumber cuts "3." "3、" "（3）" off the front when the number is n.
func cutNumber(line string, n int) (string, bool) {
	s := strings.TrimLeft(line, "（( ")
	value, i := leadingNumber(s)
	if i == 0 || value != n {
		return "", false
	}
	rest := strings.TrimLeft(s[i:], " ")
	for _, dot := range []string{".", "．", "、", "）", ")"} {
		if r, ok := strings.CutPrefix(rest, dot); ok {
			return strings.TrimSpace(r), true
		}
	}
	return "", false
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
