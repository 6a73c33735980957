// Package assessment is the page 风险评估: the rounds, every assessor's scores, and
// why a point has its level.
package assessment

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Page is the tab of the scores.
type Page struct {
	host      page.Host
	round     *widget.Select
	who       *widget.Select
	target    *widget.Select
	agreement *widget.Label
	grid      *widgets.DataGrid
	model     *scoreModel
	shown     widgets.Source
	rolled    *rolled // shown instead of the scores: posts and units
	scale     *widgets.Prose
	why       *why
	root      *fyne.Container
	body      fyne.CanvasObject
	filling   bool
}

const means = "平均"

// W is computed anew at every typed score for up to agreementTyped points, and when
// the round comes up for up to agreementLimit; beyond, it stands in the papers only.
const (
	agreementTyped = 3000
	agreementLimit = 20_000
)

// What the select of targets offers, in its order.
const (
	targetPoints = iota
	targetUnits
	rolledPosts
	rolledUnits
	residuals
)

func targets() []string {
	return []string{lang.L("风险点"), lang.L("部门层面"), lang.L("岗位结果"), lang.L("部门结果"), lang.L("剩余风险")}
}

// newScores builds the tab of the scores.
func newScores(h page.Host) *Page {
	p := &Page{host: h, agreement: widget.NewLabel(""), why: newWhy(h), model: &scoreModel{host: h}}
	p.rolled, p.scale = &rolled{}, widgets.NewProse("")
	p.scale.Importance = widget.LowImportance
	chosen := func(string) {
		if !p.filling {
			p.load()
		}
	}
	p.round, p.who, p.target = widget.NewSelect(nil, chosen), widget.NewSelect(nil, chosen), widget.NewSelect(targets(), chosen)
	p.target.Selected = p.target.Options[targetPoints]
	p.grid = widgets.NewDataGrid(nil, p.model)
	p.grid.Frozen = 3
	p.grid.OnEdit = p.edit
	p.grid.OnPaste = p.paste
	p.grid.OnClear = p.clear
	p.grid.OnSelect = func(row int) { p.explain(row) }
	p.grid.OnCell = func(_ int, col string) { p.scale.SetText(p.model.scale(col)) }
	p.build()
	p.fill()
	p.load()
	return p
}

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Focus gives the keyboard to the scores.
func (p *Page) Focus() {
	if p.root.Objects[0] == p.body {
		p.grid.Focus()
	}
}

// Show opens a round by its number or ID, or an assessor and a subject of the round
// that is up: "who=审计处&target=岗位&subject=ID".
func (p *Page) Show(arg string) {
	if strings.Contains(arg, "=") {
		p.goTo(arg)
		return
	}
	for i, a := range p.host.Session().Pilot.Assessments.All() {
		if arg != "" && (fmt.Sprint(a.No) == arg || string(a.ID) == arg) {
			p.round.SetSelectedIndex(i)
		}
	}
}

// goTo narrows the scores to an assessor and puts the cursor on a subject.
func (p *Page) goTo(arg string) {
	subject := domain.ID("")
	p.filling = true
	for _, part := range strings.Split(arg, "&") {
		key, value, _ := strings.Cut(part, "=")
		switch {
		case key == "who" && slices.Contains(p.who.Options, value):
			p.who.SetSelected(value)
		case key == "target":
			p.target.SetSelectedIndex(map[bool]int{true: 1, false: 0}[value == domain.TargetUnit])
		case key == "subject":
			subject = domain.ID(value)
		}
	}
	p.filling = false
	p.load()
	for row := range p.model.rows {
		if p.model.rows[row].id == subject {
			p.grid.Select(row, "")
		}
	}
}

// Look implements tab.
func (p *Page) Look(stale bool) {
	if stale {
		p.load()
	}
}

