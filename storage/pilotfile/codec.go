package pilotfile

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"lianshao/app"
	"lianshao/domain"
)

// Layouts of a stored value: its first byte. The next eight bytes are a
// checksum over bucket, key and content, so that a value that was damaged or
// has moved elsewhere is noticed.
const (
	layoutCBOR    = 1
	layoutDeflate = 2
	headSize      = 9
)

var (
	errBad   = errors.New("checksum mismatch")
	errNewer = errors.New("unknown layout")
)

// deflateFrom is the size from which journal entries are compressed.
const deflateFrom = 64 << 10

var encoder, decoder = modes()

func modes() (cbor.UserBufferEncMode, cbor.DecMode) {
	enc, err := cbor.CoreDetEncOptions().UserBufferEncMode()
	if err != nil {
		panic(err)
	}
	// Text that is not UTF-8 must not make a record unreadable, and an import
	// may hold more changes than the library's default of 131,072 elements.
	dec, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid, MaxArrayElements: 1 << 28}.DecMode()
	if err != nil {
		panic(err)
	}
	return enc, dec
}

// seal wraps content for storing under bucket and key.
func seal(bucket string, key, content []byte, layout byte) []byte {
	out := make([]byte, headSize, headSize+len(content))
	out[0] = layout
	binary.BigEndian.PutUint64(out[1:], checksum(bucket, key, layout, content))
	return append(out, content...)
}

// unseal returns the content of a stored value and its checksum.
func unseal(bucket string, key, value []byte) (content []byte, sum uint64, err error) {
	if len(value) < headSize {
		return nil, 0, errBad
	}
	sum = binary.BigEndian.Uint64(value[1:])
	content = value[headSize:]
	if sum != checksum(bucket, key, value[0], content) {
		return nil, 0, errBad
	}
	switch value[0] {
	case layoutCBOR:
		return content, sum, nil
	case layoutDeflate:
		content, err = io.ReadAll(flate.NewReader(bytes.NewReader(content)))
		return content, sum, err
	}
	return nil, sum, errNewer
}

func checksum(bucket string, key []byte, layout byte, content []byte) uint64 {
	var buf [512]byte
	b := append(buf[:0], bucket...)
	b = append(append(append(b, 0), key...), 0, layout)
	if len(b)+len(content) > len(buf) {
		h := sha256.New()
		h.Write(b)
		h.Write(content)
		return binary.BigEndian.Uint64(h.Sum(b[:0]))
	}
	sum := sha256.Sum256(append(b, content...))
	return binary.BigEndian.Uint64(sum[:])
}

// deflate compresses if that pays.
func deflate(content []byte) ([]byte, byte) {
	if len(content) < deflateFrom {
		return content, layoutCBOR
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return content, layoutCBOR
	}
	if _, err := w.Write(content); err != nil || w.Close() != nil {
		return content, layoutCBOR
	}
	return out.Bytes(), layoutDeflate
}

// packedRating is a rating with its marks as bytes: ratings are most of a big
// file. When all rows have the same number of marks and no notes, Names and
// Marks hold them; otherwise Rows does.
type packedRating struct {
	domain.Base
	Assessment domain.Ref  `json:"assessment"`
	Target     string      `json:"target"`
	Subject    domain.Ref  `json:"subject"`
	Names      string      `json:"n,omitempty"` // assessors, separated
	Marks      []byte      `json:"m,omitempty"` // row by row
	Rows       []packedRow `json:"rows,omitempty"`
}

type packedRow struct {
	Assessor string `json:"a"`
	Marks    []byte `json:"m"`
	Note     string `json:"n,omitempty"`
}

const nameSeparator = "\x1f"

// encodeRecord writes a record's content.
func encodeRecord(r domain.Record) ([]byte, error) {
	rating, ok := r.(*domain.Rating)
	if !ok {
		return encoder.Marshal(r)
	}
	p := packedRating{Base: rating.Base, Assessment: rating.Assessment, Target: rating.Target, Subject: rating.Subject}
	if uniform(rating.Rows) {
		names := make([]string, len(rating.Rows))
		p.Marks = make([]byte, 0, len(rating.Rows)*len(rating.Rows[0].Marks))
		for i, row := range rating.Rows {
			names[i] = row.Assessor
			p.Marks = append(p.Marks, bytesOf(row.Marks)...)
		}
		p.Names = strings.Join(names, nameSeparator)
		return encoder.Marshal(&p)
	}
	for _, row := range rating.Rows {
		p.Rows = append(p.Rows, packedRow{row.Assessor, bytesOf(row.Marks), row.Note})
	}
	return encoder.Marshal(&p)
}

// uniform reports whether rows fit the short form exactly.
func uniform(rows []domain.RatingRow) bool {
	for _, r := range rows {
		if r.Assessor == "" || r.Note != "" || len(r.Marks) == 0 || len(r.Marks) != len(rows[0].Marks) || strings.Contains(r.Assessor, nameSeparator) {
			return false
		}
	}
	return len(rows) > 0
}

func bytesOf(marks []domain.Mark) []byte {
	if marks == nil {
		return nil
	}
	out := make([]byte, len(marks))
	for i, m := range marks {
		out[i] = byte(m)
	}
	return out
}

func marksOf(b []byte) []domain.Mark {
	if b == nil {
		return nil
	}
	out := make([]domain.Mark, len(b))
	for i, m := range b {
		out[i] = domain.Mark(int8(m))
	}
	return out
}

// interner gives equal strings one memory; each goroutine has its own.
type interner struct {
	strings map[string]string
	names   map[string][]string // lists of assessors
}

func newInterner() *interner {
	return &interner{map[string]string{}, map[string][]string{}}
}

