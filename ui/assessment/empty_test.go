package assessment

import (
	"testing"

	"lianshao/ui/page/pagetest"
)

// In an empty pilot every tab says in a sentence what it is for and what comes first.
func TestEmptyTabsSayWhatComesFirst(t *testing.T) {
	h := pagetest.New(t, nil)
	pg := New(h).(*tabbed)
	h.Open(pg, "")
	for id, want := range map[string]string{FactorsTab: "成因要素来自", SystemsTab: "指标体系说明给什么打分", SchemesTab: "预警等级方案说明", RoundsTab: "一轮评估先定方法",
		ScoresTab: "评估从这里开始", CompareTab: "还没有两次评估", JudgeTab: "还没有评估", WhatIfTab: "还没有评估"} {
		pg.Show(id)
		h.Sees(want)
		h.Shot("empty-" + id)
	}
	for _, want := range []string{FactorsTab, SystemsTab} { // after the last comes the first
		if want == FactorsTab {
			pg.Show(WhatIfTab)
		}
		pg.NextTab(1)
		if pg.up().id != want {
			t.Errorf("the next tab is %s, want %s", pg.up().id, want)
		}
	}
	if pg.NextTab(-2); pg.up().id != WhatIfTab {
		t.Errorf("two back is %s", pg.up().id)
	}
	if len(h.Errors) > 0 {
		t.Error(h.Errors)
	}
}
