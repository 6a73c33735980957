package domain

import "slices"

// States of a disclosure; "" is read as DisclosureDraft.
const (
	DisclosureDraft = "草拟"
	DisclosureOpen  = "公示中"
	DisclosureEnded = "已截止"
	DisclosureDone  = "已办结"
)

// Events of a disclosure.
const (
	EventPublish = "开始公示"
	EventEnd     = "截止"
	EventFinish  = "办结"
)

// DisclosureLife is the life of a 公示. Once it has started, what it says is not
// changed any more, and what it shows is changed by revisions only.
var DisclosureLife = &Machine{Kind: KindDisclosure, States: []string{DisclosureDraft, DisclosureOpen, DisclosureEnded, DisclosureDone}, Moves: []Move{
	{From: DisclosureDraft, Event: EventEdit, To: DisclosureDraft},
	{From: DisclosureDraft, Event: EventPublish, To: DisclosureOpen},
	{From: DisclosureDraft, Event: EventEnd, Refusal: "公示还没有开始，不能截止"},
	{From: DisclosureDraft, Event: EventFinish, Refusal: "公示还没有开始，不能办结"},
	{From: DisclosureOpen, Event: EventEnd, To: DisclosureEnded},
	{From: DisclosureOpen, Event: EventEdit, Refusal: "公示已经开始，公告的内容不能再改；有错请另发一次公示说明"},
	{From: DisclosureOpen, Event: EventPublish, Refusal: "这次公示已经开始"},
	{From: DisclosureOpen, Event: EventFinish, Refusal: "公示还没有截止，不能办结"},
	{From: DisclosureEnded, Event: EventFinish, To: DisclosureDone},
	{From: DisclosureEnded, Event: EventEdit, Refusal: "公示已经截止，公告的内容不能再改"},
	{From: DisclosureEnded, Event: EventPublish, Refusal: "公示已经截止；要再公示请新建一次公示"},
	{From: DisclosureDone, Event: EventEdit, Refusal: "公示已经办结，不能再改"},
	{From: DisclosureDone, Event: EventPublish, Refusal: "公示已经办结；要再公示请新建一次公示"},
}}

// Subjects of a disclosure.
const (
	SubjectPoints   = "廉政风险点"
	SubjectMeasures = "防范措施"
)

// Anonymisation levels of a notice, from the whole text to counts only.
const (
	AnonFull   = "P0" // internal: everything
	AnonNames  = "P1" // unit and post, no person
	AnonMasked = "P2" // persons masked: 张*
	AnonCounts = "P3" // counts only, below 5 suppressed
)

// AnonLevels lists the levels with what they mean.
var AnonLevels = []struct{ Level, Meaning string }{
	{AnonFull, "内部全文"}, {AnonNames, "到部门、岗位，不含姓名"}, {AnonMasked, "姓名只留姓，不含分数、举报内容"}, {AnonCounts, "只有数目，不足5个不列"}}

// Disclosure is one 公示: the first shows the risk points, the second the measures.
type Disclosure struct {
	Base
	No      int    `json:"no"`
	Subject string `json:"subject,omitempty"` // SubjectPoints, SubjectMeasures, or as written
	Start   Date   `json:"start,omitempty"`
	End     Date   `json:"end,omitempty"`
	Scope   string `json:"scope,omitempty"`
	Channel string `json:"channel,omitempty"`
	Units   []Ref  `json:"units,omitempty"`   // whose points are shown; none = all
	Anon    string `json:"anon,omitempty"`    // AnonFull …; "" is read as AnonNames
	Contact string `json:"contact,omitempty"` // where opinions go
	// ReplyDays is how many working days an opinion may wait for its answer; 0 is
	// read as 10.
	ReplyDays int                `json:"replyDays,omitempty"`
	State     string             `json:"state,omitempty"`
	Actions   []DisclosureAction `json:"actions,omitempty"`
	Note      string             `json:"note,omitempty"`
}

