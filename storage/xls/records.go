package xls

import (
	"encoding/binary"
	"unicode/utf16"

	"lianshao/storage/cells"
)

// Record types of BIFF8 that are read.
const (
	recFormula    = 0x0006
	recEOF        = 0x000a
	recDateMode   = 0x0022
	recFilePass   = 0x002f
	recContinue   = 0x003c
	recColInfo    = 0x007d
	recBoundSheet = 0x0085
	recMulRK      = 0x00bd
	recRString    = 0x00d6
	recXF         = 0x00e0
	recMerged     = 0x00e5
	recSST        = 0x00fc
	recLabelSST   = 0x00fd
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recRK         = 0x027e
	recFormat     = 0x041e
	recBOF        = 0x0809
	recUnused     = 0x00ff // stands for one that is to be passed over
)

// records walks through the records of a stream.
type records struct {
	b    []byte
	pos  int
	kind int
	body []byte
}

// next reads a record; a stream that ends without an EOF record is damaged.
func (r *records) next() error {
	if len(r.b)-r.pos < 4 {
		return cells.Damaged
	}
	r.kind = int(binary.LittleEndian.Uint16(r.b[r.pos:]))
	n := int(binary.LittleEndian.Uint16(r.b[r.pos+2:]))
	if len(r.b)-r.pos-4 < n {
		return cells.Damaged
	}
	r.body = r.b[r.pos+4 : r.pos+4+n]
	r.pos += 4 + n
	return nil
}

// whole returns the present record with those that continue it.
func (r *records) whole() *fields {
	f := &fields{rest: r.body}
	for len(r.b)-r.pos >= 4 && binary.LittleEndian.Uint16(r.b[r.pos:]) == recContinue {
		n := int(binary.LittleEndian.Uint16(r.b[r.pos+2:]))
		if len(r.b)-r.pos-4 < n {
			break // next will say so
		}
		f.more = append(f.more, r.b[r.pos+4:r.pos+4+n])
		r.pos += 4 + n
	}
	return f
}

// fields reads the fields of a record, over its continuations. After the first
// field that is not there everything reads as zero and bad is set.
type fields struct {
	rest []byte
	more [][]byte
	bad  bool
}

// advance goes to the continuation when a part is used up.
func (f *fields) advance() bool {
	for len(f.rest) == 0 && len(f.more) > 0 {
		f.rest, f.more = f.more[0], f.more[1:]
	}
	return len(f.rest) > 0
}

func (f *fields) u8() int {
	if !f.advance() {
		f.bad = true
		return 0
	}
	v := f.rest[0]
	f.rest = f.rest[1:]
	return int(v)
}

func (f *fields) u16() int { lo := f.u8(); return lo | f.u8()<<8 }

func (f *fields) u32() uint32 { lo := f.u16(); return uint32(lo) | uint32(f.u16())<<16 }

func (f *fields) u64() uint64 { lo := f.u32(); return uint64(lo) | uint64(f.u32())<<32 }

func (f *fields) skip(n int) {
	for n > 0 && f.advance() {
		k := min(n, len(f.rest))
		f.rest, n = f.rest[k:], n-k
	}
	f.bad = f.bad || n > 0
}

// text reads a string whose length in characters takes lengthBytes bytes.
func (f *fields) text(lengthBytes int) string {
	n := f.u8()
	if lengthBytes == 2 {
		n |= f.u8() << 8
	}
	flags := f.u8()
	runs, extra := 0, uint32(0)
	if flags&8 != 0 {
		runs = f.u16()
	}
	if flags&4 != 0 {
		extra = f.u32()
	}
	s := f.chars(n, flags&1 != 0)
	f.skip(4 * runs)
	if extra > 1<<28 {
		f.bad = true
		return ""
	}
	f.skip(int(extra))
	return s
}

// chars reads n characters. Where they go on in a continuation, a byte there
// tells anew whether they are wide.
func (f *fields) chars(n int, wide bool) string {
	if f.bad {
		return ""
	}
	units := make([]uint16, 0, min(n, 4096))
	for len(units) < n {
		if len(f.rest) == 0 {
			if !f.advance() {
				f.bad = true
				return ""
			}
			wide = f.u8()&1 != 0
		}
		for len(units) < n && len(f.rest) > 0 {
			if !wide {
				units, f.rest = append(units, uint16(f.rest[0])), f.rest[1:]
				continue
			}
			if len(f.rest) < 2 {
				f.bad = true
				return ""
			}
			units, f.rest = append(units, binary.LittleEndian.Uint16(f.rest)), f.rest[2:]
		}
	}
	return string(utf16.Decode(units))
}
