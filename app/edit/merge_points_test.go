package edit

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"lianshao/domain"
)

// alike is a pilot with two points of one unit, each with measures, scores and links.
func alike(t *testing.T) *bench {
	b := newBench(t)
	p := b.p
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "基建处"}, Name: "基建处"})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "a", Code: "JJ-01"}, Unit: domain.To("u"), Name: "拆分项目", Description: "拆分项目规避招标", Channels: []string{"自己查"}})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "b", Code: "JJ-02"}, Unit: domain.To("u"), Name: "化整为零", Description: "化整为零规避招标", Causes: "监督不够",
		Findings: []domain.Finding{{Channel: "群众帮", Date: "2026-07-05"}}, Channels: []string{"群众帮"}})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m1", Code: "JJ-01-1"}, Point: domain.To("a"), No: 1, Content: "合并计划"})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m2", Code: "JJ-02-1"}, Point: domain.To("b"), No: 1, Content: "拆分监测"})
	p.Put(&domain.Assessment{Base: domain.Base{ID: "r1", Code: "1"}, No: 1})
	p.Put(&domain.Assessment{Base: domain.Base{ID: "r2", Code: "2"}, No: 2, Frozen: true})
	for _, round := range []domain.ID{"r1", "r2"} {
		p.Put(&domain.Rating{Base: domain.Base{ID: "b" + round}, Assessment: domain.To(round), Target: domain.TargetPoint, Subject: domain.To("b")})
	}
	p.Put(&domain.Opinion{Base: domain.Base{ID: "o1", Code: "YJ-01"}, Points: []domain.Ref{domain.To("a"), domain.To("b")}})
	p.Put(&domain.Intelligence{Base: domain.Base{ID: "x1", Code: "XX-01"}, Points: []domain.Ref{domain.To("b")}})
	return b
}

func TestMergeKeepsWhatBothHad(t *testing.T) {
	b := alike(t)
	b.do(MergePoints(Merging{Keep: "a", Lose: "b"}, b.id))
	keep, _ := b.p.RiskPoints.Get("a")
	lose, _ := b.p.RiskPoints.Get("b")
	if lose.Status != domain.PointMerged || lose.MergedInto.ID != "a" || lose.Description != "化整为零规避招标" {
		t.Errorf("%+v", lose)
	}
	if fmt.Sprint(keep.Channels) != "[自己查 群众帮]" || len(keep.Findings) != 1 || keep.Findings[0].From != "JJ-02" || keep.Findings[0].Finder() != "匿名" {
		t.Errorf("found by %v %+v", keep.Channels, keep.Findings)
	}
	if keep.Causes != "监督不够" || keep.Description != "拆分项目规避招标" {
		t.Errorf("%+v", keep)
	}
	m, _ := b.p.Measures.Get("m2")
	if m.Point.ID != "a" || m.No != 2 {
		t.Errorf("%+v", m)
	}
	open, _ := b.p.Ratings.Get("br1")
	frozen, _ := b.p.Ratings.Get("br2")
	if open.Subject.ID != "a" || frozen.Subject.ID != "b" {
		t.Errorf("scores of %s and %s", open.Subject.ID, frozen.Subject.ID)
	}
	o, _ := b.p.Opinions.Get("o1")
	x, _ := b.p.Intelligence.Get("x1")
	if len(o.Points) != 1 || o.Points[0].ID != "a" || x.Points[0].ID != "a" {
		t.Errorf("%+v %+v", o.Points, x.Points)
	}
	b.do(RestorePoint("b"))
	if lose, _ = b.p.RiskPoints.Get("b"); lose.Status != domain.PointActive || !lose.MergedInto.IsZero() {
		t.Errorf("%+v", lose)
	}
}

