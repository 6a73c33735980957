package pilotfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// fill gives every field of a record some value.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		s := reflect.MakeSlice(v.Type(), 2, 2)
		fill(s.Index(0), n)
		fill(s.Index(1), n)
		v.Set(s)
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("值%d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int64:
		v.SetInt(int64(*n%7 - 1))
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		m.SetMapIndex(key, value)
		v.Set(m)
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	default:
		panic(v.Kind())
	}
}

// everyKind makes two full records of every kind.
func everyKind(t *testing.T) domain.ChangeSet {
	t.Helper()
	cs := domain.ChangeSet{Op: domain.Op{Name: "import", Label: "导入", Final: true}}
	n := 0
	for _, table := range domain.NewPilot().Tables() {
		for i := range 2 {
			r, err := decodeRecord(table.Kind(), []byte{0xa0}, newInterner()) // {}
			if err != nil {
				t.Fatal(err)
			}
			fill(reflect.ValueOf(r).Elem(), &n)
			domain.BaseOf(r).SetBase(domain.ID(fmt.Sprintf("%s-%d", table.Kind(), i)), "表.xlsx 表!A5")
			cs.Changes = append(cs.Changes, domain.Change{Kind: table.Kind(), ID: r.RecordID(), After: r})
		}
	}
	return cs
}

func filledFile(t *testing.T) (path string, want *domain.Pilot) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "试点.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	cs := everyKind(t)
	if err := st.Commit(app.Entry{Time: time.Unix(1, 5), Actor: "张某", Action: app.ActionDo, ChangeSet: cs}); err != nil {
		t.Fatal(err)
	}
	want = domain.NewPilot()
	want.Apply(cs)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return path, want
}

