package publish_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app/publish"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// pilot is a small pilot with a person in every field that holds one.
func pilot() *domain.Pilot {
	p := domain.NewPilot()
	put := func(r domain.Record, id domain.ID) {
		domain.BaseOf(r).ID, domain.BaseOf(r).Code = id, string(id)
		p.Put(r)
	}
	put(&domain.Unit{Name: "基建处", Head: "欧阳守义", Leader: "副校长钱守礼"}, "u")
	put(&domain.Post{Unit: domain.To("u"), Name: "招标合约科科长"}, "post")
	put(&domain.Member{Group: domain.GroupLeading, Role: "组长", Name: "孙守智", Title: "党委副书记"}, "m1")
	put(&domain.Member{Group: domain.GroupNetwork, Name: "张三、李某某", Title: "审计处"}, "m2")
	put(&domain.RiskPoint{Unit: domain.To("u"), Post: domain.To("post"), Name: "拆分项目", Description: "化整为零规避招标",
		Owner: "招标合约科科长\n周守信", UnitHead: "吴守廉", Leader: "郑守洁"}, "JJ-01")
	put(&domain.Measure{Point: domain.To("JJ-01"), No: 1, Content: "年度计划合并", Owner: "王守恒（甲方代表）"}, "JJ-01-1")
	put(&domain.Opinion{From: "后勤职工冯某", Content: "听说招标科的人每逢过节都去收施工单位的购物卡，群众意见很大"}, "YJ-01")
	put(&domain.Intelligence{Source: "信访举报", Summary: "匿名信反映某维修工程由同一施工队连续三年承揽"}, "XX-01")
	put(&domain.Inspection{Measure: domain.To("JJ-01-1"), Inspector: "陈守正"}, "JC-1")
	put(&domain.Warning{Point: domain.To("JJ-01"), Signer: "褚守纪", Index: 86.9312}, "YJ〔2026〕1号")
	put(&domain.Assessment{No: 1, Assessors: []domain.Assessor{{Name: "卫守规", Title: "组长"}, {Name: "审计处"}}}, "PG-1")
	return p
}

var names = []string{"欧阳守义", "钱守礼", "孙守智", "张三", "李某某", "周守信", "吴守廉", "郑守洁", "王守恒", "冯某", "陈守正", "褚守纪", "卫守规"}

func TestPeople(t *testing.T) {
	got := publish.People(pilot())
	for _, n := range names {
		if !slices.Contains(got, n) {
			t.Errorf("%s is not among %v", n, got)
		}
	}
	for _, office := range []string{"招标合约科科长", "审计处", "组长", "党委副书记", "基建处", "甲方代表"} {
		if slices.Contains(got, office) {
			t.Errorf("%s is an office, not a person", office)
		}
	}
}

// Whatever sort of secret stands wherever in a paper, the guard finds it at every
// public level, and lets the office's own words through.
func TestGuardFindsSecrets(t *testing.T) {
	secrets := append(slices.Clone(names), "张　三", "张 三", "欧阳 守义", "86.93",
		"听说招标科的人，每逢过节都去收施工单位的购物卡", "某维修工程由同一施工队连续三年承揽")
	p := pilot()
	for _, l := range []publish.Level{publish.Posts, publish.Masked, publish.Counts} {
		g := publish.NewGuard(p, l)
		for _, s := range secrets {
			for where, put := range places(s) {
				parts := publish.TableParts(put)
				err := g.Check("公示.xlsx", parts)
				if err == nil || !strings.Contains(err.Error(), where) {
					t.Errorf("%s: %q in %s: %v", l, s, where, err)
				}
			}
			if g.Check("关于"+s+"的公示.pdf", nil) == nil {
				t.Errorf("%s: %q in the file name went through", l, s)
			}
		}
		clean := table.TableModel{Title: "基建处廉政风险点公示", Rows: []table.Row{table.Texts("招标合约科科长", "化整为零规避招标", "86.9", "2026.93", "年度计划合并")}}
		if err := g.Check("公示.pdf", publish.TableParts(&clean)); err != nil {
			t.Errorf("%s: %v", l, err)
		}
	}
	if err := publish.NewGuard(p, publish.Internal).Check("张三.pdf", []publish.Part{{Where: "第1页", Text: "张三 86.93"}}); err != nil {
		t.Errorf("an internal paper: %v", err)
	}
}

