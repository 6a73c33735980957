package domain

import "slices"

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

// CheckAnswered refuses a change of the decision or the answer of an opinion that
// was answered, and the removal of one that a revision rests on. Blanks may be
// filled. after may be nil.
func CheckAnswered(before, after *Opinion) error {
	if before.State() != OpinionAnswered {
		return nil
	}
	if after == nil {
		return refuse("意见 %s 已经答复，不能删除", before.Code)
	}
	filled := func(a, b string) bool { return a == "" || a == b }
	if before.Decision != after.Decision || !filled(before.Reason, after.Reason) || !filled(before.Reply, after.Reply) || !filled(before.ReplyBy, after.ReplyBy) ||
		before.Replied.Date != after.Replied.Date || before.Content != after.Content {
		_, why := OpinionLife.Next(OpinionAnswered, EventDecide)
		return refuse("意见 %s：%s", before.Code, why)
	}
	return nil
}

// Grounded reports whether a revision names the opinions or the reason behind it.
func (r *Revision) Grounded() bool { return len(r.Opinions) > 0 || r.Reason != "" || r.Note != "" }

// LatestDisclosure is the notice that stands for the no-th one: itself, or the last
// of those that corrected it; nil if there is none.
func (p *Pilot) LatestDisclosure(no int) *Disclosure {
	d, ok := p.Disclosures.ByKey(itoa(no))
	if !ok {
		return nil
	}
	return p.Correction(d)
}

// Correction is the last of the notices that corrected a notice, or the notice itself.
func (p *Pilot) Correction(d *Disclosure) *Disclosure {
	for range p.Disclosures.Len() {
		i := slices.IndexFunc(p.Disclosures.All(), func(x *Disclosure) bool { return x.Started() && x.Follows.ID == d.ID })
		if i < 0 {
			break
		}
		d = p.Disclosures.All()[i]
	}
	return d
}

// OpinionsOn lists the opinions on a notice and on those that it corrected.
func (p *Pilot) OpinionsOn(d *Disclosure) []*Opinion {
	var out []*Opinion
	for _, o := range p.Opinions.All() {
		if of, ok := p.Disclosures.Get(o.Disclosure.ID); ok && p.Correction(of).ID == p.Correction(d).ID {
			out = append(out, o)
		}
	}
	return out
}
