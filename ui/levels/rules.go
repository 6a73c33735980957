package levels

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// rules edits the conditions that raise a point to at least a level.
type rules struct {
	e    *Editor
	grid *widgets.DataGrid
	says *widgets.Prose
	root *fyne.Container
}

func newRules(e *Editor) *rules {
	r := &rules{e: e, says: widgets.NewProse("")}
	var triggers []string
	for _, t := range domain.Triggers {
		triggers = append(triggers, string(t))
	}
	r.grid = widgets.NewDataGrid([]widgets.Column{
		{ID: "when", Title: lang.L("条件"), Width: 140, Grow: true, Editable: true, Options: triggers},
		{ID: "of", Title: lang.L("哪一项"), Width: 110, Editable: true, OptionsFor: r.choices},
		{ID: "least", Title: lang.L("不低于"), Width: 66, Align: widgets.AlignRight, Editable: true},
		{ID: "level", Title: lang.L("至少定为"), Width: 84, Editable: true, OptionsFor: func(int) []string { return r.labels() }},
	}, r)
	r.grid.OnEdit = r.edit
	r.grid.OnPaste = r.paste
	r.grid.NewRows = lang.L("提级条件")
	r.grid.OnDelete = r.remove
	r.grid.OnSelect = func(int) { r.tell() }
	add := widget.NewButtonWithIcon(lang.L("提级条件"), theme.ContentAddIcon(), r.add)
	add.Importance = widget.LowImportance
	drop := widget.NewButton(lang.L("删除"), func() { r.remove(r.grid.SelectedRows()) })
	drop.Importance = widget.LowImportance
	r.root = container.NewBorder(container.NewHBox(add, drop), r.says, nil, nil, r.grid)
	return r
}

func (r *rules) load() { r.grid.Refresh(); r.tell() }

func (r *rules) tell() {
	row, _ := r.grid.Current()
	if row < 0 || row >= r.Len() {
		r.says.SetText(lang.L("没有提级条件：等级只由下限决定。加了条件，满足它的风险点至少定为指定的等级，只升不降。"))
		return
	}
	r.says.SetText(r.e.scheme.Overrides[row].Text())
}

func (r *rules) labels() (out []string) {
	for _, l := range r.e.levels {
		out = append(out, l.Label)
	}
	return out
}

// choices are what a condition can be about.
func (r *rules) choices(row int) (out []string) {
	switch r.e.scheme.Overrides[row].When {
	case domain.TriggerCategory:
		return domain.Categories
	case domain.TriggerMeasures:
		return []string{domain.ResultNothing, domain.ResultNot, domain.ResultPartly, domain.ResultDone}
	case domain.TriggerIndicator:
		for _, i := range r.indicators() {
			out = append(out, i.Code+" "+i.Name)
		}
	}
	return out
}

func (r *rules) indicators() []domain.Indicator {
	if s := r.e.host.Session().Pilot.SystemFor(domain.TargetPoint); s != nil {
		return s.Indicators()
	}
	return nil
}

// Len implements widgets.Source.
func (r *rules) Len() int {
	if r.e.scheme == nil {
		return 0
	}
	return len(r.e.scheme.Overrides)
}

// Cell implements widgets.Source.
func (r *rules) Cell(row int, col string) widgets.Cell {
	o := r.e.scheme.Overrides[row]
	switch col {
	case "when":
		return widgets.Cell{Text: string(o.When)}
	case "of":
		for _, i := range r.indicators() {
			if o.When == domain.TriggerIndicator && i.Code == o.Of {
				return widgets.Cell{Text: i.Code + " " + i.Name}
			}
		}
		return widgets.Cell{Text: o.Of}
	case "least":
		if o.When == domain.TriggerIndicator || o.When == domain.TriggerSelf {
			return widgets.Cell{Text: fields.Number(o.Least)}
		}
		return widgets.Cell{}
	}
	l, _ := r.e.scheme.Labelled(o.Level)
	return widgets.Cell{Text: o.Level, Color: colorOf(l)}
}

func (r *rules) edit(row int, col, text string) error {
	o := r.e.scheme.Overrides[row]
	if err := r.set(&o, col, text); err != nil {
		return err
	}
	return r.e.save(func(s *domain.LevelScheme) { s.Overrides[row] = o })
}

// set types into a condition.
func (r *rules) set(o *domain.Override, col, text string) error {
	text = strings.TrimSpace(text)
	switch col {
	case "when":
		if !slices.Contains(domain.Triggers, domain.Trigger(text)) {
			return app.E(app.CodeInvalid, "没有“%s”这种条件，请从下拉里选", text)
		}
		if o.When != domain.Trigger(text) {
			*o = r.fresh(domain.Trigger(text), o.Level)
		}
	case "of":
		o.Of = text
		if o.When == domain.TriggerIndicator {
			o.Of, _, _ = strings.Cut(text, " ")
		}
	case "least":
		if text == "" && o.When != domain.TriggerIndicator && o.When != domain.TriggerSelf {
			return nil
		}
		v, _, ok := domain.ParseNumber(text)
		if !ok {
			return app.E(app.CodeInvalid, "应为数字，现为“%s”", text)
		}
		o.Least = v
	case "level":
		if !slices.Contains(r.labels(), text) {
			return app.E(app.CodeInvalid, "没有“%s”这个等级，可选：%s", text, strings.Join(r.labels(), "、"))
		}
		o.Level = text
	}
	return nil
}

// paste types a block as one operation; rows below the last are new conditions, which
// need their condition.
func (r *rules) paste(b *widgets.Block) error {
	s := r.e.scheme.Clone().(*domain.LevelScheme)
	err := b.Each(func(row int, col, text string) error {
		for row >= len(s.Overrides) {
			s.Overrides = append(s.Overrides, r.fresh(domain.TriggerEvent, r.usual()))
		}
		return r.set(&s.Overrides[row], col, text)
	})
	if err != nil {
		return err
	}
	return r.e.host.Do(assess.SaveScheme(s, r.e.host.Session().NewID))
}

// usual is the level that new conditions raise to.
func (r *rules) usual() string { return r.e.levels[min(1, len(r.e.levels)-1)].Label }

// fresh is a condition of a kind with the usual choice.
func (r *rules) fresh(when domain.Trigger, level string) domain.Override {
	o := domain.Override{When: when, Level: level}
	switch when {
	case domain.TriggerIndicator:
		if inds := r.indicators(); len(inds) > 0 {
			o.Of = inds[0].Code
		}
		o.Least = 4.5
	case domain.TriggerSelf:
		o.Least = 20
	case domain.TriggerCategory:
		o.Of = domain.Categories[0]
	case domain.TriggerMeasures:
		o.Of = domain.ResultNothing
	}
	return o
}

func (r *rules) add() {
	o := r.fresh(domain.TriggerEvent, r.usual())
	if r.e.try(func(s *domain.LevelScheme) { s.Overrides = append(s.Overrides, o) }) {
		r.grid.Select(r.Len()-1, "when")
		r.grid.Focus()
	}
}

func (r *rules) remove(rows []int) {
	if r.Len() == 0 {
		return
	}
	if r.e.try(func(s *domain.LevelScheme) {
		i := -1
		s.Overrides = slices.DeleteFunc(s.Overrides, func(domain.Override) bool { i++; return slices.Contains(rows, i) })
	}) {
		r.e.host.Toast(fmt.Sprintf(lang.L("已删除 %d 条，可按 Ctrl+Z 撤销"), len(rows)))
	}
}
