package intake_test

import (
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

// sheet makes a sheet of rows of cells; a nil row is empty.
func sheet(name string, rows ...[]string) *intake.Sheet {
	s := &intake.Sheet{Name: name}
	for i, cells := range rows {
		if cells != nil {
			s.Rows = append(s.Rows, intake.Row{No: i + 1, Cells: cells})
		}
	}
	return s
}

func book(file string, sheets ...*intake.Sheet) *intake.Book {
	return &intake.Book{File: file, Sheets: sheets}
}

func cells(line string) []string { return strings.Split(line, "|") }

func table(name string, lines ...string) *intake.Sheet {
	rows := make([][]string, len(lines))
	for i, l := range lines {
		if l != "" {
			rows[i] = cells(strings.ReplaceAll(l, "⏎", "\n"))
		}
	}
	return sheet(name, rows...)
}

const pointHeader = "序号|编号|岗位|流程|步骤|风险类别|廉政风险点|表现形式|可能性|影响程度|防控措施"

type badCase struct {
	name   string
	sheets []*intake.Sheet
	cell   string
	field  string
	value  string
	words  []string // in the message
	added  int      // rows imported all the same
}

func badCases() []badCase {
	flow := func(lines ...string) []*intake.Sheet {
		return []*intake.Sheet{table("基建处", append([]string{"单位：基建处", "流程名称|步骤号|步骤名称|责任岗位|类型|下一步"}, lines...)...)}
	}
	points := func(lines ...string) []*intake.Sheet {
		return []*intake.Sheet{table("自查", append([]string{"填报单位（盖章）：基建处", pointHeader}, lines...)...)}
	}
	posts := table("岗位", "单位：基建处", "岗位|岗位职责|职级", "甲方代表|驻场|科员", "造价管理员|估算|科员")
	system := table("岗位层面指标", "序号|维度|代码|指标|方向|权重", "1|A 权力|A1|集中|正向|0.5", "2|A 权力|A2|裁量|正向|0.5")
	return []badCase{
		{"score out of range", points("1|JJ-01|||||甲|乙|9|3|", "2|JJ-02|||||丙|丁|3|３|"), "I3", "likelihood", "9", []string{"可能性应为 1–5 的整数，现为“9”"}, 1},
		{"score not whole", points("1|JJ-01|||||甲|乙|3|2.5|"), "J3", "impact", "2.5", []string{"影响程度应为 1–5 的整数，现为“2.5”"}, 0},
		{"score in words", points("1|JJ-01|||||甲|乙|很高|2|"), "I3", "likelihood", "很高", []string{"可能性"}, 0},
		{"code twice", points("1|JJ-01|||||甲|乙|3|3|", "2|JJ-01|||||丙|丁|3|3|"), "B4", "code", "JJ-01", []string{"重复", "B3"}, 1},
		{"code missing", points("1||||||甲|乙|3|3|", "2|JJ-02|||||丙|丁|3|3|"), "B3", "code", "", []string{"没有编号"}, 1},
		{"unknown category", points("1|JJ-01||||权力运行|甲|乙|3|3|", "2|JJ-02||||1.制度机制风险|丙|丁|3|3|"), "F3", "category", "权力运行", []string{"没有“权力运行”", "思想道德、岗位职责"}, 1},
		{"two categories", points("1|JJ-01||||思想道德、制度机制|甲|乙|3|3|"), "F3", "category", "思想道德、制度机制", []string{"思想道德、岗位职责"}, 0},
		{"nothing said", points("1|JJ-01|甲方代表||||||3|3|"), "H3", "description", "", []string{"缺少"}, 0},
		{"unknown post", append(points("1|JJ-01|甲方代理||||甲|乙|3|3|"), posts), "C3", "post", "甲方代理", []string{"基建处没有“甲方代理”这个岗位", "甲方代表"}, 2},
		{"no unit", []*intake.Sheet{table("Sheet1", pointHeader, "1|JJ-01|||||甲|乙|3|3|")}, "B2", "code", "JJ-01", []string{"哪个部门"}, 0},
		{"step leads nowhere", flow("立项|1|申请|甲|开始|2", "|2|审核|乙|结束|", "招标|1|编制|甲|开始|5", "|2|开标|乙|结束|"), "F5", "next", "5", []string{"招标", "没有这一步"}, 2},
		{"step in two places", flow("立项|1|申请|甲|开始|2⏎3", "|2|审核|乙|办理|3", "|3|归档|乙|结束|"), "F3", "next", "2\n3", []string{"同时通向两处"}, 0},
		{"step number twice", flow("立项|1|申请|甲|开始|2", "|2|审核|乙|办理|3", "|2|归档|乙|结束|"), "B5", "stepno", "2", []string{"步骤号 2 重复", "B4"}, 0},
		{"step cannot be reached", flow("立项|1|申请|甲|开始|3", "|2|审核|乙|办理|3", "|3|归档|乙|结束|"), "F4", "next", "3", []string{"走不到"}, 0},
		{"step without end", flow("立项|1|申请|甲|开始|2", "|2|审核|乙|办理|1"), "E4", "kind", "办理", []string{"结束"}, 0},
		{"decision with one way", flow("立项|1|申请|甲|开始|2", "|2|行不行|乙|判断|是→3", "|3|归档|乙|结束|"), "F4", "next", "是→3", []string{"是”“否"}, 0},
		{"unknown kind of step", flow("立项|1|申请|甲|起点|2", "|2|审核|乙|结束|"), "E3", "kind", "起点", []string{"开始、办理、审批、判断、结束"}, 0},
		{"step number in words", flow("立项|一|申请|甲|开始|2", "|2|审核|乙|结束|"), "B3", "stepno", "一", []string{"步骤号"}, 0},
		{"mark out of range", append(points("1|JJ-01|||||甲|乙|3|3|"), system, table("1组长", "首次评估评分表", "编号|风险点|A1集中|A2裁量", "JJ-01|甲|6|3")), "C3", "A1", "6", []string{"1–5"}, 3},
		{"mark of unknown point", append(points("1|JJ-01|||||甲|乙|3|3|"), system, table("1组长", "首次评估评分表", "编号|风险点|A1集中|A2裁量", "JJ-99|甲|4|3")), "A3", "code", "JJ-99", []string{"没有编号为“JJ-99”的风险点"}, 3},
		{"marks without a system", append(points("1|JJ-01|||||甲|乙|3|3|"), table("1组长", "首次评估评分表", "编号|风险点|A1集中|A2裁量", "JJ-01|甲|4|3")), "A3", "code", "", []string{"指标体系"}, 1},
		{"judgement not a number", []*intake.Sheet{system, table("矩阵-岗位-A", "判断矩阵", "指标|A1|A2", "A1|1|两倍", "A2|1/2|1")}, "C3", "matrix", "两倍", []string{"1/3"}, 2},
		{"judgements contradict", []*intake.Sheet{system, table("矩阵-岗位-A", "判断矩阵", "指标|A1|A2", "A1|1|3", "A2|3|1")}, "A2", "matrix", "", []string{"互反"}, 2},
		{"matrix without a system", []*intake.Sheet{table("矩阵-岗位-A", "判断矩阵", "指标|A1|A2", "A1|1|3", "A2|1/3|1")}, "A2", "matrix", "A1、A2", []string{"指标体系"}, 0},
		{"direction unknown", []*intake.Sheet{table("岗位层面", "代码|指标|方向", "A1|集中|横向")}, "C2", "direction", "横向", []string{"正向或逆向"}, 0},
		{"date wrong", []*intake.Sheet{table("意见", "编号|收到日期|意见人|意见内容|采纳情况", "YJ-01|下个月|某|好|采纳")}, "B2", "received", "下个月", []string{"收到日期应为日期"}, 0},
		{"revision of unknown point", []*intake.Sheet{table("修订记录", "序号|修订类型|编号|修订内容|修订前|修订后", "1|改|JJ-77|表现形式|甲|乙")}, "C2", "point", "JJ-77", []string{"JJ-77"}, 0},
		{"revision type", append(points("1|JJ-01|||||甲|乙|3|3|"), table("修订记录", "序号|修订类型|编号|修订内容|修订前|修订后", "1|换|JJ-01|表现形式|甲|乙")), "B2", "type", "换", []string{"增、改、并、删"}, 1},
		{"measure that is not there", append(points("1|JJ-01|||||甲|乙|3|3|"), table("修订记录", "序号|修订类型|编号|修订内容|第几条|修订前|修订后", "1|改|JJ-01|防范措施|第4条|甲|乙")), "E2", "item", "第4条", []string{"没有第4条措施"}, 1},
		{"reading not a number", []*intake.Sheet{table("月报", "指标编号|指标名称|2026年1月|2026年2月", "M01|变更率|3|多")}, "D2", "reading:2026-02", "多", []string{"2026-02", "数字"}, 1},
		{"result unknown", append(points("1|JJ-01|||||甲|乙|3|3|1.做"), table("检查", "编号|条|内容|落实情况", "JJ-01|1|做|大概")), "D2", "result", "大概", []string{"已落实"}, 1},
		{"score above full", []*intake.Sheet{table("考核", "项目（分值）|考核内容|分值|部门|自评分|核准分", "组织（10）|有部署|10|基建处|12|9")}, "E2", "self", "12", []string{"0–10"}, 0},
		{"unknown sheet", append(points("1|JJ-01|||||甲|乙|3|3|"), table("课程表", "星期一|星期二|星期三", "语文|数学|英语", "体育|美术|音乐")), "A1", "", "", []string{"课程表", "没有认出"}, 1},
	}
}

// Every bad input is refused with its cell and a sentence; the rows around it are imported.
func TestBadInput(t *testing.T) {
	for _, c := range badCases() {
		t.Run(c.name, func(t *testing.T) {
			p := domain.NewPilot()
			pl := importBooks(t, p, ids(), book("样表.xlsx", c.sheets...))
			var errs []intake.Issue
			added, refused := 0, 0
			for _, s := range pl.Report.Files[0].Sheets {
				errs = append(errs, s.Errors...)
				added += s.New
				refused += s.Refused
			}
			if len(errs) == 0 {
				t.Fatal("nothing was refused")
			}
			e := errs[0]
			if e.Cell != c.cell || e.Field != c.field || e.Value != c.value {
				t.Errorf("%+v, want cell %s field %q value %q", e, c.cell, c.field, c.value)
			}
			for _, word := range c.words {
				if !strings.Contains(e.Message, word) {
					t.Errorf("message %q lacks %q", e.Message, word)
				}
			}
			if added != c.added {
				t.Errorf("%d rows new, want %d; errors %+v", added, c.added, errs)
			}
			if refused == 0 && c.field != "" {
				t.Error("no row counted as refused")
			}
			if !pl.Report.Problems() {
				t.Error("the report says there is no problem")
			}
		})
	}
}

// A file without anything usable says so as a whole and changes nothing.
func TestNothingUsable(t *testing.T) {
	p := domain.NewPilot()
	pl := importBooks(t, p, ids(), book("课表.xlsx", table("课程表", "星期一|星期二|星期三", "语文|数学|英语")))
	if f := pl.Report.Files[0]; !strings.Contains(f.Error, "课表.xlsx") || !strings.Contains(f.Error, "没有认出") || len(pl.Changes.Changes) != 0 {
		t.Errorf("%+v, %d changes", f, len(pl.Changes.Changes))
	}
	forced := intake.Analyse([]*intake.Book{book("课表.xlsx", table("课程表", "星期一|星期二|星期三", "语文|数学|英语"))}, intake.Options{As: "riskpoint"})
	if forced[0].Form != nil || !strings.Contains(forced[0].Why, "风险点表") {
		t.Errorf("forced: %+v", forced[0].Why)
	}
	unknown := intake.Analyse([]*intake.Book{sampleBook(t, inOrder[0])}, intake.Options{As: "狗"})
	if unknown[0].Form != nil || !strings.Contains(unknown[0].Why, "不认识的类别") {
		t.Errorf("unknown kind: %q", unknown[0].Why)
	}
}

// A person's column map and choice of form override what is recognised.
func TestColumnsChosenByHand(t *testing.T) {
	s := table("基建处", "代号|哪一类|毛病|多大可能", "JJ-01|业务流程|先施工后审批|4")
	b := book("随手表.xlsx", s)
	opts := intake.Options{As: "riskpoint", Columns: map[string]string{"代号": "code", "哪一类": "category", "毛病": "description", "多大可能": "likelihood"}}
	guesses := intake.Analyse([]*intake.Book{b}, opts)
	p := domain.NewPilot()
	pl := intake.NewPlan(p, guesses, intake.Env{IDs: ids(), Year: 2026})
	p.Apply(pl.Changes)
	pt, ok := p.RiskPoints.ByKey("JJ-01")
	if !ok || pt.Likelihood != 4 || pt.Category != "业务流程" || p.NameOf(domain.KindUnit, pt.Unit) != "基建处" {
		t.Fatalf("%+v; %+v", pt, pl.Report.Files[0].Sheets[0])
	}
	for i := range guesses[0].Columns { // not the likelihood after all
		if guesses[0].Columns[i].Field == "likelihood" {
			guesses[0].Columns[i].Field = ""
		}
	}
	q := domain.NewPilot()
	pl = intake.NewPlan(q, guesses, intake.Env{IDs: ids(), Year: 2026})
	q.Apply(pl.Changes)
	if pt, _ := q.RiskPoints.ByKey("JJ-01"); pt == nil || pt.Likelihood != 0 {
		t.Errorf("the column was still read: %+v", pt)
	}
	guesses[0].Skip = true
	if pl = intake.NewPlan(domain.NewPilot(), guesses, intake.Env{IDs: ids()}); len(pl.Changes.Changes) != 0 || pl.Report.Problems() {
		t.Errorf("a deselected sheet was read: %+v", pl.Report.Files[0].Sheets[0])
	}
}

// A form without numbers is taken all the same: points are known by their words,
// get a code once, and are found again the next time.
func TestPointsWithoutCodes(t *testing.T) {
	b := func(level string) *intake.Book {
		return book("一览表.xlsx", table("一览表", "某局廉政风险防控一览表", "单位：基建处", "序号|单位/科室|风险类别|风险点|主要内容及表现形式|风险等级（高中低）|防控措施|部门负责人",
			"1|工程科|业务流程|拆分项目|把项目拆开规避招标|"+level+"|1.合并；2.监测|张某", "2||业务流程|先施工后审批|事后补办手续|中|先批后变|张某"))
	}
	p := domain.NewPilot()
	newID := ids()
	importBooks(t, p, newID, b("高"))
	pt, ok := p.RiskPoints.ByKey("FX-001")
	if !ok || p.RiskPoints.Len() != 2 || pt.Name != "拆分项目" || pt.SelfLevel != "高" || pt.Office != "工程科" || pt.UnitHead != "张某" {
		t.Fatalf("%d points, %+v", p.RiskPoints.Len(), pt)
	}
	if n := len(p.Measures.By(domain.ByPoint, pt.ID)); n != 2 {
		t.Errorf("%d measures", n)
	}
	pl := importBooks(t, p, newID, b("中"))
	if s := pl.Report.Files[0].Sheets[0]; s.Changed != 1 || s.Same != 1 || s.New != 0 || p.RiskPoints.Len() != 2 {
		t.Errorf("again: %+v", s)
	}
}

// The same code for two different things in two files is refused the second time,
// naming the first; two words on the same thing are a conflict.
func TestCodeInTwoFiles(t *testing.T) {
	one := table("自查", "单位：基建处", pointHeader, "1|JJ-01|||||甲|乙|3|3|")
	two := table("自查", "单位：基建处", pointHeader, "1|JJ-01|||||丙|丁|3|3|")
	p := domain.NewPilot()
	pl := importBooks(t, p, ids(), book("一.xlsx", one), book("二.xlsx", two))
	errs := pl.Report.Files[1].Sheets[0].Errors
	if len(errs) != 1 || errs[0].Cell != "B3" || !strings.Contains(errs[0].Message, "一.xlsx 自查!B3") {
		t.Errorf("%+v", errs)
	}
	if pt, _ := p.RiskPoints.ByKey("JJ-01"); pt.Name != "甲" {
		t.Errorf("%+v", pt)
	}
	letter := func(file, text string) *intake.Book {
		return book(file, table("意见", "编号|意见人|意见内容|采纳情况", "YJ-01|某|"+text+"|采纳"))
	}
	pl = importBooks(t, p, ids(), letter("三.xlsx", "好"), letter("四.xlsx", "不好"))
	if len(pl.Report.Files[1].Sheets[0].Errors) != 0 || len(pl.Conflicts) != 1 || pl.Conflicts[0].Voices[0].Text != "好" {
		t.Errorf("%+v", pl.Conflicts)
	}
}

// Blank cells leave what is known; a sheet for reading only is not read.
func TestBlankLeaves(t *testing.T) {
	p := domain.NewPilot()
	newID := ids()
	importBooks(t, p, newID, book("一.xlsx", table("自查", "单位：基建处", pointHeader, "1|JJ-01||招标|开标|业务流程|甲|乙|3|4|1.做")))
	pl := importBooks(t, p, newID, book("二.xlsx", table("自查", "单位：基建处", pointHeader, "1|JJ-01|||||甲|||5|")))
	pt, _ := p.RiskPoints.ByKey("JJ-01")
	if pt.Likelihood != 3 || pt.Impact != 5 || pt.Category != "业务流程" || pt.Description != "乙" || pt.Step.Text != "开标" || p.Measures.Len() != 1 {
		t.Errorf("%+v; %+v", pt, pl.Report.Files[0].Sheets[0])
	}
	pl = importBooks(t, p, newID, book("三.xlsx", table("自查", "风险点清单（仅供查阅）", pointHeader, "1|JJ-01|||||别的|||1|")))
	if len(pl.Changes.Changes) != 0 || pl.Report.Problems() {
		t.Errorf("read for reading only: %+v", pl.Report.Files[0].Sheets[0])
	}
}

// A department that is new but much like a known one is asked about.
func TestUnitSlip(t *testing.T) {
	p := domain.NewPilot()
	newID := ids()
	importBooks(t, p, newID, book("一.xlsx", table("自查", "单位：基建处", pointHeader, "1|JJ-01|||||甲|乙|3|4|")))
	pl := importBooks(t, p, newID, book("二.xlsx", table("自查", "填报单位：某大学基建处", pointHeader, "1|JJ-02|||||甲|乙|3|4|")))
	if w := pl.Report.Files[0].Sheets[0].Warnings; len(w) != 0 || p.Units.Len() != 1 {
		t.Errorf("%d units, %+v", p.Units.Len(), w)
	}
	pl = importBooks(t, p, newID, book("三.xlsx", table("自查", "单位：基建外", pointHeader, "1|JJ-03|||||甲|乙|3|4|")))
	if w := pl.Report.Files[0].Sheets[0].Warnings; len(w) != 1 || w[0].Cell != "B3" || !strings.Contains(w[0].Message, "是不是“基建处”") || p.Units.Len() != 2 {
		t.Errorf("%d units, %+v", p.Units.Len(), w)
	}
}
