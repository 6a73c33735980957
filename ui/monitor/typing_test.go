package monitor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/app/trend"
	"lianshao/storage/sampletest"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/records"
)

func openWatch(t *testing.T) (*pagetest.Host, *watch) {
	t.Helper()
	h := pagetest.New(t, sampletest.Pilot(t))
	w := newWatch(h)
	h.Open(records.NewTabs(w.part()), "")
	return h, w
}

// A clerk types two months one under the other: the row for the next month waits,
// and status, trend, chart and sentence follow.
func TestReadingsAreTypedInPlace(t *testing.T) {
	h, w := openWatch(t)
	w.list.Grid.Select(0, "status")
	w.list.Grid.Focus()
	h.Press(fyne.KeyReturn) // to the readings
	h.Type("9.1")
	h.Press(fyne.KeyReturn)
	h.Type("10.4")
	h.Press(fyne.KeyReturn)
	h.Shot("monitor-readings")
	s := trend.Readings(h.Session().Pilot, w.current)
	if last, period, _ := s.Last(); last != 10.4 || period != "2026-12" {
		t.Fatalf("last reading %g of %s, errors %v", last, period, h.Errors)
	}
	if got := w.list.Grid.Model.Cell(0, "status").Text; got != "报警" {
		t.Errorf("status %q", got)
	}
	if !strings.Contains(w.says.Full(), "2026-12 为 10.4%，报警") {
		t.Errorf("sentence %q", w.says.Full())
	}
	if c := w.readings.Cell(w.readings.Len()-1, colPeriod); c.Text != "2027-01" {
		t.Errorf("the next month is %q", c.Text)
	}
	h.Press(fyne.KeyUp)
	h.Press(fyne.KeyDelete)
	if last, period, _ := trend.Readings(h.Session().Pilot, w.current).Last(); last != 9.1 || period != "2026-11" {
		t.Errorf("after deleting: %g of %s", last, period)
	}
}

// What is no reading or no month is refused by the cell, in one sentence, and changes
// nothing.
func TestBadReadingsAreRefused(t *testing.T) {
	h, w := openWatch(t)
	w.list.Grid.Select(0, "code")
	n := h.Session().Pilot.Readings.Len()
	for _, x := range []struct{ col, text, want string }{
		{colValue, "很高", "读数应为数字"}, {colValue, "NaN", "读数应为数字"}, {colValue, "1e400", "读数应为数字"},
		{colPeriod, "去年", "月份应写成"}, {colPeriod, "2026-13", "月份应写成"},
	} {
		err := w.readings.edit(w.readings.Len()-1, x.col, x.text)
		if err == nil || !strings.Contains(app.Sentence(err), x.want) {
			t.Errorf("%s %q: %v", x.col, x.text, err)
		}
	}
	if err := w.readings.edit(0, colPeriod, "2026-10"); err == nil || !strings.Contains(app.Sentence(err), "已有读数") {
		t.Errorf("two readings of a month: %v", err)
	}
	if err := w.readings.edit(0, colValue, ""); err == nil || !strings.Contains(app.Sentence(err), "删除这一行") {
		t.Errorf("an emptied reading: %v", err)
	}
	if h.Session().Pilot.Readings.Len() != n {
		t.Error("a refused reading was stored")
	}
}

// Readings by quarter, pasted with their quarters, are kept by quarter.
func TestQuartersArePasted(t *testing.T) {
	h, w := openWatch(t)
	h.TapButton("新增")
	m := w.current
	if m == nil || m.Name != "新监测指标" {
		t.Fatalf("new monitor %+v, errors %v", m, h.Errors)
	}
	w.readings.grid.Focus()
	w.readings.grid.Select(0, colPeriod)
	h.Paste("2025Q4\t3\r\n2026年1季度\t4\r\n2026年第二季度\t4.5%\r\n")
	if said := w.readings.grid.ErrorText(); said != "" {
		t.Fatal(said)
	}
	s := trend.Readings(h.Session().Pilot, m)
	if s.N() != 3 || s.Step() != 3 || w.readings.next != "2026-09" || s.Values[2] != 4.5 {
		t.Errorf("readings %+v, next %s", s, w.readings.next)
	}
	if !strings.Contains(w.says.Full(), "数据不足") {
		t.Errorf("three readings: %q", w.says.Full())
	}
	w.readings.grid.Select(0, colValue)
	h.Paste("7\r\n4\r\n8\r\n")
	if say := h.Toasts[len(h.Toasts)-1]; !strings.Contains(say, "改了 2 格") || !strings.Contains(say, "1 格本来就一样") {
		t.Errorf("two of three pasted anew: %q", say)
	}
}

// Percentages kept as fractions are typed and shown as percentages, thresholds too.
func TestFractionsAreTypedAsPercentages(t *testing.T) {
	h, w := openWatch(t)
	m, _ := h.Session().Pilot.Monitors.ByKey("M07")
	w.list.Grid.SelectID(m.ID)
	if err := w.readings.edit(w.readings.Len()-1, colValue, "33"); err != nil {
		t.Fatal(err)
	}
	if last, _, _ := trend.Readings(h.Session().Pilot, m).Last(); last != 0.33 {
		t.Errorf("33 became %g", last)
	}
	row := w.list.Grid.Model.RowOf(m.ID)
	if err := w.list.Grid.OnEdit(row, "alarm", "30%"); err != nil {
		t.Fatal(err)
	}
	if m, _ = h.Session().Pilot.Monitors.Get(m.ID); m.Alarm != 0.3 || w.list.Grid.Model.Cell(row, "status").Text != "报警" {
		t.Errorf("alarm %g, status %q", m.Alarm, w.list.Grid.Model.Cell(row, "status").Text)
	}
}

// A point tied by Space is lifted by the monitor, and the page says by what.
func TestPointsAreTied(t *testing.T) {
	h, w := openWatch(t)
	levels := newRaisedTab(h)
	w.list.Grid.Select(0, "code")
	w.side.SelectIndex(1)
	row := 0
	for w.ties.tied(w.ties.points[row]) {
		row++
	}
	pt := w.ties.points[row]
	w.ties.grid.Select(row, "tied")
	w.ties.grid.Focus()
	h.Type(" ")
	if !w.ties.tied(pt) {
		t.Fatalf("%s is not tied, errors %v", pt.Code, h.Errors)
	}
	h.Shot("monitor-ties")
	if c := w.ties.Cell(row, "by"); !strings.Contains(c.Text, trend.ByTrend) {
		t.Errorf("raised by %q", c.Text)
	}
	levels.load()
	found := false
	for i := range levels.rows {
		if levels.rows[i].point.ID == pt.ID {
			found = true
			levels.grid.Select(i, "")
			levels.tell(i)
			if says := levels.says.Full(); !strings.Contains(says, "由规则、趋势决定") || !strings.Contains(says, "M01 工程变更率 显著上升") {
				t.Errorf("why: %s", says)
			}
		}
	}
	if !found || !strings.Contains(levels.head.Text, "由监测提高") {
		t.Errorf("%s is not listed under %q", pt.Code, levels.head.Text)
	}
}