func (in *interner) of(s string) string {
	if old, ok := in.strings[s]; ok {
		return old
	}
	if len(in.strings) > 1<<16 {
		clear(in.strings)
	}
	in.strings[s] = s
	return s
}

func (in *interner) split(names string) []string {
	list, ok := in.names[names]
	if !ok {
		if len(in.names) > 1<<12 {
			clear(in.names)
		}
		list = strings.Split(names, nameSeparator)
		for i := range list {
			list[i] = in.of(list[i])
		}
		in.names[names] = list
	}
	return list
}

func decodeRating(content []byte, in *interner) (domain.Record, error) {
	var p packedRating
	if err := decoder.Unmarshal(content, &p); err != nil {
		return nil, err
	}
	r := &domain.Rating{Base: p.Base, Assessment: p.Assessment, Target: in.of(p.Target), Subject: p.Subject}
	r.Assessment.ID = domain.ID(in.of(string(r.Assessment.ID)))
	if p.Names == "" {
		for _, row := range p.Rows {
			r.Rows = append(r.Rows, domain.RatingRow{Assessor: in.of(row.Assessor), Marks: marksOf(row.Marks), Note: row.Note})
		}
		return r, nil
	}
	names, marks := in.split(p.Names), marksOf(p.Marks)
	n := len(marks) / len(names)
	if n*len(names) != len(marks) {
		return nil, errBad
	}
	r.Rows = make([]domain.RatingRow, len(names))
	for i, name := range names {
		r.Rows[i] = domain.RatingRow{Assessor: name, Marks: marks[i*n : (i+1)*n : (i+1)*n]}
	}
	return r, nil
}

// plain decodes a record kind that is stored as it is.
func plain[T any, P interface {
	*T
	domain.Record
}](content []byte, _ *interner) (domain.Record, error) {
	r := P(new(T))
	if err := decoder.Unmarshal(content, r); err != nil {
		return nil, err
	}
	return r, nil
}

var decoders = map[domain.Kind]func([]byte, *interner) (domain.Record, error){
	domain.KindInfo:         plain[domain.Info],
	domain.KindUnit:         plain[domain.Unit],
	domain.KindPost:         plain[domain.Post],
	domain.KindAuthority:    plain[domain.Authority],
	domain.KindMember:       plain[domain.Member],
	domain.KindMilestone:    plain[domain.Milestone],
	domain.KindWorkflow:     plain[domain.Workflow],
	domain.KindRiskPoint:    plain[domain.RiskPoint],
	domain.KindIntelligence: plain[domain.Intelligence],
	domain.KindFactor:       plain[domain.Factor],
	domain.KindSystem:       plain[domain.IndicatorSystem],
	domain.KindScheme:       plain[domain.LevelScheme],
	domain.KindAssessment:   plain[domain.Assessment],
	domain.KindRating:       decodeRating,
	domain.KindWarning:      plain[domain.Warning],
	domain.KindMonitor:      plain[domain.Monitor],
	domain.KindReading:      plain[domain.Reading],
	domain.KindMeasure:      plain[domain.Measure],
	domain.KindDisclosure:   plain[domain.Disclosure],
	domain.KindOpinion:      plain[domain.Opinion],
	domain.KindRevision:     plain[domain.Revision],
	domain.KindInspection:   plain[domain.Inspection],
	domain.KindAppraisal:    plain[domain.Appraisal],

	domain.KindMeeting:       plain[domain.Meeting],
	domain.KindCaseCard:      plain[domain.CaseCard],
	domain.KindAttachment:    plain[domain.Attachment],
	domain.KindArtefact:      plain[domain.Artefact],
	domain.KindHoliday:       plain[domain.Holiday],
	domain.KindSanction:      plain[domain.Sanction],
	domain.KindEffectiveness: plain[domain.Effectiveness],
	domain.KindLayout:        plain[domain.Layout],
	domain.KindSynonym:       plain[domain.Synonym],
	domain.KindMergeMark:     plain[domain.MergeMark],
}

func decodeRecord(k domain.Kind, content []byte, in *interner) (domain.Record, error) {
	decode := decoders[k]
	if decode == nil {
		return nil, fmt.Errorf("unknown kind %q", k)
	}
	return decode(content, in)
}

// storedEntry is a journal entry on disk.
type storedEntry struct {
	Time    int64          `json:"t"` // nanoseconds since 1970, UTC
	Actor   string         `json:"w"`
	Action  string         `json:"a"`
	Op      string         `json:"o"`
	Label   string         `json:"l"`
	Final   bool           `json:"f,omitempty"`
	Changes []storedChange `json:"c"`
}

type storedChange struct {
	Kind   domain.Kind     `json:"k"`
	ID     domain.ID       `json:"i"`
	Before cbor.RawMessage `json:"b,omitempty"`
	After  cbor.RawMessage `json:"a,omitempty"`
}

func (e *storedEntry) entry(seq uint64) (app.Entry, error) {
	out := app.Entry{Seq: seq, Time: time.Unix(0, e.Time), Actor: e.Actor, Action: e.Action,
		ChangeSet: domain.ChangeSet{Op: domain.Op{Name: e.Op, Label: e.Label, Final: e.Final}, Changes: make([]domain.Change, len(e.Changes))}}
	in := newInterner()
	for i, c := range e.Changes {
		ch := &out.Changes[i]
		ch.Kind, ch.ID = c.Kind, c.ID
		for _, side := range []struct {
			raw cbor.RawMessage
			to  *domain.Record
		}{{c.Before, &ch.Before}, {c.After, &ch.After}} {
			if len(side.raw) == 0 {
				continue
			}
			r, err := decodeRecord(c.Kind, side.raw, in)
			if err != nil {
				return out, err
			}
			*side.to = r
		}
	}
	return out, nil
}
