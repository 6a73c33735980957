// Package search finds records by anything written in them: words, codes, the
// initials of their pinyin (zbht finds 招标合同) or the pinyin in full.
package search

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"lianshao/domain"
)

// Index is the searchable text of a pilot. It may be asked on any goroutine, also
// while changes come in.
type Index struct {
	mu    sync.RWMutex
	docs  []doc
	at    map[domain.ID][]int // where a record's docs are
	free  []int
	names names
}

// doc is one record, step or indicator, ready to be compared. A zero doc is a gap.
type doc struct {
	kind     domain.Kind
	id       domain.ID
	title    string // as shown
	body     string // as shown
	lower    string // title, in small letters
	under    string // body, in small letters
	initials string // of title and body, parted by a space
	titles   int    // how many of the initials are the title's
	full     string // pinyin of the title
	latin    string // the runs of letters and digits in title and body
	runes    runeSet
}

// runeSet tells quickly that a text lacks a character; it may wrongly say that it
// has one.
type runeSet [8]uint64

func slot(r rune) (int, uint64) {
	h := uint32(r) * 2654435761 >> 23 // 9 bits
	return int(h >> 6), 1 << (h & 63)
}

func (s *runeSet) add(text string) {
	for _, r := range text {
		i, bit := slot(r)
		s[i] |= bit
	}
}

func (s *runeSet) holds(o *runeSet) bool {
	for i := range s {
		if s[i]&o[i] != o[i] {
			return false
		}
	}
	return true
}

// Hit is one record found.
type Hit struct {
	Kind  domain.Kind
	ID    domain.ID // of the record; of the step or, for an indicator, of its system
	Title string
	Part  string // of the text where it was found, "" when the title says it
}

// order is how kinds follow each other that were found equally well.
var order = []domain.Kind{domain.KindRiskPoint, domain.KindMeasure, domain.KindWorkflow, domain.KindStep, domain.KindPost, domain.KindAuthority,
	domain.KindUnit, domain.KindMember, domain.KindWarning, domain.KindIntelligence, domain.KindOpinion, domain.KindRevision, domain.KindDisclosure,
	domain.KindInspection, domain.KindMonitor, domain.KindMilestone, domain.KindMeeting, domain.KindCaseCard, domain.KindArtefact, domain.KindAttachment,
	domain.KindFactor, domain.KindIndicator, domain.KindSystem, domain.KindScheme, domain.KindAssessment, domain.KindRating, domain.KindAppraisal, domain.KindSanction}

// Group is what was found of one kind, the best first.
type Group struct {
	Kind  domain.Kind
	Hits  []Hit
	Total int // found altogether; Hits holds at most the asked number
}

// Snapshot lists the records of a pilot. It is quick; take it on the goroutine that
// owns the pilot and build the index on another.
func Snapshot(p *domain.Pilot) []domain.Record {
	var out []domain.Record
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			out = append(out, r)
			return true
		})
	}
	return out
}

// Build indexes records.
func Build(records []domain.Record) *Index {
	x := &Index{at: map[domain.ID][]int{}, names: names{}}
	for _, r := range records {
		if s := nameOf(r); s != "" {
			x.names[r.RecordID()] = s
		}
	}
	for _, r := range records {
		x.put(r)
	}
	return x
}

// Apply follows changes of the pilot. renamed reports that other records still carry
// the old name of one that changed: build the index anew when there is time.
func (x *Index) Apply(changes []domain.Change) (renamed bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, c := range changes {
		if c.After == nil {
			continue
		}
		if s := nameOf(c.After); s != "" {
			renamed = renamed || c.Before != nil && x.names[c.ID] != s
			x.names[c.ID] = s
		}
	}
	for _, c := range changes {
		x.drop(c.ID)
		if c.After != nil {
			x.put(c.After)
		}
	}
	return renamed
}

func (x *Index) drop(id domain.ID) {
	for _, i := range x.at[id] {
		x.docs[i] = doc{}
		x.free = append(x.free, i)
	}
	delete(x.at, id)
}

