package audit_test

import (
	"context"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/audit"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
)

func head(seq uint64, day, actor, action, label string, kinds map[domain.Kind]int) app.EntryHead {
	at, err := time.ParseInLocation("2006-01-02 15:04", day, time.Local)
	if err != nil {
		panic(err)
	}
	return app.EntryHead{Seq: seq, Time: at, Actor: actor, Action: action, Op: domain.Op{Label: label}, Kinds: kinds}
}

// Each filter lets through what it names, days including their last minute.
func TestFilter(t *testing.T) {
	all := []app.EntryHead{
		head(3, "2026-03-03 00:00", "李某", app.ActionUndo, "撤回", map[domain.Kind]int{domain.KindMeasure: 1}),
		head(2, "2026-03-02 23:59", "李某", app.ActionDo, "改 Excel 表", map[domain.Kind]int{domain.KindMeasure: 1, domain.KindRiskPoint: 2}),
		head(1, "2026-03-01 08:00", "张某", app.ActionDo, "导入", map[domain.Kind]int{domain.KindRiskPoint: 40}),
	}
	for name, c := range map[string]struct {
		f    audit.Filter
		want []uint64
	}{
		"nothing":    {audit.Filter{}, []uint64{3, 2, 1}},
		"from":       {audit.Filter{From: "2026-03-02"}, []uint64{3, 2}},
		"to":         {audit.Filter{To: "2026-03-02"}, []uint64{2, 1}},
		"one day":    {audit.Filter{From: "2026-03-02", To: "2026-03-02"}, []uint64{2}},
		"actor":      {audit.Filter{Actor: "张某"}, []uint64{1}},
		"kind":       {audit.Filter{Kind: domain.KindRiskPoint}, []uint64{2, 1}},
		"action":     {audit.Filter{Action: app.ActionUndo}, []uint64{3}},
		"text":       {audit.Filter{Text: "excel"}, []uint64{2}},
		"record":     {audit.Filter{Only: map[uint64]bool{1: true}}, []uint64{1}},
		"no record":  {audit.Filter{Only: map[uint64]bool{}}, nil},
		"everything": {audit.Filter{Actor: "李某", Kind: domain.KindRiskPoint, From: "2026-03-01"}, []uint64{2}},
	} {
		var got []uint64
		for _, h := range all {
			if c.f.Keeps(h) {
				got = append(got, h.Seq)
			}
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if who := audit.Actors(all); len(who) != 2 || who[0] != "张某" {
		t.Error(who)
	}
	if text := audit.Touched(all[1]); text != "风险点 2、防范措施 1" {
		t.Error(text)
	}
}

// A long journal is read whole in pages, from a number on, and stops when told; the
// operations of one record are found.
func TestHeads(t *testing.T) {
	st, err := pilotfile.Stores{}.Create(t.TempDir() + "/a.lianshao")
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	t.Cleanup(audit.ReadBy(100))
	const n = 230
	var before domain.Record
	for i := range n {
		id := domain.ID("a")
		if i%100 == 7 {
			id = "b"
		}
		u := &domain.Unit{Base: domain.Base{ID: id}, Name: "处"}
		c := domain.Change{Kind: domain.KindUnit, ID: id, After: u}
		if id == "a" {
			c.Before, before = before, u
		}
		if err := st.Commit(app.Entry{Time: time.Unix(int64(i), 0), Actor: "某", Action: app.ActionDo, ChangeSet: domain.ChangeSet{Changes: []domain.Change{c}}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, down := range []uint64{0, 1, 130, 229, 230} {
		list, err := audit.Heads(context.Background(), st, down, nil)
		if err != nil || len(list) != n-int(down) || len(list) > 0 && (list[0].Seq != n || list[len(list)-1].Seq != down+1) {
			t.Errorf("down to %d: %d, %v", down, len(list), err)
		}
	}
	only, err := audit.Of(context.Background(), st, domain.KindUnit, "b", nil)
	if err != nil || len(only) != 3 || !only[8] || !only[108] || !only[208] {
		t.Errorf("%v %v", only, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := audit.Heads(ctx, st, 0, nil); app.CodeOf(err) != app.CodeCanceled {
		t.Error(err)
	}
	if _, err := audit.Entry(st, n+1); app.CodeOf(err) != app.CodeNotFound {
		t.Error(err)
	}
}
