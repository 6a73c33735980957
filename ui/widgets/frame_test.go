package widgets

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lianshao/ui/theme"
)

func navItems() []NavItem {
	return []NavItem{{"overview", "总览", 0}, {"plan", "试点方案", 3}, {"workflow", "工作流程", 0}, {"risk", "风险排查", 0},
		{"opinion", "公示意见", 1}, {"assess", "风险评估", 0}, {"monitor", "监测预测", 2}, {"warning", "预警", 9},
		{"measure", "防范措施", 6}, {"inspect", "检查考核", 0}, {"report", "报表打印", 0}}
}

func TestNavListByKeysAndTaps(t *testing.T) {
	n := NewNavList(navItems())
	var told []string
	n.OnSelect = func(id string) { told = append(told, id) }
	w := window(t, n, 120, 500)
	w.Canvas().Focus(n)
	press(w, fyne.KeyUp, fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome)
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 3*navRow+5))
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, 20*navRow))
	n.Select("risk")
	n.Select("unknown")
	n.Select("warning")
	if want := []string{"plan", "report", "overview", "risk", "warning"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	n.SetCount("warning", 12)
	if n.counts[7].Text != "12" || n.counts[0].Text != "" {
		t.Errorf("counts %q %q", n.counts[7].Text, n.counts[0].Text)
	}
}

func TestSplitterDragsAndTells(t *testing.T) {
	a, b := widget.NewLabel("左"), widget.NewLabel("右")
	s := NewHSplitter(a, b, 0.5)
	var told []float64
	s.OnMoved = func(o float64) { told = append(told, o) }
	w := window(t, s, 605, 300)
	test.Drag(w.Canvas(), fyne.NewPos(302, 100), 60, 0)
	if a.Size().Width != 360 || len(told) != 1 || math.Abs(told[0]-0.6) > 1e-6 {
		t.Errorf("left is %v wide, told %v", a.Size().Width, told)
	}
	test.Drag(w.Canvas(), fyne.NewPos(362, 100), 5000, 0)
	if b.Size().Width < b.MinSize().Width {
		t.Errorf("right was squeezed to %v", b.Size().Width)
	}
	v := NewVSplitter(widget.NewLabel("上"), widget.NewLabel("下"), 0.25)
	v.Resize(fyne.NewSize(100, 205))
	if got := v.first.Size().Height; got != 50 {
		t.Errorf("top is %v high", got)
	}
}

func TestToastDoesNotBlock(t *testing.T) {
	tapped := 0
	h := NewToastHost(widget.NewButton("按", func() { tapped++ }))
	w := window(t, h, 600, 200)
	undone := 0
	h.SayAction("已删除 3 个风险点", "撤销", func() { undone++ })
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 20))
	if tapped != 1 || h.Message() != "已删除 3 个风险点" {
		t.Errorf("button tapped %d times under the message %q", tapped, h.Message())
	}
	p := h.toast.Position().Add(h.toast.label.Position()).AddXY(4, 4)
	test.TapCanvas(w.Canvas(), p)
	if undone != 1 || h.Message() != "" {
		t.Errorf("撤销 ran %d times, message %q", undone, h.Message())
	}
	h.SayError("文件正被另一个程序使用，请关闭它再试")
	if h.Message() == "" {
		t.Error("no error message")
	}
	h.Dismiss()
	if h.Message() != "" {
		t.Error("message stays")
	}
}

func TestErrorDialogCopiesDetails(t *testing.T) {
	w := window(t, widget.NewLabel(""), 900, 600)
	details := []string{"风险点!F12：可能性应为 1–5", "风险点!G14：没有这个岗位“采购岗”"}
	m := ShowErrorDialog("导入", "有 2 处问题，没有导入。", details, w)
	savePNG(t, w, "errors")
	tapText(t, w, "复制全部")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "有 2 处问题，没有导入。\n"+strings.Join(details, "\n") {
		t.Errorf("copied %q", got)
	}
	press(w, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || !m.closed {
		t.Error("Esc does not close")
	}
}

func TestProgressDialogCancels(t *testing.T) {
	w := window(t, widget.NewLabel(""), 900, 600)
	cancelled := 0
	p := NewProgressDialog("导入", "正在读取 风险点.xlsx", w, func() { cancelled++ })
	p.Set(0.4, "已读 2000 行")
	savePNG(t, w, "progress")
	if p.bar.Value != 0.4 || p.text.Text != "已读 2000 行" {
		t.Errorf("bar %v, text %q", p.bar.Value, p.text.Text)
	}
	tapText(t, w, "取消")
	tapText(t, w, "取消")
	if cancelled != 1 || w.Canvas().Overlays().Top() == nil {
		t.Errorf("cancelled %d times; the dialog must stay until Close", cancelled)
	}
	p.Close()
	if w.Canvas().Overlays().Top() != nil {
		t.Error("Close leaves the dialog")
	}
}

func TestConfirmKeys(t *testing.T) {
	w := window(t, widget.NewLabel(""), 900, 600)
	did := 0
	Confirm(w, "签发预警", "签发后不能撤销，只能用新的文书更正。", "签发", func() { did++ })
	press(w, fyne.KeyEscape)
	if did != 0 {
		t.Fatal("Esc did it")
	}
	Confirm(w, "签发预警", "签发后不能撤销，只能用新的文书更正。", "签发", func() { did++ })
	savePNG(t, w, "confirm")
	press(w, fyne.KeyEnter)
	if did != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("done %d times", did)
	}
}

