package domain

import "slices"

// Kinds of meetings (会议记录).
const (
	MeetingMobilise = "动员会"
	MeetingCouncil  = "常委会"
	MeetingLeading  = "领导小组会议"
	MeetingOther    = "其他会议"
	MeetingResearch = "调研"
)

// MeetingTypes lists them; a 调研 is on its own sheet.
var MeetingTypes = []string{MeetingCouncil, MeetingLeading, MeetingMobilise, MeetingOther, MeetingResearch}

// Meeting is the record of a 会议 or of a 调研.
type Meeting struct {
	Base
	Type        string `json:"type,omitempty"` // MeetingMobilise …
	Title       string `json:"title,omitempty"`
	Unit        Ref    `json:"unit,omitzero"` // for whom it was held; zero = for all
	Date        Date   `json:"date,omitempty"`
	Place       string `json:"place,omitempty"`
	Chair       string `json:"chair,omitempty"`    // 主持人
	Speaker     string `json:"speaker,omitempty"`  // 主讲人; of a 调研 who was asked
	Method      string `json:"method,omitempty"`   // 调研方式: 座谈 问卷 实地 …
	Expected    int    `json:"expected,omitempty"` // 应到
	Present     int    `json:"present,omitempty"`  // 实到
	Film        string `json:"film,omitempty"`     // 案例警示片
	Content     string `json:"content,omitempty"`
	Resolution  string `json:"resolution,omitempty"`
	Recorder    string `json:"recorder,omitempty"`
	Attachments []Ref  `json:"attachments,omitempty"`
	Note        string `json:"note,omitempty"`
}

// Files are the attachments of the meeting; append to them on a clone only.
func (r *Meeting) Files() *[]Ref { return &r.Attachments }

// RecordKind tells the kind.
func (*Meeting) RecordKind() Kind { return KindMeeting }

// Natural is type, unit, date and title.
func (r *Meeting) Natural() string {
	return r.Type + "/" + refKey(r.Unit) + "/" + string(r.Date) + "/" + r.Title
}

// Sort orders by day.
func (r *Meeting) Sort() string { return string(r.Date) + " " + r.Type + " " + r.Title }

// Clone copies deeply.
func (r *Meeting) Clone() Record { c := *r; c.Attachments = slices.Clone(r.Attachments); return &c }

// EachRef visits the unit and the attachments.
func (r *Meeting) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindUnit, Ref{}, &r.Unit)
	eachOf(r.Attachments, KindAttachment, Ref{}, visit)
}

// CaseCard is one 案例 analysed for its causes.
type CaseCard struct {
	Base
	Title       string   `json:"title"`
	Source      string   `json:"source,omitempty"`
	Date        Date     `json:"date,omitempty"`
	Field       string   `json:"field,omitempty"` // 领域: 工程建设, 物资采购 …
	Facts       string   `json:"facts,omitempty"`
	Categories  []string `json:"categories,omitempty"` // of Categories
	Causes      string   `json:"causes,omitempty"`
	Lessons     string   `json:"lessons,omitempty"`
	Points      []Ref    `json:"points,omitempty"`
	Info        Ref      `json:"info,omitzero"` // the 风险信息 it was written from
	Attachments []Ref    `json:"attachments,omitempty"`
	Note        string   `json:"note,omitempty"`
}

// Files are the attachments of the case; append to them on a clone only.
func (r *CaseCard) Files() *[]Ref { return &r.Attachments }

// RecordKind tells the kind.
func (*CaseCard) RecordKind() Kind { return KindCaseCard }

// Natural is the title.
func (r *CaseCard) Natural() string { return r.Title }

// Clone copies deeply.
func (r *CaseCard) Clone() Record {
	c := *r
	c.Categories, c.Points, c.Attachments = slices.Clone(r.Categories), slices.Clone(r.Points), slices.Clone(r.Attachments)
	return &c
}

// EachRef visits the risk points, the information and the attachments.
func (r *CaseCard) EachRef(visit func(Kind, Ref, *Ref)) {
	eachOf(r.Points, KindRiskPoint, Ref{}, visit)
	visit(KindIntelligence, Ref{}, &r.Info)
	eachOf(r.Attachments, KindAttachment, Ref{}, visit)
}

// Holder is a record that holds attachments.
type Holder interface {
	Record
	Files() *[]Ref
}

