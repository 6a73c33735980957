package information

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/information"
	"lianshao/app/report"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/warning"
	"lianshao/ui/widgets"
)

// raisePoint makes a risk point of an item: drafted from it, completed by the person.
func (l *library) raisePoint(x *domain.Intelligence) {
	p := l.host.Session().Pilot
	draft := information.PointFrom(p, x)
	var units []string
	for _, u := range p.Units.All() {
		units = append(units, u.Name)
	}
	code, name, text := widgets.NewEntry(), widgets.NewEntry(), widgets.NewTextArea(4)
	code.SetText(draft.Code)
	name.SetText(draft.Name)
	text.SetText(draft.Description)
	post := widget.NewSelectEntry(nil)
	unit := widget.NewSelect(units, func(u string) { post.SetOptions(postsOf(p, u)) })
	if at := p.NameOf(domain.KindUnit, draft.Unit); at != "" {
		unit.SetSelected(at)
	}
	post.SetText(p.NameOf(domain.KindPost, draft.Post))
	category := widget.NewSelect(domain.Categories, nil)
	category.SetSelected(draft.Category)
	form := widgets.NewFormRows().Row(lang.L("编号"), code).Row(lang.L("部门"), unit).Row(lang.L("岗位"), post).Row(lang.L("风险点"), name).
		Row(lang.L("表现形式"), text).Row(lang.L("风险类别"), category)
	page.Ask(l.host, page.Question{Title: lang.L("由风险信息新增风险点：") + x.Code, Yes: lang.L("新增"), Form: form, First: name, Width: 620, Act: func() error {
		r := draft.Clone().(*domain.RiskPoint)
		r.Code, r.Name, r.Description, r.Category = strings.TrimSpace(code.Text), strings.TrimSpace(name.Text), strings.TrimSpace(text.Text), category.Selected
		if err := place(p, r, unit.Selected, strings.TrimSpace(post.Text)); err != nil {
			return err
		}
		err := l.host.Do(information.RaisePoint(x.ID, r, l.host.Session().NewID))
		if err == nil {
			l.host.Toast(fmt.Sprintf(lang.L("已新增风险点 %s，并与 %s 对应"), r.Code, x.Code))
		}
		return err
	}})
}

func postsOf(p *domain.Pilot, unit string) []string {
	id, _ := p.Resolve(domain.KindUnit, domain.Ref{}, unit)
	var posts []string
	for _, o := range p.Posts.By(domain.ByUnit, id) {
		posts = append(posts, o.Name)
	}
	return posts
}

// place puts a point into a unit and at a post by their names.
func place(p *domain.Pilot, r *domain.RiskPoint, unit, post string) error {
	r.Unit, r.Post = domain.Ref{}, domain.Ref{}
	if id, ok := p.Resolve(domain.KindUnit, domain.Ref{}, unit); ok {
		r.Unit = domain.To(id)
	}
	if post == "" {
		return nil
	}
	id, ok := p.Resolve(domain.KindPost, r.Unit, post)
	if !ok {
		return app.E(app.CodeInvalid, "%s没有名为“%s”的岗位，请从下拉里选，或先登记岗位", unit, post)
	}
	r.Post = domain.To(id)
	return nil
}

// link ties an item to a point that is there.
func (l *library) link(x *domain.Intelligence) {
	var choices []string
	for _, r := range l.host.Session().Pilot.ActivePoints() {
		if len(x.Units) != 1 || r.Unit.ID == x.Units[0].ID {
			choices = append(choices, r.Code+" "+r.Name)
		}
	}
	point := widget.NewSelectEntry(choices)
	form := widgets.NewFormRows().Row(lang.L("风险点"), point)
	page.Ask(l.host, page.Question{Title: lang.L("对应风险点：") + x.Code, Yes: lang.L("对应"), Form: form, First: point, Width: 520, Act: func() error {
		code, _, _ := strings.Cut(strings.TrimSpace(point.Text), " ")
		return l.host.Do(information.Link(x.ID, code))
	}})
}

// warn signs a warning that rests on an item; with several points the person
// chooses which.
func (l *library) warn(x *domain.Intelligence) {
	in := report.NewInput(l.host.Session(), 0)
	var names []string
	var points []*domain.RiskPoint
	for _, ref := range x.Points {
		if r, ok := in.Pilot.RiskPoints.Get(ref.ID); ok && r.Status == domain.PointActive {
			points = append(points, r)
			names = append(names, r.Code+" "+r.Name)
		}
	}
	switch len(points) {
	case 0:
		l.host.Report(app.E(app.CodeInvalid, "%s 对应的风险点都已不再有效，请先对应一个有效的风险点", x.Code))
	case 1:
		l.host.Report(l.sign(in, x, points[0]))
	default:
		which := widget.NewRadioGroup(names, nil)
		which.Required = true
		which.SetSelected(names[0])
		page.Ask(l.host, page.Question{Title: lang.L("据此预警哪个风险点？"), Yes: lang.L("下一步"), Form: which,
			Act: func() error { return l.sign(in, x, points[slices.Index(names, which.Selected)]) }})
	}
}

func (l *library) sign(in report.Input, x *domain.Intelligence, r *domain.RiskPoint) error {
	proposal, ok := warn.FromIntelligence(in.Pilot, in.Result, x, r)
	if !ok {
		return app.E(app.CodeInvalid, "还没有可以预警的等级：请先在“风险评估”里定等级方案")
	}
	warning.Sign(l.host, in, proposal)
	return nil
}
