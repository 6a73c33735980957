package widgets

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"
)

// Block is what is put into a grid at once: pasted, or filled down. Cells[i][j] is for
// row Start+i and column Cols[j]; rows from the grid's length on are for new records.
type Block struct {
	Start int
	Cols  []string
	Cells [][]string

	verb   string // what is done, for messages: 粘贴 or 填充
	grid   *DataGrid
	head   int                 // header rows that were left out
	leave  func(i, j int) bool // cells that stay as they are; nil = none
	spots  []spot              // the cells that do not show their text already
	same   int                 // the others
	tally  *Tally
	finish func(error)
	landed int // the row that Start became
}

// Tally says what became of the cells of a block.
type Tally struct {
	Set  int // cells that changed
	Same int // cells that had the value already
	Rows int // new rows
}

// spot is a cell of a block, with what it showed before.
type spot struct {
	i, j   int
	before string
}

// Each hands out every cell that does not show its text already, so that a range that
// was copied and comes back changes nothing. An error of f ends it and comes back with
// the cell's place, as At says it.
func (b *Block) Each(f func(row int, col, text string) error) error {
	for _, at := range b.spots {
		if err := f(b.Start+at.i, b.Cols[at.j], b.Cells[at.i][at.j]); err != nil {
			return b.At(at.i, at.j, err)
		}
	}
	return nil
}

// note finds the cells that do not show their text already, before any is written.
func (b *Block) note() {
	b.spots, b.same = nil, 0
	for i, line := range b.Cells {
		for j := range line {
			if b.Stays(i, j) {
				b.same++
			} else {
				b.spots = append(b.spots, spot{i, j, b.grid.contentAt(b.Start+i, b.Cols[j])})
			}
		}
	}
}

// Stays reports whether nothing is to be done to a cell: it shows the text already, or
// the person left it as it is.
func (b *Block) Stays(i, j int) bool {
	if b.Left(i, j) {
		return true
	}
	row, col, text := b.Start+i, b.Cols[j], b.Cells[i][j]
	if row >= b.grid.rowCount() {
		return false
	}
	return alike(text, b.grid.copyText(row, col)) || alike(text, b.grid.contentAt(row, col))
}

// Left reports whether the person chose to leave a cell as it is.
func (b *Block) Left(i, j int) bool { return b.leave != nil && b.leave(i, j) }

// alike compares texts but for blanks around them.
func alike(a, b string) bool { return a == b || strings.TrimSpace(a) == strings.TrimSpace(b) }

// contentAt is the whole text of a cell as an editor shows it, "" for a row to come.
func (g *DataGrid) contentAt(row int, col string) string {
	if row >= g.rowCount() {
		return ""
	}
	if s, ok := g.source.(EditSource); ok {
		return s.EditText(row, col)
	}
	return g.copyText(row, col)
}

// At is a refusal of cell i, j of the block: it says which row and column of what was
// copied are meant, and is shown by the cell. j is -1 when it is the row as a whole.
func (b *Block) At(i, j int, err error) error {
	if err == nil {
		return nil
	}
	col, title, say := b.Cols[max(0, j)], "", err.Error()
	if j >= 0 {
		title = b.Title(j)
	}
	if strings.Contains(say, title) || title == "" {
		say = fmt.Sprintf(lang.L("没有%s，第 %d 行：%s"), b.verb, i+1+b.head, say)
	} else {
		say = fmt.Sprintf(lang.L("没有%s，第 %d 行“%s”：%s"), b.verb, i+1+b.head, title, say)
	}
	return &blockFault{row: i, col: col, say: say, err: err}
}

// Title is the heading of the block's column j.
func (b *Block) Title(j int) string {
	for _, c := range b.grid.cols {
		if c.ID == b.Cols[j] {
			return c.Title
		}
	}
	return b.Cols[j]
}

// Column is the place of a column in the block, -1 = none.
func (b *Block) Column(id string) int { return slices.Index(b.Cols, id) }

// Nth is a refusal of the nth of several things that were asked for at once.
type Nth interface {
	error
	Nth() int
}

// Refused brings a command's refusal to the cell it is about: that of the nth cell that
// Each handed out, when the error is an Nth.
func (b *Block) Refused(err error) error {
	var n Nth
	if !errors.As(err, &n) || n.Nth() < 0 || n.Nth() >= len(b.spots) {
		return err
	}
	at := b.spots[n.Nth()]
	return b.At(at.i, at.j, err)
}

// Later lets OnPaste return before the block is in the pilot; the grid says what
// became of it once the returned function is called, on Fyne's goroutine.
func (b *Block) Later() func(error) {
	finish := b.finish
	b.finish = nil
	return finish
}

// Landed says in which row the block's first row stands now.
func (b *Block) Landed(row int) { b.landed = row }

// Count says what became of the cells, where the grid cannot see it by comparing.
func (b *Block) Count(t Tally) { b.tally = &t }

// count compares the cells with what they were.
func (b *Block) count(rowsBefore int) Tally {
	if b.tally != nil {
		return *b.tally
	}
	t := Tally{Same: b.same, Rows: max(0, b.grid.rowCount()-rowsBefore)}
	for _, at := range b.spots {
		if row := b.Start + at.i; row < b.grid.rowCount() && b.grid.contentAt(row, b.Cols[at.j]) == at.before {
			t.Same++
		} else {
			t.Set++
		}
	}
	return t
}

// said says for a person what became of the cells.
func (b *Block) said(t Tally) string {
	if t.Set == 0 && t.Rows == 0 {
		return fmt.Sprintf(lang.L("%s的内容和原来一样，没有改动"), b.verb)
	}
	say := fmt.Sprintf(lang.L("已%s：改了 %d 格"), b.verb, t.Set)
	if t.Rows > 0 {
		say += fmt.Sprintf(lang.L("，新增 %d 行"), t.Rows)
	}
	if t.Same > 0 {
		say += fmt.Sprintf(lang.L("，%d 格本来就一样"), t.Same)
	}
	return say + lang.L("。可按 Ctrl+Z 撤销")
}

// PasteFault is a refusal of OnPaste that knows its place in the block: the row from
// 0 and the column's ID. It is shown by that cell.
type PasteFault interface {
	error
	PastedAt() (row int, col string)
}

// blockFault is a PasteFault in the words of At.
type blockFault struct {
	row int
	col string
	say string
	err error
}

// Error returns the sentence.
func (f *blockFault) Error() string { return f.say }

// Unwrap returns the refusal.
func (f *blockFault) Unwrap() error { return f.err }

// PastedAt implements PasteFault.
func (f *blockFault) PastedAt() (row int, col string) { return f.row, f.col }
