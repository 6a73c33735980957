//go:build unix

package pilotfile

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// counter makes IDs in order, as long as real ones.
func counter() app.IDs {
	n := 0
	return func() domain.ID { n++; return domain.ID(fmt.Sprintf("01J%023d", n)) }
}

// demoFile stores a demo pilot and returns its path.
func demoFile(tb testing.TB, points int) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "演示.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer st.Close()
	cmds, err := app.DemoCommands(points, 1, counter())
	if err != nil {
		tb.Fatal(err)
	}
	x := app.NewExecutor(domain.NewPilot(), st, time.Now)
	for _, c := range cmds {
		if err := x.Do("演示", c); err != nil {
			tb.Fatal(err)
		}
	}
	return path
}

func openT(tb testing.TB, path string) *Store {
	tb.Helper()
	st, err := Stores{}.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	return st.(*Store)
}

// viewT opens a file for reading, which costs no waiting for the disk.
func viewT(tb testing.TB, path string) *Store {
	tb.Helper()
	st, err := Stores{}.View(path)
	if err != nil {
		tb.Fatal(err)
	}
	return st.(*Store)
}

// BenchmarkOpenLocked10k opens and verifies 10,000 records behind a password.
func BenchmarkOpenLocked10k(b *testing.B) {
	path := demoFile(b, 2_000) // 10,000 records and a half
	s := openT(b, path)
	p, err := s.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	total := 0
	for _, t := range p.Tables() {
		total += t.Len()
	}
	if _, err := s.SetPassword("", "基建处的一句好记的话"); err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(total), "records")
	for b.Loop() {
		st, err := Stores{}.OpenWith(path, app.OpenOptions{Secret: "基建处的一句好记的话"})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := st.Load(nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		st.Close()
		b.StartTimer()
	}
}

// BenchmarkSave10k and 100k save a pilot of that many risk points back to its file.
func BenchmarkSave10k(b *testing.B)  { benchmarkSave(b, 2_000) }
func BenchmarkSave100k(b *testing.B) { benchmarkSave(b, 20_000) }

func benchmarkSave(b *testing.B, points int) {
	s := openT(b, demoFile(b, points))
	defer s.Close()
	info, err := s.file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.doc.changed()
		if err := s.Save(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(s.state.Records.Count), "records")
	b.ReportMetric(float64(info.Size())/(1<<20), "MiB")
}

// BenchmarkBackup10k and 100k write, read back, verify and thin a backup of a pilot
// of that many records; BenchmarkBackupVerify… is the verification of it alone.
func BenchmarkBackup10k(b *testing.B)        { benchmarkBackup(b, 2_000) }
func BenchmarkBackup100k(b *testing.B)       { benchmarkBackup(b, 20_000) }
func BenchmarkBackupVerify10k(b *testing.B)  { benchmarkVerify(b, 2_000) }
func BenchmarkBackupVerify100k(b *testing.B) { benchmarkVerify(b, 20_000) }

func benchmarkBackup(b *testing.B, points int) {
	path := demoFile(b, points)
	st, err := Stores{Data: b.TempDir()}.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	s := st.(*Store)
	defer s.Close()
	for b.Loop() {
		s.doc.backUp(s)
		if err := s.Saving().BackupErr; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(s.state.Records.Count), "records")
}

func benchmarkVerify(b *testing.B, points int) {
	path := demoFile(b, points)
	s := viewT(b, path)
	defer s.Close()
	for b.Loop() {
		if err := Verify(path, s.keys.data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(s.state.Records.Count), "records")
}

// BenchmarkOpen100k opens and loads 100,000 points with 200,000 ratings.
func BenchmarkOpen100k(b *testing.B) {
	path := demoFile(b, 100_000)
	var cpu time.Duration
	n := 0
	runtime.GC()
	for b.Loop() {
		began := cpuTime()
		s := openT(b, path)
		p, err := s.Load(nil)
		if err != nil || p.RiskPoints.Len() != 100_000 {
			b.Fatal(p, err)
		}
		b.StopTimer()
		cpu += cpuTime() - began
		n++
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MiB-live")
		runtime.KeepAlive(p)
		s.Close()
		p = nil
		debug.FreeOSMemory() // the next round starts as a new program does
		b.StartTimer()
	}
	b.ReportMetric(cpu.Seconds()/float64(n), "cpu-s/op")
}

// cpuTime is the processor time this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkCommitOneCell changes one point in a file of 100,000 points.
func BenchmarkCommitOneCell(b *testing.B) {
	s := openT(b, demoFile(b, 100_000))
	defer s.Close()
	p, err := s.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	points := p.RiskPoints.All()
	i := 0
	for b.Loop() {
		old := points[i*7919%len(points)]
		r := old.Clone().(*domain.RiskPoint)
		r.Impact = 1 + r.Impact%5
		i++
		e := app.Entry{Time: time.Now(), Action: app.ActionDo, ChangeSet: domain.ChangeSet{
			Changes: []domain.Change{{Kind: r.RecordKind(), ID: r.ID, Before: old, After: r}}}}
		if err := s.Commit(e); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommitBare is what the disk and bbolt alone take for the same bytes.
func BenchmarkCommitBare(b *testing.B) {
	s := openT(b, demoFile(b, 100_000))
	defer s.Close()
	p, err := s.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	points := p.RiskPoints.All()
	content, err := encodeRecord(points[0])
	if err != nil {
		b.Fatal(err)
	}
	value, entry := make([]byte, len(content)+envelopeSize), make([]byte, 2*len(content)+150)
	i := 0
	for b.Loop() {
		id := points[i*7919%len(points)].ID
		i++
		err := s.db.Update(func(tx *bbolt.Tx) error {
			if err := tx.Bucket([]byte(bucketRecords)).Put(s.keys.name(string(domain.KindRiskPoint), string(id)), value); err != nil {
				return err
			}
			j := tx.Bucket([]byte(bucketJournal))
			n, _ := j.NextSequence()
			return j.Put(seqKey(1000+n), entry)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkImportCommit50k commits an import of 50,000 risk points.
func BenchmarkImportCommit50k(b *testing.B) {
	cmds, err := app.DemoCommands(50_000, 1, counter())
	if err != nil {
		b.Fatal(err)
	}
	var cs domain.ChangeSet
	for _, c := range cmds {
		part, err := c.Plan(domain.NewPilot())
		if err != nil {
			b.Fatal(err)
		}
		for _, ch := range part.Changes {
			if ch.Kind == domain.KindRiskPoint {
				cs.Changes = append(cs.Changes, ch)
			}
		}
	}
	dir := b.TempDir()
	n := 0
	for b.Loop() {
		b.StopTimer()
		st, err := Stores{}.Create(filepath.Join(dir, fmt.Sprint(n, Extension)))
		if err != nil {
			b.Fatal(err)
		}
		n++
		b.StartTimer()
		if err := st.Commit(app.Entry{Time: time.Now(), Action: app.ActionDo, ChangeSet: cs}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		st.Close()
		b.StartTimer()
	}
}
