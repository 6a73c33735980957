// Package report turns a pilot into papers, charts and diagrams without a pen:
// table models, chart models and flow models that the window, the PDF and the
// workbook all draw alike.
package report

import (
	"fmt"
	"slices"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report/draw"
	"lianshao/app/report/flow"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// Input is what papers are made of. Result is the chosen round, Before the first
// round when Result is a later one; either may be nil.
type Input struct {
	Pilot  *domain.Pilot
	Result *domain.RoundResult
	Before *domain.RoundResult
	Today  domain.Date
	Head   app.ChainHead // of the journal, which papers carry as a code; zero = none
	// Plan judges the milestones; nil = judged from Pilot and Today anew.
	Plan *domain.Plan
}

// Steps is how every step of the plan stands.
func (in Input) Steps() []domain.MilestoneState { return in.plan().All() }

func (in Input) plan() *domain.Plan {
	if in.Plan == nil {
		return app.PlanOn(in.Pilot, in.Today)
	}
	return in.Plan
}

// NewInput collects what a paper of the round (0 = the first with results for
// warnings, the latest otherwise) needs.
func NewInput(s *app.Session, round int) Input {
	in := Input{Pilot: s.Pilot, Result: s.Result(round), Today: s.Today(), Head: s.Head(), Plan: s.Plan()}
	if in.Result != nil {
		in.Before = before(s, in.Result)
	}
	return in
}

// before is the first round that a later one can be set against: the same systems and
// level scheme. When there is none it is the first round, and the papers say why not.
func before(s *app.Session, res *domain.RoundResult) *domain.RoundResult {
	for no := 1; no < res.Round.No; no++ {
		if s.Pilot.Round(no) == nil {
			continue
		}
		if was := s.Result(no); was != nil && was.PointSys.ID == res.PointSys.ID && was.Scheme.ID == res.Scheme.ID {
			return was
		}
	}
	if res.Round.No > 1 {
		return s.Result(1)
	}
	return nil
}

// Options narrow a paper.
type Options struct {
	Unit   domain.ID // "" = all units
	Level  string    // a level's label; "" = all
	Blank  bool      // the empty form, to be filled by hand
	Record domain.ID // only this record, for papers of one record each; "" = all
	A3     bool      // on A3 instead of the paper's own sheet
	// Anon is the level the paper is published at; "" = the paper's own.
	Anon publish.Level
}

// Paper is one kind of printed paper.
type Paper struct {
	ID    string // the DOC of the command line
	Title string
	// Ready says whether there is something to print; if not, why not.
	Ready func(in Input) (bool, string)
	// Public says that the paper is made to be published: it is checked at P1 unless
	// another level is chosen.
	Public bool
	// Secret says why a paper never leaves the office, to be read behind its title;
	// "" = it may, masked and checked.
	Secret string
	// HasBlank says that an empty form to fill in by hand exists (Options.Blank).
	HasBlank bool
	// Tables or Drawings makes the content. Drawings may fail with a sentence.
	Tables   func(in Input, o Options) []*table.TableModel
	Drawings func(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error)
}

// Papers lists all papers in the order of the pilot.
func Papers() []Paper {
	return []Paper{
		overviewPaper(), planPaper(), rosterPaper("leading", domain.GroupLeading), rosterPaper("research-group", domain.GroupResearch), networkPaper(),
		meetingsPaper(), researchPaper(), casesPaper(),
		authoritiesPaper(), powersPaper(), powerRisksPaper(), stepsPaper(), powerFlowPaper(), workflowPaper(), flowChangesPaper(), handbookPaper(),
		postFormPaper(), selfAssessmentPaper(), riskPointsPaper(), postRisksPaper(), summaryPaper(), postsPaper(), ledgerPaper(), recordsPointPaper(), checksPaper(), channelsPaper(),
		disclosurePaper(), opinionFormPaper(), opinionsPaper(), revisionsPaper(),
		factorsPaper(), indicatorsPaper(), schemePaper(), ratingSheetsPaper(), ratingsPaper(), levelsPaper(), warningsPaper(), noticePaper(),
		measuresPaper(), inspectionPaper(), comparisonPaper(), judgePaper(), monitorsPaper(), appraisalPaper(), sanctionsPaper(), selfReviewPaper(),
	}
}

// PaperByID finds a paper.
func PaperByID(id string) (Paper, bool) {
	all := Papers()
	i := slices.IndexFunc(all, func(p Paper) bool { return p.ID == id })
	if i < 0 {
		return Paper{}, false
	}
	return all[i], true
}

// Pages lays a paper out into pages of millimetres. Errors are sentences.
func (p Paper) Pages(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
	pages, err := p.lay(in, o, m)
	draw.FootNote(pages, p.codeOf(in, o))
	return pages, err
}

// lay makes pages that carry no code yet.
func (p Paper) lay(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
	if o.Blank && !p.HasBlank {
		return nil, app.E(app.CodeInvalid, "“%s”没有空白表，请去掉“空白”选项再打印", p.Title)
	}
	if !o.Blank {
		if ok, why := p.Ready(in); !ok {
			return nil, app.E(app.CodeInvalid, "%s", why)
		}
	}
	if p.Drawings != nil {
		level := p.LevelOf(in, o)
		if err := p.mayLeave(level); err != nil {
			return nil, err
		}
		pages, err := p.Drawings(in, o, m)
		if err != nil {
			return nil, err
		}
		return pages, newReleaser(in.Pilot).drawings(p.Title, level, pages)
	}
	tables, err := p.Sheets(in, o)
	if err != nil {
		return nil, err
	}
	return layTables(p.Title, tables, o, m)
}

// layTables lays tables out one after the other, each with its bookmark.
func layTables(title string, tables []*table.TableModel, o Options, m draw.Measurer) ([]draw.Drawing, error) {
	var pages []draw.Drawing
	for _, t := range tables {
		if o.A3 {
			t.Page.Paper = draw.A3
		}
		more, err := table.Paginate(t, m)
		if err != nil {
			return nil, app.Wrap(app.CodeInvalid, err, "“%s”排版失败：%s", title, err)
		}
		pages = append(pages, markPages(more, t.Footer, t.Title)...)
	}
	return pages, nil
}

// col describes one column of rows of T.
type col[T any] struct {
	title, group  string
	width, weight float64 // mm, or share of what is left
	center, right bool
	nowrap        bool
	get           func(T) string
	cell          func(T) table.Cell // instead of get
}

func columns[T any](cols []col[T]) []table.Column {
	out := make([]table.Column, len(cols))
	for i, c := range cols {
		out[i] = table.Column{Title: c.title, Group: c.group, Width: c.width, Weight: c.weight, NoWrap: c.nowrap}
		if c.center {
			out[i].Align = draw.Center
		}
		if c.right {
			out[i].Align = draw.Right
		}
	}
	return out
}

func rowsOf[T any](cols []col[T], items []T) []table.Row {
	out := make([]table.Row, len(items))
	for i, it := range items {
		cells := make([]table.Cell, len(cols))
		for k, c := range cols {
			if c.cell != nil {
				cells[k] = c.cell(it)
			} else {
				cells[k] = table.Cell{Text: c.get(it)}
			}
		}
		out[i] = table.Row{Cells: cells}
	}
	return out
}

// numbered prepends a 序号 column.
func numbered[T any](cols []col[T], items []T) ([]table.Column, []table.Row) {
	cs, rows := columns(cols), rowsOf(cols, items)
	cs = append([]table.Column{{Title: "序号", Width: 9, Align: draw.Center}}, cs...)
	for i := range rows {
		rows[i].Cells = append([]table.Cell{{Text: fmt.Sprint(i + 1)}}, rows[i].Cells...)
	}
	return cs, rows
}

func landscape() draw.Page {
	return draw.Page{Landscape: true, Margins: draw.Margins{Top: 14, Right: 12, Bottom: 14, Left: 12}}
}

func when(ok func(Input) bool, why string) func(Input) (bool, string) {
	return func(in Input) (bool, string) {
		if ok(in) {
			return true, ""
		}
		return false, why
	}
}

// unitsOf lists the chosen unit, or all units.
func unitsOf(in Input, o Options) []*domain.Unit {
	if o.Unit == "" {
		return in.Pilot.Units.All()
	}
	if u, ok := in.Pilot.Units.Get(o.Unit); ok {
		return []*domain.Unit{u}
	}
	return nil
}

// pointsOf lists the active points of a unit that have the chosen level.
func pointsOf(in Input, o Options, unit domain.ID) []*domain.RiskPoint {
	var out []*domain.RiskPoint
	for _, r := range in.Pilot.RiskPoints.By(domain.ByUnit, unit) {
		if r.Status == domain.PointActive && (o.Level == "" || in.levelOf(r) == o.Level) {
			out = append(out, r)
		}
	}
	return out
}

func (in Input) levelOf(r *domain.RiskPoint) string {
	if in.Result != nil {
		if o := in.Result.Of(r.ID); o != nil && o.Complete {
			return o.Level.Label
		}
	}
	return ""
}

// levelCell shows a level as word and coloured square.
func levelCell(l domain.Level) table.Cell {
	return table.Cell{Text: l.Label, Mark: LevelColor(l.Color), Center: true}
}

func flowKind(k domain.StepKind) flow.Kind {
	if k == "" {
		return flow.Task
	}
	return flow.Kind(k)
}
