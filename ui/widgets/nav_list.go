package widgets

import (
	"image/color"

	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	navRow   = 34
	navWidth = 116
)

// NavItem is one page of the left navigation.
type NavItem struct {
	ID, Title string
	Count     int // what waits for the user there; 0 shows nothing
}

// NavList is the left navigation: pages with small counts, usable by arrows, Home
// and End. Choosing is immediate; there is nothing to confirm.
type NavList struct {
	widget.BaseWidget
	OnSelect func(id string)
	items    []NavItem
	current  int
	hover    int
	focused  bool
	mark     *canvas.Rectangle
	glow     *canvas.Rectangle
	titles   []*canvas.Text
	counts   []*canvas.Text
}

// NewNavList shows items with the first one chosen.
func NewNavList(items []NavItem) *NavList {
	n := &NavList{items: slices.Clone(items), hover: -1, mark: canvas.NewRectangle(color.Transparent), glow: canvas.NewRectangle(color.Transparent)}
	for range items {
		n.titles = append(n.titles, canvas.NewText("", nil))
		n.counts = append(n.counts, canvas.NewText("", nil))
	}
	n.ExtendBaseWidget(n)
	return n
}

// Selected is the chosen page's ID, "" when none is.
func (n *NavList) Selected() string {
	if n.current < 0 || n.current >= len(n.items) {
		return ""
	}
	return n.items[n.current].ID
}

// Select chooses a page and tells it, unless it is chosen already. A page that is not
// listed leaves none chosen, so that each is a way back.
func (n *NavList) Select(id string) {
	i := slices.IndexFunc(n.items, func(it NavItem) bool { return it.ID == id })
	if i < 0 && n.current >= 0 {
		n.current = -1
		n.Refresh()
	}
	n.choose(i)
}

// SetCount changes a page's small number; 0 hides it.
func (n *NavList) SetCount(id string, count int) {
	for i := range n.items {
		if n.items[i].ID == id && n.items[i].Count != count {
			n.items[i].Count = count
			n.Refresh()
		}
	}
}

func (n *NavList) choose(i int) {
	if i < 0 || i >= len(n.items) || i == n.current {
		return
	}
	n.current = i
	n.Refresh()
	if n.OnSelect != nil {
		n.OnSelect(n.items[i].ID)
	}
}

// TypedKey implements fyne.Focusable.
func (n *NavList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		n.choose(n.current - 1)
	case fyne.KeyDown:
		n.choose(n.current + 1)
	case fyne.KeyHome:
		n.choose(0)
	case fyne.KeyEnd:
		n.choose(len(n.items) - 1)
	}
}

// TypedRune implements fyne.Focusable.
func (n *NavList) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (n *NavList) FocusGained() { n.focused = true; n.Refresh() }

// FocusLost implements fyne.Focusable.
func (n *NavList) FocusLost() { n.focused = false; n.Refresh() }

// Tapped implements fyne.Tappable. The keyboard stays free for the page that comes up.
func (n *NavList) Tapped(e *fyne.PointEvent) {
	n.choose(n.at(e.Position))
}

func (n *NavList) at(p fyne.Position) int {
	if i := int(p.Y / navRow); i < len(n.items) {
		return i
	}
	return -1
}

// MouseIn implements desktop.Hoverable.
func (n *NavList) MouseIn(e *desktop.MouseEvent) { n.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (n *NavList) MouseMoved(e *desktop.MouseEvent) {
	if i := n.at(e.Position); i != n.hover {
		n.hover = i
		n.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (n *NavList) MouseOut() { n.hover = -1; n.Refresh() }

// CreateRenderer implements fyne.Widget.
func (n *NavList) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{n.glow, n.mark}
	for i := range n.items {
		objs = append(objs, n.titles[i], n.counts[i])
	}
	n.paint()
	return &boxRenderer{objects: objs, layout: n.layout, refresh: n.paint, minSize: func() fyne.Size {
		return fyne.NewSize(navWidth, float32(len(n.items))*navRow)
	}}
}

func (n *NavList) paint() {
	th, v := n.Theme(), variant()
	ink, accent := th.Color(theme.ColorNameForeground, v), th.Color(theme.ColorNamePrimary, v)
	n.mark.FillColor = th.Color(theme.ColorNameHover, v)
	if n.focused {
		n.mark.FillColor = th.Color(theme.ColorNameFocus, v)
	}
	n.glow.FillColor = th.Color(theme.ColorNameHover, v)
	n.glow.Hidden = n.hover < 0 || n.hover == n.current
	n.mark.Hidden = n.current < 0 || n.current >= len(n.items)
	for i, it := range n.items {
		t, c := n.titles[i], n.counts[i]
		t.Text, t.Color, t.TextStyle.Bold = it.Title, ink, i == n.current
		if i == n.current {
			t.Color = accent
		}
		c.Text, c.Color, c.TextSize = "", accent, th.Size(theme.SizeNameCaptionText)
		if it.Count > 0 {
			c.Text = strconv.Itoa(it.Count)
		}
	}
}

func (n *NavList) layout(size fyne.Size) {
	for i := range n.items {
		y := float32(i) * navRow
		h := n.titles[i].MinSize().Height
		n.titles[i].Move(fyne.NewPos(14, y+(navRow-h)/2))
		m := n.counts[i].MinSize()
		n.counts[i].Move(fyne.NewPos(size.Width-12-m.Width, y+(navRow-m.Height)/2))
	}
	put(n.mark, 0, float32(n.current)*navRow, size.Width, navRow)
	put(n.glow, 0, float32(max(0, n.hover))*navRow, size.Width, navRow)
}
