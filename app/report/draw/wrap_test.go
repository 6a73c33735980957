package draw_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lianshao/app/report/draw"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name, text string
		width      float64 // ems
		want       []string
	}{
		{"empty", "", 5, []string{""}},
		{"fits exactly", "廉政风险", 4, []string{"廉政风险"}},
		{"plain", "廉政风险预警防范", 5, []string{"廉政风险预", "警防范"}},
		{"comma does not start a line", "廉政风险，预警防范", 4, []string{"廉政风", "险，预警", "防范"}},
		{"several closing marks", "见附件（二）》。后文如下", 5, []string{"见附件", "（二）》。", "后文如下"}},
		{"opening mark does not end a line", "请按照《暂行办法》执行", 4, []string{"请按照", "《暂行办", "法》执行"}},
		{"number with percent", "偏差超过10%的须说明", 5, []string{"偏差超过", "10%的须", "说明"}},
		{"date stays whole", "应于2026-09-20前完成", 5, []string{"应于", "2026-09-", "20前完成"}},
		{"date on its own line", "完成时限应于2026-09-20前", 6, []string{"完成时限应于", "2026-09-20", "前"}},
		{"words", "use risk point now", 5, []string{"use risk ", "point now"}},
		{"line feeds", "一\n\n二\r\n三", 9, []string{"一", "", "二", "三"}},
		{"list number keeps its text", "如下：1.论证专家", 4, []string{"如下：", "1.论证专", "家"}},
		{"no widow", "会议纪要存档备查。", 8, []string{"会议纪要存档", "备查。"}},
		{"narrower than a character", "廉政", 0.5, []string{"廉", "政"}},
		{"long word is cut", "aaaaaaaaaaaaaaaaaaaa中", 4, nil},
		{"ellipsis", "招标投标……等等", 4, []string{"招标投", "标……等", "等"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := draw.Wrap(tt.text, tt.width*3, 3, false, metrics())
			if tt.want != nil && !slices.Equal(got, tt.want) {
				t.Errorf("Wrap(%q, %g em) = %q, want %q", tt.text, tt.width, got, tt.want)
			}
			checkWidths(t, got, tt.width*3, 3)
		})
	}
}

type failer interface{ Errorf(string, ...any) }

// checkWidths: only a single character may stick out, spaces at the end aside.
func checkWidths(t failer, lines []string, width, size float64) {
	for _, l := range lines {
		body := strings.TrimRight(l, " ")
		if w := metrics().Width(body, size, false); w > width+1e-6 && utf8.RuneCountInString(body) > 1 {
			t.Errorf("line %q is %g wide, more than %g", l, w, width)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), chinese()).Draw(t, "text")
		width := rapid.Float64Range(-1, 60).Draw(t, "width")
		size := rapid.Float64Range(0.5, 8).Draw(t, "size")
		wrap := draw.Wrap
		if rapid.Bool().Draw(t, "even") {
			wrap = draw.WrapEven
		}
		lines := wrap(text, width, size, false, metrics())
		want := strings.NewReplacer("\r", "", "\n", "").Replace(text)
		if got := strings.Join(lines, ""); got != want {
			t.Fatalf("lines %q are not the text %q", lines, text)
		}
		if breaks := strings.Count(strings.ReplaceAll(text, "\r\n", "\n"), "\n"); len(lines) < breaks+1 {
			t.Fatalf("%d lines for %d line feeds", len(lines), breaks)
		}
		for _, l := range lines {
			if !utf8.ValidString(l) && utf8.ValidString(text) {
				t.Fatalf("a character was cut in two: %q", l)
			}
		}
	})
}

const closing, opening = "，。；：！？、）》」』】”’%", "（《「『【“‘"

// chinese makes text in which the rules can always be kept on lines of 12 ems:
// marks stand between ideographs, words and numbers are short.
func chinese() *rapid.Generator[string] {
	han := rapid.StringOfN(rapid.RuneFrom([]rune("廉政风险点招标采购的合同审批")), 1, 9, -1)
	mark := rapid.SampledFrom([]rune(closing + opening))
	word := rapid.SampledFrom([]string{"10%", "2026", "IT ", "JJ-01", "5万元", " ", "\n"})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "parts") {
			b.WriteString(han.Draw(t, "han"))
			if rapid.Bool().Draw(t, "mark?") {
				b.WriteRune(mark.Draw(t, "mark"))
			} else {
				b.WriteString(word.Draw(t, "word"))
			}
		}
		return b.String()
	})
}

func TestWrapKeepsRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := chinese().Draw(t, "text")
		width := rapid.Float64Range(12, 30).Draw(t, "width")
		size := 1.0
		for p := range strings.SplitSeq(text, "\n") {
			lines := draw.Wrap(p, width, size, false, metrics())
			checkWidths(t, lines, width, size)
			for i, l := range lines {
				first, _ := utf8.DecodeRuneInString(l)
				last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l, " "))
				if i > 0 && strings.ContainsRune(closing, first) {
					t.Fatalf("line starts with %c: %q", first, lines)
				}
				if i < len(lines)-1 && strings.ContainsRune(opening, last) {
					t.Fatalf("line ends with %c: %q", last, lines)
				}
				if i > 0 && i < len(lines) && cutWord(lines[i-1], l) {
					t.Fatalf("a word is cut: %q", lines)
				}
			}
		}
	})
}

func cutWord(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x > ' ' && x < 0x80 && y > ' ' && y < 0x80
}

func BenchmarkWrap(b *testing.B) {
	m := metrics()
	const text = "1.使用标准文本，资格条件和评分办法变更须逐项说明；\n2.基建、审计、财务、使用单位多部门现场会审并留存记录；\n3.招标文件发布前公示征询意见不少于3日。"
	for b.Loop() {
		draw.Wrap(text, 40, 3.175, false, m)
	}
}
