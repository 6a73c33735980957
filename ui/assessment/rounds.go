package assessment

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/app/export"
	"lianshao/domain"
	"lianshao/ui/handout"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// roundsTab sets rounds up, hands scoring workbooks out, and shows how far every
// assessor has come.
type roundsTab struct {
	host     page.Host
	scores   *Page // shares the chosen round
	rounds   *widget.Select
	state    *widget.Label
	says     *widgets.Prose
	warns    *widgets.Prose
	final    *widget.Button
	progress *widgets.DataGrid
	rows     []standing
	gaps     *gapList
	apart    *apartList
	agree    *widgets.Prose
	open     func(id, arg string) // another tab of the page
	empty    fyne.CanvasObject
	body     fyne.CanvasObject
	root     *fyne.Container
}

// standing is how far an assessor has come in a round.
type standing struct {
	domain.Assessor
	Due, Missing, Abstained, Outside int
	Conflict                         string
}

func (s *standing) done() int { return s.Due - s.Missing - s.Abstained - s.Outside }

func newRoundsTab(h page.Host, scores *Page, open func(id, arg string)) *roundsTab {
	text := func() *widgets.Prose { return widgets.NewProse("") }
	t := &roundsTab{host: h, scores: scores, open: open, rounds: widget.NewSelect(nil, nil), state: widget.NewLabel(""), says: text(), warns: text(), agree: text()}
	t.rounds.OnChanged = func(string) { scores.round.SetSelectedIndex(t.rounds.SelectedIndex()); t.Look(false) }
	t.state.TextStyle.Bold = true
	t.warns.Importance = widget.DangerImportance
	num := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 66, Align: widgets.AlignRight}
	}
	t.progress = widgets.NewDataGrid([]widgets.Column{{ID: "name", Title: lang.L("评分人"), Width: 110, Fixed: true}, {ID: "title", Title: lang.L("职务"), Width: 120, Grow: true},
		num("due", "应评"), num("done", "已评"), num("missing", "未评"), num("abstained", "弃权"), num("outside", "超范围"), num("share", "完成")}, t)
	t.progress.OnSelect = func(int) { t.gaps.show(t.who()) }
	t.progress.OnActivate = func(int) { t.score() }
	t.gaps = newGapList(t)
	t.apart = newApartList(t)
	t.build()
	return t
}

func (t *roundsTab) build() {
	low := func(text string, act func()) *widget.Button {
		b := widget.NewButton(lang.L(text), act)
		b.Importance = widget.LowImportance
		return b
	}
	t.final = low("定稿", t.finish)
	head := container.NewHBox(widget.NewLabel(lang.L("轮次")), t.rounds, t.state, layout.NewSpacer(), low("新建一轮", t.create), low("设置", t.setUp), low("发放评分表", t.handOut),
		low("收回评分表", func() { t.host.Go(page.Import, "") }), t.final, low("删除", t.drop))
	left := container.NewBorder(container.NewVBox(widgets.Room(0, 46, t.says), t.warns), container.NewHBox(low("去评分", t.score)), nil, nil, t.progress)
	right := container.NewAppTabs(container.NewTabItem(lang.L("没评的"), t.gaps.grid), container.NewTabItem(lang.L("建议复议"), t.apart.root), container.NewTabItem(lang.L("一致性"), container.NewVScroll(t.agree)))
	split := widgets.NewHSplitter(left, right, t.host.Prefs().FloatWithFallback("split.rounds", 0.58))
	split.OnMoved = func(o float64) { t.host.Prefs().SetFloat("split.rounds", o) }
	t.body = container.NewBorder(head, nil, nil, nil, split)
	t.empty = widgets.NewEmptyState(lang.L("一轮评估先定方法、指标体系、等级方案和评分人，再发放评分表、收回来，或者直接在“评分”里打分。"),
		lang.L("新建一轮评估"), t.create, lang.L("导入评分表"), func() { t.host.Go(page.Import, "") })
	t.root = container.NewStack()
}

