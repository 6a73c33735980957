package xls

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// Bounds of a BIFF8 sheet.
const (
	maxRow    = 1 << 16
	maxColumn = 1 << 8
	maxMerges = 20_000
)

// errorNames are the error values by code.
var errorNames = map[int]string{0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

// sheetReader reads one sheet.
type sheetReader struct {
	b       *book
	sheet   *cells.Sheet
	rows    []*intake.Row // by number from 0, as far as there are
	filled  int
	hidden  map[int]bool
	hideCol map[int]bool
	width   int
	dropped int  // merged areas beyond the limit
	pending *at  // a formula whose text follows
	depth   int  // charts inside the sheet
	closed  bool // the sheet's end has been read
}

// at is the place of a cell, from 0.
type at struct{ row, col, style int }

// sheet reads the sheet of an entry; nil for what is no table after all.
func (b *book) sheet(e entry) (*intake.Sheet, error) {
	r := &records{b: b.b, pos: e.at}
	kind, err := r.bof()
	if err != nil {
		return nil, err
	}
	if kind != 0x0010 {
		return nil, nil
	}
	s := &sheetReader{b: b, hidden: map[int]bool{}, hideCol: map[int]bool{},
		sheet: &cells.Sheet{Sheet: &intake.Sheet{Name: e.name, Hidden: e.hidden, Date1904: b.date1904}}}
	for n := 0; !s.closed; n++ {
		if n%4096 == 0 {
			if err := b.ctx.Err(); err != nil {
				return nil, err
			}
		}
		if err := r.next(); err != nil {
			return nil, err
		}
		if err := s.record(r); err != nil {
			return nil, err
		}
	}
	return s.finish(), nil
}

// record handles a record; what stands in a chart inside the sheet is passed over.
func (s *sheetReader) record(r *records) error {
	switch {
	case r.kind == recBOF:
		s.depth++
		return nil
	case r.kind == recEOF && s.depth > 0:
		s.depth--
		return nil
	case r.kind == recEOF:
		s.closed = true
		return nil
	case s.depth > 0:
		return nil
	}
	f := &fields{rest: r.body}
	if r.kind == recString || r.kind == recLabel {
		f = r.whole()
	}
	err := s.read(r.kind, f)
	if err == nil && f.bad {
		return cells.Damaged
	}
	return err
}

func (s *sheetReader) read(kind int, f *fields) error {
	switch kind {
	case recFilePass:
		return errLocked
	case recRow:
		row := f.u16()
		f.skip(10)
		if f.u16()&0x20 != 0 {
			s.hidden[row] = true
		}
	case recColInfo:
		from, to := f.u16(), f.u16()
		f.skip(4)
		if f.u16()&1 != 0 {
			for c := from; c <= min(to, maxColumn-1); c++ {
				s.hideCol[c] = true
			}
		}
	case recMerged:
		s.merged(f)
	case recString:
		if p := s.pending; p != nil {
			s.pending = nil
			return s.text(*p, f.text(2))
		}
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula:
		return s.cell(kind, at{f.u16(), f.u16(), f.u16()}, f)
	case recMulRK:
		return s.numbers(f)
	}
	return nil
}

func (s *sheetReader) cell(kind int, p at, f *fields) error {
	switch kind {
	case recLabelSST:
		n := f.u32()
		if f.bad || int64(n) >= int64(len(s.b.strings)) {
			return cells.Fault(fmt.Sprintf("的工作表“%s”的 %s 指向不存在的文字，文件已损坏，没有导入", s.sheet.Name, intake.CellName(p.row+1, p.col+1)))
		}
		return s.put(p, s.sheet.Text(p.row+1, p.col+1, s.b.strings[n]))
	case recLabel, recRString:
		return s.text(p, f.text(2))
	case recNumber:
		return s.number(p, math.Float64frombits(f.u64()))
	case recRK:
		return s.number(p, rk(f.u32()))
	case recBoolErr:
		v, failed := f.u8(), f.u8()
		return s.flag(p, v, failed != 0)
	}
	return s.formula(p, f)
}

// formula takes the result a formula had when the file was saved. 0 in one that is to be
// calculated when the file is opened is what libraries put there.
func (s *sheetReader) formula(p at, f *fields) error {
	v := f.u64()
	if v>>48 != 0xffff {
		if later := f.u16()&2 != 0; later && v == 0 {
			s.sheet.Remark(p.row+1, p.col+1, cells.NoResult)
			return nil
		}
		return s.number(p, math.Float64frombits(v))
	}
	switch byte(v) {
	case 0:
		s.pending = &p
	case 3:
		if s.b.library { // else an empty text
			s.sheet.Remark(p.row+1, p.col+1, cells.NoResult)
		}
	case 1:
		return s.flag(p, int(byte(v>>16)), false)
	case 2:
		return s.flag(p, int(byte(v>>16)), true)
	}
	return nil
}

func (s *sheetReader) flag(p at, v int, failed bool) error {
	if failed {
		name := errorNames[v]
		if name == "" {
			name = fmt.Sprintf("#%d", v)
		}
		s.sheet.Failed(p.row+1, p.col+1, name)
		return nil
	}
	return s.put(p, map[bool]string{true: "TRUE", false: "FALSE"}[v != 0])
}

// numbers takes a run of short numbers in a row.
func (s *sheetReader) numbers(f *fields) error {
	row, col := f.u16(), f.u16()
	for len(f.rest) > 2 {
		p := at{row, col, f.u16()}
		v := f.u32()
		if f.bad {
			return cells.Damaged
		}
		if err := s.number(p, rk(v)); err != nil {
			return err
		}
		col++
	}
	if f.u16() != col-1 {
		return cells.Damaged
	}
	return nil
}

// rk unpacks a short number: a whole number or the upper half of a float, in
// hundredths if the lowest bit is set.
func rk(v uint32) float64 {
	var out float64
	if v&2 != 0 {
		out = float64(int32(v) >> 2)
	} else {
		out = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		out /= 100
	}
	return out
}

func (s *sheetReader) number(p at, v float64) error {
	text, number := s.sheet.Number(p.row+1, p.col+1, v, s.b.look(p.style))
	if err := s.put(p, text); err != nil || number == "" {
		return err
	}
	s.rows[p.row].Dressed(p.col, number)
	return nil
}

func (s *sheetReader) text(p at, text string) error {
	if err := s.b.budget.Text(len(text)); err != nil {
		return err
	}
	return s.put(p, s.sheet.Text(p.row+1, p.col+1, clean(text)))
}

// put writes a cell; each may be given once.
func (s *sheetReader) put(p at, text string) error {
	if p.row >= maxRow || p.col >= maxColumn {
		return cells.Damaged
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	for len(s.rows) <= p.row {
		s.rows = append(s.rows, nil)
	}
	row := s.rows[p.row]
	if row == nil {
		row = &intake.Row{No: p.row + 1}
		s.rows[p.row] = row
		s.filled++
	}
	if p.col < len(row.Cells) && row.Cells[p.col] != "" {
		return cells.Fault(fmt.Sprintf("的工作表“%s”的 %s 出现了两次，文件已损坏，没有导入", s.sheet.Name, intake.CellName(p.row+1, p.col+1)))
	}
	if row.Cells == nil {
		row.Cells = make([]string, 0, max(s.width, p.col+1))
	}
	if more := p.col + 1 - len(row.Cells); more > 0 {
		if err := s.b.budget.Slots(more); err != nil {
			return err
		}
		row.Cells = append(row.Cells, make([]string, more)...)
	}
	row.Cells[p.col] = text
	s.width = max(s.width, len(row.Cells))
	return nil
}

func (s *sheetReader) merged(f *fields) {
	for range f.u16() {
		row1, row2, col1, col2 := f.u16()+1, f.u16()+1, f.u16()+1, f.u16()+1
		if f.bad || row1 == row2 && col1 == col2 || row2 < row1 || col2 < col1 {
			continue
		}
		if len(s.sheet.Merges) == maxMerges {
			if s.dropped++; s.dropped == 1 {
				s.sheet.Remark(row1, col1, fmt.Sprintf("合并单元格超过 %d 处，从这里起按未合并处理", maxMerges))
			}
			continue
		}
		s.sheet.Merges = append(s.sheet.Merges, intake.Range{Row1: row1, Row2: row2, Col1: col1, Col2: col2})
	}
}

// finish lists the rows that hold something.
func (s *sheetReader) finish() *intake.Sheet {
	out := s.sheet.Sheet
	out.Rows = make([]intake.Row, 0, s.filled)
	for i, row := range s.rows {
		if row != nil {
			row.Hidden = s.hidden[i]
			out.Rows = append(out.Rows, *row)
		}
	}
	for c := range s.hideCol {
		if c < s.width {
			out.HiddenCols = append(out.HiddenCols, c)
		}
	}
	slices.Sort(out.HiddenCols)
	s.sheet.Close()
	return out
}
