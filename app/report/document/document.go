// Package document describes a text with headings, tables and pictures, such as a
// report, before it becomes a file. It says what stands there; the writer knows how
// an official document (GB/T 9704) looks.
package document

import (
	"slices"
	"strings"

	"lianshao/app/report/draw"
)

// Document is one file.
type Document struct {
	Title  string // of the file's properties
	Code   string // of the journal, small under the number of every page; "" = none
	Blocks []Block
}

// Add appends blocks.
func (d *Document) Add(blocks ...Block) { d.Blocks = append(d.Blocks, blocks...) }

// Block is a Heading, Paragraph, Table, Picture or Section.
type Block interface{ block() }

// Heading is a line of the outline. Level 0 is the document's title, 1 一、, 2 （一）,
// 3 1.; the number is part of the text.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is running text, its first line set in by two characters unless Plain.
// Text between 【 and 】 that Missing made is marked for whoever fills it in.
type Paragraph struct {
	Text  string
	Align draw.Align
	Plain bool // no indent of the first line: addressee, signature
	Space bool // an empty line above
	// In sets the right edge in by so many characters: a signature ends two to four
	// characters before the margin.
	In int
}

// Caption is the line above a table or, with Below, under a picture.
type Caption struct {
	Text  string
	Below bool
}

// Table is a table of at most the text's width. Columns share what their weights say.
type Table struct {
	Columns []Column
	Header  int // rows at the top that are repeated on every page
	Rows    []Row
}

// Column is one column; Weight is its share of the width.
type Column struct {
	Weight float64
	Align  draw.Align
}

// Row is a row of cells, one for each column not covered by a wider one.
type Row struct {
	Cells []Cell
	Bold  bool
}

// Cell is one cell. ColSpan above 1 covers cells to the right, which are then left out
// of the row. Covered means that the cell belongs to the one above it.
type Cell struct {
	Text    string
	Mark    draw.Color // square of a level before the text
	Align   draw.Align
	Own     bool // Align counts, else the column's
	ColSpan int
	Below   bool // the first of cells merged downwards
	Covered bool // merged with the cell above
}

// Picture is a drawing of its natural proportions, Width millimetres wide (0 = as wide
// as the text). Alt says in words what it shows.
type Picture struct {
	Drawing draw.Drawing
	Width   float64
	Alt     string
}

// Section begins a new page, lying down if Landscape; what follows it stays so until
// the next Section.
type Section struct{ Landscape bool }

func (Heading) block()   {}
func (Paragraph) block() {}
func (Caption) block()   {}
func (Table) block()     {}
func (Picture) block()   {}
func (Section) block()   {}

const missingStart, missingEnd = "【待补充：", "】"

// Missing marks a fact that the pilot does not hold, to be filled in by hand.
func Missing(what string) string { return missingStart + what + missingEnd }

// Pieces cuts a text into what stands there and marks of Missing, in order.
func Pieces(text string) (out []Piece) {
	for text != "" {
		i := strings.Index(text, missingStart)
		if i < 0 {
			return append(out, Piece{Text: text})
		}
		if i > 0 {
			out = append(out, Piece{Text: text[:i]})
		}
		end := strings.Index(text[i:], missingEnd)
		if end < 0 {
			return append(out, Piece{Text: text[i:], Missing: true})
		}
		end += i + len(missingEnd)
		out = append(out, Piece{Text: text[i:end], Missing: true})
		text = text[end:]
	}
	return out
}

// Piece is a part of a text.
type Piece struct {
	Text    string
	Missing bool
}

// MissingFacts lists what the document marks as missing, once each, in order.
func (d *Document) MissingFacts() []string {
	var out []string
	for _, t := range d.Texts() {
		for _, p := range Pieces(t) {
			what := strings.TrimSuffix(strings.TrimPrefix(p.Text, missingStart), missingEnd)
			if p.Missing && !slices.Contains(out, what) {
				out = append(out, what)
			}
		}
	}
	return out
}

// Texts lists every text of the document in order.
func (d *Document) Texts() []string {
	var out []string
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case Heading:
			out = append(out, v.Text)
		case Paragraph:
			out = append(out, v.Text)
		case Caption:
			out = append(out, v.Text)
		case Table:
			for _, r := range v.Rows {
				for _, c := range r.Cells {
					out = append(out, c.Text)
				}
			}
		case Picture:
			out = append(out, v.Alt)
		}
	}
	return out
}