// DisclosureAction is one step in the life of a disclosure.
type DisclosureAction struct {
	Event string `json:"event"`
	Date  Date   `json:"date"`
	By    string `json:"by,omitempty"`
	Text  string `json:"text,omitempty"`
}

// RecordKind tells the kind.
func (*Disclosure) RecordKind() Kind { return KindDisclosure }

// Natural is the number.
func (r *Disclosure) Natural() string { return itoa(r.No) }

// Clone copies deeply.
func (r *Disclosure) Clone() Record {
	c := *r
	c.Units, c.Actions = slices.Clone(r.Units), slices.Clone(r.Actions)
	return &c
}

// EachRef visits the units.
func (r *Disclosure) EachRef(visit func(Kind, Ref, *Ref)) { eachOf(r.Units, KindUnit, Ref{}, visit) }

// Life is the state in DisclosureLife.
func (r *Disclosure) Life() string {
	if r.State == "" {
		return DisclosureDraft
	}
	return r.State
}

// Level is the anonymisation level, AnonNames unless another was chosen.
func (r *Disclosure) Level() string {
	if r.Anon == "" {
		return AnonNames
	}
	return r.Anon
}

// OfMeasures reports whether the measures are shown, not the points alone.
func (r *Disclosure) OfMeasures() bool {
	return r.Subject == SubjectMeasures || r.Subject == "措施" || r.Subject == "" && r.No == 2
}

// Covers reports whether a unit's points are shown.
func (r *Disclosure) Covers(unit ID) bool {
	return len(r.Units) == 0 || slices.ContainsFunc(r.Units, func(u Ref) bool { return u.ID == unit })
}

// CheckPublished refuses a change of what a started notice says, or its removal.
// Blanks may be filled. after may be nil.
func CheckPublished(before, after *Disclosure) error {
	if before.Life() == DisclosureDraft {
		if after != nil {
			return DisclosureLife.Leads(before.Life(), after.Life())
		}
		return nil
	}
	if after == nil {
		return refuse("第%d次公示已经开始，不能删除", before.No)
	}
	_, why := DisclosureLife.Next(before.Life(), EventEdit)
	same := func(a, b string) bool { return a == "" || a == b }
	if before.No != after.No || !same(before.Subject, after.Subject) || !same(string(before.Start), string(after.Start)) ||
		!same(string(before.End), string(after.End)) || !same(before.Scope, after.Scope) || !same(before.Channel, after.Channel) ||
		!same(before.Anon, after.Anon) || !same(before.Contact, after.Contact) || !slices.EqualFunc(before.Units, after.Units, Ref.Same) {
		return refuse("第%d次公示：%s", before.No, why)
	}
	return DisclosureLife.Leads(before.Life(), after.Life())
}

// Decisions on an opinion.
var Decisions = []string{"采纳", "部分采纳", "不采纳"}

// States and events of an opinion. The state is not stored: it follows from
// decision and answer.
const (
	OpinionNew      = "待处理"
	OpinionDecided  = "待答复"
	OpinionAnswered = "已答复"
	EventDecide     = "作出决定"
	EventAnswer     = "答复"
	EventAdopt      = "依据意见修订"
)

// OpinionLife is the life of an opinion.
var OpinionLife = &Machine{Kind: KindOpinion, States: []string{OpinionNew, OpinionDecided, OpinionAnswered}, Moves: []Move{
	{From: OpinionNew, Event: EventDecide, To: OpinionDecided},
	{From: OpinionNew, Event: EventAnswer, Refusal: "还没有决定是否采纳，不能答复；请先作出决定并写明理由"},
	{From: OpinionNew, Event: EventAdopt, Refusal: "还没有决定是否采纳，不能依据它修订；请先作出决定"},
	{From: OpinionDecided, Event: EventDecide, To: OpinionDecided},
	{From: OpinionDecided, Event: EventAnswer, To: OpinionAnswered},
	{From: OpinionDecided, Event: EventAdopt, To: OpinionDecided},
	{From: OpinionAnswered, Event: EventAdopt, To: OpinionAnswered},
	{From: OpinionAnswered, Event: EventDecide, Refusal: "这条意见已经答复，决定不能再改；有新的情况请另登记一条意见"},
	{From: OpinionAnswered, Event: EventAnswer, Refusal: "这条意见已经答复"},
}}

