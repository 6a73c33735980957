package assessment

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/domain"
	"lianshao/domain/method"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// roundForm is the dialog that sets a round up: method, systems, levels, assessors.
type roundForm struct {
	host      page.Host
	round     *domain.Assessment // a copy being edited
	name      *widgets.Entry
	day       *widgets.DateField
	method    *choice[domain.Method]
	size      *choice[int]
	operator  *choice[method.FuzzyOperator]
	decide    *choice[domain.Decision]
	aggregate *choice[domain.Aggregate]
	trim      *choice[float64]
	roll      *choice[domain.Roll]
	points    *choice[domain.ID]
	units     *choice[domain.ID]
	scheme    *choice[domain.ID]
	checks    []*widgets.CheckBox
	people    []domain.Candidate
	others    *widgets.Entry
	hint      *widgets.Prose
	refusal   *widgets.Prose
	rows      *widgets.FormRows
}

// choice is a select whose options stand for values; the Select itself goes into the
// window.
type choice[T comparable] struct {
	*widgets.Select
	values []T
}

func newChoice[T comparable](values []T, label func(T) string, now T, changed func()) *choice[T] {
	c := &choice[T]{Select: widgets.NewSelect(nil, nil)}
	c.fill(values, label, now)
	c.OnChanged = func(string) { changed() }
	return c
}

// fill replaces the values; the present one stays chosen if it is among them.
func (c *choice[T]) fill(values []T, label func(T) string, now T) {
	c.values = values
	c.Options = c.Options[:0]
	for i, v := range values {
		text := label(v)
		if slices.Contains(c.Options, text) { // two of the same name must stay two
			text += fmt.Sprintf(" (%d)", i+1)
		}
		c.Options = append(c.Options, text)
	}
	c.Selected = ""
	if i := slices.Index(values, now); i >= 0 {
		c.Selected = c.Options[i]
	} else if len(values) > 0 {
		c.Selected = c.Options[0]
	}
	c.Refresh()
}

// value is what is chosen, the zero value for nothing.
func (c *choice[T]) value() (v T) {
	if i := c.SelectedIndex(); i >= 0 && i < len(c.values) {
		return c.values[i]
	}
	return v
}

// create opens the dialog on a proposal for the next round.
func (t *roundsTab) create() {
	today := domain.Date(t.host.Session().Clock().Format("2006-01-02"))
	t.ask(lang.L("新建一轮评估"), lang.L("新建"), assess.NewRound(t.host.Session().Pilot, today))
}

// setUp opens the dialog on the round shown.
func (t *roundsTab) setUp() {
	a := t.scores.current()
	if a.Frozen {
		t.host.Report(app.E(app.CodeInvalid, "%s已定稿，不能再改设置", a.Title()))
		return
	}
	t.ask(a.Title()+lang.L("：设置"), lang.L("保存"), a.Clone().(*domain.Assessment))
}

func (t *roundsTab) ask(title, yes string, a *domain.Assessment) {
	f := newRoundForm(t.host, a)
	var m *widgets.Modal
	save := func() {
		id := a.ID
		newID := t.host.Session().NewID
		if id == "" {
			id = newID()
			newID = func() domain.ID { return id }
		}
		if err := t.host.Do(assess.SaveRound(f.read(), newID)); err != nil {
			f.refusal.SetText(app.Sentence(err))
			return
		}
		m.Close()
		t.scores.fill()
		t.scores.Show(string(id))
		t.Look(true)
	}
	no := widgets.NewButton(lang.L("取消"), func() { m.Close() })
	m = widgets.NewModal(t.host.Window(), title, f.content(), fyne.NewSize(920, 560), nil, no, widgets.NewMainButton(yes, save))
	m.Keys(save, m.Close)
}

