package table_test

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/assets"
)

var metrics = sync.OnceValue(func() *draw.Metrics {
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		panic(err)
	}
	return m
})

func paginate(t *testing.T, m *table.TableModel) []draw.Drawing {
	t.Helper()
	pages, err := table.Paginate(m, metrics())
	if err != nil {
		t.Fatal(err)
	}
	for i := range pages {
		checkInside(t, m.Page, &pages[i])
	}
	return pages
}

type failer interface{ Fatalf(string, ...any) }

// checkInside: nothing is drawn on the margins and no text runs over its neighbour's line.
func checkInside(t failer, p draw.Page, d *draw.Drawing) {
	x, y, w, h := p.Inner()
	for _, it := range d.Items {
		x1, y1, x2, y2 := 0.0, 0.0, 0.0, 0.0
		switch v := it.(type) {
		case draw.Text:
			tw := metrics().Width(strings.TrimRight(v.String, " "), v.Size, v.Bold)
			x1 = v.X - tw*map[draw.Align]float64{draw.Left: 0, draw.Center: 0.5, draw.Right: 1}[v.Align]
			x2, y1, y2 = x1+tw, v.Y-0.88*v.Size, v.Y
		case draw.Rect:
			x1, y1, x2, y2 = v.X, v.Y, v.X+v.W, v.Y+v.H
		case draw.Line:
			x1, y1, x2, y2 = v.X1, v.Y1, v.X2, v.Y2
		}
		const e = 1e-6
		if x1 < x-e || y1 < y-e || x2 > x+w+e || y2 > y+h+e {
			t.Fatalf("%+v leaves the page area %g,%g %g×%g", it, x, y, w, h)
		}
	}
}

// texts are the strings of a page; has says how often one of them is s.
func texts(d draw.Drawing) []string {
	var out []string
	for _, it := range d.Items {
		if v, ok := it.(draw.Text); ok {
			out = append(out, v.String)
		}
	}
	return out
}

func count(d draw.Drawing, s string) int {
	n := 0
	for _, v := range texts(d) {
		if v == s {
			n++
		}
	}
	return n
}

func plain(rows int) *table.TableModel {
	m := &table.TableModel{
		Title:   "廉政风险点一览表",
		Columns: []table.Column{{Title: "序号", Width: 12, Align: draw.Right}, {Title: "科室", Width: 20}, {Title: "表现形式"}},
	}
	for i := range rows {
		m.Rows = append(m.Rows, table.Texts(fmt.Sprint(i+1), "采购科", strings.Repeat("化整为零规避招标，", i%9+1)))
	}
	return m
}

func TestHeaderAndFooterOnEveryPage(t *testing.T) {
	m := plain(120)
	m.Columns[1].Group, m.Columns[2].Group = "风险", "风险"
	m.Subtitles = []table.Line{{Left: "填报单位：基建处", Right: "2026年6月26日"}}
	pages := paginate(t, m)
	if len(pages) < 3 {
		t.Fatalf("only %d pages", len(pages))
	}
	seen := 0
	for i, p := range pages {
		for _, want := range []string{"序号", "风险", "科室", "表现形式", fmt.Sprintf("第 %d 页  共 %d 页", i+1, len(pages))} {
			if count(p, want) != 1 {
				t.Errorf("page %d has %q %d times", i+1, want, count(p, want))
			}
		}
		if got := count(p, "填报单位：基建处"); (i == 0) != (got == 1) {
			t.Errorf("page %d has the subtitle %d times", i+1, got)
		}
		seen += count(p, "采购科")
	}
	if seen != 120 {
		t.Errorf("%d rows on paper, want 120", seen)
	}
}

func TestRowTallerThanAPageIsSplit(t *testing.T) {
	m := plain(3)
	long := strings.Repeat("招标文件由单人起草，评分细则自由裁量空间大；", 400)
	m.Rows[1].Cells[2].Text = long
	pages := paginate(t, m)
	var all strings.Builder
	for _, p := range pages {
		for _, s := range texts(p) {
			all.WriteString(s)
		}
	}
	if got := strings.Count(all.String(), "招标文件"); len(pages) < 4 || got < 390 {
		t.Errorf("%d pages with %d of 400 sentences", len(pages), got)
	}
	if strings.Count(all.String(), "文")+strings.Count(all.String(), "裁") != 800 {
		t.Error("characters were lost at a page break")
	}
}

