package pilotfile

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"lianshao/app"
	"lianshao/domain"
)

// forge writes a pilot file with the keys of sd and the given entries, as somebody can
// who has the key: its chain is whole.
func forge(t testing.TB, path string, sd *seed, labels []string) *Store {
	t.Helper()
	err := buildFile(path, sd, func(b *builder) error {
		for _, l := range labels {
			after, err := marshal(&domain.Unit{Base: domain.Base{ID: "1"}, Name: l})
			if err != nil {
				return err
			}
			body, err := packEntry(summary{Action: app.ActionDo, Label: l}, []storedChange{{Kind: domain.KindUnit, ID: "1", After: after}})
			if err != nil {
				return err
			}
			if err := b.entry(body); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := openFile(path, path, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.closeFile() })
	return s
}

func verify(t testing.TB, s *Store, anchors ...app.Anchor) app.ChainReport {
	t.Helper()
	rep, err := s.VerifyChain(context.Background(), nil, anchors...)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// printed is the code of a paper as it is read from the paper again.
func printed(t testing.TB, h app.ChainHead) app.Anchor {
	t.Helper()
	a, err := app.ParseAnchor("校验码 " + h.String())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Whoever has the key and rewrites the journal, chain and all, is found out by every
// paper printed at or after the first entry that was touched, and by no paper before.
func TestTamperingIsSeenAgainstAnchors(t *testing.T) {
	dir := t.TempDir()
	const n = 9
	var labels []string
	for i := range n {
		labels = append(labels, fmt.Sprintf("操作%d", i+1))
	}
	sd := newSeed()
	var codes []app.Anchor // of the papers, by number of the entry
	for i := range n {
		s := forge(t, filepath.Join(dir, fmt.Sprint("then", i)), sd, labels[:i+1])
		codes = append(codes, printed(t, verify(t, s).Head))
	}
	grown := forge(t, filepath.Join(dir, "now"), sd, append(slices.Clone(labels), "以后的操作"))
	if rep := verify(t, grown, codes...); !rep.Whole() || rep.Entries != n+1 {
		t.Fatalf("later work breaks earlier papers: %+v", rep)
	}
	forged := 0
	try := func(what string, touched int, labels []string) {
		s := forge(t, filepath.Join(dir, fmt.Sprint("forged", forged)), sd, labels)
		forged++
		rep := verify(t, s, codes...)
		if len(rep.Problems) > 0 {
			t.Errorf("%s: the forger was careless: %v", what, rep.Problems)
		}
		for i, a := range rep.Anchors {
			if want := i < touched; a.Fits != want {
				t.Errorf("%s: the paper of entry %d fits: %v", what, i+1, a.Fits)
			}
		}
	}
	for k := range n {
		edited := slices.Clone(labels)
		edited[k] = "改过"
		try(fmt.Sprintf("entry %d edited", k+1), k, edited)
		try(fmt.Sprintf("entry %d deleted", k+1), k, slices.Delete(slices.Clone(labels), k, k+1))
		try(fmt.Sprintf("an entry put in before %d", k+1), k, slices.Insert(slices.Clone(labels), k, "塞入"))
		try(fmt.Sprintf("cut before %d", k+1), k, labels[:k])
		for j := k + 1; j < n; j++ {
			swapped := slices.Clone(labels)
			swapped[k], swapped[j] = swapped[j], swapped[k]
			try(fmt.Sprintf("entries %d and %d swapped", k+1, j+1), k, swapped)
		}
	}
	if forged < 60 {
		t.Errorf("only %d forgeries", forged)
	}
}

// A code proves nothing while entries before it are not whole.
func TestAnchorBehindDamage(t *testing.T) {
	s := forge(t, filepath.Join(t.TempDir(), "a"), newSeed(), []string{"一", "二", "三"})
	code := printed(t, verify(t, s).Head)
	s.chain = random(keyLength) // every link is wrong now
	rep := verify(t, s, code)
	if len(rep.Problems) != 3 || rep.Whole() || rep.Anchors[0].Fits || !rep.Anchors[0].Broken {
		t.Errorf("%+v", rep)
	}
}

// A verification can be stopped, and tells how far it is.
func TestVerificationStops(t *testing.T) {
	var labels []string
	for i := range 600 {
		labels = append(labels, fmt.Sprint(i))
	}
	s := forge(t, filepath.Join(t.TempDir(), "a"), newSeed(), labels)
	ctx, cancel := context.WithCancel(context.Background())
	told := 0
	_, err := s.VerifyChain(ctx, func(done, total int) {
		if told++; done > total || total != len(labels) {
			t.Errorf("%d of %d", done, total)
		}
		cancel()
	})
	if err != context.Canceled || told != 1 {
		t.Errorf("%v after %d", err, told)
	}
}
