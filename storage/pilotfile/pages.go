package pilotfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
)

// pages reads the pages of a bbolt file without mapping it into memory and
// believes nothing it reads: every number is checked before it is used, so that
// a damaged file gives an error, never a fault, a loop or a wrong record. bbolt
// itself opens a file only after it was read whole this way.
type pages struct {
	r    io.ReaderAt
	size int64 // of the file, in bytes
	head head

	claims *claims // pages seen, when none may be seen twice

	latest uint64 // number of the last commit, if a state of that number is found it is the last
}

// keepsFree reports whether the free pages are listed in the file. Format 1 always
// did so, the present format never does.
func (h head) keepsFree() bool { return h.freelist != noFreelist }

// lastOfNew is the number of the later head of a database that bbolt just made, with a list.
const lastOfNew = 1

// unknownCommit is never the number of one.
const unknownCommit = ^uint64(0)

// head is one of the two places where bbolt says which tree is the present one.
type head struct {
	pageSize int64
	root     uint64 // page of the tree of buckets
	freelist uint64 // page of the list of free pages, noFreelist if none is kept
	high     uint64 // pages beyond were never used
	commit   uint64 // grows by one with every commit
}

const (
	pageHeader    = 16
	elementSize   = 16 // of branches and leaves alike
	flagBranch    = 0x01
	flagLeaf      = 0x02
	flagMeta      = 0x04
	flagBucket    = 0x01 // of a leaf's element
	noFreelist    = ^uint64(0)
	boltMagic     = 0xED0CDAED
	boltVersion   = 2
	pageSize      = 4096
	minFileSize   = 4 * pageSize
	maxDepth      = 32
	metaEnd       = pageHeader + 56 + 8 // a page header, 56 bytes and their FNV-1a hash
	maxBucketName = 64
)

var (
	errMeta  = errors.New("a file head is damaged")
	errPages = errors.New("the page structure is damaged")
)

// openPages reads the heads. Both must be whole, unless anyHead: with one of them
// bbolt would quietly go back to the state before the last commit. A crash does
// not spoil a head (it lies within one sector), so it is damage.
func openPages(r io.ReaderAt, size int64, anyHead bool) (*pages, error) {
	buf := make([]byte, metaEnd)
	read := func(at int64) (head, bool, error) {
		if _, err := r.ReadAt(buf, at); err != nil {
			return head{}, false, noEOF(err)
		}
		h, ok := parseHead(buf)
		return h, ok, nil
	}
	first, ok1, err := read(0)
	if err != nil {
		return nil, err
	}
	second := int64(pageSize)
	if ok1 {
		second = first.pageSize
	}
	next, ok2, err := read(second)
	if err != nil {
		return nil, err
	}
	p := &pages{r: r, size: size}
	switch {
	case ok1 && ok2:
		p.head = first
		if next.commit > first.commit {
			p.head = next
		}
		p.latest = p.head.commit
		// Commits write the heads in turn; the copy of an older program may be one off.
		// A head of another file, or of another time, betrays itself by keeping a list of free
		// pages when the other one does not.
		before := min(first.commit, next.commit)
		d := max(first.commit, next.commit) - before
		if d != 1 && d != 2 || first.keepsFree() != next.keepsFree() && before > lastOfNew {
			if p.latest = unknownCommit; !anyHead {
				return nil, errMeta
			}
		}
	case !anyHead || !ok1 && !ok2:
		return nil, errMeta
	case ok1:
		p.head, p.latest = first, first.commit+1
	default:
		p.head, p.latest = next, next.commit+1
	}
	return p, nil
}

// headless reads the pages of a file that has no head any more, one by one.
func headless(r io.ReaderAt, size int64) *pages {
	return &pages{r: r, size: size, head: head{pageSize: pageSize}, latest: unknownCommit}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errPages
	}
	return err
}

func parseHead(b []byte) (head, bool) {
	h := fnv.New64a()
	h.Write(b[pageHeader : metaEnd-8])
	if !hasMagic(b, 0) || binary.LittleEndian.Uint64(b[metaEnd-8:]) != h.Sum64() || binary.LittleEndian.Uint32(b[20:]) != boltVersion {
		return head{}, false
	}
	u64 := func(at int) uint64 { return binary.LittleEndian.Uint64(b[pageHeader+at:]) }
	out := head{pageSize: int64(binary.LittleEndian.Uint32(b[24:])), root: u64(16), freelist: u64(32), high: u64(40), commit: u64(48)}
	s := out.pageSize
	return out, s >= 1024 && s <= 1<<16 && s&(s-1) == 0
}

// page writes the head as bbolt does, for its place in the file (0 or 1).
func (h head) page(place int) []byte {
	b := make([]byte, h.pageSize)
	le := binary.LittleEndian
	le.PutUint64(b, uint64(place))
	le.PutUint16(b[8:], flagMeta)
	le.PutUint32(b[16:], boltMagic)
	le.PutUint32(b[20:], boltVersion)
	le.PutUint32(b[24:], uint32(h.pageSize))
	for at, n := range map[int]uint64{16: h.root, 32: h.freelist, 40: h.high, 48: h.commit} {
		le.PutUint64(b[pageHeader+at:], n)
	}
	sum := fnv.New64a()
	sum.Write(b[pageHeader : metaEnd-8])
	le.PutUint64(b[metaEnd-8:], sum.Sum64())
	return b
}