func TestMergeRefuses(t *testing.T) {
	b := alike(t)
	b.refuse(MergePoints(Merging{Keep: "a", Lose: "a"}, b.id), "两个不同")
	b.p.Put(&domain.RiskPoint{Base: domain.Base{ID: "c", Code: "SB-01"}, Unit: domain.Named("设备处"), Name: "另一处"})
	b.refuse(MergePoints(Merging{Keep: "a", Lose: "c"}, b.id), "同一个部门")
	b.p.Put(&domain.Warning{Base: domain.Base{ID: "w", Code: "廉预警〔2026〕1号"}, Point: domain.To("b"), State: domain.WarningIssued})
	b.refuse(MergePoints(Merging{Keep: "a", Lose: "b"}, b.id), "还没有解除")
	b.p.Warnings.Delete("w")
	b.p.Put(&domain.Disclosure{Base: domain.Base{ID: "d"}, No: 1, State: domain.DisclosureOpen})
	b.refuse(MergePoints(Merging{Keep: "a", Lose: "b"}, b.id), "写明理由")
	b.do(MergePoints(Merging{Keep: "a", Lose: "b", Description: "拆分或化整为零规避招标", Reason: "同一件事", Date: "2026-07-12"}, b.id))
	types := ""
	for _, r := range b.p.Revisions.All() {
		types += r.Code + r.Type + b.p.CodeOf(domain.KindRiskPoint, r.Point) + r.After + " "
	}
	if types != "XD-01并JJ-02并入 JJ-01 XD-02改JJ-01拆分或化整为零规避招标 " {
		t.Error(types)
	}
	b.refuse(MergePoints(Merging{Keep: "a", Lose: "b"}, b.id), "已经并入")
	b.refuse(MergePoints(Merging{Keep: "b", Lose: "a"}, b.id), "已经并入")
	b.refuse(Delete(domain.KindRiskPoint, "b"), "留作来源记录")
}

// Whatever is merged into whatever, taking it back gives the pilot there was.
func TestMergeThenUndoIsNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		n := rapid.IntRange(2, 6).Draw(rt, "points")
		for i := range n {
			id := domain.ID(fmt.Sprint("p", i))
			b.p.Put(&domain.RiskPoint{Base: domain.Base{ID: id, Code: fmt.Sprint("A-", i)}, Unit: domain.Named("处"), Name: "点",
				Channels: rapid.SliceOfNDistinct(rapid.SampledFrom(domain.Channels), 0, 3, rapid.ID).Draw(rt, "channels")})
			for k := range rapid.IntRange(0, 3).Draw(rt, "measures") {
				b.p.Put(&domain.Measure{Base: domain.Base{ID: domain.ID(fmt.Sprint(id, "m", k))}, Point: domain.To(id), No: k + 1})
			}
			if rapid.Bool().Draw(rt, "linked") {
				b.p.Put(&domain.Factor{Base: domain.Base{ID: domain.ID(fmt.Sprint("f", i))}, Text: fmt.Sprint(i), Points: []domain.Ref{domain.To(id), domain.To("p0")}})
			}
		}
		for range rapid.IntRange(1, n).Draw(rt, "merges") {
			was := copyOf(b.p)
			pick := func(l string) domain.ID { return domain.ID(fmt.Sprint("p", rapid.IntRange(0, n-1).Draw(rt, l))) }
			cs, err := MergePoints(Merging{Keep: pick("keep"), Lose: pick("lose")}, b.id).Plan(b.p)
			if err != nil {
				continue
			}
			if !b.p.Equal(was) {
				rt.Fatal("planning changed the pilot")
			}
			total := b.p.Measures.Len()
			b.p.Apply(cs)
			if b.p.Measures.Len() != total {
				rt.Fatal("a measure was lost")
			}
			b.p.Apply(cs.Invert())
			if !b.p.Equal(was) {
				rt.Fatal("not as before")
			}
			b.p.Apply(cs)
		}
	})
}

func copyOf(p *domain.Pilot) *domain.Pilot {
	c := domain.NewPilot()
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool { c.Put(r.Clone()); return true })
	}
	return c
}
