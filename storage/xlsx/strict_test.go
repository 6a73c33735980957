package xlsx_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/app/report"
	"lianshao/app/sheet"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/storage/sampletest"
	"lianshao/storage/xlsx"
	"lianshao/storage/xlsx/ooxml"
)

// Every workbook the program writes keeps to what Excel is strict about: nothing it
// would repair, drop or refuse. Excel itself is not on the computers that test.
func TestEveryWorkbookIsWhatExcelOpens(t *testing.T) {
	s := sampletest.Open(t, sampletest.On("2026-11-23"))
	issueOne(t, s)
	dir := t.TempDir()
	write := func(name string, wb sheet.Workbook) string {
		path := filepath.Join(dir, name+".xlsx")
		if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
			t.Fatal(name, err)
		}
		return path
	}
	strict := func(path string) {
		t.Helper()
		faults, err := ooxml.Check(path)
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v\n%s", filepath.Base(path), err, strings.Join(faults[:min(len(faults), 12)], "\n"))
		}
	}
	for _, k := range export.FormKinds() {
		for _, q := range []export.Request{{Kind: string(k)}, {Kind: string(k), Unit: "基建处"}} {
			wb, err := export.Form(s.Pilot, q)
			if err != nil {
				t.Fatal(k, err)
			}
			strict(write("发出-"+string(k)+q.Unit, wb))
		}
	}
	all := export.Workbook(s.Pilot)
	strict(write("导出全部", all))
	strict(write("长表", export.LongTable(s)))
	hidden := slices.Clone(all.Sheets[:3])
	hidden[0].Hidden = true
	strict(write("首表隐藏", sheet.Workbook{Sheets: hidden}))
	strict(write("怪名", odd()))
	in := report.NewInput(s, 2)
	for _, p := range report.Papers() {
		if p.Tables == nil {
			continue
		}
		if ok, _ := p.Ready(in); !ok {
			continue
		}
		path := filepath.Join(dir, "打印-"+p.ID+".xlsx")
		if err := xlsx.WriteTables(path, p.Tables(in, report.Options{})); err != nil {
			t.Fatal(p.ID, err)
		}
		strict(path)
	}
	strict(returned(t, dir, write("退回", sheet.Workbook{Sheets: all.Sheets[:2]})))
}

// issueOne issues warnings, so that there is something to reply to.
func issueOne(t *testing.T, s *app.Session) {
	t.Helper()
	if err := s.Do(warn.IssueRound(s.Result(1), s.Today(), s.NewID)); err != nil {
		t.Fatal(err)
	}
}

// odd holds what Excel does not take as it is: names, spaces, long hints, quotes.
func odd() sheet.Workbook {
	long := strings.Repeat("很长的提示", 90)
	cols := []sheet.Column{{Header: " 前后空格 ", Hint: long, Choices: []string{"甲", "乙,丙", `"丁"`, long}}, {Header: long, Note: long, Colors: []sheet.Tint{{Text: `说"好"`, Color: "FF0000"}}},
		{Header: "数", Format: sheet.Int, Whole: [2]int{1, 5}}, {Header: "日", Format: sheet.Date}}
	rows := [][]any{{" a\n", "=1+1", 3, domain.Date("2026-09-20")}, {"\x00\u200b", long, -1.5, "九月"}}
	return sheet.Workbook{Sheets: []sheet.Sheet{{Name: "'a/b:c*?[x]'", Title: []string{"题", long}, Fill: []string{"填："}, Columns: cols, Rows: sheet.Stored(rows...), Protected: true, Notes: []string{long}},
		{Name: strings.Repeat("同名", 20), Columns: cols, Rows: sheet.Stored(rows...), Frozen: 1}, {Name: strings.Repeat("同名", 20), Columns: cols[:1], NoHeading: true}, {Name: "It's", Columns: cols[2:], Portrait: true}}}
}

// returned is a workbook with problems written into it, to go back to its sender.
func returned(t *testing.T, dir, from string) string {
	t.Helper()
	b, err := (xlsx.Reader{}).Read(context.Background(), from, nil)
	if err != nil {
		t.Fatal(err)
	}
	sheet := b.Sheets[0].Name
	to := filepath.Join(dir, "退回-问题.xlsx")
	err = xlsx.Writer{}.WriteProblems(context.Background(), from, to, b, []intake.Problem{{Sheet: sheet, Cell: "B5", Message: strings.Repeat("不对", 400), Wrong: true},
		{Sheet: sheet, Message: "整张表"}})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// The check itself sees what it is for.
func TestStrictCheckSeesFaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.xlsx")
	f := excelize.NewFile()
	defer f.Close()
	dv := excelize.NewDataValidation(true)
	dv.Sqref = "A1:A3"
	dv.SetSqrefDropList("nowhere")
	long := strings.Repeat("x", 300)
	dv.Prompt = &long
	if err := f.AddDataValidation("Sheet1", dv); err != nil {
		t.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i <= 2; i++ { // from left to right: excelize writes them the other way round
		if err := w.SetColWidth(i, i, 20); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{w.SetRow("A1", []any{"a"}), w.MergeCell("A1", "B2"), w.MergeCell("B2", "C3"), w.Flush(), f.SaveAs(path)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	faults, err := ooxml.Check(path)
	all := strings.Join(faults, "\n")
	for _, want := range []string{"column 1–1 after 2", "list of A1:A3 is unknown", "prompt of A1:A3 is longer", "merged B2:C3 overlaps"} {
		if err != nil || !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s (%v)", want, all, err)
		}
	}
	if _, err := ooxml.Check(filepath.Join(t.TempDir(), "none.xlsx")); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// Under 0.## Excel writes 5 as “5.”: whole numbers and cells that are still to be typed
// into show as they are.
func TestWholeNumbersShowNoPoint(t *testing.T) {
	path := filepath.Join(t.TempDir(), "数.xlsx")
	rows := [][]any{{5.0}, {47.7397}, {nil}}
	wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "数", Columns: []sheet.Column{{Header: "数", Format: sheet.Float}}, Rows: sheet.Stored(rows...), Protected: true}}}
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A2": "", "A3": "0.##", "A4": ""} {
		id, err := f.GetCellStyle("数", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		got := ""
		if err == nil && style.CustomNumFmt != nil {
			got = *style.CustomNumFmt
		}
		if err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", cell, got, want, err)
		}
	}
}
