// Package chart turns numbers into drawings: stacked bars, counts, the risk
// matrix, rankings, before-and-after comparisons, lines of readings and a
// calendar. Each model is data only; Layout decides every place, so the window
// and the paper show the same picture. Level colours are the only strong ones
// and the level's word is always written, so that grey prints stay readable.
package chart

import (
	"lianshao/app/report/draw"
)

// Model is a chart waiting for a size: *Stacked, *Counts, *Matrix, *Ranking,
// *Dumbbell, *Slope, *Lines or *Gantt.
type Model interface {
	// layout draws on a sheet whose em is 12 units.
	layout(s *sheet)
}

// Layout draws m on w × h logical pixels with texts of 12 pixels. Charts with
// many rows may come out higher than h: rows are never squeezed until they
// cannot be read. Hits carry the keys the model was given. Without data the
// drawing says so in a sentence.
func Layout(m Model, w, h float64, ms draw.Measurer) draw.Drawing {
	s := &sheet{ms: ms, w: w, h: h}
	s.d.W, s.d.H = w, h
	m.layout(s)
	return s.d
}

// LayoutAt is Layout in other units: size is the em height of the texts in them,
// about 3 for millimetres on A4.
func LayoutAt(m Model, w, h, size float64, ms draw.Measurer) draw.Drawing {
	k := size / 12
	d := Layout(m, w/k, h/k, ms)
	return scaled(d, k)
}

func rgb(hex uint32) draw.Color {
	return draw.Color{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// Level colours, tuned to be told apart on white and to carry black or white figures.
var (
	Red    = rgb(0xC8372D)
	Orange = rgb(0xE08A1E)
	Yellow = rgb(0xE9C83F)
	Blue   = rgb(0x3F7FBF)
	Grey   = rgb(0x9AA5B0) // not rated
	Accent = rgb(0x4A6B8A) // bars that stand for no level
)

var (
	ink      = rgb(0x24313C)
	soft     = rgb(0x5D6975)
	hairline = rgb(0xD5DBE1)
	faint    = rgb(0xF2F5F8)
	white    = rgb(0xFFFFFF)
)

// Threshold is a line across a chart, with a word at its end.
type Threshold struct {
	Value float64
	Label string // for example 红 or 预警值
	Color draw.Color
}
