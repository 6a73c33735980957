package riskpoint

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// detail shows one risk point in four tabs: texts, measures, scores, history.
type detail struct {
	host     page.Host
	root     *fyne.Container
	title    *widget.Label
	level    *widgets.LevelTag
	form     *records.Detail
	measures *fyne.Container
	scores   *widget.Label
	history  *widget.Label
	found    *foundBy
	past     *fyne.Container // found and history
	tabs     *container.AppTabs
	point    *domain.RiskPoint
}

// formFields are those that want room; short ones are quicker in the table.
var formFields = []string{"name", "description", "causes", "consequence", "category", "likelihood", "impact", "level",
	"unit", "office", "post", "workflow", "step", "owner", "due", "channels", "note"}

func newDetail(h page.Host) *detail {
	d := &detail{host: h, title: widget.NewLabel(""), level: widgets.NewLevelTag("", nil), measures: container.NewVBox(),
		scores: widget.NewLabel(""), history: widget.NewLabel("")}
	d.found = newFoundBy(h)
	d.past = container.NewVBox(d.found.box, d.history)
	d.title.TextStyle.Bold = true
	d.title.Truncation = fyne.TextTruncateClip
	d.scores.Wrapping, d.history.Wrapping = fyne.TextWrapBreak, fyne.TextWrapBreak
	d.scores.Selectable, d.history.Selectable = true, true
	var fs []fields.Field
	for _, name := range formFields {
		if f, ok := fields.Find(domain.KindRiskPoint, name); ok {
			fs = append(fs, f)
		}
	}
	d.form = records.NewDetailOf(h, fs)
	d.tabs = container.NewAppTabs(
		container.NewTabItem(lang.L("内容"), d.form.Content()),
		container.NewTabItem(lang.L("措施"), container.NewVScroll(d.measures)),
		container.NewTabItem(lang.L("评估"), container.NewVScroll(d.scores)),
		container.NewTabItem(lang.L("记录"), container.NewVScroll(d.past)))
	d.tabs.OnSelected = func(*container.TabItem) { d.fill() }
	head := container.NewBorder(nil, nil, nil, d.level, d.title)
	d.root = container.NewBorder(head, nil, nil, nil, d.tabs)
	d.tabs.Items[1].Text = fmt.Sprintf(lang.L("措施 %d"), 0)
	return d
}

// show puts a point into the head and the tab that is up; nil empties them.
func (d *detail) show(r domain.Record) {
	pt, _ := r.(*domain.RiskPoint)
	d.point = pt
	var level domain.Level
	title, ms := "", []*domain.Measure(nil)
	if pt != nil {
		p := d.host.Session().Pilot
		level = report.PointLevel(p, pt, d.host.Session().Result(0))
		title = pt.Code + "  " + pt.Name
		ms = p.Measures.By(domain.ByPoint, pt.ID)
	}
	if d.title.Text != title {
		d.title.SetText(title)
	}
	d.level.Set(level.Label, report.LevelColor(level.Color))
	if name := fmt.Sprintf(lang.L("措施 %d"), len(ms)); d.tabs.Items[1].Text != name {
		d.tabs.Items[1].Text = name
		d.tabs.Refresh()
	}
	d.fill()
}

// fill fills the tab that is up only: this runs at every step of the cursor.
func (d *detail) fill() {
	if d.point == nil {
		d.form.Show(nil)
		d.fillMeasures(nil)
		d.scores.SetText("")
		d.history.SetText("")
		d.found.show(nil)
		return
	}
	switch d.tabs.SelectedIndex() {
	case 1:
		d.fillMeasures(d.host.Session().Pilot.Measures.By(domain.ByPoint, d.point.ID))
	case 2:
		d.scores.SetText(d.explain(d.point))
	case 3:
		d.found.show(d.point)
		d.history.SetText(d.story(d.point))
		d.past.Refresh()
	default:
		d.form.Show(d.point)
	}
}

// fillMeasures makes an editor per measure.
func (d *detail) fillMeasures(ms []*domain.Measure) {
	d.measures.Objects = nil
	if d.point == nil {
		d.measures.Refresh()
		return
	}
	p := d.host.Session().Pilot
	content, _ := fields.Find(domain.KindMeasure, "content")
	for _, m := range ms {
		text := widgets.NewTextArea(2)
		text.SetText(content.Get(p, m))
		text.OnCommit = func(s string) error { return d.set(m, "content", s) }
		text.OnRefused = d.host.Report
		step := d.stepSelect(m)
		remove := widget.NewButtonWithIcon("", theme.DeleteIcon(), func() { d.run(edit.Delete(domain.KindMeasure, m.ID)) })
		remove.Importance = widget.LowImportance
		info := widget.NewLabel(strings.TrimSpace(m.Owner + "  " + m.Due.String() + "  " + p.MeasureResult(m.ID)))
		info.Importance = widget.LowImportance
		info.Truncation = fyne.TextTruncateClip
		no := widget.NewLabel(fmt.Sprintf("%d.", m.No))
		d.measures.Add(container.NewBorder(nil, nil, no, remove, text))
		d.measures.Add(container.NewBorder(nil, nil, widget.NewLabel(lang.L("　嵌入步骤")), nil, step))
		if info.Text != "" {
			d.measures.Add(info)
		}
	}
	add := widget.NewButtonWithIcon(lang.L("新增措施"), theme.ContentAddIcon(), d.addMeasure)
	d.measures.Add(container.NewHBox(add, layout.NewSpacer()))
	d.measures.Refresh()
}

