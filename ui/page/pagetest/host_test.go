package pagetest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
)

// buttonPage is the smallest page that changes the pilot and shows it.
type buttonPage struct {
	h     *Host
	label *widget.Label
	shown string
}

func (p *buttonPage) Content() fyne.CanvasObject {
	add := func() {
		if err := p.h.Do(edit.Add(&domain.Unit{Name: "基建处"}, p.h.Session().NewID)); err != nil {
			p.h.Report(err)
		}
	}
	return container.NewVBox(widget.NewButton("新增", add), p.label)
}
func (p *buttonPage) Show(arg string)     { p.shown = arg }
func (p *buttonPage) Changed(e app.Event) { p.label.SetText(e.Op.Label) }

func TestHostTellsPagesOfChanges(t *testing.T) {
	h := New(t, nil)
	p := &buttonPage{h: h, label: widget.NewLabel("")}
	h.Open(p, "unit=1")
	if p.shown != "unit=1" {
		t.Errorf("shown with %q", p.shown)
	}
	h.TapButton("新增")
	if h.Session().Pilot.Units.Len() != 1 || p.label.Text == "" {
		t.Fatalf("units %d, page was told %q", h.Session().Pilot.Units.Len(), p.label.Text)
	}
	stored, _ := h.Store.Load(nil)
	if !stored.Equal(h.Session().Pilot) {
		t.Error("the store holds something else than memory")
	}
	h.TapButton("新增")
	if len(h.Errors) != 1 {
		t.Errorf("the second unit of the same name: errors %v", h.Errors)
	}
	if err := h.Session().Undo(); err != nil || h.Session().Pilot.Units.Len() != 0 {
		t.Errorf("undo: %v, units %d", err, h.Session().Pilot.Units.Len())
	}
	entries, _ := h.Store.Journal(0, 9)
	if len(entries) != 2 || entries[0].Action != app.ActionUndo {
		t.Errorf("journal %+v", entries)
	}
}
