// Package domain holds the field's rules of 廉政风险预警防范: the records of a
// pilot, what they may hold, how they refer to each other, and how risk is
// scored. It does no I/O and knows no clock.
package domain

import "strings"

// ID names a record for ever; it is opaque and unique within a pilot.
type ID string

// Kind names a type of record; the strings are those of the command line.
type Kind string

// The kinds of records a pilot holds.
const (
	KindInfo         Kind = "pilot"
	KindUnit         Kind = "unit"
	KindPost         Kind = "post"
	KindAuthority    Kind = "authority"
	KindMember       Kind = "member"
	KindMilestone    Kind = "milestone"
	KindWorkflow     Kind = "workflow"
	KindStep         Kind = "step" // lives inside a Workflow
	KindRiskPoint    Kind = "riskpoint"
	KindIntelligence Kind = "intelligence"
	KindFactor       Kind = "factor"
	KindSystem       Kind = "indicatorsystem"
	KindIndicator    Kind = "indicator" // lives inside an IndicatorSystem
	KindScheme       Kind = "levelscheme"
	KindAssessment   Kind = "assessment"
	KindRating       Kind = "rating"
	KindWarning      Kind = "warning"
	KindMonitor      Kind = "monitor"
	KindReading      Kind = "reading"
	KindMeasure      Kind = "measure"
	KindDisclosure   Kind = "disclosure"
	KindOpinion      Kind = "opinion"
	KindRevision     Kind = "revision"
	KindInspection   Kind = "inspection"
	KindAppraisal    Kind = "appraisal"

	KindMeeting       Kind = "meeting"
	KindCaseCard      Kind = "casecard"
	KindAttachment    Kind = "attachment"
	KindArtefact      Kind = "artefact"
	KindHoliday       Kind = "holiday"
	KindSanction      Kind = "sanction"
	KindEffectiveness Kind = "effectiveness"
	KindLayout        Kind = "layout"
	KindSynonym       Kind = "synonym"
	KindMergeMark     Kind = "mergemark"

	// KindRecord stands for records of several kinds in a sheet of a workbook.
	KindRecord Kind = "record"
)

var kindNames = map[Kind]string{
	KindInfo: "试点", KindUnit: "部门", KindPost: "岗位", KindAuthority: "职权", KindMember: "成员",
	KindMilestone: "工作步骤", KindWorkflow: "工作流程", KindStep: "流程步骤", KindRiskPoint: "风险点",
	KindIntelligence: "风险信息", KindFactor: "成因要素", KindSystem: "指标体系", KindIndicator: "指标",
	KindScheme: "等级方案", KindAssessment: "评估", KindRating: "评分", KindWarning: "预警",
	KindMonitor: "监测指标", KindReading: "监测读数", KindMeasure: "防范措施", KindDisclosure: "公示",
	KindOpinion: "意见", KindRevision: "修订", KindInspection: "检查记录", KindAppraisal: "考核评分",
	KindMeeting: "会议记录", KindCaseCard: "案例卡", KindAttachment: "附件", KindArtefact: "成果材料", KindHoliday: "节假日",
	KindSanction: "奖惩", KindEffectiveness: "控制有效性", KindLayout: "表格版式", KindSynonym: "表头同义词", KindMergeMark: "汇总记录", KindRecord: "其他记录",
}

// String is the kind's Chinese name, for messages.
func (k Kind) String() string {
	if n, ok := kindNames[k]; ok {
		return n
	}
	return string(k)
}

// Record is anything a pilot stores. A record in a pilot is never modified:
// a change puts a new one in its place, so that old values stay valid for undo.
type Record interface {
	RecordID() ID
	RecordKind() Kind
	// Natural is what makes two records the same thing when their IDs differ
	// (an import, a merge); "" when nothing does.
	Natural() string
	// Sort orders records of a kind.
	Sort() string
	// Clone copies the record so deeply that the copy may be modified.
	Clone() Record
	// EachRef visits the references to other records. unit is the context in
	// which a name is looked up.
	EachRef(visit func(kind Kind, unit Ref, r *Ref))
}

// Base is what every record carries. Origin says where it was first read,
// for example "自查表.xlsx 自查表!A5"; it is not compared. Stamp is set by merging:
// when and by whom each field was written, wherever that was (app/merge).
type Base struct {
	ID     ID     `json:"id"`
	Code   string `json:"c,omitempty"`
	Origin string `json:"o,omitempty"`
	Stamp  string `json:"s,omitempty"`
}

// RecordID returns the record's ID.
func (b Base) RecordID() ID { return b.ID }

// Sort orders by code.
func (b Base) Sort() string { return b.Code }

// SetBase gives a record its identity; used by the code that creates records.
func (b *Base) SetBase(id ID, origin string) { b.ID, b.Origin = id, origin }

func (b *Base) base() *Base { return b }

// BaseOf returns the base of a record; modify it only on a record made by Clone.
func BaseOf(r Record) *Base {
	if h, ok := r.(interface{ base() *Base }); ok {
		return h.base()
	}
	return nil
}

// Ref points at another record. While the target is not (yet) in the pilot, ID
// is empty and Text keeps what the person wrote; Pilot.Link sets the ID later.
type Ref struct {
	ID   ID     `json:"i,omitempty"`
	Text string `json:"t,omitempty"`
}

// To makes a reference by ID.
func To(id ID) Ref { return Ref{ID: id} }

// Named makes a reference that is still only a name.
func Named(text string) Ref { return Ref{Text: strings.TrimSpace(text)} }

// IsZero reports whether nothing is referred to.
func (r Ref) IsZero() bool { return r.ID == "" && r.Text == "" }

// Same reports whether two references mean the same target.
func (r Ref) Same(o Ref) bool {
	if r.ID != "" || o.ID != "" {
		return r.ID == o.ID
	}
	return r.Text == o.Text
}

// CompareCodes orders codes as people do: digit runs by number, so JJ-2 comes
// before JJ-10. It returns -1, 0 or 1.
func CompareCodes(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if isDigit(a[i]) && isDigit(b[j]) {
			si, sj := i, j
			for i < len(a) && isDigit(a[i]) {
				i++
			}
			for j < len(b) && isDigit(b[j]) {
				j++
			}
			na, nb := strings.TrimLeft(a[si:i], "0"), strings.TrimLeft(b[sj:j], "0")
			if len(na) != len(nb) {
				return sign(len(na) - len(nb))
			}
			if c := strings.Compare(na, nb); c != 0 {
				return c
			}
			continue
		}
		if a[i] != b[j] {
			return sign(int(a[i]) - int(b[j]))
		}
		i++
		j++
	}
	return sign((len(a) - i) - (len(b) - j))
}

// sortKey turns a code into a text whose byte order is the order of
// CompareCodes: every run of digits is led by its length without leading zeros.
func sortKey(code string) string {
	out := make([]byte, 0, len(code)+8)
	for i := 0; i < len(code); {
		if !isDigit(code[i]) {
			out = append(out, code[i])
			i++
			continue
		}
		start := i
		for i < len(code) && isDigit(code[i]) {
			i++
		}
		run := strings.TrimLeft(code[start:i], "0")
		if n := len(run); n < 9 {
			out = append(out, '0'+byte(n))
		} else {
			out = append(out, '9', byte(n>>8), byte(n))
		}
		out = append(out, run...)
	}
	return string(out)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
