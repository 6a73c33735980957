package pilotfile

import (
	"encoding/binary"
	"errors"
	"io"
)

var errTree = errors.New("pages lead round in circles or out of the file")

// Parts of bbolt's page layout.
const (
	pageHead    = 16 // id, flags, count, overflow
	branchPage  = 0x01
	leafPage    = 0x02
	elementSize = 16
	bucketFlag  = 0x01
	bucketHead  = 16 // root page, sequence; a page follows when the root is 0
)

// checkTree follows the branch pages of all buckets from the newer head's root. bbolt
// would follow pages that lead in a circle for ever, and take all memory doing so.
func checkTree(f io.ReaderAt, size int64) error {
	heads := make([]byte, 2*pageSize)
	if _, err := f.ReadAt(heads, 0); err != nil {
		return err
	}
	head := heads[:pageSize]
	if next := heads[pageSize:]; !validMeta(head) || validMeta(next) && commitOf(next) > commitOf(head) {
		head = next
	}
	if binary.LittleEndian.Uint32(head[24:]) != pageSize {
		return nil // of another program
	}
	t := &tree{f: f, pages: uint64(size / pageSize), seen: map[uint64]bool{}}
	return t.follow(binary.LittleEndian.Uint64(head[32:]), true)
}

// tree is a file being followed.
type tree struct {
	f     io.ReaderAt
	pages uint64
	seen  map[uint64]bool
}

// follow visits a page and those below it; leaves of the top tree hold the buckets.
func (t *tree) follow(id uint64, top bool) error {
	if id < 2 || id >= t.pages || t.seen[id] {
		return errTree
	}
	t.seen[id] = true
	head := make([]byte, pageHead)
	if _, err := t.f.ReadAt(head, int64(id)*pageSize); err != nil {
		return err
	}
	flags, count := binary.LittleEndian.Uint16(head[8:]), int(binary.LittleEndian.Uint16(head[10:]))
	if flags != branchPage && !top {
		return nil
	}
	overflow := uint64(binary.LittleEndian.Uint32(head[12:]))
	if overflow >= t.pages-id {
		return errTree
	}
	page := make([]byte, pageSize*(1+overflow))
	if _, err := t.f.ReadAt(page, int64(id)*pageSize); err != nil {
		return err
	}
	if pageHead+count*elementSize > len(page) {
		return errTree
	}
	for i := range count {
		at := pageHead + i*elementSize
		below, inside := binary.LittleEndian.Uint64(page[at+8:]), flags == branchPage && top
		if flags != branchPage {
			var err error
			if below, err = bucketRoot(page, at); err != nil {
				return err
			}
		}
		if below != 0 || flags == branchPage {
			if err := t.follow(below, inside); err != nil {
				return err
			}
		}
	}
	return nil
}

// bucketRoot is the root page of the bucket that a leaf's element holds, 0 when it
// lies within the leaf.
func bucketRoot(page []byte, at int) (uint64, error) {
	if binary.LittleEndian.Uint32(page[at:])&bucketFlag == 0 {
		return 0, nil
	}
	value := uint64(at) + uint64(binary.LittleEndian.Uint32(page[at+4:])) + uint64(binary.LittleEndian.Uint32(page[at+8:]))
	if value+bucketHead+pageHead > uint64(len(page)) {
		return 0, errTree
	}
	root := binary.LittleEndian.Uint64(page[value:])
	if root == 0 && binary.LittleEndian.Uint16(page[value+bucketHead+8:]) != leafPage {
		return 0, errTree
	}
	return root, nil
}
