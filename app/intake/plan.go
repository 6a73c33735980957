package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Env is what planning needs besides the pilot and the sheets.
type Env struct {
	IDs  app.IDs
	Year int // completes dates without a year

	Store   app.PilotStore // tells how the pilot was when a form was handed out; may be nil
	Rule    Rule           // decides conflicts
	Decided Decisions      // those decided one by one
}

// Plan is what an import would do. It is made on a draft; the pilot is not touched.
type Plan struct {
	Report    Report
	Changes   domain.ChangeSet
	Conflicts []*Conflict

	guesses []*SheetGuess
	env     Env
}

// NewPlan plans the import of the sheets into the pilot, whatever their order:
// what others refer to goes first. Every sheet is planned on what the sheets
// before it brought, and references that find their target only now are linked.
func NewPlan(p *domain.Pilot, guesses []*SheetGuess, env Env) *Plan {
	pl, _ := PlanWith(context.Background(), p, guesses, env, nil) // nobody cancels
	return pl
}

// PlanWith is NewPlan that can be cancelled; progress (may be nil) hears rows. The
// error is CodeCanceled.
func PlanWith(ctx context.Context, p *domain.Pilot, guesses []*SheetGuess, env Env, progress func(done, total int)) (*Plan, error) {
	times := 1
	if len(guesses) > 0 && slices.ContainsFunc(guesses, func(g *SheetGuess) bool { return g.Book != guesses[0].Book }) {
		times = 2
	}
	pace := newPace(ctx, guesses, times, progress)
	pl := newPlan(p, guesses, env, nil, pace)
	if pl != nil {
		if why := app.Refusals(p, pl.Changes); len(why) > 0 {
			pl = newPlan(p, guesses, env, &barred{why: why}, pace)
		}
	}
	if pl == nil {
		return nil, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消核对")
	}
	return pl, nil
}

// newPlan plans; no is what must not be changed, nil = not known yet. It answers nil
// when that is cancelled.
func newPlan(p *domain.Pilot, guesses []*SheetGuess, env Env, no *barred, pace *pace) *Plan {
	pl := &Plan{guesses: guesses, env: env}
	if env.Year == 0 {
		env.Year = p.Year()
	}
	b := &builder{env: env, before: p, d: p.Draft(), points: map[string]place{}, seen: map[string]place{}, weighed: map[domain.ID]*run{}, based: map[domain.ID]int{}, derived: map[domain.ID]bool{}, names: map[domain.ID]domain.ID{}, barred: no, pace: pace}
	b.listen(p, guesses)
	var runs []*run
	files := map[*Book]*FileReport{}
	for _, g := range guesses {
		if pace.stopped() {
			return nil
		}
		fr := files[g.Book]
		if fr == nil {
			fr = &FileReport{File: g.Book.File, Sheets: []*SheetReport{}, Book: g.Book}
			files[g.Book] = fr
			pl.Report.Files = append(pl.Report.Files, fr)
		}
		r := newRun(b, g)
		fr.Sheets = append(fr.Sheets, r.rep)
		b.learn(g)
		if g.Form != nil && !g.Skip {
			runs = append(runs, r)
		}
	}
	for _, r := range runs {
		for _, o := range runs {
			if o.g.Book == r.g.Book && o.g.Form == r.g.Form && o != r {
				r.kin = append(r.kin, o)
			}
		}
	}
	slices.SortStableFunc(runs, func(x, y *run) int { return x.g.Form.order - y.g.Form.order })
	for i, r := range runs {
		if b.hear(r); pace.stopped() {
			return nil
		}
		if i+1 == len(runs) || runs[i+1].g.Form != r.g.Form {
			b.endOfForm(r.g.Form)
		}
	}
	if b.hearing != nil {
		pl.Conflicts = b.hearing.settle()
		for _, c := range pl.Conflicts {
			pl.Report.Conflicts = append(pl.Report.Conflicts, c.Dispute())
		}
	}
	b.findLost()
	b.d.LinkAll()
	for _, fr := range pl.Report.Files {
		fr.explain()
	}
	pl.Changes = b.d.Changes(domain.Op{Name: "import", Label: label(pl.Report.Files)})
	return pl
}

