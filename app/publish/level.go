// Package publish keeps secrets out of what leaves the office: it takes names out
// of papers by the level they are published at, and refuses to let a paper go that
// still holds a name, a score or the words of a complaint.
package publish

import (
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Level says how much of a paper the public may see.
type Level string

// The levels, from the full paper to bare counts.
const (
	Internal Level = domain.AnonFull   // everything, for the office only
	Posts    Level = domain.AnonNames  // units and posts, no names; the usual one
	Masked   Level = domain.AnonMasked // names as 张*
	Counts   Level = domain.AnonCounts // numbers only, small ones suppressed
)

// Default is the level of a notice for which nobody chose one.
const Default = Posts

// Levels lists the levels in order.
var Levels = []Level{Internal, Posts, Masked, Counts}

// Title is the level with what it means: P1 到部门、岗位，不含姓名.
func (l Level) Title() string {
	for _, x := range domain.AnonLevels {
		if x.Level == string(l) {
			return x.Level + " " + x.Meaning
		}
	}
	return string(l)
}

// Phrase is the title within a sentence: P1（到部门、岗位，不含姓名）.
func (l Level) Phrase() string {
	level, meaning, _ := strings.Cut(l.Title(), " ")
	return level + "（" + meaning + "）"
}

// Public reports whether papers of this level leave the office and are checked.
func (l Level) Public() bool { return l != "" && l != Internal }

// ParseLevel reads P0–P3 in either case; "" is Default.
func ParseLevel(text string) (Level, error) {
	l := Level(strings.ToUpper(strings.TrimSpace(text)))
	if l == "" {
		return Default, nil
	}
	if !slices.Contains(Levels, l) {
		var names []string
		for _, x := range Levels {
			names = append(names, x.Title())
		}
		return "", app.E(app.CodeInvalid, "没有公开级别“%s”，可选：%s", text, strings.Join(names, "；"))
	}
	return l, nil
}
