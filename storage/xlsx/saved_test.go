package xlsx

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
)

// When a workbook was saved is what the office program wrote into it; the file's own
// time, which copying changes, only serves where nothing is written.
func TestSavedTime(t *testing.T) {
	copied := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct{ inside, from, want string }{
		{"2026-06-01T01:02:03Z", intake.AtBook, "2026-06-01T01:02:03Z"}, {"2006-09-16T00:00:00Z", intake.AtFile, "2026-11-20T08:00:00Z"}, {"", intake.AtFile, "2026-11-20T08:00:00Z"},
	} {
		f := excelize.NewFile()
		if err := f.SetSheetRow("Sheet1", "A1", &[]any{"编号", "风险点"}); err != nil {
			t.Fatal(err)
		}
		if c.inside != "" {
			if err := f.SetDocProps(&excelize.DocProperties{Modified: c.inside}); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), "表.xlsx")
		if err := f.SaveAs(path); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, copied, copied); err != nil {
			t.Fatal(err)
		}
		b, err := Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Saved.UTC().Format(time.RFC3339); got != c.want || b.SavedFrom != c.from {
			t.Errorf("%q: saved %s by %s", c.inside, got, b.SavedFrom)
		}
	}
}
