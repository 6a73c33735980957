package pdf_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/assets"
	"lianshao/storage/pdf"
)

var pen = sync.OnceValue(func() *pdf.Pen {
	p, err := pdf.NewPen(assets.FontRegular, assets.FontBold)
	if err != nil {
		panic(err)
	}
	return p
})

var black = draw.Color{A: 0xff}

// poppler runs one of poppler's tools on a PDF, as another program that reads our files.
func poppler(t *testing.T, tool string, data []byte, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Fatalf("%s is missing: install poppler-utils", tool)
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(tool, append(args, path)...)
	if tool == "pdftotext" {
		cmd.Args = append(cmd.Args, "-")
	}
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s: %v %s", tool, err, stderr.String())
	}
	return string(out)
}

func write(t *testing.T, pages []draw.Drawing, opt pdf.Options) ([]byte, string) {
	t.Helper()
	var b bytes.Buffer
	missing, err := pen().Write(&b, pages, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), string(missing)
}

func line(s string, bold bool, y float64) draw.Text {
	return draw.Text{X: 20, Y: y, Size: 5, Bold: bold, Color: black, String: s}
}

func TestTextReadsBack(t *testing.T) {
	const names = "李𬭎 陈喆 龑 㛃 10% 2026-09-20“围猎”"
	d := draw.Drawing{W: 210, H: 297, Items: []draw.Item{line(names, false, 30), line(names, true, 50)}}
	data, missing := write(t, []draw.Drawing{d}, pdf.Options{})
	if missing != "" {
		t.Errorf("missing %q", missing)
	}
	if got := strings.Count(poppler(t, "pdftotext", data), names); got != 2 {
		t.Errorf("the names read back %d times, want 2: %q", got, poppler(t, "pdftotext", data))
	}
	fonts := poppler(t, "pdffonts", data)
	if strings.Count(fonts, "yes") < 4 || strings.Contains(fonts, " no ") && !strings.Contains(fonts, "yes") {
		t.Errorf("fonts are not embedded:\n%s", fonts)
	}
}

func TestManyCharactersReadBack(t *testing.T) {
	var all []rune
	for r := rune(0x4e00); r < 0x9fa5; r += 7 {
		all = append(all, r)
	}
	d := draw.Drawing{W: 210, H: 297}
	for i := 0; i < len(all); i += 40 {
		d.Add(draw.Text{X: 10, Y: 10 + float64(i)/40*3.5, Size: 3, Color: black, String: string(all[i:min(i+40, len(all))])})
	}
	data, missing := write(t, []draw.Drawing{d}, pdf.Options{})
	if missing != "" {
		t.Fatalf("missing %q", missing)
	}
	got := strings.Join(strings.Fields(poppler(t, "pdftotext", data, "-layout")), "")
	if got != string(all) {
		t.Errorf("%d characters written, %d read back, or in another order", len(all), len([]rune(got)))
	}
}

func TestMissingCharacterIsReportedAndVisible(t *testing.T) {
	d := draw.Drawing{W: 210, H: 297, Items: []draw.Item{line("王😀某\u200b😀", false, 30), line("张\U0002A6A5\t", true, 50)}}
	data, missing := write(t, []draw.Drawing{d}, pdf.Options{})
	if missing != "😀\U0002A6A5" {
		t.Errorf("missing = %q", missing)
	}
	text := poppler(t, "pdftotext", data)
	if !strings.Contains(text, "王〓某〓") || !strings.Contains(text, "张〓") {
		t.Errorf("substitutes not on paper: %q", text)
	}
}

