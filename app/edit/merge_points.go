package edit

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Merging says how one risk point is merged into another.
type Merging struct {
	Keep, Lose domain.ID
	// Name and Description are the texts after merging; empty keeps those of Keep.
	Name, Description string
	// Reason is kept on record; it is needed once one of the points was published.
	Reason   string
	Opinions []domain.Ref // adopted ones that it follows; they are reason enough
	By       string       // who decided
	Date     domain.Date
}

// MergePoints merges one risk point into another as one operation. The kept one gets
// the ways in which the other was found, its measures with their inspections, its
// scores of rounds in which it has none itself, whatever else refers to it, and its
// texts where its own are blank. The other stays as 已合并.
func MergePoints(m Merging, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		g, err := newMerger(p, m)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		if err := g.reasons(newID); err != nil {
			return domain.ChangeSet{}, err
		}
		g.texts()
		g.measures()
		g.scores()
		g.links()
		return g.d.Changes(domain.Op{Name: "merge-points", Label: "合并风险点 " + g.lose.Code + " 到 " + g.keep.Code}), nil
	})
}

// merger is the work of MergePoints in a draft.
type merger struct {
	Merging
	d          *domain.Pilot
	keep, lose *domain.RiskPoint
}

func newMerger(p *domain.Pilot, m Merging) (*merger, error) {
	keep, ok := p.RiskPoints.Get(m.Keep)
	lose, also := p.RiskPoints.Get(m.Lose)
	switch {
	case !ok || !also:
		return nil, app.E(app.CodeNotFound, "要合并的风险点已不存在")
	case keep.ID == lose.ID:
		return nil, app.E(app.CodeInvalid, "请选两个不同的风险点合并")
	case !keep.Unit.Same(lose.Unit):
		return nil, app.E(app.CodeInvalid, "%s 和 %s 不是同一个部门的风险点，不能合并", keep.Code, lose.Code)
	}
	for _, r := range []*domain.RiskPoint{lose, keep} {
		if _, err := domain.PointLife.Next(domain.StateOfPoint(r), domain.EventMerge); err != nil {
			return nil, app.Wrap(app.CodeInvalid, err, "%s：%s", r.Code, app.Sentence(err))
		}
	}
	for _, w := range p.Warnings.By(domain.ByPoint, lose.ID) {
		if w.Open() {
			return nil, app.E(app.CodeInvalid, "%s 的预警 %s 还没有解除，请保留 %s，把 %s 并进来，或先办完这份预警", lose.Code, w.Code, lose.Code, keep.Code)
		}
	}
	return &merger{Merging: m, d: p.Draft(), keep: keep.Clone().(*domain.RiskPoint), lose: lose.Clone().(*domain.RiskPoint)}, nil
}

// reasons writes the revision that the change of a published point needs.
func (g *merger) reasons(newID app.IDs) error {
	d := app.PublishedIn(g.d, false)(g.lose)
	grounded := strings.TrimSpace(g.Reason) != "" || len(g.Opinions) > 0
	if d == nil && !grounded {
		return nil
	}
	if !grounded {
		return app.E(app.CodeInvalid, "%s 已在第%d次公示中公布，合并要写明理由", g.lose.Code, d.No)
	}
	write := func(kind string, of *domain.RiskPoint, field, before, after string) {
		r := &domain.Revision{Type: kind, Point: domain.To(of.ID), Field: field, Before: before, After: after, Date: g.Date, Reason: strings.TrimSpace(g.Reason), By: g.By, Opinions: slices.Clone(g.Opinions)}
		if d != nil {
			r.Disclosure = domain.To(d.ID)
		}
		r.SetBase(newID(), "合并风险点")
		r.Code = NextCode(g.d, domain.KindRevision, "XD-00")
		g.d.Revisions.Put(r)
	}
	write(domain.RevisionMerge, g.lose, "整条", g.lose.Description, "并入 "+g.keep.Code)
	if t := strings.TrimSpace(g.Description); t != "" && t != g.keep.Description {
		write(domain.RevisionEdit, g.keep, "表现形式", g.keep.Description, t)
	} else if t := strings.TrimSpace(g.Name); t != "" && t != g.keep.Name {
		write(domain.RevisionEdit, g.keep, "风险点", g.keep.Name, t)
	}
	return nil
}

