package warning

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// board lists what waits to be issued and what was issued, by level, with the
// paper beside it as it prints.
type board struct {
	host    page.Host
	input   func() report.Input
	rows    []line
	cal     app.Calendar
	grid    *widgets.DataGrid
	count   *widget.Label
	issue   *widgets.Button
	all     *widgets.Button
	closed  *widget.Check
	acts    *fyne.Container // buttons of the chosen paper's state
	paper   *pen.Paper
	story   *widget.Label
	content fyne.CanvasObject
}

// line is the heading of a level, a proposal or an issued warning.
type line struct {
	level    domain.Level
	heading  string
	proposal *warn.Proposal
	warning  *domain.Warning
}

func newBoard(h page.Host, input func() report.Input) *board {
	b := &board{host: h, input: input, count: widget.NewLabel(""), acts: container.NewHBox(), paper: pen.NewPaper(), story: widget.NewLabel("")}
	b.story.Wrapping = fyne.TextWrapBreak
	b.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "no", Title: lang.L("文号"), Width: 128}, {ID: "point", Title: lang.L("风险点"), Width: 180, Grow: true},
		{ID: "unit", Title: lang.L("部门"), Width: 96}, {ID: "age", Title: lang.L("已过"), Width: 48, Align: widgets.AlignRight},
		{ID: "due", Title: lang.L("期限（来源）"), Width: 116}, {ID: "state", Title: lang.L("状态"), Width: 72}}, b)
	b.grid.Frozen = 1
	b.grid.OnSelect = func(int) { b.show() }
	b.grid.OnActivate = func(row int) { b.openPoint(row) }
	b.grid.Menu = func([]int, string) []*fyne.MenuItem { return b.menu() }
	b.issue = widgets.NewMainButton(lang.L("签发所选…"), b.issueSelected)
	b.all = widgets.NewButton(lang.L("全部签发…"), b.issueAll)
	b.closed = widget.NewCheck(lang.L("含已结束"), func(bool) { b.load() })
	print := widgets.NewButton(lang.L("打印登记表"), func() { h.Go(page.Reports, "warnings") })
	bar := container.NewHBox(b.issue, b.all, print, b.closed, layout.NewSpacer(), b.count)
	left := container.NewBorder(bar, nil, nil, nil, b.grid)
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(10, 92))
	right := container.NewBorder(b.acts, container.NewStack(room, container.NewVScroll(b.story)), nil, nil, b.paper)
	split := widgets.NewHSplitter(left, container.NewPadded(right), h.Prefs().FloatWithFallback("split.warning", 0.58))
	split.OnMoved = func(o float64) { h.Prefs().SetFloat("split.warning", o) }
	b.content = split
	return b
}

// load lists the lines anew, the chosen one stays chosen.
func (b *board) load() {
	in := b.input()
	was := b.key(b.chosen())
	b.cal = app.CalendarOf(in.Pilot)
	proposals := warn.Proposals(in.Pilot, in.Result)
	b.rows = lines(in, proposals, b.closed.Checked)
	open := 0
	for _, w := range in.Pilot.Warnings.All() {
		if w.Open() {
			open++
		}
	}
	switch {
	case in.Result == nil && in.Pilot.Warnings.Len() == 0:
		b.count.SetText(lang.L("还没有评估结果"))
	default:
		b.count.SetText(fmt.Sprintf(lang.L("待签发 %d，处理中 %d，共签发 %d"), len(proposals), open, in.Pilot.Warnings.Len()))
	}
	enable(b.all, len(proposals) > 0)
	b.grid.Refresh()
	at := slices.IndexFunc(b.rows, func(l line) bool { return b.key(l) == was && was != "" })
	if at < 0 {
		at = slices.IndexFunc(b.rows, func(l line) bool { return l.heading == "" })
	}
	if at >= 0 {
		b.grid.Select(at, "no")
	}
	b.show()
}

