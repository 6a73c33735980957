package xlsx_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/storage/xlsx"
)

func printed() *table.TableModel {
	m := &table.TableModel{
		Title: "廉政风险防控一览表", Page: draw.Page{Landscape: true, Paper: draw.A3, Margins: draw.Margins{Top: 14, Right: 12, Bottom: 14, Left: 12}},
		Subtitles: []table.Line{{Left: "单位：基建处", Right: "2026-08-25"}},
		Columns: []table.Column{
			{Title: "编号", Width: 18}, {Title: "科室", Width: 20, Align: draw.Center}, {Title: "表现形式", Weight: 3},
			{Title: "可能性", Group: "风险自评", Width: 14, Align: draw.Right}, {Title: "等级", Group: "风险自评", Width: 14, Align: draw.Center},
		},
		Notes: []string{"注：按 1～5 分自评。"}, Signs: []string{"部门负责人（签字）：", "日期："},
	}
	red := draw.Color{R: 0xC8, G: 0x37, B: 0x2D, A: 0xff}
	for _, code := range []string{"007", "JJ-02", "JJ-03"} {
		r := table.Texts(code, "招标合约科", "=1+1 拆分项目规避招标", "3.50", "红色")
		r.Cells[4].Mark = red
		m.Rows = append(m.Rows, r)
	}
	m.Rows = append(m.Rows, table.Row{Heading: "二、设备处"}, table.Texts("SB-01", "采购科", "参数照搬", "2", "蓝色"))
	table.MergeEqual(m.Rows, 1)
	return m
}

func writeTables(t *testing.T, tables ...*table.TableModel) *excelize.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "一览表.xlsx")
	if err := xlsx.WriteTables(path, tables); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files left behind", len(files))
	}
	return f
}

func TestWriteTablesCells(t *testing.T) {
	f := writeTables(t, printed())
	sheet := "廉政风险防控一览表"
	for cell, want := range map[string]string{"A1": "廉政风险防控一览表", "A2": "单位：基建处", "A3": "编号", "D3": "风险自评", "D4": "可能性",
		"A5": "007", "C5": "=1+1 拆分项目规避招标", "D5": "3.50", "A8": "二、设备处", "D9": "2", "A10": "注：按 1～5 分自评。"} {
		if got, _ := f.GetCellValue(sheet, cell); got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
	for cell, want := range map[string]excelize.CellType{"A5": excelize.CellTypeSharedString, "D5": excelize.CellTypeUnset} {
		if got, _ := f.GetCellType(sheet, cell); got != want {
			t.Errorf("type of %s is %v, want %v", cell, got, want)
		}
	}
	if formula, _ := f.GetCellFormula(sheet, "C5"); formula != "" {
		t.Errorf("text became the formula %q", formula)
	}
	merged, _ := f.GetMergeCells(sheet)
	var areas []string
	for _, m := range merged {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, want := range []string{"A1:E1", "A3:A4", "D3:E3", "B5:B7", "A8:E8"} {
		if !slices.Contains(areas, want) {
			t.Errorf("%s is not merged: %v", want, areas)
		}
	}
	id, _ := f.GetCellStyle(sheet, "E5")
	st, _ := f.GetStyle(id)
	if len(st.Border) != 4 || len(st.Fill.Color) != 1 || st.Fill.Color[0] != "E6A5A0" {
		t.Errorf("level cell: %+v %+v", st.Fill, st.Font)
	}
}

func TestWriteTablesPrintsLikeThePaper(t *testing.T) {
	a, b := printed(), printed()
	b.Page = draw.Page{}
	f := writeTables(t, a, b)
	names := f.GetSheetList()
	if len(names) != 2 || names[0] == names[1] {
		t.Fatalf("sheets %q", names)
	}
	l, _ := f.GetPageLayout(names[0])
	if *l.Size != 8 || *l.Orientation != "landscape" || *l.FitToWidth != 1 || *l.FitToHeight != 0 {
		t.Errorf("A3 landscape: size %d %s, %d × %d pages", *l.Size, *l.Orientation, *l.FitToWidth, *l.FitToHeight)
	}
	if l, _ = f.GetPageLayout(names[1]); *l.Size != 9 || *l.Orientation != "portrait" {
		t.Errorf("A4 upright: size %d %s", *l.Size, *l.Orientation)
	}
	if p, _ := f.GetSheetProps(names[0]); p.FitToPage == nil || !*p.FitToPage {
		t.Error("the sheet does not fit to the page's width")
	}
	m, _ := f.GetPageMargins(names[0])
	if left := *m.Left * 25.4; left < 11.9 || left > 12.1 {
		t.Errorf("left margin %.1f mm", left)
	}
	titles := 0
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" && strings.HasSuffix(d.RefersTo, "!$3:$4") {
			titles++
		}
	}
	if titles != 2 {
		t.Errorf("header rows repeat on %d of 2 sheets: %+v", titles, f.GetDefinedName())
	}
}

func TestWriteTablesHasRoomForWrappedText(t *testing.T) {
	m := printed()
	m.Rows[0].Cells[2].Text = strings.Repeat("招标文件设置倾向性条款", 40)
	f := writeTables(t, m)
	long, _ := f.GetRowHeight("廉政风险防控一览表", 5)
	short, _ := f.GetRowHeight("廉政风险防控一览表", 6)
	if long < 3*short {
		t.Errorf("the long row is %.0f points high, a short one %.0f", long, short)
	}
}

func TestWriteTablesErrors(t *testing.T) {
	var e *app.Error
	err := xlsx.WriteTables(filepath.Join(t.TempDir(), "没有这个文件夹", "a.xlsx"), []*table.TableModel{printed()})
	if !errors.As(err, &e) || e.Code != app.CodeNotFound || !strings.Contains(e.Message, "文件夹") {
		t.Errorf("error %v", err)
	}
	if err := xlsx.WriteTables("a.xlsx", nil); !errors.As(err, &e) || e.Code != app.CodeInvalid {
		t.Errorf("error %v", err)
	}
}
