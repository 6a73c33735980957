package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day as 2026-09-20; "" is unknown. Dates compare as strings.
type Date string

// NewDate makes a Date; ok is false when there is no such day.
func NewDate(year, month, day int) (Date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1900 || year > 2200 {
		return "", false
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day)), true
}

// Time returns midnight UTC of the day; the zero time for "".
func (d Date) Time() time.Time {
	t, err := time.Parse("2006-01-02", string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Due is a date as people write it: a day, the end of a period (9月上旬), or
// words without a day (长期, 每次招标前). Text is empty when the day says it all.
type Due struct {
	Date Date   `json:"d,omitempty"`
	Text string `json:"t,omitempty"`
}

// String shows the words if there are any, else the day.
func (d Due) String() string {
	if d.Text != "" {
		return d.Text
	}
	return string(d.Date)
}

var (
	ymdPattern   = regexp.MustCompile(`^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$`)
	mdPattern    = regexp.MustCompile(`^(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]$`)
	ymPattern    = regexp.MustCompile(`^(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(上旬|中旬|下旬|底|末|初|中)?$`)
	ymDotPattern = regexp.MustCompile(`^(\d{4})[.\-/](\d{1,2})$`)
)

// ParseDue reads a date or the words that stand for one; year completes dates
// without a year. Periods end on their last day: 上旬 10, 中旬 20, 下旬 and 底
// the last day of the month. Words without a day are kept as they are.
func ParseDue(text string, year int) Due {
	s := strings.TrimSpace(NormalizeWidth(text))
	if s == "" {
		return Due{}
	}
	if d, ok := ParseDate(s, year); ok {
		return Due{Date: d}
	}
	if start, end, ok := parsePeriod(s, year); ok && start != "" {
		return Due{Date: end, Text: s}
	}
	return Due{Text: strings.TrimSpace(text)}
}

// ParseDate reads a single day: 2026-09-20, 2026.9.20, 2026年9月20日, 9月20日,
// 二〇二六年九月二十日, 20260920; a day of the week or an hour may follow. What may be
// read in two ways, as 3/4/2026, is no day: see DateDoubt.
func ParseDate(text string, year int) (Date, bool) {
	s := plainDay(strings.TrimSpace(NormalizeWidth(text)))
	if m := ymdPattern.FindStringSubmatch(s); m != nil {
		return NewDate(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := mdPattern.FindStringSubmatch(s); m != nil && year > 0 {
		return NewDate(year, atoi(m[1]), atoi(m[2]))
	}
	if m := eightDigits.FindStringSubmatch(s); m != nil {
		return NewDate(atoi(m[1]), atoi(m[2]), atoi(m[3]))
	}
	if m := numericPattern.FindStringSubmatch(s); m != nil && len(m[3]) == 4 { // 9/20/2026 has one reading
		one, ok := NewDate(atoi(m[3]), atoi(m[1]), atoi(m[2]))
		other, too := NewDate(atoi(m[3]), atoi(m[2]), atoi(m[1]))
		switch {
		case ok && (!too || one == other):
			return one, true
		case too && !ok:
			return other, true
		}
	}
	return "", false
}

// parsePeriod reads 9月上旬, 2026年9月底, 2026年12月, 2019年3月, 2021.7.
func parsePeriod(s string, year int) (start, end Date, ok bool) {
	part := ""
	var y, mo int
	if m := ymPattern.FindStringSubmatch(s); m != nil {
		y, mo, part = atoi(m[1]), atoi(m[2]), m[3]
		if m[1] == "" {
			y = year
		}
	} else if m := ymDotPattern.FindStringSubmatch(s); m != nil {
		y, mo = atoi(m[1]), atoi(m[2])
	} else {
		return "", "", false
	}
	if y == 0 || mo < 1 || mo > 12 {
		return "", "", false
	}
	last := time.Date(y, time.Month(mo)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	from, to := 1, last
	switch part {
	case "上旬", "初":
		to = 10
	case "中旬", "中":
		from, to = 11, 20
	case "下旬", "底", "末":
		from = 21
	}
	a, okA := NewDate(y, mo, from)
	b, okB := NewDate(y, mo, to)
	return a, b, okA && okB
}

// ParsePeriod reads a period of the plan as its first and last day: 6月上旬－中旬,
// 5月－8月, 8月底, 11月.
func ParsePeriod(text string, year int) (start, end Date, ok bool) {
	s := strings.NewReplacer("－", "-", "—", "-", "–", "-", "～", "-", "~", "-", "至", "-").Replace(strings.TrimSpace(NormalizeWidth(text)))
	a, b, two := strings.Cut(s, "-")
	if !two {
		return parsePeriod(s, year)
	}
	start, _, ok1 := parsePeriod(a, year)
	if !strings.Contains(b, "月") {
		month, _, _ := strings.Cut(a, "月")
		b = month + "月" + b
	}
	_, end, ok2 := parsePeriod(b, year)
	return start, end, ok1 && ok2
}

var (
	quarterPattern = regexp.MustCompile(`^(?:(\d{4})年?)?(?:[Qq]([1-4])|第?([1-4一二三四])季度?)$`)
	monthPattern   = regexp.MustCompile(`^(\d{4})[-./]?(\d{2})$|^(\d{4})[-./](\d)$|^(?:(\d{4})年)?(\d{1,2})月$`)
)

// ParseMonth reads the month of a reading as 2026-08, from 2026-08, 2026.8, 202608,
// 2026年8月, or 8月 of the given year. A quarter stands for its last month: 2026Q3,
// 2026年3季度 and 第三季度 are 2026-09.
func ParseMonth(text string, year int) (string, bool) {
	s := strings.ReplaceAll(strings.TrimSpace(NormalizeWidth(text)), " ", "")
	y, month := 0, 0
	if m := quarterPattern.FindStringSubmatch(s); m != nil {
		q := strings.IndexAny("1234", m[2]+m[3])
		if i := strings.Index("一二三四", m[3]); q < 0 && i >= 0 {
			q = i / len("一")
		}
		y, month = atoi(m[1]), 3*(q+1)
	} else if m := monthPattern.FindStringSubmatch(s); m != nil {
		y, month = atoi(m[1]+m[3]+m[5]), atoi(m[2]+m[4]+m[6])
	}
	if y == 0 {
		y = year
	}
	if month < 1 || month > 12 || y < 1990 || y > 2100 {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d", y, month), true
}

// NormalizeWidth turns full-width digits, letters and punctuation of numbers
// into their ASCII forms and trims nothing else.
func NormalizeWidth(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0xFF01 && r <= 0xFF5E || r == 0x3000 }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 0x3000:
			return ' '
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ',
			r == '．', r == '％', r == '／', r == '－', r == '＋':
			return r - 0xFEE0
		}
		return r
	}, s)
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

func itoa(n int) string { return strconv.Itoa(n) }
