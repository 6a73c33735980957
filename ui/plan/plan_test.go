package plan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// planned is a pilot from the university template with the plan page open.
func planned(t *testing.T) *pagetest.Host {
	t.Helper()
	cmd, err := app.CreateFrom(app.TemplateUniversity, 2026, pagetest.NewIDs("s"))
	if err != nil {
		t.Fatal(err)
	}
	p := domain.NewPilot()
	cs, err := cmd.Plan(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Apply(cs)
	h := pagetest.New(t, p)
	h.Open(New(h), "")
	return h
}

// The step at hand is chosen and its button leads to where the paper is made.
func TestStepLeadsToItsPaper(t *testing.T) {
	h := planned(t) // 2026-08-25: step 8 runs
	h.Shot("plan")
	if text := strings.Join(h.Texts(), "\n"); text == "" {
		t.Fatal("nothing on the page")
	}
	h.TapButton("去做")
	if len(h.Visits) != 1 || h.Visits[0].Screen != "assessment" {
		t.Errorf("led to %v", h.Visits)
	}
}

// A paper is filed with its title and file; without a title it is refused and
// nothing changes.
func TestPaperIsFiled(t *testing.T) {
	h := planned(t)
	m, _ := h.Session().Pilot.Milestones.ByKey("1")
	file := filepath.Join(t.TempDir(), "请示.pdf")
	if err := os.WriteFile(file, []byte("%PDF"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.OpenFrom = []string{file}
	newPanel(h).file(m, "请示")
	h.TapButton("归档")
	if h.Session().Pilot.Artefacts.Len() != 0 {
		t.Fatal("filed without a title")
	}
	h.Window().Canvas().Focus(pagetest.Find[*widgets.Entry](h)[0]) // as a click into 标题
	h.Type("关于开展试点的请示")
	h.TapButton("选择文件…")
	h.TapButton("归档")
	all := h.Session().Pilot.Artefacts.All()
	if len(all) != 1 || all[0].Title != "关于开展试点的请示" || all[0].Date != "2026-08-25" || len(all[0].Attachments) != 1 || len(h.Errors) > 0 {
		t.Fatalf("filed %+v, errors %v", all, h.Errors)
	}
	state := h.Session().Plan().Of(m)
	for i := range state.Papers {
		if state.Papers[i].Name == "请示" && !state.Papers[i].Have() {
			t.Error("the step still lacks it")
		}
	}
}

// Esc leaves a dialog from the field in which one types.
func TestEscLeavesTheFiling(t *testing.T) {
	h := planned(t)
	m, _ := h.Session().Pilot.Milestones.ByKey("1")
	newPanel(h).file(m, "请示")
	h.Window().Canvas().Focus(pagetest.Find[*widgets.Entry](h)[0])
	h.Press(fyne.KeyEscape)
	if widgets.DialogOpen(h.Window().Canvas()) {
		t.Error("the dialog stays")
	}
}

func TestCalendarIsSaved(t *testing.T) {
	h := planned(t)
	h.SaveTo = "步骤.ics"
	h.TapButton("存成日历…")
	if got := string(h.Written["步骤.ics"]); strings.Count(got, "BEGIN:VEVENT") != 14 {
		t.Errorf("%d events, errors %v", strings.Count(got, "BEGIN:VEVENT"), h.Errors)
	}
}
