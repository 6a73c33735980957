package domain

import "testing"

// Numbers are read as people and spreadsheets write them; what is only like one is not.
func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"3": 3, "３．５": 3.5, " 12,000 ": 12000, "1,234,567.8": 1234567.8, "12，000": 12000, "-0.5": -0.5, "85%": 85, "８５％": 85, "4分": 4, "4.00": 4, "+7": 7,
	} {
		if v, percent, ok := ParseNumber(text); !ok || v != want || percent != (text == "85%" || text == "８５％") {
			t.Errorf("%q: %v %v %v", text, v, percent, ok)
		}
	}
	for _, text := range []string{"", "三", "1,2", "12,00", "1,0000", ",100", "1 2", "NaN", "Inf", "1E+17", "5%%", "2026-03"} {
		if v, _, ok := ParseNumber(text); ok {
			t.Errorf("%q was read as %v", text, v)
		}
	}
	for text, want := range map[string]int{"4": 4, "４分": 4, "4.0": 4, "1,000": 1000} {
		if n, ok := ParseWhole(text); !ok || n != want {
			t.Errorf("%q: %d %v", text, n, ok)
		}
	}
	for _, text := range []string{"4.5", "50%", "", "四"} {
		if n, ok := ParseWhole(text); ok {
			t.Errorf("%q was read as %d", text, n)
		}
	}
}
