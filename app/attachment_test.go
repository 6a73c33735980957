package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
)

// fileSession is a pilot on disk with one meeting, m.
func fileSession(t *testing.T) (*app.Session, string) {
	t.Helper()
	n := 0
	newID := func() domain.ID { n++; return domain.ID(fmt.Sprintf("%07d", n)) }
	path := filepath.Join(t.TempDir(), "a.lianshao")
	s, err := app.CreatePilot(pilotfile.Stores{}, path, app.TemplateUniversity, 2026, time.Now, newID, "某")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	err = s.Do(app.Edit(domain.Op{Name: "t", Label: "t"}, func(d *domain.Pilot) error {
		d.Put(&domain.Meeting{Base: domain.Base{ID: "m"}, Type: domain.MeetingMobilise, Title: "动员会", Date: "2026-06-05"})
		d.Put(&domain.CaseCard{Base: domain.Base{ID: "c"}, Title: "案例"})
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	return s, path
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// A file put into a pilot comes back byte for byte after reopening; on two records
// it is kept once, and goes when the last lets it go; undo brings it back.
func TestAttachmentLivesInThePilot(t *testing.T) {
	s, path := fileSession(t)
	content := bytes.Repeat([]byte("签到 "), 50000)
	a, err := s.KeepFile(write(t, "签到表.pdf", content))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []struct {
		k  domain.Kind
		id domain.ID
	}{{domain.KindMeeting, "m"}, {domain.KindMeeting, "m"}, {domain.KindCaseCard, "c"}} {
		if err := s.Do(app.AttachTo(h.k, h.id, []*domain.Attachment{a}, s.NewID)); err != nil {
			t.Fatal(err)
		}
	}
	if s.Pilot.Attachments.Len() != 1 {
		t.Fatalf("%d attachments", s.Pilot.Attachments.Len())
	}
	kept := s.Pilot.Attachments.All()[0]
	if n := len(app.HoldersOf(s.Pilot, kept.ID)); n != 2 {
		t.Errorf("held by %d", n)
	}
	if err := s.Do(app.Detach(domain.KindMeeting, "m", kept.ID)); err != nil || s.Pilot.Attachments.Len() != 1 {
		t.Fatalf("%v, %d attachments after the first detach", err, s.Pilot.Attachments.Len())
	}
	if err := s.Do(app.Detach(domain.KindCaseCard, "c", kept.ID)); err != nil || s.Pilot.Attachments.Len() != 0 {
		t.Fatalf("%v, %d attachments after the last detach", err, s.Pilot.Attachments.Len())
	}
	if err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := app.OpenPilot(pilotfile.Stores{}, path, time.Now, s.NewID, "某", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	back, err := again.Content(again.Pilot.Attachments.All()[0])
	if err != nil || !bytes.Equal(back, content) {
		t.Fatalf("%v, %d bytes", err, len(back))
	}
}

func TestRefusedAttachments(t *testing.T) {
	s, _ := fileSession(t)
	big := filepath.Join(t.TempDir(), "录像.mp4")
	if err := os.WriteFile(big, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, app.MaxAttachment+1); err != nil {
		t.Fatal(err)
	}
	for path, word := range map[string]string{big: "最多 20 MB", t.TempDir(): "是文件夹", write(t, "空.txt", nil): "空文件",
		filepath.Join(t.TempDir(), "没有.pdf"): "读不到"} {
		if _, err := s.KeepFile(path); err == nil || !strings.Contains(app.Sentence(err), word) {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if err := s.Do(app.AttachTo(domain.KindUnit, s.Pilot.Units.All()[0].ID, nil, s.NewID)); err == nil {
		t.Error("a unit took an attachment")
	}
}

// A copy for looking at is private and read-only, a program is not opened at all,
// and nothing is left after wiping.
func TestPrivateCopies(t *testing.T) {
	c := app.PrivateCopies{Dir: filepath.Join(t.TempDir(), "copies")}
	for _, name := range []string{"a.exe", "宏.docm", "b.sh", "无扩展名"} {
		if _, err := c.Write(name, []byte("x")); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	path, err := c.Write(`../签到:表.pdf`, []byte("内容"))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	folder, _ := os.Stat(filepath.Dir(path))
	if runtime.GOOS != "windows" && (info.Mode().Perm() != 0o400 || folder.Mode().Perm() != 0o700) {
		t.Errorf("modes %v and %v", info.Mode(), folder.Mode())
	}
	if !strings.HasPrefix(path, c.Dir) {
		t.Errorf("written to %s", path)
	}
	if err := c.Wipe(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.Dir); !os.IsNotExist(err) {
		t.Error("the folder is still there")
	}
	if err := c.Wipe(); err != nil {
		t.Errorf("wiping nothing: %v", err)
	}
}
