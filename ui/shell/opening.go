package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Open opens a pilot file; what stands against it is explained, with the ways out,
// and what was open stays open.
func (s *Shell) Open(path string) {
	if s.session != nil && samePath(s.session.Store.Path(), path) {
		return
	}
	s.openWith(path, app.OpenOptions{})
}

func (s *Shell) openWith(path string, o app.OpenOptions) {
	s.waitFor(path)
	var session *app.Session
	open := func(progress func(done, total int)) (err error) {
		session, err = app.OpenPilotWith(s.deps.Stores, path, o, s.deps.Clock, s.deps.NewID, s.deps.Actor, progress)
		return err
	}
	done := func(err error) {
		if err != nil {
			s.cannotOpen(path, o, err)
			return
		}
		s.replace(session)
	}
	if st, err := os.Stat(path); err != nil || st.Size() < quickFile {
		done(open(nil))
		return
	}
	s.Work(lang.L("正在打开 ")+filepath.Base(path), func(ctx context.Context, progress func(done, total int)) error {
		if err := open(progress); err != nil || ctx.Err() == nil {
			return err
		}
		s.log(session.Close())
		return app.E(app.CodeCanceled, "已取消打开")
	}, done)
}

// cannotOpen says why a pilot did not open and offers what can be done about it.
func (s *Shell) cannotOpen(path string, o app.OpenOptions, err error) {
	look := func() { o := o; o.ReadOnly = true; s.openWith(path, o) }
	switch app.CodeOf(err) {
	case app.CodePassword:
		s.askPassword(path, o, err)
	case app.CodeLocked:
		s.callOther(path, func() { s.choose(lang.L("试点正在使用"), app.Sentence(err), way{lang.L("只读打开"), look}) })
	case app.CodeLockedAway:
		take := func() { o := o; o.BreakLock = true; s.openWith(path, o) }
		s.choose(lang.L("试点在另一台电脑上"), app.Sentence(err), way{lang.L("解除标记并打开"), take}, way{lang.L("只读打开"), look})
	case app.CodeDamaged:
		s.damaged(path, o.Secret, err)
	default:
		s.Report(err)
	}
}

// callWait is how long the window that has a pilot open may take to come forward.
const callWait = 2 * time.Second

// callOther brings the window that has the pilot open to the front, and leaves this
// one if nothing is open in it; otherwise, when no window answers, it does what else
// there is.
func (s *Shell) callOther(path string, otherwise func()) {
	caller, ok := s.deps.Stores.(app.Caller)
	if !ok {
		otherwise()
		return
	}
	s.goDo(func() {
		came := caller.Call(path, callWait)
		fyne.Do(func() {
			switch {
			case !came:
				otherwise()
			case s.session == nil:
				s.app.Quit()
			default:
				s.Toast(fmt.Sprintf(lang.L("《%s》已在另一个窗口打开，已切换到那个窗口"), filepath.Base(path)))
			}
		})
	})
}

// comeForward shows the window to somebody who opened its pilot again.
func (s *Shell) comeForward() {
	s.win.Show() // also when it was made small
	s.win.RequestFocus()
}

// damaged offers the two ways to get a damaged pilot back: what a backup holds is
// certain, what is salvaged is newer.
func (s *Shell) damaged(path, secret string, err error) {
	ways := []way{{lang.L("修复试点…"), func() { s.repair(path, secret) }}, {lang.L("从备份恢复…"), func() { s.chooseBackup(path) }}}
	if s.deps.Repair == nil {
		ways = ways[1:]
	}
	s.choose(lang.L("试点文件受损"), app.Sentence(err)+lang.L("。\n“修复试点”从受损的文件里救出读得出的记录，存为新文件；“从备份恢复”取本机自动留的备份。两样都不动受损的文件，可以都试，再比较。"), ways...)
}

// way is one way out of a difficulty.
type way struct {
	label string
	take  func()
}

// choose says what is the matter and offers ways out, the last one as the main
// button, besides leaving it.
func (s *Shell) choose(title, sentence string, ways ...way) *widgets.Modal {
	return s.chooseIn(fyne.NewSize(500, 170), title, sentence, append([]way{{lang.L("取消"), func() {}}}, ways...)...)
}

// chooseIn is choose in a larger dialog; the first way leaves everything as it is.
func (s *Shell) chooseIn(size fyne.Size, title, sentence string, ways ...way) *widgets.Modal {
	text := widget.NewLabel(sentence)
	text.Wrapping = fyne.TextWrapBreak
	var m *widgets.Modal
	var buttons []*widgets.Button
	var acts []func()
	for i, w := range ways {
		act := func() { m.Close(); s.Report(s.safely(w.take)) }
		acts = append(acts, act)
		if i == len(ways)-1 {
			buttons = append(buttons, widgets.NewMainButton(w.label, act))
		} else {
			buttons = append(buttons, widgets.NewButton(w.label, act))
		}
	}
	m = widgets.NewModal(s.win, title, text, size, nil, buttons...)
	m.Keys(acts[len(acts)-1], acts[0])
	return m
}

// repair saves what is left of a damaged file into a new one and opens that.
func (s *Shell) repair(path, secret string) {
	name := strings.TrimSuffix(filepath.Base(path), Extension) + lang.L("（修复）") + Extension
	page.AskNewFile(s, lang.L("修复到新文件，受损的文件不动"), lang.L("修复"), filepath.Join(filepath.Dir(path), name), func(out string) { s.repairTo(path, out, secret) })
}

func (s *Shell) repairTo(path, out, secret string) {
	var found Rescue
	s.Work(lang.L("正在抢救 ")+filepath.Base(path), func(context.Context, func(done, total int)) (err error) {
		found, err = s.deps.Repair(path, out, secret)
		return err
	}, func(err error) {
		switch {
		case app.CodeOf(err) == app.CodePassword && err != nil:
			page.AskPassword(s, lang.L("输入口令"), app.Sentence(err), lang.L("修复"), func(secret string) { s.repairTo(path, out, secret) }, func() {})
		case err != nil:
			s.Report(err)
		default:
			s.openWith(out, app.OpenOptions{Secret: secret})
			widgets.ShowErrorDialog(lang.L("修复结果"), found.Summary, found.Details, s.win)
		}
	})
}

// Rescue is what a repair saved, in words.
type Rescue struct {
	Summary string
	Details []string
}

// repairDialog asks for the damaged file.
func (s *Shell) repairDialog() {
	s.Files().ChooseOpen([]string{Extension}, func(paths []string) {
		if len(paths) > 0 {
			s.repair(paths[0], "")
		}
	})
}