func places(s string) map[string]*table.TableModel {
	text := "前文" + s + "后文"
	return map[string]*table.TableModel{
		"标题":        {Title: text},
		"表下说明":      {Notes: []string{text}},
		"签字栏":       {Signs: []string{text}},
		"第2行“责任人”栏": {Columns: []table.Column{{Title: "责任人"}}, Rows: []table.Row{table.Texts("甲"), table.Texts(text)}},
		"栏目名":       {Columns: []table.Column{{Title: text}}},
		"表头行":       {Subtitles: []table.Line{{Center: text}}},
		"页脚":        {Footer: text},
	}
}

func TestCleanThenCheck(t *testing.T) {
	p := pilot()
	for l, want := range map[publish.Level]string{publish.Posts: "联系人某某、某某", publish.Masked: "联系人欧阳*、张*", publish.Counts: "联系人某某、某某"} {
		g := publish.NewGuard(p, l)
		m := &table.TableModel{Title: "公示", Notes: []string{"联系人欧阳守义、张　三"}}
		g.CleanTable(m)
		if m.Notes[0] != want {
			t.Errorf("%s: %q, want %q", l, m.Notes[0], want)
		}
		if err := g.Check("公示", publish.TableParts(m)); err != nil {
			t.Error(err)
		}
	}
}

// A name that a line break cuts in two is found on the laid out page.
func TestNameAcrossLines(t *testing.T) {
	page := draw.Drawing{Items: []draw.Item{draw.Text{X: 10, Y: 20, Size: 3, String: "责任人孙守"}, draw.Text{X: 10, Y: 24, Size: 3, String: "智等人"}}}
	g := publish.NewGuard(pilot(), publish.Posts)
	if err := g.Check("公示.pdf", publish.PageParts([]draw.Drawing{page})); err == nil || !strings.Contains(err.Error(), "第1页") {
		t.Errorf("%v", err)
	}
}

// Words of an opinion that was adopted into a paper by a revision may be printed.
func TestAdoptedWords(t *testing.T) {
	p := pilot()
	words := "每逢过节都去收施工单位的购物卡"
	r := &domain.Revision{Type: domain.RevisionEdit, Point: domain.To("JJ-01"), Opinions: []domain.Ref{domain.To("YJ-01")}, After: "违规收受礼品，" + words}
	r.ID = "r"
	p.Put(r)
	g := publish.NewGuard(p, publish.Posts)
	if err := g.Check("公示", []publish.Part{{Where: "第1行", Text: r.After}}); err != nil {
		t.Error(err)
	}
	if g.Check("公示", []publish.Part{{Where: "第1行", Text: "听说招标科的人每逢过节都去收"}}) == nil {
		t.Error("the rest of the opinion went through")
	}
}

// No count from 1 to 4 can be read or worked out from a suppressed table.
func TestSuppress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "cols")
		counts := make([][]int, rows)
		for i := range counts {
			for k := range cols {
				counts[i] = append(counts[i], rapid.IntRange(0, 30).Draw(t, fmt.Sprint(i, k)))
			}
		}
		cells, totals, sums := publish.Suppress(counts)
		small := func(s string) bool { return slices.Contains([]string{"1", "2", "3", "4"}, s) }
		if slices.ContainsFunc(totals, small) || slices.ContainsFunc(sums, small) {
			t.Fatalf("totals %v %v", totals, sums)
		}
		hidden := func(line []string) int {
			n := 0
			for _, s := range line {
				if small(s) {
					t.Fatalf("%q shows", s)
				}
				if s == "＊" {
					n++
				}
			}
			return n
		}
		for i := range cells {
			if hidden(cells[i]) == 1 && cols > 1 {
				t.Fatalf("row %v gives its count away", cells[i])
			}
		}
		for k := range cols {
			var column []string
			for i := range cells {
				column = append(column, cells[i][k])
			}
			if hidden(column) == 1 && rows > 1 {
				t.Fatalf("column %v gives its count away", column)
			}
		}
	})
}

func TestParseLevel(t *testing.T) {
	for text, want := range map[string]publish.Level{"": publish.Posts, "p2": publish.Masked, "P0": publish.Internal} {
		if l, err := publish.ParseLevel(text); err != nil || l != want {
			t.Errorf("%q: %v %v", text, l, err)
		}
	}
	if _, err := publish.ParseLevel("P9"); err == nil {
		t.Error("P9 is a level")
	}
}
