package pilotfile

import (
	"bytes"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"lianshao/domain"
)

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

// marshal encodes a value.
func marshal(v any) ([]byte, error) { return encoder.Marshal(v) }

// encodeKind writes a record's content as it stands in the file: the kind, a
// zero, the record.
func encodeKind(k domain.Kind, record []byte) []byte {
	return append(kindHead(k), record...)
}

// kindHead is what stands before the record.
func kindHead(k domain.Kind) []byte { return append([]byte(k), 0) }

// decodeKind reads what encodeKind wrote.
func decodeKind(content []byte, in *interner) (domain.Record, error) {
	kind, record, ok := bytes.Cut(content, []byte{0})
	if !ok {
		return nil, errBad
	}
	return decodeRecord(domain.Kind(in.of(string(kind))), record, in)
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
func encodeRecord(r domain.Record) ([]byte, error) { return encoder.Marshal(storable(r)) }

// storable is what of a record is encoded: a rating in its short form, nil for none.
func storable(r domain.Record) any {
	rating, ok := r.(*domain.Rating)
	if !ok {
		return r
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
		return &p
	}
	for _, row := range rating.Rows {
		p.Rows = append(p.Rows, packedRow{row.Assessor, bytesOf(row.Marks), row.Note})
	}
	return &p
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
		return nil, errNewer
	}
	return decode(content, in)
}