func TestMergedCellsAreRepeatedAtPageBreaks(t *testing.T) {
	m := plain(60)
	table.MergeEqual(m.Rows, 1)
	if m.Rows[0].Cells[1].RowSpan != 60 {
		t.Fatalf("RowSpan = %d, want 60", m.Rows[0].Cells[1].RowSpan)
	}
	for i, p := range paginate(t, m) {
		if got := count(p, "采购科"); got != 1 {
			t.Errorf("page %d shows the merged cell %d times", i+1, got)
		}
	}
}

func TestMergedTextGetsItsRoom(t *testing.T) {
	m := plain(4)
	m.Rows[0].Cells[1] = table.Cell{Text: strings.Repeat("很长的科室名称", 20), RowSpan: 2}
	pages := paginate(t, m)
	lines := 0
	for _, s := range texts(pages[0]) {
		if strings.Trim(s, "很长的科室名称") == "" {
			lines++
		}
	}
	if lines < 20 {
		t.Fatalf("only %d lines of the merged text", lines)
	}
	noOverlap(t, pages[0])
}

// noOverlap fails if two texts of the page cover each other.
func noOverlap(t failer, d draw.Drawing) {
	type area struct {
		x1, y1, x2, y2 float64
		s              string
	}
	var seen []area
	for _, it := range d.Items {
		v, ok := it.(draw.Text)
		if !ok {
			continue
		}
		w := metrics().Width(v.String, v.Size, v.Bold)
		x := v.X - w*map[draw.Align]float64{draw.Left: 0, draw.Center: 0.5, draw.Right: 1}[v.Align]
		a := area{x, v.Y - 0.8*v.Size, x + w, v.Y, v.String}
		for _, b := range seen {
			if a.x1 < b.x2-0.01 && b.x1 < a.x2-0.01 && a.y1 < b.y2-0.01 && b.y1 < a.y2-0.01 {
				t.Fatalf("%q and %q overlap", a.s, b.s)
			}
		}
		seen = append(seen, a)
	}
}

func TestMergeEqualStaysInsideOuterMerge(t *testing.T) {
	rows := []table.Row{table.Texts("甲", "科长"), table.Texts("甲", "科员"), table.Texts("乙", "科员"), {Heading: "小组"}, table.Texts("乙", "科员"), table.Texts("", "科员")}
	table.MergeEqual(rows, 0, 1)
	want := [][2]int{{2, 0}, {0, 0}, {0, 0}, {}, {0, 0}, {0, 0}}
	for i, r := range rows {
		if r.Heading == "" && (r.Cells[0].RowSpan != want[i][0] || r.Cells[1].RowSpan != want[i][1]) {
			t.Errorf("row %d spans %d, %d, want %v", i, r.Cells[0].RowSpan, r.Cells[1].RowSpan, want[i])
		}
	}
}

func TestGroupHeadingIsRepeatedAndNotLeftAlone(t *testing.T) {
	for n := 20; n < 60; n++ { // lets the heading fall on every place of the page
		m := plain(n)
		m.Rows = append(m.Rows, table.Row{Heading: "采购科（100 个）"})
		m.Rows = append(m.Rows, plain(100).Rows...)
		pages := paginate(t, m)
		again := 0
		for i, p := range pages {
			all := texts(p)
			again += count(p, "采购科（100 个）（续）")
			if all[len(all)-3] == "采购科（100 个）" { // the last text above the footer
				t.Fatalf("n=%d: page %d ends with the heading", n, i+1)
			}
		}
		if again == 0 {
			t.Fatalf("n=%d: the heading is not repeated", n)
		}
	}
}