func hasMagic(b []byte, page int) bool {
	return len(b) >= page+20 && binary.LittleEndian.Uint32(b[page+16:]) == boltMagic
}

// bucket is where a bucket's tree begins: on a page of its own, or inside the
// value that names it.
type bucket struct {
	root   uint64
	seq    uint64
	inline []byte
}

// bucket finds a bucket by name. A missing one is not an error.
func (p *pages) bucket(name string) (bucket, bool, error) {
	var out bucket
	found := false
	key := []byte(name)
	err := p.walk(bucket{root: p.head.root}, key, append(bytes.Clone(key), 0), false, func(e element) error {
		if !e.bucket || len(e.value) < 16 {
			return errPages
		}
		out = bucket{root: binary.LittleEndian.Uint64(e.value), seq: binary.LittleEndian.Uint64(e.value[8:])}
		if out.root == 0 {
			out.inline = e.value[16:]
		}
		found = true
		return nil
	})
	return out, found, err
}

// names lists the buckets.
func (p *pages) names() ([]string, error) {
	var out []string
	err := p.walk(bucket{root: p.head.root}, nil, nil, false, func(e element) error {
		if len(e.key) > maxBucketName || !e.bucket {
			return errPages
		}
		out = append(out, string(e.key))
		return nil
	})
	return out, err
}

// element is one key and value of a leaf; the slices stay valid.
type element struct {
	key, value []byte
	bucket     bool
}

// get returns the value of a key, nil if there is none.
func (p *pages) get(b bucket, key []byte) ([]byte, error) {
	var out []byte
	err := p.walk(b, key, append(bytes.Clone(key), 0), false, func(e element) error {
		if e.bucket {
			return errPages
		}
		out = e.value
		return nil
	})
	return out, err
}

// each visits the values of a bucket in the order of their keys.
func (p *pages) each(b bucket, visit func(key, value []byte) error) error {
	return p.walk(b, nil, nil, false, plainValue(visit))
}

// eachBackwards visits the values whose keys are below hi (nil = all), the last first.
func (p *pages) eachBackwards(b bucket, hi []byte, visit func(key, value []byte) error) error {
	return p.walk(b, nil, hi, true, plainValue(visit))
}

func plainValue(visit func(key, value []byte) error) func(element) error {
	return func(e element) error {
		if e.bucket {
			return errPages // buckets lie in the root only
		}
		return visit(e.key, e.value)
	}
}

var errStop = errors.New("seen enough")

// walk visits the elements with lo ≤ key < hi (nil = no bound). visit may end it
// by errStop.
func (p *pages) walk(b bucket, lo, hi []byte, backwards bool, visit func(element) error) error {
	w := walker{p: p, lo: lo, hi: hi, backwards: backwards, visit: visit, seen: map[uint64]bool{}}
	var err error
	if b.root == 0 {
		err = w.leaf(b.inline, nil, nil)
	} else {
		err = w.page(b.root, nil, nil, 0)
	}
	if errors.Is(err, errStop) {
		return nil
	}
	return err
}

type walker struct {
	p         *pages
	lo, hi    []byte
	backwards bool
	visit     func(element) error
	seen      map[uint64]bool
}

// page visits a page of which all keys must lie in [least, most).
func (w *walker) page(id uint64, least, most []byte, depth int) error {
	if depth > maxDepth || w.seen[id] {
		return errPages
	}
	w.seen[id] = true
	b, err := w.p.read(id)
	if err != nil {
		return err
	}
	if w.p.claims != nil && !w.p.claims.take(id, uint64(int64(len(b))/w.p.head.pageSize)) {
		return errPages
	}
	switch binary.LittleEndian.Uint16(b[8:]) {
	case flagLeaf:
		return w.leaf(b, least, most)
	case flagBranch:
		return w.branch(b, least, most, depth)
	}
	return errPages
}

// claims notes which pages are in use.
type claims struct{ bits []uint64 }

func newClaims(pages uint64) *claims { return &claims{bits: make([]uint64, pages/64+1)} }

// take notes n pages from id; false when one of them was taken before.
func (c *claims) take(id, n uint64) bool {
	for ; n > 0; id, n = id+1, n-1 {
		if bit := uint64(1) << (id % 64); c.bits[id/64]&bit != 0 {
			return false
		} else {
			c.bits[id/64] |= bit
		}
	}
	return true
}

func (p *pages) withoutClaims() *pages { out := *p; out.claims = nil; return &out }

