package pilotfile

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"

	"lianshao/app"
	"lianshao/domain"
)

// Keys of the meta bucket. app and format stay in the clear, where every version
// of the program finds them.
const (
	keyApp    = "app"
	keyFormat = "format"
	keyHeader = "header"
	keyState  = "state"
	keyKeys   = "keys"
)

// state sums up the file; every commit writes it anew, in the same transaction.
type state struct {
	Commit  uint64                 `json:"t"` // bbolt's number of the transaction that wrote it
	Seq     uint64                 `json:"s"` // number of the last journal entry
	Kinds   map[domain.Kind]uint64 `json:"k"` // how many records of each kind
	Records digest                 `json:"r"`
	Blobs   digest                 `json:"b"`
	Chain   []byte                 `json:"c"` // head of the journal's chain
}

// copy returns a state that may be changed.
func (st *state) copy() state {
	out := *st
	out.Kinds = make(map[domain.Kind]uint64, len(st.Kinds)+1)
	for k, n := range st.Kinds {
		out.Kinds[k] = n
	}
	return out
}

// secrets are keys that stay when the data key is changed.
type secrets struct {
	Chain []byte `json:"chain"`
}

// putState writes the state in the transaction whose changes it sums up.
func (k *keyring) putState(tx *bbolt.Tx, st *state) error {
	st.Commit = uint64(tx.ID())
	content, err := marshal(st)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(bucketMeta)).Put([]byte(keyState), k.seal(bucketMeta, []byte(keyState), st.Commit, content))
}

// openMeta reads a sealed value of the meta bucket.
func (k *keyring) openMeta(key string, value []byte, to any) error {
	content, _, err := k.open(bucketMeta, []byte(key), value)
	if err != nil {
		return err
	}
	if err := decoder.Unmarshal(content, to); err != nil {
		return errors.Join(errBad, err)
	}
	return nil
}

// link is the next head of the journal's chain: whoever changes, removes or
// inserts an entry changes this head and all after it, and without the key can
// not make it fit again.
func link(chainKey, head []byte, seq uint64, body []byte) []byte {
	sum := sha256.Sum256(body)
	m := hmac.New(sha256.New, chainKey)
	m.Write(head)
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], seq)
	m.Write(number[:])
	m.Write(sum[:])
	return m.Sum(nil)
}

// ChainHead implements app.PilotStore.
func (s *Store) ChainHead() (app.ChainHead, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return headOf(s.state.Seq, s.state.Chain), nil
}
