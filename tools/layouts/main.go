// Command layouts writes made-up office tables with odd layouts into a folder:
// each NAME.xlsx beside a NAME.txt that says what a person would read out of it.
// app/intake's tests read them. Run it after changing what stands in here:
//
//	go run ./tools/layouts testdata/layouts
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// layout is one workbook and what it says.
type layout struct {
	name   string
	about  string
	sheets []page
	want   []string // "point unit=… | name=…", see the test that reads them
	asks   []string // parts of the sentences with which the program must ask
}

// page is one sheet: a row per text, cells divided by |, ⏎ a line break.
type page struct {
	name   string
	rows   []string
	merges []string // A3:A5
	hide   []string // rows by number, columns by letter
	fills  []string // E3:FF0000
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: layouts FOLDER")
		os.Exit(2)
	}
	if err := writeAll(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writeAll(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i, l := range all() {
		base := filepath.Join(dir, fmt.Sprintf("%02d-%s", i+1, l.name))
		if err := l.writeBook(base + ".xlsx"); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		if err := os.WriteFile(base+".txt", []byte(l.expected()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (l layout) expected() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", l.about)
	for _, w := range l.want {
		b.WriteString(w + "\n")
	}
	for _, a := range l.asks {
		b.WriteString("ask " + a + "\n")
	}
	return b.String()
}

func (l layout) writeBook(path string) error {
	f := excelize.NewFile()
	defer f.Close()
	made := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "廉哨", Created: made, Modified: made}); err != nil {
		return err
	}
	for i, p := range l.sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", p.name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(p.name); err != nil {
			return err
		}
		if err := p.write(f); err != nil {
			return err
		}
	}
	return f.SaveAs(path)
}

func (p page) write(f *excelize.File) error {
	for i, line := range p.rows {
		if line == "" {
			continue
		}
		for c, text := range strings.Split(line, "|") {
			if text == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				return err
			}
			if err := p.set(f, cell, text); err != nil {
				return err
			}
		}
	}
	for _, fill := range p.fills {
		cell, colour, _ := strings.Cut(fill, ":")
		style, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(p.name, cell, cell, style); err != nil {
			return err
		}
	}
	for _, m := range p.merges {
		a, b, _ := strings.Cut(m, ":")
		if err := f.MergeCell(p.name, a, b); err != nil {
			return err
		}
	}
	for _, h := range p.hide {
		var row int
		if n, _ := fmt.Sscanf(h, "%d", &row); n == 1 {
			if err := f.SetRowVisible(p.name, row, false); err != nil {
				return err
			}
		} else if err := f.SetColVisible(p.name, h, false); err != nil {
			return err
		}
	}
	return nil
}

// set writes one cell: "=FORMULA→VALUE" is a formula with what Excel last made of it.
func (p page) set(f *excelize.File, cell, text string) error {
	formula, result, calculated := strings.Cut(text, "→")
	if !calculated || !strings.HasPrefix(formula, "=") {
		return f.SetCellValue(p.name, cell, value(text))
	}
	if err := f.SetCellValue(p.name, cell, value(result)); err != nil {
		return err
	}
	return f.SetCellFormula(p.name, cell, formula[1:])
}

// value is a number where people type one, a day for "@2026-09-30".
func value(text string) any {
	var n int
	if _, err := fmt.Sscanf(text, "%d", &n); err == nil && fmt.Sprint(n) == text && n < 100000 {
		return n
	}
	if day, err := time.Parse("@2006-01-02", text); err == nil {
		return day
	}
	return strings.ReplaceAll(text, "⏎", "\n")
}
