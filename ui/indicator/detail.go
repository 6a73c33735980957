package indicator

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// detail is the form beside the table: an indicator's texts and its 1–5 anchors.
type detail struct {
	e       *Editor
	title   *widget.Label
	note    *widgets.TextArea
	anchors [5]*widgets.TextArea
	hint    *widgets.Prose
	form    fyne.CanvasObject
	root    *fyne.Container
}

func newDetail(e *Editor) *detail {
	d := &detail{e: e, title: widget.NewLabel(""), hint: widgets.NewProse("")}
	d.title.TextStyle.Bold = true
	d.title.Truncation = fyne.TextTruncateClip
	rows := widgets.NewFormRows()
	d.note = d.area(edit.SystemNote, 2)
	rows.Row(lang.L("说明"), d.note)
	for i := range d.anchors {
		d.anchors[i] = d.area(anchorField(i+1), 2)
		rows.Row(fmt.Sprintf(lang.L("%d 分"), i+1), d.anchors[i])
	}
	d.form = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), rows))
	d.root = container.NewBorder(container.NewVBox(d.title, d.hint), nil, nil, nil, container.NewStack(d.form))
	return d
}

func (d *detail) area(field string, rows int) *widgets.TextArea {
	t := widgets.NewTextArea(rows)
	t.OnCommit = func(text string) error {
		at, ok := d.e.place()
		if !ok || at.Ind < 0 {
			return nil
		}
		return d.e.host.Do(edit.SetSystemCells(d.e.sys.ID, edit.SystemCell{Place: at, Field: field, Text: text}))
	}
	t.OnRefused = func(err error) { d.e.host.Report(err) }
	return t
}

// show puts what the cursor is on into the form.
func (d *detail) show() {
	at, ok := d.e.place()
	if !ok {
		d.title.SetText("")
		d.hint.SetText(lang.L("还没有指标，请按“＋指标”。"))
		d.form.Hide()
		return
	}
	dim := &d.e.sys.Dimensions[at.Dim]
	if at.Ind < 0 {
		d.title.SetText(dim.Code + " " + dim.Name)
		d.hint.SetText(fmt.Sprintf(lang.L("维度，权重 %.4f，%d 项指标。选中一项指标，在这里写说明和 1～5 分标准；权重的来源在旁边的“权重来源”。"), dim.Weight, len(dim.Indicators)))
		d.form.Hide()
		return
	}
	d.form.Show()
	ind := &dim.Indicators[at.Ind]
	d.title.SetText(ind.Code + " " + ind.Name)
	d.hint.SetText(says(ind, dim))
	set(d.note, ind.Note)
	for i, t := range d.anchors {
		set(t, ind.Anchors[i])
	}
}

func says(i *domain.Indicator, d *domain.Dimension) string {
	how := lang.L("正向：分越高风险越大")
	if i.Reverse {
		how = lang.L("逆向：分越高控制越好，汇总时按 6－得分换算")
	}
	return fmt.Sprintf(lang.L("%s。组内权重 %.4f，总权重 %.4f。"), how, i.Weight, d.Weight*i.Weight)
}

func set(t *widgets.TextArea, text string) {
	if t.Text != text {
		t.SetText(text)
	}
}
