// Package whatif tries changes of a round's scores, weights and measures and tells
// which levels would move. Nothing is stored: it works on a draft of the pilot that
// nobody commits.
package whatif

import (
	"fmt"
	"slices"
	"strconv"

	"lianshao/app"
	"lianshao/app/judge"
	"lianshao/domain"
)

// Effects is the reduction of a point's value to be expected by measure status, as a
// share 0–1 of it.
type Effects struct {
	By       map[string]float64
	Measured bool   // from two rounds; otherwise an assumption
	Source   string // in words
}

// assumed is used while no two rounds tell more.
var assumed = map[string]float64{domain.ResultDone: 0.20, domain.ResultPartly: 0.05, domain.ResultNot: 0, domain.ResultNothing: 0}

// EffectsOf takes the mean reductions that the first and the latest round measured, or
// else an assumption that says so.
func EffectsOf(p *domain.Pilot, first, latest *domain.RoundResult) Effects {
	e := Effects{By: map[string]float64{}, Source: "还没有两次评估可比，按已落实降 20%、部分落实降 5% 假定"}
	for k, v := range assumed {
		e.By[k] = v
	}
	if first == nil || latest == nil || first.Round.ID == latest.Round.ID {
		return e
	}
	c, err := judge.Compare(p, first, latest)
	if err != nil {
		return e
	}
	for _, x := range c.Effects {
		if x.Points > 0 {
			e.By[x.Status] = min(max(x.Mean, 0), 0.95)
		}
	}
	e.Measured = true
	e.Source = fmt.Sprintf("按%s到%s实测的平均降幅：已落实 %.1f%%，部分落实 %.1f%%，未落实 %.1f%%", first.Round.Title(), latest.Round.Title(),
		e.By[domain.ResultDone]*100, e.By[domain.ResultPartly]*100, e.By[domain.ResultNot]*100)
	return e
}

// Sandbox is one trial. It is not safe for use by several goroutines.
type Sandbox struct {
	pilot   *domain.Pilot // as it is
	draft   *domain.Pilot // with the trial in it
	before  *domain.RoundResult
	after   *domain.RoundResult
	effects Effects
	status  map[domain.ID]string // of points whose measures are tried: their status as it is
	steps   []step
	madeUp  int
}

// step is one change that was tried.
type step struct {
	words string
	do    func() error
}

// New begins a trial on a round.
func New(p *domain.Pilot, round *domain.Assessment, effects Effects) (*Sandbox, error) {
	s := &Sandbox{pilot: p, effects: effects, before: p.Assess(round)}
	if s.before == nil {
		return nil, app.E(app.CodeInvalid, "这一轮还没有指标体系或等级方案，不能试算")
	}
	s.clear()
	return s, nil
}

func (s *Sandbox) clear() {
	s.draft, s.after, s.status = s.pilot.Draft(), s.pilot.Assess(s.before.Round), map[domain.ID]string{}
}

// Result is what the round would come to.
func (s *Sandbox) Result() *domain.RoundResult { return s.after }

// Before is what the round came to when the trial began.
func (s *Sandbox) Before() *domain.RoundResult { return s.before }

// Pilot is the draft with the trial in it, for explanations.
func (s *Sandbox) Pilot() *domain.Pilot { return s.draft }

// Steps says in words what was tried, in order.
func (s *Sandbox) Steps() []string {
	out := make([]string, len(s.steps))
	for i, x := range s.steps {
		out[i] = x.words
	}
	return out
}

func (s *Sandbox) try(words string, do func() error) error {
	if err := do(); err != nil {
		return err
	}
	s.steps = append(s.steps, step{words, do})
	return nil
}

// Together makes one step of all that do tries, called by words; when do is refused,
// nothing of it stays.
func (s *Sandbox) Together(words string, do func() error) error {
	n := len(s.steps)
	if err := do(); err != nil {
		s.replay(s.steps[:n])
		return err
	}
	parts := slices.Clone(s.steps[n:])
	if len(parts) < 2 {
		return nil
	}
	s.steps = append(s.steps[:n], step{words, func() error {
		for _, x := range parts {
			if err := x.do(); err != nil {
				return err
			}
		}
		return nil
	}})
	return nil
}

