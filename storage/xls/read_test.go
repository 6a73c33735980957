package xls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/xls/oletest"
)

func load(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(data []byte) (*intake.Book, error) {
	return Read(context.Background(), data, "", func(int, int) {})
}

// notes lists the addresses of a sheet's remarks.
func notes(s *intake.Sheet) (out []string) {
	for _, n := range s.Warnings {
		out = append(out, n.Cell)
	}
	return out
}

// TestEveryKindOfCell reads a workbook that LibreOffice wrote.
func TestEveryKindOfCell(t *testing.T) {
	b, err := read(load(t, "各种单元格.xls"))
	if err != nil {
		t.Fatal(err)
	}
	want := []*intake.Sheet{
		{Name: "自查表", Merges: []intake.Range{{Row1: 1, Col1: 1, Row2: 1, Col2: 6}, {Row1: 3, Col1: 1, Row2: 5, Col2: 1}}, HiddenCols: []int{6},
			Rows: []intake.Row{
				{No: 1, Cells: []string{"岗位廉政风险点自查表"}},
				{No: 3, Cells: []string{"", "工程变更审批", "3", "2.5", "-7", "0.152", "123456789.25", "TRUE", "110101199003071233", "１２", "两行\n文字", "", "𠮷野家"}},
				{No: 4, Hidden: true, Cells: []string{"", "abc", "4", "5", "0.0000001", "", "", "FALSE"}},
				{No: 5, Cells: []string{"", "", "7", "abc-3", "", "TRUE"}},
				{No: 6, Cells: []string{"2026-09-20", "2026-09-20", "2026年9月", "2026-09-20 08:30", "08:30", "46285", "50%"}, Numbers: map[int]string{6: "0.5"}},
			}},
		{Name: "隐藏的", Hidden: true, Rows: []intake.Row{{No: 7, Cells: []string{"", "", "看不见"}}}},
		{Name: "空的", Rows: []intake.Row{}},
	}
	if diff := cmp.Diff([]string{"L3", "E5"}, notes(b.Sheets[0])); diff != "" {
		t.Error(diff)
	}
	b.Sheets[0].Warnings = nil
	if diff := cmp.Diff(want, b.Sheets); diff != "" {
		t.Error(diff)
	}
}

// Strings that go on in further records come back whole.
func TestLongStrings(t *testing.T) {
	b, err := read(load(t, "长文字.xls"))
	if err != nil {
		t.Fatal(err)
	}
	rows := b.Sheets[0].Rows
	if len(rows) != 400 || rows[0].Cells[1] != "富文字在此" || rows[0].Cells[2] != strings.Repeat("廉政风险", 5000) {
		t.Fatalf("%d rows, %q", len(rows), rows[0].Cells[1])
	}
	for i, r := range rows {
		want := fmt.Sprintf("第%03d条 ", i+1) + strings.Repeat("编写采购参数时按特定品牌设置条件。", i%40)
		if i%3 == 0 {
			want = fmt.Sprintf("item %03d ", i+1) + strings.Repeat("abc-", i%60)
		}
		if r.Cells[0] != want {
			t.Fatalf("row %d: %q, want %q", i+1, r.Cells[0], want)
		}
	}
}

func Test1904(t *testing.T) {
	b, err := read(load(t, "1904.xls"))
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.Row{{No: 1, Cells: []string{"2026-09-20"}}, {No: 2, Cells: []string{"", "44823"}}}
	if diff := cmp.Diff(want, b.Sheets[0].Rows); diff != "" || !b.Sheets[0].Date1904 {
		t.Error(diff)
	}
}

// rec makes a record out of bytes, numbers of 16 bits and texts.
func rec(kind int, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch v := p.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(v))
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, v)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		case byte:
			body = append(body, v)
		case string:
			body = append(body, v...)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return append(binary.LittleEndian.AppendUint16(out, uint16(len(body))), body...)
}

