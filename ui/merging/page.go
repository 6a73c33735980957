// Package merging is the 汇总 page: other people's pilots chosen, what each brings
// and where it disagrees, decided row by row or by rule. Nothing changes before the
// person confirms, and then it is one operation.
package merging

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/merge"
	"lianshao/app/sides"
	"lianshao/ui/disputes"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// extensions of what can be merged: pilots and exchange packages.
var extensions = []string{".lianshao", app.ParcelExtension}

// rules are offered in this order.
var rules = []struct {
	side  merge.Side
	title string
}{{merge.Newer, "取后改的"}, {merge.Mine, "取本试点的"}, {merge.Theirs, "取对方的"}}

// mergePage is the page: nothing chosen, pilots read and planned, or just merged.
type mergePage struct {
	h      page.Host
	stores withSecrets

	sources   []*merge.Source
	plan      *merge.Plan
	rule      merge.Side
	decided   map[merge.ConflictID]merge.Side
	finishing bool
	merged    bool

	root      *fyne.Container
	files     *widgets.DataGrid
	conflicts *disputes.List
	disputes  []*merge.Dispute
	changes   *records.Changes
	lists     *container.AppTabs
	doubts    *widgets.Prose
	counts    *canvas.Text
	ruleBox   *fyne.Container
	confirm   *widgets.Button
	view      fyne.CanvasObject
}

var _ page.Page = (*mergePage)(nil)

// New makes the page; stores opens the chosen pilots.
func New(h page.Host, stores app.Stores) page.Page {
	p := &mergePage{h: h, stores: withSecrets{stores, map[string]string{}}, decided: map[merge.ConflictID]merge.Side{}, root: container.NewStack()}
	p.build()
	p.showEmpty()
	return p
}

// Content implements page.Page.
func (p *mergePage) Content() fyne.CanvasObject { return p.root }

// Show implements page.Page; arg holds the paths of pilots and folders, one a line.
func (p *mergePage) Show(arg string) {
	if paths := strings.FieldsFunc(arg, func(r rune) bool { return r == '\n' }); len(paths) > 0 {
		p.load(paths)
	}
}

// Changed implements page.Page: a plan is of the pilot as it was.
func (p *mergePage) Changed(e app.Event) {
	if p.finishing || len(p.sources) == 0 || p.merged && (e.Op.Name != merge.OpName || e.Action != app.ActionUndo) {
		return
	}
	p.replan()
}

func (p *mergePage) choose() { p.h.Files().ChooseOpen(extensions, p.load) }

func (p *mergePage) chooseFolder() {
	p.h.Files().ChooseFolder(func(dir string) { p.load([]string{dir}) })
}

func (p *mergePage) clear() {
	p.sources, p.plan, p.merged = nil, nil, false
	clear(p.decided)
	p.showEmpty()
}

// load reads pilots side by side and adds them; one read before is read again.
func (p *mergePage) load(paths []string) {
	var fresh []*merge.Source
	into, anchors := p.h.Session().Store.Path(), merge.AnchorsOf(p.h.Session().Pilot)
	p.h.Work(lang.L("正在读取试点"), func(ctx context.Context, progress func(done, total int)) error {
		found, err := app.FilesUnder(paths, extensions)
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(path string) bool { return sameFile(path, into) })
		if len(found) == 0 {
			return app.E(app.CodeInvalid, "没有别的试点文件（*.lianshao）或交换包（*.lianshao-pack）可以汇总")
		}
		fresh, err = merge.Read(ctx, p.stores, found, anchors, progress)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		if p.merged {
			p.clear()
		}
		for _, s := range fresh {
			p.sources = slices.DeleteFunc(p.sources, func(old *merge.Source) bool { return old.Path == s.Path })
		}
		p.sources = append(p.sources, fresh...)
		p.askPasswords(fresh)
	})
}

func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

