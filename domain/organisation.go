package domain

import "slices"

// Info is the pilot's own record: who tries out what, and when.
type Info struct {
	Base
	Name     string   `json:"name,omitempty"`   // 云海师范大学2026年廉政风险预警防范试点
	School   string   `json:"school,omitempty"` // 云海师范大学
	Year     int      `json:"year,omitempty"`
	Basis    string   `json:"basis,omitempty"`
	Goals    string   `json:"goals,omitempty"`
	Contents []string `json:"contents,omitempty"`
	Tasks    []string `json:"tasks,omitempty"` // the five systems (制度)
	Template string   `json:"template,omitempty"`
}

// Unit is a 部门. Without an office code its name is its code.
type Unit struct {
	Base
	Name   string `json:"name"`
	Head   string `json:"head,omitempty"`   // 部门负责人
	Leader string `json:"leader,omitempty"` // 责任领导 (分管校领导)
}

// Post is a 岗位 of a unit.
type Post struct {
	Base
	Unit   Ref      `json:"unit"`
	Office string   `json:"office,omitempty"` // 科室
	Name   string   `json:"name"`
	Duties string   `json:"duties,omitempty"`
	Powers []string `json:"powers,omitempty"` // 主要职权, by name
	Since  Due      `json:"since,omitzero"`   // 任现职时间
	Rank   string   `json:"rank,omitempty"`   // 职级
	People []string `json:"people,omitempty"` // 任职人员
	Note   string   `json:"note,omitempty"`
}

// Authority is a 职权: who may decide what, on which basis.
type Authority struct {
	Base
	Unit      Ref      `json:"unit"`
	Office    string   `json:"office,omitempty"`
	Name      string   `json:"name"`
	Type      string   `json:"type,omitempty"` // 决策 审批 执行 …
	Basis     []string `json:"basis,omitempty"`
	Workflow  Ref      `json:"workflow,omitzero"`
	Publicity string   `json:"publicity,omitempty"`
	Holder    Ref      `json:"holder,omitzero"` // 负责人, a post
	Points    []Ref    `json:"points,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// Groups that a Member may belong to.
const (
	GroupCouncil  = "常委会"
	GroupLeading  = "领导小组"
	GroupResearch = "课题小组"
	GroupNetwork  = "信息收集网络"
)

// Groups lists them from the top.
var Groups = []string{GroupCouncil, GroupLeading, GroupResearch, GroupNetwork}

// Member is a person's place in a group; in the information network it is one
// line of who collects which information, how and how often.
type Member struct {
	Base
	Group  string `json:"group"`
	No     int    `json:"no,omitempty"`
	Role   string `json:"role,omitempty"` // 组长 副组长 成员
	Name   string `json:"name,omitempty"`
	Title  string `json:"title,omitempty"` // 行政（党内）职务, 收集单位
	Duty   string `json:"duty,omitempty"`
	Note   string `json:"note,omitempty"`
	Source string `json:"source,omitempty"` // 信息来源
	Method string `json:"method,omitempty"`
	Freq   string `json:"freq,omitempty"`
}

// Milestone is a dated 工作步骤 of the plan.
type Milestone struct {
	Base
	No          int      `json:"no"`
	Window      string   `json:"window,omitempty"` // 6月上旬－中旬
	Start       Date     `json:"start,omitempty"`
	End         Date     `json:"end,omitempty"`
	Content     string   `json:"content"`
	Responsible []string `json:"responsible,omitempty"`
	Artefacts   []string `json:"artefacts,omitempty"`
	Systems     []string `json:"systems,omitempty"`  // which of the five 制度
	Progress    string   `json:"progress,omitempty"` // as reported: 已完成 进行中 未开始
	Note        string   `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Info) RecordKind() Kind { return KindInfo }

// Natural is constant: a pilot has one Info.
func (*Info) Natural() string { return "pilot" }

// Clone copies deeply.
func (r *Info) Clone() Record {
	c := *r
	c.Contents, c.Tasks = slices.Clone(r.Contents), slices.Clone(r.Tasks)
	return &c
}

// EachRef visits nothing.
func (*Info) EachRef(func(Kind, Ref, *Ref)) {}

// RecordKind tells the kind.
func (*Unit) RecordKind() Kind { return KindUnit }

// Natural is the name.
func (r *Unit) Natural() string { return r.Name }

// Clone copies deeply.
func (r *Unit) Clone() Record { c := *r; return &c }

// EachRef visits nothing.
func (*Unit) EachRef(func(Kind, Ref, *Ref)) {}

// RecordKind tells the kind.
func (*Post) RecordKind() Kind { return KindPost }

// Natural is unit and name.
func (r *Post) Natural() string { return refKey(r.Unit) + "/" + r.Name }

// Clone copies deeply.
func (r *Post) Clone() Record {
	c := *r
	c.Powers, c.People = slices.Clone(r.Powers), slices.Clone(r.People)
	return &c
}

// EachRef visits the unit.
func (r *Post) EachRef(visit func(Kind, Ref, *Ref)) { visit(KindUnit, Ref{}, &r.Unit) }

// RecordKind tells the kind.
func (*Authority) RecordKind() Kind { return KindAuthority }

// Natural is unit and name.
func (r *Authority) Natural() string { return refKey(r.Unit) + "/" + r.Name }

// Clone copies deeply.
func (r *Authority) Clone() Record {
	c := *r
	c.Basis, c.Points = slices.Clone(r.Basis), slices.Clone(r.Points)
	return &c
}

// EachRef visits unit, workflow, holder and risk points.
func (r *Authority) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindUnit, Ref{}, &r.Unit)
	visit(KindWorkflow, r.Unit, &r.Workflow)
	visit(KindPost, r.Unit, &r.Holder)
	eachOf(r.Points, KindRiskPoint, r.Unit, visit)
}

// RecordKind tells the kind.
func (*Member) RecordKind() Kind { return KindMember }

// Natural is the group with the office held (the source, for the network):
// people come and go in an office, a template knows only the office.
func (r *Member) Natural() string {
	if r.Group == GroupNetwork {
		return r.Group + "/" + r.Source
	}
	if r.Title == "" {
		return r.Group + "/" + r.Name
	}
	return r.Group + "/" + r.Title
}

// Clone copies deeply.
func (r *Member) Clone() Record { c := *r; return &c }

// EachRef visits nothing.
func (*Member) EachRef(func(Kind, Ref, *Ref)) {}

// RecordKind tells the kind.
func (*Milestone) RecordKind() Kind { return KindMilestone }

// Natural is the number of the step.
func (r *Milestone) Natural() string { return itoa(r.No) }

// Clone copies deeply.
func (r *Milestone) Clone() Record {
	c := *r
	c.Responsible, c.Artefacts, c.Systems = slices.Clone(r.Responsible), slices.Clone(r.Artefacts), slices.Clone(r.Systems)
	return &c
}

// EachRef visits nothing.
func (*Milestone) EachRef(func(Kind, Ref, *Ref)) {}

// refKey is a reference as part of a natural key.
func refKey(r Ref) string {
	if r.ID != "" {
		return string(r.ID)
	}
	return "?" + r.Text
}

func eachOf(refs []Ref, k Kind, unit Ref, visit func(Kind, Ref, *Ref)) {
	for i := range refs {
		visit(k, unit, &refs[i])
	}
}
