package shell

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/ui/page"
)

// document is the open pilot's way back to its file, nil when it has none.
func (s *Shell) document() app.Document {
	if s.session == nil {
		return nil
	}
	d, _ := s.session.Store.(app.Document)
	return d
}

// watchSaving keeps the status bar true and tells once what happened to the file.
func (s *Shell) watchSaving() {
	d, session := s.document(), s.session
	if d == nil {
		return
	}
	s.conflict = ""
	s.tellOpened(d.Saving())
	d.WatchSaving(func() {
		s.deps.Do(func() {
			if s.session != session {
				return
			}
			s.status.show(session)
			if p, ok := s.pages[s.current].(interface{ Saved() }); ok {
				p.Saved()
			}
			if !s.saving { // whoever saves tells, and goes on then
				s.tellConflict(func() {})
			}
		})
	})
}

// tellConflict tells once that somebody else changed the file: what lies where, and
// how to bring both together. then is called unless the person does that at once; it
// is called at once when there is nothing to tell.
func (s *Shell) tellConflict(then func()) {
	theirs := s.document().Saving().Conflict
	if theirs == "" || theirs == s.conflict || s.curtain != nil {
		then()
		return
	}
	s.conflict = theirs
	mine := s.session.Store.Path()
	s.remember(mine)
	text := fmt.Sprintf(lang.L("打开期间，有别的人或别的程序改过这个文件。两份都完整保留，谁的也没有丢：\n\n对方改过的：%s\n您改过的（现在打开的就是它）：%s\n两个文件都在文件夹：%s\n\n“现在汇总”把对方的改动逐项列出来，由您决定取哪些，合进您的这一份。以后再汇总也可以：文件 → 汇总别人的试点。"),
		filepath.Base(theirs), filepath.Base(mine), filepath.Dir(mine))
	s.chooseIn(fyne.NewSize(640, 290), lang.L("文件被别人改过，两份都留着"), text, way{lang.L("以后再说"), then},
		way{lang.L("现在汇总"), func() { s.Go(page.Merge, theirs) }})
}

// tellOpened says what was out of the ordinary when the pilot was opened.
func (s *Shell) tellOpened(st app.SaveState) {
	if st.Lacking > 0 {
		s.choose(lang.L("文件比上次存盘时旧"), fmt.Sprintf(lang.L("这个文件比本机上次存回时少 %d 项操作：可能是 U 盘没有真正写完，或换成了以前的拷贝。\n请先到“备份”里核对，再接着改。"), st.Lacking))
	}
	switch {
	case st.Waiting:
		s.choose(lang.L("有的修改还没存回"), fmt.Sprintf(lang.L("现在只能读（%s），看到的是文件里的样子。\n本机还有上次没存回的修改，能写入以后再打开，会接着用，没有丢。"), st.Why))
	case st.Recovered > 0:
		s.Toast(fmt.Sprintf(lang.L("上次没有正常退出，已接着上次的继续：找回 %d 项操作，没有丢失"), st.Recovered))
	case st.SetAside != "":
		s.choose(lang.L("找回了上次的修改"), fmt.Sprintf(lang.L("上次没有正常退出，而这个文件后来又被改过。上次留下的修改存为：\n%s\n可以打开它核对，再汇总到一起。"), st.SetAside))
	case st.Upgraded && !st.ReadOnly:
		s.Toast(lang.L("文件已升级到新格式，升级前的样子另有备份"))
	}
}

// savingText says how the pilot stands to its file, for the status bar.
func savingText(session *app.Session, savedAt time.Time) string {
	text := lang.L("所有修改自动保存")
	if !savedAt.IsZero() {
		text = fmt.Sprintf(lang.L("已保存 %s"), savedAt.Format("15:04"))
	}
	d, ok := session.Store.(app.Document)
	if !ok {
		return text
	}
	st := d.Saving()
	switch {
	case st.ReadOnly:
		text = lang.L("只读：") + st.Why
	case st.Err != nil:
		text = lang.L("已保存在本机，还没有存回文件：") + shorten(app.Sentence(st.Err), 40)
	case st.BackupErr != nil:
		text += "  ·  " + app.Sentence(st.BackupErr)
	}
	var marks []string
	if place := st.Place.String(); place != "" {
		marks = append(marks, place)
	}
	if l, ok := session.Store.(app.Lockable); ok && l.Locked() {
		marks = append(marks, lang.L("有口令"))
	}
	if len(marks) > 0 {
		text += "（" + strings.Join(marks, "，") + "）"
	}
	return text
}

// saveThen brings the file up to date beside the window, as it may be large and its
// backup is read whole, and tells then how that went.
func (s *Shell) saveThen(then func(error)) {
	d := s.document()
	if d == nil || !d.Saving().Dirty {
		then(nil)
		return
	}
	s.saving = true
	s.Work(lang.L("正在存回文件"), func(context.Context, func(done, total int)) error { return d.Save() }, func(err error) {
		s.saving = false
		then(err)
	})
}

// saveBefore brings the file up to date before something that ends the session.
// When the file cannot be written the person decides: nothing is lost either way.
func (s *Shell) saveBefore(then func()) {
	s.saveThen(func(err error) {
		switch {
		case s.document() == nil:
			then()
		case err == nil:
			s.tellConflict(then)
		default:
			s.log(err)
			s.choose(lang.L("还没有存回文件"), app.Sentence(err)+"。\n"+lang.L("也可以先关闭：改动留在本机，下次打开这个文件时接着用。"),
				way{lang.L("先关闭"), then}, way{lang.L("另存到别处…"), s.backupDialog}, way{lang.L("再试一次"), func() { s.saveBefore(then) }})
		}
	})
}

// offerLeftovers tells of pilots whose last session did not end well.
func (s *Shell) offerLeftovers() {
	k, ok := s.deps.Stores.(app.Keeper)
	if !ok {
		return
	}
	for _, l := range k.Leftovers() {
		if s.session != nil && samePath(s.session.Store.Path(), l.Origin) {
			continue
		}
		s.choose(lang.L("上次没有正常退出"), fmt.Sprintf(lang.L("试点《%s》在 %s 没有正常关闭，有的修改还在本机、没有存回文件。打开它就会接着上次的继续。"),
			filepath.Base(l.Origin), l.Time.Format("1月2日 15:04")), way{lang.L("打开"), func() { s.Open(l.Origin) }})
		return // one at a time; the next start tells of the next
	}
}
