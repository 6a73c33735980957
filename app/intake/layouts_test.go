package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/app/intake"
	"lianshao/domain"
)

const layoutDir = "../../testdata/layouts"

// layoutCase is what NAME.txt beside a made-up table says a person reads in it.
type layoutCase struct {
	scheme []string
	want   []string // records, rendered
	asks   []string
}

func readCase(t *testing.T, path string) (c layoutCase) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "#":
		case "scheme":
			c.scheme = strings.Fields(rest)
		case "ask":
			c.asks = append(c.asks, rest)
		default:
			parts := strings.Split(rest, " | ")
			slices.Sort(parts)
			c.want = append(c.want, word+" "+strings.Join(parts, " | "))
		}
	}
	slices.Sort(c.want)
	return c
}

// rendered lists what was imported: every field that says something, except
// codes that the import made up.
func rendered(p *domain.Pilot) (out []string) {
	add := func(kind string, fields ...string) {
		var parts []string
		for i := 0; i < len(fields); i += 2 {
			if fields[i+1] != "" {
				parts = append(parts, fields[i]+"="+strings.ReplaceAll(fields[i+1], "\n", "⏎"))
			}
		}
		slices.Sort(parts)
		out = append(out, kind+" "+strings.Join(parts, " | "))
	}
	score := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	for _, r := range p.RiskPoints.All() {
		var measures, each []string
		charged := false
		for _, m := range p.Measures.By(domain.ByPoint, r.ID) {
			measures = append(measures, m.Content)
			each = append(each, strings.TrimSpace(m.Owner+" "+m.Due.String()))
			charged = charged || m.Owner != "" || m.Due.String() != ""
		}
		if !charged {
			each = nil
		}
		code := r.Code
		if strings.HasPrefix(code, "FX-") {
			code = ""
		}
		add("point", "code", code, "unit", p.NameOf(domain.KindUnit, r.Unit), "office", r.Office, "post", p.NameOf(domain.KindPost, r.Post),
			"workflow", p.NameOf(domain.KindWorkflow, r.Workflow), "step", p.NameOf(domain.KindStep, r.Step), "name", r.Name,
			"description", r.Description, "category", r.Category, "causes", r.Causes, "consequence", r.Consequence, "likelihood", score(r.Likelihood),
			"impact", score(r.Impact), "level", r.SelfLevel, "measures", strings.Join(measures, "/"), "each", strings.Join(each, "/"), "owner", r.Owner, "due", r.Due.String(),
			"head", r.UnitHead, "leader", r.Leader, "channels", strings.Join(r.Channels, "、"), "note", r.Note)
	}
	for _, r := range p.Posts.All() {
		add("post", "unit", p.NameOf(domain.KindUnit, r.Unit), "office", r.Office, "name", r.Name, "duties", r.Duties,
			"powers", strings.Join(r.Powers, "/"), "since", r.Since.String(), "rank", r.Rank, "note", r.Note)
	}
	for _, r := range p.Authorities.All() {
		add("authority", "unit", p.NameOf(domain.KindUnit, r.Unit), "office", r.Office, "name", r.Name, "basis", strings.Join(r.Basis, "/"),
			"holder", p.NameOf(domain.KindPost, r.Holder), "type", r.Type, "note", r.Note)
	}
	slices.Sort(out)
	return out
}

// schemePilot has a level scheme with the labels, the most severe first.
func schemePilot(labels []string) *domain.Pilot {
	p := domain.NewPilot()
	if len(labels) == 0 {
		return p
	}
	s := &domain.LevelScheme{Name: "自评等级", Version: 1, Basis: domain.BasisMatrix}
	for i, l := range labels {
		s.Levels = append(s.Levels, domain.Level{Label: l, Severity: len(labels) - 1 - i, Min: float64(20 - 4*i)})
	}
	s.SetBase("scheme", "")
	d := p.Draft()
	d.Schemes.Put(s)
	p.Apply(d.Changes(domain.Op{Name: "test"}))
	return p
}

// TestForeignLayouts reads every made-up table in testdata/layouts: exactly what
// a person would read comes in, and what is in doubt is asked about.
func TestForeignLayouts(t *testing.T) {
	books, err := filepath.Glob(filepath.Join(layoutDir, "*.xlsx"))
	if err != nil || len(books) < 108 {
		t.Fatalf("%d layouts: %v", len(books), err)
	}
	for _, path := range books {
		name := strings.TrimSuffix(filepath.Base(path), ".xlsx")
		t.Run(name, func(t *testing.T) {
			c := readCase(t, strings.TrimSuffix(path, ".xlsx")+".txt")
			p := schemePilot(c.scheme)
			pl := importBooks(t, p, ids(), readBook(t, path))
			if diff := cmp.Diff(c.want, rendered(p)); diff != "" {
				t.Error(diff)
			}
			said := sentences(pl)
			for _, ask := range c.asks {
				if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, ask) }) {
					t.Errorf("does not ask %q: %q", ask, said)
				}
			}
			if len(c.asks) == 0 && len(said) > 0 {
				t.Errorf("asks without need: %q", said)
			}
			again := importBooks(t, p, ids(), readBook(t, path))
			if _, added, changed, _, _, _ := again.Report.Totals(); added+changed > 0 {
				t.Errorf("imported again: %d new, %d changed", added, changed)
			}
		})
	}
}

// sentences are the remarks of an import, without those that belong to every
// import into an empty pilot.
func sentences(pl *intake.Plan) (out []string) {
	for _, f := range pl.Report.Files {
		for _, s := range f.Sheets {
			for _, is := range slices.Concat(s.Errors, s.Warnings) {
				if !strings.Contains(is.Message, "部门还没有登记岗位") && !strings.Contains(is.Message, "不是") {
					out = append(out, is.Cell+" "+is.Message)
				}
			}
		}
	}
	return out
}