func (p *Page) build() {
	label := func(s string) fyne.CanvasObject { return widget.NewLabel(lang.L(s)) }
	paper := func(text, doc string) fyne.CanvasObject { return records.PaperButton(p.host, lang.L(text), doc) }
	bar := container.NewHBox(label("轮次"), p.round, label("对象"), p.target, label("评分人"), p.who,
		paper("评分汇总表", "ratings"), paper("等级表", "levels"), paper("对比表", "comparison"), layout.NewSpacer(), p.agreement)
	left := container.NewBorder(nil, widgets.Room(0, 46, p.scale), nil, nil, p.grid)
	split := widgets.NewHSplitter(left, p.why.root, p.host.Prefs().FloatWithFallback("split.assessment", 0.68))
	split.OnMoved = func(o float64) { p.host.Prefs().SetFloat("split.assessment", o) }
	p.body = container.NewBorder(bar, nil, nil, nil, split)
	p.root = container.NewStack(p.body)
}

// current is the chosen round, or nil.
func (p *Page) current() *domain.Assessment {
	all := p.host.Session().Pilot.Assessments.All()
	if i := p.round.SelectedIndex(); i >= 0 && i < len(all) {
		return all[i]
	}
	return nil
}

// fill puts rounds and assessors into the selects.
func (p *Page) fill() {
	p.filling = true
	defer func() { p.filling = false }()
	var rounds []string
	for _, a := range p.host.Session().Pilot.Assessments.All() {
		rounds = append(rounds, fmt.Sprintf("%d  %s", a.No, a.Name))
	}
	was := p.round.SelectedIndex()
	p.round.SetOptions(rounds)
	if len(rounds) > 0 && (was < 0 || was >= len(rounds)) {
		p.round.SetSelectedIndex(len(rounds) - 1)
	}
	who := []string{lang.L(means)}
	if a := p.current(); a != nil {
		for _, x := range a.Assessors {
			who = append(who, x.Name)
		}
	}
	p.who.SetOptions(who)
	if p.who.SelectedIndex() < 0 {
		p.who.SetSelectedIndex(0)
	}
}

// load shows the chosen round and assessor.
func (p *Page) load() {
	a := p.current()
	if a == nil {
		p.showEmpty()
		return
	}
	p.root.Objects = []fyne.CanvasObject{p.body}
	p.fill()
	assessor := ""
	if p.who.SelectedIndex() > 0 {
		assessor = p.who.Selected
	}
	p.who.Enable()
	switch i := p.target.SelectedIndex(); i {
	case rolledPosts, rolledUnits:
		p.who.Disable() // of all assessors together
		p.rolled.load(p.host.Session().Pilot, p.host.Session().Result(a.No), i == rolledUnits)
		p.put(p.rolled, p.rolled.columns())
	default:
		target := domain.TargetPoint
		if i == targetUnits {
			target = domain.TargetUnit
		}
		if i == residuals {
			p.who.Disable()
			assessor = ""
		}
		p.model.load(a, target, assessor, i == residuals)
		p.put(p.model, p.model.columns())
	}
	p.root.Refresh()
	p.tellAgreement(a)
	row, _ := p.grid.Current()
	p.explain(row)
}

// put shows a table in the grid; the cursor stays when it is the same one.
func (p *Page) put(s widgets.Source, cols []widgets.Column) {
	if p.shown != s {
		p.shown = s
		p.grid.SetSource(emptySource{}) // until the columns fit
		p.grid.SetColumns(cols)
		p.grid.SetSource(s)
		return
	}
	p.grid.SetColumns(cols)
	p.grid.Refresh()
}

type emptySource struct{}

// Len implements widgets.Source.
func (emptySource) Len() int { return 0 }

// Cell implements widgets.Source.
func (emptySource) Cell(int, string) widgets.Cell { return widgets.Cell{} }

// rolling reports whether posts or units are shown instead of scores.
func (p *Page) rolling() bool { return p.shown == widgets.Source(p.rolled) }

func (p *Page) showEmpty() {
	p.root.Objects = []fyne.CanvasObject{widgets.NewEmptyState(lang.L("评估从这里开始：先有指标体系，再新建一轮、打分，或导入每位评分人的评分表（一人一张工作表）。"),
		lang.L("导入评分表"), func() { p.host.Go(page.Import, "") }, lang.L("新建一轮评估"), func() { p.host.Go(page.Assessment, RoundsTab) })}
	p.root.Refresh()
}

