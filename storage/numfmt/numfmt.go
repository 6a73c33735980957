// Package numfmt tells which numbers of a workbook are dates and times, by the
// number format of their cell, and writes them as a person sees them; likewise numbers
// that their format dresses up, as 1 that is seen as FX-001.
package numfmt

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Kind is what the numbers of a format are.
type Kind uint8

// Kinds of numbers.
const (
	Number  Kind = iota
	Day          // 2026-09-20
	Month        // 2026年9月: the day is not shown
	Year         // 2026年
	Time         // 08:30
	DayTime      // 2026-09-20 08:30
)

// builtin are the formats that files name by number alone. 27–36 and 50–58 are
// those of a Chinese Excel.
var builtin = map[int]Kind{
	14: Day, 15: Day, 16: Day, 17: Month, 18: Time, 19: Time, 20: Time, 21: Time, 22: DayTime,
	27: Month, 28: Day, 29: Day, 30: Day, 31: Day, 32: Time, 33: Time, 34: Time, 35: Time, 36: Month,
	45: Time, 46: Time, 47: Time,
	50: Month, 51: Day, 52: Month, 53: Day, 54: Day, 55: Time, 56: Time, 57: Month, 58: Day,
}

// Format is what a number format makes of its numbers. The zero Format shows them as
// they are.
type Format struct {
	Kind
	sections []section // nil: numbers are not dressed up
}

// Plain reports whether numbers are shown as they are.
func (f Format) Plain() bool { return f.Kind == Number && f.sections == nil }

// Of returns a format by its number and code; the code counts where the file gives
// one.
func Of(id int, code string) Format {
	if code == "" {
		switch id {
		case 9:
			code = "0%"
		case 10:
			code = "0.00%"
		default:
			return Format{Kind: builtin[id]}
		}
	}
	k := ofCode(code)
	if k != Number {
		return Format{Kind: k}
	}
	return Format{sections: dress(code)}
}

// ofCode looks at the placeholders of the first section of a format code.
func ofCode(code string) Kind {
	letters, elapsed := placeholders(code)
	if letters == "" || strings.Contains(letters, "general") {
		return Number
	}
	clock := elapsed || strings.ContainsAny(letters, "hs")
	day := strings.ContainsAny(letters, "da")
	year := strings.ContainsAny(letters, "ye")
	month := strings.Contains(letters, "m") && !(clock && !day && !year)
	switch {
	case clock && (day || year || month):
		return DayTime
	case clock:
		return Time
	case day:
		return Day
	case month:
		return Month
	case year:
		return Year
	}
	return Number
}

// placeholders returns the letters of the first section that are not literal
// text, in lower case; elapsed reports [h], [m] or [s].
func placeholders(code string) (letters string, elapsed bool) {
	var b strings.Builder
	rs := []rune(code)
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case r == ';':
			return b.String(), elapsed
		case r == '"':
			for i++; i < len(rs) && rs[i] != '"'; i++ {
			}
		case r == '\\', r == '_', r == '*':
			i++
		case r == '[':
			from := i + 1
			for i < len(rs) && rs[i] != ']' {
				i++
			}
			inner := strings.ToLower(string(rs[min(from, len(rs)):min(i, len(rs))]))
			elapsed = elapsed || inner != "" && strings.Trim(inner, string(inner[0])) == "" && strings.Contains("hms", inner[:1])
		case (r == 'E' || r == 'e') && i+1 < len(rs) && (rs[i+1] == '+' || rs[i+1] == '-'):
			i++ // an exponent
		case (r == 'A' || r == 'a') && strings.HasPrefix(strings.ToUpper(string(rs[i:])), "AM/PM"):
			i += len("AM/PM") - 1
			b.WriteByte('h')
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String(), elapsed
}

// maxDay is the day number of 9999-12-31.
const maxDay = 2958465

// Text writes a number of the kind as it is seen. It is not ok for kinds without
// dates and for numbers that are no date, as a negative one or 1900-02-29, which
// only spreadsheets know.
func (k Kind) Text(v float64, date1904 bool) (text string, ok bool) {
	if k == Number || math.IsNaN(v) || v < 0 {
		return "", false
	}
	seconds := math.Round(v * 86400)
	days, clock := int(seconds/86400), int(math.Mod(seconds, 86400))
	at := fmt.Sprintf("%02d:%02d", clock/3600, clock/60%60)
	if clock%60 != 0 {
		at += fmt.Sprintf(":%02d", clock%60)
	}
	if k == Time && v < 1 {
		return at, days == 0
	}
	t, ok := day(days, date1904)
	if !ok {
		return "", false
	}
	switch k {
	case Month:
		return fmt.Sprintf("%d年%d月", t.Year(), t.Month()), true
	case Year:
		return fmt.Sprintf("%d年", t.Year()), true
	}
	text = t.Format("2006-01-02")
	if clock != 0 {
		text += " " + at
	}
	return text, true
}

// day is the date of a day number. Days count from 1900-01-01 as 1, with a 29
// February that year did not have, or from 1904-01-01 as 0.
func day(n int, date1904 bool) (time.Time, bool) {
	if date1904 {
		n += 1462
	}
	if n > maxDay || !date1904 && (n < 1 || n == 60) {
		return time.Time{}, false
	}
	if n < 60 {
		n++
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}
