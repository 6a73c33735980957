package pilotfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"lianshao/app"
)

// salvage gathers what is left of a damaged file, from the tree as far as it
// leads and then from every page that looks like a leaf. Every value is sealed,
// so what opens is genuine; the question is only whether it is the latest.
//
// Pages that are no longer in use keep old values, and those of an operation that
// a crash cut off. The heads of the file say the number of the last transaction:
// a state or a journal entry of that number is the last word (newest). Then the
// journal tells of each record which operation changed it last.
type salvage struct {
	p *pages
	s *Store

	states  []state
	entries map[uint64][]storedEntry
	records map[string][]version
	pieces  map[string][]byte // of attachments, by key

	newest    bool   // nothing later than the state was in the file
	last      uint64 // number of the last entry there was
	gap       uint64 // of the last entry that is missing, 0 = none
	chosen    map[uint64]storedEntry
	ambiguous map[uint64]bool // entries of which there are two, and nobody knows which is right
	known     map[string]knownRecord
}

// version is one state of a record that was found.
type version struct {
	revision uint64
	value    []byte // sealed
	content  []byte
}

// unlock finds a header and the keys, wherever they are left.
func (v *salvage) unlock(secret, name string) error {
	headers, keys, states := v.heads()
	v.s = &Store{}
	err := errHeader
	for _, h := range headers {
		data, e := h.unlock(secret)
		if errors.Is(e, errPassword) {
			return passwordError(e, secret, name) // an older header may take an older password: no
		}
		if e != nil {
			continue
		}
		if v.s.keys, e = newKeyring(h.id(), data, h.Padding); e == nil {
			v.s.header, err = h, nil
			break
		}
	}
	if err != nil {
		return err
	}
	for _, b := range keys {
		var sec secrets
		if v.s.keys.openMeta(keyKeys, b, &sec) == nil {
			v.s.chain = sec.Chain
		}
	}
	if v.s.chain == nil {
		v.s.chain = random(keyLength) // the journal's chain begins anew
	}
	for _, b := range states {
		var st state
		if v.s.keys.openMeta(keyState, b, &st) == nil {
			v.states = append(v.states, st)
		}
	}
	return nil
}

// heads lists headers and sealed values of the meta bucket, of the tree first.
func (v *salvage) heads() (headers []*header, keys, states [][]byte) {
	take := func(key, value []byte) {
		switch string(key) {
		case keyHeader:
			if h, err := parseHeader(value); err == nil {
				headers = append(headers, h)
			}
		case keyKeys:
			keys = append(keys, value)
		case keyState:
			states = append(states, value)
		}
	}
	for _, name := range []string{bucketMeta, bucketSpare} {
		_ = v.branch(name, take)
	}
	v.p.eachLeafElement(func(key, value []byte) {
		take(key, value)
		if len(value) > 16 && tags[string(key)] != 0 { // a small bucket lies inside its name's value
			_ = (&walker{visit: func(e element) error { take(e.key, e.value); return nil }}).leaf(value[16:], nil, nil)
		}
	})
	return headers, keys, states
}

// collect reads everything and decides what is the latest.
func (v *salvage) collect() {
	v.entries, v.records, v.pieces = map[uint64][]storedEntry{}, map[string][]version{}, map[string][]byte{}
	take := func(key, value []byte) {
		if len(value) < envelopeSize {
			return
		}
		switch value[1] {
		case tags[bucketRecords]:
			v.takeRecord(key, value)
		case tags[bucketJournal]:
			v.takeEntry(key, value)
		case tags[bucketBlobs]:
			v.takePiece(key, value)
		}
	}
	for _, name := range []string{bucketRecords, bucketJournal, bucketBlobs} {
		_ = v.branch(name, take) // as far as it leads; the scan finds the rest
	}
	v.p.eachLeafElement(func(key, value []byte) {
		take(key, value)
		if len(value) > 16 && tags[string(key)] != 0 {
			_ = (&walker{visit: func(e element) error { take(e.key, e.value); return nil }}).leaf(value[16:], nil, nil)
		}
	})
	v.judge()
	v.chooseEntries()
	v.known = map[string]knownRecord{}
	for _, e := range v.chosen {
		v.s.learn(v.known, &e)
	}
}

// branch visits a bucket as far as the tree leads.
func (v *salvage) branch(name string, take func(key, value []byte)) error {
	b, ok, err := v.p.bucket(name)
	if err != nil || !ok {
		return errors.Join(errNoBucket, err)
	}
	return v.p.each(b, func(key, value []byte) error { take(key, value); return nil })
}

func (v *salvage) takeRecord(key, value []byte) {
	for _, old := range v.records[string(key)] {
		if bytes.Equal(old.value, value) {
			return
		}
	}
	content, revision, err := v.s.keys.open(bucketRecords, key, value)
	if err != nil {
		return
	}
	if _, _, _, err := identity(content); err != nil {
		return
	}
	v.records[string(key)] = append(v.records[string(key)], version{revision, value, content})
}

