package main

import (
	"os"
	"path/filepath"
	"runtime"

	"lianshao/storage/pilotfile"
)

// stores keeps pilots, with working copies and backups in the program's own folder.
func stores() pilotfile.Stores {
	st := pilotfile.Stores{Data: dataFolder(), User: actor()}
	if program, err := os.Executable(); err == nil && alone {
		st.Verify = pilotfile.VerifyInChild(program, verifyVerb)
	}
	st.Sweep()
	return st
}

// dataFolder is the program's own folder on this computer, not roaming with the
// user; "" when there is no place for it.
func dataFolder() string {
	dir := os.Getenv("LIANSHAO_DATA")
	if dir == "" {
		base := os.Getenv("XDG_DATA_HOME")
		switch home, err := os.UserHomeDir(); {
		case runtime.GOOS == "windows":
			base = os.Getenv("LocalAppData")
		case base == "" && err == nil:
			base = filepath.Join(home, ".local", "share")
		}
		if base == "" {
			return ""
		}
		dir = filepath.Join(base, "lianshao")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	return dir
}
