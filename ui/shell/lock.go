package shell

import (
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// idleLock is after how long without a sign of life a locked pilot is covered.
const idleLock = 15 * time.Minute

// curtain hides a locked pilot from whoever passes by.
type curtain struct {
	dialogs []fyne.CanvasObject // what lay over the window, the lowest first
	keys    func(*fyne.KeyEvent)
}

// lockScreen covers the pilot, and dialogs that are open, until its password is
// given. What is being typed stays as it is, under the curtain.
func (s *Shell) lockScreen() {
	file := s.lockable()
	if file == nil || !file.Locked() || s.curtain != nil {
		return
	}
	s.settle()
	c := s.win.Canvas()
	s.curtain = &curtain{dialogs: append([]fyne.CanvasObject{}, c.Overlays().List()...), keys: c.OnTypedKey()}
	for _, d := range s.curtain.dialogs {
		c.Overlays().Remove(d)
	}
	c.SetOnTypedKey(nil)
	s.win.SetTitle(Title)
	s.win.SetContent(container.NewCenter(widget.NewLabel(lang.L("试点已锁定"))))
	s.askUnlock(fmt.Sprintf(lang.L("《%s》已锁定，请输入口令继续。"), filepath.Base(s.session.Store.Path())))
}

func (s *Shell) askUnlock(sentence string) {
	file := s.lockable()
	page.AskPassword(s, lang.L("试点已锁定"), sentence, lang.L("继续"), func(secret string) {
		if err := file.Unlocks(secret); err != nil {
			s.askUnlock(app.Sentence(err))
			return
		}
		s.raiseCurtain()
	}, s.leaveLocked)
}

// leaveLocked closes a covered pilot: whoever cannot say the password gets the
// welcome page. What cannot be written to the file stays on this computer, and is
// gone on with when the pilot is opened again; there is nothing to choose here.
func (s *Shell) leaveLocked() {
	s.saveThen(func(err error) {
		s.closePilot()
		s.curtain = nil // dialogs stay away with their pilot
		s.welcome()
		s.Report(err)
	})
}

// raiseCurtain shows everything as it was.
func (s *Shell) raiseCurtain() {
	c := s.win.Canvas()
	s.win.SetContent(s.toast)
	for _, d := range s.curtain.dialogs {
		c.Overlays().Add(d)
	}
	c.SetOnTypedKey(s.curtain.keys)
	s.curtain, s.alive = nil, s.deps.Clock()
	s.showTitle()
}

// watchIdle covers a locked pilot when nothing was done for long.
func (s *Shell) watchIdle() {
	if l := s.lockable(); l == nil || !l.Locked() || s.curtain != nil || s.working != nil {
		return
	}
	if s.deps.Clock().Sub(s.alive) > idleLock {
		s.lockScreen()
	}
}

// stirred notes a sign of life.
func (s *Shell) stirred() { s.alive = s.deps.Clock() }

// showTitle names the pilot in the window's title, unless it is locked: titles are
// seen by others and kept by the system.
func (s *Shell) showTitle() {
	title := s.session.Pilot.Info().Name
	if l := s.lockable(); l != nil && l.Locked() {
		title = filepath.Base(s.session.Store.Path())
	}
	s.win.SetTitle(Title + " · " + title)
}

// sayPlain tells once, while a locked pilot is open, that what leaves it as a file
// needs no password.
func (s *Shell) sayPlain(name string, then func()) {
	l := s.lockable()
	if l == nil || !l.Locked() || s.plainSaid || filepath.Ext(name) == Extension {
		then()
		return
	}
	widgets.Confirm(s.win, lang.L("导出的文件没有口令"), lang.L("这个试点有口令，导出、另存的 Excel、PDF、Word 和图片没有：拿到的人都能看。请放在合适的地方，用完删除。"),
		lang.L("知道了，继续"), func() {
			s.plainSaid = true
			then()
		})
}
