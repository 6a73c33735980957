package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"
)

// ProgressDialog shows long work and can be cancelled. Set may be called from any
// goroutine. Nothing in it moves by itself: an endless bar repaints the
// window 60 times a second, which without a graphics card takes the whole computer.
type ProgressDialog struct {
	bar    *widget.ProgressBar
	text   *widget.Label
	cancel *Button
	modal  *Modal
}

// NewProgressDialog opens the dialog. cancel is called once, when the user presses
// 取消; the dialog stays until Close, since work may need a moment to stop. A nil
// cancel means that the work cannot be stopped.
func NewProgressDialog(title, text string, w fyne.Window, cancel func()) *ProgressDialog {
	p := &ProgressDialog{bar: widget.NewProgressBar(), text: widget.NewLabel(text)}
	p.cancel = NewButton(lang.L("取消"), func() {
		p.cancel.Disable()
		p.text.SetText(lang.L("正在停止…"))
		cancel()
	})
	if cancel == nil {
		p.cancel.Hide()
	}
	body := container.NewVBox(p.text, p.bar)
	p.modal = NewModal(w, title, body, fyne.NewSize(420, 140), nil, p.cancel)
	return p
}

// Set shows how far the work is: done is 0–1, negative = unknown. An empty text
// keeps the present one.
func (p *ProgressDialog) Set(done float64, text string) {
	fyne.Do(func() {
		if done >= 0 {
			p.bar.SetValue(done)
		}
		if text != "" && !p.cancel.Disabled() {
			p.text.SetText(text)
		}
	})
}

// Close takes the dialog away, at once: what comes next may open another.
func (p *ProgressDialog) Close() { p.modal.Close() }

// ShowErrorDialog says what went wrong in one sentence and lists the details, e.g.
// one line per cell, which can be copied as text.
func ShowErrorDialog(title, message string, details []string, w fyne.Window) *Modal {
	text := widget.NewLabel(message)
	text.Wrapping = fyne.TextWrapBreak
	body := fyne.CanvasObject(text)
	size := fyne.NewSize(460, 160)
	if len(details) > 0 {
		list := widget.NewList(func() int { return len(details) },
			func() fyne.CanvasObject {
				l := widget.NewLabel("")
				l.Truncation = fyne.TextTruncateClip // ellipsis is a hundred times slower with Chinese
				return l
			},
			func(i widget.ListItemID, o fyne.CanvasObject) { o.(*widget.Label).SetText(details[i]) })
		body = container.NewBorder(text, nil, nil, nil, list)
		size = fyne.NewSize(640, min(480, 200+float32(len(details))*28))
	}
	var m *Modal
	ok := NewMainButton(lang.L("关闭"), func() { m.Close() })
	var left []fyne.CanvasObject
	if len(details) > 0 {
		left = append(left, NewButton(lang.L("复制全部"), func() {
			fyne.CurrentApp().Clipboard().SetContent(message + "\n" + strings.Join(details, "\n"))
		}))
	}
	m = NewModal(w, title, body, size, left, ok)
	m.Keys(m.Close, m.Close)
	return m
}
