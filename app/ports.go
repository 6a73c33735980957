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

// EntryHead is an entry without its records; Kinds counts them.
type EntryHead struct {
	Seq    uint64
	Time   time.Time
	Actor  string
	Action string
	Op     domain.Op
	Kinds  map[domain.Kind]int
}

// HeadOf leaves out an entry's records.
func HeadOf(e Entry) EntryHead {
	out := EntryHead{Seq: e.Seq, Time: e.Time, Actor: e.Actor, Action: e.Action, Op: e.Op, Kinds: map[domain.Kind]int{}}
	for _, c := range e.Changes {
		out.Kinds[c.Kind]++
	}
	return out
}

// MaxBlob bounds an attachment, in bytes.
const MaxBlob = 32 << 20

// BlobStore keeps the contents of attachments, which are not held in memory.
// Contents are named by their SHA-256 in lower-case hexadecimal digits; the
// same content is kept once. A content that no record mentions is dropped
// when the file is compacted.
type BlobStore interface {
	// PutBlob keeps a content durably. More than MaxBlob is CodeInvalid.
	PutBlob(content []byte) (sha256 string, err error)
	// Blob returns a content, checked against its name; CodeNotFound when there
	// is none, CodeDamaged when it is not whole.
	Blob(sha256 string) ([]byte, error)
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
	// Heads is Journal without the records, which an import has thousands of.
	Heads(before uint64, n int) ([]EntryHead, error)
	// ChainHead says where the journal stands, to be printed on issued papers:
	// whoever changes an earlier entry cannot give the same head again.
	ChainHead() (ChainHead, error)
	BlobStore
	Path() string
	Close() error
}

// Stores makes and opens pilot files.
type Stores interface {
	Create(path string) (PilotStore, error) // refuses to overwrite
	Open(path string) (PilotStore, error)
	OpenWith(path string, o OpenOptions) (PilotStore, error)
}