// Attachment is a file kept in the pilot. Its content lies in the store under
// its SHA-256 and is not held in memory.
type Attachment struct {
	Base
	Name   string `json:"name"`   // with extension
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // lower-case hex
	Added  Date   `json:"added,omitempty"`
	Note   string `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Attachment) RecordKind() Kind { return KindAttachment }

// Natural is name and content.
func (r *Attachment) Natural() string { return r.Name + "/" + r.SHA256 }

// Clone copies deeply.
func (r *Attachment) Clone() Record { c := *r; return &c }

// EachRef visits nothing.
func (*Attachment) EachRef(func(Kind, Ref, *Ref)) {}

// Artefact is a 成果材料: a paper that a milestone asks for, made or filed.
type Artefact struct {
	Base          // Code is the 文号, if it has one
	Milestone Ref `json:"milestone"`
	// Name is which of the milestone's papers it is.
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Date        Date   `json:"date,omitempty"`
	By          string `json:"by,omitempty"`
	Attachments []Ref  `json:"attachments,omitempty"`
	Note        string `json:"note,omitempty"`
}

// Files are the attachments of the paper; append to them on a clone only.
func (r *Artefact) Files() *[]Ref { return &r.Attachments }

// RecordKind tells the kind.
func (*Artefact) RecordKind() Kind { return KindArtefact }

// Natural is milestone, name, number and title.
func (r *Artefact) Natural() string {
	return refKey(r.Milestone) + "/" + r.Name + "/" + r.Code + "/" + r.Title
}

// Clone copies deeply.
func (r *Artefact) Clone() Record { c := *r; c.Attachments = slices.Clone(r.Attachments); return &c }

// EachRef visits the milestone and the attachments.
func (r *Artefact) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindMilestone, Ref{}, &r.Milestone)
	eachOf(r.Attachments, KindAttachment, Ref{}, visit)
}

// Holiday is a day that differs from the plain week: a 节假日, or with Workday a
// weekend day worked in exchange (调休).
type Holiday struct {
	Base
	Date    Date   `json:"date"`
	Name    string `json:"name,omitempty"`
	Workday bool   `json:"work,omitempty"`
}

// RecordKind tells the kind.
func (*Holiday) RecordKind() Kind { return KindHoliday }

// Natural is the day.
func (r *Holiday) Natural() string { return string(r.Date) }

// Sort orders by day.
func (r *Holiday) Sort() string { return string(r.Date) }

// Clone copies deeply.
func (r *Holiday) Clone() Record { c := *r; return &c }

// EachRef visits nothing.
func (*Holiday) EachRef(func(Kind, Ref, *Ref)) {}

// Sanction is one 奖惩, decided upon an appraisal or an inspection.
type Sanction struct {
	Base
	Unit   Ref    `json:"unit"`
	Post   Ref    `json:"post,omitzero"`
	Reward bool   `json:"reward,omitempty"` // 奖, else 惩
	Form   string `json:"form,omitempty"`   // 通报表扬, 诫勉谈话 …
	Basis  string `json:"basis,omitempty"`
	Date   Date   `json:"date,omitempty"`
	By     string `json:"by,omitempty"` // who decided
	Note   string `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Sanction) RecordKind() Kind { return KindSanction }

// Natural is unit, post, form and day.
func (r *Sanction) Natural() string {
	return refKey(r.Unit) + "/" + refKey(r.Post) + "/" + r.Form + "/" + string(r.Date)
}

// Clone copies deeply.
func (r *Sanction) Clone() Record { c := *r; return &c }

// EachRef visits unit and post.
func (r *Sanction) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindUnit, Ref{}, &r.Unit)
	visit(KindPost, r.Unit, &r.Post)
}

// Effectiveness says how well the controls of a risk point work in a round.
type Effectiveness struct {
	Base
	Assessment Ref     `json:"assessment"`
	Point      Ref     `json:"point"`
	Value      float64 `json:"value"` // E in residual = inherent × (1 − E), 0–1
	Reason     string  `json:"reason,omitempty"`
}

// RecordKind tells the kind.
func (*Effectiveness) RecordKind() Kind { return KindEffectiveness }

// Natural is round and point.
func (r *Effectiveness) Natural() string { return refKey(r.Assessment) + "/" + refKey(r.Point) }

// Clone copies deeply.
func (r *Effectiveness) Clone() Record { c := *r; return &c }

// EachRef visits the point.
func (r *Effectiveness) EachRef(visit func(Kind, Ref, *Ref)) {
	visit(KindRiskPoint, Ref{}, &r.Point)
}