// Undo takes the last step back.
func (s *Sandbox) Undo() {
	if len(s.steps) == 0 {
		return
	}
	s.replay(s.steps[:len(s.steps)-1])
}

// replay begins anew with these steps, once, however many are left out.
func (s *Sandbox) replay(keep []step) {
	s.Reset()
	for _, x := range keep {
		if x.do() == nil { // it went well before and nothing has changed
			s.steps = append(s.steps, x)
		}
	}
}

// Reset forgets the whole trial.
func (s *Sandbox) Reset() {
	s.steps = nil
	s.clear()
}

// SetMark tries another mark of one assessor for a point.
func (s *Sandbox) SetMark(point domain.ID, assessor string, indicator int, mark domain.Mark) error {
	o, inds := s.after.Of(point), s.after.PointSys.Indicators()
	if o == nil || indicator < 0 || indicator >= len(inds) {
		return app.E(app.CodeNotFound, "这个风险点或指标不在这一轮评估里")
	}
	if mark != domain.Blank && mark != domain.Abstained && !inds[indicator].Valid(mark) {
		return app.E(app.CodeInvalid, "%s 的评分应为 1–%d 的整数，现为 %d", inds[indicator].Code, inds[indicator].Highest(), mark)
	}
	words := fmt.Sprintf("%s：%s 对 %s 的评分改为 %s", o.Point.Code, assessor, inds[indicator].Code, markWord(mark))
	return s.try(words, func() error {
		return s.mark(point, []string{assessor}, indicator, func(domain.Mark) domain.Mark { return mark })
	})
}

// SetMarks tries the same mark of all assessors for a point's indicator.
func (s *Sandbox) SetMarks(point domain.ID, indicator int, mark domain.Mark) error {
	o, inds := s.after.Of(point), s.after.PointSys.Indicators()
	if o == nil || indicator < 0 || indicator >= len(inds) || !inds[indicator].Valid(mark) {
		return app.E(app.CodeInvalid, "这个风险点没有这项指标，或评分超出分值范围")
	}
	var all []string
	for _, a := range s.after.Round.Assessors {
		all = append(all, a.Name)
	}
	words := fmt.Sprintf("%s：%s 的评分都改为 %d", o.Point.Code, inds[indicator].Code, mark)
	return s.try(words, func() error { return s.mark(point, all, indicator, func(domain.Mark) domain.Mark { return mark }) })
}

func markWord(m domain.Mark) string {
	switch m {
	case domain.Blank:
		return "空白"
	case domain.Abstained:
		return "弃权"
	}
	return strconv.Itoa(int(m))
}

func (s *Sandbox) mark(point domain.ID, assessors []string, k int, to func(domain.Mark) domain.Mark) error {
	round, n := s.after.Round, len(s.after.PointSys.Indicators())
	old, ok := s.draft.RatingOf(round, domain.TargetPoint, point)
	next := &domain.Rating{Assessment: domain.To(round.ID), Target: domain.TargetPoint, Subject: domain.To(point)}
	if ok {
		next = old.Clone().(*domain.Rating)
	} else {
		next.ID = s.newID()
	}
	for _, who := range assessors {
		row := next.Row(who)
		if row == nil {
			next.Rows = append(next.Rows, domain.RatingRow{Assessor: who})
			row = &next.Rows[len(next.Rows)-1]
		}
		for len(row.Marks) < n {
			row.Marks = append(row.Marks, domain.Blank)
		}
		row.Marks[k] = to(row.Marks[k])
	}
	s.draft.Ratings.Put(next)
	s.after.Update(s.draft, []domain.Change{{Kind: domain.KindRating, ID: next.ID, After: next}})
	s.expect(point)
	return nil
}

func (s *Sandbox) newID() domain.ID {
	s.madeUp++
	return domain.ID("whatif-" + strconv.Itoa(s.madeUp))
}