func TestInfoAndPages(t *testing.T) {
	pages := []draw.Drawing{{W: 210, H: 297}, {W: 420, H: 297, Items: []draw.Item{line("第二页", false, 30)}}}
	when := time.Date(2026, 6, 26, 8, 0, 0, 0, time.UTC)
	data, _ := write(t, pages, pdf.Options{Title: "自查表（李𬭎）", Author: "基建处", Subject: "试点", Created: when})
	info := poppler(t, "pdfinfo", data, "-isodates", "-l", "2")
	for _, want := range []string{"自查表（李𬭎）", "基建处", "试点", "2026-06-26T", "Pages:           2", "595.28 x 841.89", "1190.55 x 841.89"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	again, _ := write(t, pages, pdf.Options{Title: "自查表（李𬭎）", Author: "基建处", Subject: "试点", Created: when})
	if !bytes.Equal(data, again) {
		t.Error("equal pages give different bytes")
	}
}

// Another program finds the outline with its levels and pages.
func TestOutline(t *testing.T) {
	page := func(marks ...draw.Bookmark) draw.Drawing {
		return draw.Drawing{W: 210, H: 297, Items: []draw.Item{line("页", false, 30)}, Marks: marks}
	}
	data, _ := write(t, []draw.Drawing{page(draw.Bookmark{Title: "封面"}), page(draw.Bookmark{Title: "流程图（李𬭎）"}, draw.Bookmark{Title: "招标", Level: 1}),
		page(draw.Bookmark{Title: "合同", Level: 1}), page(), page(draw.Bookmark{Title: "措施"})}, pdf.Options{Title: "汇编"})
	xml := poppler(t, "pdftohtml", data, "-xml", "-i", "-stdout")
	want := `<outline><item page="1">封面</item><item page="2">流程图（李𬭎）</item><outline><item page="2">招标</item><item page="3">合同</item></outline><item page="5">措施</item></outline>`
	if got := strings.ReplaceAll(xml, "\n", ""); !strings.Contains(got, want) {
		t.Errorf("outline %s", got)
	}
	if plain, _ := write(t, []draw.Drawing{page()}, pdf.Options{}); bytes.Contains(plain, []byte("/UseOutlines")) {
		t.Error("a document without bookmarks has an outline")
	}
}

func TestTableOnPaper(t *testing.T) {
	m := bigTable(100)
	pages, err := table.Paginate(m, pen().Metrics())
	if err != nil {
		t.Fatal(err)
	}
	data, _ := write(t, pages, pdf.Options{Title: m.Title})
	text := strings.Split(strings.TrimSuffix(poppler(t, "pdftotext", data), "\f"), "\f")
	if len(text) != len(pages) || len(pages) < 3 {
		t.Fatalf("%d pages read back, want %d", len(text), len(pages))
	}
	for i, p := range text {
		for _, want := range []string{"表现形式", "防控措施", fmt.Sprintf("第 %d 页", i+1), fmt.Sprintf("共 %d 页", len(pages))} {
			if !strings.Contains(p, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
		}
	}
}

// pixels draws a page with poppler at 10 pixels per millimetre, as grey values.
func pixels(t *testing.T, d draw.Drawing) func(x, y float64) int {
	t.Helper()
	data, _ := write(t, []draw.Drawing{d}, pdf.Options{})
	pgm := []byte(poppler(t, "pdftoppm", data, "-gray", "-r", "254"))
	var w, h, top int
	if _, err := fmt.Fscanf(bytes.NewReader(pgm), "P5\n%d %d\n%d\n", &w, &h, &top); err != nil {
		t.Fatal(err)
	}
	pix := pgm[len(pgm)-w*h:]
	return func(x, y float64) int { return int(pix[int(y*10)*w+int(x*10)]) }
}

func TestShapes(t *testing.T) {
	d := draw.Drawing{W: 100, H: 100}
	half := draw.Color{A: 0x80}
	d.Add(
		draw.Rect{X: 10, Y: 10, W: 20, H: 10, Fill: black, Radius: 4},
		draw.Rect{X: 40, Y: 10, W: 20, H: 10, Stroke: black, StrokeWidth: 1},
		draw.Circle{X: 80, Y: 15, R: 5, Fill: black},
		draw.Line{X1: 10, Y1: 30, X2: 30, Y2: 30, Stroke: black, StrokeWidth: 1, Dash: 4},
		draw.Line{X1: 10, Y1: 35, X2: 30, Y2: 35, Stroke: black, StrokeWidth: 1},
		draw.Polyline{Points: []draw.Point{{X: 40, Y: 30}, {X: 60, Y: 30}, {X: 60, Y: 40}}, Stroke: black, StrokeWidth: 2},
		draw.Polyline{Points: []draw.Point{{X: 70, Y: 30}, {X: 76, Y: 30}, {X: 76, Y: 40}}, Stroke: black, StrokeWidth: 1, Dash: 4},
		draw.Polygon{Points: []draw.Point{{X: 10, Y: 50}, {X: 30, Y: 50}, {X: 10, Y: 70}}, Fill: black},
		draw.Rect{X: 40, Y: 50, W: 20, H: 20, Fill: half},
		draw.Text{X: 80, Y: 90, Size: 8, Color: black, Angle: 90, String: "一一一"},
		draw.Rect{X: 90, Y: 80, W: 5, H: 5, Fill: black},
		draw.Text{X: 50, Y: 90, Size: 8, Color: draw.Color{R: 0x50, G: 0x50, B: 0x50, A: 0xff}, Align: draw.Center, String: "口口"},
		draw.Rect{X: 90, Y: 90, W: 5, H: 5, Fill: black},
	)
	at := pixels(t, d)
	tests := []struct {
		name     string
		x, y     float64
		min, max int
	}{
		{"inside the rounded rectangle", 20, 15, 0, 9},
		{"its cut corner", 10.3, 10.3, 240, 255},
		{"inside the outline", 50, 15, 240, 255},
		{"on the outline", 40, 15, 0, 9},
		{"in the circle", 83, 18, 0, 9},
		{"beside the circle", 84.6, 19.6, 240, 255},
		{"first dash", 12, 30, 0, 9},
		{"first gap", 16, 30, 240, 255},
		{"solid after dashed", 16, 35, 0, 9},
		{"corner of the polyline is joined", 60.8, 29.2, 0, 9},
		{"open polyline is not closed", 50, 35, 240, 255},
		{"dash is carried around the corner", 76, 31, 240, 255},
		{"next dash after the corner", 76, 34, 0, 9},
		{"triangle", 15, 55, 0, 9},
		{"beside the triangle", 25, 65, 240, 255},
		{"half black is grey", 50, 60, 110, 145},
		{"fill after text keeps its own colour", 92, 92, 0, 9},
	}
	for _, tt := range tests {
		if v := at(tt.x, tt.y); v < tt.min || v > tt.max {
			t.Errorf("%s: grey %d at %g,%g, want %d–%d", tt.name, v, tt.x, tt.y, tt.min, tt.max)
		}
	}
	if n := dark(at, 71, 64, 81, 90); n < 20 {
		t.Errorf("text turned upwards is not above its point: %d dark spots", n)
	}
	if n := dark(at, 84, 80, 89, 90); n > 0 {
		t.Errorf("%d dark spots to the right of the upward text", n)
	}
	left, right := dark(at, 41, 82, 50, 91), dark(at, 50, 82, 59, 91)
	if left == 0 || right == 0 || left-right > left/5 || right-left > left/5 {
		t.Errorf("centred text: %d dark spots left, %d right", left, right)
	}
}

func dark(at func(x, y float64) int, x1, y1, x2, y2 float64) int {
	n := 0
	for y := y1; y < y2; y += 0.2 {
		for x := x1; x < x2; x += 0.2 {
			if at(x, y) < 100 {
				n++
			}
		}
	}
	return n
}

func TestWriteFileIsWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "一览表.pdf")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	pages := []draw.Drawing{{W: 210, H: 297, Items: []draw.Item{line("新", false, 30)}}}
	if _, err := pen().WriteFile(path, pages, pdf.Options{}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
		t.Errorf("not a whole PDF: %v, %d bytes", err, len(data))
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("%d files left behind, want 1", len(files))
	}
	if err := os.Mkdir(filepath.Join(dir, "busy.pdf"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := pen().WriteFile(filepath.Join(dir, "busy.pdf"), pages, pdf.Options{}); err == nil {
		t.Error("a folder was overwritten")
	}
	if files, _ := os.ReadDir(dir); len(files) != 2 {
		t.Errorf("a failed write left %d entries, want 2", len(files))
	}
	_, err = pen().WriteFile(filepath.Join(dir, "无此文件夹", "a.pdf"), pages, pdf.Options{})
	if err == nil || !strings.Contains(err.Error(), "不存在") {
		t.Errorf("error %v does not say what to do", err)
	}
}

func TestWriteConcurrently(t *testing.T) {
	pages := []draw.Drawing{{W: 210, H: 297, Items: []draw.Item{line("廉政风险防范", false, 30), line("预警", true, 60)}}}
	want, _ := write(t, pages, pdf.Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var b bytes.Buffer
			if _, err := pen().Write(&b, pages, pdf.Options{}); err != nil || !bytes.Equal(b.Bytes(), want) {
				t.Errorf("another document, %v", err)
			}
		})
	}
	wg.Wait()
}