// explain says it for the whole file when no sheet of it could be used.
func (fr *FileReport) explain() {
	var unknown []string
	for _, s := range fr.Sheets {
		if s.Form != nil {
			return
		}
		if len(s.Errors) > 0 {
			unknown = append(unknown, s.Sheet)
		}
	}
	if len(unknown) > 0 || len(fr.Sheets) == 0 {
		fr.Error = fmt.Sprintf("文件“%s”里没有认出可以导入的表", fr.File)
		if len(unknown) > 0 {
			fr.Error += "（" + strings.Join(unknown, "、") + "）"
		}
	}
}

func label(files []*FileReport) string {
	switch len(files) {
	case 0:
		return "导入"
	case 1:
		return "导入 " + files[0].File
	}
	return fmt.Sprintf("导入 %s 等%d个文件", files[0].File, len(files))
}

// Command commits the plan as one operation. Should the pilot have changed in
// between, the sheets are planned again.
func (pl *Plan) Command() app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		if pl.fits(p) {
			return pl.Changes, nil
		}
		again := NewPlan(p, pl.guesses, pl.env)
		pl.Report, pl.Changes, pl.Conflicts = again.Report, again.Changes, again.Conflicts
		return pl.Changes, nil
	})
}

// fits reports whether every record is still as the plan found it.
func (pl *Plan) fits(p *domain.Pilot) bool {
	for i := range pl.Changes.Changes {
		c := &pl.Changes.Changes[i]
		t := p.Table(c.Kind)
		if c.Before != nil {
			if now, ok := t.Record(c.ID); !ok || now != c.Before {
				return false
			}
		} else if _, taken := t.RecordByKey(c.After.Natural()); taken {
			return false
		}
	}
	return true
}

// Committed marks the report as carried out.
func (pl *Plan) Committed() { pl.Report.Committed = true }

// builder is one import in the making.
type builder struct {
	env     Env
	before  *domain.Pilot // as it was before
	d       *domain.Pilot
	points  map[string]place // risk point code → where it was first read
	seen    map[string]place // other keys → where they were first read
	weighed map[domain.ID]*run
	based   map[domain.ID]int  // system → version it was drawn from, until all are read
	derived map[domain.ID]bool // systems whose sheet says how the weights came about
	hearing *hearing           // nil when nobody can disagree
	barred  *barred            // what the import may not change; nil on a first reading
	pace    *pace

	names map[domain.ID]domain.ID // IDs of the workbooks → those of the same records here
	lost  []recordKey             // records that refer to what was not there yet
}

// place is where something was read.
type place struct {
	at   string
	book *Book
}

// hear reads a sheet.
func (b *builder) hear(r *run) {
	if b.hearing == nil {
		b.watch(nil)
		r.read()
		b.d.Watch(nil)
		return
	}
	b.hearing.hear(r)
}

// endOfForm does what can only be done when all sheets of a form are read.
func (b *builder) endOfForm(fm *Form) {
	switch fm.ID {
	case "indicator":
		b.linkVersions()
		b.reweigh()
	case "matrix":
		b.reweigh()
	}
}

// unit finds the unit a name means and makes it when it does not exist.
func (b *builder) unit(name, origin string) domain.ID {
	name = strings.TrimSpace(name)
	if id, ok := b.d.Resolve(domain.KindUnit, domain.Ref{}, name); ok {
		return id
	}
	for _, u := range b.d.Units.All() {
		if strings.HasSuffix(name, u.Name) { // 云海师范大学基建处
			return u.ID
		}
	}
	u := &domain.Unit{Name: name}
	u.Code = name
	u.SetBase(b.env.IDs(), origin)
	b.d.Units.Put(u)
	return u.ID
}

// link makes a reference to what a name means, or keeps the name.
func (b *builder) link(k domain.Kind, ctx domain.Ref, text string) domain.Ref {
	if text == "" {
		return domain.Ref{}
	}
	if id, ok := b.d.Resolve(k, ctx, text); ok {
		return domain.To(id)
	}
	return domain.Named(text)
}

func (b *builder) linkAll(k domain.Kind, ctx domain.Ref, refs []domain.Ref) []domain.Ref {
	for i := range refs {
		if refs[i].ID == "" {
			refs[i] = b.link(k, ctx, refs[i].Text)
		}
	}
	return refs
}
