package merging

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/merge"
	"lianshao/ui/page"
)

// withSecrets opens packages, and pilots that have a password, with what was typed
// for them.
type withSecrets struct {
	app.Stores
	secrets map[string]string // by path
}

// View implements app.Viewer.
func (w withSecrets) View(path string) (app.PilotStore, error) {
	return w.OpenWith(path, app.OpenOptions{ReadOnly: true, Secret: w.secrets[path]})
}

// askPasswords asks for the password of the first pilot that wants one, and tries it
// on all that do: a unit gives the same to all its senders. Whoever leaves it finds
// them listed as not read.
func (p *mergePage) askPasswords(fresh []*merge.Source) {
	i := slices.IndexFunc(fresh, func(s *merge.Source) bool { return s.Err != nil && app.CodeOf(s.Err) == app.CodePassword })
	if i < 0 {
		p.replan()
		return
	}
	var closed []string
	for _, s := range fresh[i:] {
		if s.Err != nil && app.CodeOf(s.Err) == app.CodePassword {
			closed = append(closed, s.Path)
		}
	}
	sentence := app.Sentence(fresh[i].Err)
	if len(closed) > 1 {
		sentence += fmt.Sprintf(lang.L("。另有 %d 个文件也要密码，会用同一个密码试"), len(closed)-1)
	}
	page.AskPassword(p.h, lang.L("输入密码"), sentence, lang.L("读取"), func(secret string) {
		for _, path := range closed {
			p.stores.secrets[path] = secret
		}
		p.load(closed)
	}, p.replan)
}
