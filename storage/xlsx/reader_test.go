package xlsx

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/numfmt"
)

// excelizeRows reads a sheet with excelize: a second opinion.
func excelizeRows(t testing.TB, path, sheet string) []intake.Row {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []intake.Row
	for no := 1; rows.Next(); no++ {
		cells, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		opts := rows.GetRowOpts()
		out = append(out, intake.Row{No: no, Hidden: opts.Hidden, Cells: cells})
	}
	return tidy(out)
}

// tidy drops blank ends and blank rows, and what numbers are dressed up in.
func tidy(rows []intake.Row) []intake.Row {
	var out []intake.Row
	for _, r := range rows {
		n := 0
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			if strings.TrimSpace(c) != "" {
				cells[i], n = c, i+1
				if number := r.Numbers[i]; number != "" {
					cells[i] = number
				}
			}
		}
		if n > 0 {
			r.Cells, r.Numbers = cells[:n], nil
			out = append(out, r)
		}
	}
	return out
}

// TestAgreesWithExcelize reads every workbook of the folder named by the
// environment variable (the samples of the repository by default).
func TestAgreesWithExcelize(t *testing.T) {
	dir := os.Getenv("LIANSHAO_XLSX_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets")
	}
	n := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".xlsx") {
			return err
		}
		n++
		book, err := Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		for _, s := range book.Sheets {
			if diff := cmp.Diff(excelizeRows(t, path, s.Name), tidy(s.Rows), cmp.Comparer(sameCell)); diff != "" {
				t.Errorf("%s %s: %v\n%s", path, s.Name, s.Warnings, diff)
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Fatalf("%d workbooks in %s: %v", n, dir, err)
	}
}

// sameCell compares a cell as it is written with what ours makes of it: a date.
func sameCell(a, b string) bool { return a == b || asDate(a) == b || asDate(b) == a }

func asDate(s string) string {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	if day, ok := numfmt.Day.Text(v, false); ok && v > 40_000 {
		return day
	}
	return cells.Decimal(v)
}

// TestRandomSheets writes random sheets with excelize and reads them back.
func TestRandomSheets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "随机.xlsx")
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		want := map[string]string{}
		for range rapid.IntRange(1, 40).Draw(t, "cells") {
			cell := intake.CellName(rapid.IntRange(1, 30).Draw(t, "row"), rapid.IntRange(1, 40).Draw(t, "col"))
			if rapid.Bool().Draw(t, "number") {
				n := rapid.IntRange(-1e6, 1e6).Draw(t, "n")
				want[cell] = fmt.Sprint(n)
				f.SetCellValue("Sheet1", cell, n)
				continue
			}
			s := rapid.StringMatching(`[ a-z<>&"'廉政风险𠮷\n_x0D]{0,12}`).Draw(t, "s")
			want[cell] = s
			f.SetCellValue("Sheet1", cell, s)
		}
		if err := f.SaveAs(path); err != nil {
			t.Fatal(err)
		}
		book, err := Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range book.Sheets[0].Rows {
			for i, c := range r.Cells {
				if c != "" {
					got[intake.CellName(r.No, i+1)] = c
				}
			}
		}
		for k, v := range want {
			if strings.TrimSpace(v) == "" {
				delete(want, k)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
