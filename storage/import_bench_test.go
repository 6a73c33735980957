//go:build unix

// Package storage_test measures what takes all of storage: a workbook's way
// from its file into a pilot's.
package storage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

const importRows = 50_000

// selfCheckForm writes a self-check form of 50,000 rows and 16 columns, as a
// large university merges them, with shared strings, as Excel and WPS do. Of the first
// rows, bad have a likelihood that there is not.
func selfCheckForm(b testing.TB, bad int) string {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	row := func(no int, cells ...any) {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", no), &cells); err != nil {
			b.Fatal(err)
		}
	}
	row(1, "序号", "编号", "部门", "科室", "岗位", "工作流程", "流程步骤", "风险类别", "廉政风险点",
		"表现形式", "成因", "可能后果", "可能性", "影响程度", "措施内容", "责任人")
	for i := range importRows {
		likelihood := i%5 + 1
		if i < bad {
			likelihood = 9
		}
		row(i+2, i+1, fmt.Sprintf("DW%03d-%05d", i%200, i), fmt.Sprintf("第%d部门处", i%200+1), "综合科",
			fmt.Sprintf("岗位%d", i%12), fmt.Sprintf("流程%d", i%9), fmt.Sprintf("步骤%d", i%14), domain.Categories[i%5],
			fmt.Sprintf("风险点名称%d", i), fmt.Sprintf("表现形式描述文字，情形之%d。", i), "制度不健全，监督不到位。", "国有资产损失，违纪违法。",
			likelihood, i%4+1, "1.建立制度并公开；\n2.定期检查留痕。", "科长")
	}
	path := filepath.Join(b.TempDir(), "自查表.xlsx")
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkImport50k reads a workbook, plans and commits it to a new pilot file
// and, in the same run, only walks through the same workbook with excelize's
// Rows(). x-bare is how many times as long the import takes, x-bare-cpu how many
// times the processor time; peak-MiB is the most memory the process held.
func BenchmarkImport50k(b *testing.B) {
	book, dir := selfCheckForm(b, 0), b.TempDir()
	var ours, bare effort
	var took stages
	n := 0
	for b.Loop() {
		n++
		ours.of(func() { importBook(b, &took, book, filepath.Join(dir, fmt.Sprint(n, pilotfile.Extension)), importRows) })
		b.StopTimer()
		bare.of(func() { walkRows(b, book) })
		b.StartTimer()
	}
	b.ReportMetric(ours.wall.Seconds()/bare.wall.Seconds(), "x-bare")
	b.ReportMetric(ours.cpu.Seconds()/bare.cpu.Seconds(), "x-bare-cpu")
	b.ReportMetric(ours.peak, "peak-MiB")
	b.ReportMetric(bare.peak, "bare-peak-MiB")
	b.ReportMetric(float64(took.read.Milliseconds())/float64(n), "read-ms")
	b.ReportMetric(float64(took.plan.Milliseconds())/float64(n), "plan-ms")
	b.ReportMetric(float64(took.commit.Milliseconds())/float64(n), "commit-ms")
}

// badRows is how many rows of a form are refused in BenchmarkImportBadRows.
const badRows = 10_000

// BenchmarkImportBadRows imports a workbook of which 10,000 rows are refused, each
// with its cell and a sentence, and in the same run the same workbook without a
// mistake. x-good is how many times as long it takes, x-good-cpu how many times the
// processor time.
func BenchmarkImportBadRows(b *testing.B) {
	good, bad, dir := selfCheckForm(b, 0), selfCheckForm(b, badRows), b.TempDir()
	var ours, without effort
	var took stages
	n := 0
	for b.Loop() {
		n++
		ours.of(func() {
			importBook(b, &took, bad, filepath.Join(dir, fmt.Sprint("b", n, pilotfile.Extension)), importRows-badRows)
		})
		b.StopTimer()
		without.of(func() {
			importBook(b, &took, good, filepath.Join(dir, fmt.Sprint("g", n, pilotfile.Extension)), importRows)
		})
		b.StartTimer()
	}
	b.ReportMetric(ours.wall.Seconds()/without.wall.Seconds(), "x-good")
	b.ReportMetric(ours.cpu.Seconds()/without.cpu.Seconds(), "x-good-cpu")
}

// stages is how long each part of the imports took in all.
type stages struct{ read, plan, commit time.Duration }

// importBook reads a form, plans it and commits it to a new pilot file.
func importBook(b testing.TB, took *stages, book, path string, want int) {
	st, err := pilotfile.Stores{}.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer st.Close()
	newID := func() domain.ID { return domain.ID(ulid.Make().String()) }
	s, err := app.NewSession(st, time.Now, newID, "某", nil)
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	read, err := xlsx.Reader{}.Read(context.Background(), book, nil)
	if err != nil {
		b.Fatal(err)
	}
	planned := time.Now()
	plan := intake.NewPlan(s.Pilot, intake.Analyse([]*intake.Book{read}, intake.Options{}), intake.Env{IDs: newID, Year: 2026})
	done := time.Now()
	if err := s.Do(plan.Command()); err != nil || s.Pilot.RiskPoints.Len() != want {
		b.Fatal(s.Pilot.RiskPoints.Len(), err)
	}
	took.read += planned.Sub(start)
	took.plan += done.Sub(planned)
	took.commit += time.Since(done)
}

func walkRows(b *testing.B, book string) {
	f, err := excelize.OpenFile(book)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if n != importRows+1 {
		b.Fatal(n)
	}
}

// effort is what something took.
type effort struct {
	wall, cpu time.Duration
	peak      float64 // MiB held by the process at most
}

func (e *effort) of(do func()) {
	debug.FreeOSMemory()                                      // nobody pays for the waste of others
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here
	start, cpu := time.Now(), cpuTime()
	do()
	e.wall, e.cpu, e.peak = e.wall+time.Since(start), e.cpu+cpuTime()-cpu, max(e.peak, peakMemory())
}

// cpuTime is the processor time this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most memory the process held, in MiB; 0 where Linux does not tell.
func peakMemory() float64 { return memory("VmHWM") }

// memory is what Linux tells under a name of the process's memory, in MiB: VmHWM is
// the most it held at any time, pages of files it has mapped among it; RssAnon is what
// it holds now without those.
func memory(name string) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), name+":")
	kib, err := strconv.ParseFloat(strings.Fields(after + " 0")[0], 64)
	if err != nil {
		return 0
	}
	return kib / 1024
}