func (x *Index) put(r domain.Record) {
	for _, e := range entriesOf(r, x.names) {
		d := docOf(e)
		i := len(x.docs)
		if n := len(x.free); n > 0 {
			i, x.free = x.free[n-1], x.free[:n-1]
			x.docs[i] = d
		} else {
			x.docs = append(x.docs, d)
		}
		x.at[r.RecordID()] = append(x.at[r.RecordID()], i)
	}
}

// connectives are left out by whoever types initials: zbht is 招标与合同, too.
var connectives = strings.NewReplacer("与", "", "和", "", "及", "", "的", "", "或", "", "、", "")

func docOf(e entry) doc {
	d := doc{kind: e.kind, id: e.id, title: join(e.head), body: join(e.body)}
	d.lower, d.under = strings.ToLower(d.title), strings.ToLower(d.body)
	d.initials, d.full = Initials(d.title), fullOf(d.title)
	if bare := connectives.Replace(d.title); bare != d.title {
		d.initials += " " + Initials(bare)
		d.full += " " + fullOf(bare)
	}
	d.titles = len(d.initials)
	d.initials += " " + Initials(d.body)
	d.latin = latinOf(d.lower + " " + d.under)
	d.runes.add(d.lower)
	d.runes.add(d.under)
	return d
}

// latinOf keeps the runs of letters, digits and signs of a text, each ended by a space.
func latinOf(text string) string {
	var b strings.Builder
	in := false
	for i := range len(text) {
		c := text[i]
		if c > ' ' && c < 0x80 {
			b.WriteByte(c)
			in = true
		} else if in {
			b.WriteByte(' ')
			in = false
		}
	}
	return b.String()
}

// join puts the written texts into one line.
func join(texts []string) string {
	var b strings.Builder
	for _, s := range texts {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ReplaceAll(s, "\n", " "))
	}
	return b.String()
}

// Ranks of a match, the best first.
const (
	isTitle     = iota // the whole title or its code
	beginsTitle        // the title or a word of it begins so
	inTitle
	titleInitials
	titlePinyin
	inBody
	bodyInitials
	none
)

// word is one word of a query.
type word struct {
	text   string // in small letters
	latin  bool   // nothing but letters, digits and signs
	pinyin bool   // nothing but letters and digits, which may be pinyin
	runes  runeSet
}

