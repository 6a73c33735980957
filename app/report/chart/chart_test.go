package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lianshao/app/report/draw"
)

// plainMeasurer gives Chinese one em and everything else a little over half.
type plainMeasurer struct{}

func (plainMeasurer) Width(s string, size float64, _ bool) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x2000 {
			w += 0.56
		} else {
			w++
		}
	}
	return w * size
}

var levels = []Series{{"红", Red}, {"橙", Orange}, {"黄", Yellow}, {"蓝", Blue}}

var limits = []Threshold{{40, "黄", Yellow}, {60, "橙", Orange}, {80, "红", Red}}

// samples are charts of every kind, n rows each.
func samples(n int) map[string]Model {
	st := &Stacked{Title: "各部门", Series: levels}
	cn := &Counts{Title: "等级"}
	mx := &Matrix{Title: "矩阵", Bands: []Band{{15, "高", Red}, {6, "中", Orange}, {0, "低", Blue}}}
	rk := &Ranking{Title: "排序", Decimals: 2, Thresholds: limits}
	db := &Dumbbell{Title: "对比", Thresholds: limits}
	sl := &Slope{Title: "对比", Thresholds: limits, Decimals: 1}
	ln := &Lines{Title: "走势", Unit: "%", Worse: 1, Thresholds: []Threshold{{6, "预警值", Orange}, {8, "报警值", Red}}, Series: []LineSeries{{Name: "读数"}},
		Forecast: &Forecast{Labels: []string{"下月"}, Mean: []float64{7}, Low: []float64{6}, High: []float64{9}, Note: "80%区间"}}
	ga := &Gantt{Title: "步骤", Today: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC)}
	for i := range n {
		label := fmt.Sprintf("JJ-%02d 编制招标文件设置倾向性条款", i)
		v := 20 + float64(i*37%80)
		w := v + float64(i*13%30) - 22
		st.Rows = append(st.Rows, StackRow{Label: label, Key: label, Parts: []Part{{i % 3, "r" + label}, {2, "o" + label}, {i % 2, "y" + label}, {1, "b" + label}}})
		rk.Items = append(rk.Items, Rank{Label: label, Value: v, Color: Orange, Word: "橙", Key: label})
		sh := Shift{Label: label, Before: v, After: w, BeforeColor: Red, AfterColor: Blue, BeforeWord: "红", AfterWord: "蓝", Key: label}
		db.Items, sl.Items = append(db.Items, sh), append(sl.Items, sh)
		ln.Labels = append(ln.Labels, fmt.Sprintf("2026-%02d", i+1))
		ln.Series[0].Values = append(ln.Series[0].Values, 3+float64(i*7%11)/2)
		start := time.Date(2026, 5, 1+i*9, 0, 0, 0, 0, time.UTC)
		ga.Tasks = append(ga.Tasks, Task{Label: label, Start: start, End: start.AddDate(0, 0, 14), Done: float64(i%5) / 4, Late: i == 2, Key: label})
		mx.Cells[i%5][i*3%5] = MatrixCell{i + 1, fmt.Sprintf("cell%d%d", i%5, i*3%5)}
	}
	if n > 0 {
		for i, s := range levels {
			cn.Items = append(cn.Items, Count{s.Label, s.Color, i * n, s.Label})
		}
	}
	return map[string]Model{"stacked": st, "counts": cn, "matrix": mx, "ranking": rk, "dumbbell": db, "slope": sl, "lines": ln, "gantt": ga}
}

type rect struct{ x0, y0, x1, y1 float64 }

func textRect(t draw.Text) rect {
	w := plainMeasurer{}.Width(t.String, t.Size, t.Bold)
	x := t.X
	switch t.Align {
	case draw.Center:
		x -= w / 2
	case draw.Right:
		x -= w
	}
	if t.Angle == 90 {
		return rect{t.X - t.Size*0.8, t.Y - w/2, t.X + t.Size*0.1, t.Y + w/2}
	}
	return rect{x, t.Y - t.Size*0.8, x + w, t.Y + t.Size*0.1}
}

