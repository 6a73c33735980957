package pilotfile

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"

	"lianshao/app"
	"lianshao/domain"
)

// Problem is one thing that is not whole.
type Problem struct {
	Kind    domain.Kind `json:"kind"`
	ID      domain.ID   `json:"id,omitempty"` // empty: the whole kind
	Code    string      `json:"code,omitempty"`
	Problem string      `json:"problem"` // Chinese, without a full stop

	newer bool
}

// String is the problem as one line for a person.
func (b Problem) String() string {
	name := b.Code
	if name == "" {
		name = string(b.ID)
	}
	if name == "" {
		return fmt.Sprintf("%s：%s", b.Kind, b.Problem)
	}
	return fmt.Sprintf("%s %s：%s", b.Kind, name, b.Problem)
}

// Report is what a check or a repair found. Bad means content is lost; Doubtful
// was saved but may not be the latest; Dangling refers to a record that does not exist.
type Report struct {
	Path        string              `json:"path"`
	OK          bool                `json:"ok"` // nothing bad
	Locked      bool                `json:"locked"`
	Records     map[domain.Kind]int `json:"records"`
	Journal     int                 `json:"journal"` // readable entries
	Head        app.ChainHead       `json:"head"`
	Anchors     []app.AnchorResult  `json:"anchors"` // of the anchors asked for
	Blobs       int                 `json:"blobs"`   // whole attachments
	FromJournal int                 `json:"from_journal"`
	Uncertain   bool                `json:"uncertain"` // the last operations may be missing: any record may be an older one
	Bad         []Problem           `json:"bad"`
	Doubtful    []Problem           `json:"doubtful"`
	Dangling    []Problem           `json:"dangling"`
}

// What is no record, in reports.
const (
	kindJournal domain.Kind = "操作记录"
	kindFile    domain.Kind = "文件结构"
	kindBlob    domain.Kind = "附件内容"
	kindRecord  domain.Kind = "记录"
)

func newReport(path string) Report {
	return Report{Path: path, Records: map[domain.Kind]int{}, Bad: []Problem{}, Doubtful: []Problem{}, Dangling: []Problem{}}
}

// Check reads every record, journal entry and attachment of a pilot file without
// changing it, and looks anchors up. secret is the password or recovery key of a locked
// one. The error is that of Open (foreign, beyond reading, password…).
func Check(path, secret string, anchors ...app.Anchor) (Report, error) {
	rep := newReport(path)
	s, err := openFile(path, path, secret)
	if errors.Is(err, errOldFormat) {
		return check1(path)
	}
	if err != nil {
		return rep, err
	}
	defer s.closeFile()
	return rep, s.check(&rep, anchors...)
}

// check fills a report.
func (s *Store) check(rep *Report, anchors ...app.Anchor) error {
	rep.Locked = s.header.locked()
	p, err := s.pages()
	if err != nil {
		return openError(err, s.origin)
	}
	got, err := s.readRecords(p, nil)
	if err != nil {
		return openError(err, s.origin)
	}
	rep.Bad = append(rep.Bad, s.nameProblems(p, got)...)
	rep.count(got.pilot)
	chain, err := s.VerifyChain(context.Background(), nil, anchors...)
	if err != nil {
		return err
	}
	rep.Journal, rep.Head, rep.Anchors = chain.Entries, chain.Head, chain.Anchors
	for _, pr := range chain.Problems {
		rep.Bad = append(rep.Bad, Problem{Kind: kindJournal, Problem: pr})
	}
	if err := rep.checkBlobs(s, p, got.pilot); err != nil {
		return openError(err, s.origin)
	}
	if err := s.verifyStructure(); err != nil && !isDamage(err) {
		return openError(err, s.origin)
	} else if err != nil && len(rep.Bad) == 0 {
		rep.Bad = append(rep.Bad, Problem{Kind: kindFile, Problem: "存放结构已损坏，记录都读得到，但不能再往里写"})
	}
	rep.checkRefs(got.pilot)
	rep.OK = len(rep.Bad) == 0
	return nil
}

func (rep *Report) count(p *domain.Pilot) {
	for _, t := range p.Tables() {
		if t.Len() > 0 {
			rep.Records[t.Kind()] = t.Len()
		}
	}
}

// checkBlobs reads every attachment's content and finds those that are missing.
func (rep *Report) checkBlobs(s *Store, p *pages, pilot *domain.Pilot) error {
	there := map[string]bool{}
	bad, err := s.eachBlob(p, func(sum, _ []byte) error { there[hexText(sum)] = true; return nil })
	if err != nil && !isDamage(err) {
		return err
	}
	rep.Blobs = len(there)
	damaged := err != nil || bad > 0
	before := len(rep.Bad)
	for _, a := range pilot.Attachments.All() {
		switch {
		case a.SHA256 == "" || there[a.SHA256]:
		case damaged:
			rep.Bad = append(rep.Bad, Problem{Kind: kindBlob, ID: a.ID, Code: a.Name, Problem: "内容已损坏"})
		default: // it came from elsewhere without its content
			rep.Dangling = append(rep.Dangling, Problem{Kind: kindBlob, ID: a.ID, Code: a.Name, Problem: "内容不在这个文件里"})
		}
	}
	if damaged && len(rep.Bad) == before {
		rep.Bad = append(rep.Bad, Problem{Kind: kindBlob, Problem: "部分内容读不到"})
	}
	return nil
}

func hexText(b []byte) string { return hex.EncodeToString(b) }

// check1 checks a file of format 1.
func check1(path string) (Report, error) {
	rep := newReport(path)
	f, err := os.Open(path)
	if err != nil {
		return rep, openError(err, path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return rep, openError(err, path)
	}
	p, err := openPages(f, info.Size(), false)
	if err != nil {
		return rep, openError(err, path)
	}
	r := &reader1{p: p}
	pilot := domain.NewPilot()
	in := newInterner()
	for _, t := range pilot.Tables() {
		r.each(string(t.Kind()), t.Kind(), true, func(key, content []byte) error {
			rec, err := decodeRecord(t.Kind(), content, in)
			if err != nil || string(rec.RecordID()) != string(key) {
				r.problem(t.Kind(), printable(key), "内容已损坏")
				return nil
			}
			t.PutRecord(rec)
			return nil
		})
	}
	r.journal(func(_, content []byte) error {
		if decoder.Unmarshal(content, &storedEntry1{}) != nil {
			r.problem(kindJournal, strconv.Itoa(rep.Journal+1), "内容已损坏")
		}
		rep.Journal++
		return nil
	})
	r.each(bucketBlobs1, kindBlob, true, func(_, _ []byte) error { rep.Blobs++; return nil })
	rep.Bad = append(rep.Bad, r.bad...)
	rep.count(pilot)
	rep.checkRefs(pilot)
	rep.OK = len(rep.Bad) == 0
	return rep, nil
}

// checkRefs lists references to records that do not exist.
func (rep *Report) checkRefs(p *domain.Pilot) {
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) {
				if ref.ID == "" || exists(p, k, ref.ID) {
					return
				}
				rep.Dangling = append(rep.Dangling, Problem{Kind: t.Kind(), ID: r.RecordID(), Code: domain.BaseOf(r).Code,
					Problem: fmt.Sprintf("所指的%s已不存在", k)})
			})
			return true
		})
	}
}

func exists(p *domain.Pilot, k domain.Kind, id domain.ID) bool {
	if k == domain.KindStep {
		_, _, ok := p.StepOf(id)
		return ok
	}
	_, ok := p.Get(k, id)
	return ok
}
