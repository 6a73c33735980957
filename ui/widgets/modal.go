package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Modal is a dialog over a window: a title, a body and buttons at the lower right.
// Enter presses the main button and Esc the cancelling one while no field of the
// body has the keyboard.
type Modal struct {
	pop     *widget.PopUp
	overlay fyne.CanvasObject // what the toolkit puts the dialog into
	canvas  fyne.Canvas
	closed  bool
	before  func(*fyne.KeyEvent) // the window's own keys, given back by Close
	OnClose func()
}

// NewModal opens a dialog of at least the given size. Buttons stand in the given
// order; those in left stand at the lower left.
func NewModal(w fyne.Window, title string, body fyne.CanvasObject, size fyne.Size, left []fyne.CanvasObject, buttons ...*Button) *Modal {
	m := &Modal{canvas: w.Canvas()}
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	row := container.NewHBox(left...)
	row.Add(layout.NewSpacer())
	for _, b := range buttons {
		row.Add(b)
	}
	foot := container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), row)
	if len(left)+len(buttons) == 0 {
		foot.Hide()
	}
	margin := layout.NewCustomPaddedLayout(8, 10, 12, 12)
	content := container.New(margin, container.NewBorder(head, foot, nil, nil, body))
	m.pop = widget.NewModalPopUp(content, m.canvas)
	room := m.canvas.Size()
	m.pop.Resize(content.MinSize().Max(fyne.NewSize(min(size.Width, room.Width-40), min(size.Height, room.Height-40))))
	m.pop.Show()
	m.overlay = m.canvas.Overlays().Top()
	m.before = m.canvas.OnTypedKey()
	m.Keys(nil, nil)
	return m
}

// Close takes the dialog away and calls OnClose, once. Dialogs that were opened over
// it stay: the toolkit would take them away with it.
func (m *Modal) Close() {
	if m.closed {
		return
	}
	m.closed = true
	above := m.above()
	m.pop.Hide()
	for _, o := range above {
		m.canvas.Overlays().Add(o)
	}
	if len(above) == 0 {
		m.canvas.SetOnTypedKey(m.before)
	}
	if m.OnClose != nil {
		m.OnClose()
	}
}

// above are the dialogs that lie over this one, the lowest first.
func (m *Modal) above() []fyne.CanvasObject {
	all := m.canvas.Overlays().List()
	i := slices.Index(all, m.overlay)
	if i < 0 {
		return nil
	}
	return slices.Clone(all[i+1:])
}

// Keys says what Enter and Esc press; nil = nothing.
func (m *Modal) Keys(enter, esc func()) {
	m.canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch {
		case m.closed: // before one that was opened over it
			if m.before != nil {
				m.before(e)
			}
		case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && enter != nil:
			enter()
		case e.Name == fyne.KeyEscape && esc != nil:
			esc()
		}
	})
}

// Confirm asks before something that cannot be taken back. yes names the act
// itself, e.g. 签发, never just 确定.
func Confirm(w fyne.Window, title, question, yes string, act func()) *Modal {
	text := widget.NewLabel(question)
	text.Wrapping = fyne.TextWrapBreak
	var m *Modal
	do := func() { m.Close(); act() }
	ok := NewMainButton(yes, do)
	no := NewButton(lang.L("取消"), func() { m.Close() })
	m = NewModal(w, title, text, fyne.NewSize(420, 150), nil, no, ok)
	m.Keys(do, m.Close)
	return m
}
