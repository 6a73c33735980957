// Package intake understands office tables: which form a sheet is, where its
// header stands, which column means what, and what each row says about the
// pilot. It knows nothing of file formats.
//
// Analyse guesses what every sheet is; a person may correct the guesses; NewPlan
// then plans all sheets as one change set, what others refer to first. The rules:
//
//   - Records are known by their natural keys (code, unit and name, number). A
//     row is new, changed, same, skipped or refused; a refused row changes nothing.
//   - A blank cell leaves a field as it is; — and 无 in a list empty it.
//   - Rows without keys that hold a number only, a note, a total or a line for
//     signatures are skipped.
//   - What a row refers to and is not there yet stays as text and is linked by a
//     later import. Unknown posts of a unit that has posts are refused.
//   - A workflow or a level scheme is taken as a whole or not at all.
//   - Measures that a form does not list stay: checks may hang on them.
//   - A revision is carried out once; a form older than a revision does not undo it.
package intake

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// Book is a workbook as it was read: cells, nothing interpreted.
type Book struct {
	File  string    // base name, for messages
	Saved time.Time // when it was last saved; zero = unknown
	// SavedFrom says what Saved rests on: AtBook, or AtFile where the workbook keeps no time.
	SavedFrom string
	Sheets    []*Sheet
	Encoding  string // of a text table, one of Encodings; "" for a workbook
}

// What the time of a side in a conflict rests on. That of the file is the weakest:
// copying and mailing may change it.
const (
	AtBook    = "表内记的保存时间"
	AtFile    = "文件的修改时间"
	AtJournal = "操作记录"
)

// Sheet is one table sheet. Rows holds only rows with content, in order.
type Sheet struct {
	Name     string
	Hidden   bool
	Date1904 bool // serial dates count from 1904
	Rows     []Row
	Merges   []Range
	// HiddenCols are the hidden columns that hold content, from 0.
	HiddenCols []int
	Warnings   []CellNote // what the reader could not give exactly (error cells, uncached formulas)
}

// Row is one row: No counts from 1, Cells[0] is column A. Cells hold what a person
// sees, without rounding: "3" for 3, "2026-09-20" for a date, "46285" for a date's
// number in a plain cell, "FX-007" for 7 in a cell that shows it so.
type Row struct {
	No     int
	Hidden bool
	Cells  []string
	// Numbers are those of cells that show more than the number, by column from 0:
	// "0.152" for a cell of 15.2%. Nil when there are none.
	Numbers map[int]string
}

// Dressed notes the number of a cell that shows it dressed up.
func (r *Row) Dressed(col int, number string) {
	if r.Numbers == nil {
		r.Numbers = map[int]string{}
	}
	r.Numbers[col] = number
}

// Range is a merged area, 1-based and inclusive.
type Range struct{ Row1, Col1, Row2, Col2 int }

// CellNote is a remark on a cell.
type CellNote struct {
	Cell    string
	Message string
}

// Encodings are those a text table may have.
var Encodings = []string{"UTF-8", "GB18030", "UTF-16"}

// Choices are what only a person can say about a file.
type Choices struct {
	Password string // of an encrypted workbook
	Encoding string // of a text table, one of Encodings; "" = to be guessed
}

// Causes of an encrypted workbook's refusal: without a password, with a wrong one.
var (
	ErrPassword      = errors.New("workbook is encrypted")
	ErrWrongPassword = errors.New("wrong password of a workbook")
)

// Reader reads a file into a Book. Errors are *app.Error with a sentence that
// names the file: CodeNotFound, CodeIO, CodeCanceled or, when the content cannot be
// read exactly, CodeInvalid. progress may be nil; it hears bytes of content.
type Reader interface {
	Read(ctx context.Context, path string, progress func(done, total int)) (*Book, error)
	ReadAs(ctx context.Context, path string, how Choices, progress func(done, total int)) (*Book, error)
}

// CellName gives A1, B12, … for 1-based row and column.
func CellName(row, col int) string { return ColumnName(col) + strconv.Itoa(row) }

// ColumnName gives A, B, …, Z, AA for a 1-based column.
func ColumnName(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
