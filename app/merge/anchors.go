package merge

import (
	"context"
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Every merge keeps the head of the other pilot's journal as an anchor. When the same
// pilot comes again, its journal must still lead to that head: whoever has its key can
// rewrite it, but not so that the anchor fits.

// Anchors are the heads that earlier merges kept, by the pilots' own random names.
type Anchors map[string][]app.Anchor

// AnchorsOf lists those that a pilot holds.
func AnchorsOf(p *domain.Pilot) Anchors {
	out := Anchors{}
	for _, mm := range p.MergeMarks.All() {
		if mm.Chain != "" {
			id, _, _ := strings.Cut(mm.Pilot, "/")
			out[id] = append(out[id], anchorOf(mm))
		}
	}
	return out
}

func anchorOf(mm *domain.MergeMark) app.Anchor {
	return app.ChainHead{Seq: mm.Seq, Sum: mm.Chain}.Anchor()
}

// look recomputes the source's chain if there are anchors for it. Problems of the
// chain itself are problems of the file.
func (s *Source) look(ctx context.Context, store app.PilotStore, anchors Anchors) error {
	head, err := store.ChainHead()
	if err != nil {
		return err
	}
	s.chain = head.Sum
	v, ok := store.(app.ChainVerifier)
	if !ok || len(anchors[s.id]) == 0 {
		return nil
	}
	rep, err := v.VerifyChain(ctx, nil, anchors[s.id]...)
	s.anchors = rep.Anchors
	return err
}

// doubt compares the source with what was kept when it was merged before: "" when it
// was not, or nothing before that has changed. branch is the source's; a file that
// has lost or changed its first own entry is known by its name.
func (b *bringing) doubt(branch string) string {
	mm, known := b.d.MergeMarks.ByKey(branch)
	for _, other := range b.d.MergeMarks.All() {
		id, _, _ := strings.Cut(other.Pilot, "/")
		if !known && id == b.s.id && other.Code == b.s.name() {
			mm, known = other, true
		}
	}
	if !known || mm.Chain == "" {
		return ""
	}
	for _, a := range b.s.anchors {
		switch {
		case a.Anchor != anchorOf(mm) || a.Fits:
			continue
		case a.Entry.Seq == 0:
			return fmt.Sprintf("上次（%s）汇总时它的操作记录到第 %d 条，现在没有这一条：这是更早的拷贝，或者记录被截短过，请向交来的人问清楚再汇总", mm.Date, mm.Seq)
		}
		return fmt.Sprintf("上次（%s）汇总以前的操作记录（到第 %d 条）和那时不一样：被改写过，或者这是抢救出来的、另一份拷贝，请向交来的人问清楚再汇总", mm.Date, mm.Seq)
	}
	return ""
}
