package xlsx

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/app/intake"
)

// What other programs make of one table: they may differ in what they keep of formulas
// only. Rows are written as their cells between |, hidden ones with (隐藏).
var (
	titled    = "岗位廉政风险点自查表\n编号|风险点|可能性|完成时限|进度|证件号|属实|合计|备注\n"
	reckoned  = titled + "FX-007|验收走过场|3|2026-09-20|95.0%|110101199003071233|TRUE|6|两行⏎文字\n(隐藏)FX-008|围标串标|2.5|2026-09-20|15.2%|123456789012345|FALSE|0| 前后空格 "
	left      = titled + "FX-007|验收走过场|3|2026-09-20|95.0%|110101199003071233|TRUE||两行⏎文字\n(隐藏)FX-008|围标串标|2.5|2026-09-20|15.2%|123456789012345|FALSE|| 前后空格 "
	scripted  = "岗位廉政风险点自查表\n编号|风险点|可能性|完成时限|属实\n001|验收走过场|3|2026-09-20|TRUE"
	noResults = []string{"H3 公式没有保存计算结果", "H4 公式没有保存计算结果"}
)

// TestOtherProducers reads the workbooks of testdata/producers.
func TestOtherProducers(t *testing.T) {
	for _, c := range []struct {
		file   string
		locked bool
		want   string
		notes  []string
	}{
		{"openpyxl.xlsx", false, left, noResults},
		{"xlsxwriter-1904.xlsx", false, left, noResults},
		{"xlwt.xls", false, left, noResults},
		{"gnumeric.xlsx", false, reckoned, nil},
		{"gnumeric-dsf.xls", false, reckoned, nil},
		{"libreoffice.xlsx", false, reckoned, nil},
		{"libreoffice.xls", false, reckoned, nil},
		{"libreoffice-rc4.xls", true, reckoned, nil},
		{"poi-cryptoapi.xls", true, reckoned, nil},
		{"exceljs.xlsx", false, scripted + "|6", []string{"F4 公式没有保存计算结果"}},
		{"agile.xlsx", true, scripted + "|6", []string{"F4 公式没有保存计算结果"}},
		{"standard.xlsx", true, scripted + "|6", []string{"F4 公式没有保存计算结果"}},
		{"sheetjs-dates.xlsx", false, scripted + "\n002|围标串标|2.5|2026-09-19 16:00|FALSE", []string{"D4 从这里起有日期写的是世界时"}},
		{"habits.xlsm", false, "编号|风险点\nFX-007|验收⏎走过场⏎第三行|2026年9月|2026-09-20|2026年9月|2026-09-20\n没有地址|没有地址x|12|3|5\n(隐藏)TRUE||2026-09-20 08:30\n123456789012345|123456789012345|0.011",
			[]string{"B4 是错误值 #N/A", "F4 是嵌入的图片", "D5 数字超过 15 位", " 文件里有宏，没有运行", " 有的公式取自别的文件"}},
		{"strict.xlsx", false, "严格的格式|2026-09-20", nil},
	} {
		t.Run(c.file, func(t *testing.T) {
			path := filepath.Join("testdata", "producers", c.file)
			how := intake.Choices{}
			if c.locked {
				how.Password = "密码123"
				asksFor(t, path)
			}
			b, err := (Reader{}).ReadAs(context.Background(), path, how, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, rowsText(b.Sheets[0])); diff != "" {
				t.Error(diff)
			}
			said := b.Sheets[0].Warnings
			if len(said) != len(c.notes) {
				t.Fatalf("remarks %+v, want %q", said, c.notes)
			}
			for i, n := range said {
				if got := n.Cell + " " + n.Message; !strings.HasPrefix(got, c.notes[i]) {
					t.Errorf("remark %q, want %q", got, c.notes[i])
				}
			}
		})
	}
}

// asksFor checks that a workbook asks for its password and takes no other.
func asksFor(t *testing.T, path string) {
	t.Helper()
	for password, want := range map[string]error{"": intake.ErrPassword, "密码124": intake.ErrWrongPassword} {
		if _, err := (Reader{}).ReadAs(context.Background(), path, intake.Choices{Password: password}, nil); !errors.Is(err, want) {
			t.Errorf("password %q: %v", password, err)
		}
	}
}

func rowsText(s *intake.Sheet) string {
	var out []string
	for _, r := range s.Rows {
		line := strings.ReplaceAll(strings.Join(r.Cells, "|"), "\n", "⏎")
		if r.Hidden {
			line = "(隐藏)" + line
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
