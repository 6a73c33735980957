// Package publish keeps secrets out of what leaves the office: it takes names out
// of papers by the level they are published at, and refuses to let a paper go that
// still holds a name, a score or the words of a complaint.
package publish

import (
	"strings"

	"lianshao/app"
)

// Level says how much of a paper the public may see.
type Level string

// The levels, from the full paper to bare counts.
const (
	Internal Level = "P0" // everything, for the office only
	Posts    Level = "P1" // units and posts, no names; the usual one
	Masked   Level = "P2" // names as 张*
	Counts   Level = "P3" // numbers only, small ones suppressed
)

// Default is the level of a notice for which nobody chose one.
const Default = Posts

// Levels lists the levels in order.
var Levels = []Level{Internal, Posts, Masked, Counts}

var levelTitles = map[Level]string{
	Internal: "P0 内部全文", Posts: "P1 部门和岗位，无姓名", Masked: "P2 姓名打码", Counts: "P3 只有数量",
}

// Title is the level with what it means: P1 部门和岗位，无姓名.
func (l Level) Title() string { return levelTitles[l] }

// Public reports whether papers of this level leave the office and are checked.
func (l Level) Public() bool { return l != "" && l != Internal }

// ParseLevel reads P0–P3 in either case; "" is Default.
func ParseLevel(text string) (Level, error) {
	l := Level(strings.ToUpper(strings.TrimSpace(text)))
	if l == "" {
		return Default, nil
	}
	if _, ok := levelTitles[l]; !ok {
		return "", app.E(app.CodeInvalid, "没有匿名级别“%s”，可选：P0 内部全文，P1 部门和岗位（无姓名），P2 姓名打码，P3 只有数量", text)
	}
	return l, nil
}
