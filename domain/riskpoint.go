package domain

import (
	"slices"
	"strings"
)

// Categories of causes (成因类别), in the plan's order.
var Categories = []string{"思想道德", "岗位职责", "业务流程", "制度机制", "外部环境"}

// IsCategory reports whether a word is one of the Categories.
func IsCategory(word string) bool { return slices.Contains(Categories, word) }

// Channels through which a risk point is found.
var Channels = []string{"自己查", "组织点", "群众帮"}

// PointStatus says whether a risk point still counts.
type PointStatus string

// States of a risk point.
const (
	PointActive  PointStatus = ""
	PointMerged  PointStatus = "已合并"
	PointRemoved PointStatus = "已删除"
)

// RiskPoint is a 廉政风险点.
type RiskPoint struct {
	Base
	Unit        Ref         `json:"unit"`
	Office      string      `json:"office,omitempty"`
	Post        Ref         `json:"post,omitzero"`
	Workflow    Ref         `json:"workflow,omitzero"`
	Step        Ref         `json:"step,omitzero"`
	Name        string      `json:"name,omitempty"`        // 风险点, a few words
	Description string      `json:"description,omitempty"` // 表现形式
	Category    string      `json:"category,omitempty"`    // one of Categories
	Causes      string      `json:"causes,omitempty"`
	Consequence string      `json:"consequence,omitempty"`
	Likelihood  int         `json:"likelihood,omitempty"` // 可能性 1–5, 0 = not rated
	Impact      int         `json:"impact,omitempty"`     // 影响程度 1–5, 0 = not rated
	SelfLevel   string      `json:"self,omitempty"`       // 自评等级 as written
	Owner       string      `json:"owner,omitempty"`      // 责任人, one per line
	Due         Due         `json:"due,omitzero"`
	UnitHead    string      `json:"head,omitempty"`   // 部门负责人
	Leader      string      `json:"leader,omitempty"` // 责任领导
	Channels    []string    `json:"channels,omitempty"`
	Findings    []Finding   `json:"findings,omitempty"`
	Note        string      `json:"note,omitempty"`
	Status      PointStatus `json:"status,omitempty"`
	MergedInto  Ref         `json:"into,omitzero"`
}

// Finding is how a risk point was found: by which channel, by whom and when.
type Finding struct {
	Channel string `json:"channel"` // one of Channels
	By      string `json:"by,omitempty"`
	Date    Date   `json:"date,omitempty"`
	Note    string `json:"note,omitempty"`
	// From is the code of the point that brought the finding when it was merged
	// into this one.
	From string `json:"from,omitempty"`
}

// Finder is who found it; without a name, 匿名.
func (f Finding) Finder() string {
	if f.By == "" {
		return "匿名"
	}
	return f.By
}

// AddFinding keeps one more way in which the point was found, and its channel.
// One that is already there is not kept twice.
func (r *RiskPoint) AddFinding(f Finding) {
	if !slices.Contains(r.Findings, f) {
		r.Findings = append(r.Findings, f)
	}
	if f.Channel != "" && !slices.Contains(r.Channels, f.Channel) {
		r.Channels = append(r.Channels, f.Channel)
	}
}

// FoundBy lists the findings, with one made of each channel that has none: forms
// say by which channel a point was found, but not always by whom and when.
func (r *RiskPoint) FoundBy() []Finding {
	out := slices.Clone(r.Findings)
	for _, c := range r.Channels {
		if !slices.ContainsFunc(out, func(f Finding) bool { return f.Channel == c }) {
			out = append(out, Finding{Channel: c})
		}
	}
	return out
}

// RecordKind tells the kind.
func (*RiskPoint) RecordKind() Kind { return KindRiskPoint }

// Natural is the code.
func (r *RiskPoint) Natural() string { return r.Code }

// Clone copies deeply.
func (r *RiskPoint) Clone() Record {
	c := *r
	c.Channels, c.Findings = slices.Clone(r.Channels), slices.Clone(r.Findings)
	return &c
}

// EachRef visits unit, post, workflow, step and the point it was merged into.
func (r *RiskPoint) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindUnit, Ref{}, &r.Unit)
	visit(KindPost, r.Unit, &r.Post)
	visit(KindWorkflow, r.Unit, &r.Workflow)
	visit(KindStep, r.Workflow, &r.Step)
	visit(KindRiskPoint, r.Unit, &r.MergedInto)
}

// MatrixScore is 可能性×影响程度 (1–25), 0 while one is missing.
func (r *RiskPoint) MatrixScore() int { return r.Likelihood * r.Impact }

// ShortName derives a risk point's name from its description: the first clause.
func ShortName(description string) string {
	s := strings.TrimSpace(description)
	if i := strings.IndexAny(s, "，。；\n"); i > 0 {
		return s[:i]
	}
	return s
}

