package report_test

import (
	"slices"
	"strings"
	"testing"

	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/assets"
	"lianshao/domain"
)

// The columns that offices print, form by form; papers may have more.
var officeColumns = map[string]string{
	"powers":       "序号 权力名称 权力行使部门 授权依据 负责人",
	"power-risks":  "序号 权力名称 风险点 风险等级 防范措施 负责人",
	"riskpoints":   "序号 单位/科室 风险类别 风险点 主要内容及表现形式 风险等级 防控措施 部门负责人 责任领导",
	"post-risks":   "序号 部门 重要环节 表现形式 涉及岗位 等级 防控要点及措施 直接责任人 部门责任人 责任领导",
	"summary":      "风险点 等级 主管领导 分管领导 防控措施",
	"posts":        "岗位类别 风险名称 风险描述 防控措施 监测指标",
	"ledger":       "风险名称 原因 影响范围 概率 影响 等级 责任人 防控措施",
	"records":      "岗位风险编号 部门 岗位 执行年份 风险项目名称 风险点描述 可能性L 严重性C 廉政风险值D 等级 预防和控制措施 创建人/时间",
	"appraisal":    "项目 考核内容 分值 自评分 核准分",
	"revisions":    "类型 依据意见号 修订前 修订后",
	"measures":     "防范措施 嵌入流程步骤 责任人 完成时限 留痕",
	"inspection":   "检查方法 检查证据 落实情况 整改期限",
	"warnings":     "编号（文号） 等级 发出日 范围 措施 回告 整改 回告日 复核结论 解除日 批准人 升级、更正、延期记录",
	"opinions":     "编号 批次 收到日期 渠道 意见人 风险点 意见内容 采纳情况 理由 答复单位 日期",
	"handbook":     "",
	"workflow":     "",
	"opinion-form": "",
}

// Forms that name their fields in their cells.
var officeFields = map[string]string{
	"post-form":    "姓名 部门 岗位 职务 岗位职责 职权 流程步骤 风险类别 表现形式 成因 可能后果 可能性L 影响C 拟采取措施 来源 本人签字 科室意见 部门审核意见",
	"opinion-form": "编号 公示批次 日期 渠道 意见人（可匿名） 对应风险点 意见 采纳情况 理由 答复人（单位） 答复日期",
	"self-review":  "职权目录 流程图 风险点和等级 防控措施 公示 书面总结",
	"notice":       "被预警部门 被预警岗位 风险点 预警等级 预警依据 建议措施 反馈期限 签发人 签发日期 回　　执",
	"meetings":     "部门 时间 主讲人 应到人数 实到人数 案例警示片 决议",
}

func TestPapersHaveTheOfficesColumns(t *testing.T) {
	in := sampleInput(t, 1)
	blank := map[bool]report.Options{false: {}, true: {Blank: true}}
	for id, want := range officeColumns {
		p, ok := report.PaperByID(id)
		if !ok {
			t.Errorf("no paper %s", id)
			continue
		}
		if p.Tables == nil || want == "" {
			continue
		}
		for isBlank, o := range blank {
			if isBlank && !p.HasBlank {
				continue
			}
			for _, tb := range p.Tables(in, o)[:1] {
				var have []string
				for _, c := range tb.Columns {
					have = append(have, c.Title)
				}
				at := -1
				for _, w := range strings.Fields(want) {
					i := slices.Index(have, w)
					if i < 0 {
						t.Errorf("%s (blank %v) lacks the column %s: %v", id, isBlank, w, have)
					}
					if i < at && id != "summary" {
						t.Errorf("%s: column %s is out of order", id, w)
					}
					at = i
				}
			}
		}
	}
	for id, want := range officeFields {
		p, _ := report.PaperByID(id)
		text := textOf(p.Tables(in, report.Options{Blank: true})[0])
		for _, w := range strings.Fields(want) {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks the field %s", id, w)
			}
		}
	}
}

func textOf(tb *table.TableModel) string {
	var b strings.Builder
	for _, r := range tb.Rows {
		b.WriteString(r.Heading + "\n")
		for _, c := range r.Cells {
			b.WriteString(c.Text + "\n")
		}
	}
	return b.String()
}

// On grey paper a level is known by its word.
func TestLevelsAreWrittenNotOnlyColoured(t *testing.T) {
	in := sampleInput(t, 1)
	marks := 0
	for _, p := range report.Papers() {
		if ok, _ := p.Ready(in); !ok || p.Tables == nil {
			continue
		}
		for _, tb := range p.Tables(in, report.Options{}) {
			for _, r := range tb.Rows {
				for _, c := range r.Cells {
					if c.Mark.A != 0 {
						if marks++; c.Text == "" {
							t.Errorf("%s has a colour without a word", p.ID)
						}
					}
				}
			}
		}
	}
	if marks < 200 {
		t.Errorf("only %d coloured cells", marks)
	}
}

// A person's own form lists his points and no other's.
func TestPostFormsHoldTheirOwnPoints(t *testing.T) {
	in := sampleInput(t, 1)
	p, _ := report.PaperByID("post-form")
	sheets := p.Tables(in, report.Options{})
	if len(sheets) != in.Pilot.Posts.Len() {
		t.Fatalf("%d sheets for %d posts", len(sheets), in.Pilot.Posts.Len())
	}
	total := 0
	for i, u := 0, 0; u < in.Pilot.Units.Len(); u++ {
		unit := in.Pilot.Units.All()[u]
		for _, post := range in.Pilot.Posts.By(domain.ByUnit, unit.ID) {
			text := textOf(sheets[i])
			i++
			for _, r := range in.Pilot.ActivePoints() {
				has := strings.Contains(text, r.Description)
				if has != (r.Post.ID == post.ID) {
					t.Errorf("%s on the form of %s: %v", r.Code, post.Name, has)
				}
				if has {
					total++
				}
			}
		}
	}
	if total == 0 {
		t.Error("no point on any form")
	}
}

// A handbook chapter is the chart of a workflow and then its points.
func TestHandbookHasAChapterPerWorkflow(t *testing.T) {
	in := sampleInput(t, 1)
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := report.PaperByID("handbook")
	pages, err := p.Pages(in, report.Options{}, m)
	if err != nil {
		t.Fatal(err)
	}
	chapters, charts := 0, 0
	for _, pg := range pages {
		for _, mark := range pg.Marks {
			if strings.HasPrefix(mark.Title, "第") && mark.Level == 0 {
				chapters++
			}
			if mark.Title == "流程图" {
				charts++
			}
		}
	}
	if chapters != 11 || charts != 11 {
		t.Errorf("%d chapters, %d charts", chapters, charts)
	}
}
