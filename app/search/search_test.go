package search_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/app/search"
	"lianshao/domain"
)

func pilot() *domain.Pilot {
	p := domain.NewPilot()
	put := func(id, code string, r domain.Record) {
		b := domain.BaseOf(r)
		b.ID, b.Code = domain.ID(id), code
		p.Put(r)
	}
	put("u1", "", &domain.Unit{Name: "基建处", Head: "曾立"})
	put("p1", "", &domain.Post{Name: "招标合约科科长", Unit: domain.To("u1"), People: []string{"翟重庆"}})
	put("r1", "JJ-07", &domain.RiskPoint{Name: "招标合同背离实质条款", Description: "签订的合同与招标文件不一致，重复支付", Unit: domain.To("u1"), Post: domain.To("p1"), Status: domain.PointActive})
	put("r2", "JJ-08", &domain.RiskPoint{Name: "虚签工程量", Description: "银行流水与签证单不符", Unit: domain.To("u1")})
	put("m1", "", &domain.Measure{Content: "合同条款逐项比对，法务会签", Point: domain.To("r1"), No: 1})
	put("w1", "JL2", &domain.Workflow{Name: "工程招标与合同签订", Unit: domain.To("u1"), Steps: []domain.Step{{ID: "s1", No: 1, Name: "编制招标文件"}, {ID: "s2", No: 2, Name: "签订合同"}}})
	put("i1", "XX-01", &domain.Intelligence{Summary: "举报供应商长期固定", Source: "信访举报"})
	put("sys", "", &domain.IndicatorSystem{Name: "岗位指标", Dimensions: []domain.Dimension{{Code: "A", Name: "权力", Indicators: []domain.Indicator{{Code: "A1", Name: "自由裁量空间"}}}}})
	return p
}

// found lists what a query finds as kind:id, in order.
func found(x *search.Index, query string) string {
	var out []string
	for _, g := range x.Find(query, 20) {
		for _, h := range g.Hits {
			out = append(out, string(g.Kind)+":"+string(h.ID))
		}
	}
	return strings.Join(out, " ")
}

