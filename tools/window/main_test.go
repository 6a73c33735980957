package main

import (
	"image"
	"image/color"
	"testing"
)

func TestColoursAreCountedInsideTheWindowOnly(t *testing.T) {
	screen := image.NewRGBA(image.Rect(0, 0, 10, 10))
	for i, p := range []image.Point{{1, 1}, {2, 2}, {9, 9}} {
		screen.Set(p.X, p.Y, color.RGBA{R: uint8(50 * (i + 1)), A: 255})
	}
	// Two coloured pixels and the ground; the third pixel lies outside, and so does most of the window.
	if got := countColours(screen, image.Rect(-5, -5, 5, 5)); got != 3 {
		t.Errorf("%d colours, want 3", got)
	}
}

func TestRequestsArePaddedToWords(t *testing.T) {
	if got := words(1, 0x01020304); string(got) != "\x01\x00\x00\x00\x04\x03\x02\x01" {
		t.Errorf("% x", got)
	}
}
