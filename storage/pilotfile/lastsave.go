package pilotfile

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

// lastSave is what this computer last saved to a file. A stick that said it had
// written and had not, or an old copy put in the file's place, leaves a file that is
// whole but older: that is noticed by this when it is opened.
type lastSave struct {
	Pilot string `json:"pilot"`
	Seq   uint64 `json:"seq"` // of the last entry
}

// lastSavePath tells nothing of the file's name.
func (st Stores) lastSavePath(origin string) string {
	return filepath.Join(st.Data, "saved", shortHash(origin)+".json")
}

// noteSave remembers a save that succeeded.
func (d *document) noteSave(s *Store, seq uint64) error {
	if d.stores.Data == "" {
		return nil
	}
	path := d.stores.lastSavePath(d.origin)
	b, err := json.Marshal(lastSave{s.PilotID(), seq})
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		_, err = replaceFile(d.stores.fs(), path, 0o600, func(w io.Writer) error { _, err := w.Write(b); return err })
	}
	return err
}

// lacking is how many operations that were saved to the file it does not have, 0 if
// it is as this computer left it, newer, or unknown here.
func (d *document) lacking(s *Store) int {
	var last lastSave
	b, err := os.ReadFile(d.stores.lastSavePath(d.origin))
	if err != nil || json.Unmarshal(b, &last) != nil || last.Pilot != s.PilotID() || last.Seq <= s.state.Seq {
		return 0
	}
	return int(last.Seq - s.state.Seq)
}
