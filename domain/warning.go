package domain

// States of a warning.
const (
	WarningIssued   = "已签发"
	WarningReplied  = "已回告"
	WarningReleased = "已解除"
	WarningRaised   = "已升级"
)

// Warning is an issued 预警: it keeps the words and numbers it was issued with.
type Warning struct {
	Base               // Code is the 文号
	Point      Ref     `json:"point"`
	Unit       Ref     `json:"unit"`
	Post       Ref     `json:"post,omitzero"`
	Round      int     `json:"round,omitempty"`
	Level      string  `json:"level"`
	Severity   int     `json:"severity"`
	Index      float64 `json:"index"`
	Basis      string  `json:"basis,omitempty"` // 依据
	Advice     string  `json:"advice,omitempty"`
	Recipients string  `json:"recipients,omitempty"`
	Signer     string  `json:"signer,omitempty"`
	Issued     Date    `json:"issued,omitempty"`
	ReplyBy    Date    `json:"replyBy,omitempty"`
	FixBy      Date    `json:"fixBy,omitempty"`
	Replied    Date    `json:"replied,omitempty"`
	Released   Date    `json:"released,omitempty"`
	State      string  `json:"state"`
	Note       string  `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Warning) RecordKind() Kind { return KindWarning }

// Natural is the number of the paper.
func (r *Warning) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Warning) Clone() Record { c := *r; return &c }

// EachRef visits point, unit and post.
func (r *Warning) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindRiskPoint, Ref{}, &r.Point)
	visit(KindUnit, Ref{}, &r.Unit)
	visit(KindPost, r.Unit, &r.Post)
}