// workbook is the stream of one sheet of records, with strings 一 and ab.
func workbook(globals []byte, sheet ...[]byte) []byte {
	head := bytes.Join([][]byte{rec(recBOF, 0x0600, 5, uint32(0), uint32(0), uint32(0)), globals,
		rec(recSST, uint32(2), uint32(2), 1, byte(1), 0x4e00, 2, byte(0), "ab")}, nil)
	end := rec(recEOF)
	name := rec(recBoundSheet, uint32(0), 0, byte(1), byte(0), "S")
	at := len(head) + len(name) + len(end)
	name = rec(recBoundSheet, uint32(at), 0, byte(1), byte(0), "S")
	return bytes.Join([][]byte{head, name, end, rec(recBOF, 0x0600, 0x10, uint32(0), uint32(0), uint32(0)), bytes.Join(sheet, nil), end}, nil)
}

func ole(stream []byte) []byte {
	return oletest.File(oletest.Stream{Name: "Workbook", Content: stream})
}

// What other programs than LibreOffice write.
func TestOtherRecords(t *testing.T) {
	stream := workbook(nil,
		rec(recLabel, 0, 0, 0, 2, byte(0), "xy"), rec(recRString, 0, 1, 0, 1, byte(1), 0x4e01, 1, 0, 0),
		rec(recMulRK, 1, 0, 0, uint32(3<<2|2), 0, uint32(250<<2|3), 1), rec(recRK, 1, 2, 0, uint32(math.Float64bits(1.5)>>32)),
		rec(recFormula, 2, 0, 0, 0, 0, 0, 0xffff, 0, uint32(0), 0), rec(0x04bc, 0), rec(recString, 3, byte(1), int('a'), int('b')), rec(recContinue, byte(0), "c"),
		rec(recFormula, 2, 1, 0, 3, 0, 0, 0xffff, 0, uint32(0), 0),
		rec(recBOF, 0x0600, 0x20, uint32(0), uint32(0), uint32(0)), rec(recNumber, 9, 9, 0, 1.0), rec(recEOF),
		rec(recNumber, 3, 0, 0, 3.0), rec(recLabelSST, 3, 1, 0, uint32(1)))
	b, err := read(ole(stream))
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.Row{{No: 1, Cells: []string{"xy", "丁"}}, {No: 2, Cells: []string{"3", "2.5", "1.5"}}, {No: 3, Cells: []string{"abc"}}, {No: 4, Cells: []string{"3", "ab"}}}
	if diff := cmp.Diff(want, b.Sheets[0].Rows); diff != "" {
		t.Error(diff)
	}
}

// Formulas that a library wrote without results are named; an empty text that a
// spreadsheet calculated is empty.
func TestFormulasWithoutResults(t *testing.T) {
	later := 2
	stream := workbook(nil, rec(recFormula, 0, 0, 0, 0.0, later, uint32(0), 0), rec(recFormula, 1, 0, 0, 0.0, 0, uint32(0), 0),
		rec(recFormula, 2, 0, 0, 7.5, later, uint32(0), 0), rec(recFormula, 3, 0, 0, 3, 0, 0, 0xffff, 0, uint32(0), 0))
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"library", ole(stream), []string{"A1", "A4"}},
		{"spreadsheet", oletest.File(oletest.Stream{Name: "Workbook", Content: stream}, oletest.Stream{Name: summary, Content: []byte("x")}), []string{"A1"}},
	} {
		b, err := read(c.data)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if diff := cmp.Diff(c.want, notes(b.Sheets[0])); diff != "" {
			t.Error(c.name, diff)
		}
		want := []intake.Row{{No: 2, Cells: []string{"0"}}, {No: 3, Cells: []string{"7.5"}}}
		if diff := cmp.Diff(want, b.Sheets[0].Rows); diff != "" {
			t.Error(c.name, diff)
		}
	}
}

