package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/ui/widgets"
)

// Do runs a short command. A fault of the program becomes a sentence; the pilot
// stays as it was.
func (s *Shell) Do(cmd app.Command) (err error) {
	if p := s.safely(func() { err = s.session.Do(cmd) }); p != nil {
		err = p
	}
	s.refused = err != nil
	s.log(err)
	return err
}

func (s *Shell) log(err error) {
	if err != nil && s.deps.Log != nil {
		s.deps.Log(err)
	}
}

// Report shows an error in a dialog, its sentence only.
func (s *Shell) Report(err error) {
	if err == nil || app.CodeOf(err) == app.CodeCanceled {
		return
	}
	s.log(err)
	widgets.ShowErrorDialog(lang.L("没有完成"), app.Sentence(err), nil, s.win)
}

// Toast shows a short message that goes away by itself.
func (s *Shell) Toast(message string) {
	if s.toast != nil {
		s.toast.Say(message)
	}
}

// Work runs something long beside the window.
func (s *Shell) Work(title string, work func(ctx context.Context, progress func(done, total int)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	d := widgets.NewProgressDialog(lang.L("请稍候"), title, s.win, cancel)
	s.working = cancel
	last := -1
	progress := func(n, total int) {
		if total <= 0 {
			return
		}
		if pct := n * 100 / total; pct != last {
			last = pct
			d.Set(float64(pct)/100, "")
		}
	}
	s.goDo(func() {
		var err error
		if p := s.safely(func() { err = work(ctx, progress) }); p != nil {
			err = p
		}
		fyne.Do(func() {
			cancel()
			d.Close()
			s.working = nil
			s.Report(s.safely(func() { done(err) }))
			s.runLater()
		})
	})
}

func (s *Shell) goDo(f func()) {
	if s.deps.Go != nil {
		s.deps.Go(f)
		return
	}
	go f()
}

// runLater does what waited for work to end.
func (s *Shell) runLater() {
	waiting, paths := s.later, s.waiting
	s.later, s.waiting = nil, nil
	for _, f := range waiting {
		f()
	}
	if len(paths) > 0 {
		s.drop(paths)
	}
}

// whenIdle does f now, or stops the work that runs and does f after it.
func (s *Shell) whenIdle(f func()) {
	if s.working == nil {
		f()
		return
	}
	s.later = append(s.later, f)
	s.waiting = nil // the pilot is about to be left
	s.working()
}

// safely runs f and turns a panic into an error: none reaches a person.
func (s *Shell) safely(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = app.Caught(r)
		}
	}()
	f()
	return nil
}

// settle commits what is being typed. It reports false when that was refused: its
// message stands by the field, which must not be left behind.
func (s *Shell) settle() bool {
	s.refused = false
	s.win.Canvas().Unfocus()
	return !s.refused
}

// quit closes the window once everything typed is kept and nothing runs. What was
// refused is kept on the screen the first time; closing again drops it.
func (s *Shell) quit() {
	if s.session != nil && !s.settle() && !s.warned {
		s.warned = true
		s.Toast(lang.L("正在填写的内容没有通过检查，请改正；再次关闭则放弃它"))
		return
	}
	s.whenIdle(func() {
		s.saveBefore(func() {
			s.closePilot()
			s.win.Close()
		})
	})
}

// closed comes last, also when the system ends the program.
func (s *Shell) closed() {
	s.closePilot()
	if s.deps.Closed != nil {
		s.deps.Closed()
	}
}

func (s *Shell) closePilot() {
	if s.session == nil {
		return
	}
	s.log(s.session.Close())
	s.log(s.copies().Wipe())
	s.session, s.texts = nil, nil
}
