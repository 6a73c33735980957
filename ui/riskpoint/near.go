package riskpoint

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// near is the tab 疑似重复: pairs of points of one unit whose texts are alike.
type near struct {
	host  page.Host
	pairs []domain.Near
	grid  *widgets.DataGrid
	count *widget.Label
	none  fyne.CanvasObject
	place *fyne.Container
}

func newNear(h page.Host) *near { return &near{host: h} }

func (n *near) content() fyne.CanvasObject {
	n.count = widget.NewLabel("")
	n.grid = widgets.NewDataGrid([]widgets.Column{{ID: "like", Title: lang.L("相近"), Width: 60, Align: widgets.AlignRight}, {ID: "unit", Title: lang.L("部门"), Width: 150},
		{ID: "a", Title: lang.L("风险点"), Width: 80}, {ID: "atext", Title: lang.L("表现形式"), Width: 340, Grow: true},
		{ID: "b", Title: lang.L("与它相近的"), Width: 90}, {ID: "btext", Title: lang.L("表现形式"), Width: 340, Grow: true}}, n)
	n.grid.OnActivate = n.merge
	n.grid.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("比较、合并…"), func() { n.merge(rows[0]) })}
	}
	act := widget.NewButton(lang.L("比较、合并…"), func() { row, _ := n.grid.Current(); n.merge(row) })
	act.Importance = widget.LowImportance
	hint := widget.NewLabel(lang.L("同一部门、文字相近的风险点。不是一件事的不用管；别的两点要合并，在“风险点”里选中两行，右键“合并”"))
	hint.Importance = widget.LowImportance
	hint.Truncation = fyne.TextTruncateClip
	n.none = container.NewCenter(widget.NewLabel(lang.L("没有文字相近的风险点。")))
	n.place = container.NewStack(n.grid)
	return container.NewBorder(container.NewVBox(container.NewHBox(act, layout.NewSpacer(), n.count), hint), nil, nil, nil, n.place)
}

// fill compares the points, beside the window.
func (n *near) fill() {
	p := n.host.Session().Pilot
	var pairs []domain.Near
	if p.RiskPoints.Len() < manyPoints {
		n.take(p.NearDuplicates())
		return
	}
	n.host.Work(lang.L("正在比较风险点"), func(ctx context.Context, _ func(int, int)) error { pairs = p.NearDuplicates(); return ctx.Err() }, func(err error) {
		if err == nil {
			n.take(pairs)
		}
	})
}

func (n *near) take(pairs []domain.Near) {
	n.pairs = pairs
	n.count.SetText(fmt.Sprintf(lang.L("%d 对"), len(pairs)))
	want := fyne.CanvasObject(n.grid)
	if len(pairs) == 0 {
		want = n.none
	}
	n.place.Objects = []fyne.CanvasObject{want}
	n.place.Refresh()
	n.grid.Refresh()
}

// Len implements widgets.Source.
func (n *near) Len() int { return len(n.pairs) }

// Cell implements widgets.Source.
func (n *near) Cell(row int, col string) widgets.Cell {
	x := &n.pairs[row]
	switch col {
	case "like":
		return widgets.Cell{Text: fmt.Sprintf("%.0f%%", x.Likeness*100)}
	case "unit":
		return widgets.Cell{Text: n.host.Session().Pilot.NameOf(domain.KindUnit, x.A.Unit)}
	case "a":
		return widgets.Cell{Text: x.A.Code}
	case "b":
		return widgets.Cell{Text: x.B.Code}
	case "atext":
		return widgets.Cell{Text: textOf(x.A)}
	}
	return widgets.Cell{Text: textOf(x.B)}
}

func textOf(r *domain.RiskPoint) string {
	if r.Description != "" {
		return r.Description
	}
	return r.Name
}

func (n *near) merge(row int) {
	if row >= 0 && row < len(n.pairs) {
		askMerge(n.host, n.pairs[row].A, n.pairs[row].B)
	}
}

