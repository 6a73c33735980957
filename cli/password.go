package cli

import (
	"fmt"
	"path/filepath"
	"slices"

	"lianshao/app"
)

// Where a password comes from when there is nobody to ask.
const (
	passwordVariable    = "LIANSHAO_PASSWORD"
	newPasswordVariable = "LIANSHAO_NEW_PASSWORD"
)

// unlocking opens pilots that have a password with the one in the environment, or
// asks at the terminal.
type unlocking struct {
	app.Stores
	c *call
}

// Open implements app.Stores.
func (u unlocking) Open(path string) (app.PilotStore, error) {
	return u.OpenWith(path, app.OpenOptions{})
}

// View implements app.Viewer.
func (u unlocking) View(path string) (app.PilotStore, error) {
	return u.OpenWith(path, app.OpenOptions{ReadOnly: true})
}

// OpenWith implements app.Stores.
func (u unlocking) OpenWith(path string, o app.OpenOptions) (store app.PilotStore, err error) {
	err = u.c.withPassword(path, func(password string) (err error) {
		if password != "" {
			o.Secret = password
		}
		store, err = u.Stores.OpenWith(path, o)
		return err
	})
	if l, ok := store.(app.Lockable); err == nil && ok && l.Locked() {
		u.c.locked = true
	}
	if err == nil {
		u.c.opened(store)
	}
	return store, err
}

// Create implements app.Stores.
func (u unlocking) Create(path string) (app.PilotStore, error) {
	store, err := u.Stores.Create(path)
	if err == nil {
		u.c.opened(store)
	}
	return store, err
}

// sayPlain tells who exported from a pilot with a password that the new file has none.
func (c *call) sayPlain(v *verb) {
	if c.locked && slices.Contains([]string{"export", "form", "print", "report", "chart", "shot"}, v.name) {
		c.say("提示：试点有口令，导出的文件没有，拿到的人都能看，请放在合适的地方。")
	}
}

// withPassword does something that may need the pilot's password: first without,
// then with that of the environment or the one typed at the terminal.
func (c *call) withPassword(path string, do func(password string) error) error {
	err := do("")
	if err == nil || app.CodeOf(err) != app.CodePassword {
		return err
	}
	if c.Environ != nil {
		if password := c.Environ(variableFor(path)); password != "" {
			return do(password)
		}
	}
	if password, ok := c.ask(fmt.Sprintf("《%s》的口令：", filepath.Base(path))); ok {
		return do(password)
	}
	return app.Wrap(app.CodePassword, err, "《%s》设了口令。请把口令放在环境变量 %s 里再运行", filepath.Base(path), variableFor(path))
}

func (c *call) ask(prompt string) (string, bool) {
	if c.Ask == nil {
		return "", false
	}
	c.endProgress()
	return c.Ask(prompt)
}

// runPassword sets, changes or removes a pilot's password, or makes another
// recovery key.
func runPassword(c *call) (int, error) {
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	file, ok := s.Store.(app.Lockable)
	if !ok {
		return 0, refuse("这个试点不在文件里，不能设口令")
	}
	old := ""
	if c.Environ != nil {
		old = c.Environ(passwordVariable)
	}
	if file.Locked() && old == "" {
		old, _ = c.ask("现在的口令：")
	}
	if c.has("remove") {
		if err := file.RemovePassword(old); err != nil {
			return 0, err
		}
		c.print("已取消口令，拿到文件的人都能看")
		return ExitDone, s.Close()
	}
	var recovery string
	if c.has("recovery") {
		recovery, err = file.NewRecoveryKey(old)
	} else {
		recovery, err = c.setPassword(file, old)
	}
	if err != nil {
		return 0, err
	}
	if !c.has("recovery") {
		c.print("口令已设好")
	}
	if recovery != "" {
		c.print("恢复密钥：%s", recovery)
		c.say("请把恢复密钥抄下或打印，与文件分开保管；口令和恢复密钥都丢了，谁也打不开。")
	}
	return ExitDone, s.Close()
}

func (c *call) setPassword(file app.Lockable, old string) (recovery string, err error) {
	password, err := c.newPassword(newPasswordVariable, "新口令：")
	if err != nil {
		return "", err
	}
	return file.SetPassword(old, password)
}

// newPassword takes a new password from the environment, or asks for it twice.
func (c *call) newPassword(variable, prompt string) (string, error) {
	if c.Environ != nil {
		if password := c.Environ(variable); password != "" {
			return password, nil
		}
	}
	first, ok := c.ask(prompt)
	if !ok {
		return "", refuse("没有新口令。请把新口令放在环境变量 %s 里再运行", variable)
	}
	if again, _ := c.ask("再输一遍："); again != first {
		return "", refuse("两次输入的口令不一样，没有改动")
	}
	return first, nil
}
