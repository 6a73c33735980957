package merge

import (
	"context"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Source is another pilot, read whole.
type Source struct {
	File  string // its name, for messages
	Path  string
	Pilot *domain.Pilot
	Err   error // why it could not be read; the rest is zero then

	id      string // of the file's line of descent
	seq     uint64
	head    string
	history history
	entries []mark // of the journal, to find where it left ours
	chain   string // the head of the journal's chain
	anchors []app.AnchorResult
}

// mark tells one journal entry from another of the same number.
type mark uint64

func markOf(e app.Entry) mark {
	h := fnv.New64a()
	fmt.Fprint(h, e.Seq, e.Time.UnixNano(), e.Actor, e.Action, e.Op.Name)
	return mark(h.Sum64())
}

// Read reads pilots, as many at once as there are processors. A pilot that cannot
// be read says so in its Err and does not hold up the others. anchors are those of the
// pilot that they are merged into. progress (may be nil) hears files. The error is
// CodeCanceled.
func Read(ctx context.Context, stores app.Stores, paths []string, anchors Anchors, progress func(done, total int)) ([]*Source, error) {
	out := make([]*Source, len(paths))
	app.SideBySide(ctx, len(paths), func(i int) { out[i] = readOne(ctx, stores, paths[i], anchors) }, progress)
	if ctx.Err() != nil {
		return nil, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消汇总")
	}
	tellApart(out)
	return out, nil
}

// tellApart adds folders to the names of files that are called the same, as many as
// tell one from the other.
func tellApart(sources []*Source) {
	for depth := 1; depth < 64; depth++ {
		same := map[string][]*Source{}
		for _, s := range sources {
			same[s.File] = append(same[s.File], s)
		}
		if len(same) == len(sources) {
			return
		}
		for _, list := range same {
			for _, s := range list {
				if len(list) > 1 {
					s.File = lastOf(s.Path, depth+1)
				}
			}
		}
	}
}

// lastOf is the end of a path, n names long.
func lastOf(path string, n int) string {
	parts := strings.Split(filepath.ToSlash(filepath.Clean(path)), "/")
	return strings.Join(parts[max(0, len(parts)-n):], "/")
}

func readOne(ctx context.Context, stores app.Stores, path string, anchors Anchors) *Source {
	s := &Source{File: filepath.Base(path), Path: path}
	store, err := app.ViewPilot(stores, path)
	if err != nil {
		s.Err = err
		return s
	}
	defer store.Close()
	if s.Err = s.read(store); s.Err == nil {
		s.Err = s.look(ctx, store, anchors)
	}
	return s
}

// read takes everything that merging needs out of an open store.
func (s *Source) read(store app.PilotStore) (err error) {
	if s.Pilot, err = store.Load(nil); err != nil {
		return err
	}
	s.id = app.PilotID(store)
	s.history = history{}
	if hs, ok := store.(app.Historian); ok {
		err = hs.History(func(domain.Kind, domain.ID) bool { return true }, func(e app.Entry) error {
			s.history.add(e)
			s.entries = append(s.entries, markOf(e))
			s.seq = e.Seq
			return nil
		})
	}
	if n := len(s.entries); n > 0 {
		s.head = fmt.Sprintf("%x", s.entries[n-1])
	}
	return err
}

// branch names the source among copies of one pilot: by the first entry of its own
// that the pilot merged into does not have.
func (s *Source) branch(ours []mark) string {
	for i, m := range s.entries {
		if i >= len(ours) || ours[i] != m {
			return fmt.Sprintf("%s/%x", s.id, m)
		}
	}
	return s.id
}

// name is what the source's records say of where they come from.
func (s *Source) name() string { return strings.TrimSuffix(s.File, filepath.Ext(s.File)) }
