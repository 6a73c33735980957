// Package handout is the 导出表格 dialog: which table goes out to be filled in, to
// whom, and into which folder the workbooks are written.
package handout

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Write makes the workbooks in a folder, beside the window, and tells how it went.
func Write(h page.Host, files []export.FormFile, dir string) {
	p, mark := h.Session().Pilot, export.MarkOf(h.Session().Store, true)
	h.Work(lang.L("正在生成表格"), func(ctx context.Context, progress func(done, total int)) error {
		for i, f := range files {
			wb, err := export.Form(p, f.Request)
			if err != nil {
				return err
			}
			wb.Mark = mark
			if err := h.Files().WriteBook(ctx, filepath.Join(dir, f.Name), wb); err != nil {
				return err
			}
			progress(i+1, len(files))
		}
		return nil
	}, func(err error) {
		if err != nil {
			h.Report(err)
			return
		}
		h.Toast(fmt.Sprintf(lang.L("已在 %s 生成 %d 份，填好交回后拖进窗口即可"), dir, len(files)))
	})
}

// whole is the way of sharing out in which there is one workbook for all.
const whole export.Each = ""

// titles say to whom a table goes.
var titles = map[export.Each]string{whole: "不分，一份", export.EachUnit: "每个部门一份", export.EachPost: "每个岗位一份", export.EachAssessor: "每位评分人一份"}

// dialog is the open dialog.
type dialog struct {
	h      page.Host
	kind   *widget.Select
	share  *widget.Select
	round  *widget.Select
	grid   *widgets.DataGrid
	modal  *widgets.Modal
	ok     *widgets.Button
	hint   *widget.Label
	kinds  []domain.Kind
	shares []export.Each
	rounds []int
	files  []export.FormFile
	left   map[int]bool // files that are not made
}

// Ask opens the dialog.
func Ask(h page.Host) {
	d := &dialog{h: h, kinds: export.FormKinds(), left: map[int]bool{}, hint: widget.NewLabel("")}
	var names, rounds []string
	for _, k := range d.kinds {
		names = append(names, lang.L(export.FormTitle(k)))
	}
	for _, a := range h.Session().Pilot.Assessments.All() {
		rounds = append(rounds, a.Title())
		d.rounds = append(d.rounds, a.No)
	}
	d.round = widget.NewSelect(rounds, nil)
	d.round.PlaceHolder = lang.L("（还没有评估轮次）")
	if len(rounds) > 0 {
		d.round.SetSelectedIndex(len(rounds) - 1)
	}
	d.share = widget.NewSelect(nil, func(string) { d.list() })
	d.kind = widget.NewSelect(names, func(string) { d.choose() })
	d.round.OnChanged = func(string) { d.list() }
	d.grid = widgets.NewDataGrid([]widgets.Column{{ID: "take", Title: lang.L("生成"), Width: 50, Align: widgets.AlignCenter},
		{ID: "who", Title: lang.L("给谁填"), Width: 240, Grow: true}, {ID: "name", Title: lang.L("文件名"), Width: 330, Grow: true}}, d)
	d.grid.OnToggle = d.toggle
	form := widgets.NewFormRows().Row(lang.L("哪种表"), d.kind).Row(lang.L("分给谁"), d.share).Row(lang.L("评估轮次"), d.round)
	d.ok = widgets.NewMainButton(lang.L("选文件夹并生成…"), d.write)
	all := widgets.NewButton(lang.L("全选"), func() { d.tick(true) })
	none := widgets.NewButton(lang.L("全不选"), func() { d.tick(false) })
	cancel := widgets.NewButton(lang.L("取消"), func() { d.modal.Close() })
	d.kind.SetSelectedIndex(0)
	d.modal = widgets.NewModal(h.Window(), lang.L("导出表格，发给部门、岗位、评分人填写"), container.NewBorder(container.NewVBox(form, d.hint), nil, nil, nil, d.grid),
		fyne.NewSize(760, 560), []fyne.CanvasObject{all, none}, cancel, d.ok)
	d.modal.Keys(d.write, d.modal.Close)
}

func (d *dialog) chosen() domain.Kind { return d.kinds[max(d.kind.SelectedIndex(), 0)] }

