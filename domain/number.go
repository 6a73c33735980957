package domain

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// grouped is a number with separators between thousands.
var grouped = regexp.MustCompile(`^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$`)

// ParseNumber reads a number as people and spreadsheets write it: full-width digits,
// 12,000, 85% (percent is true then, the value 85), 4分. It is not ok for anything else
// and beyond 1e15, where whole numbers are no longer exact.
func ParseNumber(text string) (v float64, percent, ok bool) {
	t := strings.TrimSpace(NormalizeWidth(text))
	t, percent = strings.CutSuffix(t, "%")
	t = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(t), "分"))
	if plain := strings.ReplaceAll(t, "，", ","); grouped.MatchString(plain) {
		t = strings.ReplaceAll(plain, ",", "")
	}
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || !(math.Abs(v) <= 1e15) {
		return 0, percent, false
	}
	return v, percent, true
}

// ParseWhole reads a whole number as people and spreadsheets write it: 4, ４, 4分, 4.0.
func ParseWhole(text string) (n int, ok bool) {
	v, percent, ok := ParseNumber(text)
	if !ok || percent || v != math.Trunc(v) {
		return 0, false
	}
	return int(v), true
}
