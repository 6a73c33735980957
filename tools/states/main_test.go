package main

import (
	"os"
	"testing"
)

// The drawing in the docs is the one that the tables give.
func TestDrawingIsTrue(t *testing.T) {
	have, err := os.ReadFile("../../" + file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != Document() {
		t.Errorf("%s is not what the tables say: run go run ./tools/states", file)
	}
}