// askMerge shows two points beside each other and merges one into the other.
func askMerge(h page.Host, a, b *domain.RiskPoint) {
	text := widgets.NewTextArea(3)
	text.SetText(a.Description)
	keep := widget.NewRadioGroup([]string{fmt.Sprintf(lang.L("保留 %s"), a.Code), fmt.Sprintf(lang.L("保留 %s"), b.Code)}, nil)
	keep.Horizontal, keep.Required = true, true
	chosen := func() (stays, goes *domain.RiskPoint) {
		if keep.Selected == keep.Options[1] {
			return b, a
		}
		return a, b
	}
	keep.SetSelected(keep.Options[0])
	keep.OnChanged = func(string) { stays, _ := chosen(); text.SetText(stays.Description) }
	reason, by := widgets.NewEntry(), widgets.NewEntry()
	reason.SetPlaceHolder(lang.L("公示过的要写"))
	beside := container.NewGridWithColumns(2, pointCard(h, a), pointCard(h, b))
	form := container.NewVBox(beside, widgets.NewFormRows().Row(lang.L("合并后"), keep).Row(lang.L("表现形式"), text).
		Row(lang.L("理由"), reason).Row(lang.L("决定人"), by))
	page.Ask(h, page.Question{Title: lang.L("合并风险点"), Yes: lang.L("合并"), Form: form, Width: 860, Act: func() error {
		stays, goes := chosen()
		err := h.Do(edit.MergePoints(edit.Merging{Keep: stays.ID, Lose: goes.ID, Description: text.Text, Reason: reason.Text, By: strings.TrimSpace(by.Text),
			Date: h.Session().Today()}, h.Session().NewID))
		if err == nil {
			h.Toast(fmt.Sprintf(lang.L("%s 已并入 %s，可按 Ctrl+Z 撤销"), goes.Code, stays.Code))
		}
		return err
	}})
}

// pointCard is a point in words, to be compared with another.
func pointCard(h page.Host, r *domain.RiskPoint) fyne.CanvasObject {
	p := h.Session().Pilot
	var found []string
	for _, x := range r.FoundBy() {
		found = append(found, findingText(r, x))
	}
	rows := widgets.NewFormRows().Section(strings.TrimSpace(r.Code + "　" + r.Name))
	add := func(label, text string) {
		l := widget.NewLabel(text)
		l.Wrapping = fyne.TextWrapBreak
		rows.Row(label, l)
	}
	add(lang.L("岗位"), p.NameOf(domain.KindPost, r.Post))
	add(lang.L("环节"), p.NameOf(domain.KindStep, r.Step))
	add(lang.L("表现形式"), r.Description)
	add(lang.L("成因"), r.Causes)
	add(lang.L("来源"), strings.Join(found, "\n"))
	add(lang.L("措施"), fmt.Sprintf(lang.L("%d 条"), len(p.Measures.By(domain.ByPoint, r.ID))))
	return rows
}

// menu is what can be done with chosen points, before the usual items.
func (p *Page) menu(at []int) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	pick := func(i int) *domain.RiskPoint { r, _ := p.grid.Model.Record(at[i]).(*domain.RiskPoint); return r }
	if len(at) == 2 && pick(0) != nil && pick(1) != nil {
		items = append(items, fyne.NewMenuItem(fmt.Sprintf(lang.L("合并 %s 和 %s…"), pick(0).Code, pick(1).Code), func() { askMerge(p.host, pick(0), pick(1)) }))
	}
	if len(at) == 1 && pick(0) != nil && domain.PointLife.Allows(domain.StateOfPoint(pick(0)), domain.EventRestore) {
		items = append(items, fyne.NewMenuItem(lang.L("恢复为有效"), func() { p.host.Report(p.host.Do(edit.RestorePoint(pick(0).ID))) }))
	}
	return items
}
