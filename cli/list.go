package cli

import (
	"bufio"
	"fmt"
	"iter"
	"slices"
	"strings"

	"lianshao/app/view"
	"lianshao/domain"
)

func runList(c *call) (int, error) {
	kind := domain.Kind(c.flags["kind"])
	if !slices.Contains(view.Kinds, kind) {
		return 0, refuse("没有“%s”这种记录，可以列出的有：%s。", kind, kindNames())
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	list, _ := view.List(s.Pilot, kind)
	if c.has("json") {
		return ExitDone, view.WriteLines(c.out, list)
	}
	rows := cells(list, kind)
	w := bufio.NewWriter(c.out)
	writeTable(w, titles(kind), rows)
	fmt.Fprintf(w, "共 %d 条\n", len(rows))
	return ExitDone, w.Flush()
}

func kindNames() string {
	names := make([]string, len(view.Kinds))
	for i, k := range view.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, " ")
}

// columns says which keys the text table of a kind shows, with their titles.
var columns = map[domain.Kind][]string{
	domain.KindUnit:         {"code 部门", "head 负责人", "leader 责任领导"},
	domain.KindPost:         {"unit 部门", "office 科室", "name 岗位", "since 任现职时间", "rank 职级"},
	domain.KindAuthority:    {"code 编号", "unit 部门", "name 职权", "type 类型", "workflow 流程", "holder 负责岗位"},
	domain.KindMember:       {"group 组", "no 序号", "role 组内职务", "name 姓名", "title 职务", "source 信息来源"},
	domain.KindInfo:         {"name 名称", "school 学校", "year 年份", "template 模板"},
	domain.KindMilestone:    {"no 序号", "window 时间安排", "start 开始", "end 结束", "content 工作内容", "progress 进度"},
	domain.KindWorkflow:     {"code 编号", "unit 部门", "name 流程", "version 版本", "step_count 步骤数"},
	domain.KindStep:         {"code 编号", "workflow_name 流程", "no 步骤号", "name 步骤", "kind 类型", "actor 责任岗位", "limit 时限"},
	domain.KindRiskPoint:    {"code 编号", "unit 部门", "post 岗位", "name 风险点", "category 类别", "likelihood 可能性", "impact 影响程度", "level 等级", "status 状态"},
	domain.KindIntelligence: {"code 编号", "date 日期", "source 来源", "summary 摘要", "verified 核实情况"},
	domain.KindFactor:       {"code 编号", "category 类别", "text 成因要素"},
	domain.KindIndicator:    {"code 代码", "target 层面", "dimension_name 维度", "name 指标", "direction 方向", "weight 权重", "global_weight 总权重"},
	domain.KindRating:       {"round 轮次", "target 层面", "subject 对象", "assessor 评分人", "scores 评分"},
	domain.KindWarning:      {"code 文号", "point 风险点", "level 等级", "issued 签发日期", "reply_by 反馈期限", "state 状态"},
	domain.KindMonitor:      {"code 编号", "name 监测指标", "measure 单位", "warn 预警值", "alarm 报警值"},
	domain.KindReading:      {"monitor 编号", "monitor_name 监测指标", "period 月份", "value 读数", "status 状态"},
	domain.KindMeasure:      {"code 编号", "point 风险点", "no 序号", "content 措施", "step 嵌入步骤", "owner 责任人", "due 时限", "result 落实"},
	domain.KindDisclosure:   {"no 批次", "subject 内容", "state 状态", "start 开始", "end 结束", "scope 范围"},
	domain.KindOpinion:      {"code 编号", "received 日期", "from 意见人", "points 风险点", "content 意见", "decision 采纳情况", "state 状态", "reply_due 答复期限"},
	domain.KindRevision:     {"code 编号", "type 类型", "point 风险点", "field 项目", "opinions 依据意见", "date 日期"},
	domain.KindInspection:   {"measure 措施", "date 日期", "method 检查方法", "result 落实情况", "problem 问题"},
	domain.KindAppraisal:    {"unit 部门", "section 项目", "content 考核内容", "full 分值", "self 自评分", "confirmed 核准分"},
	domain.KindAssessment:   {"no 轮次", "name 名称", "date 日期", "frozen 已固定"},
	domain.KindSystem:       {"code 代码", "target 层面", "version 版本", "name 名称", "approved 审定日期"},
	domain.KindScheme:       {"name 名称", "version 版本", "basis 口径"},

	domain.KindMeeting:       {"type 类型", "unit 部门", "date 日期", "title 主题", "speaker 主讲", "expected 应到", "present 实到"},
	domain.KindCaseCard:      {"code 编号", "title 案例", "source 来源", "field 领域", "causes 成因"},
	domain.KindAttachment:    {"name 文件", "size 字节", "sha256 SHA-256"},
	domain.KindArtefact:      {"milestone 步骤", "name 成果材料", "code 文号", "title 标题", "date 日期"},
	domain.KindHoliday:       {"date 日期", "name 名称", "work 上班"},
	domain.KindSanction:      {"unit 部门", "post 岗位", "form 形式", "basis 依据", "date 日期"},
	domain.KindEffectiveness: {"assessment 轮次", "point 风险点", "value 控制有效性", "reason 理由"},
	domain.KindLayout:        {"form 表格", "header 表头行", "fingerprint 版式"},
	domain.KindSynonym:       {"form 表格", "field 字段", "word 同义词"},
	domain.KindMergeMark:     {"name 试点", "date 日期", "seq 操作号"},
}

func titles(k domain.Kind) []string {
	var out []string
	for _, c := range columns[k] {
		_, title, _ := strings.Cut(c, " ")
		out = append(out, title)
	}
	return out
}

func cells(list iter.Seq[view.Object], k domain.Kind) [][]string {
	var out [][]string
	for o := range list {
		row := make([]string, len(columns[k]))
		for i, c := range columns[k] {
			key, _, _ := strings.Cut(c, " ")
			row[i] = cellText(o.Get(key))
		}
		out = append(out, row)
	}
	return out
}

// cellText writes a value as people read it.
func cellText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case bool:
		if x {
			return "是"
		}
		return "否"
	case []string:
		return strings.Join(x, "、")
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = cellText(e)
		}
		return strings.Join(parts, "、")
	case view.Object:
		parts := make([]string, len(x))
		for i, f := range x {
			parts[i] = f.Key + " " + cellText(f.Value)
		}
		return strings.Join(parts, "，")
	case float64:
		return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.4f", x), "0"), ".")
	}
	return fmt.Sprint(v)
}
