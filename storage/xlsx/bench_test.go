//go:build unix

package xlsx

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianshao/app/sheet"
)

const benchRows, benchColumns = 50_000, 16

// benchBook is a register as offices keep it: codes, numbers, a date, texts.
func benchBook() sheet.Workbook {
	s := sheet.Sheet{Name: "风险点"}
	for i := range benchColumns {
		s.Columns = append(s.Columns, sheet.Column{Header: fmt.Sprint("列", i+1), Width: 16, Format: []sheet.Format{sheet.Text, sheet.Int, sheet.Text, sheet.Text}[i%4]})
	}
	var rows [][]any
	for i := range benchRows {
		row := make([]any, benchColumns)
		for k := range row {
			switch k % 4 {
			case 0:
				row[k] = fmt.Sprintf("JJ-%05d", i)
			case 1:
				row[k] = i * k % 1000
			case 2:
				row[k] = fmt.Sprintf("基建处工程科项目主管%d", i%50)
			default:
				row[k] = fmt.Sprintf("编写采购参数时按特定品牌设置条件，第%d条", i)
			}
		}
		rows = append(rows, row)
	}
	s.Rows = sheet.Stored(rows...)
	return sheet.Workbook{Sheets: []sheet.Sheet{s}}
}

func bareWrite(w io.Writer, wb sheet.Workbook) error {
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	i := 0
	for row := range wb.Sheets[0].Rows.All() {
		i++
		if err := sw.SetRow(fmt.Sprint("A", i), row); err != nil {
			return err
		}
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// BenchmarkWrite50k writes a register and, in the same run, the same rows with
// nothing but excelize's StreamWriter. x-bare is how many times as long ours
// takes, x-bare-cpu how many times the processor time.
func BenchmarkWrite50k(b *testing.B) {
	wb := benchBook()
	var ours, bare effort
	for b.Loop() {
		ours.of(func() {
			if err := Encode(context.Background(), io.Discard, wb, nil); err != nil {
				b.Fatal(err)
			}
		})
		b.StopTimer()
		bare.of(func() {
			if err := bareWrite(io.Discard, wb); err != nil {
				b.Fatal(err)
			}
		})
		b.StartTimer()
	}
	ours.against(b, bare)
}

// effort is what something took in all.
type effort struct{ wall, cpu time.Duration }

func (e *effort) of(do func()) {
	runtime.GC() // nobody pays for the waste of others
	start, cpu := time.Now(), cpuTime()
	do()
	e.wall, e.cpu = e.wall+time.Since(start), e.cpu+cpuTime()-cpu
}

// against reports how much more that is. On a busy machine the processor time
// is the steadier of the two.
func (e effort) against(b *testing.B, bare effort) {
	b.ReportMetric(e.wall.Seconds()/bare.wall.Seconds(), "x-bare")
	b.ReportMetric(e.cpu.Seconds()/bare.cpu.Seconds(), "x-bare-cpu")
}

// cpuTime is the processor time this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchFile has shared strings, as Excel and WPS write them, or inline ones.
func benchFile(b *testing.B, shared bool) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "大.xlsx")
	wb := benchBook()
	if !shared {
		if err := (Writer{}).Write(context.Background(), path, wb, nil); err != nil {
			b.Fatal(err)
		}
		return path
	}
	f := excelize.NewFile()
	defer f.Close()
	i := 0
	for row := range wb.Sheets[0].Rows.All() {
		i++
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i), &row); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

func bareRead(b *testing.B, path string) int {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipXMLSizeLimit: 256 << 20, UnzipSizeLimit: 256 << 20})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		n += len(cells)
	}
	return n
}

func BenchmarkReadBareRows(b *testing.B) {
	for _, kind := range []string{"shared", "inline"} {
		b.Run(kind, func(b *testing.B) {
			path := benchFile(b, kind == "shared")
			for b.Loop() {
				if bareRead(b, path) < benchRows*benchColumns {
					b.Fatal("cells are missing")
				}
			}
		})
	}
}

func BenchmarkRead50k(b *testing.B) {
	for _, kind := range []string{"shared", "inline"} {
		b.Run(kind, func(b *testing.B) {
			path := benchFile(b, kind == "shared")
			b.ReportAllocs()
			for b.Loop() {
				book, err := Reader{}.Read(context.Background(), path, nil)
				if err != nil || len(book.Sheets[0].Rows) < benchRows || !strings.HasPrefix(book.Sheets[0].Rows[9].Cells[0], "JJ-") {
					b.Fatal(err)
				}
			}
		})
	}
}
