package domain

import "slices"

// States of a warning.
const (
	WarningProposed  = "待签发" // computed, not stored
	WarningIssued    = "已签发"
	WarningReplied   = "已回告"
	WarningReturned  = "已退回"
	WarningPassed    = "复核通过"
	WarningReleased  = "已解除"
	WarningRaised    = "已升级"
	WarningCorrected = "已更正"
	WarningContinued = "已接续"
)

// Events of a warning.
const (
	EventIssue    = "签发"
	EventReply    = "登记回告"
	EventPass     = "复核通过"
	EventReturn   = "复核退回"
	EventExtend   = "延期"
	EventRelease  = "解除"
	EventRaise    = "升级"
	EventCorrect  = "更正"
	EventContinue = "接续"
)

// WarningLife is the life of a 预警. Unmet twice, a warning is raised: the table
// allows it in every open state, Warning.Unmet counts.
var WarningLife = &Machine{Kind: KindWarning, States: []string{WarningProposed, WarningIssued, WarningReplied, WarningReturned, WarningPassed,
	WarningReleased, WarningRaised, WarningCorrected, WarningContinued}, Moves: warningMoves()}

func warningMoves() []Move {
	moves := []Move{
		{From: WarningProposed, Event: EventIssue, To: WarningIssued},
		{From: WarningIssued, Event: EventReply, To: WarningReplied},
		{From: WarningIssued, Event: EventExtend, To: WarningIssued},
		{From: WarningIssued, Event: EventPass, Refusal: "还没有收到回告，不能复核；请先登记回告"},
		{From: WarningIssued, Event: EventReturn, Refusal: "还没有收到回告，不能复核；请先登记回告"},
		{From: WarningIssued, Event: EventRelease, Refusal: "还没有回告和复核，不能解除；请先登记回告，再复核"},
		{From: WarningReplied, Event: EventPass, To: WarningPassed},
		{From: WarningReplied, Event: EventReturn, To: WarningReturned},
		{From: WarningReplied, Event: EventExtend, To: WarningReplied},
		{From: WarningReplied, Event: EventReply, Refusal: "已经登记回告，正等复核；复核退回后才能再登记"},
		{From: WarningReplied, Event: EventRelease, Refusal: "还没有复核，不能解除；请先复核"},
		{From: WarningReturned, Event: EventReply, To: WarningReplied},
		{From: WarningReturned, Event: EventExtend, To: WarningReturned},
		{From: WarningReturned, Event: EventRelease, Refusal: "复核没有通过，不能解除；请重新整改、回告"},
		{From: WarningPassed, Event: EventRelease, To: WarningReleased},
		{From: WarningPassed, Event: EventReturn, To: WarningReturned},
		{From: WarningPassed, Event: EventReply, Refusal: "复核已经通过，不用再回告；可以解除了"},
	}
	for _, from := range []string{WarningIssued, WarningReplied, WarningReturned, WarningPassed} {
		moves = append(moves, Move{From: from, Event: EventCorrect, To: WarningCorrected}, Move{From: from, Event: EventContinue, To: WarningContinued})
		if from != WarningPassed {
			moves = append(moves, Move{From: from, Event: EventRaise, To: WarningRaised})
		} else {
			moves = append(moves, Move{From: from, Event: EventRaise, Refusal: "复核已经通过，不能升级；又发现问题的请先复核退回"})
		}
		moves = append(moves, Move{From: from, Event: EventIssue, Refusal: "这份预警已经签发，签发的内容不能改，只能另发文更正"})
	}
	for _, c := range []struct{ state, why string }{
		{WarningReleased, "这份预警已经解除，不能再处理；再有问题请另行签发"},
		{WarningRaised, "这份预警已经升级，请在升级后的那份预警上处理"},
		{WarningCorrected, "这份预警已由后一份更正，请在更正后的那份预警上处理"},
		{WarningContinued, "这份预警已由新一轮的预警接续，请在新的那份上处理"},
	} {
		for _, event := range []string{EventReply, EventPass, EventReturn, EventExtend, EventRelease, EventRaise, EventCorrect, EventContinue} {
			moves = append(moves, Move{From: c.state, Event: event, Refusal: c.why})
		}
	}
	return moves
}

// Where a warning may come from.
const (
	SourceRound        = "评估"
	SourceRule         = "规则"
	SourceTrend        = "趋势"
	SourceIntelligence = "风险信息"
)

// Warning is an issued 预警: it keeps the words and numbers it was issued with.
// What happens to it afterwards is added to Actions and never taken away.
type Warning struct {
	Base               // Code is the 文号
	Point      Ref     `json:"point"`
	Unit       Ref     `json:"unit"`
	Post       Ref     `json:"post,omitzero"`
	Round      int     `json:"round,omitempty"` // 0 = not from a round
	Level      string  `json:"level"`
	Severity   int     `json:"severity"`
	Index      float64 `json:"index"`            // 风险指数 0–100 when issued; 0 = none
	Sources    string  `json:"source,omitempty"` // SourceRound …, joined by 、
	Info       Ref     `json:"info,omitzero"`    // the 风险信息 it rests on
	Basis      string  `json:"basis,omitempty"`  // 依据
	Advice     string  `json:"advice,omitempty"`
	Recipients string  `json:"recipients,omitempty"`
	Signer     string  `json:"signer,omitempty"`
	Issued     Date    `json:"issued,omitempty"`
	ReplyBy    Date    `json:"replyBy,omitempty"` // as issued; see ReplyDue
	FixBy      Date    `json:"fixBy,omitempty"`   // as issued; see FixDue
	Follows    Ref     `json:"follows,omitzero"`  // the earlier warning that this paper raises, corrects or continues

	Replied  Date            `json:"replied,omitempty"`
	Released Date            `json:"released,omitempty"`
	State    string          `json:"state"`
	Actions  []WarningAction `json:"actions,omitempty"`
	Note     string          `json:"note,omitempty"`
}

