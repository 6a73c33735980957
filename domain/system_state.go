package domain

import "strings"

// SystemState is how far an indicator system has come.
type SystemState string

// The states. SystemFrozen is never stored: a round that refers to a version
// freezes it.
const (
	SystemDraft     SystemState = "草稿"
	SystemSubmitted SystemState = "提交审议"
	SystemInForce   SystemState = "施行"
	SystemFrozen    SystemState = "已使用"
)

// systemMoves are all ways from one state to another and what each is called.
var systemMoves = []struct {
	From, To SystemState
	Act      string
}{
	{SystemDraft, SystemSubmitted, "提交审议"},
	{SystemSubmitted, SystemDraft, "退回修改"},
	{SystemSubmitted, SystemInForce, "审议通过，施行"},
	{SystemInForce, SystemDraft, "撤回修改"},
}

// StateOf tells the state of an indicator system. One that was never moved by hand
// is in force when it carries the day of its approval, a draft otherwise.
func (p *Pilot) StateOf(sys *IndicatorSystem) SystemState {
	switch {
	case len(p.InUse(sys)) > 0:
		return SystemFrozen
	case sys.State != "":
		return sys.State
	case sys.Approved != "":
		return SystemInForce
	}
	return SystemDraft
}

// InUse lists the rounds that are scored by an indicator system or that take their
// levels from a level scheme.
func (p *Pilot) InUse(r Record) (rounds []*Assessment) {
	id := r.RecordID()
	if id == "" {
		return nil
	}
	for _, a := range p.Assessments.All() {
		if a.PointSystem.ID == id || a.UnitSystem.ID == id || a.Scheme.ID == id {
			rounds = append(rounds, a)
		}
	}
	return rounds
}

// SystemAct is one thing that can be done next with an indicator system.
type SystemAct struct {
	To   SystemState
	Name string // on the button
}

// SystemActs lists what can be done next; nothing for a frozen system.
func (p *Pilot) SystemActs(sys *IndicatorSystem) (acts []SystemAct) {
	for _, m := range systemMoves {
		if m.From == p.StateOf(sys) {
			acts = append(acts, SystemAct{m.To, m.Act})
		}
	}
	return acts
}

// MoveSystem returns a copy of the system in another state; day is that of the
// approval when it comes into force. Refusals say why: no such way, or the system
// is not complete.
func (p *Pilot) MoveSystem(sys *IndicatorSystem, to SystemState, day Date) (*IndicatorSystem, error) {
	from := p.StateOf(sys)
	for _, m := range systemMoves {
		if m.From != from || m.To != to {
			continue
		}
		if to != SystemDraft {
			if err := sys.Check(); err != nil {
				return nil, err
			}
		}
		next := sys.Clone().(*IndicatorSystem)
		next.State, next.Approved = to, ""
		if to == SystemInForce {
			if day == "" {
				return nil, refuse("请填写“%s”第%d版的审定日期，再施行。", sys.Name, sys.Version)
			}
			next.Approved = day
		}
		return next, nil
	}
	if from == SystemFrozen {
		return nil, p.frozen(sys, "指标体系", sys.Name, sys.Version)
	}
	return nil, refuse("“%s”第%d版现在是“%s”，不能直接变为“%s”。", sys.Name, sys.Version, string(from), string(to))
}

// MayEditSystem refuses the editing of a system that is not a draft.
func (p *Pilot) MayEditSystem(sys *IndicatorSystem) error {
	switch p.StateOf(sys) {
	case SystemFrozen:
		return p.frozen(sys, "指标体系", sys.Name, sys.Version)
	case SystemSubmitted:
		return refuse("“%s”第%d版已提交审议，请先“退回修改”再改。", sys.Name, sys.Version)
	case SystemInForce:
		return refuse("“%s”第%d版已施行，请先“撤回修改”，或建一个新版本再改。", sys.Name, sys.Version)
	}
	return nil
}

// MayEditScheme refuses the editing of a level scheme that a round has used.
func (p *Pilot) MayEditScheme(s *LevelScheme) error {
	if len(p.InUse(s)) > 0 {
		return p.frozen(s, "预警等级方案", s.Name, s.Version)
	}
	return nil
}

