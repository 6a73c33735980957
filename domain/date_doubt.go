package domain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	// numericPattern is a date of numbers alone, in any order.
	numericPattern = regexp.MustCompile(`^(\d{1,4})[./-](\d{1,2})(?:[./-](\d{1,4}))?$`)
	twoDigitYear   = regexp.MustCompile(`^'?(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$`)
	plainNumber    = regexp.MustCompile(`^\d+(\.\d+)?$`)
	eightDigits    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	// afterDay is what may follow a day without changing it.
	afterDay = regexp.MustCompile(`\s*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?\s*(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$`)
	// chineseDay is a day in Chinese numerals: 二〇二六年九月二十日.
	chineseDay = regexp.MustCompile(`^([〇○零Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]$`)
)

// DateDoubt says why a text that looks like a date is not taken for one, as part of
// a sentence: “可能是 2026年3月4日，也可能是 2026年4月3日”. It is "" for texts that
// ParseDate or ParseDue read and for words.
func DateDoubt(text string, year int) string {
	s := strings.TrimSpace(NormalizeWidth(text))
	if _, ok := ParseDate(s, year); ok || s == "" {
		return ""
	}
	if _, _, ok := parsePeriod(s, year); ok {
		return ""
	}
	if m := twoDigitYear.FindStringSubmatch(s); m != nil {
		return fmt.Sprintf("年份只写了两位，可能是 20%s年%s月%s日", m[1], m[2], m[3])
	}
	if m := numericPattern.FindStringSubmatch(s); m != nil {
		return doubtful(readings(m, year))
	}
	switch {
	case ymdPattern.MatchString(s), mdPattern.MatchString(s), ymPattern.MatchString(s), chineseDay.MatchString(s):
		if year == 0 && !ymdPattern.MatchString(s) {
			return "没有写是哪一年"
		}
		return "没有这一天"
	case plainNumber.MatchString(s):
		return "只是一个数字，看不出是哪一天"
	}
	return ""
}

func doubtful(list []string) string {
	if len(list) == 0 {
		return "没有这一天"
	}
	return "可能是 " + strings.Join(list, "，也可能是 ")
}

// readings lists what the numbers of a date may mean.
func readings(m []string, year int) (out []string) {
	a, b := atoi(m[1]), atoi(m[2])
	add := func(y, mo, d int) {
		if _, ok := NewDate(y, mo, d); ok {
			if s := fmt.Sprintf("%d年%d月%d日", y, mo, d); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	if m[3] == "" {
		if year > 0 && len(m[1]) < 3 {
			add(year, a, b)
		}
		if len(m[1]) == 2 && b >= 1 && b <= 12 {
			out = append(out, fmt.Sprintf("20%s年%d月", m[1], b))
		}
		return out
	}
	c := atoi(m[3])
	switch {
	case len(m[3]) == 4:
		add(c, a, b)
		add(c, b, a)
	case len(m[1]) < 3 && len(m[3]) < 3:
		add(2000+a, b, c)
		add(2000+c, a, b)
		add(2000+c, b, a)
	}
	return out
}

// plainDay writes a day in the ways ParseDate knows: without the hour and the day of
// the week, in Arabic numerals.
func plainDay(s string) string {
	if i := afterDay.FindStringIndex(s); i != nil && i[0] > 0 && i[0] < len(s) {
		s = s[:i[0]]
	}
	if m := chineseDay.FindStringSubmatch(s); m != nil {
		year := 0
		for _, r := range m[1] {
			year = year*10 + chineseDigit(string(r))
		}
		return fmt.Sprintf("%d年%d月%d日", year, chineseNumber(m[2]), chineseNumber(m[3]))
	}
	return s
}

// chineseNumber reads 一 to 三十一; 0 for what is none.
func chineseNumber(s string) int {
	tens, ones, ten := strings.Cut(s, "十")
	switch {
	case !ten && len(s) == len("一"):
		return chineseDigit(s)
	case !ten:
		return 0
	}
	n := 10
	if tens != "" {
		n = 10 * chineseDigit(tens)
	}
	if ones != "" {
		n += chineseDigit(ones)
	}
	return n
}

// chineseDigit reads 一 to 九; 0 for every other sign.
func chineseDigit(s string) int {
	return (strings.Index("一二三四五六七八九", s) + len("一")) / len("一")
}
