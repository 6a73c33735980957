//go:build unix

package pilotfile

import (
	"errors"
	"fmt"
	"os"
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

// tenThousand is how many risk points make a demo pilot of 10,000 records.
const tenThousand = 2_200

// BenchmarkOpenLocked10k does all that opening 10,000 records behind a password takes:
// lock, copy, key, reading whole in a child, bbolt and loading.
func BenchmarkOpenLocked10k(b *testing.B) {
	b.Setenv(role, "verify")
	stores := Stores{Data: b.TempDir(), Verify: VerifyInChild(os.Args[0])}
	path := demoFile(b, tenThousand) // 10,000 records and a half
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
	for b.Loop() {
		st, err := stores.OpenWith(path, app.OpenOptions{Secret: "基建处的一句好记的话"})
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
	b.ReportMetric(float64(total), "records")
}

// BenchmarkSave10k and 100k save a pilot of that many records back to its file.
func BenchmarkSave10k(b *testing.B)  { benchmarkSave(b, tenThousand) }
func BenchmarkSave100k(b *testing.B) { benchmarkSave(b, 10*tenThousand) }

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
func BenchmarkBackup10k(b *testing.B)        { benchmarkBackup(b, tenThousand) }
func BenchmarkBackup100k(b *testing.B)       { benchmarkBackup(b, 10*tenThousand) }
func BenchmarkBackupVerify10k(b *testing.B)  { benchmarkVerify(b, tenThousand) }
func BenchmarkBackupVerify100k(b *testing.B) { benchmarkVerify(b, 10*tenThousand) }

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

// BenchmarkCommitOneCell changes one point in a file of 100,000 records, and after each
// writes the same bytes to another such file by bbolt alone: what a commit costs and how
// many times as much as that.
func BenchmarkCommitOneCell(b *testing.B) {
	open := func() *Store {
		st, err := quiet(b.TempDir()).Open(demoFile(b, 10*tenThousand))
		if err != nil {
			b.Fatal(err)
		}
		return st.(*Store)
	}
	s, bare := open(), open()
	defer func() { abandon(s); abandon(bare) }()
	p, err := s.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	points := p.RiskPoints.All()
	var ours, theirs time.Duration
	i := 0
	for b.Loop() {
		old := points[i*7919%len(points)]
		r := old.Clone().(*domain.RiskPoint)
		r.Impact = 1 + r.Impact%5
		i++
		e := app.Entry{Time: time.Now(), Action: app.ActionDo, ChangeSet: domain.ChangeSet{
			Changes: []domain.Change{{Kind: r.RecordKind(), ID: r.ID, Before: old, After: r}}}}
		began := time.Now()
		if err := s.Commit(e); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
		b.StopTimer()
		theirs += commitBare(b, bare, r)
		b.StartTimer()
	}
	b.ReportMetric(float64(ours)/float64(theirs), "x-bare")
}

// commitBare writes what a commit of one record writes, by bbolt alone.
func commitBare(b *testing.B, s *Store, r domain.Record) time.Duration {
	content, err := encodeRecord(r)
	if err != nil {
		b.Fatal(err)
	}
	key := s.keys.name(string(r.RecordKind()), string(r.RecordID()))
	value, entry, state := make([]byte, len(content)+envelopeSize), make([]byte, 2*len(content)+150), make([]byte, 600)
	began := time.Now()
	err = s.db.Update(func(tx *bbolt.Tx) error {
		j := tx.Bucket([]byte(bucketJournal))
		n, _ := j.NextSequence()
		return errors.Join(tx.Bucket([]byte(bucketRecords)).Put(key, value), j.Put(seqKey(1000+n), entry), tx.Bucket([]byte(bucketMeta)).Put([]byte(keyState), state))
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
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