func (p *Pilot) frozen(r Record, what, name string, version int) error {
	var rounds []string
	for _, a := range p.InUse(r) {
		rounds = append(rounds, a.Title())
	}
	return refuse("%s“%s”第%d版已用于%s，不能再改；请建一个新版本。", what, name, version, strings.Join(rounds, "、"))
}

// Check refuses a system that cannot be scored by: no indicators, a code or name
// missing or given twice, weights that do not sum to 1.
func (r *IndicatorSystem) Check() error {
	if len(r.Dimensions) == 0 {
		return refuse("“%s”还没有维度和指标，请先添加。", r.Name)
	}
	seen := map[string]bool{}
	for _, d := range r.Dimensions {
		if len(d.Indicators) == 0 {
			return refuse("维度“%s”还没有指标，请添加指标或删除这个维度。", d.Code+" "+d.Name)
		}
		for _, i := range d.Indicators {
			if strings.TrimSpace(i.Code) == "" || strings.TrimSpace(i.Name) == "" {
				return refuse("维度“%s”里有指标没有代码或名称，请补上。", d.Code+" "+d.Name)
			}
			if seen[i.Code] {
				return refuse("指标代码“%s”用了两次，请改成不同的代码。", i.Code)
			}
			seen[i.Code] = true
		}
	}
	return r.checkWeights()
}

func (r *IndicatorSystem) checkWeights() error {
	dims := make([]float64, len(r.Dimensions))
	for k, d := range r.Dimensions {
		dims[k] = d.Weight
		within := make([]float64, len(d.Indicators))
		for i := range d.Indicators {
			within[i] = d.Indicators[i].Weight
		}
		if err := checkSum("维度“"+d.Code+" "+d.Name+"”内各指标", within); err != nil {
			return err
		}
	}
	return checkSum("各维度", dims)
}

func checkSum(whose string, weights []float64) error {
	sum := 0.0
	for _, w := range weights {
		if w < 0 || w != w {
			return refuse("%s的权重里有负数或不是数，请改正。", whose)
		}
		sum += w
	}
	if sum < 1-1e-6 || sum > 1+1e-6 {
		return refuse("%s的权重合计为 %.4f，应为 1，请改好权重。", whose, sum)
	}
	return nil
}

// SystemFor returns the indicator system for a target that a new round should use:
// the newest in force or used, else the newest; nil if there is none.
func (p *Pilot) SystemFor(target string) *IndicatorSystem {
	var best *IndicatorSystem
	ready := func(s *IndicatorSystem) bool {
		st := p.StateOf(s)
		return st == SystemInForce || st == SystemFrozen
	}
	for _, s := range p.Systems.All() {
		if s.Target != target {
			continue
		}
		if best == nil || ready(s) != ready(best) && ready(s) || ready(s) == ready(best) && s.Version > best.Version {
			best = s
		}
	}
	return best
}

// NextSystem returns a draft of the version that follows sys; its ID is still to be
// given.
func (p *Pilot) NextSystem(sys *IndicatorSystem) *IndicatorSystem {
	next := sys.Clone().(*IndicatorSystem)
	next.Base = Base{}
	for _, s := range p.Systems.All() {
		if s.Target == sys.Target {
			next.Version = max(next.Version, s.Version)
		}
	}
	next.Version++
	next.Code = next.Target + "-" + itoa(next.Version)
	next.State, next.Approved, next.Based = SystemDraft, "", To(sys.ID)
	return next
}

// PreviousSystem is the version that sys was drawn from, or else the one with the
// next lower number for the same target; nil for the first.
func (p *Pilot) PreviousSystem(sys *IndicatorSystem) *IndicatorSystem {
	if s, ok := p.Systems.Get(sys.Based.ID); ok {
		return s
	}
	var best *IndicatorSystem
	for _, s := range p.Systems.All() {
		if s.Target == sys.Target && s.Version < sys.Version && (best == nil || s.Version > best.Version) {
			best = s
		}
	}
	return best
}
