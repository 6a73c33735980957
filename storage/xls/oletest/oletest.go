// Package oletest writes OLE containers for tests.
package oletest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

const (
	sector    = 4096
	endChain  = 0xfffffffe
	fatSector = 0xfffffffd
	none      = 0xffffffff
)

// Stream is a stream at the top of a container.
type Stream struct {
	Name    string
	Content []byte
}

// File returns a container of streams. Short ones are filled up with zeros to 4096
// bytes, below which a container would keep them elsewhere.
func File(streams ...Stream) []byte {
	var body []byte
	var fat []uint32
	add := func(content []byte) (start uint32) {
		start = uint32(len(fat))
		n := (len(content) + sector - 1) / sector
		for i := range n {
			next := start + uint32(i) + 1
			if i == n-1 {
				next = endChain
			}
			fat = append(fat, next)
		}
		body = append(body, content...)
		body = append(body, make([]byte, n*sector-len(content))...)
		return start
	}
	entries := [][]byte{entry("Root Entry", 5, 1, none, endChain, 0)}
	for i, s := range streams {
		content := append(slices.Clone(s.Content), make([]byte, max(0, 4096-len(s.Content)))...)
		right := uint32(i + 2)
		if i == len(streams)-1 {
			right = none
		}
		entries = append(entries, entry(s.Name, 2, none, right, add(content), len(content)))
	}
	directory := add(bytes.Join(entries, nil))
	fatStart, fats := len(fat), 1
	for fats*sector/4 < len(fat)+fats {
		fats++
	}
	for range fats {
		fat = append(fat, fatSector)
	}
	for len(fat) < fats*sector/4 {
		fat = append(fat, none)
	}
	for _, v := range fat {
		body = binary.LittleEndian.AppendUint32(body, v)
	}
	return append(header(directory, fatStart, fats), body...)
}

func header(directory uint32, fatStart, fats int) []byte {
	h := make([]byte, sector)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put16, put32 := binary.LittleEndian.PutUint16, binary.LittleEndian.PutUint32
	put16(h[24:], 0x3e)
	put16(h[26:], 4)
	put16(h[28:], 0xfffe)
	put16(h[30:], 12)
	put16(h[32:], 6)
	put32(h[40:], 1)
	put32(h[44:], uint32(fats))
	put32(h[48:], directory)
	put32(h[56:], 4096)
	put32(h[60:], endChain)
	put32(h[68:], endChain)
	for i := range 109 {
		v := uint32(none)
		if i < fats {
			v = uint32(fatStart + i)
		}
		put32(h[76+4*i:], v)
	}
	return h
}

// entry is a line of the directory.
func entry(name string, kind byte, child, right, start uint32, size int) []byte {
	e := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66], e[67] = kind, 1
	binary.LittleEndian.PutUint32(e[68:], none)
	binary.LittleEndian.PutUint32(e[72:], right)
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint64(e[120:], uint64(size))
	return e
}