// SetWeight tries another weight of an indicator in the whole, 0–1; the others give
// way in proportion.
func (s *Sandbox) SetWeight(code string, weight float64) error {
	if !s.after.Round.Rule.Weighs() {
		return app.E(app.CodeInvalid, "%s用的是%s，没有指标权重", s.after.Round.Title(), s.after.Round.Rule.Method.Label())
	}
	if !(weight >= 0 && weight <= 1) {
		return app.E(app.CodeInvalid, "权重应在 0 到 1 之间，现为 %g", weight)
	}
	k := s.after.PointSys.Find(code)
	if k < 0 {
		return app.E(app.CodeNotFound, "没有代码为“%s”的指标", code)
	}
	return s.try(fmt.Sprintf("%s 的总权重改为 %.4f，其余按比例调整", code, weight), func() error { return s.weigh(k, weight) })
}

func (s *Sandbox) weigh(k int, weight float64) error {
	w := s.after.PointSys.GlobalWeights()
	rest := 1 - w[k]
	for i := range w {
		switch {
		case i == k:
			w[i] = weight
		case rest > 0:
			w[i] *= (1 - weight) / rest
		default: // it weighed everything
			w[i] = (1 - weight) / float64(len(w)-1)
		}
	}
	next := s.after.PointSys.Clone().(*domain.IndicatorSystem)
	if err := next.SetWeights(w, next.Derivation); err != nil {
		return err
	}
	s.draft.Systems.Put(next)
	s.again()
	return nil
}

// again assesses the whole round and applies what is expected of measures.
func (s *Sandbox) again() {
	s.after = s.draft.Assess(s.before.Round)
	for id := range s.status {
		s.expect(id)
	}
}

// SetMeasure tries that a measure is found 已落实, 部分落实 or 未落实. The value of its
// point is then expected to change by (1 − effect of the new status) ÷ (1 − effect of
// the status as it is), see Effects.
func (s *Sandbox) SetMeasure(measure domain.ID, result string) error {
	m, ok := s.pilot.Measures.Get(measure)
	if !ok || s.after.Of(m.Point.ID) == nil {
		return app.E(app.CodeNotFound, "这条措施的风险点不在这一轮评估里")
	}
	if _, known := s.effects.By[result]; !known || result == domain.ResultNothing {
		return app.E(app.CodeInvalid, "落实情况应为已落实、部分落实或未落实，现为“%s”", result)
	}
	words := fmt.Sprintf("%s：第 %d 条措施%s", s.after.Of(m.Point.ID).Point.Code, m.No, result)
	return s.try(words, func() error { return s.measure(m, result) })
}

func (s *Sandbox) measure(m *domain.Measure, result string) error {
	point := m.Point.ID
	if _, tried := s.status[point]; !tried {
		s.status[point] = s.pilot.MeasureStatus(point)
	}
	i := &domain.Inspection{Base: domain.Base{ID: s.newID()}, Measure: domain.To(m.ID), Date: "9999-12-31", Result: result}
	s.draft.Inspections.Put(i)
	if len(s.after.Scheme.Overrides) > 0 { // one may look at measures
		s.again()
		return nil
	}
	s.after.Update(s.draft, []domain.Change{{Kind: domain.KindRating, After: &domain.Rating{Target: domain.TargetPoint, Subject: domain.To(point)}}})
	s.expect(point)
	return nil
}

// expect scales a point's value by what its measures are expected to do.
func (s *Sandbox) expect(point domain.ID) {
	was, tried := s.status[point]
	o := s.after.Of(point)
	if !tried || !o.Complete {
		return
	}
	factor := (1 - s.effects.By[s.draft.MeasureStatus(point)]) / (1 - s.effects.By[was])
	next := o.Outcome
	next.Index *= factor
	level := s.after.Scheme.Reduced(next.Index)
	if next.Raised == 0 || level.Severity > next.Level.Severity {
		next.Level = level
	}
	s.after.Replace(s.draft, o, next)
}
