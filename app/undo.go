package app

import "lianshao/domain"

// done is an operation that can be taken back or done again. One of an earlier
// session lies in the journal until it is asked for.
type done struct {
	op  domain.Op
	cs  domain.ChangeSet
	seq uint64 // of the journal entry that has the changes; 0 = cs has them
	// turned: that entry took the operation back, so that its changes are the
	// operation's inverted.
	turned bool
}

// changes are those of the operation, done forwards.
func (d done) changes(store PilotStore) (domain.ChangeSet, error) {
	if d.seq == 0 {
		return d.cs, nil
	}
	entries, err := store.Journal(d.seq+1, 1)
	if err != nil {
		return domain.ChangeSet{}, err
	}
	if len(entries) == 0 || entries[0].Seq != d.seq {
		return domain.ChangeSet{}, E(CodeDamaged, "第 %d 条操作记录找不到，不能撤销", d.seq)
	}
	if d.turned {
		return entries[0].ChangeSet.Invert(), nil
	}
	return entries[0].ChangeSet, nil
}

// journalReach is how many entries are looked at for operations to take back: each
// may have been undone and done again.
const journalReach = 3 * undoDepth

// Remember takes up the undo history of earlier sessions from the journal. What
// made the pilot, and what came before an issued paper, cannot be taken back.
func (x *Executor) Remember() error {
	heads, err := x.store.Heads(0, journalReach)
	if err != nil {
		return err
	}
	x.undo, x.redo = nil, nil
	for i := len(heads) - 1; i >= 0; i-- {
		x.recall(heads[i])
	}
	if len(x.undo) > undoDepth {
		x.undo = x.undo[len(x.undo)-undoDepth:]
	}
	return nil
}

// recall does to the stacks what the entry did to them.
func (x *Executor) recall(h EntryHead) {
	one := done{op: h.Op, seq: h.Seq}
	switch {
	case h.Seq == 1 || h.Op.Final && h.Action == ActionDo:
		x.undo, x.redo = nil, nil
	case h.Action == ActionUndo:
		if n := len(x.undo); n > 0 {
			x.undo = x.undo[:n-1]
		}
		one.turned = true
		x.redo = append(x.redo, one)
	case h.Action == ActionRedo:
		if n := len(x.redo); n > 0 {
			x.redo = x.redo[:n-1]
		}
		x.undo = append(x.undo, one)
	default:
		x.undo, x.redo = append(x.undo, one), nil
	}
}
