package draw_test

import (
	"math"
	"sync"
	"testing"

	"lianshao/app/report/draw"
	"lianshao/assets"
)

var metrics = sync.OnceValue(func() *draw.Metrics {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		panic(err)
	}
	return m
})

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestWidth(t *testing.T) {
	m := metrics()
	if w := m.Width("廉政风险", 5, false); !near(w, 20) {
		t.Errorf("four ideographs of 5 mm are %g mm wide, want 20", w)
	}
	if w := m.Width("𬭎", 3, true); !near(w, 3) {
		t.Errorf("𬭎 is %g wide, want 3", w)
	}
	if w := m.Width("中\u200b\ufeff\n", 1, false); !near(w, 1) {
		t.Errorf("invisible characters take room: %g, want 1", w)
	}
	if m.Width("i", 1, false) >= m.Width("W", 1, false) {
		t.Error("Latin letters are not proportional")
	}
	if m.Width("Lianshao", 1, false) >= m.Width("Lianshao", 1, true) {
		t.Error("bold Latin text is not wider than regular")
	}
	if w := m.Width("😀", 2, false); !near(w, m.Width("〓", 2, false)) {
		t.Errorf("a missing character is %g wide, not as wide as its substitute", w)
	}
}

func TestMissing(t *testing.T) {
	m := metrics()
	if got := m.Missing("李𬭎 陈喆 龑 㛃，100%\t☐"); len(got) != 0 {
		t.Errorf("Missing names %q, all of which the font has", got)
	}
	if got := string(m.Missing("好😀的𠂢😀")); got != "😀𠂢" {
		t.Errorf("Missing = %q, want 😀𠂢", got)
	}
}

func TestNewMetricsRefusesOtherFiles(t *testing.T) {
	if _, err := draw.NewMetrics([]byte("not a font"), assets.FontBold); err == nil {
		t.Error("a text was taken for a font")
	}
	if _, err := draw.NewMetrics(assets.FontRegular, nil); err == nil {
		t.Error("nothing was taken for a font")
	}
}

// Run with -race: fresh metrics are filled by many goroutines.
func TestMetricsConcurrently(t *testing.T) {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for r := rune(0x4e00); r < 0x6000; r += 37 {
				if w := m.RuneWidth(r, g%2 == 0); !near(w, 1) {
					t.Errorf("%c is %g wide, want 1", r, w)
					return
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkWidth(b *testing.B) {
	m := metrics()
	const text = "编制招标文件时量身定制资格条件、业绩要求和评分办法，排斥潜在投标人。"
	for b.Loop() {
		m.Width(text, 3.2, false)
	}
}
