package app

import "os"

// CreatePilot makes a pilot file that did not exist, fills it from a template
// and returns it open. Nothing is left behind when it fails.
func CreatePilot(stores Stores, path string, t Template, year int, clock Clock, newID IDs, actor string) (*Session, error) {
	cmd, err := CreateFrom(t, year, newID)
	if err != nil {
		return nil, err
	}
	return CreateWith(stores, path, clock, newID, actor, nil, cmd)
}

// CreateWith makes a pilot file and fills it by commands. progress may be nil.
func CreateWith(stores Stores, path string, clock Clock, newID IDs, actor string, progress func(done, total int), cmds ...Command) (*Session, error) {
	store, err := stores.Create(path)
	if err != nil {
		return nil, err
	}
	s, err := NewSession(store, clock, newID, actor, nil)
	for i := 0; err == nil && i < len(cmds); i++ {
		err = s.Do(cmds[i])
		if progress != nil {
			progress(i+1, len(cmds))
		}
	}
	if err != nil {
		store.Close()
		os.Remove(path)
		return nil, err
	}
	s.ForgetUndo() // a fresh pilot starts with nothing to take back
	return s, nil
}

// OpenPilot opens an existing pilot file. progress may be nil.
func OpenPilot(stores Stores, path string, clock Clock, newID IDs, actor string, progress func(done, total int)) (*Session, error) {
	return OpenPilotWith(stores, path, OpenOptions{}, clock, newID, actor, progress)
}

// OpenPilotWith is OpenPilot with a password and other wishes.
func OpenPilotWith(stores Stores, path string, o OpenOptions, clock Clock, newID IDs, actor string, progress func(done, total int)) (*Session, error) {
	store, err := stores.OpenWith(path, o)
	if err != nil {
		return nil, err
	}
	s, err := NewSession(store, clock, newID, actor, progress)
	if err != nil {
		store.Close()
		return nil, err
	}
	return s, nil
}
