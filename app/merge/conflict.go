package merge

import (
	"strings"
	"time"

	"lianshao/app/fields"
	"lianshao/domain"
)

// wholeField stands for the record as a whole among the fields.
const wholeField = "*"

// ConflictID names a conflict, the same each time the merge is planned.
type ConflictID struct {
	File  string
	Kind  domain.Kind
	ID    domain.ID
	Field string
}

// Conflict is a value that was written on both sides, neither in view of the other.
type Conflict struct {
	File         string
	Kind         domain.Kind
	ID           domain.ID
	Code         string
	Name         string // the record's
	Field        string // stable name
	Title        string // 表现形式
	Mine, Theirs string
	MineBy       string
	TheirsBy     string
	MineAt       time.Time // zero = unknown
	TheirsAt     time.Time
	Taken        Side // Mine or Theirs
}

// Key names the conflict, for Options.Decide.
func (c *Conflict) Key() ConflictID { return ConflictID{c.File, c.Kind, c.ID, c.Field} }

// side is how the conflict was decided: alone, or by the rule.
func (c *Conflict) side(o *Options) Side {
	if s, ok := o.Decide[c.Key()]; ok {
		return s
	}
	return o.Rule
}

// conflict files a conflict.
func (b *bringing) conflict(c *Conflict, k key, r domain.Record, mine, theirs stamp) {
	c.File, c.Kind, c.ID, c.Code, c.Name = b.s.File, k.kind, k.id, domain.BaseOf(r).Code, title(b.d, r)
	c.MineBy, c.TheirsBy = mine.who, theirs.who
	c.MineAt, c.TheirsAt = timeOf(mine), timeOf(theirs)
	b.rep.Conflicts = append(b.rep.Conflicts, c)
}

func timeOf(s stamp) time.Time {
	if s.at == 0 {
		return time.Time{}
	}
	return time.Unix(0, s.at)
}

func latest(known regs) (out stamp) {
	for _, w := range known {
		if w.compare(out) > 0 {
			out = w.stamp
		}
	}
	return out
}

// conflictOf shows both values of a field as a person knows them.
func conflictOf(p *domain.Pilot, mine domain.Record, field string, is, other any) *Conflict {
	c := &Conflict{Field: field, Title: "其他内容", Mine: "本试点的", Theirs: "对方的"}
	theirs := mine.Clone()
	set(theirs, field, other)
	shown := false
	for _, f := range fields.Of(mine.RecordKind()) {
		a, b := f.Get(p, mine), f.Get(p, theirs)
		if a == b {
			continue
		}
		if c.Title, c.Mine, c.Theirs = f.Title, a, b; f.Set != nil {
			return c
		}
		shown = true
	}
	if shown {
		return c
	}
	name, item, isItem := strings.Cut(field, "/")
	switch {
	case isItem && name == "rows":
		c.Title, c.Mine, c.Theirs = item+"的评分", marks(is), marks(other)
	case isItem && name == "assessors":
		c.Title = "评分人" + item
	case isItem:
		c.Title, c.Mine, c.Theirs = "步骤", stepName(is), stepName(other)
	default:
		c.Mine, c.Theirs = plain(is, c.Mine), plain(other, c.Theirs)
	}
	return c
}

func marks(v any) string {
	row, ok := v.(domain.RatingRow)
	if !ok {
		return "没有评分"
	}
	var parts []string
	for _, m := range row.Marks {
		switch m {
		case domain.Blank:
			parts = append(parts, "—")
		case domain.Abstained:
			parts = append(parts, "弃权")
		default:
			parts = append(parts, string(rune('0'+m)))
		}
	}
	return strings.Join(parts, " ")
}

func stepName(v any) string {
	s, ok := v.(domain.Step)
	if !ok {
		return "没有这一步"
	}
	return strings.Join([]string{s.Name, s.Actor, s.Limit}, " ")
}

// plain shows a text as it is; other values have no short form.
func plain(v any, other string) string {
	switch s := v.(type) {
	case string:
		return s
	case nil:
		return ""
	}
	return other
}
