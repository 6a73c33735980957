package records

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

const offerHead = "revise?"

// Offer answers the refusal of a changed text that was published: it says why and
// leads to the revision that the change needs, filled in as it was typed. false =
// it is another error, or the cell is of a record that is not published.
func Offer(h page.Host, err error, c edit.Cell) bool {
	if app.CodeOf(err) != app.CodePublished {
		return false
	}
	q := url.Values{"field": {c.Field}, "record": {string(c.ID)}, "text": {c.Text}, "point": {string(c.ID)}}
	if m, ok := h.Session().Pilot.Measures.Get(c.ID); ok {
		q.Set("point", string(m.Point.ID))
	}
	widgets.Confirm(h.Window(), lang.L("已经公示的内容"), app.Sentence(err), lang.L("依据意见修订…"), func() { h.Go(page.Disclosure, offerHead+q.Encode()) })
	return true
}

// OfferOf reads the argument that Offer leads to 公示意见 with.
func OfferOf(arg string) (url.Values, bool) {
	rest, ok := strings.CutPrefix(arg, offerHead)
	if !ok {
		return nil, false
	}
	q, err := url.ParseQuery(rest)
	return q, err == nil && domain.ID(q.Get("point")) != ""
}