// Content implements tab.
func (t *roundsTab) Content() fyne.CanvasObject { return t.root }

// Focus implements tab.
func (t *roundsTab) Focus() {
	if t.scores.current() != nil {
		t.progress.Focus()
	}
}

// Show implements tab.
func (t *roundsTab) Show(string) {}

// Changed implements tab.
func (t *roundsTab) Changed(e app.Event) {
	t.scores.fill()
	t.Look(true)
}

// Look implements tab.
func (t *roundsTab) Look(bool) {
	a := t.scores.current()
	if a == nil {
		t.root.Objects = []fyne.CanvasObject{t.empty}
		t.root.Refresh()
		return
	}
	t.rounds.Options, t.rounds.Selected = t.scores.round.Options, t.scores.round.Selected
	t.rounds.Refresh()
	t.load(a)
	t.root.Objects = []fyne.CanvasObject{t.body}
	t.root.Refresh()
}

// load shows a round: how it is scored, by whom, and what is missing.
func (t *roundsTab) load(a *domain.Assessment) {
	p := t.host.Session().Pilot
	t.state.SetText("")
	t.final.SetText(lang.L("定稿"))
	if a.Frozen {
		t.state.SetText(lang.L("已定稿"))
		t.final.SetText(lang.L("取消定稿"))
	}
	t.says.SetText(describe(p, a))
	res := t.host.Session().Result(a.No)
	var gaps []domain.Gap
	if res != nil {
		gaps = res.Gaps(p)
	}
	t.rows = standings(p, a, res, gaps)
	var warns []string
	for _, r := range t.rows {
		if r.Conflict != "" {
			warns = append(warns, r.Name+r.Conflict)
		}
	}
	t.warns.SetText(strings.Join(warns, "；"))
	t.warns.Hidden = len(warns) == 0
	t.progress.Refresh()
	t.gaps.load(res, gaps)
	t.gaps.show(t.who())
	t.apart.load(res)
	t.agree.SetText(t.agreement(res))
}

// describe says how a round is scored.
func describe(p *domain.Pilot, a *domain.Assessment) string {
	text := a.Rule.Text() + "。"
	version := func(s *domain.IndicatorSystem, ok bool) string {
		if !ok {
			return lang.L("没有")
		}
		return fmt.Sprintf(lang.L("第%d版"), s.Version)
	}
	if a.Rule.Weighs() {
		s, ok := p.Systems.Get(a.PointSystem.ID)
		u, has := p.Systems.Get(a.UnitSystem.ID)
		text += fmt.Sprintf(lang.L("指标体系：岗位层面%s，部门层面%s。"), version(s, ok), version(u, has))
	}
	if s, ok := p.Schemes.Get(a.Scheme.ID); ok {
		text += fmt.Sprintf(lang.L("等级方案：%s 第%d版。"), s.Name, s.Version)
	}
	return text
}

// standings counts what every assessor of a round has and has not scored.
func standings(p *domain.Pilot, a *domain.Assessment, res *domain.RoundResult, gaps []domain.Gap) []standing {
	rows := make([]standing, len(a.Assessors))
	at := map[string]*standing{}
	for i, x := range a.Assessors {
		rows[i] = standing{Assessor: x, Conflict: p.ConflictOf(x.Name, x.Title)}
		at[x.Name] = &rows[i]
	}
	if res == nil {
		return rows
	}
	points, units := len(res.PointSys.Indicators()), 0
	if res.UnitSys != nil {
		units = len(res.UnitSys.Indicators())
	}
	due := len(res.Points) * points
	for i := range res.Units {
		if units > 0 && (res.Units[i].Rated || res.Units[i].Points > 0) {
			due += units
		}
	}
	for i := range rows {
		rows[i].Due = due
	}
	for i := range gaps {
		g := &gaps[i]
		r := at[g.Assessor]
		n := 1
		if g.Indicator < 0 {
			n = points
			if g.Unit != nil {
				n = units
			}
		}
		switch g.Kind {
		case domain.GapMissing:
			r.Missing += n
		case domain.GapAbstained:
			r.Abstained += n
		case domain.GapOutside:
			r.Outside += n
		}
	}
	return rows
}

