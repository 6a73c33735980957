package pilotfile

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// sampleSecret locks the locked samples.
const sampleSecret = "正确 马 电池 订书钉"

// TestSamplesOfEveryFormatOpen opens, changes, saves and reads again a sample of every
// format there ever was, and of the present one with and without a password.
func TestSamplesOfEveryFormatOpen(t *testing.T) {
	samples, _ := filepath.Glob("testdata/format*" + Extension)
	seen := map[int]bool{}
	for _, from := range samples {
		format, _ := strconv.Atoi(regexp.MustCompile(`format(\d+)`).FindStringSubmatch(from)[1])
		seen[format] = true
		content, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		path, data := filepath.Join(t.TempDir(), "样本"+Extension), t.TempDir()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		records := -1
		for range 2 {
			st, err := quiet(data).OpenWith(path, app.OpenOptions{Secret: sampleSecret})
			if err != nil {
				t.Fatalf("%s: %v", from, err)
			}
			p, err := st.Load(nil)
			if err != nil {
				t.Fatalf("%s: %v", from, err)
			}
			n := 0
			for _, table := range p.Tables() {
				n += table.Len()
			}
			if n < 20 || records >= 0 && n != records+1 {
				t.Errorf("%s: %d records, before %d", from, n, records)
			}
			records = n
			u := &domain.Unit{Base: domain.Base{ID: domain.ID(fmt.Sprint("后来", n))}, Name: "后来的处"}
			cs := domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: u.ID, After: u}}}
			if err := st.Commit(app.Entry{Action: app.ActionDo, ChangeSet: cs}); err != nil {
				t.Fatal(err)
			}
			if err := st.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for format := 1; format <= formatVersion; format++ {
		if !seen[format] {
			t.Errorf("there is no sample of format %d", format)
		}
	}
}