func enable(b *widgets.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// lines groups by level, the most severe first; within a level what waits for a
// signature comes before what was issued.
func lines(in report.Input, proposals []warn.Proposal, closed bool) []line {
	byLevel := map[int][]line{}
	levels := map[int]domain.Level{}
	add := func(l line) {
		byLevel[l.level.Severity] = append(byLevel[l.level.Severity], l)
		levels[l.level.Severity] = l.level
	}
	for i := range proposals {
		add(line{level: proposals[i].Level, proposal: &proposals[i]})
	}
	for _, w := range in.Pilot.Warnings.All() {
		if w.Open() || closed {
			add(line{level: in.LevelOfWarning(w), warning: w})
		}
	}
	var out []line
	for _, s := range slices.Backward(slices.Sorted(keys(levels))) {
		out = append(out, line{level: levels[s], heading: counts(byLevel[s])})
		out = append(out, byLevel[s]...)
	}
	return out
}

// counts says what stands under a level: 待签发 3，已签发 9.
func counts(under []line) string {
	waiting := 0
	for _, l := range under {
		if l.proposal != nil {
			waiting++
		}
	}
	var parts []string
	if waiting > 0 {
		parts = append(parts, fmt.Sprintf(lang.L("待签发 %d"), waiting))
	}
	if n := len(under) - waiting; n > 0 {
		parts = append(parts, fmt.Sprintf(lang.L("已签发 %d"), n))
	}
	return strings.Join(parts, "，")
}

func keys(m map[int]domain.Level) func(func(int) bool) {
	return func(yield func(int) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// key tells lines apart over a reload.
func (b *board) key(l line) string {
	switch {
	case l.warning != nil:
		return string(l.warning.ID)
	case l.proposal != nil:
		return "p" + string(l.proposal.Point.ID)
	}
	return ""
}

// chosen is the line under the cursor.
func (b *board) chosen() line {
	row, _ := b.grid.Current()
	if row < 0 || row >= len(b.rows) {
		return line{}
	}
	return b.rows[row]
}

// reveal moves the cursor to a warning or to a point's line.
func (b *board) reveal(arg string) {
	if arg == "" || arg == "register" {
		return
	}
	if w, ok := b.host.Session().Pilot.Warnings.Get(domain.ID(arg)); ok && !w.Open() {
		b.closed.SetChecked(true)
	}
	if at := slices.IndexFunc(b.rows, func(l line) bool { k := b.key(l); return k == arg || k == "p"+arg }); at >= 0 {
		b.grid.Select(at, "no")
	}
}

func (b *board) point(l line) *domain.RiskPoint {
	if l.proposal != nil {
		return l.proposal.Point
	}
	if l.warning != nil {
		if r, ok := b.host.Session().Pilot.RiskPoints.Get(l.warning.Point.ID); ok {
			return r
		}
		return &domain.RiskPoint{Base: domain.Base{Code: l.warning.Point.Text}}
	}
	return &domain.RiskPoint{}
}

func (b *board) openPoint(row int) {
	if pt := b.point(b.rows[row]); pt.ID != "" {
		b.host.Go(page.RiskPoints, report.FilterPoint+string(pt.ID))
	}
}

// Len implements widgets.Source.
func (b *board) Len() int { return len(b.rows) }

// Cell implements widgets.Source.
func (b *board) Cell(row int, col string) widgets.Cell {
	l := b.rows[row]
	if l.heading != "" {
		switch col {
		case "no":
			return widgets.Cell{Text: l.level.Label, Color: report.LevelColor(l.level.Color), Bold: true}
		case "point":
			return widgets.Cell{Text: l.heading, Bold: true}
		}
		return widgets.Cell{}
	}
	pt := b.point(l)
	switch col {
	case "point":
		return widgets.Cell{Text: strings.TrimSpace(pt.Code + " " + pt.Name)}
	case "unit":
		return widgets.Cell{Text: b.host.Session().Pilot.NameOf(domain.KindUnit, pt.Unit)}
	}
	if l.proposal != nil {
		return proposalCell(*l.proposal, col)
	}
	return b.warningCell(l.warning, col)
}

func proposalCell(x warn.Proposal, col string) widgets.Cell {
	switch col {
	case "no":
		return widgets.Cell{Text: lang.L("（待签发）"), Muted: true}
	case "due":
		return widgets.Cell{Text: strings.Join(x.Sources, "、"), Muted: true}
	case "state":
		return widgets.Cell{Text: lang.L(domain.WarningProposed), Warn: true}
	}
	return widgets.Cell{}
}

func (b *board) warningCell(w *domain.Warning, col string) widgets.Cell {
	today := b.input().Today
	c := widgets.Cell{Muted: !w.Open()}
	switch col {
	case "no":
		c.Text = strings.TrimPrefix(w.Code, "廉预警")
	case "age":
		if w.Open() {
			c.Text = fmt.Sprintf(lang.L("%d天"), int(today.Time().Sub(w.Issued.Time()).Hours()/24))
		}
	case "due":
		c.Text, c.Warn = b.deadline(w, today), w.Overdue(today) != ""
	case "state":
		c.Text = w.State
	}
	return c
}

// deadline is the next one that counts: 回告 08-28, or by how much it is late.
func (b *board) deadline(w *domain.Warning, today domain.Date) string {
	if !w.Open() {
		return string(w.Released)
	}
	name, due := lang.L("整改"), w.FixDue()
	if w.WaitsReply() {
		name, due = lang.L("回告"), w.ReplyDue()
	}
	if w.State == domain.WarningPassed || due == "" {
		return ""
	}
	if due < today {
		return fmt.Sprintf(lang.L("%s逾期%d天"), name, b.cal.Between(due, today))
	}
	return name + " " + string(due)[5:]
}
