package summary_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/summary"
	"lianshao/app/sample"
	"lianshao/app/warn"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/xlsx"
)

func day() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local) }

func session(t *testing.T, tpl app.Template) *app.Session {
	t.Helper()
	n := 0
	ids := func() domain.ID { n++; return domain.ID(fmt.Sprintf("id%06d", n)) }
	s, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(t.TempDir(), "试点.lianshao"), tpl, sample.Year, day, ids, "测试")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func facts(t *testing.T, s *app.Session) summary.Facts {
	t.Helper()
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	return summary.FactsOf(s, m)
}

func text(d *document.Document) string { return strings.Join(d.Texts(), "\n") }

// The report says the example's own numbers.
func TestReportOfTheSample(t *testing.T) {
	s := session(t, app.TemplateUniversity)
	if err := sample.Fill(s, xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	d := summary.Report(facts(t, s))
	got := text(d)
	for _, want := range []string{"云海师范大学\n廉政风险预警防范试点工作总结报告", "试点部门2个：基建处、设备和实验室管理处，涉及工作岗位24个",
		"职权25项、工作流程11个（114个步骤），登记有效廉政风险点41个", "共排查出有效廉政风险点41个（另有1个经核对合并）",
		"收到意见19条（其中匿名7条），采纳11条、部分采纳6条、不采纳2条", "首次评估，红9个、橙17个、黄10个、蓝5个", "再评估，红1个、橙15个、黄18个、蓝7个",
		"部门层面5个维度18项指标", "岗位层面3个维度10项指标", "再评估后仍处于最高等级的风险点1个", "2026年8月27日", "教卫党委", "2026年11月20日", "应到18人，实到17人，组织观看案例警示片《失守的工地》", "（云师纪〔2026〕6号）", "还缺：上报文"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for _, wrong := range []string{"NaN", "0个删除", "%!", "。。", "，。", "；。"} {
		if strings.Contains(got, wrong) {
			t.Errorf("the report says %q", wrong)
		}
	}
	missing := d.MissingFacts()
	for _, want := range []string{"预警的签发日期和份数", "第1次公示的范围"} {
		if !slices.Contains(missing, want) {
			t.Errorf("%q is not among what is missing: %q", want, missing)
		}
	}
	pictures, tables := 0, 0
	for _, b := range d.Blocks {
		switch v := b.(type) {
		case document.Picture:
			pictures++
		case document.Table:
			tables++
			for i, r := range v.Rows {
				width := 0
				for _, c := range r.Cells {
					width += max(1, c.ColSpan)
				}
				if width != len(v.Columns) {
					t.Errorf("table %d row %d is %d columns wide, want %d", tables, i, width, len(v.Columns))
				}
			}
		}
	}
	if pictures != 2 || tables != 11 {
		t.Errorf("%d pictures, %d tables", pictures, tables)
	}
	letter := text(summary.Letter(facts(t, s)))
	for _, want := range []string{"教卫党委、纪委：", "排查廉政风险点41个，制订防范措施98条", "随文报送"} {
		if !strings.Contains(letter, want) {
			t.Errorf("the letter lacks %q", want)
		}
	}
}

// What happened after the import is told too, and then no longer missing.
func TestReportTellsMeetingsAndWarnings(t *testing.T) {
	s := session(t, app.TemplateUniversity)
	if err := sample.Fill(s, xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Do(warn.IssueRound(s.Result(1), "2026-08-28", s.NewID)); err != nil {
		t.Fatal(err)
	}
	err := s.Do(app.Edit(domain.Op{Name: "edit", Label: "会议"}, func(p *domain.Pilot) error {
		u := p.Units.All()[0]
		m := &domain.Meeting{Type: domain.MeetingMobilise, Unit: domain.To(u.ID), Date: "2026-06-05", Speaker: "党委副书记", Expected: 30, Present: 28, Film: "警钟"}
		m.ID = s.NewID()
		p.Put(m)
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	d := summary.Report(facts(t, s))
	got := text(d)
	for _, want := range []string{"2026年6月5日，在" + s.Pilot.Units.All()[0].Name + "召开动员会，由党委副书记讲话，应到30人，实到28人，组织观看案例警示片《警钟》",
		"自2026年8月28日起，领导小组按等级签发预警通知书36份（红色9份、橙色17份、黄色10份）"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for _, m := range d.MissingFacts() {
		if strings.Contains(m, "动员会") || strings.Contains(m, "预警的签发") {
			t.Errorf("%q is called missing", m)
		}
	}
}

// An empty pilot gives a report that is all marks and no invention.
func TestReportOfAnEmptyPilot(t *testing.T) {
	s := session(t, app.TemplateBlank)
	d := summary.Report(facts(t, s))
	if n := len(d.MissingFacts()); n < 12 {
		t.Errorf("only %d facts are missing: %q", n, d.MissingFacts())
	}
	if got := text(d); strings.Contains(got, "NaN") || strings.Contains(got, "云海") {
		t.Error(got)
	}
	if text(summary.Letter(facts(t, s))) == "" {
		t.Error("no letter")
	}
}
