package shell

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/search"
	"lianshao/domain"
	"lianshao/ui/assessment"
	"lianshao/ui/finder"
	"lianshao/ui/page"
)

// texts keeps the index of what can be found in the open pilot. The index is built
// and brought up to date beside the window, one thing after the other.
type texts struct {
	session *app.Session
	index   atomic.Pointer[search.Index]
	queue   [][]domain.Change // what happened since the index was last brought up to date
	busy    bool
	stale   bool     // names have changed: build anew
	ready   []func() // told when the index is there
}

// gather starts to index a session's pilot.
func (s *Shell) gather(session *app.Session) {
	s.texts = &texts{session: session, stale: true}
	session.Subscribe(func(e app.Event) {
		if s.texts != nil && s.texts.session == session {
			s.texts.queue = append(s.texts.queue, e.Changes)
			s.catchUp()
		}
	})
	s.catchUp()
}

// catchUp brings the index up to date beside the window, unless that is under way.
func (s *Shell) catchUp() {
	t := s.texts
	if t == nil || t.busy || !t.stale && len(t.queue) == 0 {
		return
	}
	t.busy = true
	queue := t.queue
	t.queue = nil
	var records []domain.Record
	if t.stale {
		records, t.stale = search.Snapshot(t.session.Pilot), false
	}
	renamed := false
	s.goDo(func() {
		err := s.safely(func() {
			if records != nil {
				t.index.Store(search.Build(records))
				return
			}
			for _, changes := range queue {
				renamed = t.index.Load().Apply(changes) || renamed
			}
		})
		fyne.Do(func() {
			s.log(err)
			t.busy, t.stale = false, renamed
			for _, f := range t.ready {
				f()
			}
			t.ready = nil
			s.catchUp()
		})
	})
}

// findAnything opens the dialog that finds anything.
func (s *Shell) findAnything() {
	t := s.texts
	f := finder.Open(finder.Deps{Window: s.win, Open: s.openHit, Find: func(query string, limit int) ([]search.Group, bool) {
		x := t.index.Load()
		if x == nil {
			return nil, false
		}
		return x.Find(query, limit), true
	}})
	if t.index.Load() == nil {
		t.ready = append(t.ready, f.Again)
	}
}

// place is where records of a kind are shown: a screen, and what stands before the
// record's ID in the argument.
type place struct{ screen, before string }

var places = map[domain.Kind]place{
	domain.KindUnit: {page.Organisation, ""}, domain.KindMember: {page.Organisation, ""}, domain.KindPost: {page.Workflow, ""}, domain.KindAuthority: {page.Workflow, ""},
	domain.KindMilestone: {page.Plan, ""}, domain.KindWorkflow: {page.Workflow, ""}, domain.KindStep: {page.Workflow, ""},
	domain.KindRiskPoint: {page.RiskPoints, report.FilterPoint}, domain.KindMeasure: {page.Measures, ""}, domain.KindIntelligence: {page.Information, ""},
	domain.KindFactor: {page.Assessment, assessment.FactorsTab + "="}, domain.KindSystem: {page.Assessment, assessment.SystemsTab + "="},
	domain.KindIndicator: {page.Assessment, assessment.SystemsTab + "="}, domain.KindScheme: {page.Assessment, assessment.SchemesTab + "="},
	domain.KindAssessment: {page.Assessment, ""}, domain.KindWarning: {page.Warnings, ""}, domain.KindMonitor: {page.Monitor, ""},
	domain.KindDisclosure: {page.Disclosure, ""}, domain.KindOpinion: {page.Disclosure, ""}, domain.KindRevision: {page.Disclosure, ""},
	domain.KindInspection: {page.Inspection, ""}, domain.KindAppraisal: {page.Inspection, ""}, domain.KindSanction: {page.Inspection, ""},
	domain.KindMeeting: {page.Meetings, ""}, domain.KindCaseCard: {page.Meetings, ""},
}

// openHit goes to where a record is shown. Papers and files are shown with what
// holds them, scores with their round.
func (s *Shell) openHit(h search.Hit) {
	p := s.session.Pilot
	switch h.Kind {
	case domain.KindArtefact:
		if a, ok := p.Artefacts.Get(h.ID); ok {
			h.Kind, h.ID = domain.KindMilestone, a.Milestone.ID
		}
	case domain.KindRating:
		if r, ok := p.Ratings.Get(h.ID); ok {
			h.Kind, h.ID = domain.KindAssessment, r.Assessment.ID
		}
	case domain.KindAttachment:
		if holders := app.HoldersOf(p, h.ID); len(holders) > 0 {
			h.Kind, h.ID = holders[0].RecordKind(), holders[0].RecordID()
			if h.Kind != domain.KindAttachment {
				s.openHit(h)
				return
			}
		}
	}
	to, ok := places[h.Kind]
	if !ok {
		s.Toast(lang.L("这条内容没有自己的画面"))
		return
	}
	s.Go(to.screen, to.before+string(h.ID))
}