func (p *mergePage) failed(err error) {
	if app.CodeOf(err) != app.CodeCanceled {
		p.h.Report(err)
	}
}

// replan works out what the merge would do, reading the journal anew.
func (p *mergePage) replan() {
	s := p.h.Session()
	var plan *merge.Plan
	p.h.Work(lang.L("正在核对内容"), func(_ context.Context, progress func(done, total int)) (err error) {
		plan, err = merge.NewPlan(s, p.sources, merge.Options{Rule: p.rule, Decide: p.decided, Now: s.Clock(), Who: s.Actor, NewID: s.NewID, Each: progress})
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.plan, p.merged = plan, false
		p.showPlan()
	})
}

// decide plans again after a decision.
func (p *mergePage) decide() {
	p.plan.Decide(p.rule, p.decided)
	p.showPlan()
}

// ask asks once more when a pilot's journal is not the one that was merged before.
func (p *mergePage) ask() {
	doubts := p.plan.Doubts()
	if len(doubts) == 0 {
		p.commit()
		return
	}
	widgets.Confirm(p.h.Window(), lang.L("操作记录和上次不一样"), lang.L("有的试点以前汇总过，它的操作记录和那时不一样，原因写在上面。确定还要汇总吗？"), lang.L("已问清楚，汇总"), p.commit)
}

// commit brings the pilots in: to disk beside the window, into memory on its goroutine.
func (p *mergePage) commit() {
	s, plan := p.h.Session(), p.plan
	var pending *app.Pending
	p.h.Work(lang.L("正在汇总"), func(ctx context.Context, _ func(int, int)) error {
		if err := ctx.Err(); err != nil {
			return app.Wrap(app.CodeCanceled, err, "已取消汇总")
		}
		err := plan.CopyContents(p.stores, s.Store)
		if err == nil {
			pending, err = s.Begin(s.Actor, plan.Command())
		}
		return err
	}, func(err error) {
		switch {
		case pending != nil: // it is on disk, whatever was pressed meanwhile
			p.finishing = true
			pending.Finish()
			p.finishing, p.merged = false, true
			p.showDone()
			p.h.Toast(fmt.Sprintf(lang.L("已%s，可按 Ctrl+Z 撤销"), pending.Changes().Op.Label))
		case err != nil:
			p.failed(err)
		default:
			p.h.Toast(lang.L("试点里已经都有了，没有需要汇总的内容"))
		}
	})
}

func (p *mergePage) build() {
	number := func(id, title string) widgets.Column {
		return widgets.Column{ID: id, Title: lang.L(title), Width: 62, Align: widgets.AlignRight}
	}
	p.files = widgets.NewDataGrid([]widgets.Column{{ID: "file", Title: lang.L("文件"), Width: 230}, {ID: "pilot", Title: lang.L("试点"), Width: 250, Grow: true},
		number("new", "新增"), number("changed", "改变"), number("same", "相同"), number("deleted", "删除"), number("conflicts", "不一致"),
		{ID: "note", Title: lang.L("说明"), Width: 260, Grow: true}}, fileSource{p})
	p.files.OnDelete = p.remove
	p.conflicts = disputes.New(p.h.Window(), p.takeSide)
	p.changes = records.NewChanges(true)
	p.lists = container.NewAppTabs()
	p.counts = canvas.NewText("", theme.Color(theme.ColorNameForeground))
	p.counts.TextStyle.Bold = true
	var titles []string
	for _, r := range rules {
		titles = append(titles, lang.L(r.title))
	}
	rule := widget.NewSelect(titles, nil)
	rule.SetSelectedIndex(0)
	rule.OnChanged = func(string) {
		disputes.AskRule(p.h.Window(), len(p.decided), func(all bool) {
			if p.rule = rules[rule.SelectedIndex()].side; all {
				clear(p.decided)
			}
			p.decide()
		})
	}
	p.ruleBox = container.NewHBox(widgets.NewButton(lang.L("对照全文…"), p.conflicts.Compare), container.NewCenter(quiet(lang.L("说法不一致时"))), container.NewGridWrap(fyne.NewSize(150, 34), rule))
	p.confirm = widgets.NewMainButton(lang.L("汇总"), p.ask)
	remove := widgets.NewButton(lang.L("移除"), func() { p.remove(p.files.SelectedRows()) })
	top := bar(widgets.NewButton(lang.L("选择试点文件…"), p.choose), widgets.NewButton(lang.L("选择文件夹…"), p.chooseFolder), remove, layout.NewSpacer(),
		quiet(lang.L("只看，还没有改动本试点；可以再把试点文件拖进来")))
	foot := bar(p.counts, layout.NewSpacer(), p.ruleBox, widgets.NewButton(lang.L("取消"), p.clear), p.confirm)
	p.doubts = widgets.NewProse("")
	p.doubts.Importance = widget.WarningImportance
	p.doubts.Hide()
	p.view = container.NewBorder(nil, foot, nil, nil, widgets.NewVSplitter(container.NewBorder(container.NewVBox(top, p.doubts), nil, nil, nil, p.files), p.lists, 0.42))
}

