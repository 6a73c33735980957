package app

import (
	"sync"

	"lianshao/domain"
)

// Command is one thing a person does. Plan is pure: it validates everything and
// says what would change, without changing anything.
type Command interface {
	Plan(p *domain.Pilot) (domain.ChangeSet, error)
}

// CommandFunc is a Command made of a function.
type CommandFunc func(p *domain.Pilot) (domain.ChangeSet, error)

// Plan calls f.
func (f CommandFunc) Plan(p *domain.Pilot) (domain.ChangeSet, error) { return f(p) }

// Edit makes a command that changes a draft of the pilot.
func Edit(op domain.Op, change func(draft *domain.Pilot) error) Command {
	return CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		if err := change(d); err != nil {
			return domain.ChangeSet{}, err
		}
		return d.Changes(op), nil
	})
}

// Event tells the views what changed.
type Event struct {
	Op      domain.Op
	Action  string
	Changes []domain.Change
	Kinds   map[domain.Kind]int // how many records of each kind
	Actor   string
}

// Touches reports whether any of the kinds changed.
func (e Event) Touches(kinds ...domain.Kind) bool {
	for _, k := range kinds {
		if e.Kinds[k] > 0 {
			return true
		}
	}
	return false
}

// undoDepth bounds how many operations can be taken back.
const undoDepth = 200

// Executor is the one way in for every change: plan, guard, commit, apply, tell.
type Executor struct {
	pilot *domain.Pilot
	store PilotStore
	clock Clock

	busy      sync.Mutex // held from Begin to Finish
	undo      []done
	redo      []done
	listeners []func(Event)
	lastSaved Entry
}

// NewExecutor makes the executor of a loaded pilot.
func NewExecutor(p *domain.Pilot, store PilotStore, clock Clock) *Executor {
	return &Executor{pilot: p, store: store, clock: clock}
}

// Subscribe calls f after every change, on the goroutine that finished it.
func (x *Executor) Subscribe(f func(Event)) { x.listeners = append(x.listeners, f) }

// Pending is an operation that is planned and safely on disk but not yet in
// memory. Finish must be called, on the goroutine that owns the views.
type Pending struct {
	x      *Executor
	entry  Entry
	settle func()
}

// Changes is what the operation changes.
func (p *Pending) Changes() domain.ChangeSet { return p.entry.ChangeSet }

// Begin plans and commits; it may run on any goroutine and take long. Until the
// returned Pending is finished every other operation is refused as busy. An
// operation that changes nothing returns nil, nil.
func (x *Executor) Begin(who string, cmd Command) (*Pending, error) {
	if !x.busy.TryLock() {
		return nil, E(CodeBusy, "正在进行另一项操作，请等它结束")
	}
	cs, err := plan(cmd, x.pilot)
	if err == nil {
		err = guard(x.pilot, cs)
	}
	if err != nil || cs.Empty() {
		x.busy.Unlock()
		return nil, err
	}
	return x.commit(who, ActionDo, cs, func() {
		x.redo = nil
		if cs.Op.Final {
			x.undo = nil // issued papers are corrected, not undone, nor what they rest on
			return
		}
		x.undo = append(x.undo, done{op: cs.Op, cs: cs})
		if len(x.undo) > undoDepth {
			x.undo = x.undo[len(x.undo)-undoDepth:]
		}
	})
}

// plan asks the command. A fault in it becomes an error, so that the lock is free
// again and the pilot stays as it was.
func plan(cmd Command, p *domain.Pilot) (cs domain.ChangeSet, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = Caught(r)
		}
	}()
	return cmd.Plan(p)
}

// commit writes the entry; the lock is held on entry and stays held on success.
func (x *Executor) commit(who, action string, cs domain.ChangeSet, settle func()) (*Pending, error) {
	e := Entry{Time: x.clock(), Actor: who, Action: action, ChangeSet: cs}
	if err := x.store.Commit(e); err != nil {
		x.busy.Unlock()
		return nil, err
	}
	return &Pending{x: x, entry: e, settle: settle}, nil
}

// Finish brings the operation into memory and tells the views.
func (p *Pending) Finish() {
	x := p.x
	x.pilot.Apply(p.entry.ChangeSet)
	p.settle()
	x.lastSaved = p.entry
	x.busy.Unlock()
	ev := Event{Op: p.entry.Op, Action: p.entry.Action, Changes: p.entry.Changes, Kinds: map[domain.Kind]int{}, Actor: p.entry.Actor}
	for _, c := range ev.Changes {
		ev.Kinds[c.Kind]++
	}
	for _, f := range x.listeners {
		f(ev)
	}
}

// Do is Begin and Finish in one, for short operations.
func (x *Executor) Do(who string, cmd Command) error {
	p, err := x.Begin(who, cmd)
	if err != nil || p == nil {
		return err
	}
	p.Finish()
	return nil
}

// ForgetUndo makes what was done so far the beginning: it can no longer be undone.
func (x *Executor) ForgetUndo() { x.undo, x.redo = nil, nil }

// CanUndo returns the operation that Undo would take back.
func (x *Executor) CanUndo() (domain.Op, bool) { return top(x.undo) }

// CanRedo returns the operation that Redo would do again.
func (x *Executor) CanRedo() (domain.Op, bool) { return top(x.redo) }

func top(stack []done) (domain.Op, bool) {
	if len(stack) == 0 {
		return domain.Op{}, false
	}
	return stack[len(stack)-1].op, true
}

// Undo takes the last operation back.
func (x *Executor) Undo(who string) error {
	return x.step(who, ActionUndo, &x.undo, &x.redo, "没有可以撤销的操作", domain.ChangeSet.Invert)
}

// Redo does the last undone operation again.
func (x *Executor) Redo(who string) error {
	return x.step(who, ActionRedo, &x.redo, &x.undo, "没有可以重做的操作", func(cs domain.ChangeSet) domain.ChangeSet { return cs })
}

func (x *Executor) step(who, action string, from, to *[]done, none string, turn func(domain.ChangeSet) domain.ChangeSet) error {
	if !x.busy.TryLock() {
		return E(CodeBusy, "正在进行另一项操作，请等它结束")
	}
	if len(*from) == 0 {
		x.busy.Unlock()
		return E(CodeInvalid, "%s", none)
	}
	last := (*from)[len(*from)-1]
	cs, err := last.changes(x.store)
	if err != nil {
		x.busy.Unlock()
		return err
	}
	p, err := x.commit(who, action, turn(cs), func() {
		*from = (*from)[:len(*from)-1]
		*to = append(*to, done{op: cs.Op, cs: cs})
	})
	if err != nil {
		return err
	}
	p.Finish()
	return nil
}

// LastSaved is the newest committed entry of this session (zero Time if none).
func (x *Executor) LastSaved() Entry { return x.lastSaved }
