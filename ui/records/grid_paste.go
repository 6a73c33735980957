package records

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// pasteBeside is how many cells are pasted beside the window, with progress.
const pasteBeside = 2_000

// New says what pasted new rows start from; without it none are made.
func (g *Grid) New(blank func(d *domain.Pilot) domain.Record) {
	g.blank = blank
	g.NewRows = lang.L(g.Model.kind.String())
}

// paste sets a block as one operation. Columns that the program fills may come along
// as they are, as when a table was copied out, changed elsewhere and copied back.
func (g *Grid) paste(b *widgets.Block) error {
	s := g.host.Session()
	p := &edit.Pasting{Kind: g.Model.kind, Rows: make([]edit.PastedRow, len(b.Cells)), Blank: g.blank, NewID: s.NewID}
	stay := 0
	for i := range p.Rows {
		cells, n, err := g.pasteRow(b, i)
		if err != nil {
			return err
		}
		p.Rows[i].Cells, stay = cells, stay+n
		if r := g.Model.Record(b.Start + i); r != nil {
			p.Rows[i].ID = r.RecordID()
		}
	}
	finish := b.Later()
	done := func(err error) {
		var n *edit.NthError
		if errors.As(err, &n) {
			err = b.At(n.N, b.Column(n.Field), n)
		}
		if row := g.Model.RowOf(p.First); p.First != "" && row >= 0 {
			b.Landed(row) // new records stand where the order puts them
		}
		b.Count(widgets.Tally{Set: p.Set, Same: p.Same + stay, Rows: p.New})
		finish(err)
	}
	if len(b.Cells)*len(b.Cols) < pasteBeside {
		done(g.host.Do(p))
		return nil
	}
	g.pasteBeside(p, done)
	return nil
}

// pasteRow says what is to be set in row i, and how many cells stay. A row in which
// something changes is set wholly: the post of another unit may have the same name.
func (g *Grid) pasteRow(b *widgets.Block, i int) (cells []edit.PastedCell, stay int, err error) {
	for j := range b.Cols {
		if b.Stays(i, j) {
			stay++
		}
	}
	if stay == len(b.Cols) {
		return nil, stay, nil
	}
	stay = 0
	for j, col := range b.Cols {
		switch f, ok := fields.Find(g.Model.kind, col); {
		case b.Left(i, j):
			stay++
		case ok && f.Set != nil:
			cells = append(cells, edit.PastedCell{Field: col, Text: b.Cells[i][j]})
		case b.Stays(i, j) || b.Blank(i, j):
			stay++
		default:
			return nil, 0, b.At(i, j, app.E(app.CodeInvalid, "这一栏由程序填写，不能粘贴“%s”。请不要复制这一列", b.Cells[i][j]))
		}
	}
	return cells, stay, nil
}

// pasteBeside plans and stores a large block beside the window.
func (g *Grid) pasteBeside(p *edit.Pasting, done func(error)) {
	s := g.host.Session()
	var pending *app.Pending
	g.host.Work(lang.L("正在粘贴"), func(ctx context.Context, progress func(done, total int)) (err error) {
		p.Context, p.Progress = ctx, progress
		pending, err = s.Begin(s.Actor, p)
		return err
	}, func(err error) {
		if pending != nil { // it is on disk, whatever was pressed meanwhile
			pending.Finish()
		}
		done(err)
	})
}
