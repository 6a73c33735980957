package domain

import "slices"

// States of a disclosure; "" is read as DisclosureDraft.
const (
	DisclosureDraft     = "草拟"
	DisclosureOpen      = "公示中"
	DisclosureEnded     = "已截止"
	DisclosureDone      = "已办结"
	DisclosureWithdrawn = "已撤回"
	DisclosureCorrected = "已更正"
)

// Events of a disclosure; EventCorrect is shared with warnings.
const (
	EventAmend    = "修改公告"
	EventPublish  = "开始公示"
	EventHear     = "登记意见"
	EventEnd      = "截止"
	EventFinish   = "办结"
	EventWithdraw = "撤回"
)

// DisclosureLife is the life of a 公示. Once it has started, the notice is a paper
// that was issued: what it says is not changed any more but corrected by a later
// notice that names it, and what it shows is changed by revisions only.
var DisclosureLife = &Machine{Kind: KindDisclosure, States: []string{DisclosureDraft, DisclosureOpen, DisclosureEnded, DisclosureDone, DisclosureWithdrawn, DisclosureCorrected},
	Moves: disclosureMoves()}

func disclosureMoves() []Move {
	moves := []Move{
		{From: DisclosureDraft, Event: EventAmend, To: DisclosureDraft},
		{From: DisclosureDraft, Event: EventPublish, To: DisclosureOpen},
		{From: DisclosureOpen, Event: EventHear, To: DisclosureOpen},
		{From: DisclosureOpen, Event: EventEnd, To: DisclosureEnded},
		{From: DisclosureOpen, Event: EventWithdraw, To: DisclosureWithdrawn},
		{From: DisclosureOpen, Event: EventCorrect, To: DisclosureCorrected},
		{From: DisclosureOpen, Event: EventAmend, Refusal: "公示已经开始，公告的内容不能再改；有错请用“更正”另发一次公示"},
		{From: DisclosureOpen, Event: EventPublish, Refusal: "这次公示已经开始"},
		{From: DisclosureOpen, Event: EventFinish, Refusal: "公示还没有截止，不能办结"},
		{From: DisclosureEnded, Event: EventHear, To: DisclosureEnded},
		{From: DisclosureEnded, Event: EventFinish, To: DisclosureDone},
		{From: DisclosureEnded, Event: EventCorrect, To: DisclosureCorrected},
		{From: DisclosureEnded, Event: EventAmend, Refusal: "公示已经截止，公告的内容不能再改；有错请用“更正”另发一次公示"},
		{From: DisclosureEnded, Event: EventEnd, Refusal: "这次公示已经截止"},
		{From: DisclosureEnded, Event: EventWithdraw, Refusal: "公示已经截止，不能撤回；有错请用“更正”另发一次公示"},
	}
	for _, event := range []string{EventHear, EventEnd, EventFinish, EventWithdraw, EventCorrect} {
		moves = append(moves, Move{From: DisclosureDraft, Event: event, Refusal: "公示还没有开始，不能" + event + "；请先开始公示（已经贴出的，开始日期填贴出那天）"})
	}
	for _, c := range []struct{ state, why string }{
		{DisclosureDone, "这次公示已经办结，不能再改；要再公示请新建一次"},
		{DisclosureWithdrawn, "这次公示已经撤回，不能再处理；要再公示请新建一次"},
		{DisclosureCorrected, "这次公示已由后一次更正，请在更正后的那次上处理"},
	} {
		for _, event := range []string{EventAmend, EventPublish, EventHear, EventEnd, EventFinish, EventWithdraw, EventCorrect} {
			moves = append(moves, Move{From: c.state, Event: event, Refusal: c.why})
		}
	}
	return append(moves, Move{From: DisclosureEnded, Event: EventPublish, Refusal: "公示已经截止；要再公示请新建一次公示"})
}

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
	Follows   Ref                `json:"follows,omitzero"` // the earlier notice that this one corrects
	// Shown is what the notice showed when it started, in its words of that day;
	// empty while it has not started, and for notices known only by an import.
	Shown []ShownItem `json:"shown,omitempty"`
	Note  string      `json:"note,omitempty"`
}

// ShownItem is a line of a notice: a risk point, with its measures in a notice of
// measures. Unit and Post are their names on the notice.
type ShownItem struct {
	Point       ID       `json:"point"`
	Unit        string   `json:"unit,omitempty"`
	Post        string   `json:"post,omitempty"`
	Code        string   `json:"code,omitempty"`
	Name        string   `json:"name,omitempty"`
	Description string   `json:"description,omitempty"`
	Category    string   `json:"category,omitempty"`
	Step        string   `json:"step,omitempty"` // workflow and step, in a notice of measures
	Measures    []string `json:"measures,omitempty"`
}

