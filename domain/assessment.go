package domain

import "slices"

// Assessment is a round of 评估: who scores, by which systems and levels.
type Assessment struct {
	Base
	No          int        `json:"no"`
	Name        string     `json:"name,omitempty"` // 首次评估, 再评估
	Date        Date       `json:"date,omitempty"`
	PointSystem Ref        `json:"pointSystem,omitzero"`
	UnitSystem  Ref        `json:"unitSystem,omitzero"`
	Scheme      Ref        `json:"scheme,omitzero"`
	Rule        Rule       `json:"rule,omitzero"` // method and aggregation
	Assessors   []Assessor `json:"assessors,omitempty"`
	Frozen      bool       `json:"frozen,omitempty"`
}

// Assessor is a 评分人 of a round. Name is short and unique in the round.
type Assessor struct {
	No    int    `json:"no"`
	Name  string `json:"name"`            // 组长, 审计处
	Title string `json:"title,omitempty"` // 党委副书记兼纪委书记（组长）
	Date  Date   `json:"date,omitempty"`
}

// RecordKind tells the kind.
func (*Assessment) RecordKind() Kind { return KindAssessment }

// Natural is the number of the round.
func (r *Assessment) Natural() string { return itoa(r.No) }

// Clone copies deeply.
func (r *Assessment) Clone() Record { c := *r; c.Assessors = slices.Clone(r.Assessors); return &c }

// EachRef visits nothing: systems and schemes are referred to by ID only.
func (*Assessment) EachRef(func(Kind, Ref, *Ref)) {}

// Mark is one score of one indicator: 1–5, Blank or Abstained.
type Mark int8

// Marks that are not scores.
const (
	Blank     Mark = 0
	Abstained Mark = -1
)

// Valid reports whether the mark is a score and counts.
func (m Mark) Valid() bool { return m >= 1 && m <= 5 }

// Rating holds what every assessor gave one subject (a risk point or a unit) in
// one round: one row per assessor, one mark per indicator of the round's system.
// Keeping a subject together makes 100,000 points × 7 assessors fit and load fast.
type Rating struct {
	Base
	Assessment Ref         `json:"assessment"`
	Target     string      `json:"target"`
	Subject    Ref         `json:"subject"`
	Rows       []RatingRow `json:"rows"`
}

// RatingRow is one assessor's marks, in the order of the system's indicators.
type RatingRow struct {
	Assessor string `json:"a"`
	Marks    []Mark `json:"m"`
	Note     string `json:"n,omitempty"`
}

// RecordKind tells the kind.
func (*Rating) RecordKind() Kind { return KindRating }

// Natural is round, target and subject.
func (r *Rating) Natural() string {
	return RatingKey(r.Assessment.ID, r.Target, r.Subject)
}

// RatingKey is the natural key of a subject's rating in a round.
func RatingKey(assessment ID, target string, subject Ref) string {
	return string(assessment) + "/" + target + "/" + refKey(subject)
}

// Clone copies deeply.
func (r *Rating) Clone() Record {
	c := *r
	c.Rows = slices.Clone(r.Rows)
	for i := range c.Rows {
		c.Rows[i].Marks = slices.Clone(c.Rows[i].Marks)
	}
	return &c
}

// EachRef visits the subject.
func (r *Rating) EachRef(visit func(Kind, Ref, *Ref)) {
	if r.Target == TargetUnit {
		visit(KindUnit, Ref{}, &r.Subject)
	} else {
		visit(KindRiskPoint, Ref{}, &r.Subject)
	}
}

// Row returns the assessor's row, or nil.
func (r *Rating) Row(assessor string) *RatingRow {
	for i := range r.Rows {
		if r.Rows[i].Assessor == assessor {
			return &r.Rows[i]
		}
	}
	return nil
}

// RatingOf returns the rating of a subject in a round.
func (p *Pilot) RatingOf(round *Assessment, target string, subject ID) (*Rating, bool) {
	return p.Ratings.ByKey(RatingKey(round.ID, target, To(subject)))
}

// KeepScores refuses a change of a round that would orphan scores already given:
// another system or method, a scorer gone. next is not stored yet.
func (p *Pilot) KeepScores(old, next *Assessment) error {
	for _, r := range p.Ratings.All() {
		if r.Assessment.ID != old.ID {
			continue
		}
		if was, is := p.SystemOf(old, r.Target), p.SystemOf(next, r.Target); was != is {
			return refuse("%s已有评分，不能换指标体系或评估方法；请另建一轮。", old.Title())
		}
		for _, row := range r.Rows {
			if !slices.ContainsFunc(next.Assessors, func(x Assessor) bool { return x.Name == row.Assessor }) {
				return refuse("“%s”在%s已有评分，不能去掉；请先清除其评分。", row.Assessor, old.Title())
			}
		}
	}
	return nil
}
