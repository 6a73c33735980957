package pilotfile

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"

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

// Report is what a check found. Bad means content is lost; Dangling only that
// a record refers to one that does not exist.
type Report struct {
	Path     string              `json:"path"`
	OK       bool                `json:"ok"` // nothing bad
	Records  map[domain.Kind]int `json:"records"`
	Journal  int                 `json:"journal"` // readable entries
	Bad      []Problem           `json:"bad"`
	Dangling []Problem           `json:"dangling"`
}

// What is no record, in reports.
const (
	kindJournal domain.Kind = "操作记录"
	kindFile    domain.Kind = "文件结构"
	kindBlob    domain.Kind = "附件内容"
)

// Check reads every record and journal entry of a pilot file without changing
// it. The error is that of Open (locked, foreign, beyond reading…).
func Check(path string) (Report, error) {
	rep := Report{Path: path, Records: map[domain.Kind]int{}, Bad: []Problem{}, Dangling: []Problem{}}
	s, err := open(path, mode{readOnly: true})
	if err != nil {
		return rep, err
	}
	defer s.Close()
	if whole, err := open(path, mode{readOnly: true, freelist: true}); err == nil {
		_ = whole.Close()
	} else {
		rep.Bad = append(rep.Bad, Problem{Kind: kindFile, Problem: "空闲页列表已损坏，记录没有受影响"})
	}
	p, bad, err := s.read(nil)
	if err != nil {
		return rep, openError(err, path)
	}
	rep.Bad = append(rep.Bad, bad...)
	for _, t := range p.Tables() {
		if t.Len() > 0 {
			rep.Records[t.Kind()] = t.Len()
		}
	}
	rep.checkJournal(s)
	rep.Bad = append(rep.Bad, s.badBlobs()...)
	rep.checkRefs(p)
	rep.OK = len(rep.Bad) == 0
	return rep, nil
}

func (rep *Report) checkJournal(s *Store) {
	err := guard(func() error {
		return s.db.View(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucketJournal))
			c := b.Cursor()
			last := uint64(0)
			for k, v := c.First(); k != nil; k, v = c.Next() {
				if len(k) != 8 || binary.BigEndian.Uint64(k) != last+1 || len(v) > int(tx.Size()) {
					return errBad
				}
				if _, err := readEntry(k, v); err != nil {
					rep.Bad = append(rep.Bad, Problem{Kind: kindJournal, ID: domain.ID(strconv.FormatUint(last+1, 10)), Problem: "内容已损坏"})
				} else {
					rep.Journal++
				}
				last++
			}
			if last != b.Sequence() {
				return errBad
			}
			return nil
		})
	})
	if err != nil {
		rep.Bad = append(rep.Bad, Problem{Kind: kindJournal, Problem: "序号不连续，部分记录读不到"})
	}
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
