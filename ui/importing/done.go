package importing

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// screens says where each kind of record is worked on, in the pilot's order.
var screens = []struct {
	id, title string
	kinds     []domain.Kind
}{
	{page.Plan, "试点方案", []domain.Kind{domain.KindInfo, domain.KindMilestone, domain.KindMember, domain.KindUnit, domain.KindPost, domain.KindAuthority}},
	{page.Workflow, "工作流程", []domain.Kind{domain.KindWorkflow}},
	{page.RiskPoints, "风险排查", []domain.Kind{domain.KindRiskPoint, domain.KindFactor, domain.KindIntelligence}},
	{page.Disclosure, "公示意见", []domain.Kind{domain.KindDisclosure, domain.KindOpinion, domain.KindRevision}},
	{page.Assessment, "风险评估", []domain.Kind{domain.KindSystem, domain.KindScheme, domain.KindAssessment, domain.KindRating}},
	{page.Monitor, "监测预测", []domain.Kind{domain.KindMonitor, domain.KindReading}},
	{page.Warnings, "预警", []domain.Kind{domain.KindWarning}},
	{page.Measures, "防范措施", []domain.Kind{domain.KindMeasure}},
	{page.Inspection, "检查考核", []domain.Kind{domain.KindInspection, domain.KindAppraisal}},
}

// showDone says what came in and where to go on; what did not come in stays listed.
func (p *importPage) showDone(cs domain.ChangeSet) {
	p.imported = true
	title := canvas.NewText(lang.L("已")+cs.Op.Label, theme.Color(theme.ColorNameForeground))
	title.TextSize, title.TextStyle.Bold = theme.Size(theme.SizeNameHeadingText), true
	body := container.NewVBox(title, p.result.counts, gap(8))
	added, changed := map[domain.Kind]int{}, map[domain.Kind]int{}
	for _, c := range cs.Changes {
		if c.Before == nil {
			added[c.Kind]++
		} else {
			changed[c.Kind]++
		}
	}
	rows := container.New(layout.NewFormLayout())
	for _, s := range screens {
		if text := tally(s.kinds, added, changed); text != "" {
			rows.Add(widgets.NewButton(lang.L("去")+lang.L(s.title), func() { p.h.Go(s.id, "") }))
			rows.Add(canvas.NewText(text, theme.Color(theme.ColorNameForeground)))
		}
	}
	body.Add(container.NewHBox(rows))
	body.Add(gap(10))
	again := widgets.NewMainButton(lang.L("继续导入…"), func() { p.clear(); p.choose() })
	foot := container.NewHBox(again)
	body.Add(foot)
	if total(p.sheets.lines).errors > 0 {
		foot.Add(widgets.NewButton(lang.L("把问题退回填表人…"), p.sendBack))
		body.Add(gap(6))
		body.Add(canvas.NewText(lang.L("下面有问题的内容没有导入。在表格里改好后再导入一次即可，已经导入的不会重复。"), theme.Color(theme.ColorNameWarning)))
	}
	head := container.New(layout.NewCustomPaddedLayout(20, 8, 24, 24), body)
	if total(p.sheets.lines).errors == 0 {
		p.show(container.NewBorder(head, nil, nil, nil))
		return
	}
	p.show(container.NewBorder(head, nil, nil, nil, p.result.problems.grid))
}

// tally writes "风险点 新增 20、修改 1" for the kinds that were touched.
func tally(kinds []domain.Kind, added, changed map[domain.Kind]int) string {
	var parts []string
	for _, k := range kinds {
		switch a, c := added[k], changed[k]; {
		case a > 0 && c > 0:
			parts = append(parts, fmt.Sprintf(lang.L("%s 新增 %d、修改 %d"), lang.L(k.String()), a, c))
		case a > 0:
			parts = append(parts, fmt.Sprintf(lang.L("%s 新增 %d"), lang.L(k.String()), a))
		case c > 0:
			parts = append(parts, fmt.Sprintf(lang.L("%s 修改 %d"), lang.L(k.String()), c))
		}
	}
	return strings.Join(parts, "　")
}
