// Package information turns what was collected into what the pilot works with:
// items of the 风险信息库 into risk points and case cards, units into meetings to hold.
package information

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
)

// Mobilise makes a record of a mobilisation meeting for every unit that has none,
// and counts them in n. Day, place and people are for the person to fill in.
func Mobilise(newID app.IDs, n *int) app.Command {
	return app.Edit(domain.Op{Name: "mobilise", Label: "新增各部门动员会记录"}, func(d *domain.Pilot) error {
		*n = 0
		if d.Units.Len() == 0 {
			return app.E(app.CodeInvalid, "还没有登记试点部门，请先在“组织机构”里登记")
		}
		for _, u := range d.Units.All() {
			if slices.ContainsFunc(d.Meetings.All(), func(m *domain.Meeting) bool { return m.Type == domain.MeetingMobilise && m.Unit.ID == u.ID }) {
				continue
			}
			d.Put(&domain.Meeting{Base: domain.Base{ID: newID(), Origin: "手工录入"}, Type: domain.MeetingMobilise,
				Title: u.Name + "廉政风险预警防范试点动员会", Unit: domain.To(u.ID)})
			*n++
		}
		return nil
	})
}

// NextCase proposes the next code of a case card.
func NextCase(p *domain.Pilot) string { return edit.NextCode(p, domain.KindCaseCard, "AL-00") }

// SourceCase is the source of items that tell of a case.
const SourceCase = "典型案例"

// CasesFromInformation makes a case card of every 典型案例 of the 风险信息库 that has
// none, and counts them in n.
func CasesFromInformation(newID app.IDs, n *int) app.Command {
	return app.Edit(domain.Op{Name: "cases", Label: "由典型案例新增案例卡"}, func(d *domain.Pilot) error {
		*n = 0
		for _, x := range d.Intelligence.All() {
			if x.Source != SourceCase || slices.ContainsFunc(d.CaseCards.All(), func(c *domain.CaseCard) bool { return c.Info.ID == x.ID }) {
				continue
			}
			c := caseOf(d, x)
			c.SetBase(newID(), "风险信息 "+x.Code)
			if _, taken := d.CaseCards.ByKey(c.Title); taken {
				c.Title += "（" + x.Code + "）"
			}
			d.Put(c)
			*n++
		}
		return nil
	})
}

func caseOf(d *domain.Pilot, x *domain.Intelligence) *domain.CaseCard {
	c := &domain.CaseCard{Base: domain.Base{Code: NextCase(d)}, Title: domain.ShortName(x.Summary), Source: strings.TrimSpace(x.Registrar + " " + x.Verified),
		Date: x.Date, Facts: x.Summary, Lessons: x.Handling, Points: slices.Clone(x.Points), Info: domain.To(x.ID)}
	if domain.IsCategory(x.Category) {
		c.Categories = []string{x.Category}
	}
	return c
}

// PointFrom drafts a risk point out of an item: where, which words, which channel.
// The person completes it; RaisePoint stores it.
func PointFrom(p *domain.Pilot, x *domain.Intelligence) *domain.RiskPoint {
	r := &domain.RiskPoint{Name: domain.ShortName(x.Summary), Description: x.Summary, Category: x.Category}
	if len(x.Units) > 0 {
		r.Unit = x.Units[0]
	} else if len(x.Posts) > 0 {
		if post, ok := p.Posts.Get(x.Posts[0].ID); ok {
			r.Unit = post.Unit
		}
	}
	if len(x.Posts) > 0 {
		r.Post = x.Posts[0]
	}
	like := "FX-00"
	for _, o := range p.RiskPoints.By(domain.ByUnit, r.Unit.ID) {
		like = o.Code
	}
	r.Code = edit.NextCode(p, domain.KindRiskPoint, like)
	r.AddFinding(domain.Finding{Channel: channelOf(x.Source), Date: x.Date, Note: "风险信息 " + x.Code})
	return r
}

// channelOf is the channel an item's source belongs to.
func channelOf(source string) string {
	switch source {
	case "信访举报", "群众意见", "座谈会", "民主测评", "网络舆情":
		return "群众帮"
	case "述职述廉", "民主生活会", "自查":
		return "自己查"
	}
	return "组织点"
}

// RaisePoint stores a risk point drafted by PointFrom and links the item to it.
func RaisePoint(info domain.ID, point *domain.RiskPoint, newID app.IDs) app.Command {
	return app.Edit(domain.Op{Name: "raise-point", Label: "由风险信息新增风险点 " + point.Code}, func(d *domain.Pilot) error {
		x, ok := d.Intelligence.Get(info)
		switch {
		case !ok:
			return app.E(app.CodeNotFound, "这条风险信息已不存在")
		case point.Unit.ID == "":
			return app.E(app.CodeInvalid, "请选择风险点属于哪个部门")
		case strings.TrimSpace(point.Name) == "":
			return app.E(app.CodeInvalid, "请写上风险点")
		case point.Code == "":
			return app.E(app.CodeInvalid, "请写上风险点编号")
		}
		if _, taken := d.RiskPoints.ByKey(point.Code); taken {
			return app.E(app.CodeInvalid, "已有编号为 %s 的风险点，请换一个编号", point.Code)
		}
		r := point.Clone().(*domain.RiskPoint)
		r.SetBase(newID(), "风险信息 "+x.Code)
		d.Put(r)
		n := x.Clone().(*domain.Intelligence)
		n.Points = append(n.Points, domain.To(r.ID))
		d.Put(n)
		return nil
	})
}

// Link ties an item to a risk point that is there already.
func Link(info domain.ID, code string) app.Command {
	return app.Edit(domain.Op{Name: "link", Label: fmt.Sprintf("风险信息对应风险点 %s", code)}, func(d *domain.Pilot) error {
		x, ok := d.Intelligence.Get(info)
		if !ok {
			return app.E(app.CodeNotFound, "这条风险信息已不存在")
		}
		r, ok := d.RiskPoints.ByKey(strings.TrimSpace(code))
		if !ok {
			return app.E(app.CodeNotFound, "没有编号为“%s”的风险点", code)
		}
		if slices.ContainsFunc(x.Points, func(p domain.Ref) bool { return p.ID == r.ID }) {
			return nil
		}
		n := x.Clone().(*domain.Intelligence)
		n.Points = append(n.Points, domain.To(r.ID))
		d.Put(n)
		return nil
	})
}
