package monitor

import (
	"context"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// monthly is a pilot with the monitors of the example and nothing else.
func monthly(t *testing.T) *domain.Pilot {
	t.Helper()
	b, err := xlsx.Reader{}.Read(context.Background(), "../../assets/sample/监测指标月报.xlsx", nil)
	if err != nil {
		t.Fatal(err)
	}
	p := domain.NewPilot()
	plan := intake.NewPlan(p, intake.Analyse([]*intake.Book{b}, intake.Options{}), intake.Env{IDs: pagetest.NewIDs("s"), Year: 2026})
	p.Apply(plan.Changes)
	return p
}

func show(t *testing.T) (*pagetest.Host, *records.Grid, *widgets.Prose) {
	t.Helper()
	h := pagetest.New(t, monthly(t))
	part := monitors(h)
	h.Open(records.NewTabs(part, readings(h)), "")
	for _, l := range pagetest.Find[*widgets.Prose](h) {
		if strings.HasPrefix(l.Full(), "M01 ") {
			return h, part.List.Grid, l
		}
	}
	t.Fatalf("no sentence under the chart: %q", h.Texts())
	return nil, nil, nil
}

func TestStatusAndTrendAreSeenWithoutScrolling(t *testing.T) {
	h, grid, _ := show(t)
	h.Shot("monitor")
	end := float32(0)
	for _, c := range grid.Columns() {
		end += c.Width
		if c.ID == "trend" && end > grid.Size().Width {
			t.Errorf("趋势 ends at %g, the table is %g wide", end, grid.Size().Width)
		}
	}
	for row, want := range []string{"预警 显著上升（恶化）", "正常 显著上升（恶化）", "正常 无明显趋势（平稳）"} {
		if got := grid.Model.Cell(row, "status").Text + " " + grid.Model.Cell(row, "trend").Text; got != want {
			t.Errorf("row %d: %q, want %q", row, got, want)
		}
	}
	if got := grid.Model.Cell(11, "trend").Text; got != "仅供参考" {
		t.Errorf("M12: %q", got)
	}
}

// The sentence and the forecast follow the selected row, and both fit.
func TestSentenceUnderTheChart(t *testing.T) {
	h, grid, says := show(t)
	chart := pagetest.Find[*pen.Chart](h)[0]
	for row, want := range map[int]string{0: "预计 2027-01 为 9.71%", 6: "2026-10 为 31.2%", 8: "报警", 11: "仅供参考，不作检验和预测", 13: "数据不足"} {
		grid.Select(row, "code")
		if !strings.Contains(says.Full(), want) {
			t.Errorf("row %d: %q, want %q", row, says.Full(), want)
		}
		if says.Size().Height < says.MinSize().Height || says.Position().Y < chart.Size().Height {
			t.Errorf("row %d: the sentence needs %g, has %g at %g under a chart of %g", row, says.MinSize().Height, says.Size().Height, says.Position().Y, chart.Size().Height)
		}
		forecast := false
		for _, hit := range chart.Drawing().Hits {
			forecast = forecast || strings.Contains(hit.Tip, "预测")
		}
		if forecast != (row < 11) {
			t.Errorf("row %d: forecast drawn %v", row, forecast)
		}
	}
}

// A reading put right changes status, trend and sentence at once.
func TestReadingsAreFollowed(t *testing.T) {
	h, grid, says := show(t)
	grid.Select(0, "code")
	m, _ := h.Session().Pilot.Monitors.ByKey("M01")
	err := h.Do(app.Edit(domain.Op{Name: "test", Label: "改读数"}, func(d *domain.Pilot) error {
		for _, r := range d.Readings.By(domain.ByMonitor, m.ID) {
			c := r.Clone().(*domain.Reading)
			c.Value = 2
			d.Put(c)
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := grid.Model.Cell(0, "status").Text + " " + grid.Model.Cell(0, "trend").Text; got != "正常 无明显趋势（平稳）" || !strings.Contains(says.Full(), "为 2%，正常") {
		t.Errorf("%q, %q", got, says.Full())
	}
}