// tapText taps the button with that text in the top overlay or the content.
func tapText(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	root := w.Canvas().Overlays().Top()
	if root == nil {
		root = w.Content()
	}
	for _, o := range test.LaidOutObjects(root) {
		if b, ok := o.(*Button); ok && b.Text == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button %s", text)
}

// The whole frame in one picture, for looking at; the checks are about room.
func TestFrameFits(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	nav := NewNavList(navItems())
	nav.current = 3
	cols := registryColumns()
	cols[4].Grow, cols[4].Width = true, 160
	g := NewDataGrid(cols, registry{41})
	g.OnEdit = func(int, string, string) error { return errors.New("不行") }
	g.SetVisibleColumns([]string{"code", "unit", "post", "step", "text", "score", "level"})
	date := NewDateField()
	date.SetDate(time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC))
	area := NewTextArea(4)
	area.SetText("招标文件设置倾向性条款，排斥潜在投标人；评标办法未经集体研究，由个别人员决定。")
	name := NewTextField()
	name.SetText("编制招标文件")
	form := NewFormRows().Section("JJ-05 编制招标文件").Row("风险点", name).Row("表现形式", area).
		Row("等级", NewLevelTag("红", red)).Row("整改期限", date).
		Row("部门", widget.NewSelect([]string{"基建处"}, nil)).Row("纳入公示", widget.NewCheck("是", nil))
	search := NewSearchEntry("筛选：编号、岗位、拼音首字母")
	add := NewMainButton("新增", nil)
	off := NewButton("打印", nil)
	off.Disable()
	bar := container.NewBorder(nil, nil, container.NewHBox(add, NewButton("导入", nil), off), nil, search)
	status := NewStatusBar(3)
	status.Set(0, "已保存 14:02", nil)
	status.Set(1, "第8步 首次评估 8月21–31日", func() {})
	status.Set(2, "可撤销：修改 JJ-05 影响程度", func() {})
	split := NewHSplitter(g, container.NewPadded(form), 0.68)
	host := NewToastHost(container.NewBorder(nil, status, nav, nil, container.NewBorder(container.NewPadded(bar), nil, nil, nil, split)))
	w := test.NewTempWindow(t, host)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1366, 768))
	host.SayAction("已导入 41 个风险点", "撤销", func() {})
	g.Select(4, "unit")
	g.Focus()
	savePNG(t, w, "frame")
	if m := w.Content().MinSize(); m.Width > 1366 || m.Height > 700 {
		t.Errorf("the frame needs %v", m)
	}
	w.SetContent(NewEmptyState("这里列出各岗位的廉政风险点。先导入各部门交来的自查表，或逐条新增。", "导入自查表", nil, "看看示例试点", nil))
	w.Resize(fyne.NewSize(900, 500))
	savePNG(t, w, "empty")
}

func TestWrapText(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want []string
	}{
		{"短句", 10, []string{"短句"}},
		{"这里列出各岗位的廉政风险点。先导入自查表。", 20, []string{"这里列出各岗位的廉政风", "险点。先导入自查表。"}},
		{"一二三四五六，七八九十", 6, []string{"一二三四五六，", "七八九十"}},
		{"文件 pilot2026.lianshao 正被另一个程序使用", 18, []string{"文件 pilot2026.lianshao", "正被另一个程序使用"}},
		{"第一行\n第二行", 20, []string{"第一行", "第二行"}},
	} {
		if got := wrapText(c.in, c.n); !slices.Equal(got, c.want) {
			t.Errorf("wrap %q at %d = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

// A dialog that is closed takes no other with it that was opened over it, and gives
// the keys back to the window when both are gone.
func TestDialogOverADialog(t *testing.T) {
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(800, 600))
	var pressed []string
	press := func(name string) func() { return func() { pressed = append(pressed, name) } }
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { press("window")() })
	lower := NewModal(w, "下", widget.NewLabel(""), fyne.NewSize(300, 100), nil)
	lower.Keys(press("lower"), nil)
	upper := NewModal(w, "上", widget.NewLabel(""), fyne.NewSize(300, 100), nil)
	upper.Keys(press("upper"), nil)
	enter := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	lower.Close()
	if n := len(w.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("%d dialogs are left", n)
	}
	enter()
	upper.Close()
	if n := len(w.Canvas().Overlays().List()); n != 0 {
		t.Fatalf("%d dialogs are left in the end", n)
	}
	enter()
	if !slices.Equal(pressed, []string{"upper", "window"}) {
		t.Errorf("Enter went to %v", pressed)
	}
}
