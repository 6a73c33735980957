package assessment

import (
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/domain"
)

// Scores, weights and measures are tried by typing; levels follow at once, nothing is
// stored, and 复位 takes all back.
func TestSandboxStoresNothing(t *testing.T) {
	h, pg := openSample(t, WhatIfTab)
	tab := pg.up().tab.(*whatIfTab)
	entries := func() int {
		all, err := h.Store.Journal(0, 99)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	before := entries()
	h.Sees("试算：这里的改动都不保存")
	row := -1
	for i := range tab.box.Result().Points {
		if tab.box.Result().Points[i].Level.Label == "橙" {
			row = i
		}
	}
	tab.grid.Select(row, "A1")
	tab.grid.Focus()
	h.Type("1111") // A1–A4
	if len(tab.moved.list) == 0 || !tab.moved.list[0].Milder() {
		t.Fatalf("moves %+v, tried %v", tab.moved.list, tab.box.Steps())
	}
	tab.weights.grid.Select(1, "is")
	tab.weights.grid.Focus()
	h.Type("40%")
	h.Press(fyne.KeyReturn)
	if c := tab.weights.Cell(1, "is"); c.Text != "0.4000" {
		t.Errorf("weight %q", c.Text)
	}
	if err := tab.edit(0, colStatus, domain.ResultDone); err != nil {
		t.Error(err)
	}
	h.Shot("whatif")
	if got := entries(); got != before {
		t.Errorf("the sandbox wrote into the pilot: %d entries, %d before", got, before)
	}
	h.TapButton("复位")
	if len(tab.box.Steps()) != 0 || len(tab.moved.list) != 0 {
		t.Error("复位 left something")
	}
}
