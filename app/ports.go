package app

import (
	"time"

	"lianshao/domain"
)

// Clock tells the time.
type Clock func() time.Time

// IDs makes new record IDs.
type IDs func() domain.ID

// Actions of a journal entry.
const (
	ActionDo   = "do"
	ActionUndo = "undo"
	ActionRedo = "redo"
)

// Entry is one line of the journal: who did what when, with every record before
// and after. Seq is given by the store, from 1.
type Entry struct {
	Seq    uint64
	Time   time.Time
	Actor  string
	Action string
	domain.ChangeSet
}

// PilotStore keeps one pilot on disk.
type PilotStore interface {
	// Load reads every record. progress (may be nil) hears how far it is.
	Load(progress func(done, total int)) (*domain.Pilot, error)
	// Commit writes the records and the journal entry in one transaction; when
	// it returns nil they survive a crash.
	Commit(e Entry) error
	// Journal returns up to n entries ending before seq (0 = the newest), newest first.
	Journal(before uint64, n int) ([]Entry, error)
	Path() string
	Close() error
}

// Stores makes and opens pilot files.
type Stores interface {
	Create(path string) (PilotStore, error) // refuses to overwrite
	Open(path string) (PilotStore, error)
}
