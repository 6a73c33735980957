package widgets

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// Answer is one way to go on.
type Answer struct {
	Text string
	Act  func()
}

// Choose asks how to go on: 取消 and the answers as buttons, the last one highlighted.
// Enter takes the last, Esc none.
func Choose(w fyne.Window, title, question string, answers ...Answer) *Modal {
	text := widget.NewLabel(question)
	text.Wrapping = fyne.TextWrapBreak
	var m *Modal
	buttons := []*Button{NewButton(lang.L("取消"), func() { m.Close() })}
	var last func()
	for i, a := range answers {
		last = func() { m.Close(); a.Act() }
		b := NewButton(a.Text, last)
		if i == len(answers)-1 {
			b.Importance = widget.HighImportance
		}
		buttons = append(buttons, b)
	}
	m = NewModal(w, title, text, fyne.NewSize(520, 160), nil, buttons...)
	m.Keys(last, m.Close)
	return m
}

// ask shows a question over the grid; without a window the last answer is taken.
func (g *DataGrid) ask(question string, answers ...Answer) {
	c := canvasOf(g)
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if c != nil && w.Canvas() == c {
			Choose(w, lang.L("粘贴"), question, answers...)
			return
		}
	}
	answers[len(answers)-1].Act()
}

// askRows asks before a block makes new records below the last row.
func (g *DataGrid) askRows(b *Block, next func()) {
	rows, room := len(b.Cells), g.rowCount()-b.Start
	if g.NewRows == "" || rows <= room || room <= 0 {
		next()
		return
	}
	all := *b
	all.Start = g.rowCount()
	g.ask(fmt.Sprintf(lang.L("粘贴的内容有 %d 行，从这一行起只有 %d 行。可以把多出的 %d 行新增为%s，也可以把 %d 行都新增，不动原有的。"), rows, room, rows-room, g.NewRows, rows),
		Answer{fmt.Sprintf(lang.L("%d 行都新增"), rows), func() { *b = all; next() }},
		Answer{fmt.Sprintf(lang.L("改 %d 行，新增 %d 行"), room, rows-room), next})
}

// askBlanks asks before blank cells of a block empty what is there. They are what
// merged cells of a sheet leave on the clipboard, or they are meant.
func (g *DataGrid) askBlanks(b *Block, next func()) {
	blanks, merged := g.blanks(b)
	if blanks == 0 || !b.some() {
		next()
		return
	}
	answers := []Answer{{lang.L("清空这些格"), next}}
	say := fmt.Sprintf(lang.L("粘贴的内容里有 %d 个空格子，而这里原来有内容。"), blanks)
	if merged {
		say += lang.L("如果 Excel 里是合并的单元格，请选“照上一格填”。")
		answers = append(answers, Answer{lang.L("照上一格填"), func() { b.repeatAbove(); next() }})
	}
	answers = append(answers, Answer{lang.L("空格子不动"), func() { b.leave = b.Blank; next() }})
	g.ask(say, answers...)
}

// blanks counts the blank cells of a block that would empty a cell that has something;
// merged tells that some of them stand below a filled one.
func (g *DataGrid) blanks(b *Block) (n int, merged bool) {
	for i := range b.Cells {
		for j, id := range b.Cols {
			if !b.Blank(i, j) || b.Stays(i, j) || b.Start+i >= g.rowCount() || !g.editable(id) {
				continue
			}
			n++
			merged = merged || b.above(i, j) != ""
		}
	}
	return n, merged
}

// editable reports whether a person can change the cells of a column.
func (g *DataGrid) editable(id string) bool {
	for _, c := range g.cols {
		if c.ID == id {
			return c.Editable
		}
	}
	return false
}

// Blank reports whether a cell of the block holds nothing.
func (b *Block) Blank(i, j int) bool { return strings.TrimSpace(b.Cells[i][j]) == "" }

// some reports whether anything in the block is not blank.
func (b *Block) some() bool {
	for i := range b.Cells {
		for j := range b.Cols {
			if !b.Blank(i, j) {
				return true
			}
		}
	}
	return false
}

// above is the nearest text over a cell of the block, "" for none.
func (b *Block) above(i, j int) string {
	for i--; i >= 0; i-- {
		if !b.Blank(i, j) {
			return b.Cells[i][j]
		}
	}
	return ""
}

// repeatAbove fills blank cells with the text over them, as the merged cell showed it.
func (b *Block) repeatAbove() {
	for i := range b.Cells {
		for j := range b.Cols {
			if b.Blank(i, j) {
				b.Cells[i][j] = b.above(i, j)
			}
		}
	}
}