func (v *salvage) takeEntry(key, value []byte) {
	e, err := v.s.keys.openEntry(key, value)
	if err != nil {
		return
	}
	for _, old := range v.entries[e.seq] {
		if bytes.Equal(old.link, e.link) && old.commit == e.commit {
			return
		}
	}
	v.entries[e.seq] = append(v.entries[e.seq], e)
}

func (v *salvage) takePiece(key, value []byte) {
	if _, ok := v.pieces[string(key)]; ok || len(key) != nameSize+4 {
		return
	}
	if content, _, err := v.s.keys.open(bucketBlobs, key, value); err == nil {
		v.pieces[string(key)] = content
	}
}

// judge finds the state of the last transaction, from the state itself or from the
// journal entry that was written with it. What is later than the heads say was cut
// off by a crash, or a head is an older one: nobody knows.
func (v *salvage) judge() {
	later := false
	for _, st := range v.states {
		later = later || st.Commit > v.p.latest
		if st.Commit <= v.p.latest && st.Commit >= v.s.state.Commit {
			v.s.state = st
		}
	}
	for _, list := range v.entries {
		for _, e := range list {
			later = later || e.commit > v.p.latest
			if e.commit == v.p.latest && v.s.state.Commit < e.commit {
				v.s.state = state{Commit: e.commit, Seq: e.seq, Records: e.records, Chain: e.link}
			}
		}
	}
	v.newest = v.s.state.Commit == v.p.latest && !later
	v.last = v.s.state.Seq
	if v.newest {
		return
	}
	for seq := range v.entries {
		v.last = max(v.last, seq)
	}
}

// chooseEntries takes of every entry the one that what follows is chained to: a
// crash may have left another of the same number, which never counted.
func (v *salvage) chooseEntries() {
	v.chosen, v.ambiguous = map[uint64]storedEntry{}, map[uint64]bool{}
	var next *storedEntry
	for seq := v.last; seq > 0; seq-- {
		list := v.entries[seq]
		fits := slices.DeleteFunc(slices.Clone(list), func(e storedEntry) bool {
			if next != nil {
				return !bytes.Equal(link(v.s.chain, e.link, next.seq, next.body), next.link)
			}
			return seq == v.s.state.Seq && v.newest && !bytes.Equal(e.link, v.s.state.Chain)
		})
		if len(fits) == 0 { // the chain's key is lost, or what follows was renumbered
			fits = list
		}
		if len(fits) == 0 {
			v.gap, next = max(v.gap, seq), nil
			continue
		}
		best := slices.MaxFunc(fits, func(a, b storedEntry) int { return int(int64(a.commit - b.commit)) })
		v.chosen[seq], v.ambiguous[seq] = best, differ(fits)
		next = &best
	}
}

// differ reports whether entries of one number say different things.
func differ(list []storedEntry) bool {
	for _, e := range list {
		if !bytes.Equal(e.body, list[0].body) {
			return true
		}
	}
	return false
}

// pick is the version of a record that is the latest, as far as can be known.
type pick struct {
	content  []byte
	revision uint64
	value    []byte // sealed as it stood in the file; nil: rebuilt from the journal
	doubtful bool
}

// choose picks from the versions found and from what the journal tells; false when
// the record was deleted.
func (v *salvage) choose(key string) (pick, bool) {
	var best version
	same := 0 // other contents of the same revision
	for _, one := range v.records[key] {
		switch {
		case v.newest && one.revision > v.last, best.content != nil && one.revision < best.revision:
		case best.content == nil || one.revision > best.revision:
			best, same = one, 0
		case bytes.Equal(one.content, best.content):
		default:
			same++
			if k := v.known[key]; k.seq == one.revision && bytes.Equal(one.content, encodeKind(k.kind, k.content)) {
				best = one
			}
		}
	}
	k, told := v.known[key]
	out := pick{content: best.content, revision: best.revision, value: best.value}
	switch {
	case told && k.deleted && k.seq >= best.revision:
		return pick{}, false
	case told && (k.seq > best.revision || best.content == nil):
		out = pick{content: encodeKind(k.kind, k.content), revision: k.seq}
		same = 0
	case told && k.seq == best.revision && bytes.Equal(best.content, encodeKind(k.kind, k.content)):
		same = 0
	}
	out.doubtful = v.gap > out.revision || same > 0 || v.ambiguous[out.revision]
	return out, out.content != nil
}

// errNothing is a file of which nothing is left.
func errNothing(name string) error {
	return app.E(app.CodeDamaged, "《%s》里没有能救出的记录，请使用备份", name)
}

// joinPieces puts an attachment together; ok is false when a piece is missing.
func joinPieces(pieces map[string][]byte, keys []string) (sum, content []byte, ok bool) {
	for i, key := range keys {
		piece := pieces[key]
		if binary.BigEndian.Uint32([]byte(key[nameSize:])) != uint32(i) || len(piece) < 32 {
			return nil, nil, false
		}
		sum, content = piece[:32], append(content, piece[32:]...)
	}
	return sum, content, true
}
