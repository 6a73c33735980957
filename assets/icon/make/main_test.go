package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The icons in the repository are exactly what this program draws.
func TestIconsAreUpToDate(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"icon.png", "lianshao.ico"} {
		drawn, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(drawn, kept) {
			t.Errorf("%s differs from what is drawn; run go run ./assets/icon/make assets/icon", name)
		}
	}
}
