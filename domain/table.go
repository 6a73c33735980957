package domain

import (
	"cmp"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
)

// AnyTable is a Table whose record type is not known.
type AnyTable interface {
	Kind() Kind
	Len() int
	Record(id ID) (Record, bool)
	RecordByKey(key string) (Record, bool)
	EachByKey(key string, visit func(Record))
	PutRecord(r Record)
	Delete(id ID)
	Each(visit func(Record) bool)
	Grow(n int)
	each(visit func(Record))
	changes() []Change
	loosen()
	watch(heard func(before, after Record))
}

// Table holds all records of one kind. A table with a parent is a draft: it
// reads through to the parent and keeps what is new to itself.
//
// Reading is safe from several goroutines while nobody writes.
type Table[T Record] struct {
	kind    Kind
	parent  *Table[T]
	rows    map[ID]T
	gone    map[ID]bool     // drafts only: deleted from the parent's view
	keys    map[string]ID   // the lowest ID of those with a natural key
	twins   map[string][]ID // the others, which should not be but may
	indexes map[string]*index[T]
	filed   []*index[T] // the same, to walk over
	log     []ID        // drafts only: rows in the order in which they came
	heard   func(before, after Record)

	mu    sync.Mutex
	order []T // cache of All; nil = to be made
}

// index finds records by an ID they mention.
type index[T Record] struct {
	of       func(to []ID, r T) []ID // appends the IDs that r mentions
	ids      map[ID][]ID
	now, old []ID // scratch
}

func newTable[T Record](kind Kind) *Table[T] {
	return &Table[T]{kind: kind, rows: map[ID]T{}, keys: map[string]ID{}, indexes: map[string]*index[T]{}}
}

func (t *Table[T]) draft() *Table[T] {
	d := newTable[T](t.kind)
	d.parent, d.gone = t, map[ID]bool{}
	for name, ix := range t.indexes {
		d.addIndex(name, ix.of)
	}
	return d
}

func (t *Table[T]) addIndex(name string, of func(to []ID, r T) []ID) {
	ix := &index[T]{of: of, ids: map[ID][]ID{}}
	t.indexes[name] = ix
	t.filed = append(t.filed, ix)
}

// loosen forgets the cached order: worth it before many changes.
func (t *Table[T]) loosen() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.order = nil
}

// Touch tells a watcher of a record that was looked at and stays as it is.
func (t *Table[T]) Touch(r T) {
	if t.heard != nil {
		t.heard(r, r)
	}
}

// watch tells of every record that is put, with what it replaces (nil = nothing).
func (t *Table[T]) watch(heard func(before, after Record)) { t.heard = heard }

// Grow makes room for n more records.
func (t *Table[T]) Grow(n int) {
	if len(t.rows) == 0 {
		t.rows, t.keys = make(map[ID]T, n), make(map[string]ID, n)
	}
}

// Kind returns the kind of the table's records.
func (t *Table[T]) Kind() Kind { return t.kind }

// Get returns the record with the ID.
func (t *Table[T]) Get(id ID) (T, bool) {
	if r, ok := t.rows[id]; ok {
		return r, true
	}
	if t.parent != nil && !t.gone[id] {
		return t.parent.Get(id)
	}
	var none T
	return none, false
}

// ByKey returns the record with the natural key; of several the one with the
// lowest ID, however they came to be.
func (t *Table[T]) ByKey(key string) (T, bool) {
	var best ID
	t.eachByKey(key, func(id ID) {
		if best == "" || id < best {
			best = id
		}
	})
	return t.Get(best)
}

func (t *Table[T]) eachByKey(key string, visit func(ID)) {
	if key == "" {
		return
	}
	if id, ok := t.keys[key]; ok {
		visit(id)
		for _, twin := range t.twins[key] {
			visit(twin)
		}
	}
	if t.parent == nil {
		return
	}
	t.parent.eachByKey(key, func(id ID) {
		if _, changed := t.rows[id]; !changed && !t.gone[id] {
			visit(id)
		}
	})
}

func (t *Table[T]) addKey(key string, id ID) {
	if key == "" {
		return
	}
	first, taken := t.keys[key]
	if !taken {
		t.keys[key] = id
		return
	}
	if t.twins == nil {
		t.twins = map[string][]ID{}
	}
	t.keys[key] = min(first, id)
	t.twins[key] = append(t.twins[key], max(first, id))
}

