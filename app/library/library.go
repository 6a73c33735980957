// Package library offers proven measures to start from: those that travel with the
// program, and those of the pilot itself that were carried out and lowered the risk.
package library

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/assets"
	"lianshao/domain"
)

// Entry is one proven measure.
type Entry struct {
	Code     string   `json:"code"`
	Category string   `json:"category"` // of domain.Categories
	Kind     string   `json:"kind"`     // of domain.MeasureKinds
	Words    []string `json:"words"`    // of the places it is for
	Text     string   `json:"text"`
	Evidence string   `json:"evidence"`
	// Source says where it comes from: 措施库, or the pilot's point with what became of
	// its index.
	Source string  `json:"-"`
	Effect float64 `json:"-"` // (before − after) ÷ before of the point; 0 for those of the program
}

// Own reports whether the entry is the pilot's own.
func (e *Entry) Own() bool { return e.Source != builtin }

const builtin = "措施库"

// Entries lists the program's measures and behind them the pilot's own effective ones.
// before and after are two rounds; either may be nil.
func Entries(p *domain.Pilot, before, after *domain.RoundResult) ([]Entry, error) {
	var list []Entry
	if err := json.Unmarshal(assets.Measures, &list); err != nil {
		return nil, app.Wrap(app.CodeDamaged, err, "程序自带的措施库读不出来，请重新安装程序。")
	}
	for i := range list {
		list[i].Source = builtin
	}
	return append(list, effective(p, before, after)...), nil
}

// effective are the measures found carried out at points whose index fell.
func effective(p *domain.Pilot, before, after *domain.RoundResult) []Entry {
	if before == nil || after == nil || before == after {
		return nil
	}
	var out []Entry
	for i := range after.Points {
		is := &after.Points[i]
		was := before.Of(is.Point.ID)
		if was == nil || !was.Complete || !is.Complete || was.Index <= 0 || is.Index >= was.Index {
			continue
		}
		for _, m := range p.Measures.By(domain.ByPoint, is.Point.ID) {
			if p.MeasureResult(m.ID) != domain.ResultDone {
				continue
			}
			out = append(out, Entry{Code: m.Code, Category: is.Point.Category, Kind: m.Kind, Text: m.Content, Evidence: m.Evidence,
				Words: []string{is.Point.Name, is.Point.Description}, Effect: (was.Index - is.Index) / was.Index,
				Source: fmt.Sprintf("本试点 %s，已落实，指数 %.1f→%.1f", is.Point.Code, was.Index, is.Index)})
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return cmp.Compare(b.Effect, a.Effect) })
	return out
}

// For sorts the entries by how well they fit a point: the share of their words that
// its texts hold, then the same category of cause. The order is otherwise kept.
func For(p *domain.Pilot, r *domain.RiskPoint, entries []Entry) []Entry {
	text := strings.Join([]string{r.Name, r.Description, r.Causes, p.NameOf(domain.KindStep, r.Step), p.NameOf(domain.KindWorkflow, r.Workflow)}, "\n")
	out := slices.Clone(entries)
	fit := make(map[string]float64, len(out))
	for i := range out {
		e := &out[i]
		for _, w := range e.Words {
			if strings.Contains(text, w) {
				fit[e.Code]++
			}
		}
		fit[e.Code] += 4 * domain.LikenessOf(text, strings.Join(e.Words, "\n")+e.Text)
		if e.Category == r.Category && r.Category != "" {
			fit[e.Code] += 0.5
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return cmp.Compare(fit[b.Code], fit[a.Code]) })
	return out
}

// Start makes the measure of a point that begins with an entry; its text may be edited
// afterwards and what was changed stays visible. It is stored by edit.Add.
func Start(p *domain.Pilot, r *domain.RiskPoint, e Entry) *domain.Measure {
	m := edit.BlankMeasure(p, r)
	m.Content, m.Kind, m.Evidence, m.Library, m.Original = e.Text, e.Kind, e.Evidence, e.Code, e.Text
	return m
}