func newRoundForm(h page.Host, a *domain.Assessment) *roundForm {
	f := &roundForm{host: h, round: a, name: widgets.NewEntry(), day: widgets.NewDateField(), others: widgets.NewEntry(), hint: widgets.NewProse(""), refusal: widgets.NewProse("")}
	f.refusal.Importance = widget.DangerImportance
	f.name.SetText(a.Name)
	f.day.SetDate(a.Date.Time())
	f.others.SetPlaceHolder(lang.L("其他评分人，用顿号隔开"))
	again := func() { f.follow() }
	r := a.Rule
	f.method = newChoice(domain.Methods, domain.Method.Label, r.Method, again)
	f.size = newChoice([]int{3, 4, 5}, func(n int) string { return fmt.Sprintf("%d×%d", n, n) }, r.MatrixSize(), again)
	operator := r.Operator
	if operator == "" {
		operator = method.FuzzyWeighted
	}
	f.operator = newChoice([]method.FuzzyOperator{method.FuzzyWeighted, method.FuzzyMinMax}, operatorLabel, operator, again)
	f.decide = newChoice([]domain.Decision{domain.DecideScore, domain.DecideGreatest}, domain.Decision.Label, r.Decide, again)
	f.aggregate = newChoice(domain.Aggregates, domain.Aggregate.Label, r.Aggregate, again)
	f.trim = newChoice([]float64{0.05, 0.1, 0.15, 0.2, 0.25}, func(v float64) string { return fmt.Sprintf(lang.L("两端各去掉 %g%%"), v*100) }, r.TrimShare(), again)
	f.roll = newChoice([]domain.Roll{domain.RollMax, domain.RollWeighted}, domain.Roll.Label, r.Roll, again)
	f.points = newChoice(f.systems(domain.TargetPoint), f.systemLabel, a.PointSystem.ID, again)
	f.units = newChoice(append([]domain.ID{""}, f.systems(domain.TargetUnit)...), f.systemLabel, a.UnitSystem.ID, again)
	f.scheme = newChoice(nil, f.schemeLabel, a.Scheme.ID, again)
	f.listPeople()
	f.follow()
	return f
}

func operatorLabel(o method.FuzzyOperator) string {
	if o == method.FuzzyMinMax {
		return lang.L("M(∧,∨) 主因素决定型")
	}
	return lang.L("M(·,+) 加权平均型")
}

// systems lists the versions for a target, the newest first.
func (f *roundForm) systems(target string) (out []domain.ID) {
	all := slices.Clone(f.host.Session().Pilot.Systems.All())
	slices.SortStableFunc(all, func(a, b *domain.IndicatorSystem) int { return b.Version - a.Version })
	for _, s := range all {
		if s.Target == target {
			out = append(out, s.ID)
		}
	}
	return out
}

func (f *roundForm) systemLabel(id domain.ID) string {
	p := f.host.Session().Pilot
	s, ok := p.Systems.Get(id)
	if !ok {
		return lang.L("不评部门层面")
	}
	return fmt.Sprintf(lang.L("第%d版（%s）"), s.Version, p.StateOf(s))
}

func (f *roundForm) schemeLabel(id domain.ID) string {
	s, ok := f.host.Session().Pilot.Schemes.Get(id)
	if !ok {
		return ""
	}
	return fmt.Sprintf(lang.L("%s 第%d版"), s.Name, s.Version)
}

// listPeople shows the assessors of the round, then the others of the leading group
// with what stands against them.
func (f *roundForm) listPeople() {
	p := f.host.Session().Pilot
	for _, x := range f.round.Assessors {
		f.person(domain.Candidate{Assessor: x, Conflict: p.ConflictOf(x.Name, x.Title)}, true)
	}
	for _, c := range p.Candidates() {
		known := slices.ContainsFunc(f.round.Assessors, func(x domain.Assessor) bool {
			return x.Name == c.Assessor.Name || x.Title != "" && (x.Title == c.Assessor.Title || strings.HasPrefix(x.Title, c.Assessor.Title+"（"))
		})
		if !known {
			f.person(c, false)
		}
	}
}

func (f *roundForm) person(c domain.Candidate, on bool) {
	text := c.Assessor.Name
	if c.Assessor.Title != "" && c.Assessor.Title != text {
		text += "　" + c.Assessor.Title
	}
	if c.Conflict != "" {
		text += "　⚠ " + c.Conflict
	}
	check := widgets.NewCheckBox(text, nil)
	check.Checked = on
	f.people = append(f.people, c)
	f.checks = append(f.checks, check)
}

