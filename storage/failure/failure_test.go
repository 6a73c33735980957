package failure_test

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/storage/failure"
)

func now() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }

func TestLogRotatesAndOnlyItsOwnerReadsIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lianshao")
	l := failure.NewLog(dir, now)
	defer l.Close()
	for range 6000 {
		l.Note(strings.Repeat("x", 1000))
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		st, err := f.Info()
		if err != nil || st.Size() > 1<<20 || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d bytes, %v, %v", f.Name(), st.Size(), st.Mode(), err)
		}
	}
}

func TestLogKeepsCausesWithoutContent(t *testing.T) {
	l := failure.NewLog(t.TempDir(), now)
	defer l.Close()
	l.Keep(nil)
	l.Keep(app.Wrap(app.CodeIO, fmt.Errorf("张三: %w", os.ErrPermission), "不能写张三的文件。"))
	got := l.Tail(10)
	if !strings.Contains(got, "*app.Error io") || strings.Contains(got, "张三") || !strings.HasPrefix(got, "2026-11-26T09:00:00Z") {
		t.Errorf("log: %s", got)
	}
	if got := l.Tail(1); strings.Contains(got, "\n") {
		t.Errorf("one line: %q", got)
	}
}

func TestWithoutAPlaceNothingIsKept(t *testing.T) {
	l := failure.NewLog("", now)
	l.Note("x")
	if l.Path() != "" || l.Tail(5) != "" || l.WatchCrashes() != "" || l.Close() != nil {
		t.Error("a log without a place keeps something")
	}
}

// crashes is the folder of the program that TestCrash runs again to let it crash.
const crashes = "LIANSHAO_TEST_CRASH"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashes); dir != "" {
		failure.NewLog(dir, now).WatchCrashes()
		done := make(chan bool)
		go func() { panic("张三的举报") }()
		<-done
	}
	os.Exit(m.Run())
}

func TestCrashIsToldAtTheNextStartWithoutItsValue(t *testing.T) {
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashes+"="+dir)
	if err := cmd.Run(); err == nil {
		t.Fatal("it did not crash")
	}
	l := failure.NewLog(dir, now)
	defer l.Close()
	earlier := l.WatchCrashes()
	if strings.Contains(earlier, "张三") || !strings.Contains(earlier, "failure_test.TestMain") || !strings.Contains(earlier, "failure_test.go") {
		t.Errorf("crash: %s", earlier)
	}
	if !strings.Contains(l.Tail(100), "failure_test.TestMain") || strings.Contains(l.Tail(100), "张三") {
		t.Errorf("log: %s", l.Tail(100))
	}
	if again := l.WatchCrashes(); again != "" {
		t.Errorf("told twice: %s", again)
	}
}

func TestWatcherAlertsOnceWhenTheToolkitHasNoWindow(t *testing.T) {
	var out bytes.Buffer
	alerts := 0
	logger := log.New(&failure.Watcher{Next: &out, Alert: func() { alerts++ }}, "", 0)
	logger.Println("Fyne error: ", "clipboard set failed")
	if alerts != 0 {
		t.Error("an alert for something else")
	}
	logger.Println("Fyne error: ", "window creation error")
	logger.Println("Fyne error: ", "failed to initialise OpenGL")
	if alerts != 1 || strings.Count(out.String(), "\n") != 3 {
		t.Errorf("%d alerts, %q", alerts, out.String())
	}
}
