// Package xls reads the workbooks of Excel 97–2003 (BIFF8 in an OLE container).
//
// Such files hold no checksums. A file is read only when its container, its
// records and what they point at fit together; else it is refused with a sentence.
package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/numfmt"
)

// maxFile bounds a file; larger ones are made of pictures.
const maxFile = 64 << 20

// maxSheets bounds the sheets of a workbook.
const maxSheets = 4_000

// ErrOld is the fault of workbooks that are older than BIFF8.
const ErrOld = cells.Fault("是 Excel 5.0/95 或更早的旧格式，请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")

// Streams returns the names of the streams of an OLE container. A container that
// contradicts itself gives cells.Damaged.
func Streams(data []byte) (names []string, err error) {
	defer rescue(&err)
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, errors.Join(cells.Damaged, err)
	}
	for _, f := range doc.File {
		names = append(names, f.Name)
	}
	return names, nil
}

// Stream returns the content of a stream at the top of an OLE container.
func Stream(data []byte, name string) (content []byte, err error) {
	defer rescue(&err)
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil, errors.Join(cells.Damaged, err)
	}
	for _, f := range doc.File {
		if f.Name != name || len(f.Path) > 0 || f.FileInfo().IsDir() {
			continue
		}
		if f.Size < 0 || f.Size > int64(len(data)) {
			return nil, cells.Damaged
		}
		content = make([]byte, f.Size)
		if _, err := io.ReadFull(f, content); err != nil {
			return nil, errors.Join(cells.Damaged, err)
		}
		return content, nil
	}
	return nil, cells.Damaged
}

// rescue turns a panic of the container's library into a refusal.
func rescue(err *error) {
	if r := recover(); r != nil {
		*err = errors.Join(cells.Damaged, fmt.Errorf("ole container: %v", r))
	}
}

// book is a workbook being read.
type book struct {
	ctx      context.Context
	b        []byte // the stream
	budget   cells.Budget
	library  bool // written by no spreadsheet: formulas have not been calculated
	date1904 bool
	strings  []string
	formats  map[int]string
	looks    []numfmt.Format // by style
	styles   []int           // format by style
	sheets   []entry
}

// entry is a sheet in the table of sheets.
type entry struct {
	name   string
	at     int
	hidden bool
	table  bool // no chart, no macro
}

// Read reads a workbook with the password a person gave, if any. progress hears bytes of
// the stream. Errors are a cells.Fault, with the cause intake.ErrPassword or
// ErrWrongPassword where it is encrypted, or the context's.
func Read(ctx context.Context, data []byte, password string, progress func(done, total int)) (*intake.Book, error) {
	if len(data) > maxFile {
		return nil, cells.Fault(fmt.Sprintf("有 %d MB，.xls 超过 %d MB 的上限，请另存为 .xlsx 或拆成几个文件再导入", len(data)>>20, maxFile>>20))
	}
	stream, err := Stream(data, "Workbook")
	if err != nil {
		return nil, err
	}
	names, err := Streams(data)
	if err != nil {
		return nil, err
	}
	if stream, err = unlock(stream, password); err != nil {
		return nil, err
	}
	return readStream(ctx, stream, !slices.Contains(names, summary), progress)
}

// summary is the stream of the title and times that every spreadsheet writes, less the
// mark before its name.
const summary = "SummaryInformation"

// readStream reads the records of a workbook; library tells that no spreadsheet wrote it.
func readStream(ctx context.Context, stream []byte, library bool, progress func(done, total int)) (*intake.Book, error) {
	b := &book{ctx: ctx, b: stream, library: library, formats: map[int]string{}}
	if err := b.globals(); err != nil {
		return nil, err
	}
	out := &intake.Book{}
	for _, e := range b.sheets {
		if !e.table {
			continue
		}
		progress(min(e.at, len(stream)), len(stream))
		s, err := b.sheet(e)
		if err != nil {
			return nil, err
		}
		if s != nil {
			out.Sheets = append(out.Sheets, s)
		}
	}
	if len(out.Sheets) == 0 {
		return nil, cells.Fault("里没有工作表，请换一个文件")
	}
	progress(len(stream), len(stream))
	return out, nil
}

// bof checks that a part of the workbook begins here and returns what it is.
func (r *records) bof() (int, error) {
	if err := r.next(); err != nil {
		return 0, err
	}
	if r.kind != recBOF || len(r.body) < 4 {
		if r.kind&0xff == 9 {
			return 0, ErrOld
		}
		return 0, cells.Damaged
	}
	if version := binary.LittleEndian.Uint16(r.body); version != 0x0600 {
		return 0, ErrOld
	}
	return int(binary.LittleEndian.Uint16(r.body[2:])), nil
}

// globals reads what stands before the sheets.
func (b *book) globals() error {
	r := &records{b: b.b}
	if _, err := r.bof(); err != nil {
		return err
	}
	for {
		if err := r.next(); err != nil {
			return err
		}
		if r.kind == recEOF {
			b.classify()
			return nil
		}
		f := &fields{rest: r.body}
		if r.kind == recSST {
			f = r.whole()
		}
		if err := b.global(r.kind, f); err != nil {
			return err
		}
		if f.bad {
			return cells.Damaged
		}
	}
}

func (b *book) global(kind int, f *fields) error {
	switch kind {
	case recFilePass:
		return errLocked
	case recDateMode:
		b.date1904 = f.u16() == 1
	case recFormat:
		id := f.u16()
		b.formats[id] = f.text(2)
	case recXF:
		f.u16()
		b.styles = append(b.styles, f.u16())
	case recBoundSheet:
		at := f.u32()
		state, kind := f.u8(), f.u8()
		name := f.text(1)
		if int64(at) >= int64(len(b.b)) || len(b.sheets) == maxSheets {
			return cells.Damaged
		}
		b.sheets = append(b.sheets, entry{name: name, at: int(at), hidden: state&3 != 0, table: kind == 0})
	case recSST:
		return b.table(f)
	}
	return nil
}

// table reads the shared strings.
func (b *book) table(f *fields) error {
	f.u32()
	n := int(f.u32())
	if n > len(b.b) { // each takes three bytes at least
		return cells.Damaged
	}
	b.strings = make([]string, 0, min(n, 1<<20))
	for range n {
		s := f.text(2)
		if f.bad {
			return cells.Damaged
		}
		if err := b.budget.Text(len(s) + 16); err != nil {
			return err
		}
		b.strings = append(b.strings, clean(s))
	}
	return nil
}

// clean writes line ends as they are written elsewhere and drops what no text holds.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 && r != '\n' && r != '\t' }) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < 0x20 && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, s)
}

// classify finds how every style shows numbers.
func (b *book) classify() {
	b.looks = make([]numfmt.Format, len(b.styles))
	for i, id := range b.styles {
		b.looks[i] = numfmt.Of(id, b.formats[id])
	}
}

func (b *book) look(style int) numfmt.Format {
	if style < len(b.looks) {
		return b.looks[style]
	}
	return numfmt.Format{}
}
