package xlsx_test

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/app/sheet"
	"lianshao/storage/xlsx"
)

// The list of problems is printed across one page's width, its header on every page,
// also when a workbook goes back a second time.
func TestListOfProblemsOnPaper(t *testing.T) {
	dir := t.TempDir()
	from := filepath.Join(dir, "甲.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), from, odd(), nil); err != nil {
		t.Fatal(err)
	}
	again := returned(t, t.TempDir(), returned(t, dir, from))
	f, err := excelize.OpenFile(again)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const list = "问题清单（仅供查阅）"
	props, err := f.GetSheetProps(list)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("fit to page: %+v %v", props.FitToPage, err)
	}
	layout, err := f.GetPageLayout(list)
	if err != nil || layout.Orientation == nil || *layout.Orientation != "landscape" || layout.FitToHeight == nil || *layout.FitToHeight != 0 {
		t.Errorf("layout %+v %v", layout, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Scope == list {
			names[n.Name] = n.RefersTo
		}
	}
	if names["_xlnm.Print_Titles"] != "'"+list+"'!$2:$2" || names["_xlnm.Print_Area"] != "'"+list+"'!$A$1:$E$4" {
		t.Errorf("names %q", names)
	}
}

// The copy of a workbook with macros says of itself what its ending says, or Excel
// would not open it; under .xlsx it has no macros.
func TestProblemsOfAWorkbookWithMacros(t *testing.T) {
	dir := t.TempDir()
	from := filepath.Join(dir, "甲.xlsm")
	f := excelize.NewFile()
	if err := f.AddVBAProject([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("Sheet1", "A1", "九"); err != nil || f.SaveAs(from) != nil || f.Close() != nil {
		t.Fatal(err)
	}
	b := &intake.Book{File: "甲.xlsm", Sheets: []*intake.Sheet{{Name: "Sheet1"}}}
	problems := []intake.Problem{{Sheet: "Sheet1", Cell: "A1", Message: "不对", Wrong: true}}
	for name, macros := range map[string]bool{intake.ProblemName(b.File): true, "汇总.xlsx": false} {
		to := filepath.Join(dir, name)
		if err := (xlsx.Writer{}).WriteProblems(context.Background(), from, to, b, problems); err != nil {
			t.Fatal(err)
		}
		z, err := zip.OpenReader(to)
		if err != nil {
			t.Fatal(err)
		}
		part := func(name string) string {
			r, err := z.Open(name)
			if err != nil {
				return ""
			}
			defer r.Close()
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		for what, got := range map[string]bool{
			"type":     strings.Contains(part("[Content_Types].xml"), "macroEnabled"),
			"relation": strings.Contains(part("xl/_rels/workbook.xml.rels"), "vbaProject"),
			"macros":   part("xl/vbaProject.bin") != "",
		} {
			if got != macros {
				t.Errorf("%s: %s of macros: %v, want %v", name, what, got, macros)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		g, err := excelize.OpenFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := g.GetCellValue("Sheet1", "A1"); v != "九" || err != nil || g.Close() != nil {
			t.Errorf("%s: %q %v", name, v, err)
		}
	}
}

// Rows to be filled in grow with what is typed into them: a set height would hide it.
func TestBlankRowsHaveNoSetHeight(t *testing.T) {
	path := filepath.Join(t.TempDir(), "表.xlsx")
	wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "表", Columns: []sheet.Column{{Header: "甲"}}, Rows: sheet.Stored([]any{"一"}), Spare: 3, Protected: true}}}
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("表")
	if err != nil {
		t.Fatal(err)
	}
	var set []bool
	for rows.Next() {
		set = append(set, rows.GetRowOpts().Height != 0)
		if _, err := rows.Columns(); err != nil {
			t.Fatal(err)
		}
	}
	if want := fmt.Sprint([]bool{true, true, false, false, false}); fmt.Sprint(set) != want || rows.Close() != nil {
		t.Errorf("heights set %v, want %s", set, want)
	}
}

// Many problems are written back in time that grows with their number.
func BenchmarkWriteProblems(b *testing.B) {
	from := filepath.Join(b.TempDir(), "甲.xlsx")
	rows := make([][]any, 10000)
	var problems []intake.Problem
	for i := range rows {
		rows[i] = []any{fmt.Sprint("行", i), 9}
		problems = append(problems, intake.Problem{Sheet: "表", Cell: fmt.Sprint("B", i+2), Message: "可能性应为 1–5 的整数", Wrong: true})
	}
	wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "表", Columns: []sheet.Column{{Header: "甲"}, {Header: "乙"}}, Rows: sheet.Stored(rows...)}}}
	if err := (xlsx.Writer{}).Write(context.Background(), from, wb, nil); err != nil {
		b.Fatal(err)
	}
	book, err := xlsx.Reader{}.Read(context.Background(), from, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := (xlsx.Writer{}).WriteProblems(context.Background(), from, filepath.Join(b.TempDir(), "乙.xlsx"), book, problems); err != nil {
			b.Fatal(err)
		}
	}
}