func TestFindsByWordCodeAndPinyin(t *testing.T) {
	x := search.Build(search.Snapshot(pilot()))
	for query, want := range map[string]string{
		"zbht":          "riskpoint:r1 workflow:w1 measure:m1", // 招标合同, 招标与合同; the measure names its point
		"zhaobiaohet":   "riskpoint:r1 workflow:w1",            // in full, ending within a syllable
		"haobiao":       "",                                    // does not begin at a syllable
		"jj-08":         "riskpoint:r2",                        // code
		"ＪＪ－０８":         "riskpoint:r2",                        // typed full-width
		"签订合同":          "step:s2",                             // a step is found by itself
		"基建处 虚签":        "riskpoint:r2",                        // every word, also the department's name
		"基建处 没有":        "",                                    //
		"cfzf":          "riskpoint:r1",                        // 重复支付: chong fu, not zhong
		"yhls":          "riskpoint:r2",                        // 银行流水: hang
		"zengli":        "",                                    // full pinyin is for titles
		"zl":            "unit:u1",                             // 曾立: zeng, in the body
		"zcq":           "post:p1",                             // 翟重庆: zhai chong qing
		"gyscqgd":       "intelligence:i1",                     // 供应商长期固定: chang
		"ziyoucailiang": "indicator:sys",                       // indicators are found, and lead to their system
		"  ":            "",
		"法务会签 合同":       "measure:m1",
	} {
		if got := found(x, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := found(x, "合同"); !strings.HasPrefix(got, "measure:m1 ") {
		t.Errorf("合同: %s; a title that begins so comes first", got)
	}
}

func TestHitShowsWhereItWasFound(t *testing.T) {
	x := search.Build(search.Snapshot(pilot()))
	for query, want := range map[string]string{"重复支付": "重复支付", "cfzf": "重复支付", "招标合同": ""} {
		h := x.Find(query, 5)[0].Hits[0]
		if want == "" && h.Part != "" || !strings.Contains(h.Part, want) {
			t.Errorf("%s: part %q", query, h.Part)
		}
	}
}

func TestTotalsGoBeyondTheLimit(t *testing.T) {
	p := pilot()
	for n := range 60 {
		r := &domain.RiskPoint{Name: fmt.Sprintf("拆分项目之%d", n)}
		r.ID, r.Code = domain.ID(fmt.Sprint("x", n)), fmt.Sprintf("CF-%02d", n)
		p.Put(r)
	}
	g := search.Build(search.Snapshot(p)).Find("拆分", 7)
	if len(g) != 1 || g[0].Total != 60 || len(g[0].Hits) != 7 || g[0].Hits[0].Title != "CF-00 拆分项目之0" {
		t.Errorf("%+v", g)
	}
}

// However a pilot got where it is, the index that followed finds what a new one finds.
func TestFollowingIsBuildingAnew(t *testing.T) {
	texts := []string{"招标", "合同", "重复支付", "验收走过场", "abc", "变更签证"}
	rapid.Check(t, func(t *rapid.T) {
		p := pilot()
		x := search.Build(search.Snapshot(p))
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			id := domain.ID(fmt.Sprint("z", rapid.IntRange(0, 4).Draw(t, "id")))
			del := rapid.Bool().Draw(t, "delete")
			text := rapid.SampledFrom(texts).Draw(t, "text")
			cmd := app.Edit(domain.Op{}, func(d *domain.Pilot) error {
				if del {
					d.Intelligence.Delete(id)
					d.Workflows.Delete(id + "w")
					return nil
				}
				i := &domain.Intelligence{Summary: text}
				i.ID, i.Code = id, string(id)
				w := &domain.Workflow{Name: text, Steps: []domain.Step{{ID: id + "s", No: 1, Name: text + "办理"}}}
				w.ID = id + "w"
				d.Put(i)
				d.Put(w)
				return nil
			})
			cs, err := cmd.Plan(p)
			if err != nil {
				t.Fatal(err)
			}
			p.Apply(cs)
			x.Apply(cs.Changes)
		}
		fresh := search.Build(search.Snapshot(p))
		for _, q := range append(slices.Clone(texts), "zb", "ys", "hetong", "办理") {
			if a, b := sorted(found(x, q)), sorted(found(fresh, q)); !reflect.DeepEqual(a, b) {
				t.Fatalf("%s: %v, anew %v", q, a, b)
			}
		}
	})
}

func sorted(s string) []string {
	out := strings.Fields(s)
	slices.Sort(out)
	return out
}

func TestRenamingIsTold(t *testing.T) {
	p := pilot()
	x := search.Build(search.Snapshot(p))
	rename := func(name string) bool {
		cs, err := app.Edit(domain.Op{}, func(d *domain.Pilot) error {
			u, _ := d.Units.Get("u1")
			u = u.Clone().(*domain.Unit)
			u.Name = name
			d.Put(u)
			return nil
		}).Plan(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Apply(cs)
		return x.Apply(cs.Changes)
	}
	if !rename("后勤处") {
		t.Error("a new name is not told")
	}
	if got := found(x, "后勤处"); got != "unit:u1" {
		t.Errorf("%q", got)
	}
}

// BenchmarkFind answers in the largest pilot that is promised, 100,000 points.
func BenchmarkFind(b *testing.B) {
	p := domain.NewPilot()
	n := 0
	commands, err := app.DemoCommands(100_000, 1, func() domain.ID { n++; return domain.ID(fmt.Sprintf("d%08d", n)) })
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range commands {
		cs, err := c.Plan(p)
		if err != nil {
			b.Fatal(err)
		}
		p.Apply(cs)
	}
	records := search.Snapshot(p)
	x := search.Build(records)
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			search.Build(records)
		}
	})
	for _, q := range []string{"zbht", "招标合同", "zhaobiaohetong", "基建 变更", "没有这样的话", "qqqqq", "z"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				x.Find(q, 20)
			}
		})
	}
}
