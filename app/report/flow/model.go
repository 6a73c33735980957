// Package flow turns a workflow into a swimlane diagram: lanes are posts, steps
// run from top to bottom one per row, arrows are straight or bent at right
// angles, and returns to an earlier step are dashed and never run through a box.
// The result is a draw.Drawing, so the window and the paper show the same picture.
package flow

import (
	"math"
	"strings"

	"lianshao/app/report/draw"
)

// Kind says what a step is and so which shape it gets.
type Kind string

// Step kinds, spelled as in the workflow sheets.
const (
	Start    Kind = "开始" // rounded box
	Task     Kind = "办理" // box
	Approve  Kind = "审批" // box with double bars
	Decision Kind = "判断" // diamond
	End      Kind = "结束" // rounded box
)

// MarkKind tells risk marks from measure marks.
type MarkKind int

// Kinds of marks.
const (
	Risk    MarkKind = iota // a triangle in the level's colour
	Measure                 // a shield
)

// Mark is a small sign at a step: risk points of one level, or its measures.
type Mark struct {
	Kind  MarkKind
	Color draw.Color // of the level; ignored for measures
	Word  string     // the level's word, 红橙黄蓝; written beside the triangle so that grey prints stay clear
	Count int        // how many; below 1 the mark is left out
	Tip   string     // shown when the pointer rests on the step
}

// Node is one step.
type Node struct {
	ID       string // what a tap on the step returns; must be unique
	No       string // the step's number as printed, may be empty
	Label    string
	Kind     Kind
	Lane     string // post; a lane that Model.Lanes does not name is added behind
	Marks    []Mark
	Selected bool
	// Change is a word such as 新增, 改动 or 取消 when versions are compared: the step is
	// then drawn with a heavy line and carries the word.
	Change string
}

// Removed is the Change of a step that the next version no longer has; its box is grey.
const Removed = "取消"

// Edge leads from one step to another. Label is 是, 否, 通过, 退回 or empty.
type Edge struct{ From, To, Label string }

// Model is a workflow ready to be drawn. Nodes stand in the order of the steps.
type Model struct {
	Title string
	Lanes []string // posts in order of first use; may be empty
	Nodes []Node
	Edges []Edge // an edge whose ends are not among Nodes is not drawn
}

// Options tune a layout.
type Options struct {
	// Size is the em height of step texts, in the drawing's units: 13 for pixels
	// (the default when 0), about 3.2 for millimetres. Everything else scales with it.
	Size float64
	// MaxWidth asks for narrower boxes until the drawing fits; 0 asks nothing. It is
	// a wish: many lanes may still need more.
	MaxWidth float64
	// NoLegend leaves the legend out.
	NoLegend bool

	em float64 // box width in ems; 0 lets Layout choose
}

// NoLane names the lane of steps that have no post yet.
const NoLane = "未定岗位"

// LaneOf gives the lane of a step done by several actors: the first of them.
func LaneOf(actors string) string {
	first := strings.FieldsFunc(actors, func(r rune) bool { return strings.ContainsRune("、，,；;/\n", r) })
	if len(first) == 0 || strings.TrimSpace(first[0]) == "" {
		return NoLane
	}
	return strings.TrimSpace(first[0])
}

// Layout draws the workflow. The same model always gives the same drawing. Each
// step is a Hit whose Key is the node's ID and whose Tip lists its marks.
func Layout(m Model, ms draw.Measurer, o Options) draw.Drawing {
	if o.Size <= 0 {
		o.Size = 13
	}
	if len(m.Nodes) == 0 {
		return emptyDrawing(m, ms, o)
	}
	return arrange(m, ms, o).paint()
}

// How many ems a line of a box may hold.
const (
	widestEm    = 8.0
	narrowestEm = 5.0
	paperEm     = 4.0 // for many lanes on a sheet
)

// Fit draws the workflow to lie inside w × h with the largest texts that allows,
// at most of the given size: the way onto a sheet of paper, where nothing can be
// scrolled. The drawing's W and H are not above w and h.
func Fit(m Model, w, h, size float64, ms draw.Measurer) draw.Drawing {
	d, _ := fit(m, w, h, size, ms)
	return d
}

// Area is the room for a drawing on a sheet.
type Area struct{ W, H float64 }

// FitSheet is Fit for a sheet that may stand or lie: it takes the way that leaves
// the larger texts and answers whether that is the lying one.
func FitSheet(m Model, standing, lying Area, size float64, ms draw.Measurer) (d draw.Drawing, lies bool) {
	s, a := fit(m, standing.W, standing.H, size, ms)
	l, b := fit(m, lying.W, lying.H, size, ms)
	if b > a*1.05 { // standing sheets are easier to bind
		return l, true
	}
	return s, false
}

// fit also answers the size of the texts.
func fit(m Model, w, h, size float64, ms draw.Measurer) (draw.Drawing, float64) {
	best, bestSize, bestGain := draw.Drawing{}, 0.0, 0.0
	for em := widestEm; em >= paperEm; em-- {
		o := Options{Size: size, em: em}
		d := Layout(m, ms, o)
		// Widths of texts grow with their size, but the legend may wrap otherwise: try again smaller.
		for k := 1.0; d.W > w+1e-9 || d.H > h+1e-9; d = Layout(m, ms, o) {
			k *= math.Min(0.995, math.Min(w/d.W, h/d.H))
			if o.Size = size * k; o.Size < size/50 {
				break
			}
		}
		gain := o.Size
		if em < narrowestEm {
			gain *= 0.94 // narrow boxes break words: only for clearly larger texts
		}
		if gain > bestGain {
			best, bestSize, bestGain = d, o.Size, gain
		}
	}
	return best, bestSize
}

// arrange decides where everything goes; paint only copies it.
func arrange(m Model, ms draw.Measurer, o Options) *plan {
	g := newGrid(m)
	routes := g.routeAll()
	p := &plan{m: m, g: g, ms: ms, u: o.Size / 12, size: o.Size, legend: !o.NoLegend, routes: routes}
	p.assignTracks()
	p.split()
	for em := widestEm; em >= narrowestEm; em-- {
		if o.em > 0 {
			em = o.em
		}
		p.measure(em)
		if o.em > 0 || o.MaxWidth <= 0 && em < widestEm || p.w <= o.MaxWidth {
			break
		}
	}
	p.place()
	return p
}
