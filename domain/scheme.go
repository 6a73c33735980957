package domain

import "slices"

// LevelScheme is a 预警等级方案: levels ordered from the most severe.
type LevelScheme struct {
	Base
	Name      string     `json:"name"`
	Version   int        `json:"version"`
	Basis     string     `json:"basis"` // BasisIndex, BasisMatrix, …
	Levels    []Level    `json:"levels"`
	Cells     [][]int    `json:"cells,omitempty"`     // matrices only: severity of each cell, [likelihood−1][impact−1]; nil = by Min
	Overrides []Override `json:"overrides,omitempty"` // conditions that raise a point to at least a level
	Based     Ref        `json:"based,omitzero"`      // the version it was drawn from
}

// What the bands of a scheme are measured on.
const (
	BasisIndex   = "风险指数"          // 0–100
	BasisMatrix  = "可能性×影响程度"      // 5×5, 1–25
	BasisMatrix4 = "可能性×影响程度（4×4）" // 1–16
	BasisMatrix3 = "可能性×影响程度（3×3）" // 1–9
	BasisLEC     = "危险性分值 D"       // 0.05–10,000
	BasisGrade   = "廉政风险种类数"       // 1–5, 5 = five and more
)

// Bases lists what bands may be measured on.
var Bases = []string{BasisIndex, BasisMatrix, BasisMatrix4, BasisMatrix3, BasisLEC, BasisGrade}

// MatrixBasis is the basis of a matrix of the given side, BasisMatrix for 5.
func MatrixBasis(size int) string {
	switch size {
	case 3:
		return BasisMatrix3
	case 4:
		return BasisMatrix4
	}
	return BasisMatrix
}

// MatrixSide is the side of the matrix that a scheme bands, 0 for other bases.
func (r *LevelScheme) MatrixSide() int {
	return map[string]int{BasisMatrix: 5, BasisMatrix4: 4, BasisMatrix3: 3}[r.Basis]
}

// Trigger is a condition of an Override.
type Trigger string

// The conditions.
const (
	TriggerIndicator Trigger = "指标得分不低于"  // Of = indicator code, Least = 1–5 (reverse indicators turned)
	TriggerEvent     Trigger = "有查实的风险信息" // in the information library, tied to the point
	TriggerCategory  Trigger = "风险类别为"    // Of = one of Categories
	TriggerSelf      Trigger = "自评风险值不低于" // Least = likelihood × impact, 1–25
	TriggerMeasures  Trigger = "措施落实情况为"  // Of = ResultNot, ResultNothing, …
)

// Triggers lists the conditions in the order of choice.
var Triggers = []Trigger{TriggerIndicator, TriggerEvent, TriggerCategory, TriggerSelf, TriggerMeasures}

// Override raises every point that meets its condition to at least a level.
type Override struct {
	When  Trigger `json:"when"`
	Of    string  `json:"of,omitempty"`
	Least float64 `json:"least,omitempty"`
	Level string  `json:"level"` // label
}

// Text says the condition and what follows: 有查实的风险信息 → 至少“橙”.
func (o Override) Text() string {
	return o.Condition() + " → 至少“" + o.Level + "”"
}

// Condition says the condition alone.
func (o Override) Condition() string {
	switch o.When {
	case TriggerIndicator:
		return "指标 " + o.Of + " 得分不低于 " + number(o.Least)
	case TriggerSelf:
		return "自评风险值（可能性×影响程度）不低于 " + number(o.Least)
	case TriggerCategory, TriggerMeasures:
		return string(o.When) + "“" + o.Of + "”"
	}
	return string(o.When)
}

// Level is one band. Severity 0 is the mildest: labels never order anything.
type Level struct {
	Label    string  `json:"label"`
	Color    string  `json:"color"` // red orange yellow blue, or #RRGGBB
	Severity int     `json:"severity"`
	Min      float64 `json:"min"` // lower bound, inclusive
	Told     string  `json:"told,omitempty"`
	Signer   string  `json:"signer,omitempty"`
	Reply    int     `json:"reply,omitempty"` // working days
	Fix      int     `json:"fix,omitempty"`   // working days
	Release  string  `json:"release,omitempty"`
}

// RecordKind tells the kind.
func (*LevelScheme) RecordKind() Kind { return KindScheme }

// Natural is name and version.
func (r *LevelScheme) Natural() string { return r.Name + "/" + itoa(r.Version) }

// Clone copies deeply.
func (r *LevelScheme) Clone() Record {
	c := *r
	c.Levels, c.Overrides, c.Cells = slices.Clone(r.Levels), slices.Clone(r.Overrides), slices.Clone(r.Cells)
	for i := range c.Cells {
		c.Cells[i] = slices.Clone(c.Cells[i])
	}
	return &c
}

// EachRef visits nothing.
func (*LevelScheme) EachRef(func(Kind, Ref, *Ref)) {}

// LevelOf returns the most severe level whose lower bound value reaches.
func (r *LevelScheme) LevelOf(value float64) (Level, bool) {
	var best Level
	found := false
	for _, l := range r.Levels {
		if value >= l.Min && (!found || l.Severity > best.Severity) {
			best, found = l, true
		}
	}
	return best, found
}

// LevelAt returns the level of a cell, 1–side both ways: its own band, or that of
// the product.
func (r *LevelScheme) LevelAt(likelihood, impact int) (Level, bool) {
	if likelihood < 1 || likelihood > len(r.Cells) || impact < 1 || impact > len(r.Cells[likelihood-1]) {
		return r.LevelOf(float64(likelihood * impact))
	}
	return r.Severe(r.Cells[likelihood-1][impact-1])
}

// Severe returns the level with the severity.
func (r *LevelScheme) Severe(severity int) (Level, bool) {
	for _, l := range r.Levels {
		if l.Severity == severity {
			return l, true
		}
	}
	return Level{}, false
}

// Labelled returns the level with the label.
func (r *LevelScheme) Labelled(label string) (Level, bool) {
	for _, l := range r.Levels {
		if l.Label == label {
			return l, true
		}
	}
	return Level{}, false
}

// Ordered returns the levels, the most severe first.
func (r *LevelScheme) Ordered() []Level {
	out := slices.Clone(r.Levels)
	slices.SortFunc(out, func(a, b Level) int { return b.Severity - a.Severity })
	return out
}

// SchemeFor returns the newest scheme with the basis, or nil.
func (p *Pilot) SchemeFor(basis string) *LevelScheme {
	var best *LevelScheme
	for _, s := range p.Schemes.All() {
		if s.Basis == basis && (best == nil || s.Version > best.Version) {
			best = s
		}
	}
	return best
}

// mildest is the least severe level.
func (r *LevelScheme) mildest() Level {
	var low Level
	for i, l := range r.Levels {
		if i == 0 || l.Severity < low.Severity {
			low = l
		}
	}
	return low
}

// gravest is the most severe level.
func (r *LevelScheme) gravest() Level {
	var top Level
	for i, l := range r.Levels {
		if i == 0 || l.Severity > top.Severity {
			top = l
		}
	}
	return top
}
