package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	toastTime      = 4 * time.Second
	toastErrorTime = 9 * time.Second
	toastGap       = 36 // above the window's lower edge, clear of the status bar
	toastHeight    = 34
)

// ToastHost shows content and, over its lower edge, short messages that do not take
// the keyboard or block the mouse. One host wraps a window's whole content: a canvas
// overlay would swallow every click meant for the page.
type ToastHost struct {
	widget.BaseWidget
	content fyne.CanvasObject
	toast   *toast
	timer   *time.Timer
}

// NewToastHost wraps content.
func NewToastHost(content fyne.CanvasObject) *ToastHost {
	h := &ToastHost{content: content, toast: newToast()}
	h.toast.dismiss = h.Dismiss
	h.toast.Hide()
	h.ExtendBaseWidget(h)
	return h
}

// Say tells that something was done. It disappears after four seconds.
func (h *ToastHost) Say(message string) { h.show(message, "", nil, false) }

// SayAction is Say with a button, e.g. 撤销.
func (h *ToastHost) SayAction(message, label string, action func()) {
	h.show(message, label, action, false)
}

// SayError tells in one sentence what went wrong; it stays nine seconds or until clicked.
func (h *ToastHost) SayError(message string) { h.show(message, "", nil, true) }

// Message returns what is shown now, "" = nothing.
func (h *ToastHost) Message() string {
	if !h.toast.Visible() {
		return ""
	}
	return h.toast.message
}

// Dismiss takes the message away.
func (h *ToastHost) Dismiss() {
	if h.timer != nil {
		h.timer.Stop()
	}
	h.toast.Hide()
}

func (h *ToastHost) show(message, label string, action func(), failed bool) {
	if h.timer != nil {
		h.timer.Stop()
	}
	h.toast.set(message, label, action, failed)
	h.layout(h.Size())
	h.toast.Show()
	stay := toastTime
	if failed {
		stay = toastErrorTime
	}
	shown := h.toast.serial
	h.timer = AfterFunc(stay, func() {
		fyne.Do(func() {
			if h.toast.serial == shown { // a newer message has its own time
				h.toast.Hide()
			}
		})
	})
}

func (h *ToastHost) layout(size fyne.Size) {
	h.content.Resize(size)
	m := h.toast.MinSize()
	m.Width = min(m.Width, size.Width-20)
	h.toast.Resize(m)
	h.toast.Move(fyne.NewPos((size.Width-m.Width)/2, size.Height-m.Height-toastGap))
}

// CreateRenderer implements fyne.Widget.
func (h *ToastHost) CreateRenderer() fyne.WidgetRenderer {
	return &boxRenderer{
		objects: []fyne.CanvasObject{h.content, h.toast},
		layout:  h.layout,
		minSize: func() fyne.Size { return h.content.MinSize() },
	}
}

// toast is the message itself; a tap takes it away.
type toast struct {
	widget.BaseWidget
	message string
	serial  int
	dismiss func()
	action  func()
	back    *canvas.Rectangle
	text    *canvas.Text
	label   *canvas.Text
}

func newToast() *toast {
	t := &toast{back: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.White), label: canvas.NewText("", nil)}
	t.back.CornerRadius = 4
	t.label.TextStyle.Bold = true
	t.label.Color = color.NRGBA{0xA9, 0xDD, 0xEC, 0xFF}
	t.ExtendBaseWidget(t)
	return t
}

func (t *toast) set(message, label string, action func(), failed bool) {
	t.serial++
	t.message, t.action = message, action
	t.text.Text, t.label.Text = message, label
	t.back.FillColor = color.NRGBA{0x2B, 0x37, 0x3D, 0xF4}
	if failed {
		t.back.FillColor = t.Theme().Color(theme.ColorNameError, variant())
	}
	t.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (t *toast) MinSize() fyne.Size {
	w := t.text.MinSize().Width + 28
	if t.label.Text != "" {
		w += t.label.MinSize().Width + 20
	}
	return fyne.NewSize(w, toastHeight)
}

// Tapped runs the action, if the tap is on its label, and takes the message away.
func (t *toast) Tapped(e *fyne.PointEvent) {
	if t.action != nil && e.Position.X >= t.label.Position().X-8 {
		t.action()
	}
	t.dismiss()
}

// CreateRenderer implements fyne.Widget.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	return &boxRenderer{
		objects: []fyne.CanvasObject{t.back, t.text, t.label},
		layout: func(size fyne.Size) {
			t.back.Resize(size)
			m := t.text.MinSize()
			t.text.Move(fyne.NewPos(14, (size.Height-m.Height)/2))
			t.label.Move(fyne.NewPos(size.Width-14-t.label.MinSize().Width, (size.Height-m.Height)/2))
		},
		minSize: t.MinSize,
	}
}
