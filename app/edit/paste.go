package edit

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/fields"
	"lianshao/domain"
)

// PastedRow is one row of a pasted block. ID is empty for a row that becomes a new
// record.
type PastedRow struct {
	ID    domain.ID
	Cells []PastedCell
}

// PastedCell is the text for a field. Cells are set in their order, a unit before its
// posts.
type PastedCell struct{ Field, Text string }

// Pasting is a pasted block on its way into the pilot.
type Pasting struct {
	Kind domain.Kind
	Rows []PastedRow
	// Blank makes the record that a new row starts from; nil = there are no new rows.
	Blank    func(d *domain.Pilot) domain.Record
	NewID    app.IDs
	Context  context.Context       // stops the planning; nil = nothing does
	Progress func(done, total int) // may be nil
	Set      int                   // cells that change, once planned
	Same     int                   // cells that have the value already
	New      int                   // rows that become new records
	First    domain.ID             // the record of the first row that was set
	start    domain.Record
}

// Plan sets the block as one operation. The refusal of a cell is a NthError with the
// row's number and the field.
func (b *Pasting) Plan(p *domain.Pilot) (domain.ChangeSet, error) {
	d := p.Draft()
	b.Set, b.Same, b.New, b.First, b.start = 0, 0, 0, "", nil
	for i, row := range b.Rows {
		if b.Context != nil && b.Context.Err() != nil {
			return domain.ChangeSet{}, app.E(app.CodeCanceled, "已取消，没有粘贴")
		}
		if b.Progress != nil {
			b.Progress(i, len(b.Rows))
		}
		if row.ID == "" && row.empty() || len(row.Cells) == 0 {
			continue
		}
		if field, err := b.row(d, row); err != nil {
			return domain.ChangeSet{}, &NthError{N: i, Field: field, Err: err}
		}
	}
	return d.Changes(domain.Op{Name: "paste", Label: fmt.Sprintf("粘贴 %d 行%s", len(b.Rows), b.Kind)}), nil
}

// fresh is a new record. What it starts from is looked up once when the rows bring
// their codes: the next free code is a matter of reading all.
func (b *Pasting) fresh(d *domain.Pilot, row PastedRow) domain.Record {
	_, counted := fields.Find(b.Kind, "no")
	coded := slices.ContainsFunc(row.Cells, func(c PastedCell) bool { return c.Field == "code" && strings.TrimSpace(c.Text) != "" })
	if b.start != nil && coded && !counted {
		return b.start.Clone()
	}
	r := b.Blank(d)
	if r != nil {
		b.start = r.Clone()
	}
	return r
}

// empty reports whether a row says nothing.
func (r *PastedRow) empty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}

// row sets a row; an error comes with the field it is about, if with one.
func (b *Pasting) row(d *domain.Pilot, row PastedRow) (field string, err error) {
	var old, r domain.Record
	if row.ID != "" {
		ok := false
		if old, ok = d.Get(b.Kind, row.ID); !ok {
			return "", app.E(app.CodeNotFound, "要修改的%s已不存在", b.Kind)
		}
		r = old.Clone()
	} else {
		if r = b.fresh(d, row); r == nil {
			return "", app.E(app.CodeInvalid, "这里还不能新增%s", b.Kind)
		}
		domain.BaseOf(r).SetBase(b.NewID(), "粘贴")
		b.New++
	}
	blank := r.Clone()
	for _, c := range row.Cells {
		f, ok := fields.Find(b.Kind, c.Field)
		if !ok || f.Set == nil {
			return c.Field, app.E(app.CodeInvalid, "这一栏由程序填写，不能粘贴")
		}
		was := f.Get(d, r)
		if err := f.Set(d, r, c.Text); err != nil {
			return c.Field, err
		}
		if old != nil && f.Get(d, r) == was {
			b.Same++
		} else {
			b.Set++
		}
	}
	keepNameAsCode(blank, r)
	if err := unique(d, r); err != nil {
		return "", err
	}
	d.Put(r)
	if b.First == "" {
		b.First = r.RecordID()
	}
	return "", nil
}