// follow shows the fields of the chosen method and the schemes that fit it.
func (f *roundForm) follow() {
	rule := f.rule()
	show := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(f.size, rule.Method == domain.MethodMatrix)
	show(f.operator, rule.Method == domain.MethodFuzzy)
	show(f.decide, rule.Method == domain.MethodFuzzy)
	show(f.trim, rule.Aggregate == domain.AggregateTrimmed)
	show(f.points, rule.Weighs())
	show(f.units, rule.Weighs())
	if f.rows != nil {
		f.rows.Refresh() // rows came or went
	}
	var fitting []domain.ID
	all := slices.Clone(f.host.Session().Pilot.Schemes.All())
	slices.SortStableFunc(all, func(a, b *domain.LevelScheme) int { return b.Version - a.Version })
	for _, s := range all {
		if s.Basis == rule.Basis() {
			fitting = append(fitting, s.ID)
		}
	}
	now := f.scheme.value()
	if now == "" {
		now = f.round.Scheme.ID
	}
	f.scheme.fill(fitting, f.schemeLabel, now)
	text := methodNotes[rule.Method]
	if len(fitting) == 0 {
		text += fmt.Sprintf(lang.L("还没有按“%s”的等级方案，请先到“等级方案”新建。"), rule.Basis())
	}
	f.hint.SetText(text)
}

// methodNotes say in a sentence what a method does.
var methodNotes = map[domain.Method]string{
	domain.MethodIndex:  "各指标 1～5 分按权重加成 S，再化为 0～100 的风险指数。",
	domain.MethodMatrix: "每个风险点只评可能性和影响程度，相乘或按格子定级。",
	domain.MethodLEC:    "每个风险点评可能性 L、暴露频度 E、后果 C，相乘为 D。",
	domain.MethodFuzzy:  "各档评分人数占比组成隶属度，按算子合成后定级。",
	domain.MethodGrade:  "按岗位的廉政风险种类数定级，有三种情形之一的直接定为最高一级。",
}

func (f *roundForm) rule() domain.Rule {
	r := domain.Rule{Method: f.method.value(), Aggregate: f.aggregate.value(), Roll: f.roll.value()}
	switch r.Method {
	case domain.MethodMatrix:
		r.Size = f.size.value()
	case domain.MethodFuzzy:
		r.Operator, r.Decide = f.operator.value(), f.decide.value()
	}
	if r.Aggregate == domain.AggregateTrimmed {
		r.Trim = f.trim.value()
	}
	return r
}

func (f *roundForm) content() fyne.CanvasObject {
	f.rows = widgets.NewFormRows().Row(lang.L("名称"), f.name).Row(lang.L("日期"), f.day).
		Row(lang.L("评估方法"), f.method.Select).Row(lang.L("矩阵"), f.size.Select).Row(lang.L("合成算子"), f.operator.Select).Row(lang.L("判定"), f.decide.Select).
		Row(lang.L("评分汇总"), f.aggregate.Select).Row(lang.L("截尾"), f.trim.Select).Row(lang.L("岗位、部门"), f.roll.Select).
		Row(lang.L("岗位层面指标"), f.points.Select).Row(lang.L("部门层面指标"), f.units.Select).Row(lang.L("等级方案"), f.scheme.Select)
	left := container.NewBorder(nil, widgets.Room(400, 44, f.hint), nil, nil, f.rows)
	list := container.NewVBox()
	for _, c := range f.checks {
		list.Add(c)
	}
	head := widget.NewLabelWithStyle(lang.L("评分人（领导小组成员；被评估部门的人不参加）"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	right := container.NewBorder(head, f.others, nil, nil, container.NewScroll(list))
	return container.NewBorder(nil, widgets.Room(0, 44, f.refusal), nil, nil, widgets.NewHSplitter(left, right, 0.47))
}

// read puts the dialog's answers into the round.
func (f *roundForm) read() *domain.Assessment {
	a := f.round.Clone().(*domain.Assessment)
	f.day.Entry().Commit()
	a.Name, a.Rule, a.Date = strings.TrimSpace(f.name.Text), f.rule(), ""
	if d := f.day.Date(); !d.IsZero() {
		a.Date = domain.Date(d.Format("2006-01-02"))
	}
	a.PointSystem, a.UnitSystem = domain.Ref{}, domain.Ref{}
	if a.Rule.Weighs() {
		a.PointSystem, a.UnitSystem = refTo(f.points.value()), refTo(f.units.value())
	}
	a.Scheme = refTo(f.scheme.value())
	a.Assessors = nil
	for i, c := range f.checks {
		if c.Checked {
			a.Assessors = append(a.Assessors, f.people[i].Assessor)
		}
	}
	for _, name := range domain.SplitList(f.others.Text) {
		a.Assessors = append(a.Assessors, domain.Assessor{Name: name})
	}
	for i := range a.Assessors {
		a.Assessors[i].No = i + 1
	}
	return a
}

func refTo(id domain.ID) domain.Ref {
	if id == "" {
		return domain.Ref{}
	}
	return domain.To(id)
}