// tamper changes a file as bbolt would, behind the store's back, and covers it up:
// the file's heads say that there was no further commit.
func tamper(t *testing.T, path string, change func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, boltOptions(nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := openPages(bytes.NewReader(b), int64(len(b)), false)
	if err != nil {
		t.Fatal(err)
	}
	now := p.head
	for range 2 {
		now.commit--
		copy(b[int64(now.commit%2)*now.pageSize:], now.page(int(now.commit%2)))
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEveryFieldOfEveryKindComesBack(t *testing.T) {
	path, want := filledFile(t)
	s := openT(t, path)
	defer s.Close()
	got, err := s.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range got.Tables() {
		table.Each(func(r domain.Record) bool {
			w, _ := want.Tables()[i].Record(r.RecordID())
			if diff := cmp.Diff(w, r); diff != "" {
				t.Errorf("%s: %s", table.Kind(), diff)
			}
			return true
		})
	}
	if !got.Equal(want) {
		t.Error("pilots differ")
	}
	entries, err := s.Journal(0, 10)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	e := entries[0]
	if e.Seq != 1 || !e.Time.Equal(time.Unix(1, 5)) || e.Actor != "张某" || e.Action != app.ActionDo {
		t.Errorf("entry %+v", e)
	}
	if diff := cmp.Diff(everyKind(t), e.ChangeSet); diff != "" {
		t.Error(diff)
	}
}

func TestJournalPages(t *testing.T) {
	st, err := Stores{}.Create(filepath.Join(t.TempDir(), "a.lianshao"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for i := range 5 {
		u := &domain.Unit{Base: domain.Base{ID: domain.ID(fmt.Sprint(i))}, Name: "某处"}
		err := st.Commit(app.Entry{ChangeSet: domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: u.ID, After: u}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		before uint64
		n      int
		want   []uint64
	}{{0, 2, []uint64{5, 4}}, {4, 2, []uint64{3, 2}}, {2, 9, []uint64{1}}, {1, 9, nil}, {99, 1, []uint64{5}}, {0, 0, nil}} {
		entries, err := st.Journal(c.before, c.n)
		if err != nil {
			t.Fatal(err)
		}
		var got []uint64
		for _, e := range entries {
			got = append(got, e.Seq)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("before %d, %d: %s", c.before, c.n, diff)
		}
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	good, _ := filledFile(t)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name+Extension)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bolt := func(name string, make func(tx *bbolt.Tx) error) string {
		path := filepath.Join(dir, name+Extension)
		db, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Update(make), db.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	newer := file("新", whole)
	tamper(t, newer, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketMeta)).Put([]byte(keyFormat), []byte{formatVersion + 1})
	})
	older := file("旧", whole)
	tamper(t, older, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(keyFormat), []byte{1}) })
	changed, gone, moved, headerGone, oneHeader := file("改", whole), file("缺", whole), file("换", whole), file("无头", whole), file("一头", whole)
	tamper(t, changed, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucketRecords))
		k, v := b.Cursor().First()
		v = bytes.Clone(v)
		v[len(v)-20] ^= 1
		return b.Put(k, v)
	})
	tamper(t, gone, func(tx *bbolt.Tx) error { c := tx.Bucket([]byte(bucketRecords)).Cursor(); c.First(); return c.Delete() })
	tamper(t, moved, func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketRecords)).Cursor()
		k1, v1 := c.First()
		k2, v2 := c.Next()
		k1, v1, k2, v2 = bytes.Clone(k1), bytes.Clone(v1), bytes.Clone(k2), bytes.Clone(v2)
		return errors.Join(c.Bucket().Put(k1, v2), c.Bucket().Put(k2, v1))
	})
	tamper(t, headerGone, func(tx *bbolt.Tx) error {
		return errors.Join(tx.Bucket([]byte(bucketMeta)).Put([]byte(keyHeader), []byte("x")), tx.Bucket([]byte(bucketSpare)).Put([]byte(keyHeader), []byte("x")))
	})
	tamper(t, oneHeader, func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(keyHeader), []byte("x")) })
	cases := []struct {
		name, path string
		code       app.Code
		says       string
	}{
		{"missing", filepath.Join(dir, "无"+Extension), app.CodeNotFound, "找不到"},
		{"directory", dir, app.CodeForeign, "文件夹"},
		{"empty", file("空", nil), app.CodeDamaged, "0 字节"},
		{"text", file("文本", []byte(strings.Repeat("这不是试点文件\n", 3000))), app.CodeForeign, "不是廉哨"},
		{"one byte", file("短", []byte("x")), app.CodeForeign, "不是廉哨"},
		{"cut short", file("截短", whole[:2*pageSize]), app.CodeDamaged, "不完整"},
		{"cut in half", file("半截", whole[:len(whole)/2/pageSize*pageSize]), app.CodeDamaged, "已损坏"},
		{"other bbolt", bolt("别", func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }), app.CodeForeign, "不是廉哨"},
		{"newer", newer, app.CodeNewer, "升级"},
		{"changed record", changed, app.CodeDamaged, "损坏"},
		{"record gone", gone, app.CodeDamaged, "损坏"},
		{"records exchanged", moved, app.CodeDamaged, "损坏"},
		{"says it is older", older, app.CodeDamaged, "文件头"},
		{"no header", headerGone, app.CodeDamaged, "文件头已损坏"},
		{"one header", oneHeader, app.CodeDamaged, "文件头已损坏"},
		{"metas gone", file("头", append(make([]byte, 2*pageSize), whole[2*pageSize:]...)), app.CodeForeign, "不是廉哨"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path)
			st, err := Stores{}.Open(c.path)
			if err == nil {
				_, err = st.Load(nil)
				st.Close()
			}
			if err == nil || app.CodeOf(err) != c.code || !strings.Contains(app.Sentence(err), c.says) {
				t.Errorf("got %v %v (%v), want %s …%s…", app.CodeOf(err), err, errors.Unwrap(err), c.code, c.says)
			}
			if after, _ := os.ReadFile(c.path); !bytes.Equal(before, after) {
				t.Error("the refused file was changed")
			}
		})
	}
}

