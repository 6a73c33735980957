package intake_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

var junk = []string{"", "", "9", "abc", "—", "１２", "1/0", "2026年13月40日", "\n", "JJ-99", "结束", "合计", "=SUM(A1)", "99999999999999999999", "是→", "第步", "（）", "😀", "基建", "0.3"}

// damage overwrites some cells, drops some rows and cuts some short.
func damage(r *rand.Rand, b *intake.Book) *intake.Book {
	out := &intake.Book{File: b.File}
	for _, s := range b.Sheets {
		c := *s
		c.Rows = nil
		for _, row := range s.Rows {
			if r.IntN(25) == 0 {
				continue
			}
			row.Cells = slices.Clone(row.Cells)
			for i := range row.Cells {
				if r.IntN(20) == 0 {
					row.Cells[i] = junk[r.IntN(len(junk))]
				}
			}
			if len(row.Cells) > 0 && r.IntN(30) == 0 {
				row.Cells = row.Cells[:r.IntN(len(row.Cells))]
			}
			c.Rows = append(c.Rows, row)
		}
		out.Sheets = append(out.Sheets, &c)
	}
	return out
}

// Whatever is wrong in the workbooks, planning ends with an answer: every row is
// accounted for, every refusal says where and why, and the plan can be carried
// out and taken back.
func TestDamagedWorkbooks(t *testing.T) {
	books := sampleBooks(t)
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 7))
		var hurt []*intake.Book
		for _, b := range books {
			hurt = append(hurt, damage(r, b))
		}
		p := domain.NewPilot()
		if seed%2 == 1 {
			p, _ = samplePilot(t)
		}
		before := canonical(t, p)
		n := 0
		newID := func() domain.ID { n++; return domain.ID("d" + string(rune('a'+seed)) + num(float64(n))) }
		pl := intake.NewPlan(p, intake.Analyse(hurt, intake.Options{}), intake.Env{IDs: newID, Year: 2026})
		for _, f := range pl.Report.Files {
			for _, s := range f.Sheets {
				if s.Read != s.New+s.Changed+s.Same+s.Refused || s.Skipped < 0 {
					t.Errorf("seed %d %s: %d read, %d new, %d changed, %d same, %d refused, %d skipped", seed, s.Sheet, s.Read, s.New, s.Changed, s.Same, s.Refused, s.Skipped)
				}
				if s.Refused > 0 && len(s.Errors) == 0 {
					t.Errorf("seed %d %s: rows refused without a reason", seed, s.Sheet)
				}
				for _, e := range slices.Concat(s.Errors, s.Warnings) {
					if e.Cell == "" || e.Message == "" {
						t.Errorf("seed %d %s: %+v", seed, s.Sheet, e)
					}
				}
			}
		}
		p.Apply(pl.Changes)
		for _, w := range p.Workflows.All() {
			if problems := w.Problems(); len(problems) > 0 {
				t.Errorf("seed %d: workflow %s came in broken: %v", seed, w.Code, problems)
			}
		}
		for _, x := range p.RiskPoints.All() {
			if x.Likelihood < 0 || x.Likelihood > 5 || x.Impact < 0 || x.Impact > 5 || x.Code == "" || x.Unit.ID == "" {
				t.Errorf("seed %d: %+v", seed, x)
			}
		}
		p.Apply(pl.Changes.Invert())
		samePilots(t, "taken back", before, canonical(t, p))
	}
}
