package xlsx

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/app/sheet"
	"lianshao/domain"
)

func writeT(t testing.TB, wb sheet.Workbook) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "导出.xlsx")
	if err := (Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func register() sheet.Workbook {
	return sheet.Workbook{Sheets: []sheet.Sheet{{
		Name: "风险点/登记:表", Title: []string{"廉政风险点登记表", "单位：基建处"}, Frozen: 2, Spare: 3,
		Columns: []sheet.Column{{Header: "序号", Format: sheet.Int}, {Header: "编号"}, {Header: "等级", Choices: []string{"红", "橙", "黄", "蓝"}},
			{Header: "指数", Format: sheet.Float}, {Header: "日期", Format: sheet.Date}, {Header: "占比", Format: sheet.Percent}, {Header: "表现形式", Width: 20}},
		Rows: sheet.Stored([][]any{
			{1, "007", "红", 84.46, domain.Date("2026-09-20"), 0.152, "=HYPERLINK(\"x\")"},
			{2, "53010119900307123X", "蓝", 12, "每次招标前", nil, "第一行\r\n第二行"},
			{3, "+1", "", nil, "", nil, strings.Repeat("很长的文字，", 30)},
		}...),
		Notes: []string{"填表人：        审核人："},
	}, {Name: "风险点/登记:表", Columns: []sheet.Column{{Header: "甲"}}, Portrait: true}}}
}

func TestWriteThenRead(t *testing.T) {
	book, err := Reader{}.Read(context.Background(), writeT(t, register()), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(book.Sheets) != 3 || book.Sheets[0].Name != "风险点_登记_表" || book.Sheets[1].Name != "风险点_登记_表(2)" || !book.Sheets[2].Hidden {
		t.Fatalf("sheets %+v", book.Sheets)
	}
	s := book.Sheets[0]
	if len(s.Warnings) > 0 {
		t.Error(s.Warnings)
	}
	var got [][]string
	for _, r := range s.Rows {
		got = append(got, r.Cells)
	}
	want := [][]string{
		{"廉政风险点登记表"}, {"单位：基建处"},
		{"序号", "编号", "等级", "指数", "日期", "占比", "表现形式"},
		{"1", "007", "红", "84.46", "2026-09-20", "15.2%", "=HYPERLINK(\"x\")"},
		{"2", "53010119900307123X", "蓝", "12", "每次招标前", "", "第一行\n第二行"},
		{"3", "+1", "", "", "", "", strings.Repeat("很长的文字，", 30)},
		{"填表人：        审核人："},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWrittenPage(t *testing.T) {
	f, err := excelize.OpenFile(writeT(t, register()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := "风险点_登记_表"
	props, err := f.GetSheetProps(name)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("fit to page: %+v %v", props, err)
	}
	layout, err := f.GetPageLayout(name)
	if err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 || *layout.Size != 9 {
		t.Errorf("layout %+v %v", layout, err)
	}
	if layout, _ := f.GetPageLayout(name + "(2)"); *layout.Orientation != "portrait" {
		t.Error("second sheet is not portrait")
	}
	m, err := f.GetPageMargins(name)
	if err != nil || *m.Left != 0.5 || *m.Right != 0.5 || *m.Top != 0.7 || *m.Bottom != 0.7 || *m.Header != 0.3 || *m.Footer != 0.3 {
		t.Errorf("margins %+v %v", m, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name+" "+n.Scope] = n.RefersTo
	}
	if names["_xlnm.Print_Titles "+name] != "'风险点_登记_表'!$3:$3" || names["_xlnm._FilterDatabase "+name] != "'风险点_登记_表'!$A$3:$G$9" {
		t.Errorf("names %v", names)
	}
	panes, err := f.GetPanes(name)
	if err != nil || !panes.Freeze || panes.XSplit != 2 || panes.YSplit != 3 {
		t.Errorf("panes %+v %v", panes, err)
	}
	dvs, err := f.GetDataValidations(name)
	if err != nil || len(dvs) != 1 || dvs[0].Formula1 != "list_1" || names["list_1 Workbook"] != "'字典'!$B$1:$B$4" || !strings.HasPrefix(dvs[0].Sqref, "C4:C") {
		t.Errorf("lists %+v %v", dvs, err)
	}
	short, _ := f.GetRowHeight(name, 4)
	two, _ := f.GetRowHeight(name, 5)
	long, _ := f.GetRowHeight(name, 6)
	if !(short < two && two < long && long > 18*lineHeight) {
		t.Errorf("row heights %v %v %v", short, two, long)
	}
	if typ, _ := f.GetCellType(name, "G4"); typ == excelize.CellTypeFormula {
		t.Error("text became a formula")
	}
	if v, _ := f.GetCellValue(name, "E4"); v != "2026-09-20" {
		t.Errorf("date shows as %s", v)
	}
	if v, _ := f.GetCellValue(name, "F4"); v != "15.2%" {
		t.Errorf("percentage shows as %s", v)
	}
}

// TestAnyTextComesBack: whatever a person types is read back the same.
func TestAnyTextComesBack(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+@\-\t\n &<>"'_x0-9A-F，𠮷]{0,20}|(_?x00[04][0-9A]_){1,3}`))
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 3, 3), 1, 5).Draw(t, "rows")
		wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "表", Columns: make([]sheet.Column, 3), NoHeading: true}}}
		want := map[string]string{}
		var all [][]any
		for r, row := range rows {
			var cells []any
			for c, v := range row {
				cells = append(cells, v)
				if clean := plainText(v); strings.TrimSpace(clean) != "" {
					want[fmt.Sprint(r+1, c)] = clean
				}
			}
			all = append(all, cells)
		}
		wb.Sheets[0].Rows = sheet.Stored(all...)
		path := filepath.Join(dir, "文.xlsx")
		if err := (Writer{}).Write(context.Background(), path, wb, nil); err != nil {
			t.Fatal(err)
		}
		book, err := Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range book.Sheets[0].Rows {
			for c, v := range r.Cells {
				if v != "" {
					got[fmt.Sprint(r.No, c)] = v
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// countingWriter is a file of which only the size is known.
type countingWriter struct{ size int }

func (w *countingWriter) Write(b []byte) (int, error) { w.size += len(b); return len(b), nil }

// TestRowsGoStraightIntoTheFile: a row is made when there is room for it and kept
// nowhere, neither in memory nor in a temporary file where others might read it.
func TestRowsGoStraightIntoTheFile(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	const n = 50_000
	noise := rand.New(rand.NewPCG(1, 2))
	var to countingWriter
	asked, written, most := 0, 0, 0
	rows := sheet.MadeOf(n, func(yield func(int) bool) {
		for i := range n {
			asked++
			most = max(most, to.size-written)
			written = to.size
			if !yield(i) {
				return
			}
		}
	}, func(i int) []any { return []any{i, fmt.Sprintf("%x%x", noise.Uint64(), noise.Uint64())} })
	wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "大", Columns: []sheet.Column{{Header: "序号", Format: sheet.Int}, {Header: "内容"}}, Rows: rows, Notes: []string{"注"}}}}
	if err := Encode(context.Background(), &to, wb, nil); err != nil {
		t.Fatal(err)
	}
	if asked != n || to.size-written > to.size/4 || most > to.size/4 {
		t.Errorf("%d rows were asked for; of %d bytes %d came after the last row, %d at once", asked, to.size, to.size-written, most)
	}
	if files, _ := os.ReadDir(temp); len(files) > 0 {
		t.Errorf("temporary files %v", files)
	}
}

// A table that says it has more rows than it gives would leave its notes in the wrong
// place: it is not written.
func TestRowsThatDoNotComeAreAnError(t *testing.T) {
	rows := sheet.MadeOf(2, slices.Values([]string{"一"}), func(s string) []any { return []any{s} })
	wb := sheet.Workbook{Sheets: []sheet.Sheet{{Name: "表", Columns: []sheet.Column{{Header: "甲"}}, Rows: rows}}}
	if err := Encode(context.Background(), &countingWriter{}, wb, nil); err == nil {
		t.Error("a workbook was written")
	}
}

func TestWriteFailuresKeepTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "旧.xlsx")
	if err := os.WriteFile(path, []byte("旧"), 0o600); err != nil {
		t.Fatal(err)
	}
	long := register()
	long.Sheets[0].Rows = sheet.Stored([]any{1, strings.Repeat("字", maxCellText+1)})
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	big := register()
	big.Sheets[0].Rows = sheet.Stored(slices.Repeat(slices.Collect(big.Sheets[0].Rows.All()), 1000)...)
	for name, c := range map[string]struct {
		ctx  context.Context
		wb   sheet.Workbook
		code app.Code
	}{"too long": {context.Background(), long, app.CodeInvalid}, "empty": {context.Background(), sheet.Workbook{}, app.CodeInvalid}, "canceled": {canceled, big, app.CodeCanceled}} {
		err := Writer{}.Write(c.ctx, path, c.wb, nil)
		if app.CodeOf(err) != c.code || !strings.Contains(app.Sentence(err), "旧.xlsx") {
			t.Errorf("%s: %v", name, err)
		}
		if b, _ := os.ReadFile(path); !bytes.Equal(b, []byte("旧")) {
			t.Errorf("%s: the old file was changed", name)
		}
	}
	err := Writer{}.Write(context.Background(), filepath.Join(filepath.Dir(path), "无", "a.xlsx"), register(), nil)
	if app.CodeOf(err) != app.CodeNotFound {
		t.Error(err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("left behind %v", files)
	}
}
