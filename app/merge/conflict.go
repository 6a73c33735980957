package merge

import (
	"time"

	"lianshao/app/parts"
	"lianshao/domain"
)

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
	MineFrom     string // the file that the value here was taken from just now, "" for this pilot's own
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
	c.MineFrom = b.cameFrom(k, c.Field)
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
	s := parts.Describe(p, mine, field, is, other)
	if s.A == s.B {
		s.A, s.B = "本试点的", "对方的"
	}
	return &Conflict{Field: field, Title: s.Title, Mine: s.A, Theirs: s.B}
}
