package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"lianshao/storage/pilotfile"
	"lianshao/ui/shell"
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

// rescue is repair for the window: what was found, in words.
func rescue(path, out, password string) (shell.Rescue, error) {
	r, err := pilotfile.Repair(path, out, password, time.Now())
	if err != nil {
		return shell.Rescue{}, err
	}
	total := 0
	for _, n := range r.Records {
		total += n
	}
	found := shell.Rescue{Summary: fmt.Sprintf("救回 %d 条记录、%d 条操作记录、%d 个附件，其中 %d 条按操作记录复原；%d 处没有救回，%d 条存疑。受损的文件没有改动。",
		total, r.Journal, r.Blobs, r.FromJournal, len(r.Bad), len(r.Doubtful))}
	for _, line := range texts(r.Bad) {
		found.Details = append(found.Details, "没有救回："+line)
	}
	for _, line := range texts(r.Doubtful) {
		found.Details = append(found.Details, "存疑："+line)
	}
	return found, nil
}
