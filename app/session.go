package app

import (
	"lianshao/domain"
)

// Session is one open pilot with everything needed to work on it. Views read
// Pilot on the goroutine that owns them and change it only through Do.
type Session struct {
	*Executor
	Pilot *domain.Pilot
	Store PilotStore
	Clock Clock
	NewID IDs
	Actor string // who sits at the screen, for the journal

	results map[domain.ID]*domain.RoundResult
}

// NewSession loads the pilot from an open store.
func NewSession(store PilotStore, clock Clock, newID IDs, actor string, progress func(done, total int)) (*Session, error) {
	p, err := store.Load(progress)
	if err != nil {
		return nil, err
	}
	s := &Session{Executor: NewExecutor(p, store, clock), Pilot: p, Store: store, Clock: clock, NewID: newID, Actor: actor,
		results: map[domain.ID]*domain.RoundResult{}}
	if err := s.Remember(); err != nil {
		return nil, err
	}
	s.Subscribe(func(e Event) {
		for id, res := range s.results {
			if res == nil || !res.Update(p, e.Changes) {
				delete(s.results, id)
			}
		}
	})
	return s, nil
}

// Do runs a command as the session's actor.
func (s *Session) Do(cmd Command) error { return s.Executor.Do(s.Actor, cmd) }

// Undo takes the last operation back.
func (s *Session) Undo() error { return s.Executor.Undo(s.Actor) }

// Redo does the last undone operation again.
func (s *Session) Redo() error { return s.Executor.Redo(s.Actor) }

// Head is where the journal stands; zero when that cannot be told.
func (s *Session) Head() ChainHead {
	h, err := s.Store.ChainHead()
	if err != nil {
		return ChainHead{}
	}
	return h
}

// Close closes the file.
func (s *Session) Close() error { return s.Store.Close() }

// Result computes a round (0 = the latest), remembered until something it
// depends on changes; nil when there is no such round or it cannot be computed.
func (s *Session) Result(no int) *domain.RoundResult {
	round := s.Pilot.Round(no)
	if round == nil {
		return nil
	}
	if r, ok := s.results[round.ID]; ok {
		return r
	}
	r := s.Pilot.Assess(round)
	s.results[round.ID] = r
	return r
}
