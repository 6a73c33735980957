// Command xls writes the old workbooks that storage/xls is tested with into a
// folder. It makes each as .xlsx and has LibreOffice convert it, so that the .xls
// files come from another program than the one that reads them:
//
//	go run ./tools/xls storage/xls/testdata
//
// What they hold is written out in the tests.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: xls FOLDER")
		os.Exit(2)
	}
	if err := writeAll(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// target is a file to be made: the filter is LibreOffice's name of the format.
type target struct {
	name, filter string
	fill         func(*excelize.File) error
}

func writeAll(dir string) error {
	tmp, err := os.MkdirTemp("", "xls")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for _, t := range []target{
		{"各种单元格.xls", "MS Excel 97", kinds},
		{"长文字.xls", "MS Excel 97", long},
		{"1904.xls", "MS Excel 97", since1904},
		{"表格.ods", "calc8", since1904},
	} {
		if err := write(dir, tmp, t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

func write(dir, tmp string, t target) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := t.fill(f); err != nil {
		return err
	}
	ext := filepath.Ext(t.name)
	base := strings.TrimSuffix(t.name, ext)
	source := filepath.Join(tmp, base+".xlsx")
	if err := f.SaveAs(source); err != nil {
		return err
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(tmp, "profile"), "--headless",
		"--convert-to", ext[1:]+":"+t.filter, "--outdir", dir, source).CombinedOutput()
	if err != nil {
		return fmt.Errorf("soffice: %w\n%s", err, out)
	}
	return nil
}

// set puts values into cells of a sheet by their names.
func set(f *excelize.File, sheet string, cells map[string]any) error {
	for cell, v := range cells {
		if err := f.SetCellValue(sheet, cell, v); err != nil {
			return err
		}
	}
	return nil
}

// styled puts a number with a format into a cell.
func styled(f *excelize.File, sheet, cell string, v any, format string) error {
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(sheet, cell, cell, id); err != nil {
		return err
	}
	return f.SetCellValue(sheet, cell, v)
}

// kinds has every kind of cell, merged areas, and what is hidden.
func kinds(f *excelize.File) error {
	const s = "自查表"
	steps := []func() error{
		func() error { return f.SetSheetName("Sheet1", s) },
		func() error {
			return set(f, s, map[string]any{"A1": "岗位廉政风险点自查表", "B3": "工程变更审批", "B4": "abc", "C3": 3, "D3": 2.5, "E3": -7, "F3": 0.152, "G3": 123456789.25,
				"C4": 4, "D4": 5, "E4": 1e-7, "H3": true, "H4": false, "I3": "110101199003071233", "J3": "１２", "K3": "两行\n文字", "L3": 110101199003071233, "M3": "𠮷野家"})
		},
		func() error { return f.SetCellFormula(s, "C5", "C3+C4") },
		func() error { return f.SetCellFormula(s, "D5", `B4&"-"&C3`) },
		func() error { return f.SetCellFormula(s, "E5", "1/0") },
		func() error { return f.SetCellFormula(s, "F5", "C3>1") },
		func() error { return styled(f, s, "A6", 46285, "yyyy-mm-dd") },
		func() error { return styled(f, s, "B6", 46285, `yyyy"年"m"月"d"日"`) },
		func() error { return styled(f, s, "C6", 46266, `yyyy"年"m"月"`) },
		func() error { return styled(f, s, "D6", 46285.3541666667, "yyyy-mm-dd hh:mm") },
		func() error { return styled(f, s, "E6", 0.3541666667, "h:mm") },
		func() error { return styled(f, s, "F6", 46285, "0.00") },
		func() error { return styled(f, s, "G6", 0.5, "0%") },
		func() error { return f.MergeCell(s, "A1", "F1") },
		func() error { return f.MergeCell(s, "A3", "A5") },
		func() error { return f.SetRowVisible(s, 4, false) },
		func() error { return f.SetColVisible(s, "G", false) },
		func() error { return f.SetColVisible(s, "Z", false) },
		func() error { _, err := f.NewSheet("隐藏的"); return err },
		func() error { return f.SetCellValue("隐藏的", "C7", "看不见") },
		func() error { return f.SetSheetVisible("隐藏的", false) },
		func() error { _, err := f.NewSheet("空的"); return err },
	}
	for _, do := range steps {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// long has shared strings that go on in further records: wide ones, narrow ones
// and rich ones, 400 in all and one of 20,000 characters.
func long(f *excelize.File) error {
	for i := range 400 {
		text := fmt.Sprintf("第%03d条 ", i+1) + strings.Repeat("编写采购参数时按特定品牌设置条件。", i%40)
		if i%3 == 0 {
			text = fmt.Sprintf("item %03d ", i+1) + strings.Repeat("abc-", i%60)
		}
		if err := f.SetCellValue("Sheet1", fmt.Sprintf("A%d", i+1), text); err != nil {
			return err
		}
	}
	if err := f.SetCellRichText("Sheet1", "B1", []excelize.RichTextRun{{Text: "富"}, {Text: "文字", Font: &excelize.Font{Bold: true}}, {Text: "在此"}}); err != nil {
		return err
	}
	return f.SetCellValue("Sheet1", "C1", strings.Repeat("廉政风险", 5000))
}

func since1904(f *excelize.File) error {
	on := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on}); err != nil {
		return err
	}
	if err := f.SetCellValue("Sheet1", "B2", 44823); err != nil {
		return err
	}
	return styled(f, "Sheet1", "A1", 44823, "yyyy-mm-dd")
}