func (d *detail) stepSelect(m *domain.Measure) fyne.CanvasObject {
	f, _ := fields.Find(domain.KindMeasure, "step")
	p := d.host.Session().Pilot
	s := widget.NewSelect(append([]string{"—"}, f.Options(p, m)...), nil)
	if name := f.Get(p, m); name != "" {
		s.Selected = name
	} else {
		s.Selected = "—"
	}
	s.OnChanged = func(name string) {
		if name == "—" {
			name = ""
		}
		if err := d.set(m, "step", name); err != nil {
			d.host.Report(err)
		}
	}
	return s
}

func (d *detail) set(m *domain.Measure, field, text string) error {
	c := edit.Cell{Kind: domain.KindMeasure, ID: m.ID, Field: field, Text: text}
	err := d.host.Do(edit.SetCells(c))
	if err != nil && records.Offer(d.host, err, c) {
		d.fill()
		return nil
	}
	return err
}

func (d *detail) run(cmd app.Command) {
	if err := d.host.Do(cmd); err != nil {
		d.host.Report(err)
	}
}

func (d *detail) addMeasure() {
	if d.point == nil {
		return
	}
	no := 1
	for _, m := range d.host.Session().Pilot.Measures.By(domain.ByPoint, d.point.ID) {
		no = max(no, m.No+1)
	}
	m := &domain.Measure{Base: domain.Base{Code: fmt.Sprintf("%s-%d", d.point.Code, no)}, Point: domain.To(d.point.ID), No: no,
		Content: lang.L("（填写防范措施）"), Step: d.point.Step, Owner: d.point.Owner, Due: d.point.Due}
	d.run(edit.Add(m, d.host.Session().NewID))
}

// explain opens the point's score into its arithmetic, round by round.
func (d *detail) explain(pt *domain.RiskPoint) string {
	var out strings.Builder
	if pt.MatrixScore() > 0 {
		fmt.Fprintf(&out, lang.L("自评：可能性 %d × 影响程度 %d ＝ %d，自评等级 %s\n\n"), pt.Likelihood, pt.Impact, pt.MatrixScore(), pt.SelfLevel)
	}
	for _, a := range d.host.Session().Pilot.Assessments.All() {
		res := d.host.Session().Result(a.No)
		if res == nil {
			continue
		}
		o := res.Of(pt.ID)
		if o == nil {
			continue
		}
		fmt.Fprintf(&out, "%s\n", a.Name)
		for _, line := range app.ExplainPoint(d.host.Session().Pilot, res, o).Sentences() {
			fmt.Fprintf(&out, "　%s\n", line)
		}
		out.WriteString("\n")
	}
	if out.Len() == 0 {
		return lang.L("还没有评分。在“风险评估”里评分，或导入评分表。")
	}
	return out.String()
}

// story tells what is known about the point: opinions, revisions, information.
func (d *detail) story(pt *domain.RiskPoint) string {
	p := d.host.Session().Pilot
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if pt.Origin != "" {
		add(lang.L("来自 %s"), pt.Origin)
	}
	if pt.Status == domain.PointMerged {
		add(lang.L("已并入 %s"), p.CodeOf(domain.KindRiskPoint, pt.MergedInto))
	}
	for _, x := range p.Opinions.By(domain.ByPoint, pt.ID) {
		add(lang.L("%s 意见 %s：%s（%s）"), x.Received, x.Code, x.Content, x.Decision)
	}
	for _, x := range p.Revisions.By(domain.ByPoint, pt.ID) {
		add(lang.L("%s 依据 %s %s %s%s\n　前：%s\n　后：%s"), x.Date, p.NamesOf(domain.KindOpinion, x.Opinions), x.Type, x.Field, x.Item, x.Before, x.After)
	}
	for _, x := range p.Intelligence.By(domain.ByPoint, pt.ID) {
		add(lang.L("%s 风险信息 %s（%s，%s）：%s"), x.Date, x.Code, x.Source, x.Verified, x.Summary)
	}
	for _, x := range p.Warnings.By(domain.ByPoint, pt.ID) {
		add(lang.L("%s 预警 %s %s：%s"), x.Issued, x.Code, x.Level, x.State)
	}
	if len(out) == 0 {
		return lang.L("还没有记录")
	}
	return strings.Join(out, "\n\n")
}
