package domain

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestLikenessOfKnownTexts(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"拆分项目规避招标", "拆分项目，规避招标", 1}, // punctuation does not count
		{"ＡＢ投标", "ab投标", 1},          // nor width and case
		{"招标文件", "招标公告", 1.0 / 5},    // 招标 | 标文 文件 标公 公告
		{"拆分项目", "变更签证", 0},          // nothing in common
		{"一", "一", 0},                // too short to tell
		{"", "", 0},
	} {
		if got := LikenessOf(c.a, c.b); got != c.want {
			t.Errorf("%s / %s: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func points(texts ...string) *Pilot {
	p := NewPilot()
	p.Put(&Unit{Base: Base{ID: "u"}, Name: "基建处"})
	for i, s := range texts {
		p.Put(&RiskPoint{Base: Base{ID: ID(fmt.Sprint("r", i)), Code: fmt.Sprintf("A-%d", i+1)}, Unit: To("u"), Post: To(ID(fmt.Sprint("p", i%3))), Description: s})
	}
	return p
}

// The index finds what comparing every pair finds: for each point the earlier one
// that it is most like.
func TestNearDuplicatesAreThoseOfAllPairs(t *testing.T) {
	words := []string{"拆分项目", "规避招标", "虚签工程量", "参数倾向", "指定品牌", "验收走过场", "超付进度款", "泄露标底"}
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			s := ""
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(words)-1), 1, 5).Draw(t, "words") {
				s += words[i]
			}
			return s
		}), 2, 25).Draw(t, "texts")
		p := points(texts...)
		best := map[ID]float64{}
		all := p.RiskPoints.All()
		for i, b := range all {
			for _, a := range all[:i] {
				if j := LikenessOf(pointText(a), pointText(b)); j >= NearLikeness {
					best[b.ID] = max(best[b.ID], j)
				}
			}
		}
		got := map[ID]float64{}
		for _, n := range p.NearDuplicates() {
			got[n.B.ID] = n.Likeness
			if CompareCodes(n.A.Code, n.B.Code) >= 0 {
				t.Fatalf("%s before %s", n.A.Code, n.B.Code)
			}
		}
		for id, want := range best {
			if got[id] != want {
				t.Fatalf("%s: %v, want %v", id, got[id], want)
			}
		}
		if len(got) != len(best) {
			t.Fatalf("%v, want %v", got, best)
		}
	})
}

func TestNearDuplicatesStayWithinTheUnitAndLeaveOutTheMerged(t *testing.T) {
	p := points("拆分项目规避公开招标", "拆分项目规避招标", "拆分项目规避公开招标")
	r, _ := p.RiskPoints.Get("r2")
	other := r.Clone().(*RiskPoint)
	other.Unit = Named("另一个处")
	p.Put(other)
	r, _ = p.RiskPoints.Get("r1")
	merged := r.Clone().(*RiskPoint)
	merged.Status = PointMerged
	p.Put(merged)
	if got := p.NearDuplicates(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := p.Copies(); len(got) != 1 || got[0].A.ID != "r0" || got[0].B.ID != "r2" {
		t.Errorf("copies: %v", got)
	}
}

// syllables make texts of which some are alike and most are not.
func manyPoints(n int) []*RiskPoint {
	rnd := rand.New(rand.NewSource(1))
	common := []rune("项目招标合同采购验收审批材料资金管理岗位")
	out := make([]*RiskPoint, n)
	for i := range out {
		var s []rune
		for range 12 {
			if rnd.Intn(3) == 0 {
				s = append(s, common[rnd.Intn(len(common))])
			} else {
				s = append(s, rune(0x4e00+rnd.Intn(2500)))
			}
		}
		if i%10 == 9 {
			s = append(slices.Clone([]rune(out[i-5].Description)), s[0])
		}
		out[i] = &RiskPoint{Base: Base{ID: ID(fmt.Sprint(i)), Code: fmt.Sprintf("A-%d", i)}, Unit: To("u"), Description: string(s)}
	}
	return out
}

func BenchmarkNearDuplicates10000(b *testing.B) {
	p := NewPilot()
	for _, r := range manyPoints(10000) {
		p.Put(r)
	}
	for b.Loop() {
		if n := len(p.NearDuplicates()); n < 900 {
			b.Fatal(n)
		}
	}
}
