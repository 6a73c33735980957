package failure

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
)

// WatchCrashes makes the runtime write what it says of a crash into a file beside
// the log. What an earlier crash left is put into the log and returned; "" when the
// program ended well.
func (l *Log) WatchCrashes() (earlier string) {
	if l.Path() == "" {
		return ""
	}
	path := filepath.Join(l.dir, crashName)
	if raw, err := os.ReadFile(path); err == nil && len(raw) > 0 {
		earlier = withoutValues(string(raw))
		l.Note("上次异常退出\n" + earlier)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		l.Keep(err)
		return earlier
	}
	defer f.Close() // the runtime keeps a copy of its own
	l.Keep(debug.SetCrashOutput(f, debug.CrashOptions{}))
	return earlier
}

// traceLine is a line of a crash that says where, not with what.
var traceLine = regexp.MustCompile(`^(goroutine \d|created by |[\w./\-]+[\w\])]\(|\t|runtime\.|main\.|fatal error: |panic: runtime error: |\[signal |r\w+ +0x|SIG[A-Z]+|PC=)`)

// withoutValues drops the lines of a crash that may show a value: what somebody
// panicked with.
func withoutValues(raw string) string {
	var kept []string
	for _, line := range strings.Split(raw, "\n") {
		switch {
		case line == "" || traceLine.MatchString(line):
			kept = append(kept, line)
		case strings.HasPrefix(line, "panic: "):
			kept = append(kept, "panic")
		}
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