// agreement is the consensus of the assessors in sentences.
func (t *roundsTab) agreement(res *domain.RoundResult) string {
	switch {
	case res == nil:
		return lang.L("这一轮缺指标体系或等级方案，不能计算。")
	case len(res.Points) > agreementLimit:
		return fmt.Sprintf(lang.L("风险点超过 %d 个，一致性请看评分汇总表。"), agreementLimit)
	}
	return strings.Join(app.RoundConsensus(t.host.Session().Pilot, res).Sentences(), "\n\n")
}

// who is the assessor under the cursor, "" for none.
func (t *roundsTab) who() string {
	if row, _ := t.progress.Current(); row >= 0 && row < len(t.rows) {
		return t.rows[row].Name
	}
	return ""
}

func (t *roundsTab) score() { t.open(ScoresTab, "who="+t.who()) }

// Len implements widgets.Source.
func (t *roundsTab) Len() int { return len(t.rows) }

// Cell implements widgets.Source.
func (t *roundsTab) Cell(row int, col string) widgets.Cell {
	r := &t.rows[row]
	n := func(v int, warn bool) widgets.Cell {
		return widgets.Cell{Text: fmt.Sprint(v), Warn: warn && v > 0, Muted: v == 0}
	}
	switch col {
	case "name":
		return widgets.Cell{Text: r.Name, Warn: r.Conflict != ""}
	case "title":
		return widgets.Cell{Text: r.Title}
	case "due":
		return n(r.Due, false)
	case "done":
		return n(r.done(), false)
	case "missing":
		return n(r.Missing, true)
	case "abstained":
		return n(r.Abstained, false)
	case "outside":
		return n(r.Outside, true)
	}
	if r.Due == 0 {
		return widgets.Cell{}
	}
	return widgets.Cell{Text: fmt.Sprintf("%d%%", 100*(r.Due-r.Missing-r.Outside)/r.Due), Bold: true}
}

// finish makes the round final, or takes that back.
func (t *roundsTab) finish() {
	a := t.scores.current()
	act := func() {
		if err := t.host.Do(assess.FreezeRound(a.ID, !a.Frozen)); err != nil {
			t.host.Report(err)
		}
	}
	if a.Frozen {
		act()
		return
	}
	question := fmt.Sprintf(lang.L("定稿以后，%s的评分、方法和评分人都不能再改。"), a.Title())
	if res := t.host.Session().Result(a.No); res != nil && res.Incomplete > 0 {
		question += fmt.Sprintf(lang.L("还有 %d 个风险点没评完，没有等级。"), res.Incomplete)
	}
	widgets.Confirm(t.host.Window(), lang.L("定稿"), question, lang.L("定稿"), act)
}

func (t *roundsTab) drop() {
	a := t.scores.current()
	widgets.Confirm(t.host.Window(), lang.L("删除这一轮"), fmt.Sprintf(lang.L("删除%s和它的全部评分？可以撤销。"), a.Title()), lang.L("删除"), func() {
		if err := t.host.Do(edit.Delete(domain.KindAssessment, a.ID)); err != nil {
			t.host.Report(err)
		}
	})
}

// handOut writes one scoring workbook for every assessor into a folder.
func (t *roundsTab) handOut() {
	a := t.scores.current()
	files := export.FormFiles(t.host.Session().Pilot, export.Request{Kind: string(domain.KindRating), Round: a.No}, export.EachAssessor)
	if len(files) == 0 {
		t.host.Report(app.E(app.CodeInvalid, "%s还没有评分人，请先在“设置”里选", a.Title()))
		return
	}
	t.host.Files().ChooseTarget(func(dir string) { handout.Write(t.host, files, dir) })
}