// Opinion is what somebody said about a disclosure.
type Opinion struct {
	Base
	Disclosure Ref    `json:"disclosure,omitzero"`
	Received   Date   `json:"received,omitempty"`
	Channel    string `json:"channel,omitempty"`
	From       string `json:"from,omitempty"` // 匿名 for anonymous
	Points     []Ref  `json:"points,omitempty"`
	Content    string `json:"content"`
	Decision   string `json:"decision,omitempty"`
	Reason     string `json:"reason,omitempty"`
	ReplyBy    string `json:"replyBy,omitempty"` // 答复单位
	Replied    Due    `json:"replied,omitzero"`  // 答复日期, or 待答复
	Reply      string `json:"reply,omitempty"`   // what was answered
	Note       string `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Opinion) RecordKind() Kind { return KindOpinion }

// Natural is the code.
func (r *Opinion) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Opinion) Clone() Record { c := *r; c.Points = slices.Clone(r.Points); return &c }

// EachRef visits the disclosure and the points.
func (r *Opinion) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindDisclosure, Ref{}, &r.Disclosure)
	eachOf(r.Points, KindRiskPoint, Ref{}, visit)
}

// Anonymous reports whether the person did not give a name.
func (r *Opinion) Anonymous() bool { return r.From == "" || r.From == "匿名" }

// Adopted reports whether the opinion was taken up, wholly or partly.
func (r *Opinion) Adopted() bool { return r.Decision == Decisions[0] || r.Decision == Decisions[1] }

// State is the state in OpinionLife.
func (r *Opinion) State() string {
	switch {
	case r.Decision == "":
		return OpinionNew
	case r.Replied.Date == "":
		return OpinionDecided
	}
	return OpinionAnswered
}

// Types of a revision.
const (
	RevisionAdd    = "增"
	RevisionEdit   = "改"
	RevisionMerge  = "并"
	RevisionRemove = "删"
)

// Revision is one change of a point or measure with the opinions or the reason
// behind it.
type Revision struct {
	Base
	Disclosure Ref    `json:"disclosure,omitzero"`
	Type       string `json:"type"` // 增 改 并 删
	Point      Ref    `json:"point"`
	Field      string `json:"field,omitempty"` // 表现形式, 防范措施, 责任人, 整条
	Item       string `json:"item,omitempty"`  // 第1条, 新增
	Opinions   []Ref  `json:"opinions,omitempty"`
	Before     string `json:"before,omitempty"`
	After      string `json:"after,omitempty"`
	Date       Date   `json:"date,omitempty"`
	Reason     string `json:"reason,omitempty"`
	By         string `json:"by,omitempty"` // who approved
	Note       string `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Revision) RecordKind() Kind { return KindRevision }

// Natural is the code.
func (r *Revision) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Revision) Clone() Record { c := *r; c.Opinions = slices.Clone(r.Opinions); return &c }

// EachRef visits disclosure, point and opinions.
func (r *Revision) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindDisclosure, Ref{}, &r.Disclosure)
	visit(KindRiskPoint, Ref{}, &r.Point)
	eachOf(r.Opinions, KindOpinion, Ref{}, visit)
}

// ShownIn is the first of the disclosures that shows a point, or its measures; nil
// if none does.
func ShownIn(disclosures []*Disclosure, point *RiskPoint, measures bool) *Disclosure {
	for _, d := range disclosures {
		if d.OfMeasures() == measures && d.Covers(point.Unit.ID) {
			return d
		}
	}
	return nil
}

// PublishedDifference names the published part of a point that a change touches,
// "" if none. after may be nil.
func PublishedDifference(before, after *RiskPoint) string {
	switch {
	case after == nil || before.Status != after.Status:
		return "整条"
	case before.Name != after.Name:
		return "风险点"
	case before.Description != after.Description:
		return "表现形式"
	}
	return ""
}
