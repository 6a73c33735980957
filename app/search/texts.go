package search

import (
	"strings"

	"lianshao/domain"
)

// entry is what is searched of one record, or of one step or indicator within it.
type entry struct {
	kind domain.Kind
	id   domain.ID
	head []string // code and name: what the record is called
	body []string // everything else that was written
}

// names are the names of what records refer to, as they were when the index was made.
type names map[domain.ID]string

func (n names) of(r domain.Ref) string {
	if s := n[r.ID]; s != "" {
		return s
	}
	return r.Text
}

func (n names) all(refs []domain.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, n.of(r))
	}
	return strings.Join(out, " ")
}

// entriesOf lists what a record says. Scores and readings are numbers and are not
// searched, but the remarks on them are.
func entriesOf(r domain.Record, n names) []entry {
	e := entry{kind: r.RecordKind(), id: r.RecordID(), head: []string{domain.BaseOf(r).Code}}
	say := func(head string, body ...string) []entry {
		e.head, e.body = append(e.head, head), body
		return []entry{e}
	}
	switch r := r.(type) {
	case *domain.Unit:
		return say(r.Name, r.Head, r.Leader)
	case *domain.Post:
		return say(r.Name, n.of(r.Unit), r.Office, r.Duties, lines(r.Powers), lines(r.People), r.Note)
	case *domain.Authority:
		return say(r.Name, n.of(r.Unit), r.Office, r.Type, lines(r.Basis), r.Publicity, n.of(r.Holder), r.Note)
	case *domain.Member:
		return say(strings.TrimSpace(r.Name+" "+r.Title), r.Group, r.Role, r.Duty, r.Source, r.Method, r.Note)
	case *domain.Milestone:
		return say(r.Content, r.Window, lines(r.Responsible), lines(r.Artefacts), lines(r.Systems), r.Note)
	case *domain.Workflow:
		return workflowEntries(e, r, n)
	case *domain.RiskPoint:
		return say(r.Name, r.Description, n.of(r.Unit), r.Office, n.of(r.Post), n.of(r.Workflow), r.Category, r.Causes, r.Consequence, r.Owner, r.UnitHead, r.Leader, r.Note)
	case *domain.Measure:
		return say(r.Content, n.of(r.Point), r.Kind, r.Owner, r.Evidence, r.Note)
	case *domain.Intelligence:
		return say(r.Summary, r.Source, n.all(r.Units), r.UnitText, r.PostText, r.Category, r.Verified, r.Handling, r.Registrar, r.Note)
	case *domain.Factor:
		return say(r.Text, r.Category, r.Source)
	case *domain.IndicatorSystem:
		return systemEntries(e, r)
	case *domain.LevelScheme:
		return say(r.Name)
	case *domain.Assessment:
		return say(r.Name)
	case *domain.Rating:
		return ratingEntries(e, r, n)
	case *domain.Warning:
		return say(n.of(r.Point), n.of(r.Unit), n.of(r.Post), r.Level, r.Basis, r.Advice, r.Recipients, r.Signer)
	case *domain.Monitor:
		return say(r.Name, n.all(r.Units), r.UnitText, r.Formula, r.Source, r.Filler, r.Note)
	case *domain.Disclosure:
		return say(r.Subject, r.Scope, r.Channel, r.Contact, r.Note)
	case *domain.Opinion:
		return say(r.Content, r.Channel, r.From, r.Reason, r.Reply, r.ReplyBy, n.all(r.Points), r.Note)
	case *domain.Revision:
		return say(strings.TrimSpace(n.of(r.Point)+" "+r.Field), r.Before, r.After, r.Reason, r.By, r.Note)
	case *domain.Inspection:
		return say(n.of(r.Measure), r.Method, r.Evidence, r.Result, r.Problem, r.Inspector, r.Note)
	case *domain.Appraisal:
		return say(r.Content, n.of(r.Unit), r.Section, r.Note)
	case *domain.Sanction:
		return say(r.Form, n.of(r.Unit), n.of(r.Post), r.Basis, r.By, r.Note)
	case *domain.Meeting:
		return say(r.Title, r.Type, n.of(r.Unit), r.Place, r.Chair, r.Speaker, r.Film, r.Content, r.Resolution, r.Recorder, r.Note)
	case *domain.CaseCard:
		return say(r.Title, r.Source, r.Field, r.Facts, r.Causes, r.Lessons, r.Note)
	case *domain.Artefact:
		return say(strings.TrimSpace(r.Title+" "+r.Name), r.By, r.Note)
	case *domain.Attachment:
		return say(r.Name)
	}
	return nil
}

func lines(list []string) string { return strings.Join(list, " ") }

func workflowEntries(e entry, w *domain.Workflow, n names) []entry {
	e.head, e.body = append(e.head, w.Name), []string{n.of(w.Unit), w.Note}
	out := []entry{e}
	for i := range w.Steps {
		s := &w.Steps[i]
		out = append(out, entry{domain.KindStep, s.ID, []string{w.StepCode(s), s.Name}, []string{w.Name, s.Actor, lines(s.Inputs), lines(s.Outputs), s.Limit, s.Note}})
	}
	return out
}

func systemEntries(e entry, s *domain.IndicatorSystem) []entry {
	e.head = append(e.head, s.Name)
	out := []entry{e}
	for _, d := range s.Dimensions {
		for _, i := range d.Indicators {
			out = append(out, entry{domain.KindIndicator, e.id, []string{i.Code, i.Name}, append([]string{d.Name, i.Note}, i.Anchors[:]...)})
		}
	}
	return out
}

func ratingEntries(e entry, r *domain.Rating, n names) []entry {
	for _, row := range r.Rows {
		if row.Note != "" {
			e.body = append(e.body, row.Note)
		}
	}
	if e.body == nil {
		return nil
	}
	e.head = []string{n.of(r.Subject)}
	return []entry{e}
}

// nameOf is what other records call this one.
func nameOf(r domain.Record) string {
	switch r := r.(type) {
	case *domain.Unit:
		return r.Name
	case *domain.Post:
		return r.Name
	case *domain.Workflow:
		return r.Name
	case *domain.RiskPoint:
		return strings.TrimSpace(r.Code + " " + r.Name)
	case *domain.Measure:
		return r.Content
	}
	return ""
}
