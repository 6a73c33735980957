package meeting

import (
	"os"
	"path/filepath"
	"testing"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// One button makes the mobilisation meetings that lack, a file hangs on one and is
// looked at as a private copy.
func TestMobilisationsAndTheirFiles(t *testing.T) {
	p := domain.NewPilot()
	for _, u := range []string{"基建处", "设备处"} {
		p.Put(&domain.Unit{Base: domain.Base{ID: domain.ID(u), Code: u}, Name: u})
	}
	h := pagetest.New(t, p)
	h.Open(New(h), "")
	h.TapButton("补齐各部门动员会")
	if n := h.Session().Pilot.Meetings.Len(); n != 2 {
		t.Fatalf("%d meetings, errors %v", n, h.Errors)
	}
	file := filepath.Join(t.TempDir(), "签到.jpg")
	if err := os.WriteFile(file, []byte("图"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.OpenFrom = []string{file}
	h.TapButton("添加附件…")
	h.Shot("meetings")
	h.TapButton("签到.jpg")
	if string(h.Shown["签到.jpg"]) != "图" || len(h.Errors) > 0 {
		t.Errorf("shown %q, errors %v", h.Shown, h.Errors)
	}
}