func texts(d draw.Drawing) []draw.Text {
	var out []draw.Text
	for _, it := range d.Items {
		if t, ok := it.(draw.Text); ok {
			out = append(out, t)
		}
	}
	return out
}

// checkTexts: nothing is cut by the edge and no two texts lie on each other.
func checkTexts(t *testing.T, name string, d draw.Drawing) {
	t.Helper()
	list := texts(d)
	for i, a := range list {
		r := textRect(a)
		if r.x0 < -0.5 || r.y0 < -0.5 || r.x1 > d.W+0.5 || r.y1 > d.H+0.5 {
			t.Errorf("%s: %q at %.0f,%.0f leaves the drawing of %.0f × %.0f", name, a.String, a.X, a.Y, d.W, d.H)
		}
		for _, b := range list[:i] {
			q := textRect(b)
			if r.x0 < q.x1-1 && q.x0 < r.x1-1 && r.y0 < q.y1-1 && q.y0 < r.y1-1 {
				t.Errorf("%s: %q and %q overlap", name, a.String, b.String)
			}
		}
	}
}

func TestTextsNeitherOverlapNorLeave(t *testing.T) {
	for _, size := range [][2]float64{{700, 420}, {480, 320}, {900, 600}, {380, 260}} {
		for _, n := range []int{0, 1, 4, 12, 20} {
			for name, m := range samples(n) {
				if name == "slope" && size[0] < 480 {
					continue // two columns of labels need their width
				}
				checkTexts(t, fmt.Sprintf("%s with %d rows on %v", name, n, size), Layout(m, size[0], size[1], plainMeasurer{}))
			}
		}
	}
}

// untitled takes the title away, as the window does where a heading stands above.
func untitled(m Model) Model {
	switch v := m.(type) {
	case *Stacked:
		v.Title = ""
	case *Counts:
		v.Title = ""
	case *Matrix:
		v.Title = ""
	case *Ranking:
		v.Title, v.Limit = "", 10
	case *Dumbbell:
		v.Title, v.Limit = "", 10
	case *Slope:
		v.Title = ""
	case *Lines:
		v.Title = ""
	case *Gantt:
		v.Title = ""
	}
	return m
}

func TestSmallChartsWithoutTitle(t *testing.T) {
	for name, sizes := range map[string][][2]float64{
		"counts": {{300, 70}, {240, 64}, {500, 90}}, "stacked": {{300, 120}, {260, 200}, {700, 130}}, "matrix": {{260, 220}, {300, 260}, {500, 300}},
		"ranking": {{300, 200}, {1150, 250}}, "dumbbell": {{320, 200}, {1150, 250}}, "lines": {{320, 180}, {800, 200}}, "gantt": {{600, 200}},
	} {
		for _, size := range sizes {
			for _, n := range []int{1, 3, 20} {
				d := Layout(untitled(samples(n)[name]), size[0], size[1], plainMeasurer{})
				checkTexts(t, fmt.Sprintf("%s with %d rows on %v", name, n, size), d)
				if (name == "ranking" || name == "dumbbell" || name == "matrix" || name == "counts") && d.H > size[1] {
					t.Errorf("%s with %d rows needs %.0f of %.0f", name, n, d.H, size[1])
				}
			}
		}
	}
}

func TestEmptyChartsSaySo(t *testing.T) {
	for name, m := range samples(0) {
		d := Layout(m, 500, 300, plainMeasurer{})
		said := false
		for _, s := range texts(d) {
			said = said || len([]rune(s.String)) > 8
		}
		if !said || len(d.Hits) > 0 {
			t.Errorf("%s: an empty chart must say why, in a sentence", name)
		}
	}
}

func TestRowsAreNeverSqueezed(t *testing.T) {
	for name, m := range samples(60) {
		if name == "lines" || name == "matrix" || name == "counts" {
			continue
		}
		if d := Layout(m, 700, 300, plainMeasurer{}); d.H < 60*14 {
			t.Errorf("%s: 60 rows on %.0f", name, d.H)
		}
	}
}