// texts joins the two points themselves.
func (g *merger) texts() {
	k, l := g.keep, g.lose
	if t := strings.TrimSpace(g.Name); t != "" {
		k.Name = t
	}
	if t := strings.TrimSpace(g.Description); t != "" {
		k.Description = t
	}
	for _, x := range []struct{ to, from *string }{{&k.Office, &l.Office}, {&k.Category, &l.Category}, {&k.Causes, &l.Causes}, {&k.Consequence, &l.Consequence},
		{&k.SelfLevel, &l.SelfLevel}, {&k.Owner, &l.Owner}, {&k.UnitHead, &l.UnitHead}, {&k.Leader, &l.Leader}} {
		if *x.to == "" {
			*x.to = *x.from
		}
	}
	if k.Likelihood == 0 && k.Impact == 0 {
		k.Likelihood, k.Impact = l.Likelihood, l.Impact
	}
	if k.Post.IsZero() {
		k.Post = l.Post
	}
	if k.Workflow.IsZero() && k.Step.IsZero() {
		k.Workflow, k.Step = l.Workflow, l.Step
	}
	if k.Due == (domain.Due{}) {
		k.Due = l.Due
	}
	for _, f := range l.FoundBy() {
		if f.From == "" {
			f.From = l.Code
		}
		k.AddFinding(f)
	}
	l.Status, l.MergedInto = domain.PointMerged, domain.To(k.ID)
	g.d.RiskPoints.Put(k)
	g.d.RiskPoints.Put(l)
}

// measures go over with new numbers behind those that are there.
func (g *merger) measures() {
	no := 0
	for _, m := range g.d.Measures.By(domain.ByPoint, g.keep.ID) {
		no = max(no, m.No)
	}
	list := g.d.Measures.By(domain.ByPoint, g.lose.ID)
	slices.SortStableFunc(list, func(a, b *domain.Measure) int { return a.No - b.No })
	for _, m := range list {
		n := m.Clone().(*domain.Measure)
		no++
		n.Point, n.No, n.Code = domain.To(g.keep.ID), no, fmt.Sprintf("%s-%d", g.keep.Code, no)
		g.d.Measures.Put(n)
	}
}

// scores of a round go over where the kept point has none and the round still takes
// scores; otherwise both stay with their points. So does what was recorded of controls.
func (g *merger) scores() {
	open := func(round domain.ID) bool {
		a, ok := g.d.Assessments.Get(round)
		return ok && domain.RoundLife.Allows(domain.StateOfRound(a), domain.EventScore)
	}
	for _, r := range g.d.Ratings.By(domain.BySubject, g.lose.ID) {
		n := r.Clone().(*domain.Rating)
		n.Subject = domain.To(g.keep.ID)
		if _, has := g.d.Ratings.ByKey(n.Natural()); !has && open(r.Assessment.ID) {
			g.d.Ratings.Put(n)
		}
	}
	for _, e := range g.d.Effectivenesses.By(domain.ByPoint, g.lose.ID) {
		n := e.Clone().(*domain.Effectiveness)
		n.Point = domain.To(g.keep.ID)
		if _, has := g.d.Effectivenesses.ByKey(n.Natural()); !has && open(e.Assessment.ID) {
			g.d.Effectivenesses.Put(n)
		}
	}
}

