package report_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/assets"
	"lianshao/domain"
)

// words are the texts of a page, cell by cell.
func words(page draw.Drawing) string {
	var out []string
	for _, it := range page.Items {
		if x, ok := it.(draw.Text); ok {
			out = append(out, x.String)
		}
	}
	return strings.Join(out, " ")
}

func TestMonitorsPaper(t *testing.T) {
	in := sampleInput(t, 0)
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	p, ok := report.PaperByID("monitors")
	if !ok {
		t.Fatal("no paper monitors")
	}
	rows := p.Tables(in, report.Options{})[0].Rows
	if len(rows) != 16 {
		t.Fatalf("%d rows, want 16", len(rows))
	}
	for i, want := range map[int]string{
		0:  "M01|基建处|工程变更率|5%|10%|2026-10|8.3%|预警|18|5.303|＜0.0001|0.3000|显著上升（恶化）",
		6:  "M07|设备和实验室管理处|单一来源占比|20%|35%|2026-10|31.2%|预警|18|4.848|＜0.0001|0.0146|显著上升（恶化）",
		8:  "M09|设备和实验室管理处|贴近限额采购笔数|2笔|3笔|2026-10|3笔|报警|18|3.820|0.0001|0.1667|显著上升（恶化）",
		11: "M12|设备和实验室管理处|报废处置残值率|3%|1%|2026-09|2.1%|预警|6|—|—|—|仅供参考（少于8个读数，不作检验）",
		13: "M14|两部门|防范措施逾期率|10%|20%|2026-10|7.5%|正常|2|—|—|—|数据不足",
	} {
		var got []string
		for _, c := range rows[i].Cells[:13] {
			got = append(got, c.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("row %d: %s\nwant   %s", i, s, want)
		}
	}
	pages, err := p.Pages(in, report.Options{}, m)
	if err != nil || len(pages) != 10 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	if all := words(pages[0]) + words(pages[1]); !strings.Contains(all, "报警 1 项，预警 4 项；趋势显著恶化 5 项") || !strings.Contains(all, "JJ-09 橙→红") {
		t.Errorf("pages say: %s", all)
	}
	unit, _ := in.Pilot.Resolve(domain.KindUnit, domain.Ref{}, "基建处")
	if own := p.Tables(in, report.Options{Unit: unit})[0].Rows; len(own) < 6 || len(own) >= 16 || own[0].Cells[0].Text != "M01" {
		t.Errorf("%d rows for one unit", len(own))
	}
}

func TestMonitorChart(t *testing.T) {
	in := sampleInput(t, 0)
	by := map[string]*chart.Lines{}
	for _, m := range in.Pilot.Monitors.All() {
		by[m.Code] = report.MonitorLines(in.Pilot, m)
	}
	l := by["M01"]
	if l.Forecast == nil || !slices.Equal(l.Forecast.Labels, []string{"2026-11", "2026-12", "2027-01"}) || l.Forecast.Note != "80%区间" {
		t.Errorf("M01 forecast %+v", l.Forecast)
	}
	if len(l.Labels) != 18 || l.Labels[17] != "2026-10" || l.Series[0].Values[17] != 8.3 {
		t.Errorf("M01 labels %v values %v", l.Labels, l.Series[0].Values)
	}
	// a fraction with a per cent sign is drawn in per cent, its thresholds and forecast too
	if l = by["M07"]; math.Abs(l.Series[0].Values[17]-31.2) > 1e-9 || l.Thresholds[1].Value != 35 || l.Forecast.Mean[0] < 10 {
		t.Errorf("M07: %v %v %v", l.Series[0].Values, l.Thresholds, l.Forecast)
	}
	// quarters stand side by side, without a forecast as there are only six
	if l = by["M12"]; len(l.Labels) != 6 || l.Forecast != nil || slices.ContainsFunc(l.Series[0].Values, math.IsNaN) {
		t.Errorf("M12: %v %v", l.Labels, l.Series[0].Values)
	}
	// a missing month is a gap
	if l = by["M05"]; len(l.Labels) != 17 || !slices.ContainsFunc(l.Series[0].Values, math.IsNaN) {
		t.Errorf("M05: %v %v", l.Labels, l.Series[0].Values)
	}
	c, err := report.ChartByID("monitors")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Build(in).(*chart.Lines); !strings.HasPrefix(got.Title, "M09 ") {
		t.Errorf("the chart shows %s, want the only one in alarm, M09", got.Title)
	}
}