func TestHugePilotsStayDrawable(t *testing.T) {
	for _, name := range []string{"ranking", "dumbbell", "stacked"} {
		d := Layout(samples(20000)[name], 700, 400, plainMeasurer{})
		said := false
		for _, s := range texts(d) {
			said = said || strings.Contains(s.String, "列出前 1000")
		}
		if !said || d.H > 1100*38 {
			t.Errorf("%s of 20000 rows is %.0f high; it must list some and say so", name, d.H)
		}
	}
}

func TestStackedBarsAreTrueToTheirCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &Stacked{Series: levels}
		all := 0
		for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
			r := StackRow{Label: "岗位", Key: fmt.Sprint("row", i)}
			for j := range levels {
				n := rapid.IntRange(0, 30).Draw(t, "count")
				all += n
				r.Parts = append(r.Parts, Part{n, fmt.Sprint(i, j)})
			}
			m.Rows = append(m.Rows, r)
		}
		if all == 0 {
			return
		}
		d := Layout(m, 600, 300, plainMeasurer{})
		perOne := 0.0
		for i, r := range m.Rows {
			for j, p := range r.Parts {
				for _, h := range d.Hits {
					if h.Key != p.Key {
						continue
					}
					if p.Count == 0 {
						t.Fatalf("a part of nothing can be tapped: %d,%d", i, j)
					}
					one := h.W / float64(p.Count)
					if perOne > 0 && math.Abs(one-perOne) > 1e-6 {
						t.Fatalf("one point is %v wide here and %v there", one, perOne)
					}
					perOne = one
					if h.X+h.W > d.W {
						t.Fatalf("a bar leaves the chart")
					}
				}
			}
		}
	})
}

func TestEveryMarkAnswersWithItsKey(t *testing.T) {
	want := map[string]int{"stacked": 7, "ranking": 7, "dumbbell": 7, "slope": 7, "gantt": 7}
	for name, m := range samples(7) {
		d := Layout(m, 700, 420, plainMeasurer{})
		keys := map[string]bool{}
		for _, h := range d.Hits {
			if h.Key == "" {
				continue
			}
			if h.Tip == "" {
				t.Errorf("%s: %s says nothing under the pointer", name, h.Key)
			}
			if got := d.At(h.X+h.W/2, h.Y+h.H/2); got != h.Key && name != "slope" { // a slope's dots may lie close
				t.Errorf("%s: the middle of %q answers %q", name, h.Key, got)
			}
			if strings.HasPrefix(h.Key, "JJ") {
				keys[h.Key] = true
			}
		}
		if n, ok := want[name]; ok && len(keys) != n {
			t.Errorf("%s: %d rows answer, want %d", name, len(keys), n)
		}
	}
}

func TestMatrixPutsLikelihoodUpAndImpactRight(t *testing.T) {
	m := &Matrix{Bands: []Band{{15, "高", Red}, {0, "低", Blue}}}
	m.Cells[4][0] = MatrixCell{3, "likely"}
	m.Cells[0][4] = MatrixCell{2, "grave"}
	m.Cells[4][4] = MatrixCell{1, "both"}
	d := Layout(m, 400, 300, plainMeasurer{})
	at := map[string]draw.Hit{}
	for _, h := range d.Hits {
		at[h.Key] = h
	}
	if !(at["likely"].Y < at["grave"].Y && at["likely"].X < at["grave"].X && at["both"].Y == at["likely"].Y && at["both"].X == at["grave"].X) {
		t.Errorf("cells stand at %v", at)
	}
	if !strings.Contains(at["both"].Tip, "高") || !strings.Contains(at["likely"].Tip, "低") {
		t.Errorf("tips: %q, %q", at["both"].Tip, at["likely"].Tip)
	}
	words := fmt.Sprint(m.bands())
	if !strings.Contains(words, "高 15–25") || !strings.Contains(words, "低 1–14") {
		t.Errorf("bands: %v", words)
	}
}