// read returns a page with those that continue it.
func (p *pages) read(id uint64) ([]byte, error) {
	if id < 2 || id >= p.head.high || int64(id) >= p.size/p.head.pageSize {
		return nil, errPages
	}
	at := int64(id) * p.head.pageSize
	b := make([]byte, p.head.pageSize)
	if _, err := p.r.ReadAt(b, at); err != nil {
		return nil, noEOF(err)
	}
	if binary.LittleEndian.Uint64(b) != id {
		return nil, errPages
	}
	more := uint64(binary.LittleEndian.Uint32(b[12:]))
	if more == 0 {
		return b, nil
	}
	if id+more >= p.head.high || int64(id+more) >= p.size/p.head.pageSize {
		return nil, errPages
	}
	all := make([]byte, int64(more+1)*p.head.pageSize)
	if _, err := p.r.ReadAt(all, at); err != nil {
		return nil, noEOF(err)
	}
	return all, nil
}

// leaf visits the elements of a leaf page.
func (w *walker) leaf(b []byte, least, most []byte) error {
	n, err := count(b)
	if err != nil {
		return err
	}
	var last []byte
	elements := make([]element, 0, n)
	for i := range n {
		at := pageHeader + i*elementSize
		flags, pos := binary.LittleEndian.Uint32(b[at:]), binary.LittleEndian.Uint32(b[at+4:])
		key, value, ok := cut(b, at, pos, binary.LittleEndian.Uint32(b[at+8:]), binary.LittleEndian.Uint32(b[at+12:]))
		if !ok || flags > flagBucket || i > 0 && bytes.Compare(last, key) >= 0 || !within(key, least, most) {
			return errPages
		}
		last = key
		if within(key, w.lo, w.hi) {
			elements = append(elements, element{key, value, flags&flagBucket != 0})
		}
	}
	for i := range elements {
		if w.backwards {
			i = len(elements) - 1 - i
		}
		if err := w.visit(elements[i]); err != nil {
			return err
		}
	}
	return nil
}

// branch goes on to the pages below a branch page.
func (w *walker) branch(b []byte, least, most []byte, depth int) error {
	n, err := count(b)
	if err != nil || n == 0 {
		return errPages
	}
	keys, children := make([][]byte, n), make([]uint64, n)
	for i := range n {
		at := pageHeader + i*elementSize
		key, _, ok := cut(b, at, binary.LittleEndian.Uint32(b[at:]), binary.LittleEndian.Uint32(b[at+4:]), 0)
		if !ok || i > 0 && bytes.Compare(keys[i-1], key) >= 0 || !within(key, least, most) {
			return errPages
		}
		keys[i], children[i] = key, binary.LittleEndian.Uint64(b[at+8:])
	}
	for i := range n {
		if w.backwards {
			i = n - 1 - i
		}
		from, to := keys[i], most
		if i+1 < n {
			to = keys[i+1]
		}
		if w.hi != nil && bytes.Compare(from, w.hi) >= 0 && i > 0 || w.lo != nil && to != nil && bytes.Compare(to, w.lo) <= 0 {
			continue
		}
		if err := w.page(children[i], from, to, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func count(b []byte) (int, error) {
	if len(b) < pageHeader {
		return 0, errPages
	}
	n := int(binary.LittleEndian.Uint16(b[10:]))
	if pageHeader+n*elementSize > len(b) {
		return 0, errPages
	}
	return n, nil
}

// cut takes key and value of the element at a place of the page.
func cut(b []byte, at int, pos, keySize, valueSize uint32) (key, value []byte, ok bool) {
	from := uint64(at) + uint64(pos)
	mid := from + uint64(keySize)
	to := mid + uint64(valueSize)
	if pos < elementSize || to > uint64(len(b)) {
		return nil, nil, false
	}
	return b[from:mid:mid], b[mid:to:to], true
}

func within(key, least, most []byte) bool {
	return (least == nil || bytes.Compare(key, least) >= 0) && (most == nil || bytes.Compare(key, most) < 0)
}

// eachLeafElement visits every element of every page that looks like a leaf,
// whether the tree leads to it or not, up to the end of the file. It serves
// salvage: the caller must check what it is given, and pages that cannot be read
// are passed over.
func (p *pages) eachLeafElement(visit func(key, value []byte)) {
	size := p.head.pageSize
	for at := int64(0); at+size <= p.size; at += size {
		b := make([]byte, size)
		if _, err := p.r.ReadAt(b, at); err != nil {
			continue
		}
		if binary.LittleEndian.Uint16(b[8:]) != flagLeaf || binary.LittleEndian.Uint64(b) != uint64(at/size) {
			continue
		}
		if more := int64(binary.LittleEndian.Uint32(b[12:])); more > 0 && at+(more+1)*size <= p.size {
			all := make([]byte, (more+1)*size)
			if _, err := p.r.ReadAt(all, at); err == nil {
				b = all
			}
		}
		n := int(binary.LittleEndian.Uint16(b[10:]))
		for i := range min(n, (len(b)-pageHeader)/elementSize) {
			e := pageHeader + i*elementSize
			key, value, ok := cut(b, e, binary.LittleEndian.Uint32(b[e+4:]), binary.LittleEndian.Uint32(b[e+8:]), binary.LittleEndian.Uint32(b[e+12:]))
			if ok {
				visit(key, value)
			}
		}
	}
}
