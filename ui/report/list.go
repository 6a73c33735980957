package reportpage

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// itemList is the left list. Page keys turn the paper beside it.
type itemList struct {
	widget.List
	p *reportPage
}

func newItemList(p *reportPage) *itemList {
	l := &itemList{p: p}
	l.Length = func() int { return len(p.items) }
	l.CreateItem = newItemRow
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { fillItemRow(o.(*fyne.Container), p.items[i]) }
	l.OnSelected = func(i widget.ListItemID) {
		if p.items[i].heading() {
			l.point()
			return
		}
		p.choose(p.items[i])
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// point marks the chosen item.
func (l *itemList) point() {
	for i, it := range l.p.items {
		if it == l.p.chosen {
			l.Select(i)
		}
	}
}

// TypedKey implements fyne.Focusable: up and down choose at once, past headings.
func (l *itemList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd:
		l.p.paper.TypedKey(ev)
	}
}

func (l *itemList) step(by int) {
	items := l.p.items
	at := 0
	for i, it := range items {
		if it == l.p.chosen {
			at = i
		}
	}
	for at += by; at >= 0 && at < len(items); at += by {
		if !items[at].heading() {
			l.Select(at)
			return
		}
	}
}

// newItemRow is a dot, for content, and a title.
func newItemRow() fyne.CanvasObject {
	dot := canvas.NewCircle(color.Transparent)
	return container.New(itemRow{}, dot, canvas.NewText("", color.Black))
}

func fillItemRow(c *fyne.Container, it *item) {
	dot, text := c.Objects[0].(*canvas.Circle), c.Objects[1].(*canvas.Text)
	text.Text, text.TextStyle.Bold = lang.L(it.title), it.heading()
	text.Color, dot.FillColor = theme.Color(theme.ColorNameForeground), theme.Color(theme.ColorNamePrimary)
	switch {
	case it.heading():
		dot.FillColor = color.Transparent
	case !it.ready:
		dot.FillColor, text.Color = color.Transparent, theme.Color(theme.ColorNameDisabled)
	}
	c.Layout.Layout(c.Objects, c.Size())
	text.Refresh()
	dot.Refresh()
}

// itemRow places dot and title; headings stand further left.
type itemRow struct{}

// MinSize implements fyne.Layout.
func (itemRow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(150, 22) }

// Layout implements fyne.Layout.
func (itemRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	text := o[1].(*canvas.Text)
	x := float32(24)
	if text.TextStyle.Bold {
		x = 8
	}
	h := text.MinSize().Height
	o[0].Resize(fyne.NewSize(6, 6))
	o[0].Move(fyne.NewPos(11, (size.Height-6)/2+1))
	text.Move(fyne.NewPos(x, (size.Height-h)/2))
	text.Resize(fyne.NewSize(size.Width-x, h))
}
