package app

import (
	"math"
	"testing"
)

func TestParseJudgement(t *testing.T) {
	for text, want := range map[string]float64{"1": 1, "9": 9, "1/3": 1.0 / 3, "１／３": 1.0 / 3, "0.3333": 1.0 / 3, "0.333": 1.0 / 3,
		"0.33": 1.0 / 3, "0.3333333333333333": 1.0 / 3, "0.25": 0.25, "0.5": 0.5, "0.1429": 1.0 / 7, "0.17": 1.0 / 6, "0.36": 0.36, "2.0": 2, "0.3350": 0.335} {
		if got, ok := ParseJudgement(text); !ok || math.Abs(got-want) > 1e-15 {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "0", "-2", "一", "1/0", "3/-1"} {
		if v, ok := ParseJudgement(text); ok {
			t.Errorf("%q was read as %v", text, v)
		}
	}
}

// What is written is read as the same value.
func TestFormatJudgement(t *testing.T) {
	for v, want := range map[float64]string{1: "1", 9: "9", 1.0 / 3: "1/3", 0.5: "1/2", 2.449489742783178: "2.449", 1.5: "1.5"} {
		if got := FormatJudgement(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}
