package app

import (
	"math"
	"strconv"
	"strings"

	"lianshao/domain"
)

// ParseJudgement reads an entry of a judgement matrix: 3, 1/3, or a decimal that
// stands for 1/2 … 1/9 (0.33, 0.1429), which becomes the exact fraction; false when
// it is not a positive number.
func ParseJudgement(s string) (float64, bool) {
	t := strings.TrimSpace(domain.NormalizeWidth(s))
	if a, b, ok := strings.Cut(t, "/"); ok {
		x, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
		y, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
		if err1 != nil || err2 != nil || y == 0 {
			return 0, false
		}
		return x / y, x > 0 && y > 0
	}
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || v <= 0 || math.IsInf(v, 0) {
		return 0, false
	}
	decimals := 0
	if i := strings.IndexByte(t, '.'); i >= 0 {
		decimals = len(t) - i - 1
	}
	if v < 1 && decimals >= 2 {
		tolerance := max(0.5000001*math.Pow(10, -float64(min(decimals, 12))), 1e-12)
		for k := 2.0; k <= 9; k++ {
			if math.Abs(v-1/k) <= tolerance {
				return 1 / k, true
			}
		}
	}
	return v, true
}

// FormatJudgement writes an entry of a judgement matrix as people do: 3, 1/3, or
// four digits for a mean of several experts.
func FormatJudgement(v float64) string {
	for k := 2.0; k <= 9; k++ {
		if math.Abs(v*k-1) < 1e-9 {
			return "1/" + strconv.Itoa(int(k))
		}
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}