func bar(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), container.NewHBox(objects...))
}

func quiet(text string) *canvas.Text {
	return canvas.NewText(text, theme.Color(theme.ColorNamePlaceHolder))
}

func (p *mergePage) show(o fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{o}
	p.root.Refresh()
}

// showEmpty says what merging is for.
func (p *mergePage) showEmpty() {
	head := canvas.NewText(lang.L("把各部门、各学校自己的试点文件汇总到本试点"), theme.Color(theme.ColorNameForeground))
	head.TextSize = theme.Size(theme.SizeNameHeadingText)
	buttons := container.NewHBox(widgets.NewMainButton(lang.L("选择试点文件…"), p.choose), widgets.NewButton(lang.L("选择文件夹…"), p.chooseFolder))
	lines := container.NewVBox(container.NewCenter(head))
	for _, text := range []string{lang.L("逐项比较：只有一边改过的取改过的；两边都改了又不一样的，列出来由你定。"),
		lang.L("先后次序、重复汇总都不影响结果；每条记录记住来自哪个文件；一次操作，可以撤销。"),
		lang.L("别的学校的试点，部门和编号前面加上校名，不会和本校的混在一起。"),
		lang.L("试点文件（*.lianshao）和别人发来的加密交换包（*.lianshao-pack，会问密码）都可以。")} {
		lines.Add(container.NewCenter(quiet(text)))
	}
	lines.Add(container.New(layout.NewCustomPaddedLayout(14, 0, 0, 0), container.NewCenter(buttons)))
	p.show(container.NewCenter(lines))
}

// shownDoubts is how many files with another journal are told in full.
const shownDoubts = 3

func (p *mergePage) showPlan() {
	if len(p.sources) == 0 {
		p.showEmpty()
		return
	}
	p.files.Refresh()
	p.doubts.Hide()
	if doubts := p.plan.Doubts(); len(doubts) > 0 {
		if more := len(doubts) - shownDoubts; more > 0 {
			doubts = append(doubts[:shownDoubts], fmt.Sprintf(lang.L("……另有 %d 个文件"), more))
		}
		p.doubts.SetText(strings.Join(doubts, "\n"))
		p.doubts.Show()
	}
	p.showDisputes()
	p.changes.Set(p.h.Session().Pilot, p.plan.Changes)
	added, changed, same, deleted, conflicts, unread := p.plan.Totals()
	p.counts.Text = fmt.Sprintf(lang.L("新增 %d · 改变 %d · 相同 %d · 删除 %d · 不一致 %d"), added, changed, same, deleted, conflicts)
	if unread > 0 {
		p.counts.Text += fmt.Sprintf(lang.L(" · 读不出来的文件 %d"), unread)
	}
	p.counts.Refresh()
	p.lists.Items = nil
	p.ruleBox.Hide()
	if conflicts > 0 {
		p.ruleBox.Show()
		p.lists.Items = append(p.lists.Items, container.NewTabItem(fmt.Sprintf(lang.L("不一致 %d"), conflicts), p.conflicts.Grid))
	}
	p.lists.Items = append(p.lists.Items, container.NewTabItem(lang.L("将新增、改变的内容"), p.changes.Grid))
	p.lists.SelectIndex(0)
	p.lists.Refresh()
	if added+changed+deleted+conflicts == 0 {
		p.confirm.Disable()
	} else {
		p.confirm.Enable()
	}
	if len(p.root.Objects) != 1 || p.root.Objects[0] != p.view {
		p.show(p.view)
	}
}

