package pilotfile

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lianshao/app"
)

var _ app.Keeper = Stores{}

// Leftovers lists the pilots whose last session did not end well and left a
// working copy. Opening one of them takes the copy up.
func (st Stores) Leftovers() []app.Leftover {
	var out []app.Leftover
	folders, _ := filepath.Glob(filepath.Join(st.Data, "work", "*", infoName))
	for _, path := range folders {
		var info workInfo
		b, err := os.ReadFile(path)
		if err != nil || json.Unmarshal(b, &info) != nil || st.inUse(info.Origin) {
			continue
		}
		out = append(out, app.Leftover{Origin: info.Origin, Time: info.Time})
	}
	return out
}

// leftBehind reports whether a crash left a working copy of a pilot, which is all
// there is when the file itself was deleted since.
func (st Stores) leftBehind(origin string) bool {
	if st.Data == "" {
		return false
	}
	folder := filepath.Join(st.Data, "work", shortHash(origin))
	return fileExists(filepath.Join(folder, infoName)) && fileExists(filepath.Join(folder, workName))
}

// inUse reports whether a program of this computer has the pilot open.
func (st Stores) inUse(origin string) bool {
	f, err := os.OpenFile(st.localLock(origin), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	ok, err := tryLock(f)
	if ok {
		unlock(f)
	}
	return err == nil && !ok
}

// sweepBeside removes what crashes left beside an origin, on a stick perhaps: halves of
// its own saves, as its lock is held, and whatever else is a day old.
func sweepBeside(origin string) {
	half, _ := filepath.Glob(filepath.Join(globSafe(filepath.Dir(origin)), tempPrefix+"*.tmp"))
	for _, path := range half {
		info, err := os.Stat(path)
		if strings.HasPrefix(filepath.Base(path), tempOf(origin)) || err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(path)
		}
	}
}

// globSafe takes the meaning from characters of a folder's name.
func globSafe(dir string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(dir)
}

// Sweep removes what earlier runs left in the private folder and is of no use:
// copies for reading, half-written files. Working copies with changes stay.
func (st Stores) Sweep() {
	if st.Data == "" {
		return
	}
	for _, name := range []string{"work", "locks", "backups"} {
		_ = os.MkdirAll(filepath.Join(st.Data, name), 0o700)
	}
	views, _ := os.ReadDir(filepath.Join(st.Data, "view"))
	for _, v := range views {
		pid, _ := strconv.Atoi(strings.SplitN(v.Name(), "-", 2)[0])
		if pid == 0 || pid != os.Getpid() && !alive(pid) {
			_ = os.RemoveAll(filepath.Join(st.Data, "view", v.Name()))
		}
	}
	half, _ := filepath.Glob(filepath.Join(st.Data, "*", "*", tempPrefix+"*.tmp"))
	for _, path := range half {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
}