// links lets what names the point that goes name the kept one: opinions, information,
// cases, causes, authorities, monitors. Papers and revisions stay as they were written.
func (g *merger) links() {
	d := g.d
	relink(d.Opinions, g, func(r *domain.Opinion) *[]domain.Ref { return &r.Points })
	relink(d.Intelligence, g, func(r *domain.Intelligence) *[]domain.Ref { return &r.Points })
	relink(d.CaseCards, g, func(r *domain.CaseCard) *[]domain.Ref { return &r.Points })
	relink(d.Factors, g, func(r *domain.Factor) *[]domain.Ref { return &r.Points })
	relink(d.Authorities, g, func(r *domain.Authority) *[]domain.Ref { return &r.Points })
	relink(d.Monitors, g, func(r *domain.Monitor) *[]domain.Ref { return &r.Points })
	for _, r := range d.RiskPoints.All() { // what was merged into it before
		if r.MergedInto.ID == g.lose.ID {
			n := r.Clone().(*domain.RiskPoint)
			n.MergedInto = domain.To(g.keep.ID)
			d.RiskPoints.Put(n)
		}
	}
}

func relink[T domain.Record](t *domain.Table[T], g *merger, points func(T) *[]domain.Ref) {
	is := func(id domain.ID) func(domain.Ref) bool { return func(r domain.Ref) bool { return r.ID == id } }
	for _, r := range slices.Clone(t.All()) {
		if !slices.ContainsFunc(*points(r), is(g.lose.ID)) {
			continue
		}
		n := r.Clone().(T)
		list := points(n)
		if slices.ContainsFunc(*list, is(g.keep.ID)) {
			*list = slices.DeleteFunc(*list, is(g.lose.ID))
		} else {
			(*list)[slices.IndexFunc(*list, is(g.lose.ID))] = domain.To(g.keep.ID)
		}
		t.Put(n)
	}
}

// RestorePoint lets a merged or removed point count again. What was moved to the
// point it was merged into stays there.
func RestorePoint(id domain.ID) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		r, ok := p.RiskPoints.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个风险点已不存在")
		}
		if _, err := domain.PointLife.Next(domain.StateOfPoint(r), domain.EventRestore); err != nil {
			return domain.ChangeSet{}, app.Wrap(app.CodeInvalid, err, "%s：%s", r.Code, app.Sentence(err))
		}
		d := p.Draft()
		n := r.Clone().(*domain.RiskPoint)
		n.Status, n.MergedInto = domain.PointActive, domain.Ref{}
		d.RiskPoints.Put(n)
		return d.Changes(domain.Op{Name: "restore-point", Label: "恢复风险点 " + r.Code}), nil
	})
}

// AddFinding keeps one more way in which a point was found.
func AddFinding(point domain.ID, f domain.Finding) app.Command {
	return changePoint(point, "登记发现渠道", func(r *domain.RiskPoint) error {
		if !slices.Contains(domain.Channels, f.Channel) {
			return app.E(app.CodeInvalid, "来源应为“%s”之一，现为“%s”", strings.Join(domain.Channels, "”“"), f.Channel)
		}
		r.AddFinding(f)
		return nil
	})
}

// RemoveFinding takes a way in which a point was found away, and its channel when no
// other finding is of it.
func RemoveFinding(point domain.ID, f domain.Finding) app.Command {
	return changePoint(point, "删除发现渠道", func(r *domain.RiskPoint) error {
		r.Findings = slices.DeleteFunc(r.Findings, func(x domain.Finding) bool { return x == f })
		if !slices.ContainsFunc(r.Findings, func(x domain.Finding) bool { return x.Channel == f.Channel }) {
			r.Channels = slices.DeleteFunc(r.Channels, func(c string) bool { return c == f.Channel })
		}
		return nil
	})
}

func changePoint(id domain.ID, what string, change func(*domain.RiskPoint) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		r, ok := p.RiskPoints.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个风险点已不存在")
		}
		n := r.Clone().(*domain.RiskPoint)
		if err := change(n); err != nil {
			return domain.ChangeSet{}, err
		}
		d := p.Draft()
		d.RiskPoints.Put(n)
		return d.Changes(domain.Op{Name: "edit", Label: r.Code + " " + what}), nil
	})
}
