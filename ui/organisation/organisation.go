// Package organisation is the page 组织机构: who decides, who steers, who studies,
// who collects; departments, posts and their people; who may assess whom.
package organisation

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// New builds the page.
func New(h page.Host) page.Page {
	return records.NewTabs(members(h), units(h), posts(h), assessors(h))
}

// rosters are the papers of the groups.
var rosters = map[string]string{domain.GroupLeading: "leading", domain.GroupResearch: "research-group", domain.GroupNetwork: "network"}

func members(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMember, records.Options{Name: "member"})
	l.Empty = lang.L("还没有常委会、领导小组、课题小组名单和信息收集网络。可以从《领导小组名单》表导入，也可以逐人新增。")
	group := domain.GroupLeading
	l.Add = func(p *domain.Pilot) domain.Record { return newMember(p, group) }
	roster := widget.NewButton(lang.L("打印名单"), func() { h.Go(page.Reports, rosters[group]) })
	roster.Importance = widget.LowImportance
	all := lang.L("全部")
	choose := widget.NewSelect(append([]string{all}, domain.Groups...), func(g string) {
		group = g
		if g == all {
			group = domain.GroupLeading
			l.SetKeep(nil)
		} else {
			l.SetKeep(func(r domain.Record) bool { return r.(*domain.Member).Group == g })
		}
		roster.Enable()
		if rosters[group] == "" {
			roster.Disable()
		}
	})
	choose.Selected = all
	l.Tools = []fyne.CanvasObject{choose, roster}
	return records.ListPart("members", "组织与网络", l)
}

// newMember is one more member of a group, of the network one more source.
func newMember(p *domain.Pilot, group string) *domain.Member {
	m := &domain.Member{Group: group, Role: "成员", Title: lang.L("新成员职务")}
	if group == domain.GroupNetwork {
		m.Role, m.Title, m.Source = "", "", lang.L("新的信息来源")
	}
	for _, o := range p.Members.All() {
		if o.Group == group {
			m.No = max(m.No, o.No)
		}
	}
	m.No++
	return m
}

func units(h page.Host) records.Part {
	l := records.NewList(h, domain.KindUnit, records.Options{Name: "unit"})
	l.Add = func(*domain.Pilot) domain.Record {
		name := lang.L("新部门")
		return &domain.Unit{Base: domain.Base{Code: name}, Name: name}
	}
	return records.ListPart("units", "试点部门", l)
}

func posts(h page.Host) records.Part {
	l := records.NewList(h, domain.KindPost, records.Options{Name: "people", Hidden: []string{"duties", "powers", "note"}})
	l.Add = func(p *domain.Pilot) domain.Record {
		post := &domain.Post{Name: lang.L("新岗位")}
		if all := p.Units.All(); len(all) > 0 {
			post.Unit = domain.To(all[0].ID)
		}
		post.Code = post.Name
		return post
	}
	return records.ListPart("posts", "岗位与人员", l)
}

// assessors shows for every person who may score and every unit whether they may.
func assessors(h page.Host) records.Part {
	m := newMatrix(h)
	return records.Part{ID: "assessors", Title: "谁评谁", Content: m.root, Changed: func(app.Event) { m.update() }}
}
