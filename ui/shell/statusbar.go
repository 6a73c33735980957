package shell

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
)

// statusBar always says: saved when, where the pilot stands, what can be undone.
type statusBar struct {
	object      fyne.CanvasObject
	left, right *widget.Label
}

func newStatusBar() *statusBar {
	b := &statusBar{left: widget.NewLabel(""), right: widget.NewLabel("")}
	b.left.Truncation = fyne.TextTruncateClip
	b.left.SizeName, b.right.SizeName = theme.SizeNameCaptionText, theme.SizeNameCaptionText
	back := canvas.NewRectangle(theme.Color(theme.ColorNameBackground))
	b.object = container.NewStack(back, container.NewBorder(nil, nil, nil, b.right, b.left))
	return b
}

func (b *statusBar) show(s *app.Session) {
	text := savingText(s, s.LastSaved().Time)
	if m := currentMilestone(s.Pilot, s.Clock()); m != nil {
		text += fmt.Sprintf("  ·  第%d步 %s", m.No, shorten(m.Content, 22))
		if m.Window != "" {
			text += "（" + m.Window + "）"
		}
	}
	b.left.SetText(text)
	if op, ok := s.CanUndo(); ok {
		b.right.SetText(lang.L("可撤销：") + shorten(op.Label, 30))
	} else {
		b.right.SetText("")
	}
}

// currentMilestone is the latest step whose window holds the day, or the next
// one to come.
func currentMilestone(p *domain.Pilot, now time.Time) *domain.Milestone {
	today := domain.Date(now.Format("2006-01-02"))
	var best, next *domain.Milestone
	for _, m := range p.Milestones.All() {
		if m.Start <= today && today <= m.End && (best == nil || m.Start >= best.Start) {
			best = m
		}
		if m.Start > today && (next == nil || m.Start < next.Start) {
			next = m
		}
	}
	if best != nil {
		return best
	}
	return next
}