func (t *Table[T]) removeKey(key string, id ID) {
	if key == "" {
		return
	}
	twins := t.twins[key]
	if t.keys[key] != id {
		if at := slices.Index(twins, id); at >= 0 {
			t.twins[key] = slices.Delete(twins, at, at+1)
		}
		return
	}
	if len(twins) == 0 {
		delete(t.keys, key)
		return
	}
	next := slices.Min(twins)
	t.keys[key] = next
	at := slices.Index(twins, next)
	t.twins[key] = slices.Delete(twins, at, at+1)
}

// Len counts the records.
func (t *Table[T]) Len() int {
	if t.parent == nil {
		return len(t.rows)
	}
	n := t.parent.Len() - len(t.gone)
	for id := range t.rows {
		if _, old := t.parent.Get(id); !old {
			n++
		}
	}
	return n
}

// All returns the records ordered by code. The slice belongs to the table:
// it must not be modified and is valid until the next change.
func (t *Table[T]) All() []T {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.order == nil {
		t.order = t.sorted()
	}
	return t.order
}

func (t *Table[T]) sorted() []T {
	out := make([]T, 0, len(t.rows))
	if t.parent != nil {
		for _, r := range t.parent.All() {
			if _, over := t.rows[r.RecordID()]; !over && !t.gone[r.RecordID()] {
				out = append(out, r)
			}
		}
	}
	for _, r := range t.rows {
		out = append(out, r)
	}
	sortRecords(out)
	return out
}

// sortRecords orders records like compareRecords; with many it compares sort
// keys made once instead of codes again and again.
func sortRecords[T Record](records []T) {
	if len(records) < 64 {
		slices.SortFunc(records, compareRecords[T])
		return
	}
	type keyed struct {
		key string
		id  ID
		rec T
	}
	list := make([]keyed, len(records))
	for i, r := range records {
		list[i] = keyed{sortKey(r.Sort()), r.RecordID(), r}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.id, b.id))
	})
	for i := range list {
		records[i] = list[i].rec
	}
}

func compareRecords[T Record](a, b T) int {
	if c := CompareCodes(a.Sort(), b.Sort()); c != 0 {
		return c
	}
	if a.RecordID() < b.RecordID() {
		return -1
	}
	if a.RecordID() > b.RecordID() {
		return 1
	}
	return 0
}

// By returns the records that mention id in the named index, ordered by code.
func (t *Table[T]) By(name string, id ID) []T {
	return slices.SortedFunc(t.mentioning(name, id), compareRecords[T])
}

// mentioning is By in no order, for who takes a few out of many.
func (t *Table[T]) mentioning(name string, id ID) iter.Seq[T] {
	return func(yield func(T) bool) {
		ix := t.indexes[name]
		if ix == nil || id == "" {
			return
		}
		if t.parent != nil {
			for r := range t.parent.mentioning(name, id) {
				if _, over := t.rows[r.RecordID()]; !over && !t.gone[r.RecordID()] && !yield(r) {
					return
				}
			}
		}
		for _, rid := range ix.ids[id] {
			if !yield(t.rows[rid]) {
				return
			}
		}
	}
}

// Put adds or replaces a record.
func (t *Table[T]) Put(r T) {
	id := r.RecordID()
	if t.heard != nil {
		before, _ := t.Record(id)
		t.heard(before, r)
	}
	old, had := t.rows[id]
	if !had && t.parent != nil {
		t.log = append(t.log, id)
	}
	if len(t.gone) > 0 {
		delete(t.gone, id)
	}
	t.rows[id] = r
	key := r.Natural()
	if had {
		if was := old.Natural(); was != key {
			t.removeKey(was, id)
			t.addKey(key, id)
		}
	} else {
		t.addKey(key, id)
	}
	for _, ix := range t.filed {
		ix.put(id, old, had, r)
	}
	t.reorder(old, had, r)
}

// put files a record under what it mentions. Nothing moves while that stays the
// same: a unit's list may be as long as the table.
func (ix *index[T]) put(id ID, old T, had bool, r T) {
	ix.now, ix.old = ix.of(ix.now[:0], r), ix.old[:0]
	if had {
		ix.old = ix.of(ix.old, old)
		if slices.Equal(ix.old, ix.now) {
			return
		}
		ix.remove(id)
	}
	for _, to := range ix.now {
		if to == "" {
			continue
		}
		list := ix.ids[to]
		if len(list) == 0 || list[len(list)-1] != id { // it may mention one twice
			ix.ids[to] = append(list, id)
		}
	}
}