// showDone says what came in.
func (p *mergePage) showDone() {
	head := canvas.NewText(lang.L("已经汇总"), theme.Color(theme.ColorNameForeground))
	head.TextSize, head.TextStyle.Bold = theme.Size(theme.SizeNameHeadingText), true
	p.counts.Refresh()
	body := container.NewVBox(head, p.counts, container.NewHBox(widgets.NewMainButton(lang.L("看风险点"), func() { p.h.Go(page.RiskPoints, "") }),
		widgets.NewButton(lang.L("再汇总几个…"), func() { p.clear(); p.choose() })))
	p.show(container.NewBorder(container.New(layout.NewCustomPaddedLayout(20, 8, 24, 24), body), nil, nil, nil, p.files))
}

// remove takes pilots off the list.
func (p *mergePage) remove(rows []int) {
	var gone []*merge.Source
	for _, r := range rows {
		if r >= 0 && r < len(p.sources) {
			gone = append(gone, p.sources[r])
		}
	}
	if p.merged || len(gone) == 0 {
		return
	}
	p.sources = slices.DeleteFunc(p.sources, func(s *merge.Source) bool { return slices.Contains(gone, s) })
	if len(p.sources) == 0 {
		p.clear()
		return
	}
	p.replan()
}

// fileSource shows what each pilot brings.
type fileSource struct{ p *mergePage }

// Len implements widgets.Source.
func (s fileSource) Len() int {
	if s.p.plan == nil {
		return 0
	}
	return len(s.p.plan.Files)
}

// Cell implements widgets.Source.
func (s fileSource) Cell(row int, col string) widgets.Cell {
	f := s.p.plan.Files[row]
	switch col {
	case "file":
		return widgets.Cell{Text: f.File}
	case "pilot":
		return widgets.Cell{Text: f.Pilot}
	case "note":
		switch {
		case f.Err != nil:
			return widgets.Cell{Text: app.Sentence(f.Err), Warn: true}
		case f.Doubt != "":
			return widgets.Cell{Text: lang.L("操作记录和上次不一样"), Warn: true}
		case f.Again:
			return widgets.Cell{Text: lang.L("上次汇总后没有变化"), Muted: true}
		}
		return widgets.Cell{}
	}
	if f.Err != nil {
		return widgets.Cell{}
	}
	n := map[string]int{"new": f.New, "changed": f.Changed, "same": f.Same, "deleted": f.Deleted, "conflicts": len(f.Conflicts)}[col]
	return widgets.Cell{Text: strconv.Itoa(n), Muted: n == 0, Warn: col == "conflicts" && n > 0}
}

// showDisputes lists what the pilots disagree about, with all sides.
func (p *mergePage) showDisputes() {
	p.disputes = p.plan.Disputes()
	all := make([]sides.Dispute, len(p.disputes))
	for i, d := range p.disputes {
		all[i] = d.Dispute
	}
	p.conflicts.Set(all)
}

// takeSide decides a dispute for one of its sides.
func (p *mergePage) takeSide(dispute, side int) {
	p.plan.Choose(p.decided, p.disputes[dispute], side)
	p.decide()
}