func TestNotesAndSignaturesStayTogetherWithARow(t *testing.T) {
	for n := 1; n < 50; n++ {
		m := plain(n)
		m.Notes = []string{"注：本表一式两份。", strings.Repeat("说明事项。", 60)}
		m.Signs = []string{"部门负责人（签字）：", "分管校领导（签字）：", "日期：    年  月  日"}
		pages := paginate(t, m)
		last := pages[len(pages)-1]
		for _, want := range append(m.Notes[:1], m.Signs...) {
			if count(last, want) != 1 {
				t.Fatalf("n=%d: last page lacks %q", n, want)
			}
		}
		if n > 1 && count(last, fmt.Sprint(n)) == 0 {
			t.Fatalf("n=%d: signatures stand alone on page %d", n, len(pages))
		}
	}
}

func TestBlankForm(t *testing.T) {
	m := plain(0)
	m.BlankRows = 40
	pages := paginate(t, m)
	lines := 0
	for _, p := range pages {
		for _, it := range p.Items {
			if v, ok := it.(draw.Line); ok && v.Y1 == v.Y2 {
				lines++
			}
		}
	}
	// every blank row has a line above it: its own, or the header's
	if lines != 40 || len(pages) != 2 {
		t.Errorf("%d lines on %d pages, want 40 on 2", lines, len(pages))
	}
}

func TestFillPage(t *testing.T) {
	for _, n := range []int{0, 3, 20, 33, 70} {
		m := plain(n)
		m.BlankRows = table.FillPage
		m.Notes, m.Signs = []string{"注：一式两份。"}, []string{"签字："}
		with := paginate(t, m)
		m.BlankRows = 0
		without := paginate(t, m)
		if len(with) != len(without) {
			t.Errorf("%d rows: blank rows add %d pages", n, len(with)-len(without))
		}
		low := 0.0 // lower edge of what stands above the footer
		for _, it := range with[len(with)-1].Items {
			if v, ok := it.(draw.Line); ok {
				low = max(low, v.Y2)
			}
		}
		if _, y, _, h := m.Page.Inner(); y+h-low > draw.FooterHeight+defaultBlank {
			t.Errorf("%d rows: %g mm left empty above the footer", n, y+h-low)
		}
	}
}

// defaultBlank is the documented height of an empty row.
const defaultBlank = 11

func TestEmptyTableSaysSo(t *testing.T) {
	if count(paginate(t, plain(0))[0], "暂无内容") != 1 {
		t.Error("an empty table does not say that it is empty")
	}
}

func TestLevelIsSquareAndWord(t *testing.T) {
	m := plain(1)
	red := draw.Color{R: 0xd0, A: 0xff}
	m.Rows[0].Cells[1] = table.Cell{Text: "红色预警", Mark: red}
	p := paginate(t, m)[0]
	squares := 0
	for _, it := range p.Items {
		if v, ok := it.(draw.Rect); ok && v.Fill == red && v.W == v.H && v.Stroke.A != 0 {
			squares++
		}
	}
	if squares != 1 || count(p, "红色预警") != 1 {
		t.Errorf("%d squares, word %d times", squares, count(p, "红色预警"))
	}
}

func TestErrorsAreSentences(t *testing.T) {
	wide := plain(1)
	for range 60 {
		wide.Columns = append(wide.Columns, table.Column{Title: "列"})
	}
	cells := plain(2)
	cells.Rows[1] = table.Texts("1", "2", "3", "4")
	tall := plain(1)
	tall.Page.Landscape = true
	tall.Columns[0].Title = strings.Repeat("很高的表头", 40)
	tests := []struct {
		m    *table.TableModel
		want string
	}{
		{&table.TableModel{}, "没有列"},
		{wide, "写不下字"},
		{cells, "第 2 行有 4 格"},
		{tall, "占满了一页"},
	}
	for _, tt := range tests {
		if _, err := table.Paginate(tt.m, metrics()); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want …%s…", err, tt.want)
		}
	}
}

// Random tables with merges: every page keeps to its area, no texts overlap, and
// every row's own text is on paper exactly once.
func TestAnyTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomTable(t)
		pages, err := table.Paginate(m, metrics())
		if err != nil {
			t.Fatalf("%v", err)
		}
		seen := map[string]int{}
		for i := range pages {
			checkInside(t, m.Page, &pages[i])
			noOverlap(t, pages[i])
			for _, s := range texts(pages[i]) {
				seen[s]++
			}
		}
		for i, r := range m.Rows {
			if s := fmt.Sprintf("#%d", i); r.Heading == "" && seen[s] != 1 {
				t.Fatalf("row %s is on paper %d times", s, seen[s])
			}
		}
	})
}