func TestLockedByAnother(t *testing.T) {
	path, want := filledFile(t)
	s := openT(t, path)
	if _, err := (Stores{}).Open(path); app.CodeOf(err) != app.CodeLocked {
		t.Errorf("got %v", err)
	}
	view, err := Stores{}.View(path) // reading is free
	if err != nil {
		t.Fatal(err)
	}
	if got, err := view.Load(nil); err != nil || !got.Equal(want) {
		t.Errorf("read only: %v", err)
	}
	if err := view.Commit(app.Entry{ChangeSet: everyKind(t)}); app.CodeOf(err) != app.CodeReadOnly {
		t.Errorf("commit got %v", err)
	}
	if err := view.Close(); err != nil {
		t.Error(err)
	}
	if rep, err := Check(path, ""); err != nil || !rep.OK {
		t.Errorf("check got %+v %v", rep, err)
	}
	s.Close()
	openT(t, path).Close()
}

func TestCreateRefuses(t *testing.T) {
	path, _ := filledFile(t)
	before, _ := os.ReadFile(path)
	if _, err := (Stores{}).Create(path); app.CodeOf(err) != app.CodeInvalid {
		t.Errorf("got %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("overwritten")
	}
	if _, err := (Stores{}).Create(filepath.Join(path, "..", "无", "a.lianshao")); app.CodeOf(err) != app.CodeNotFound {
		t.Errorf("got %v", err)
	}
	files, _ := os.ReadDir(filepath.Dir(path))
	if len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestCheckReport(t *testing.T) {
	path, want := filledFile(t)
	rep, err := Check(path, "")
	if err != nil || !rep.OK || rep.Journal != 1 || rep.Records[domain.KindUnit] != want.Units.Len() {
		t.Fatalf("%+v %v", rep, err)
	}
	// The filled references point nowhere.
	if len(rep.Dangling) == 0 {
		t.Error("dangling references not reported")
	}
}

func TestTextThatIsNotUTF8(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.lianshao")
	st, err := Stores{}.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	u := &domain.Unit{Base: domain.Base{ID: "1"}, Name: "坏\xff字"}
	if err := st.Commit(app.Entry{ChangeSet: domain.ChangeSet{Changes: []domain.Change{{Kind: domain.KindUnit, ID: u.ID, After: u}}}}); err != nil {
		t.Fatal(err)
	}
	p, err := st.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := p.Units.Get("1"); got.Name != u.Name {
		t.Errorf("%q", got.Name)
	}
	st.Close()
}

// TestCheckFindsWhatOpeningRefuses flips bits where pages say what they are: what
// is refused when it is opened, a check must name, and the other way round.
func TestCheckFindsWhatOpeningRefuses(t *testing.T) {
	path, want := filledFile(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(memoryFolder(t), "坏.lianshao")
	step := max(1, 37 / *proofs) | 1 // odd, so that every bit of a byte has its turn
	refused := 0
	for page := 0; page < len(whole); page += pageSize {
		for bit := 0; bit < 8*80; bit++ {
			if wholly := bit < 8*pageHeader && page/pageSize%3 == 0; !wholly && bit%step != 0 {
				continue
			}
			b := bytes.Clone(whole)
			b[page+bit/8] ^= 1 << (bit % 8)
			if err := os.WriteFile(broken, b, 0o600); err != nil {
				t.Fatal(err)
			}
			st, err := Stores{Verify: Verify}.View(broken)
			if err == nil {
				var got *domain.Pilot
				if got, err = st.Load(nil); err == nil && !got.Equal(want) {
					t.Errorf("page %d, bit %d: wrong data without an error", page/pageSize, bit)
				}
				st.Close()
			}
			rep, cerr := Check(broken, "")
			if sound := cerr == nil && rep.OK; sound != (err == nil) {
				t.Errorf("page %d, bit %d: opening says %v, check %v %v", page/pageSize, bit, err, cerr, rep.Bad)
			}
			if err != nil {
				refused++
			}
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}
