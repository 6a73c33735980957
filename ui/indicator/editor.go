// Package indicator is the tab 指标体系 of the page 风险评估: the versions of the
// indicator systems, their indicators with anchors and weights, the judgement
// matrices behind the weights, and what a version changes against the last.
package indicator

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/versions"
	"lianshao/ui/widgets"
)

// Editor shows one version of an indicator system and edits it while it is a draft.
type Editor struct {
	*versions.Frame[*domain.IndicatorSystem]
	host   page.Host
	sys    *domain.IndicatorSystem // as stored; nil = there is none
	rows   []edit.Place
	grid   *widgets.DataGrid
	sums   *widgets.Prose
	detail *detail
	matrix *matrixPanel
	right  *container.AppTabs
}

// New builds the tab.
func New(h page.Host) *Editor {
	e := &Editor{host: h, sums: widgets.NewProse("")}
	e.Frame = versions.New(h, e.spec())
	e.grid = e.newGrid()
	e.detail = newDetail(e)
	e.matrix = newMatrixPanel(e)
	e.right = container.NewAppTabs(
		container.NewTabItem(lang.L("内容和评分标准"), e.detail.root),
		container.NewTabItem(lang.L("权重来源"), e.matrix.root),
		container.NewTabItem(lang.L("与上一版"), e.Difference()))
	e.build()
	e.Load()
	e.grid.Select(1, "") // the first indicator, which has more to show than its dimension
	return e
}

// Focus gives the keyboard to the indicators.
func (e *Editor) Focus() {
	if e.Has() {
		e.grid.Focus()
	}
}

// ShowWeights brings the judgement matrices up.
func (e *Editor) ShowWeights() { e.right.SelectIndex(1) }

// Changed brings the tab up to date.
func (e *Editor) Changed(ev app.Event) {
	if ev.Touches(domain.KindSystem, domain.KindAssessment) {
		e.Load()
	}
}

func (e *Editor) build() {
	low := func(text string, act func()) *widget.Button { return versions.Low(lang.L(text), act) }
	plus := func(text string, act func()) *widget.Button {
		b := low(text, act)
		b.Icon = theme.ContentAddIcon()
		return b
	}
	tools := container.NewHBox(plus("指标", e.addIndicator), plus("维度", func() { e.Do(edit.AddDimension(e.sys.ID)) }),
		low("删除", func() { e.remove(e.grid.SelectedRows()) }), low("上移", func() { e.move(-1) }), low("下移", func() { e.move(1) }),
		low("平均权重", func() { e.even(false) }), low("权重归一", func() { e.even(true) }), layout.NewSpacer(), low("改名称", e.AskName), low("删除本版", e.Drop))
	left := container.NewBorder(tools, e.sums, nil, nil, e.grid)
	split := widgets.NewHSplitter(left, e.right, e.host.Prefs().FloatWithFallback("split.indicator", 0.56))
	split.OnMoved = func(o float64) { e.host.Prefs().SetFloat("split.indicator", o) }
	e.Fill(split, e.emptyState(), low("新建体系", e.create), records.PaperButton(e.host, lang.L("评估指标体系表"), "indicators"))
}

func (e *Editor) emptyState() fyne.CanvasObject {
	text := widget.NewLabelWithStyle(lang.L("指标体系说明给什么打分：维度、指标、1～5 分标准和权重。可以从《评估指标体系》导入，也可以新建。"), fyne.TextAlignCenter, fyne.TextStyle{})
	add := func(target string) func() {
		return func() {
			if err := e.add(target); err != nil {
				e.host.Report(err)
			}
		}
	}
	next := widgets.NewMainButton(lang.L("导入指标体系"), func() { e.host.Go(page.Import, "") })
	row := container.NewHBox(layout.NewSpacer(), next, widgets.NewButton(lang.L("新建岗位层面体系"), add(domain.TargetPoint)), widgets.NewButton(lang.L("新建部门层面体系"), add(domain.TargetUnit)), layout.NewSpacer())
	return container.NewCenter(container.NewVBox(text, row))
}

// show fills the tab with a version.
func (e *Editor) show(sys *domain.IndicatorSystem) {
	e.sys = sys
	e.rows = e.rows[:0]
	for di := range sys.Dimensions {
		e.rows = append(e.rows, edit.Place{Dim: di, Ind: -1})
		for ii := range sys.Dimensions[di].Indicators {
			e.rows = append(e.rows, edit.Place{Dim: di, Ind: ii})
		}
	}
	e.tellSums()
	e.grid.Refresh()
	e.detail.show()
	e.matrix.load()
}

// tellSums says what the weights of every group sum to.
func (e *Editor) tellSums() {
	text, good := Sums(e.sys)
	e.sums.Importance = widget.MediumImportance
	if !good {
		e.sums.Importance = widget.DangerImportance
	}
	e.sums.SetText(text)
}

// Sums says what the weights of every group of a system sum to; good = each to 1.
func Sums(s *domain.IndicatorSystem) (text string, good bool) {
	good = true
	word := func(name string, sum float64) string {
		if sum > 1-1e-6 && sum < 1+1e-6 {
			return fmt.Sprintf("%s %.3f", name, sum)
		}
		good = false
		return fmt.Sprintf(lang.L("%s %.3f（应为 1.000）"), name, sum)
	}
	total, inner := 0.0, ""
	for _, d := range s.Dimensions {
		sum := 0.0
		total += d.Weight
		for _, i := range d.Indicators {
			sum += i.Weight
		}
		inner += "　" + word(d.Code, sum)
	}
	return lang.L("权重合计：") + word(lang.L("各维度"), total) + inner, good
}
