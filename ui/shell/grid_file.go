package shell

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"lianshao/app/sheet"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// exportGrid writes a table as it is shown on screen, as .xlsx or .csv.
func (s *Shell) exportGrid(t widgets.Shown) {
	title := lang.L("表格")
	if sc, ok := s.screenByID(s.current); ok {
		title = lang.L(sc.title)
	}
	s.Files().ChooseSave(safeName(title)+".xlsx", func(path string) {
		s.Work(lang.L("正在导出"), func(ctx context.Context, progress func(done, total int)) error {
			return s.deps.Sheets.Write(ctx, path, gridBook(title, t), progress)
		}, func(err error) {
			if err != nil {
				s.Report(err)
				return
			}
			s.Toast(fmt.Sprintf(lang.L("已导出到 %s"), path))
		})
	})
}

// exportFocused exports the grid that has the keyboard.
func (s *Shell) exportFocused() {
	if g, ok := s.win.Canvas().Focused().(*widgets.DataGrid); ok {
		g.Export()
		return
	}
	s.Toast(lang.L("请先在要导出的表里点一下"))
}

// exportKey is the shortcut of a grid's export.
func exportKey() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// gridBook makes a workbook of a shown table. A column is numbers, percents or dates
// when everything in it is; codes that look like numbers stand left and stay texts.
func gridBook(title string, t widgets.Shown) sheet.Workbook {
	out := sheet.Sheet{Name: title, Columns: make([]sheet.Column, len(t.Columns))}
	for i, c := range t.Columns {
		out.Columns[i] = sheet.Column{Key: c.ID, Header: heading(c), Width: float64(c.Width) / 7.5, Format: formatOf(t, i)}
	}
	out.Rows = sheet.MadeOf(len(t.Rows), slices.Values(t.Rows), func(line []string) []any {
		row := make([]any, len(line))
		for i := range line {
			row[i] = typed(line[i], out.Columns[i].Format)
		}
		return row
	})
	return sheet.Workbook{Sheets: []sheet.Sheet{out}}
}

func heading(c widgets.Column) string {
	if c.Title == "" || c.Subtitle == "" {
		return c.Title + c.Subtitle
	}
	return c.Title + "（" + c.Subtitle + "）"
}

var (
	wholeNumber = regexp.MustCompile(`^[-+]?\d{1,15}$`)
	percent     = regexp.MustCompile(`^[-+]?\d+(\.\d+)?%$`)
	number      = regexp.MustCompile(`^[-+]?\d{1,15}(\.\d+)?$`)
)

func formatOf(t widgets.Shown, col int) sheet.Format {
	all := func(is func(string) bool) bool {
		some := false
		for _, line := range t.Rows {
			if line[col] == "" || line[col] == "—" {
				continue
			}
			if some = true; !is(line[col]) {
				return false
			}
		}
		return some
	}
	switch {
	case all(isDay):
		return sheet.Date
	case t.Columns[col].Align == widgets.AlignLeft:
		return sheet.Text
	case all(wholeNumber.MatchString):
		return sheet.Int
	case all(number.MatchString):
		return sheet.Float
	case all(percent.MatchString):
		return sheet.Percent
	}
	return sheet.Text
}

func isDay(s string) bool {
	d, ok := domain.ParseDate(s, 0)
	return ok && string(d) == s
}

func typed(s string, f sheet.Format) any {
	switch f {
	case sheet.Date:
		return domain.Date(s)
	case sheet.Int, sheet.Float:
		if v, err := strconv.ParseFloat(s, 64); err == nil {
			return v
		}
	case sheet.Percent:
		if v, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64); err == nil {
			return v / 100
		}
	}
	return s
}
