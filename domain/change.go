package domain

import "reflect"

// Change is one record before and after; nil means absent.
type Change struct {
	Kind   Kind
	ID     ID
	Before Record
	After  Record
}

// Op says what a person did, in the words of the status bar and the journal.
type Op struct {
	Name  string // "import", "edit-riskpoint", … for filters
	Label string // "修改 JJ-05 影响程度"
	Final bool   // issued papers cannot be undone, only corrected by a later one
}

// ChangeSet is everything one operation changes, all or nothing.
type ChangeSet struct {
	Op      Op
	Changes []Change
}

// Empty reports whether nothing would change.
func (cs ChangeSet) Empty() bool { return len(cs.Changes) == 0 }

// Invert returns the set that takes this one back.
func (cs ChangeSet) Invert() ChangeSet {
	out := ChangeSet{Op: cs.Op, Changes: make([]Change, len(cs.Changes))}
	for i, c := range cs.Changes {
		out.Changes[len(cs.Changes)-1-i] = Change{Kind: c.Kind, ID: c.ID, Before: c.After, After: c.Before}
	}
	return out
}

// Equal reports whether two records hold the same; where they came from does not count.
func Equal(a, b Record) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if a.RecordKind() != b.RecordKind() {
		return false
	}
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, y := a.Clone(), b.Clone()
	BaseOf(x).Origin, BaseOf(y).Origin = "", ""
	return reflect.DeepEqual(x, y)
}
