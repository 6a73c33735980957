package intake

import (
	"slices"
	"testing"

	"lianshao/domain"
)

func TestSplitMeasures(t *testing.T) {
	for text, want := range map[string][]string{
		"1.甲；\n2.乙。":             {"甲", "乙"},
		"1.甲；2.乙；3.丙。":           {"甲", "乙", "丙"},
		"１．甲；\n２．乙":              {"甲", "乙"},
		"（1）甲；\n（2）乙；":           {"甲", "乙"},
		"1、甲\n2、乙":               {"甲", "乙"},
		"预约按时间顺序自动排队。":           {"预约按时间顺序自动排队"},
		"1.5万元以上变更委托复核；\n2.随单归档": {"5万元以上变更委托复核", "随单归档"},
		"1.5万元以上的变更须上会":          {"1.5万元以上的变更须上会"},
		"1.甲，\n接着写；\n2.乙":        {"甲，\n接着写", "乙"},
		"签字；\n存档":                {"签字；\n存档"},
		"1.甲":                    {"甲"},
		"":                       nil,
	} {
		if got := splitMeasures(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestParseScore(t *testing.T) {
	for text, want := range map[string]int{"1": 1, "5 ": 5, "３": 3, "4分": 4, "２分": 2, "4.0": 4, " 5": 5} {
		if got, ok := parseScale(trim(text)); !ok || got != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"0", "6", "9", "2.5", "-1", "高", "4-5", "1/3", ""} {
		if n, ok := parseScale(text); ok {
			t.Errorf("%q was read as %d", text, n)
		}
	}
	for text, want := range map[string]domain.Mark{"": domain.Blank, "／": domain.Abstained, "/": domain.Abstained, "弃权": domain.Abstained, "—": domain.Abstained, "４分": 4} {
		if got, ok := parseMark(&domain.Indicator{}, text); !ok || got != want {
			t.Errorf("mark %q: %d %v", text, got, ok)
		}
	}
}

func TestParseDates(t *testing.T) {
	for text, want := range map[string]domain.Due{"46285": {Date: "2026-09-20"}, "2026年9月15日": {Date: "2026-09-15"}, "2026.9.20": {Date: "2026-09-20"},
		"9月上旬": {Date: "2026-09-10", Text: "9月上旬"}, "2026年9月底": {Date: "2026-09-30", Text: "2026年9月底"}, "长期": {Text: "长期"}, "": {}} {
		if got, _ := parseDue(text, 2026, false); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if d, ok := parseDay("44823", 2026, true); !ok || d != "2026-09-20" {
		t.Errorf("1904: %s %v", d, ok)
	}
	if _, ok := parseDay("12", 2026, false); ok {
		t.Error("12 was read as a day")
	}
	if d, _ := parseDay("2026-09-20 00:00:00", 0, false); d != "2026-09-20" {
		t.Errorf("with time: %s", d)
	}
}

func TestReadNumbersOfRounds(t *testing.T) {
	for text, want := range map[string]int{"第一次（风险点）": 1, "第2次": 2, "第十次": 10, "第３轮": 3, "2": 2, "两次": 0} {
		if got := ordinal(text); got != want {
			t.Errorf("ordinal %q: %d, want %d", text, got, want)
		}
	}
	for text, want := range map[string]int{"廉政风险首次评估评分表（2026年8月）": 1, "再评估评分表": 2, "第三次评估": 3, "第4轮评分": 4, "评分表": 0} {
		if got := roundOf(text); got != want {
			t.Errorf("round %q: %d, want %d", text, got, want)
		}
	}
	for in, want := range map[[2]string]string{{"2025年", "5月"}: "2025-05", {"", "2026年12月"}: "2026-12", {"", "2026.3"}: "2026-03", {"", "2026-03"}: "2026-03", {"", "5月"}: "", {"2025年", "备注"}: "", {"", "13"}: ""} {
		if got := period(in[0], in[1]); got != want {
			t.Errorf("period %v: %q, want %q", in, got, want)
		}
	}
}

// Column headers of published forms of other institutions are understood.
func TestOtherForms(t *testing.T) {
	for _, x := range []struct{ form, header, row, want string }{
		{"riskpoint", "序号|单位/科室|风险类别|风险点|主要内容及表现形式|风险等级（高中低）|防控措施|部门负责人|责任领导", "1|综合科|业务流程|拆分|把项目拆开|高|1.合并|张某|李某", "no office category name description level measures head leader"},
		{"riskpoint", "序号|部门|重要环节|表现形式|涉及岗位|等级|防控要点及措施|直接责任人|部门责任人|责任领导", "1|基建处|招标|拆分|科长|高|合并|甲|乙|丙", "no unit step description post level measures owner head leader"},
		{"riskpoint", "岗位类别|风险名称|风险描述|防控措施|监测指标", "采购|围标|串通|检查|雷同率", "post name description measures -"},
		{"riskpoint", "岗位风险编号|部门|岗位|执行年份|风险项目名称|风险点描述|可能性L|严重性C|廉政风险值D|等级|预防和控制措施", "F1|基建处|科长|2026|围标|串通|3|4|12|高|检查", "code unit post - name description likelihood impact - level measures"},
		{"authority", "序号|权力名称|权力行使部门|授权依据|负责人", "1|验收权|基建处|办法|处长", "no name unit basis holder"},
		{"authority", "序号|权力名称|岗位责任人|授权依据", "1|验收权|处长|办法", "no name holder basis"},
		{"opinion", "编号|公示批次|日期|渠道|意见人|对应风险点|意见|采纳|理由|答复人", "1|第一次|7月1日|电话|匿名|A1|好|采纳|对|某", "code disclosure received channel from points content decision reason replyby"},
		{"inspection", "风险点编号|条|措施内容|落实情况|存在问题|整改期限", "A1|1|做|已落实|无|", "point item content result problem rectify"},
	} {
		s := &Sheet{Name: "Sheet1", Rows: []Row{{No: 1, Cells: []string{"某单位廉政风险表"}}, {No: 3, Cells: splitBar(x.header)}, {No: 4, Cells: splitBar(x.row)}}}
		g := Analyse([]*Book{{File: "表.xlsx", Sheets: []*Sheet{s}}}, Options{})[0]
		if g.Form == nil || g.Form.ID != x.form || g.HeaderRow != 3 || g.HeaderRows != 1 {
			t.Errorf("%s: taken for %+v (%s)", x.header, g.Form, g.Why)
			continue
		}
		got := ""
		for i, c := range g.Columns {
			if i > 0 {
				got += " "
			}
			if c.Field == "" {
				c.Field = "-"
			}
			got += c.Field
		}
		if got != x.want {
			t.Errorf("%s:\n %s, want\n %s", x.header, got, x.want)
		}
	}
}

func splitBar(s string) []string {
	var out []string
	for len(s) > 0 {
		i := 0
		for i < len(s) && s[i] != '|' {
			i++
		}
		out = append(out, s[:i])
		if i == len(s) {
			break
		}
		s = s[i+1:]
	}
	return out
}

// Every canonical header is understood as the field it is written for.
func TestCanonicalHeaders(t *testing.T) {
	for _, fm := range Forms() {
		for _, fd := range fm.Fields {
			if got := fm.lookup(headerKeys(fd.Header)[0]); got != fd.Name {
				t.Errorf("%s: header %q of %s is read as %q", fm.ID, fd.Header, fd.Name, got)
			}
			if fm.Header(fd.Name) != fd.Header {
				t.Errorf("%s: Header(%s) is %q", fm.ID, fd.Name, fm.Header(fd.Name))
			}
		}
	}
}

// What may be several days is asked about, in dates of words as in dates of days.
func TestDatesToConfirm(t *testing.T) {
	for _, c := range []struct{ due, date, text, note string }{
		{"2026年9月20日", "2026-09-20", "", ""}, {"二〇二六年九月二十日", "2026-09-20", "", ""}, {"长期", "", "长期", ""}, {"9月底", "2026-09-30", "9月底", ""},
		{"46285", "2026-09-20", "", "这一格是数字 46285，按日期 2026-09-20 读取，请核对"},
		{"3/4/2026", "", "3/4/2026", "“3/4/2026”可能是 2026年3月4日，也可能是 2026年4月3日，只记下原文。请写成 2026-09-20 这样的日期"},
		{"26.5", "", "26.5", "“26.5”可能是 2026年5月，只记下原文。请写成 2026-09-20 这样的日期"},
	} {
		due, note := parseDue(c.due, 2026, false)
		if due != (domain.Due{Date: domain.Date(c.date), Text: c.text}) || note != c.note {
			t.Errorf("%q: %+v %q", c.due, due, note)
		}
	}
	s := &Sheet{Name: "意见", Rows: []Row{{No: 1, Cells: splitBar("编号|收到日期|意见人|意见内容|采纳情况")}, {No: 2, Cells: splitBar("YJ-01|3/4/2026|某|好|采纳")},
		{No: 3, Cells: splitBar("YJ-02|2026年9月|某|好|采纳")}, {No: 4, Cells: splitBar("YJ-03|46285|某|好|采纳")}}}
	n := 0
	pl := NewPlan(domain.NewPilot(), Analyse([]*Book{{File: "表.xlsx", Sheets: []*Sheet{s}}}, Options{}), Env{Year: 2026, IDs: func() domain.ID { n++; return domain.ID(itoa(n)) }})
	rep := pl.Report.Files[0].Sheets[0]
	if len(rep.Errors) != 2 || rep.Errors[0].Cell != "B2" || rep.Errors[0].Message != "收到日期应为日期（如 2026-09-20），现为“3/4/2026”：可能是 2026年3月4日，也可能是 2026年4月3日" ||
		rep.Errors[1].Message != "收到日期应为日期（如 2026-09-20），现为“2026年9月”：看不出是哪一天" {
		t.Errorf("%+v", rep.Errors)
	}
	if rep.New != 1 || len(rep.Warnings) != 1 || rep.Warnings[0].Cell != "B4" {
		t.Errorf("%d new, %+v", rep.New, rep.Warnings)
	}
}

// A category is found in the dress that offices give it; none and several are asked about.
func TestParseCategory(t *testing.T) {
	for text, want := range map[string]string{"思想道德": "思想道德", "思想道德风险": "思想道德", "2.岗位职责类": "岗位职责", "（三）业务流程风险": "业务流程"} {
		if got, ok := parseCategory(text); !ok || got != want {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
	for _, text := range []string{"廉政", "思想道德/外部环境", "流程"} {
		if got, ok := parseCategory(text); ok || got != text {
			t.Errorf("%q was read as %q", text, got)
		}
	}
}
