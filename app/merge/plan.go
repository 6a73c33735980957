package merge

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// Options tune a merge.
type Options struct {
	Rule   Side                  // decides conflicts that are not decided one by one
	Decide map[ConflictID]Side   // single decisions
	Now    time.Time             // when a person decided
	Who    string                // who did
	NewID  app.IDs               // names the records that remember the merge
	Each   func(done, total int) // hears files; may be nil
}

// Side is one of the two sides of a conflict.
type Side string

// The sides. Newer is whichever was written later.
const (
	Newer  Side = ""
	Mine   Side = "mine"
	Theirs Side = "theirs"
)

// Plan is what a merge would do. It is made on a draft; the pilot is not touched.
type Plan struct {
	Files   []*FileReport
	Changes domain.ChangeSet

	into    *Into
	sources []*Source
	opts    Options
}

// FileReport says what one pilot brings.
type FileReport struct {
	File      string
	Pilot     string // its name
	New       int
	Changed   int
	Same      int
	Deleted   int
	Kinds     map[domain.Kind]int // new and changed, by kind
	Conflicts []*Conflict
	Again     bool // nothing happened there since it was last merged
	// Doubt says that its journal is not the one that was merged before; "" = it is.
	Doubt string
	Err   error
}

// Into is the pilot that others are merged into, with what its journal tells.
type Into struct {
	pilot   *domain.Pilot
	store   app.PilotStore
	entries []mark
	history history
}

// NewPlan plans the merge of the sources into a session's pilot. Errors are those of
// reading the journal (CodeDamaged).
func NewPlan(s *app.Session, sources []*Source, opts Options) (*Plan, error) {
	pl := &Plan{into: &Into{pilot: s.Pilot, store: s.Store}, sources: sources, opts: opts}
	if err := pl.into.read(sources); err != nil {
		return nil, err
	}
	pl.make(s.Pilot)
	return pl, nil
}

// Decide plans again with other decisions; the journals are not read again.
func (pl *Plan) Decide(rule Side, decide map[ConflictID]Side) {
	pl.opts.Rule, pl.opts.Decide = rule, decide
	pl.make(pl.into.pilot)
}

// read replays our journal for the records that the sources may touch.
func (in *Into) read(sources []*Source) error {
	wanted, known := map[key]bool{}, aliasesOf(in.pilot)
	aliased := map[domain.ID]bool{} // what the sources know to be something else here
	for _, s := range sources {
		if s.Err != nil {
			continue
		}
		for from, to := range aliasesOf(s.Pilot) {
			aliased[known.end(from)], aliased[known.end(to)] = true, true
		}
		m := in.matcher(s, in.pilot, known, nil)
		m.match()
		for k := range s.history {
			wanted[key{k.kind, m.to(k.id)}] = true
		}
		for _, t := range m.from.Tables() {
			t.Each(func(r domain.Record) bool {
				wanted[key{t.Kind(), m.to(r.RecordID())}] = true
				return true
			})
		}
	}
	in.history = history{}
	hs, ok := in.store.(app.Historian)
	if !ok {
		return nil
	}
	return hs.History(func(k domain.Kind, id domain.ID) bool { return wanted[key{k, id}] || aliased[id] }, func(e app.Entry) error {
		in.history.add(e)
		in.entries = append(in.entries, markOf(e))
		return nil
	})
}

func (m *matcher) to(id domain.ID) domain.ID {
	if to, ok := m.ids[id]; ok {
		return to
	}
	return id
}

// matcher prepares the matching of a source with a state of the pilot.
func (in *Into) matcher(s *Source, state *domain.Pilot, known idMap, gone map[key]regs) *matcher {
	m := &matcher{into: state, from: s.Pilot, known: known, had: map[key]bool{}}
	for k := range s.history {
		m.had[key{k.kind, known.end(k.id)}] = true
	}
	m.gone = func(k domain.Kind, id domain.ID) bool {
		if t := in.history[key{k, id}]; t != nil && t.gone {
			return true
		}
		_, dead := gone[key{k, id}]
		return dead
	}
	mine, theirs := in.pilot.Info().School, s.Pilot.Info().School
	if mine != "" && theirs != "" && mine != theirs {
		m.from, m.exact = scoped(s.Pilot, theirs), true
	}
	m.shared = m.sharedBySchools
	return m
}

