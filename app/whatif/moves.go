package whatif

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

// Move is one point, post or unit whose level would change. A level without a label
// means that there is none.
type Move struct {
	Kind     domain.Kind // KindRiskPoint, KindPost or KindUnit
	Code     string      // of the point, name of the post or unit
	Point    domain.ID   // of a point
	Was, Is  domain.Level
	From, To float64 // values
}

// Milder reports whether the level would be less severe.
func (m Move) Milder() bool { return m.Is.Severity < m.Was.Severity }

// Moves lists the points, then the posts, then the units whose level would change.
func (s *Sandbox) Moves() []Move {
	var out []Move
	for i := range s.before.Points {
		was, is := &s.before.Points[i], &s.after.Points[i]
		if was.Level.Label != is.Level.Label {
			out = append(out, Move{domain.KindRiskPoint, was.Point.Code, was.Point.ID, was.Level, is.Level, was.Index, is.Index})
		}
	}
	for i := range s.before.Posts {
		was, is := &s.before.Posts[i], &s.after.Posts[i]
		if was.Level.Label != is.Level.Label {
			name := s.pilot.NameOf(domain.KindUnit, was.Unit) + s.pilot.NameOf(domain.KindPost, was.Post)
			out = append(out, Move{Kind: domain.KindPost, Code: name, Was: was.Level, Is: is.Level, From: was.Max, To: is.Max})
		}
	}
	for i := range s.before.Units {
		was, is := &s.before.Units[i], &s.after.Units[i]
		if was.MaxLevel.Label != is.MaxLevel.Label {
			out = append(out, Move{Kind: domain.KindUnit, Code: was.Unit.Name, Was: was.MaxLevel, Is: is.MaxLevel, From: was.Max, To: is.Max})
		}
	}
	return out
}

// Summary says what would move, in one sentence.
func (s *Sandbox) Summary() string {
	if len(s.steps) == 0 {
		return "还没有改动。改一个评分、权重或措施落实情况，看哪些等级会变；试算不改数据。"
	}
	moves := s.Moves()
	if len(moves) == 0 {
		return "没有等级改变。"
	}
	var parts []string
	for i, m := range moves {
		if i == 8 {
			parts = append(parts, fmt.Sprintf("等 %d 项", len(moves)))
			break
		}
		parts = append(parts, fmt.Sprintf("%s %s→%s", m.Code, label(m.Was), label(m.Is)))
	}
	return "等级改变：" + strings.Join(parts, "，") + "。"
}

func label(l domain.Level) string {
	if l.Label == "" {
		return "无等级"
	}
	return l.Label
}
