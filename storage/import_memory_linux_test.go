package storage_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"lianshao/storage/pilotfile"
)

// importMiB is what importing 50,000 rows of 16 columns may take of the memory.
const importMiB = 300

// importer names the form that a process of this test imports, in its environment.
const importer = "LIANSHAO_TEST_IMPORT"

// TestLargeImportInLittleMemory imports a form of 50,000 rows and 16 columns in a
// process of its own, from reading to the commit on the disk, and asks the system how
// much that process held at most. That counts everything: Go's heap with what waits to
// be collected, the program itself, the mapped part of the pilot's file.
func TestLargeImportInLittleMemory(t *testing.T) {
	if book := os.Getenv(importer); book != "" {
		importBook(t, &stages{}, book, filepath.Join(t.TempDir(), "试点"+pilotfile.Extension), importRows)
		fmt.Printf("peak %.0f\nanon %.0f\n", memory("VmHWM"), memory("RssAnon"))
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), importer+"="+selfCheckForm(t, 0))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var peak, anon float64
	if _, err := fmt.Sscanf(string(out), "peak %f\nanon %f\n", &peak, &anon); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if peak >= importMiB {
		t.Errorf("%.0f MiB at most, %d are promised", peak, importMiB)
	}
	t.Logf("%.0f MiB at most, of which at the end %.0f MiB without files", peak, anon)
}
