package domain

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDifferencesAreMarked(t *testing.T) {
	before, after := Differences("三家询价，联合认价", "三家以上询价，联合认价并留痕")
	if before != "三家询价，联合认价" || after != "三家【以上】询价，联合认价【并留痕】" {
		t.Errorf("%s / %s", before, after)
	}
	before, after = Differences("双人签证", "三人签证")
	if before != "【双】人签证" || after != "【三】人签证" {
		t.Errorf("%s / %s", before, after)
	}
}

// Without the marks both texts read as they were, and what is not marked is the same
// in both.
func TestDifferencesLoseNothing(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("招标合同变更签证验收，。")), 0, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		before, after := Differences(a, b)
		plain := strings.NewReplacer("【", "", "】", "")
		if plain.Replace(before) != a || plain.Replace(after) != b || unmarked(before) != unmarked(after) {
			t.Fatalf("%q %q: %q %q", a, b, before, after)
		}
	})
}

func unmarked(s string) string {
	out := ""
	for s != "" {
		head, rest, _ := strings.Cut(s, "【")
		out += head
		_, s, _ = strings.Cut(rest, "】")
	}
	return out
}