// DisclosureAction is one step in the life of a disclosure.
type DisclosureAction struct {
	Event string `json:"event"`
	Date  Date   `json:"date"`
	By    string `json:"by,omitempty"`
	Text  string `json:"text,omitempty"`
	Paper Ref    `json:"paper,omitzero"` // the later notice that corrects this one
}

// RecordKind tells the kind.
func (*Disclosure) RecordKind() Kind { return KindDisclosure }

// Natural is the number.
func (r *Disclosure) Natural() string { return itoa(r.No) }

// Clone copies deeply.
func (r *Disclosure) Clone() Record {
	c := *r
	c.Units, c.Actions, c.Shown = slices.Clone(r.Units), slices.Clone(r.Actions), slices.Clone(r.Shown)
	for i := range c.Shown {
		c.Shown[i].Measures = slices.Clone(c.Shown[i].Measures)
	}
	return &c
}

// EachRef visits the units and the notices before and after.
func (r *Disclosure) EachRef(visit func(Kind, Ref, *Ref)) {
	eachOf(r.Units, KindUnit, Ref{}, visit)
	visit(KindDisclosure, Ref{}, &r.Follows)
	for i := range r.Actions {
		visit(KindDisclosure, Ref{}, &r.Actions[i].Paper)
	}
}

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

// Started reports whether the notice has been issued.
func (r *Disclosure) Started() bool { return r.Life() != DisclosureDraft }

// ReplyWithin is how many working days an opinion may wait for its answer.
func (r *Disclosure) ReplyWithin() int {
	if r == nil || r.ReplyDays <= 0 {
		return UsualReplyDays
	}
	return r.ReplyDays
}

// UsualReplyDays is how many working days an opinion may wait when the notice does
// not say.
const UsualReplyDays = 10

// Shows reports whether a point stands in the notice.
func (r *Disclosure) Shows(point *RiskPoint) bool {
	if len(r.Shown) == 0 {
		return r.Covers(point.Unit.ID)
	}
	return slices.ContainsFunc(r.Shown, func(x ShownItem) bool { return x.Point == point.ID })
}

// said is what stands on the notice.
func (r *Disclosure) said() []string {
	return []string{r.Subject, string(r.Start), string(r.End), r.Scope, r.Channel, r.Anon, r.Contact}
}

// CheckPublished refuses a change of what a started notice says, of what was done
// about it, or its removal. Blanks may be filled. after may be nil.
func CheckPublished(before, after *Disclosure) error {
	if !before.Started() {
		if after != nil {
			return DisclosureLife.Leads(before.Life(), after.Life())
		}
		return nil
	}
	if after == nil {
		return refuse("第%d次公示已经开始，不能删除；有错请撤回或另发一次更正", before.No)
	}
	filled := func(a, b string) bool { return a == "" || a == b }
	if before.No != after.No || !slices.EqualFunc(before.said(), after.said(), filled) || !slices.EqualFunc(before.Units, after.Units, Ref.Same) ||
		len(before.Shown) > 0 && !slices.EqualFunc(before.Shown, after.Shown, ShownItem.same) || reassigned(before.Follows, after.Follows) {
		_, why := DisclosureLife.Next(before.Life(), EventAmend)
		return refuse("第%d次公示：%s", before.No, why)
	}
	return before.checkActions(after)
}

// checkActions refuses to change or drop what was recorded, and a state that no
// recorded event leads to.
func (r *Disclosure) checkActions(after *Disclosure) error {
	n := len(r.Actions)
	if len(after.Actions) < n || !slices.EqualFunc(r.Actions, after.Actions[:n], func(a, b DisclosureAction) bool {
		return a.Event == b.Event && a.Date == b.Date && a.By == b.By && a.Text == b.Text
	}) {
		return refuse("第%d次公示的办理记录不能修改或删除", r.No)
	}
	state := r.Life()
	for _, a := range after.Actions[n:] {
		next, err := DisclosureLife.Next(state, a.Event)
		if err != nil {
			return refuse("第%d次公示：%s", r.No, err)
		}
		state = next
	}
	if state != after.Life() {
		return refuse("第%d次公示现在是“%s”，状态只能随登记的办理改变，不能直接改为“%s”", r.No, r.Life(), after.Life())
	}
	return nil
}

func (x ShownItem) same(o ShownItem) bool {
	return x.Point == o.Point && x.Unit == o.Unit && x.Post == o.Post && x.Code == o.Code && x.Name == o.Name && x.Description == o.Description &&
		x.Category == o.Category && x.Step == o.Step && slices.Equal(x.Measures, o.Measures)
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
