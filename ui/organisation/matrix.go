package organisation

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// person is somebody who may be asked to score.
type person struct{ group, role, name, title string }

// matrix is the table of who may assess whom: a row per person, a column per unit.
type matrix struct {
	host    page.Host
	root    *fyne.Container
	persons []person
	barred  []map[string]string // per person, why not by unit; "" = may
}

func newMatrix(h page.Host) *matrix {
	m := &matrix{host: h, root: container.NewStack()}
	m.update()
	return m
}

// update reads persons and units anew.
func (m *matrix) update() {
	p := m.host.Session().Pilot
	m.persons = scorers(p)
	units := p.Units.All()
	if len(m.persons) == 0 || len(units) == 0 {
		m.root.Objects = []fyne.CanvasObject{widgets.NewEmptyState(lang.L("谁评谁由名单和部门得出：被评的人不评自己的部门。先登记领导小组和试点部门。"),
			lang.L("登记名单"), func() { m.host.Go(page.Organisation, "members") }, "", nil)}
		m.root.Refresh()
		return
	}
	m.barred = make([]map[string]string, len(m.persons))
	for i, x := range m.persons {
		m.barred[i] = map[string]string{}
		for _, u := range units {
			_, m.barred[i][string(u.ID)] = p.CanAssess(x.name, x.title, u.ID)
		}
	}
	cols := []widgets.Column{{ID: "group", Title: lang.L("组别"), Width: 100}, {ID: "role", Title: lang.L("组内职务"), Width: 80},
		{ID: "name", Title: lang.L("姓名"), Width: 90}, {ID: "title", Title: lang.L("职务"), Width: 220}}
	for _, u := range units {
		cols = append(cols, widgets.Column{ID: string(u.ID), Title: u.Name, Width: 250})
	}
	hint := widget.NewLabel(lang.L("部门负责人、本部门任职的人要回避。任职人员写在“岗位与人员”里，负责人写在“试点部门”里。"))
	hint.Importance = widget.LowImportance
	m.root.Objects = []fyne.CanvasObject{container.NewBorder(hint, nil, nil, nil, widgets.NewDataGrid(cols, m))}
	m.root.Refresh()
}

// scorers lists the members of the groups that score and the assessors of the
// latest round who are not among them.
func scorers(p *domain.Pilot) []person {
	var out []person
	known := map[string]bool{}
	for _, group := range []string{domain.GroupLeading, domain.GroupResearch} {
		for _, m := range p.Members.All() {
			if m.Group == group {
				out = append(out, person{m.Group, m.Role, m.Name, m.Title})
				known[m.Title] = true
			}
		}
	}
	if round := p.Round(0); round != nil {
		for _, a := range round.Assessors {
			if !known[domain.OfficeOf(a.Title)] {
				out = append(out, person{lang.L("评分人"), "", a.Name, a.Title})
			}
		}
	}
	return out
}

// Len implements widgets.Source.
func (m *matrix) Len() int { return len(m.persons) }

// Cell implements widgets.Source.
func (m *matrix) Cell(row int, col string) widgets.Cell {
	if row < 0 || row >= len(m.persons) {
		return widgets.Cell{}
	}
	x := m.persons[row]
	switch col {
	case "group":
		return widgets.Cell{Text: x.group}
	case "role":
		return widgets.Cell{Text: x.role}
	case "name":
		return widgets.Cell{Text: x.name}
	case "title":
		return widgets.Cell{Text: x.title}
	}
	if why := m.barred[row][col]; why != "" {
		return widgets.Cell{Text: lang.L("回避：") + why, Warn: true}
	}
	return widgets.Cell{Text: lang.L("可以评")}
}
