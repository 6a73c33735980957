// Package overview is the page 总览: where the pilot stands, what waits, and how
// the risks are spread.
package overview

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/records"
	"lianshao/ui/theme"
	"lianshao/ui/widgets"
)

// Overview is the page.
type Overview struct {
	host   page.Host
	root   *fyne.Container
	head   *widget.Label
	todo   *fyne.Container
	charts []*pen.Chart
	empty  fyne.CanvasObject
	full   fyne.CanvasObject
	lower  *canvas.Text // heading of the lower chart
}

// New builds the page.
func New(h page.Host) page.Page {
	o := &Overview{host: h, root: container.NewStack(), head: widget.NewLabel(""), todo: container.NewVBox()}
	o.head.TextStyle.Bold = true
	o.head.Truncation = fyne.TextTruncateClip
	o.empty = o.firstSteps()
	o.full = o.dashboard()
	o.update()
	return o
}

// Content is the page.
func (o *Overview) Content() fyne.CanvasObject { return o.root }

// Show needs nothing.
func (o *Overview) Show(string) {}

// Changed draws everything again.
func (o *Overview) Changed(app.Event) { o.update() }

func (o *Overview) input() report.Input { return report.NewInput(o.host.Session(), 0) }

// update shows the pilot as it is now.
func (o *Overview) update() {
	in := o.input()
	want := o.full
	if in.Pilot.RiskPoints.Len() == 0 {
		want = o.empty
	}
	if len(o.root.Objects) == 0 || o.root.Objects[0] != want {
		o.root.Objects = []fyne.CanvasObject{want}
		o.root.Refresh()
	}
	o.head.SetText(headline(in))
	for _, c := range o.charts {
		c.Update()
	}
	o.fillTodo(o.host.Session().Todos())
	o.lower.Text, _ = report.Shifts(in, 10)
	o.lower.Refresh()
}

// headline says where the pilot stands: the counts, the steps, the round.
func headline(in report.Input) string {
	s := strings.Join(report.Standing(in), "　　")
	if in.Result != nil && in.Result.Incomplete > 0 {
		s += "　　" + fmt.Sprintf(lang.L("%s还有 %d 个风险点没有评完"), in.Result.Round.Name, in.Result.Incomplete)
	}
	return s
}

// chart makes one picture of the dashboard; taps open the filtered table.
func (o *Overview) chart(min fyne.Size, build func(in report.Input) chart.Model) *pen.Chart {
	c := pen.NewChart(min, func(w, h float64) draw.Drawing {
		return chart.Layout(build(o.input()), w, h, o.host.Metrics())
	})
	c.OnTapped = func(key string) {
		if key != "" {
			o.host.Go(page.RiskPoints, key)
		}
	}
	o.charts = append(o.charts, c)
	return c
}

func (o *Overview) dashboard() fyne.CanvasObject {
	counts := o.chart(fyne.NewSize(300, 70), report.LevelCounts)
	units := o.chart(fyne.NewSize(300, 120), func(in report.Input) chart.Model { return report.LevelsByUnit(in) })
	matrix := o.chart(fyne.NewSize(260, 220), func(in report.Input) chart.Model { return report.RiskMatrix(in) })
	rounds := o.chart(fyne.NewSize(300, 200), func(in report.Input) chart.Model {
		_, m := report.Shifts(in, 10)
		return m
	})
	channels := o.chart(fyne.NewSize(280, 66), report.ChannelYield)
	measures := o.chart(fyne.NewSize(280, 110), func(in report.Input) chart.Model { return report.MeasuresByUnit(in) })
	levels := section(lang.L("预警等级"), container.NewBorder(counts, nil, nil, nil, units))
	top := container.NewGridWithColumns(3, levels, section(lang.L("风险矩阵（可能性×影响程度）"), matrix),
		section(lang.L("要做的事"), container.NewVScroll(container.New(narrow{}, o.todo))))
	o.lower = heading("")
	shifts := container.NewPadded(container.NewBorder(o.lower, nil, nil, nil, rounds))
	side := container.NewBorder(section(lang.L("来源渠道"), channels), nil, nil, nil, section(lang.L("防范措施落实"), measures))
	bottom := widgets.NewHSplitter(shifts, side, 0.66)
	bar := container.NewBorder(nil, nil, nil, records.PrintButton(o.host, "overview"), o.head)
	return container.NewBorder(bar, nil, nil, nil, container.New(&rows{0.5}, top, bottom))
}

// section is a heading over content, without a frame.
func section(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewPadded(container.NewBorder(heading(title), nil, nil, nil, content))
}

func heading(title string) *canvas.Text {
	t := canvas.NewText(title, theme.Accent)
	t.TextStyle.Bold = true
	return t
}

func (o *Overview) fillTodo(todos []app.Todo) {
	o.todo.Objects = nil
	if len(todos) == 0 {
		o.todo.Add(widget.NewLabel(lang.L("没有等着办的事")))
	}
	for i, t := range todos {
		if i == 40 {
			o.todo.Add(widget.NewLabel(fmt.Sprintf(lang.L("……还有 %d 项"), len(todos)-40)))
			break
		}
		b := widget.NewButton(t.Text, func() { o.host.Go(t.Screen, t.Arg) })
		b.Alignment, b.Importance = widget.ButtonAlignLeading, widget.LowImportance
		tag := canvas.NewText(t.When, chart.Grey)
		if t.Urgent {
			tag.Color = chart.Red
			tag.TextStyle.Bold = true
		}
		cell := container.NewGridWrap(fyne.NewSize(48, 30), container.NewBorder(nil, nil, nil, nil, tag))
		o.todo.Add(container.NewBorder(nil, nil, cell, nil, b))
	}
	o.todo.Refresh()
}

// firstSteps is what an empty pilot shows: the usual order of work.
func (o *Overview) firstSteps() fyne.CanvasObject {
	box := container.NewVBox()
	title := widget.NewLabelWithStyle(lang.L("从这里开始"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = "subHeadingText"
	box.Add(title)
	step := func(label, hint, screen string) {
		b := widget.NewButton(lang.L(label), func() { o.host.Go(screen, "") })
		h := widget.NewLabel(lang.L(hint))
		h.Importance = widget.LowImportance
		box.Add(container.NewHBox(container.NewGridWrap(fyne.NewSize(170, 34), b), h, layout.NewSpacer()))
	}
	step("1  导入现有表格", "自查表、一览表、流程表、职权目录……把 Excel 文件拖进窗口也可以", page.Import)
	step("2  梳理工作流程", "画出每个流程的步骤和责任岗位", page.Workflow)
	step("3  排查风险点", "自己查、组织点、群众帮，逐个登记", page.RiskPoints)
	step("4  评估与预警", "导入或录入评分，得出红橙黄蓝等级", page.Assessment)
	step("5  打印报表", "自查表、一览表、预警登记表、防范措施表、流程图", page.Reports)
	return container.NewCenter(box)
}

// narrow gives its content the width there is, so that a long line is clipped
// and does not widen the window.
type narrow struct{}

// MinSize implements fyne.Layout.
func (narrow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// rows stacks two parts; the first takes its share of the height.
type rows struct{ share float32 }

// MinSize implements fyne.Layout.
func (r *rows) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

// Layout implements fyne.Layout.
func (r *rows) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := max(size.Height*r.share, objects[0].MinSize().Height)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, top))
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, size.Height-top))
}