func randomTable(t *rapid.T) *table.TableModel {
	n := rapid.IntRange(2, 6).Draw(t, "columns")
	m := &table.TableModel{Title: "随机表"}
	m.Page.Landscape = rapid.Bool().Draw(t, "landscape")
	m.Columns = append(m.Columns, table.Column{Title: "键", Width: 14})
	for i := 1; i < n; i++ {
		m.Columns = append(m.Columns, table.Column{Title: "列", Group: rapid.SampledFrom([]string{"", "", "组"}).Draw(t, "group"),
			Align: draw.Align(rapid.IntRange(0, 2).Draw(t, "align")), NoWrap: rapid.Bool().Draw(t, "nowrap")})
	}
	for i := range rapid.IntRange(0, 40).Draw(t, "rows") {
		if rapid.IntRange(0, 9).Draw(t, "heading") == 0 {
			m.Rows = append(m.Rows, table.Row{Heading: "分组"})
			continue
		}
		r := table.Texts(fmt.Sprintf("#%d", i))
		for c := 1; c < n; c++ {
			r.Cells = append(r.Cells, table.Cell{
				Text:    strings.Repeat("风险点说明，", rapid.SampledFrom([]int{0, 1, 2, 5, 30, 200}).Draw(t, "length")),
				RowSpan: rapid.SampledFrom([]int{0, 1, 2, 5, 99}).Draw(t, "down"),
				ColSpan: rapid.SampledFrom([]int{0, 1, 2, 9}).Draw(t, "across"),
			})
		}
		m.Rows = append(m.Rows, r)
	}
	if rapid.Bool().Draw(t, "tail") {
		m.Notes, m.Signs = []string{"注：随机。"}, []string{"签字："}
	}
	return m
}

func TestWidthsFillThePage(t *testing.T) {
	for _, cols := range [][]table.Column{
		{{Title: "甲", Width: 20}, {Title: "乙", Width: 30}},
		{{Title: "甲", Width: 200}, {Title: "乙", Width: 300}},
		{{Title: "甲", Width: 250}, {Title: "乙", Weight: 2}, {Title: "丙"}},
	} {
		p := paginate(t, &table.TableModel{Columns: cols})[0]
		for _, it := range p.Items {
			if v, ok := it.(draw.Rect); ok && v.Fill.A == 0 && math.Abs(v.W-180) > 1e-9 {
				t.Errorf("table is %g mm wide, want 180", v.W)
			}
		}
	}
}

// BenchmarkPaginate3000 lays out 3,000 wrapped rows of 18 columns with merges.
func BenchmarkPaginate3000(b *testing.B) {
	m := bigTable(3000)
	b.ReportAllocs()
	pages := 0
	for b.Loop() {
		out, err := table.Paginate(m, metrics())
		if err != nil {
			b.Fatal(err)
		}
		pages = len(out)
	}
	b.ReportMetric(float64(pages), "pages")
}

func bigTable(rows int) *table.TableModel {
	m := &table.TableModel{Title: "廉政风险防控一览表", Page: draw.Page{Paper: draw.A3, Landscape: true}}
	for i := range 18 {
		m.Columns = append(m.Columns, table.Column{Title: fmt.Sprintf("栏目%d", i+1), Weight: float64(1 + i%4)})
	}
	for i := range rows {
		r := table.Texts(fmt.Sprint(i+1), fmt.Sprintf("科室%d", i/7))
		for c := 2; c < 18; c++ {
			r.Cells = append(r.Cells, table.Cell{Text: strings.Repeat("招标文件由单人起草，须于2026-09-20前改正。", 1+(i+c)%2*(c%4))})
		}
		m.Rows = append(m.Rows, r)
	}
	table.MergeEqual(m.Rows, 1)
	return m
}
