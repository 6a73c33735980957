package app

import "lianshao/domain"

// named is a store whose file carries a random name of its own; copies share it.
type named interface{ PilotID() string }

// PilotID is the random name a pilot's file got when it was made, shared by all
// copies of it; "" when the store gives none.
func PilotID(store PilotStore) string {
	if n, ok := store.(named); ok {
		return n.PilotID()
	}
	return ""
}

// NewestSeq is the number of the newest operation in a pilot's journal, 0 when
// there is none or it cannot be read.
func NewestSeq(store PilotStore) uint64 {
	list, err := store.Journal(0, 1)
	if err != nil || len(list) == 0 {
		return 0
	}
	return list[0].Seq
}

// Historian is a store that can tell what happened from the beginning.
type Historian interface {
	// History visits the journal's entries, oldest first, with only those changes
	// that are wanted; an error of visit ends it and is returned.
	History(wanted func(domain.Kind, domain.ID) bool, visit func(Entry) error) error
}

// Viewer opens pilot files for reading only.
type Viewer interface {
	View(path string) (PilotStore, error)
}

// ViewPilot opens a pilot that is only to be read, without locking out others
// where the store can do that. The caller closes it.
func ViewPilot(stores Stores, path string) (PilotStore, error) {
	if v, ok := stores.(Viewer); ok {
		return v.View(path)
	}
	return stores.Open(path)
}