// Measure is a 防范措施, bound to a risk point and to a step of a workflow.
type Measure struct {
	Base
	Point    Ref    `json:"point"`
	No       int    `json:"no"` // 第几条
	Content  string `json:"content"`
	Kind     string `json:"kind,omitempty"`
	Step     Ref    `json:"step,omitzero"` // 嵌入流程步骤
	Owner    string `json:"owner,omitempty"`
	Post     Ref    `json:"post,omitzero"` // 责任岗位
	Due      Due    `json:"due,omitzero"`
	Evidence string `json:"evidence,omitempty"`
	// Since is the version of the workflow in which it was embedded; 0 = from the first.
	Since int `json:"since,omitempty"`
	// Library and Original are the code and the text of the proven measure that
	// this one started from; Content shows what was made of it.
	Library  string `json:"library,omitempty"`
	Original string `json:"original,omitempty"`
	Note     string `json:"note,omitempty"`
}

// MeasureKinds are the kinds that the library and the forms use.
var MeasureKinds = []string{"教育提醒", "制度规范", "流程控制", "公开监督", "技术防控", "责任追究"}

// RecordKind tells the kind.
func (*Measure) RecordKind() Kind { return KindMeasure }

// Natural is point and number.
func (r *Measure) Natural() string { return refKey(r.Point) + "/" + itoa(r.No) }

// Clone copies deeply.
func (r *Measure) Clone() Record { c := *r; return &c }

// EachRef visits the point, the step and the post.
func (r *Measure) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindRiskPoint, Ref{}, &r.Point)
	visit(KindStep, Ref{}, &r.Step)
	visit(KindPost, Ref{}, &r.Post)
}

// Results of an inspection.
const (
	ResultDone    = "已落实"
	ResultPartly  = "部分落实"
	ResultNot     = "未落实"
	ResultNothing = "无措施"
)

// Inspection is one check of one measure (检查记录).
type Inspection struct {
	Base
	Measure   Ref    `json:"measure"`
	Date      Date   `json:"date,omitempty"`
	Method    string `json:"method,omitempty"`
	Evidence  string `json:"evidence,omitempty"`
	Result    string `json:"result"`
	Problem   string `json:"problem,omitempty"`
	RectifyBy Due    `json:"rectify,omitzero"`
	Inspector string `json:"inspector,omitempty"`
	Level     string `json:"level,omitempty"` // 预警等级 as printed on the sheet
	// Of is the inspection whose problem this one checks again (复查).
	Of   Ref    `json:"of,omitzero"`
	Note string `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Inspection) RecordKind() Kind { return KindInspection }

// Natural is measure and date.
func (r *Inspection) Natural() string { return refKey(r.Measure) + "/" + string(r.Date) }

// Clone copies deeply.
func (r *Inspection) Clone() Record { c := *r; return &c }

// EachRef visits the measure and the inspection that it repeats.
func (r *Inspection) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindMeasure, Ref{}, &r.Measure)
	visit(KindInspection, Ref{}, &r.Of)
}

// Appraisal is one line of a unit's 检查考核评分表.
type Appraisal struct {
	Base
	Unit      Ref     `json:"unit"`
	Section   string  `json:"section,omitempty"` // 组织领导
	SectionOf float64 `json:"sectionOf,omitempty"`
	Content   string  `json:"content"`
	Full      float64 `json:"full"` // 分值
	Self      Number  `json:"selfScore"`
	Confirmed Number  `json:"confirmed"`
	Note      string  `json:"note,omitempty"`
}

// Number is a number that may be missing.
type Number struct {
	Value float64 `json:"v"`
	Given bool    `json:"g"`
}

// RecordKind tells the kind.
func (*Appraisal) RecordKind() Kind { return KindAppraisal }

// Natural is unit, section and content.
func (r *Appraisal) Natural() string { return refKey(r.Unit) + "/" + r.Section + "/" + r.Content }

// Clone copies deeply.
func (r *Appraisal) Clone() Record { c := *r; return &c }

// EachRef visits the unit.
func (r *Appraisal) EachRef(visit func(Kind, Ref, *Ref)) { visit(KindUnit, Ref{}, &r.Unit) }

// MeasureStatus sums up the latest inspections of a point's measures: all done
// 已落实, none done 未落实, else 部分落实; 无措施 when nothing was inspected.
func (p *Pilot) MeasureStatus(point ID) string {
	done, not, n := 0, 0, 0
	for _, m := range p.Measures.By(ByPoint, point) {
		switch p.MeasureResult(m.ID) {
		case ResultDone:
			done++
		case ResultNot:
			not++
		case "":
			continue
		}
		n++
	}
	switch {
	case n == 0:
		return ResultNothing
	case done == n:
		return ResultDone
	case not == n:
		return ResultNot
	}
	return ResultPartly
}

// MeasureResult is the result of the latest inspection of a measure, "" if none.
func (p *Pilot) MeasureResult(measure ID) string {
	var last *Inspection
	for _, i := range p.Inspections.By(ByMeasure, measure) {
		if i.Result != "" && (last == nil || i.Date >= last.Date) {
			last = i
		}
	}
	if last == nil {
		return ""
	}
	return last.Result
}