func TestNewPenRefusesOtherFiles(t *testing.T) {
	if _, err := pdf.NewPen([]byte("x"), []byte("y")); err == nil || !strings.Contains(err.Error(), "字体") {
		t.Errorf("error %v", err)
	}
}

// bigTable is a 防控一览表 with merged cells, levels and long measures.
func bigTable(rows int) *table.TableModel {
	m := &table.TableModel{
		Title: "廉政风险防控一览表", Page: draw.Page{Landscape: true},
		Columns: []table.Column{
			{Title: "序号", Width: 11, Align: draw.Right}, {Title: "编号", Width: 18, NoWrap: true}, {Title: "科室", Width: 20, Align: draw.Center},
			{Title: "风险岗位", Width: 22, Align: draw.Center}, {Title: "主要内容及表现形式", Weight: 3}, {Title: "风险等级", Width: 20, Align: draw.Center},
			{Title: "防控措施", Weight: 4}, {Title: "责任人", Width: 20},
		},
		Notes: []string{"说明：风险等级由科室自评、处务会审定。"}, Signs: []string{"部门负责人（签字）：", "日期："},
	}
	levels := []table.Cell{
		{Text: "红色", Mark: draw.Color{R: 0xd0, G: 0x3a, B: 0x2f, A: 0xff}}, {Text: "橙色", Mark: draw.Color{R: 0xe8, G: 0x8a, B: 0x1c, A: 0xff}},
		{Text: "黄色", Mark: draw.Color{R: 0xf2, G: 0xcf, B: 0x3b, A: 0xff}}, {Text: "蓝色", Mark: draw.Color{R: 0x3a, G: 0x7b, B: 0xd5, A: 0xff}},
	}
	for i := range rows {
		r := table.Texts(fmt.Sprint(i+1), fmt.Sprintf("SB-%04d", i+1), fmt.Sprintf("第%d科", i/9+1), fmt.Sprintf("岗位%d", i/4+1),
			"技术参数照搬某一品牌样本，设置唯一性指标或指定配件，排斥其他供应商。", "",
			"1.关键参数至少三家品牌可以满足，并附市场调研表；\n2.参数公示3个工作日，接受质疑；\n3.参数编制人、审核人分设并签字。", "采购科科长")
		r.Cells[5] = levels[i%4]
		m.Rows = append(m.Rows, r)
	}
	table.MergeEqual(m.Rows, 2, 3)
	return m
}

// BenchmarkPDF3000 goes from a model of 3,000 wrapped rows to the bytes of a PDF.
func BenchmarkPDF3000(b *testing.B) {
	m := bigTable(3000)
	pen()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		pages, err := table.Paginate(m, pen().Metrics())
		if err != nil {
			b.Fatal(err)
		}
		n = len(pages)
		if _, err := pen().Write(io.Discard, pages, pdf.Options{Title: m.Title}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n), "pages")
	b.ReportMetric(float64(3000*b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkNewPen(b *testing.B) {
	for b.Loop() {
		if _, err := pdf.NewPen(assets.FontRegular, assets.FontBold); err != nil {
			b.Fatal(err)
		}
	}
}
