package report

import (
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// LevelOf is the level that a paper is made for: the chosen one, else that of the
// paper itself, P1 for papers that are public by their nature and P0 for all others.
func (p Paper) LevelOf(in Input, o Options) publish.Level {
	switch {
	case o.Blank:
		return publish.Internal // nothing is filled in
	case o.Anon != "":
		return o.Anon
	case !p.Public:
		return publish.Internal
	}
	if d, ok := in.Pilot.Disclosures.Get(o.Record); ok {
		return publish.Level(d.Level())
	}
	return publish.Default
}

// Sheets makes the tables of a paper fit to leave the office: names are masked by the
// level, and a table that holds a name, a score or the words of a complaint after
// that is refused, with a sentence that says where. The Excel sheet, the page and the
// document are all made of these tables.
func (p Paper) Sheets(in Input, o Options) ([]*table.TableModel, error) {
	if err := p.mayLeave(p.LevelOf(in, o)); err != nil {
		return nil, err
	}
	tables := p.Tables(in, o)
	for _, t := range tables {
		t.Code = p.codeOf(in, o)
	}
	return tables, releaseTables(in.Pilot, p.LevelOf(in, o), p.Title, tables)
}

// releaseTables masks and checks tables at their own level or, without one, at that of
// their paper.
func releaseTables(p *domain.Pilot, l publish.Level, paper string, tables []*table.TableModel) error {
	r := newReleaser(p)
	for _, t := range tables {
		if t.Level == "" {
			t.Level = string(l)
		}
		if publish.Level(t.Level).Public() {
			t.Charts = nil // their labels are not masked
		}
		if err := r.table(paper, t); err != nil {
			return err
		}
	}
	return nil
}

// Lay lays out one table of the paper, masked and checked at its level.
func (p Paper) Lay(in Input, t *table.TableModel, m draw.Measurer) ([]draw.Drawing, error) {
	if err := Releasable(in.Pilot, p, t); err != nil {
		return nil, err
	}
	pages, err := layTables(p.Title, []*table.TableModel{t}, Options{}, m)
	draw.FootNote(pages, p.codeOf(in, Options{}))
	return pages, err
}

// Releasable says what stands against publishing a table of a paper at its level.
func Releasable(p *domain.Pilot, paper Paper, t *table.TableModel) error {
	return releaseTables(p, publish.Default, paper.Title, []*table.TableModel{t})
}

// mayLeave refuses papers that stay in the office, and bare counts of papers that
// have no such form.
func (p Paper) mayLeave(l publish.Level) error {
	switch {
	case !l.Public():
		return nil
	case p.Secret != "":
		return app.E(app.CodeInvalid, "“%s”%s，不能按%s公开，只能内部使用（P0）", p.Title, p.Secret, l.Phrase())
	case l == publish.Counts && !p.Public:
		return app.E(app.CodeInvalid, "“%s”没有只列数目的版本，请选择 P1 或 P2", p.Title)
	}
	return nil
}

// releaser remembers the guard of each level.
type releaser struct {
	p      *domain.Pilot
	guards map[publish.Level]*publish.Guard
}

func newReleaser(p *domain.Pilot) *releaser {
	return &releaser{p, map[publish.Level]*publish.Guard{}}
}

func (r *releaser) guard(l publish.Level) *publish.Guard {
	g := r.guards[l]
	if g == nil {
		g = publish.NewGuard(r.p, l)
		r.guards[l] = g
	}
	return g
}

func (r *releaser) table(paper string, t *table.TableModel) error {
	l := publish.Level(t.Level)
	if !l.Public() {
		return nil
	}
	g := r.guard(l)
	g.CleanTable(t)
	return g.Check(paper, publish.TableParts(t))
}

// drawings masks and checks pages that were drawn, not set from tables.
func (r *releaser) drawings(paper string, l publish.Level, pages []draw.Drawing) error {
	if !l.Public() {
		return nil
	}
	g := r.guard(l)
	g.CleanPages(pages)
	return g.Check(paper, publish.PageParts(pages))
}

// CheckName refuses a file name, or a title among a file's properties, that would give
// away what a paper of the level must not show.
func CheckName(p *domain.Pilot, l publish.Level, path, title string) error {
	if !l.Public() {
		return nil
	}
	name := filepath.Base(path)
	return publish.NewGuard(p, l).Check(strings.TrimSuffix(name, filepath.Ext(name)), []publish.Part{{Where: "文件属性“标题”", Text: title}})
}

// ReleaseDocument makes a document fit to leave the office, or refuses it with what
// stands in it, in its properties or in the file's name.
func ReleaseDocument(p *domain.Pilot, l publish.Level, path string, d *document.Document) error {
	if !l.Public() {
		return nil
	}
	if l == publish.Counts {
		return app.E(app.CodeInvalid, "“%s”没有只列数目的版本，请选择 P1 或 P2", d.Title)
	}
	g := publish.NewGuard(p, l)
	g.CleanDocument(d)
	return g.Check(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), publish.DocumentParts(d))
}
