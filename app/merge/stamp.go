package merge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// stamp says when and by whom a value was written. The zero stamp is that of what
// was never written.
type stamp struct {
	at  int64 // nanoseconds since 1970
	who string
}

func (s stamp) compare(o stamp) int {
	return cmp.Or(cmp.Compare(s.at, o.at), strings.Compare(s.who, o.who))
}

// written is what is known of one field of one record.
type written struct {
	stamp
	seen []int64 // the times of the values it replaced, where it was written
	over []int64 // the times of values that lost a conflict against it
}

// saw reports whether the value was written in view of the other.
func (w *written) saw(o stamp) bool {
	return o.at == 0 || w != nil && (w.at == o.at || slices.Contains(w.seen, o.at) || slices.Contains(w.over, o.at))
}

// write replaces the value, never earlier than what it replaces.
func (w *written) write(s stamp) {
	if w.at != 0 {
		w.seen = append(w.seen, w.at)
	}
	if s.at <= w.at {
		s.at = w.at + 1
	}
	w.stamp = s
}

// join is what is known when both are; it reports whether the stamp is another now.
func (w *written) join(o *written) bool {
	if o == nil {
		return false
	}
	for _, at := range slices.Concat([]int64{o.at}, o.seen, o.over) {
		if at != 0 && at != w.at && !slices.Contains(w.seen, at) {
			w.seen = append(w.seen, at)
		}
	}
	w.won(o.over...)
	if o.compare(w.stamp) <= 0 {
		return false
	}
	w.seen = append(w.seen, w.at)
	w.stamp = o.stamp
	return true
}

// put takes over what a merge wrote down.
func (w *written) put(o *written) {
	if w.at != 0 && w.at != o.at {
		w.seen = append(w.seen, w.at)
	}
	w.stamp = o.stamp
	w.won(o.over...)
}

// won keeps which values it won against, so that they are not a conflict again.
func (w *written) won(against ...int64) {
	for _, at := range against {
		if at != 0 && at != w.at && !slices.Contains(w.over, at) {
			w.over = append(w.over, at)
		}
	}
	slices.Sort(w.over)
}

func (w *written) clone() *written {
	c := *w
	c.seen, c.over = slices.Clone(w.seen), slices.Clone(w.over)
	return &c
}

// joinAll joins the stamps of all fields.
func (r regs) joinAll(o regs) {
	for f, w := range o {
		r.of(f).join(w)
	}
}

// regs are the stamps of a record's fields.
type regs map[string]*written

func (r regs) at(field string) stamp {
	if w := r[field]; w != nil {
		return w.stamp
	}
	return stamp{}
}

func (r regs) of(field string) *written {
	w := r[field]
	if w == nil {
		w = &written{}
		r[field] = w
	}
	return w
}

func (r regs) clone() regs {
	out := make(regs, len(r))
	for f, w := range r {
		out[f] = w.clone()
	}
	return out
}

// covers reports whether everything that is written in o was seen here.
func (r regs) covers(o regs) bool {
	for f, w := range o {
		if !r[f].saw(w.stamp) {
			return false
		}
	}
	return true
}

// all is what is known with everything that was seen, for a tombstone.
func (r regs) all() regs {
	out := r.clone()
	for _, w := range out {
		w.won(w.seen...)
	}
	return out
}

// String writes the stamps, fields that were written together under one, with the
// times of what they won against: "mi3x2k@张三:name,causes;mi3x2k^mi3x2h@李四:note".
func (r regs) String() string {
	groups := map[string][]string{}
	for f, w := range r {
		if w.at == 0 {
			continue
		}
		head := strconv.FormatInt(w.at, 36)
		for _, at := range w.over {
			head += "^" + strconv.FormatInt(at, 36)
		}
		head += "@" + escape.Replace(w.who)
		groups[head] = append(groups[head], escape.Replace(f))
	}
	parts := make([]string, 0, len(groups))
	for head, fields := range groups {
		slices.Sort(fields)
		parts = append(parts, head+":"+strings.Join(fields, ","))
	}
	slices.Sort(parts)
	return strings.Join(parts, ";")
}

var (
	escape   = strings.NewReplacer("%", "%0", ":", "%1", ",", "%2", ";", "%3", "@", "%4")
	unescape = strings.NewReplacer("%0", "%", "%1", ":", "%2", ",", "%3", ";", "%4", "@")
)

// parseStamps reads what String wrote; what it cannot read is not known.
func parseStamps(s string) regs {
	out := regs{}
	if s == "" {
		return out
	}
	for group := range strings.SplitSeq(s, ";") {
		head, fields, ok := strings.Cut(group, ":")
		when, who, ok2 := strings.Cut(head, "@")
		var times []int64
		for part := range strings.SplitSeq(when, "^") {
			at, err := strconv.ParseInt(part, 36, 64)
			ok = ok && err == nil
			times = append(times, at)
		}
		if !ok || !ok2 {
			continue
		}
		for f := range strings.SplitSeq(fields, ",") {
			out[unescape.Replace(f)] = &written{stamp: stamp{times[0], unescape.Replace(who)}, over: times[1:]}
		}
	}
	return out
}