// tellAgreement says how far the assessors agree, in a number and a word.
func (p *Page) tellAgreement(a *domain.Assessment) {
	p.agreement.SetText("")
	res := p.host.Session().Result(a.No)
	if res == nil || len(res.Points) > agreementLimit {
		return
	}
	c := app.RoundConsensus(p.host.Session().Pilot, res)
	if c.NoKendall != "" {
		p.agreement.SetText(lang.L("一致性：") + c.NoKendall)
		return
	}
	p.agreement.SetText(fmt.Sprintf("W＝%.3f（%s）　%s", c.Kendall.WCorrected, app.PText(c.Kendall.P), c.Word()))
}

func (p *Page) edit(row int, col, text string) error {
	if p.model.residual {
		c, _ := p.model.controlOf(row, col, text)
		return p.model.setControls(c)
	}
	return p.host.Do(edit.SetMarks(p.model.round.ID, p.model.target,
		[]edit.Marking{{Subject: p.model.rows[row].id, Assessor: p.model.assessor, Indicator: p.model.find(col), Text: text}}, p.host.Session().NewID))
}

func (p *Page) paste(b *widgets.Block) error {
	switch {
	case p.rolling():
		return app.E(app.CodeInvalid, "岗位、部门的结果由风险点的评分算出，不能粘贴。请在“对象”里选风险点")
	case p.model.residual:
		return p.pasteControls(b)
	}
	var marks []edit.Marking
	err := b.Each(func(row int, col, text string) error {
		ind := p.model.find(col)
		if ind < 0 {
			return app.E(app.CodeInvalid, "这一栏由评分算出，不能粘贴“%s”。请只粘贴各项指标的评分", strings.TrimSpace(text))
		}
		marks = append(marks, edit.Marking{Subject: p.model.rows[row].id, Assessor: p.model.assessor, Indicator: ind, Text: text})
		return nil
	})
	if err != nil || len(marks) == 0 {
		return err
	}
	return b.Refused(p.set(marks))
}

func (p *Page) clear(first, last int, cols []string) error {
	if p.model.residual {
		return p.clearControls(first, last, cols)
	}
	var marks []edit.Marking
	for row := first; row <= last; row++ {
		for _, c := range cols {
			if ind := p.model.find(c); ind >= 0 {
				marks = append(marks, edit.Marking{Subject: p.model.rows[row].id, Assessor: p.model.assessor, Indicator: ind})
			}
		}
	}
	return p.set(marks)
}

func (p *Page) set(marks []edit.Marking) error {
	if p.model.assessor == "" {
		return app.E(app.CodeInvalid, "“平均”由各评分人的评分算出，请先选择评分人再录入")
	}
	return p.host.Do(edit.SetMarks(p.model.round.ID, p.model.target, marks, p.host.Session().NewID))
}

// explain opens the row's arithmetic.
func (p *Page) explain(row int) {
	switch {
	case p.rolling():
		p.rolled.explain(row, p.why)
	case p.model.outcome(row) == nil:
		p.why.clear()
	default:
		p.why.explain(p.model.rows[row].title, p.model.round.Rule, p.model.explanation(row))
	}
}

// Changed brings the page up to date. A score changes its row and what explains it;
// anything else may change the table itself.
func (p *Page) Changed(e app.Event) {
	a := p.current()
	if a == nil || p.rolling() || e.Touches(domain.KindAssessment, domain.KindSystem, domain.KindScheme, domain.KindRiskPoint, domain.KindUnit, domain.KindPost) {
		p.load()
		return
	}
	p.grid.Refresh()
	if len(p.model.rows) <= agreementTyped {
		p.tellAgreement(a)
	} else if before := lang.L("（改动前）"); !strings.HasSuffix(p.agreement.Text, before) {
		p.agreement.SetText(p.agreement.Text + before)
	}
	row, _ := p.grid.Current()
	p.explain(row)
}
