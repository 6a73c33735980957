// Package audit reads the journal for a person (审计轨迹): operations found by time,
// person, kind of record and word, the history of one record, and every change
// field by field.
package audit

import (
	"context"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/backups"
	"lianshao/domain"
)

// Filter narrows the trail; zero values let everything through.
type Filter struct {
	From, To domain.Date // days, both included
	Actor    string
	Kind     domain.Kind // operations that touched records of the kind
	Action   string      // app.ActionDo …
	Text     string      // in the operation's name, without regard to case
	Only     map[uint64]bool
}

// Keeps reports whether an operation passes.
func (f Filter) Keeps(h app.EntryHead) bool {
	day := domain.Date(h.Time.Local().Format("2006-01-02"))
	switch {
	case f.From != "" && day < f.From, f.To != "" && day > f.To:
		return false
	case f.Actor != "" && h.Actor != f.Actor, f.Action != "" && h.Action != f.Action:
		return false
	case f.Kind != "" && h.Kinds[f.Kind] == 0:
		return false
	case f.Only != nil && !f.Only[h.Seq]:
		return false
	}
	return f.Text == "" || strings.Contains(strings.ToLower(h.Op.Label), strings.ToLower(f.Text))
}

// page is how many entries are read at a time.
var page = 1000

// fewNew is how many are read at a time when only what is new is wanted.
const fewNew = 16

// Heads reads the operations from the newest down to, but without, number down,
// newest first. progress (may be nil) hears operations. The error is CodeCanceled
// or that of the store.
func Heads(ctx context.Context, store app.PilotStore, down uint64, progress func(done, total int)) ([]app.EntryHead, error) {
	var out []app.EntryHead
	step := page
	if down > 0 {
		step = min(page, fewNew)
	}
	for before := uint64(0); ; {
		if ctx.Err() != nil {
			return nil, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消读取")
		}
		list, err := store.Heads(before, step)
		if err != nil {
			return nil, err
		}
		for _, h := range list {
			if h.Seq <= down {
				return out, nil
			}
			out = append(out, h)
		}
		if len(list) < step {
			return out, nil
		}
		before = out[len(out)-1].Seq
		if progress != nil {
			progress(len(out), int(out[0].Seq-down))
		}
	}
}

// Of finds the operations that touched one record.
func Of(ctx context.Context, store app.PilotStore, k domain.Kind, id domain.ID, progress func(done, total int)) (map[uint64]bool, error) {
	out := map[uint64]bool{}
	head, err := store.ChainHead()
	if err != nil {
		return nil, err
	}
	note := func(e app.Entry) error {
		if ctx.Err() != nil {
			return app.Wrap(app.CodeCanceled, ctx.Err(), "已取消读取")
		}
		for _, c := range e.Changes {
			if c.Kind == k && c.ID == id {
				out[e.Seq] = true
			}
		}
		if progress != nil {
			progress(int(e.Seq), int(head.Seq))
		}
		return nil
	}
	if hs, ok := store.(app.Historian); ok {
		err := hs.History(func(kind domain.Kind, i domain.ID) bool { return kind == k && i == id }, note)
		return out, err
	}
	for before := uint64(0); ; {
		list, err := store.Journal(before, page)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if err := note(e); err != nil {
				return nil, err
			}
		}
		if len(list) < page {
			return out, nil
		}
		before = list[len(list)-1].Seq
	}
}

// Entry reads one operation with its changes.
func Entry(store app.PilotStore, seq uint64) (app.Entry, error) {
	list, err := store.Journal(seq+1, 1)
	if err == nil && (len(list) == 0 || list[0].Seq != seq) {
		err = app.E(app.CodeNotFound, "操作记录里没有第 %d 条", seq)
	}
	if err != nil {
		return app.Entry{}, err
	}
	return list[0], nil
}

// Line is one field of one record that an operation changed. What is 新增, 修改 or 删除.
type Line struct {
	Kind         domain.Kind
	ID           domain.ID
	Record, What string
	Field        string
	Before, Now  string
}

// Lines tells an operation field by field, at most so many lines (0 = all), names as
// they are in the pilot now.
func Lines(p *domain.Pilot, e app.Entry, most int) []Line {
	var out []Line
	for _, c := range e.Changes {
		if most > 0 && len(out) >= most {
			return out[:most]
		}
		what, r := "修改", c.After
		switch {
		case c.Before == nil:
			what = "新增"
		case c.After == nil:
			what, r = "删除", c.Before
		}
		line := Line{Kind: c.Kind, ID: c.ID, Record: backups.NameOf(p, r), What: what}
		fields := backups.Between(p, c.Kind, c.Before, c.After)
		if len(fields) == 0 {
			out = append(out, line)
		}
		for _, f := range fields {
			line.Field, line.Before, line.Now = f.Title, f.Then, f.Now
			out = append(out, line)
		}
	}
	return out
}

// Touched says which records an operation changed, by kind: 风险点 3、措施 2.
func Touched(h app.EntryHead) string {
	var out []string
	for _, t := range domain.NewPilot().Tables() {
		if n := h.Kinds[t.Kind()]; n > 0 {
			out = append(out, t.Kind().String()+" "+itoa(n))
		}
	}
	return strings.Join(out, "、")
}

// Count is how many records an operation changed.
func Count(h app.EntryHead) int {
	n := 0
	for _, k := range h.Kinds {
		n += k
	}
	return n
}

// Actors lists who did something, in the order of the first time.
func Actors(heads []app.EntryHead) []string {
	var out []string
	for _, h := range slices.Backward(heads) {
		if !slices.Contains(out, h.Actor) {
			out = append(out, h.Actor)
		}
	}
	return out
}

// Kinds lists the kinds of records that were touched, in the order of the pilot.
func Kinds(heads []app.EntryHead) []domain.Kind {
	seen := map[domain.Kind]bool{}
	for _, h := range heads {
		for k := range h.Kinds {
			seen[k] = true
		}
	}
	var out []domain.Kind
	for _, t := range domain.NewPilot().Tables() {
		if seen[t.Kind()] {
			out = append(out, t.Kind())
		}
	}
	return out
}

// ActionName is the word for an action.
func ActionName(action string) string {
	switch action {
	case app.ActionUndo:
		return "撤销"
	case app.ActionRedo:
		return "重做"
	}
	return "操作"
}

// NameOf is the code and the name of a record.
func NameOf(p *domain.Pilot, r domain.Record) string { return backups.NameOf(p, r) }
