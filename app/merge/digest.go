package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"lianshao/domain"
)

// Digest sums up what a pilot says, whatever its records are called inside: two
// pilots that say the same have the same. Where records came from and what is
// remembered of merging does not count.
func Digest(p *domain.Pilot) string {
	h := sha256.New()
	for _, line := range Canonical(p) {
		h.Write([]byte(line))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Canonical writes every record as a line of JSON under names made of its natural
// key, ordered.
func Canonical(p *domain.Pilot) []string {
	names := idMap{}
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			name := names.remap(r).Natural()
			if name == "" {
				name = string(r.RecordID())
			}
			full := domain.ID(string(t.Kind()) + ":" + name)
			names[r.RecordID()] = full
			if w, ok := r.(*domain.Workflow); ok {
				for i := range w.Steps {
					names[w.Steps[i].ID] = full + "#" + domain.ID(w.Steps[i].Name)
				}
			}
			return true
		})
	}
	var out []string
	for _, t := range p.Tables() {
		if t.Kind() == domain.KindMergeMark {
			continue
		}
		t.Each(func(r domain.Record) bool {
			c := names.remap(r)
			b := domain.BaseOf(c)
			b.Origin, b.Stamp = "", ""
			line, err := json.Marshal(c)
			if err != nil {
				line = []byte(err.Error())
			}
			out = append(out, string(t.Kind())+" "+string(line))
			return true
		})
	}
	slices.Sort(out)
	return out
}
