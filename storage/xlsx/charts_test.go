package xlsx_test

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/app/report/chart"
	"lianshao/app/report/table"
	"lianshao/storage/xlsx"
)

// everyChart is one of each model.
func everyChart() []table.Figure {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }
	matrix := &chart.Matrix{Bands: []chart.Band{{From: 15, Word: "高", Color: chart.Red}, {From: 1, Word: "低", Color: chart.Blue}}}
	matrix.Cells[3][4].Count, matrix.Cells[0][1].Count = 7, 2
	shifts := []chart.Shift{{Label: "JJ-01 变更", Before: 80, After: 61.5, AfterColor: chart.Orange, AfterWord: "橙"}, {Label: "JJ-02 招标", Before: 55, After: 57, AfterColor: chart.Yellow}}
	return []table.Figure{
		{Title: "各部门", Model: &chart.Stacked{Series: []chart.Series{{Label: "红", Color: chart.Red}, {Label: "蓝", Color: chart.Blue}},
			Rows: []chart.StackRow{{Label: "基建处", Parts: []chart.Part{{Count: 3}, {Count: 1}}}, {Label: "设备处's", Parts: []chart.Part{{Count: 2}, {}}}}}},
		{Title: "等级", Model: &chart.Counts{Items: []chart.Count{{Label: "红", Value: 9, Color: chart.Red}, {Label: "橙", Value: 17, Color: chart.Orange}}}},
		{Title: "矩阵", Model: matrix},
		{Title: "排序", Model: &chart.Ranking{Items: []chart.Rank{{Label: "A", Value: 89.7, Word: "红", Color: chart.Red}, {Label: "B", Value: 62.1, Word: "橙", Color: chart.Orange}}}},
		{Title: "哑铃", Model: &chart.Dumbbell{Items: shifts}},
		{Title: "斜线", Model: &chart.Slope{Items: append(shifts, chart.Shift{Label: "JJ-03", Before: 20, After: 21})}},
		{Title: "走势", Model: &chart.Lines{Unit: "%", Labels: []string{"2026-01", "2026-02"}, Series: []chart.LineSeries{{Name: "变更率", Values: []float64{math.NaN(), 5}}},
			Thresholds: []chart.Threshold{{Value: 5, Label: "预警", Color: chart.Yellow}}, Forecast: &chart.Forecast{Labels: []string{"2026-03"}, Mean: []float64{6}, Low: []float64{5}, High: []float64{7}}}},
		{Title: "日程", Model: &chart.Gantt{Tasks: []chart.Task{{Label: "动员", Start: day(6, 1), End: day(6, 20)}}}},
	}
}

// Every chart of a paper becomes a native chart of its workbook whose references name
// cells that hold its numbers; a reader leaves the sheets out.
func TestNativeChartsReadFromCells(t *testing.T) {
	figures := everyChart()
	path := filepath.Join(t.TempDir(), "图.xlsx")
	model := &table.TableModel{Title: "对比表", Columns: []table.Column{{Title: "编号"}}, Rows: []table.Row{table.Texts("1")}, Charts: figures}
	if err := xlsx.WriteTables(path, []*table.TableModel{model}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	refs := chartRefs(t, path)
	if len(refs) != len(figures) {
		t.Fatalf("%d charts, want %d", len(refs), len(figures))
	}
	numbers := 0
	for _, list := range refs {
		for _, ref := range list {
			if filled := cellsOf(t, f, ref); filled == 0 {
				t.Errorf("%s names empty cells only", ref)
			} else {
				numbers += filled
			}
		}
	}
	if numbers < 50 {
		t.Errorf("only %d cells behind the charts", numbers)
	}
	b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range intake.Analyse([]*intake.Book{b}, intake.Options{}) {
		if strings.HasPrefix(g.Sheet.Name, "图-") && !g.Skip {
			t.Errorf("%s would be imported", g.Sheet.Name)
		}
	}
}

// chartRefs lists the formulas of every chart part.
func chartRefs(t *testing.T, path string) (out [][]string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/charts/chart") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		var refs []string
		for d := xml.NewDecoder(r); ; {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if start, ok := tok.(xml.StartElement); ok && start.Name.Local == "f" {
				var ref string
				if err := d.DecodeElement(&ref, &start); err != nil {
					t.Fatal(err)
				}
				refs = append(refs, ref)
			}
		}
		r.Close()
		out = append(out, refs)
	}
	return out
}

// cellsOf counts the cells with content of a reference.
func cellsOf(t *testing.T, f *excelize.File, ref string) (filled int) {
	t.Helper()
	name, area, _ := strings.Cut(ref, "'!")
	name = strings.ReplaceAll(strings.TrimPrefix(name, "'"), "''", "'")
	from, to, two := strings.Cut(strings.ReplaceAll(area, "$", ""), ":")
	if !two {
		to = from
	}
	c1, r1, err1 := excelize.CellNameToCoordinates(from)
	c2, r2, err2 := excelize.CellNameToCoordinates(to)
	if err1 != nil || err2 != nil {
		t.Fatalf("reference %s", ref)
	}
	for c := c1; c <= c2; c++ {
		for r := r1; r <= r2; r++ {
			at, _ := excelize.CoordinatesToCellName(c, r)
			if v, err := f.GetCellValue(name, at); err == nil && v != "" {
				filled++
			}
		}
	}
	return filled
}