func wordsOf(query string) []word {
	var out []word
	for _, f := range strings.Fields(strings.ToLower(domain.NormalizeWidth(query))) {
		w := word{text: f}
		w.latin = strings.IndexFunc(f, func(r rune) bool { return r >= 0x80 }) < 0
		w.pinyin = strings.IndexFunc(f, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0
		w.runes.add(f)
		out = append(out, w)
	}
	return out
}

// rank says how well a word fits a doc.
func (d *doc) rank(w *word) int {
	written := d.runes.holds(&w.runes) && (!w.latin || strings.Contains(d.latin, w.text))
	if written {
		if r := rankInTitle(d.lower, w.text); r < none {
			return r
		}
	}
	if !w.pinyin {
		if written && strings.Contains(d.under, w.text) {
			return inBody
		}
		return none
	}
	at := strings.Index(d.initials, w.text)
	switch {
	case at >= 0 && at < d.titles:
		return titleInitials
	case containsPinyin(d.full, w.text):
		return titlePinyin
	case written && strings.Contains(d.under, w.text):
		return inBody
	case at >= 0 && len(w.text) > 1:
		return bodyInitials
	}
	return none
}

func rankInTitle(title, text string) int {
	i := strings.Index(title, text)
	switch {
	case i < 0:
		return none
	case title == text || i == 0 && strings.HasPrefix(title[len(text):], " "):
		return isTitle
	case i == 0 || title[i-1] == ' ':
		return beginsTitle
	}
	return inTitle
}

// containsPinyin looks for letters that begin at a syllable (a capital letter) and
// may end within one: zhaobiaohe finds ZhaoBiaoHeTong.
func containsPinyin(full, letters string) bool {
	first := letters[0]
	if first >= 'a' && first <= 'z' {
		first -= 'a' - 'A'
	}
	for at := 0; ; at++ {
		i := strings.IndexByte(full[at:], first)
		if i < 0 {
			return false
		}
		at += i
		if len(full)-at < len(letters) {
			return false
		}
		if strings.EqualFold(full[at:at+len(letters)], letters) {
			return true
		}
	}
}

// match is a doc that fits.
type match struct{ at, rank int }

// found collects the matches of one kind by rank.
type found struct {
	total int
	best  [none][]int // docs, at most the limit each
}

// Find looks for records in which every word of the query is found. Kinds come in
// the order of their best hit; each holds at most limit hits. An empty query finds
// nothing.
func (x *Index) Find(query string, limit int) []Group {
	words := wordsOf(query)
	if len(words) == 0 || limit <= 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	workers := min(runtime.GOMAXPROCS(0), 1+len(x.docs)/5000)
	parts := make([]map[domain.Kind]*found, workers)
	var wg sync.WaitGroup
	for n := range workers {
		wg.Go(func() {
			parts[n] = scan(x.docs, len(x.docs)*n/workers, len(x.docs)*(n+1)/workers, words, limit)
		})
	}
	wg.Wait()
	return x.groups(merge(parts, limit), words, limit)
}

func scan(docs []doc, from, to int, words []word, limit int) map[domain.Kind]*found {
	out := map[domain.Kind]*found{}
	for i := from; i < to; i++ {
		d := &docs[i]
		if d.id == "" {
			continue
		}
		worst := 0
		for k := range words {
			if worst = max(worst, d.rank(&words[k])); worst == none {
				break
			}
		}
		if worst == none {
			continue
		}
		f := out[d.kind]
		if f == nil {
			f = &found{}
			out[d.kind] = f
		}
		f.total++
		if len(f.best[worst]) < limit {
			f.best[worst] = append(f.best[worst], i)
		}
	}
	return out
}

func merge(parts []map[domain.Kind]*found, limit int) map[domain.Kind]*found {
	all := parts[0]
	for _, part := range parts[1:] {
		for kind, f := range part {
			a := all[kind]
			if a == nil {
				all[kind] = f
				continue
			}
			a.total += f.total
			for r := range a.best {
				a.best[r] = append(a.best[r], f.best[r]...)
			}
		}
	}
	return all
}

func (x *Index) groups(all map[domain.Kind]*found, words []word, limit int) []Group {
	type ranked struct {
		Group
		best int
	}
	var list []ranked
	for kind, f := range all {
		g := ranked{Group{Kind: kind, Total: f.total}, none}
		for r, docs := range f.best {
			if len(docs) > 0 {
				g.best = min(g.best, r)
			}
			for _, i := range docs {
				if len(g.Hits) < limit {
					g.Hits = append(g.Hits, x.docs[i].hit(words))
				}
			}
		}
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(a.best-b.best, slices.Index(order, a.Kind)-slices.Index(order, b.Kind))
	})
	out := make([]Group, len(list))
	for i := range list {
		out[i] = list[i].Group
	}
	return out
}

// hit shows a doc with the part of its text that the query met first.
func (d *doc) hit(words []word) Hit {
	h := Hit{Kind: d.kind, ID: d.id, Title: d.title}
	for i := range words {
		w := &words[i]
		switch d.rank(w) {
		case inBody:
			h.Part = around(d.body, len([]rune(d.under[:strings.Index(d.under, w.text)])), len([]rune(w.text)))
		case bodyInitials:
			h.Part = around(d.body, strings.Index(d.initials, w.text)-d.titles-1, len(w.text))
		default:
			continue
		}
		break
	}
	return h
}

// around cuts a text to what stands near n characters from the one at.
func around(text string, at, n int) string {
	const before, after = 14, 36
	r := []rune(text)
	from, to := max(0, at-before), min(len(r), at+n+after)
	s := string(r[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(r) {
		s += "…"
	}
	return s
}