func TestChangeInWords(t *testing.T) {
	for _, c := range []struct {
		v    Shift
		want string
	}{
		{Shift{Before: 84.46, After: 73.06, AfterWord: "橙"}, "−13.5% 橙"},
		{Shift{Before: 70.86, After: 71.13, AfterWord: "橙"}, "反升 ＋0.4% 橙"},
		{Shift{Before: 50, After: 50.01, AfterWord: "黄"}, "持平 黄"},
		{Shift{Before: math.NaN(), After: 34.74, AfterWord: "蓝"}, "缺一次 蓝"},
	} {
		if got := change(c.v); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestReadingsBeyondAThresholdTakeItsColour(t *testing.T) {
	m := &Lines{Worse: 1, Thresholds: []Threshold{{6, "预警", Orange}, {8, "报警", Red}}}
	for v, want := range map[float64]draw.Color{5.9: Accent, 6: Orange, 7.9: Orange, 8: Red, 20: Red} {
		if got := m.dot(v, Accent); got != want {
			t.Errorf("%v is painted %v", v, got)
		}
	}
	m = &Lines{Worse: -1, Thresholds: []Threshold{{90, "预警", Orange}, {80, "报警", Red}}}
	for v, want := range map[float64]draw.Color{95: Accent, 90: Orange, 80: Red, 10: Red} {
		if got := m.dot(v, Accent); got != want {
			t.Errorf("%v is painted %v", v, got)
		}
	}
}

func TestDekads(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		a, b time.Time
		want int
	}{{day(5, 1), day(5, 10), 0}, {day(5, 10), day(5, 11), 1}, {day(5, 20), day(5, 21), 1}, {day(5, 31), day(6, 1), 1}, {day(5, 31), day(12, 31), 21}} {
		if got := dekad(c.b) - dekad(c.a); got != c.want {
			t.Errorf("%v to %v: %d dekads, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := dekadPlace(day(2, 25)) - float64(dekad(day(2, 25))); math.Abs(got-0.5) > 1e-9 {
		t.Errorf("25 February is %v into its dekad of 8 days", got)
	}
}

func TestTicksAreRound(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   []float64
	}{{0, 100, []float64{0, 20, 40, 60, 80, 100}}, {0, 10.5, []float64{0, 5, 10}}, {3, 3, []float64{3}}} {
		if diff := cmp.Diff(c.want, ticks(c.lo, c.hi, 5)); diff != "" {
			t.Errorf("%v–%v: %s", c.lo, c.hi, diff)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e6, 1e6).Draw(t, "lo")
		hi := lo + rapid.Float64Range(1e-3, 1e6).Draw(t, "span")
		got := ticks(lo, hi, 5)
		if len(got) < 1 || len(got) > 8 || got[0] < lo-(hi-lo)*1e-6 || got[len(got)-1] > hi+(hi-lo)*1e-6 {
			t.Fatalf("%v–%v: %v", lo, hi, got)
		}
	})
}

func TestLayoutAtScalesEverything(t *testing.T) {
	for name, m := range samples(5) {
		px, mm := Layout(m, 700, 420, plainMeasurer{}), LayoutAt(m, 175, 105, 3, plainMeasurer{})
		if math.Abs(mm.W-px.W/4) > 1e-6 || math.Abs(mm.H-px.H/4) > 1e-6 || len(mm.Items) != len(px.Items) || len(mm.Hits) != len(px.Hits) {
			t.Errorf("%s: %v × %v with %d items", name, mm.W, mm.H, len(mm.Items))
		}
		a, b := texts(px), texts(mm)
		for i := range a {
			if math.Abs(a[i].Size/4-b[i].Size) > 1e-9 || math.Abs(a[i].X/4-b[i].X) > 1e-9 {
				t.Errorf("%s: %v became %v", name, a[i], b[i])
			}
		}
	}
}

func TestFiguresReadOnTheirColour(t *testing.T) {
	for _, c := range []draw.Color{Red, Orange, Yellow, Blue, Grey} {
		for _, pair := range [][2]draw.Color{{on(c), c}, {legible(c), white}} {
			a, b := luminance(pair[0])+0.05, luminance(pair[1])+0.05
			if ratio := math.Max(a, b) / math.Min(a, b); ratio < 3.9 {
				t.Errorf("%v on %v has a contrast of only %.1f", pair[0], pair[1], ratio)
			}
		}
	}
}
