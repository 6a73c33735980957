package importing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// maxTries is how often a password may be typed before the file is left out.
const maxTries = 3

// locked reports whether a file waits for its password.
func (f *file) locked() bool {
	return errors.Is(f.err, intake.ErrPassword) || errors.Is(f.err, intake.ErrWrongPassword)
}

// unlockAll asks for the passwords of files, one after the other. Passwords that
// opened one are tried on the others first: departments often share one.
func (p *importPage) unlockAll(files []*file) {
	i := slices.IndexFunc(files, (*file).locked)
	if i < 0 {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(files[i+1:]), func(f *file) bool { return !f.locked() })
	p.unlock(files[i], len(rest), func() { p.unlockAll(rest) })
}

// unlock opens a file by a password that is known or asks for it; then comes what
// follows, unless the person leaves all the more files as they are.
func (p *importPage) unlock(f *file, more int, then func()) {
	p.tryKnown(f, p.passwords, func(opened bool) {
		if opened {
			then()
			return
		}
		p.askPassword(f, more, maxTries, then)
	})
}

// tryKnown tries passwords one after the other.
func (p *importPage) tryKnown(f *file, passwords []string, then func(opened bool)) {
	if len(passwords) == 0 {
		then(false)
		return
	}
	p.readAgain(f, intake.Choices{Password: passwords[0]}, func(err error) {
		if errors.Is(err, intake.ErrWrongPassword) {
			p.tryKnown(f, passwords[1:], then)
			return
		}
		then(true)
	})
}

// askPassword asks for a file's password; tries is how many are left, more how many
// other files wait for theirs.
func (p *importPage) askPassword(f *file, more, tries int, then func()) {
	entry := widget.NewPasswordEntry()
	text := fmt.Sprintf(lang.L("《%s》有打开密码。请输入制表人设的密码："), f.name())
	if tries < maxTries {
		text = fmt.Sprintf(lang.L("《%s》的密码不对，还可以试 %d 次。请注意大小写和中英文输入法。"), f.name(), tries)
	}
	if more > 0 {
		text += "\n" + fmt.Sprintf(lang.L("后面还有 %d 个有密码的文件，密码相同的会自动打开。"), more)
	}
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapBreak
	given, leave := false, false
	var m *widgets.Modal
	q := page.Question{Title: lang.L("打开密码"), Yes: lang.L("打开"), Form: container.NewVBox(label, entry), First: entry, Act: func() error {
		if entry.Text == "" {
			return app.E(app.CodeInvalid, "请输入密码。忘了密码的，请按“取消”，向制表人要不带密码的表格")
		}
		given = true
		return nil
	}}
	if more > 0 {
		q.Left = []fyne.CanvasObject{widgets.NewButton(lang.L("都先不打开"), func() { leave = true; m.Close() })}
	}
	m = page.Ask(p.h, q)
	m.OnClose = func() {
		switch {
		case given:
			p.try(f, entry.Text, more, tries-1, then)
		case !leave:
			then()
		}
	}
}

// try reads a file with a password and asks again when it is wrong.
func (p *importPage) try(f *file, password string, more, left int, then func()) {
	p.readAgain(f, intake.Choices{Password: password}, func(err error) {
		switch {
		case errors.Is(err, intake.ErrWrongPassword) && left > 0:
			p.askPassword(f, more, left, then)
			return
		case errors.Is(err, intake.ErrWrongPassword):
			f.err = err
			p.h.Toast(fmt.Sprintf(lang.L("%d 次密码都不对，《%s》没有打开；核对密码以后在列表里右键点它再试"), maxTries, f.name()))
			p.replanThen(nil, then)
			return
		case err == nil:
			p.passwords = append([]string{password}, p.passwords...)
		}
		then()
	})
}

// readAgain reads a file again by what the person said of it; it keeps what it was when
// that is cancelled. done hears the file's error.
func (p *importPage) readAgain(f *file, how intake.Choices, done func(error)) {
	opts := intake.Options{}.Knowing(p.h.Session().Pilot)
	var book *intake.Book
	var guesses []*intake.SheetGuess
	stamp := stampOf(f.path)
	p.h.Work(lang.L("正在读取表格"), func(ctx context.Context, progress func(done, total int)) (err error) {
		if book, err = p.reader.ReadAs(ctx, f.path, how, progress); err == nil {
			guesses = intake.Analyse([]*intake.Book{book}, opts)
		}
		return err
	}, func(err error) {
		switch {
		case err == nil:
			p.decided.Replace(f.book, book)
			f.book, f.guesses, f.err, f.stamp = book, guesses, nil, stamp
			p.replanThen(firstGuess([]*file{f}), func() { done(nil) })
		case f.book == nil && !cancelled(err) && !errors.Is(err, intake.ErrWrongPassword): // whoever tried says that
			f.err = err
			p.replanThen(nil, func() { done(err) })
		default:
			done(err)
		}
	})
}

// encodings are the choices of encodings as they are shown.
func encodings() (out []string) {
	for _, name := range intake.Encodings {
		out = append(out, encodingText(name))
	}
	return out
}

func encodingText(name string) string { return fmt.Sprintf(lang.L("文字编码：%s"), name) }

// setEncoding reads a text table again in another encoding.
func (v *preview) setEncoding(text string) {
	name := intake.Encodings[max(slices.Index(encodings(), text), 0)]
	if v.line == nil || v.line.file.book == nil || v.line.file.book.Encoding == name {
		return
	}
	f := v.line.file
	v.p.readAgain(f, intake.Choices{Encoding: name}, func(err error) {
		if err != nil {
			v.p.failed(err)
			v.showEncoding()
		}
	})
}

// showEncoding shows how the text of the sheet was read; workbooks need no choice.
func (v *preview) showEncoding() {
	if v.line == nil || v.line.file.book == nil || v.line.file.book.Encoding == "" {
		v.encoding.Hide()
		return
	}
	onChanged := v.encoding.OnChanged
	v.encoding.OnChanged = nil // shown, not chosen
	v.encoding.SetSelected(encodingText(v.line.file.book.Encoding))
	v.encoding.OnChanged = onChanged
	v.encoding.Show()
}
