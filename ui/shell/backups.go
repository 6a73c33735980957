package shell

import (
	"lianshao/app"
	"lianshao/ui/backup"
	"lianshao/ui/page"
)

// backups is what the page of backups and the dialog that restores one need.
func (s *Shell) backups() backup.Deps {
	keeper, _ := s.deps.Stores.(app.Keeper)
	return backup.Deps{Keeper: keeper, Open: s.Open, Copy: s.backupDialog, Home: s.deps.Home, Log: s.log, State: func() app.SaveState {
		if d := s.document(); d != nil {
			return d.Saving()
		}
		return app.SaveState{}
	}}
}

func (s *Shell) backupPage(h page.Host) page.Page { return backup.New(h, s.backups()) }

// chooseBackup lists the backups of a file, or of every pilot, to restore one.
func (s *Shell) chooseBackup(path string) { s.backups().Choose(s, s.deps.Clock, path) }
