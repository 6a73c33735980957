package workflow

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	tabHeight = 34
	tabPad    = 14
)

type tab struct{ id, title string }

// tabBar switches between the parts of a page: words with a line under the chosen
// one. Left and right change it while it has the keyboard.
type tabBar struct {
	widget.BaseWidget
	onSelect func(id string)
	tabs     []tab
	current  int
	focused  bool
	texts    []*canvas.Text
	line     *canvas.Rectangle
	under    *canvas.Rectangle
}

func newTabBar(tabs []tab) *tabBar {
	b := &tabBar{tabs: tabs, line: canvas.NewRectangle(nil), under: canvas.NewRectangle(nil)}
	for _, t := range tabs {
		b.texts = append(b.texts, canvas.NewText(t.title, nil))
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *tabBar) chosen() string { return b.tabs[b.current].id }

// choose switches and tells it, unless the tab is chosen already.
func (b *tabBar) choose(id string) {
	b.to(slices.IndexFunc(b.tabs, func(t tab) bool { return t.id == id }))
}

func (b *tabBar) to(i int) {
	if i < 0 || i >= len(b.tabs) || i == b.current {
		return
	}
	b.current = i
	b.Refresh()
	if b.onSelect != nil {
		b.onSelect(b.tabs[i].id)
	}
}

// left is where a tab's place begins.
func (b *tabBar) left(i int) (x float32) {
	for _, t := range b.texts[:i] {
		x += t.MinSize().Width + 2*tabPad
	}
	return x
}

// Tapped implements fyne.Tappable.
func (b *tabBar) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		c.Focus(b)
	}
	for i := range b.tabs {
		if e.Position.X >= b.left(i) && e.Position.X < b.left(i+1) {
			b.to(i)
		}
	}
}

// TypedKey implements fyne.Focusable.
func (b *tabBar) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		b.to(b.current - 1)
	case fyne.KeyRight:
		b.to(b.current + 1)
	}
}

// TypedRune implements fyne.Focusable.
func (b *tabBar) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (b *tabBar) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost implements fyne.Focusable.
func (b *tabBar) FocusLost() { b.focused = false; b.Refresh() }

// Cursor implements desktop.Cursorable.
func (b *tabBar) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MinSize implements fyne.CanvasObject.
func (b *tabBar) MinSize() fyne.Size { return fyne.NewSize(b.left(len(b.tabs)), tabHeight) }

// CreateRenderer implements fyne.Widget.
func (b *tabBar) CreateRenderer() fyne.WidgetRenderer {
	c := container.NewWithoutLayout(b.under, b.line)
	for _, t := range b.texts {
		c.Add(t)
	}
	b.paint()
	return widget.NewSimpleRenderer(c)
}

// Refresh implements fyne.Widget.
func (b *tabBar) Refresh() { b.paint(); canvas.Refresh(b) }

// Resize implements fyne.CanvasObject.
func (b *tabBar) Resize(s fyne.Size) { b.BaseWidget.Resize(s); b.paint() }

func (b *tabBar) paint() {
	th := b.Theme()
	v := fyne.CurrentApp().Settings().ThemeVariant()
	accent := th.Color(theme.ColorNamePrimary, v)
	b.under.FillColor = th.Color(theme.ColorNameSeparator, v)
	b.under.Move(fyne.NewPos(0, tabHeight-1))
	b.under.Resize(fyne.NewSize(b.Size().Width, 1))
	b.line.FillColor = accent
	for i, t := range b.texts {
		t.TextStyle.Bold = i == b.current
		t.Color = th.Color(theme.ColorNameForeground, v)
		m := t.MinSize()
		if i == b.current {
			t.Color = accent
			thick := float32(2)
			if b.focused {
				thick = 3
			}
			b.line.Move(fyne.NewPos(b.left(i)+tabPad, tabHeight-thick))
			b.line.Resize(fyne.NewSize(m.Width, thick))
		}
		t.Move(fyne.NewPos(b.left(i)+tabPad, (tabHeight-m.Height)/2))
	}
}
