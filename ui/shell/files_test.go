package shell

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The other tables of a folder are offered, Excel's lock files and other kinds
// of files are not.
func TestNeighbours(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"自查表.xlsx", "一览表.XLSX", "~$自查表.xlsx", "说明.docx", "旧.csv"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := neighbours(filepath.Join(dir, "自查表.xlsx"), []string{".xlsx", ".csv"})
	slices.Sort(got)
	if want := []string{"一览表.XLSX", "旧.csv", "自查表.xlsx"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}
