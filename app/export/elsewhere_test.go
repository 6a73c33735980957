package export_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// oddPilots are pilots in which every field says something odd, one with the longest
// text that a cell holds.
func oddPilots(t *testing.T, n int) []*domain.Pilot {
	t.Helper()
	var out []*domain.Pilot
	for i := range n {
		p := rapid.Custom(everything).Example(20261126 + i)
		if i == 0 {
			long := p.RiskPoints.All()[0].Clone().(*domain.RiskPoint)
			long.Causes = strings.Repeat("长", 32767)
			p.Put(long)
		}
		out = append(out, p)
	}
	return out
}

// TestOpenedAndSavedElsewhere has other programs open the workbooks of odd pilots and
// save them: none changes anything. excelize always does; the others where they are
// installed.
func TestOpenedAndSavedElsewhere(t *testing.T) {
	dir := t.TempDir()
	n := 2
	if more := most(t, 0); more > 5 { // asked for more than the usual hundred checks
		n = more
	}
	pilots := oddPilots(t, n)
	var paths, again []string
	for i, p := range pilots {
		path := filepath.Join(dir, fmt.Sprintf("全部%d.xlsx", i))
		if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(p), nil); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		saved := filepath.Join(dir, fmt.Sprintf("另存%d.xlsx", i))
		if err := f.SaveAs(saved); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		again = append(again, saved)
	}
	lists := map[string][]string{"excelize": again}
	for _, o := range offices {
		if o.name == "Gnumeric .xls" { // its strings of long texts contradict themselves: no other program reads them
			continue
		}
		if o.name != "LibreOffice" && most(t, 0) <= 5 {
			continue // only ./task soak has the time
		}
		lists[o.name] = o.through(t, paths)
	}
	for who, list := range lists {
		for i, path := range list {
			b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
			if err != nil {
				t.Fatal(who, err)
			}
			n := 0
			pl := intake.NewPlan(pilots[i], intake.Analyse([]*intake.Book{b}, intake.Options{}), intake.Env{Year: 2026, IDs: func() domain.ID {
				n++
				return domain.ID(fmt.Sprint("new", n))
			}})
			t.Run(fmt.Sprint(who, i), func(t *testing.T) { unchanged(t, pl) })
		}
	}
}
