package domain

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Intelligence is one item of the 风险信息库.
type Intelligence struct {
	Base
	Source    string `json:"source,omitempty"` // 信访举报 审计发现 …
	Date      Date   `json:"date,omitempty"`
	Summary   string `json:"summary"`
	Units     []Ref  `json:"units,omitempty"`
	UnitText  string `json:"unitText,omitempty"` // as written, for example 两部门
	PostText  string `json:"post,omitempty"`     // 涉及岗位（环节）
	Category  string `json:"category,omitempty"` // 原因要素
	Verified  string `json:"verified,omitempty"` // 核实情况
	Points    []Ref  `json:"points,omitempty"`
	Handling  string `json:"handling,omitempty"`
	Registrar string `json:"registrar,omitempty"` // 登记单位
	Secrecy   string `json:"secrecy,omitempty"`   // one of Secrecies; "" = internal
	Posts     []Ref  `json:"posts,omitempty"`     // posts it is about
	Factors   []Ref  `json:"factors,omitempty"`   // causes it shows
	Note      string `json:"note,omitempty"`
}

// Who may see an item of information.
const (
	SecrecyOpen     = "可公开"
	SecrecyInternal = "内部"
	SecrecyClosed   = "限定知悉" // only those who handle it
)

// Secrecies lists them from the most open. State secrets do not belong here.
var Secrecies = []string{SecrecyOpen, SecrecyInternal, SecrecyClosed}

// How far an item is checked.
const (
	CheckNone    = "未核实"
	CheckRunning = "核实中"
	CheckTrue    = "属实"
	CheckPartly  = "部分属实"
	CheckNot     = "未查实"
	CheckNotice  = "通报"
)

// Checks lists the usual words for it.
var Checks = []string{CheckNone, CheckRunning, CheckTrue, CheckPartly, CheckNot, CheckNotice}

// InformationSources lists where information usually comes from.
var InformationSources = []string{"信访举报", "审计发现", "专项检查", "典型案例", "调研", "民主测评", "述职述廉", "民主生活会", "座谈会", "网络舆情"}

// Confirmed reports whether an item is true, at least in part.
func (r *Intelligence) Confirmed() bool { return r.Verified == CheckTrue || r.Verified == CheckPartly }

// Guarded reports whether only those who handle an item may see it: complaints are
// unless somebody decided otherwise.
func (r *Intelligence) Guarded() bool {
	return r.Secrecy == SecrecyClosed || r.Secrecy == "" && r.Source == "信访举报"
}

// RecordKind tells the kind.
func (*Intelligence) RecordKind() Kind { return KindIntelligence }

// Natural is the code.
func (r *Intelligence) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Intelligence) Clone() Record {
	c := *r
	c.Units, c.Points = slices.Clone(r.Units), slices.Clone(r.Points)
	c.Posts, c.Factors = slices.Clone(r.Posts), slices.Clone(r.Factors)
	return &c
}

// EachRef visits units, posts, causes and points.
func (r *Intelligence) EachRef(visit func(Kind, Ref, *Ref)) {
	eachOf(r.Units, KindUnit, Ref{}, visit)
	var unit Ref
	if len(r.Units) == 1 {
		unit = r.Units[0]
	}
	eachOf(r.Posts, KindPost, unit, visit)
	eachOf(r.Factors, KindFactor, Ref{}, visit)
	eachOf(r.Points, KindRiskPoint, Ref{}, visit)
}

// Factor is a 成因要素: a cause, in one of the five categories.
type Factor struct {
	Base
	Category string `json:"category"`
	Text     string `json:"text"`
	Source   string `json:"source,omitempty"`
	Points   []Ref  `json:"points,omitempty"`
}

// RecordKind tells the kind.
func (*Factor) RecordKind() Kind { return KindFactor }

// Natural is category and text.
func (r *Factor) Natural() string { return r.Category + "/" + r.Text }

