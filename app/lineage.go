package app

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
