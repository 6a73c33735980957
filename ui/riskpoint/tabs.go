package riskpoint

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// Tabs of the page, which Show takes as its argument.
const (
	tabPoints   = "points"
	TabNear     = "near"
	TabChecks   = "checks"
	TabChannels = "channels"
)

// tabs is the page 风险排查: the points, what looks alike, what the checks find, and
// what each channel found.
type tabs struct {
	*records.Tabs
	points *Page
	found  *findings
}

// New builds the page.
func New(h page.Host) page.Page {
	points := newPoints(h)
	t := &tabs{points: points, found: newFindings(h)}
	t.Tabs = records.NewTabs(
		records.Part{ID: tabPoints, Title: "风险点", Content: points.Content(), Changed: points.Changed, Opened: points.Focus},
		lazy(t, TabNear, "疑似重复", newNear(h)), lazy(t, TabChecks, "检查", t.found), lazy(t, TabChannels, "来源渠道", newYield(h)))
	return t
}

// Show opens one of the tabs, or the points narrowed to what arg says.
func (t *tabs) Show(arg string) {
	if slices.Contains([]string{TabNear, TabChecks, TabChannels}, arg) {
		t.Tabs.Show(arg)
		return
	}
	t.Tabs.Show(tabPoints)
	t.points.Show(arg)
}

// Find puts the keyboard into the filter of the points.
func (t *tabs) Find() {
	if t.Up() == tabPoints {
		t.points.Find()
	}
}

// Focus gives the keyboard to the table of the points.
func (t *tabs) Focus() {
	if t.Up() == tabPoints {
		t.points.Focus()
	}
}

// view is a tab that is built and filled when it is looked at.
type view interface {
	content() fyne.CanvasObject
	fill()
}

// lazy keeps a tab empty until it is opened, and fills it anew only while it is up:
// comparing all points takes longer than a keystroke may.
func lazy(t *tabs, id, title string, v view) records.Part {
	place := container.NewStack()
	open := func() {
		if len(place.Objects) == 0 {
			place.Objects = []fyne.CanvasObject{v.content()}
			place.Refresh()
		}
		v.fill()
	}
	return records.Part{ID: id, Title: title, Content: place, Opened: open, Changed: func(e app.Event) {
		if t.Up() == id && e.Touches(domain.KindRiskPoint, domain.KindMeasure, domain.KindWorkflow, domain.KindPost, domain.KindUnit, domain.KindRating) {
			v.fill()
		}
	}}
}