// Clone copies deeply.
func (r *Factor) Clone() Record { c := *r; c.Points = slices.Clone(r.Points); return &c }

// EachRef visits points.
func (r *Factor) EachRef(visit func(Kind, Ref, *Ref)) { eachOf(r.Points, KindRiskPoint, Ref{}, visit) }

// Monitor is a leading indicator (监测指标) read every month or quarter.
type Monitor struct {
	Base
	Name     string  `json:"name"`
	Units    []Ref   `json:"units,omitempty"`
	UnitText string  `json:"unitText,omitempty"`
	Measure  string  `json:"measure,omitempty"` // 单位: %, 笔, 件
	LowIsBad bool    `json:"low,omitempty"`     // 风险方向 低
	Warn     float64 `json:"warn"`
	Alarm    float64 `json:"alarm"`
	Formula  string  `json:"formula,omitempty"`
	Source   string  `json:"source,omitempty"`
	Filler   string  `json:"filler,omitempty"` // 填报岗位
	Points   []Ref   `json:"points,omitempty"`
	Note     string  `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Monitor) RecordKind() Kind { return KindMonitor }

// Natural is the code.
func (r *Monitor) Natural() string { return r.Code }

// Clone copies deeply.
func (r *Monitor) Clone() Record {
	c := *r
	c.Units, c.Points = slices.Clone(r.Units), slices.Clone(r.Points)
	return &c
}

// EachRef visits units and points.
func (r *Monitor) EachRef(visit func(Kind, Ref, *Ref)) {
	eachOf(r.Units, KindUnit, Ref{}, visit)
	eachOf(r.Points, KindRiskPoint, Ref{}, visit)
}

// Status of a reading against the thresholds: 报警, 预警 or 正常.
func (r *Monitor) Status(value float64) string {
	beyond := func(limit float64) bool {
		if r.LowIsBad {
			return value <= limit
		}
		return value >= limit
	}
	switch {
	case beyond(r.Alarm):
		return "报警"
	case beyond(r.Warn):
		return "预警"
	}
	return "正常"
}

// Percent reports whether readings are percentages.
func (r *Monitor) Percent() bool { return strings.Contains(NormalizeWidth(r.Measure), "%") }

// Fraction reports whether a percentage is kept as a fraction (0.35 for 35 %),
// which its thresholds tell.
func (r *Monitor) Fraction() bool { return r.Percent() && r.Alarm > 0 && r.Alarm <= 1 && r.Warn <= 1 }

// Value reads a reading or threshold as people type it. Where percentages are kept as
// fractions, 35% and 35 both mean 0.35, since a fraction does not exceed 1; ok is
// false for what is no number.
func (r *Monitor) Value(text string) (v float64, ok bool) {
	v, percent, ok := ParseNumber(text)
	if !ok {
		return 0, false
	}
	if r.Fraction() && (percent || math.Abs(v) > 1) {
		v = math.Round(v*1e10) / 1e12
	}
	return v, true
}

// ValueText writes a value in full as it can be typed: 35% for a fraction of 0.35.
func (r *Monitor) ValueText(v float64) string {
	if r.Fraction() {
		return strconv.FormatFloat(math.Round(v*1e12)/1e10, 'f', -1, 64) + "%"
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Reading is one value of a monitor.
type Reading struct {
	Base
	Monitor Ref     `json:"monitor"`
	Period  string  `json:"period"` // 2026-08
	Value   float64 `json:"value"`
	Note    string  `json:"note,omitempty"`
}

// RecordKind tells the kind.
func (*Reading) RecordKind() Kind { return KindReading }

// Natural is monitor and period.
func (r *Reading) Natural() string { return refKey(r.Monitor) + "/" + r.Period }

// Clone copies deeply.
func (r *Reading) Clone() Record { c := *r; return &c }

// EachRef visits the monitor.
func (r *Reading) EachRef(visit func(Kind, Ref, *Ref)) { visit(KindMonitor, Ref{}, &r.Monitor) }