// make plans on a draft.
func (pl *Plan) make(p *domain.Pilot) {
	d := p.Draft()
	st := newState(pl.into, d)
	pl.Files = nil
	var names []string
	for i, s := range pl.sources {
		rep := &FileReport{File: s.File, Err: s.Err, Kinds: map[domain.Kind]int{}}
		pl.Files = append(pl.Files, rep)
		if s.Err == nil {
			rep.Pilot = s.Pilot.Info().Name
			(&bringing{state: st, opts: &pl.opts, s: s, rep: rep}).run()
			names = append(names, s.name())
		}
		if pl.opts.Each != nil {
			pl.opts.Each(i+1, len(pl.sources))
		}
	}
	st.settle()
	pl.Changes = d.Changes(domain.Op{Name: OpName, Label: label(names)})
}

func label(names []string) string {
	switch len(names) {
	case 0:
		return "汇总"
	case 1:
		return "汇总 " + names[0]
	}
	return fmt.Sprintf("汇总 %s 等%d个试点", names[0], len(names))
}

// Doubts lists, by file, why a pilot should be asked about before it is merged.
func (pl *Plan) Doubts() (out []string) {
	for _, f := range pl.Files {
		if f.Doubt != "" {
			out = append(out, f.File+"："+f.Doubt)
		}
	}
	return out
}

// Command commits the plan as one operation. Should the pilot have changed in
// between, it is planned again, with the same decisions.
func (pl *Plan) Command() app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		if pl.fits(p) {
			return pl.Changes, nil
		}
		again := &Into{pilot: p, store: pl.into.store}
		if err := again.read(pl.sources); err != nil {
			return domain.ChangeSet{}, err
		}
		pl.into = again
		pl.make(p)
		return pl.Changes, nil
	})
}

// fits reports whether the pilot is still as it was planned for.
func (pl *Plan) fits(p *domain.Pilot) bool {
	return p == pl.into.pilot && (len(pl.into.entries) == 0 || app.NewestSeq(pl.into.store) == uint64(len(pl.into.entries)))
}

// Conflicts lists those of all files.
func (pl *Plan) Conflicts() []*Conflict {
	var out []*Conflict
	for _, f := range pl.Files {
		out = append(out, f.Conflicts...)
	}
	return out
}

// Totals adds up the files.
func (pl *Plan) Totals() (added, changed, same, deleted, conflicts, unread int) {
	for _, f := range pl.Files {
		added, changed, same, deleted, conflicts = added+f.New, changed+f.Changed, same+f.Same, deleted+f.Deleted, conflicts+len(f.Conflicts)
		if f.Err != nil {
			unread++
		}
	}
	return added, changed, same, deleted, conflicts, unread
}

// CopyContents brings the contents of attachments that the plan adds from the
// sources' files into the pilot's; it comes before the commit.
func (pl *Plan) CopyContents(stores app.Stores, to app.PilotStore) error {
	wanted := map[string]bool{}
	for _, c := range pl.Changes.Changes {
		if a, ok := c.After.(*domain.Attachment); ok && c.Before == nil {
			wanted[a.SHA256] = true
		}
	}
	for _, s := range pl.sources {
		if s.Err != nil || !slices.ContainsFunc(s.Pilot.Attachments.All(), func(a *domain.Attachment) bool { return wanted[a.SHA256] }) {
			continue
		}
		if err := copyContents(stores, s, to, wanted); err != nil {
			return err
		}
	}
	return nil
}

func copyContents(stores app.Stores, s *Source, to app.PilotStore, wanted map[string]bool) error {
	from, err := app.ViewPilot(stores, s.Path)
	if err != nil {
		return err
	}
	defer from.Close()
	for _, a := range s.Pilot.Attachments.All() {
		if !wanted[a.SHA256] {
			continue
		}
		content, err := from.Blob(a.SHA256)
		if err == nil {
			_, err = to.PutBlob(content)
		}
		if err != nil {
			return app.Wrap(cmp.Or(app.CodeOf(err), app.CodeIO), err, "《%s》里的附件“%s”取不出来，没有汇总", s.File, a.Name)
		}
		delete(wanted, a.SHA256)
	}
	return nil
}