func TestRefused(t *testing.T) {
	whole := load(t, "各种单元格.xls")
	old := workbook(nil)
	binary.LittleEndian.PutUint16(old[4:], 0x0500)
	many := make([][]byte, 0, 70000)
	for i := range 70000 {
		many = append(many, rec(recMulRK, i%65536, 0, 0, uint32(6), 0, uint32(6), 1))
	}
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"cut", whole[:len(whole)/2], "损坏"},
		{"no container", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "损坏"},
		{"no stream", oletest.File(oletest.Stream{Name: "Other", Content: []byte("x")}), "损坏"},
		{"BIFF5", ole(old), "Excel 5.0/95"},
		{"encrypted by XOR", ole(workbook(rec(recFilePass, 0, 1, 1))), "更早的加密方式"},
		{"encryption cut", ole(workbook(rec(recFilePass, 1, 1, 1))), "损坏"},
		{"string that is not there", ole(workbook(nil, rec(recLabelSST, 0, 0, 0, uint32(2)))), "A1 指向不存在的文字"},
		{"cell twice", ole(workbook(nil, rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 0, 0, 0, 2.0))), "A1 出现了两次"},
		{"column 256", ole(workbook(nil, rec(recNumber, 0, 256, 0, 1.0))), "损坏"},
		{"row of numbers too long", ole(workbook(nil, rec(recMulRK, 0, 0, 0, uint32(6), 5))), "损坏"},
		{"short record", ole(workbook(nil, rec(recNumber, 0, 0))), "损坏"},
		{"no end", ole(workbook(nil)[:len(workbook(nil))-4]), "损坏"},
		{"strings cut", ole(workbook(rec(recSST, uint32(9), uint32(9), 1, byte(1), 0x4e00))), "损坏"},
		{"sheet elsewhere", ole(workbook(rec(recBoundSheet, uint32(1<<30), 0, byte(1), byte(0), "T"))), "损坏"},
		{"rows twice", ole(workbook(nil, many...)), "出现了两次"},
		{"no sheet", ole(bytes.Join([][]byte{rec(recBOF, 0x0600, 5), rec(recEOF)}, nil)), "没有工作表"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := read(c.data)
			var f cells.Fault
			if !errors.As(err, &f) || !strings.Contains(string(f), c.says) {
				t.Errorf("%v %v, want %q", b, err, c.says)
			}
		})
	}
}

// TestDamage changes bytes: the file is refused with a sentence or read, without a
// panic. Files of this kind hold no checksums, so that not everything is noticed.
func TestDamage(t *testing.T) {
	data := load(t, "各种单元格.xls")
	rng := rand.New(rand.NewPCG(5, 6))
	refused := 0
	for i := range 3000 {
		b := bytes.Clone(data)
		at := rng.IntN(len(b))
		switch i % 3 {
		case 0:
			b[at] ^= 1 << rng.IntN(8)
		case 1:
			for k := at; k < min(at+16, len(b)); k++ {
				b[k] = byte(rng.Uint32())
			}
		case 2:
			b = b[:at]
		}
		if _, err := read(b); err != nil {
			var f cells.Fault
			if !errors.As(err, &f) {
				t.Fatalf("mutant %d: %v", i, err)
			}
			refused++
		}
	}
	if refused < 1000 {
		t.Errorf("only %d of 3000 refused", refused)
	}
	t.Logf("%d of 3000 refused", refused)
}

// FuzzRead: any file is read or refused with a sentence.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"各种单元格.xls", "1904.xls"} {
		f.Add(load(f, name))
	}
	f.Add(ole(workbook(nil, rec(recNumber, 0, 0, 0, 1.0))))
	f.Fuzz(func(t *testing.T, data []byte) {
		var fault cells.Fault
		if _, err := read(data); err != nil && !errors.As(err, &fault) {
			t.Errorf("%T %v", err, err)
		}
	})
}

// FuzzStream: any stream of records is read or refused with a sentence.
func FuzzStream(f *testing.F) {
	for _, name := range []string{"各种单元格.xls", "1904.xls"} {
		s, err := Stream(load(f, name), "Workbook")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s)
	}
	f.Add(workbook(rec(recFormat, 164, 2, byte(0), "yy"), rec(recMerged, 1, 0, 1, 0, 1), rec(recMulRK, 1, 0, 0, uint32(6), 0)))
	f.Fuzz(func(t *testing.T, stream []byte) {
		var fault cells.Fault
		if _, err := readStream(context.Background(), stream, false, func(int, int) {}); err != nil && !errors.As(err, &fault) {
			t.Errorf("%T %v", err, err)
		}
	})
}