// WarningAction is one thing that was done about an issued warning.
type WarningAction struct {
	Event string `json:"event"` // EventReply …
	Date  Date   `json:"date"`
	By    string `json:"by,omitempty"`   // who replied, reviewed, approved
	Text  string `json:"text,omitempty"` // what the reply says, or why
	// ReplyBy and FixBy are new deadlines of an extension or a return; "" = as before.
	ReplyBy Date `json:"replyBy,omitempty"`
	FixBy   Date `json:"fixBy,omitempty"`
	Paper   Ref  `json:"paper,omitzero"` // the later warning that raises, corrects or continues this one
}

// RecordKind tells the kind.
func (*Warning) RecordKind() Kind { return KindWarning }

// Natural is the number of the paper.
func (r *Warning) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Warning) Clone() Record { c := *r; c.Actions = slices.Clone(r.Actions); return &c }

// EachRef visits point, unit, post, the information it rests on and the papers
// before and after it.
func (r *Warning) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindRiskPoint, Ref{}, &r.Point)
	visit(KindUnit, Ref{}, &r.Unit)
	visit(KindPost, r.Unit, &r.Post)
	visit(KindIntelligence, Ref{}, &r.Info)
	visit(KindWarning, Ref{}, &r.Follows)
	for i := range r.Actions {
		visit(KindWarning, Ref{}, &r.Actions[i].Paper)
	}
}

// Open reports whether the warning still waits for something.
func (r *Warning) Open() bool { return !WarningLife.Ends(r.State) }

// Last returns the latest action of an event, or nil.
func (r *Warning) Last(event string) *WarningAction {
	for i := len(r.Actions) - 1; i >= 0; i-- {
		if r.Actions[i].Event == event {
			return &r.Actions[i]
		}
	}
	return nil
}

// ReplyDue and FixDue are the deadlines after all extensions.
func (r *Warning) ReplyDue() Date {
	due := r.ReplyBy
	for _, a := range r.Actions {
		if a.ReplyBy != "" {
			due = a.ReplyBy
		}
	}
	return due
}

// FixDue is when the matter must be put right.
func (r *Warning) FixDue() Date {
	due := r.FixBy
	for _, a := range r.Actions {
		if a.FixBy != "" {
			due = a.FixBy
		}
	}
	return due
}

// WaitsReply reports whether a reply is expected.
func (r *Warning) WaitsReply() bool { return r.State == WarningIssued || r.State == WarningReturned }

// Overdue says which deadline of an open warning has passed on a day, "" if none.
func (r *Warning) Overdue(today Date) string {
	switch {
	case !r.Open() || today == "":
		return ""
	case r.WaitsReply() && r.ReplyDue() != "" && r.ReplyDue() < today:
		return "回告"
	case r.State != WarningPassed && r.FixDue() != "" && r.FixDue() < today:
		return "整改"
	}
	return ""
}

// Unmet counts how often what was asked was not met: reviews that sent the reply
// back, and a deadline that has passed. Twice is the reason for raising.
func (r *Warning) Unmet(today Date) int {
	n := 0
	for _, a := range r.Actions {
		if a.Event == EventReturn {
			n++
		}
	}
	if r.Overdue(today) != "" {
		n++
	}
	return n
}

// issued is what was on the paper when it was signed. Names that became
// references since, or the other way round, do not count.
func (r *Warning) issued() []any {
	return []any{r.Code, r.Round, r.Level, r.Severity, r.Index, r.Sources, r.Basis, r.Advice, r.Recipients, r.Signer, r.Issued, r.ReplyBy, r.FixBy}
}

// CheckIssuedWarning refuses a change that alters, shortens or removes an issued
// warning. after may be nil.
func CheckIssuedWarning(before, after *Warning) error {
	if after == nil {
		return refuse("已签发的预警 %s 不能删除，只能解除或另发文更正", before.Code)
	}
	if !slices.Equal(before.issued(), after.issued()) || reassigned(before.Point, after.Point) || reassigned(before.Unit, after.Unit) ||
		reassigned(before.Post, after.Post) || reassigned(before.Info, after.Info) || reassigned(before.Follows, after.Follows) {
		return refuse("预警 %s 已经签发，签发的内容不能修改；有错请用“更正”另发一份", before.Code)
	}
	n := len(before.Actions)
	if len(after.Actions) < n {
		return refuse("预警 %s 的处理记录不能删除", before.Code)
	}
	state := before.State
	for i, a := range after.Actions {
		if i < n {
			if a.Event != before.Actions[i].Event || a.Date != before.Actions[i].Date || a.Text != before.Actions[i].Text || a.By != before.Actions[i].By {
				return refuse("预警 %s 的处理记录不能修改，请另登记一条", before.Code)
			}
			continue
		}
		next, err := WarningLife.Next(state, a.Event)
		if err != nil {
			return refuse("预警 %s：%s", before.Code, err)
		}
		state = next
	}
	if state != after.State {
		return refuse("预警 %s 的状态只能随登记的处理改变，不能直接改为“%s”", before.Code, after.State)
	}
	return nil
}

// reassigned reports whether a reference now means something else. A name that found
// its record, or lost it, means the same.
func reassigned(a, b Ref) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID != b.ID
	}
	return a.ID == "" && b.ID == "" && a.Text != b.Text
}
