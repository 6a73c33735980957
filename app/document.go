package app

import (
	"context"
	"time"
)

// OpenOptions are wishes about opening a pilot file.
type OpenOptions struct {
	Secret    string // password or recovery key
	ReadOnly  bool
	BreakLock bool // take the pilot from another computer
}

// Place is the kind of medium a pilot file lies on.
type Place int

// Places.
const (
	PlaceUnknown Place = iota
	PlaceLocal
	PlaceStick
	PlaceShare
	PlaceDisc
)

// String is the place as a status bar says it, "" for the ordinary.
func (p Place) String() string {
	switch p {
	case PlaceStick:
		return "U 盘"
	case PlaceShare:
		return "网络共享"
	case PlaceDisc:
		return "光盘"
	}
	return ""
}

// SaveState tells how the file of an open pilot stands to what was done. Every
// change is durable on this computer at once; the file follows.
type SaveState struct {
	ReadOnly  bool
	Why       string // why it is read only
	Place     Place
	Dirty     bool      // the file lacks something
	SavedAt   time.Time // zero = not yet since it was opened
	SavedSeq  uint64    // of the last journal entry that the file has
	Err       error     // why the last save failed; nil when it did not
	BackupErr error     // why the last backup failed
	Recovered int       // operations taken up from a crash when the pilot was opened
	SetAside  string    // where a crash's copy was put that could not be taken up
	Conflict  string    // the file somebody else changed; this pilot goes on beside it
	Upgraded  bool      // the file was of an older format
	Waiting   bool      // changes of the last session wait on this computer until the file can be written
	Lacking   int       // operations this computer had saved to the file and that it does not have any more
}

// Document is a store whose pilot is worked on in a copy and saved back.
type Document interface {
	Saving() SaveState
	WatchSaving(f func())
	Save() error
}

// Called is a store whose window can be called to the front.
type Called interface {
	// WhenCalled calls f, from another goroutine, each time that another program
	// asks for the pilot, until the store is closed.
	WhenCalled(f func())
}

// Caller is a Stores that can call the window which has a pilot open.
type Caller interface {
	// Call asks the window on this computer that has the pilot open to come forward
	// and reports whether it did within the time. A program without a window does not.
	Call(path string, wait time.Duration) bool
}

// Lockable is a store that can be protected by a password.
type Lockable interface {
	Locked() bool
	SetPassword(old, new string) (recovery string, err error)
	NewRecoveryKey(old string) (string, error)
	RemovePassword(old string) error
	Unlocks(secret string) error
}

// ChainVerifier is a store that can recompute its journal's chain.
type ChainVerifier interface {
	// VerifyChain looks at every entry. Each anchor is looked up; progress (may be
	// nil) hears how far it is. The error is ctx's, or says that the file cannot be
	// read; everything found in the journal is in the report.
	VerifyChain(ctx context.Context, progress func(done, total int), anchors ...Anchor) (ChainReport, error)
}

// Backup is one backup that was made by itself.
type Backup struct {
	Path     string
	PilotID  string // the pilot's; "" = not known
	Origin   string // the file it is of, as it was called then; "" = not known
	Time     time.Time
	Size     int64  // bytes
	Seq      uint64 // number of the last operation in it; 0 = not known
	Why      BackupReason
	Verified time.Time // when all of it was last read and authenticated; zero = never
	Bad      bool      // that reading found it damaged
}

// BackupReason says why a backup is kept; several may hold.
type BackupReason int

// Reasons.
const (
	BackupRecent    BackupReason = 1 << iota // one of the last ten saves
	BackupOfDay                              // the last one of one of the last seven days
	BackupOfWeek                             // the last one of one of the last four weeks
	BackupOldFormat                          // from before the file was upgraded
	BackupOther                              // put there by somebody
)

// Leftover is a working copy of a session that did not end well.
type Leftover struct {
	Origin string
	Time   time.Time
}

// Keeper looks after what lies in the program's private folder.
type Keeper interface {
	// Backups lists those of a pilot, the newest first; AllBackups those of every
	// pilot; BackupsFor those of a file that may be damaged or gone.
	Backups(pilotID string) ([]Backup, error)
	AllBackups() ([]Backup, error)
	BackupsFor(path string) ([]Backup, error)
	// OpenBackup opens one for reading. Without a secret the key of the open pilot
	// (nil = none) is tried. The caller closes it.
	OpenBackup(path, secret string, like PilotStore) (PilotStore, error)
	// VerifyBackup reads one again and returns it with what was found.
	VerifyBackup(b Backup, secret string, like PilotStore) (Backup, error)
	// RestoreBackup copies one to a new file; an existing file is refused.
	RestoreBackup(path, to string) error
	Leftovers() []Leftover
}