// choose offers the ways in which the table can be shared out.
func (d *dialog) choose() {
	d.shares = append(export.Shares(d.chosen()), whole)
	d.share.Options = nil
	for _, s := range d.shares {
		d.share.Options = append(d.share.Options, lang.L(titles[s]))
	}
	if d.chosen() == domain.KindRating && len(d.rounds) > 0 {
		d.round.Enable()
	} else {
		d.round.Disable()
	}
	d.share.ClearSelected()
	d.share.SetSelectedIndex(0)
}

// list shows the workbooks that would be made.
func (d *dialog) list() {
	i := d.share.SelectedIndex()
	if i < 0 || d.grid == nil {
		return
	}
	p, q := d.h.Session().Pilot, export.Request{Kind: string(d.chosen())}
	if r := d.round.SelectedIndex(); r >= 0 && d.chosen() == domain.KindRating {
		q.Round = d.rounds[r]
	}
	d.left = map[int]bool{}
	if d.shares[i] == whole {
		d.files = nil
		if export.Empty(p, q) == nil {
			d.files = []export.FormFile{{Name: export.FormTitle(d.chosen()) + ".xlsx", Request: q}}
		}
	} else {
		d.files = export.FormFiles(p, q, d.shares[i])
	}
	d.grid.SetSource(d)
	d.say()
}

// say counts what would be made, or tells what lacks.
func (d *dialog) say() {
	n := len(d.files) - len(d.left)
	text := fmt.Sprintf(lang.L("将生成 %d 份工作簿：有下拉和填写提示，只有该填的格子能改；交回后直接导入，不用对列。"), n)
	if err := export.Empty(d.h.Session().Pilot, export.Request{Kind: string(d.chosen())}); err != nil {
		text = app.Sentence(err)
	} else if len(d.files) == 0 {
		text = map[export.Each]string{export.EachUnit: lang.L("试点里还没有部门，请先登记或导入部门，或选“不分，一份”。"), export.EachPost: lang.L("试点里还没有岗位，请先登记或导入岗位职权表。"),
			export.EachAssessor: lang.L("这一轮还没有评分人，请先在“风险评估”的“设置”里选。")}[d.shares[max(d.share.SelectedIndex(), 0)]]
	}
	d.hint.SetText(text)
	if d.ok != nil && n == 0 {
		d.ok.Disable()
	} else if d.ok != nil {
		d.ok.Enable()
	}
}

func (d *dialog) toggle(row int, _ string, on bool) error {
	if on {
		delete(d.left, row)
	} else {
		d.left[row] = true
	}
	d.grid.Refresh()
	d.say()
	return nil
}

func (d *dialog) tick(on bool) {
	for i := range d.files {
		if on {
			delete(d.left, i)
		} else {
			d.left[i] = true
		}
	}
	d.grid.Refresh()
	d.say()
}

// write asks for the folder. What cannot be made is said before a folder is chosen.
func (d *dialog) write() {
	var files []export.FormFile
	for i, f := range d.files {
		if !d.left[i] {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return
	}
	if _, err := export.Form(d.h.Session().Pilot, files[0].Request); err != nil {
		d.hint.SetText(app.Sentence(err))
		return
	}
	d.modal.Close()
	d.h.Files().ChooseTarget(func(dir string) { Write(d.h, files, dir) })
}

// Len implements widgets.Source.
func (d *dialog) Len() int { return len(d.files) }

// Cell implements widgets.Source.
func (d *dialog) Cell(row int, col string) widgets.Cell {
	f := d.files[row]
	switch col {
	case "take":
		if d.left[row] {
			return widgets.Cell{Check: widgets.Unchecked}
		}
		return widgets.Cell{Check: widgets.Checked}
	case "who":
		return widgets.Cell{Text: who(f.Request), Muted: d.left[row]}
	}
	return widgets.Cell{Text: f.Name, Muted: true}
}

func who(q export.Request) string {
	switch {
	case q.Assessor != "":
		return q.Assessor
	case q.Post != "":
		return q.Unit + " " + q.Post
	case q.Unit != "":
		return q.Unit
	}
	return lang.L("全部")
}