// remove takes a record out of the lists named in old, from the end: undoing an
// import takes the newest away first.
func (ix *index[T]) remove(id ID) {
	for _, to := range ix.old {
		list := ix.ids[to]
		for at := len(list) - 1; at >= 0; at-- {
			if list[at] == id {
				ix.ids[to] = slices.Delete(list, at, at+1)
				break
			}
		}
	}
}

// reorder keeps the cached order right without sorting everything again: one
// edited cell must not cost a sort of 100,000 records.
func (t *Table[T]) reorder(old T, had bool, r T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.order == nil {
		return
	}
	if t.parent != nil {
		t.order = nil
		return
	}
	if had {
		i := t.position(old)
		if compareRecords(old, r) == 0 {
			t.order[i] = r
			return
		}
		t.order = slices.Delete(t.order, i, i+1)
	}
	t.order = slices.Insert(t.order, t.position(r), r)
}

func (t *Table[T]) position(r T) int {
	return sort.Search(len(t.order), func(i int) bool { return compareRecords(t.order[i], r) >= 0 })
}

// Delete removes a record.
func (t *Table[T]) Delete(id ID) {
	old, had := t.rows[id]
	if had {
		t.forget(old)
		delete(t.rows, id)
	}
	if t.parent != nil {
		if _, below := t.parent.Get(id); below {
			t.gone[id] = true
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.order == nil {
		return
	}
	if t.parent != nil || !had {
		t.order = nil
		return
	}
	i := t.position(old)
	t.order = slices.Delete(t.order, i, i+1)
}

func (t *Table[T]) forget(old T) {
	id := old.RecordID()
	t.removeKey(old.Natural(), id)
	for _, ix := range t.filed {
		ix.old = ix.of(ix.old[:0], old)
		ix.remove(id)
	}
}

// each visits the records in an order that is the same every time but, in a
// draft, not that of the codes: no sorting.
func (t *Table[T]) each(visit func(Record)) {
	if t.parent == nil {
		for _, r := range t.All() {
			visit(r)
		}
		return
	}
	t.parent.each(func(r Record) {
		id := r.RecordID()
		if _, over := t.rows[id]; !over && !t.gone[id] {
			visit(r)
		}
	})
	for _, id := range t.logged() {
		visit(t.rows[id])
	}
}

// logged lists a draft's rows in the order in which they came.
func (t *Table[T]) logged() []ID {
	if len(t.log) == len(t.rows) {
		return t.log
	}
	seen := make(map[ID]bool, len(t.rows)) // some were deleted, perhaps put again
	out := make([]ID, 0, len(t.rows))
	for _, id := range t.log {
		if _, ok := t.rows[id]; ok && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// Record is Get without the type.
func (t *Table[T]) Record(id ID) (Record, bool) {
	r, ok := t.Get(id)
	if !ok {
		return nil, false
	}
	return r, true
}

// RecordByKey is ByKey without the type.
func (t *Table[T]) RecordByKey(key string) (Record, bool) {
	r, ok := t.ByKey(key)
	if !ok {
		return nil, false
	}
	return r, true
}

// EachByKey visits all records with the natural key, in no order: there should be
// one, but people give one number twice.
func (t *Table[T]) EachByKey(key string, visit func(Record)) {
	t.eachByKey(key, func(id ID) {
		if r, ok := t.Get(id); ok {
			visit(r)
		}
	})
}

// PutRecord is Put without the type; the record must be of the table's type.
func (t *Table[T]) PutRecord(r Record) { t.Put(r.(T)) }

// Each visits the records in order until visit returns false.
func (t *Table[T]) Each(visit func(Record) bool) {
	for _, r := range t.All() {
		if !visit(r) {
			return
		}
	}
}

// changes lists what a draft would change in its parent, in the order in which
// it was done; what it deletes comes last.
func (t *Table[T]) changes() []Change {
	if t.parent == nil {
		return nil
	}
	out := make([]Change, 0, len(t.rows)+len(t.gone))
	for _, id := range t.logged() {
		r := t.rows[id]
		var before Record
		if old, ok := t.parent.Get(id); ok {
			if Equal(old, r) {
				continue
			}
			before = old
		}
		out = append(out, Change{Kind: t.kind, ID: id, Before: before, After: r})
	}
	n := len(out)
	for id := range t.gone {
		if old, ok := t.parent.Get(id); ok {
			out = append(out, Change{Kind: t.kind, ID: id, Before: old})
		}
	}
	slices.SortFunc(out[n:], func(a, b Change) int { return compareRecords(a.Before, b.Before) })
	return out
}
