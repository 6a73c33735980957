package main

import (
	"os"
	"testing"
)

// Every text of the window is in the translation file, so that the toolkit
// finds it and a translator sees it.
func TestWordsComplete(t *testing.T) {
	if err := os.Chdir("../.."); err != nil {
		t.Fatal(err)
	}
	if err := run(true); err != nil {
		t.Fatal(err)
	}
}
