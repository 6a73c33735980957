package pilotfile

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lianshao/domain"
)

const (
	doubtfulText  = "可能不是最后的内容，请核对"
	uncertainText = "最后一次或几次操作可能没有救回，请全部核对"
)

// into writes what was gathered to a new file and reports on it.
func (v *salvage) into(b *builder, rep *Report) error {
	if !v.newest {
		rep.Uncertain = true
		rep.Doubtful = append(rep.Doubtful, Problem{Kind: kindFile, Problem: uncertainText})
	}
	if err := v.journalInto(b, rep); err != nil {
		return err
	}
	if err := v.recordsInto(b, rep); err != nil {
		return err
	}
	return v.blobsInto(b, rep)
}

// journalInto writes the entries. As long as none is missing they keep number
// and place in the chain, so that heads printed on papers still fit.
func (v *salvage) journalInto(b *builder, rep *Report) error {
	for seq := uint64(1); seq <= v.last; seq++ {
		e, ok := v.chosen[seq]
		if !ok {
			continue
		}
		if err := b.entry(e.body); err != nil {
			return err
		}
	}
	rep.Journal = len(v.chosen)
	if lost := int(v.last) - len(v.chosen); lost > 0 {
		rep.Bad = append(rep.Bad, Problem{Kind: kindJournal, Problem: fmt.Sprintf("有 %d 条没有救回，后面的重新编号", lost)})
	}
	return nil
}

// recordsInto writes the records, each in the latest version there is.
func (v *salvage) recordsInto(b *builder, rep *Report) error {
	keys := map[string]bool{}
	for key := range v.records {
		keys[key] = true
	}
	for key := range v.known {
		keys[key] = true
	}
	picks, sum := map[string]pick{}, digest{}
	for key := range keys {
		if one, ok := v.choose(key); ok {
			picks[key] = one
			sum.add(one.value)
		}
	}
	exact := v.newest && sum == v.s.state.Records // what was found is all there was
	for _, key := range slices.Sorted(maps.Keys(picks)) {
		one := picks[key]
		if exact && one.value == nil {
			continue // deleted by an operation that the journal has lost
		}
		one.doubtful = one.doubtful && !exact
		if err := recordInto(b, rep, one); err != nil {
			return err
		}
	}
	if !exact {
		v.countLost(b, rep)
	}
	return nil
}

func recordInto(b *builder, rep *Report, one pick) error {
	kind, id, record, err := identity(one.content)
	if err == nil {
		_, err = decodeRecord(kind, record, newInterner())
	}
	if err != nil {
		rep.Bad = append(rep.Bad, Problem{Kind: kind, ID: id, Problem: "内容读不懂"})
		return nil
	}
	if one.value == nil {
		rep.FromJournal++
	}
	if one.doubtful {
		rep.Doubtful = append(rep.Doubtful, Problem{Kind: kind, ID: id, Code: codeOf(record), Problem: doubtfulText})
	}
	return b.record(kind, id, record, min(one.revision, b.st.Seq))
}

func codeOf(record []byte) string {
	var base struct {
		Code string `json:"c"`
	}
	_ = decoder.Unmarshal(record, &base) // without a code the ID names it
	return base.Code
}

// countLost compares with how many records there were.
func (v *salvage) countLost(b *builder, rep *Report) {
	if !v.newest {
		return
	}
	saved, total := map[domain.Kind]uint64{}, uint64(0)
	for _, k := range b.seen {
		saved[k]++
		total++
	}
	before := len(rep.Bad)
	for _, t := range domain.NewPilot().Tables() {
		k := t.Kind()
		if want := v.s.state.Kinds[k]; want > saved[k] {
			rep.Bad = append(rep.Bad, Problem{Kind: k, Problem: fmt.Sprintf("应有 %d 条，救回 %d 条", want, saved[k])})
		}
	}
	if want := v.s.state.Records.Count; len(rep.Bad) == before && want > total {
		rep.Bad = append(rep.Bad, Problem{Kind: kindRecord, Problem: fmt.Sprintf("应有 %d 条，救回 %d 条", want, total)})
	}
}

// blobsInto writes the attachments of which every piece was found.
func (v *salvage) blobsInto(b *builder, rep *Report) error {
	keys := slices.Sorted(maps.Keys(v.pieces))
	lost := 0
	for len(keys) > 0 {
		n := 1
		for n < len(keys) && strings.HasPrefix(keys[n], keys[0][:nameSize]) {
			n++
		}
		sum, content, ok := joinPieces(v.pieces, keys[:n])
		if ok {
			err := b.blob(sum, content)
			if errors.Is(err, errBad) {
				ok = false
			} else if err != nil {
				return err
			}
		}
		if ok {
			rep.Blobs++
		} else {
			lost++
		}
		keys = keys[n:]
	}
	if lost > 0 {
		rep.Bad = append(rep.Bad, Problem{Kind: kindBlob, Problem: fmt.Sprintf("有 %d 个附件的内容没有救回", lost)})
	}
	return nil
}
