package domain

import (
	"fmt"
	"slices"
	"strings"
)

// Check refuses a scheme by which points would get no level or a contradictory one.
func (r *LevelScheme) Check() error {
	if strings.TrimSpace(r.Name) == "" {
		return refuse("请填写预警等级方案的名称。")
	}
	if !slices.Contains(Bases, r.Basis) {
		return refuse("等级依据应为“%s”之一，现为“%s”。", strings.Join(Bases, "”“"), r.Basis)
	}
	if len(r.Levels) < 2 {
		return refuse("预警等级方案至少要有 2 个等级，现有 %d 个。", len(r.Levels))
	}
	if err := r.checkLevels(); err != nil {
		return err
	}
	if err := r.checkCells(); err != nil {
		return err
	}
	return r.checkOverrides()
}

func (r *LevelScheme) checkLevels() error {
	ladder := r.Ordered()
	slices.Reverse(ladder)
	labels := map[string]bool{}
	for i, l := range ladder {
		switch {
		case strings.TrimSpace(l.Label) == "":
			return refuse("有一个等级没有名称，请补上。")
		case labels[l.Label]:
			return refuse("等级名称“%s”用了两次，请改成不同的名称。", l.Label)
		case l.Severity != i:
			return refuse("等级的严重程度应从 0（最轻）起逐级加 1，“%s”现为 %d。", l.Label, l.Severity)
		case l.Min != l.Min:
			return refuse("等级“%s”的下限不是数，请改正。", l.Label)
		case i > 0 && l.Min <= ladder[i-1].Min:
			return refuse("等级“%s”比“%s”严重，下限 %s 应大于 %s。", l.Label, ladder[i-1].Label, number(l.Min), number(ladder[i-1].Min))
		case l.Reply < 0 || l.Fix < 0:
			return refuse("等级“%s”的期限不能是负数。", l.Label)
		}
		labels[l.Label] = true
	}
	if low := ladder[0]; low.Min > lowest(r.Basis) {
		return refuse("最轻的等级“%s”的下限是 %s，低于它的风险点会没有等级；请改为 %s。", low.Label, number(low.Min), number(lowest(r.Basis)))
	}
	return nil
}

// lowest is the least value on a basis.
func lowest(basis string) float64 {
	switch basis {
	case BasisIndex:
		return 0
	case BasisLEC:
		return 0.05
	}
	return 1
}

func (r *LevelScheme) checkCells() error {
	if r.Cells == nil {
		return nil
	}
	n := r.MatrixSide()
	if n == 0 {
		return refuse("等级依据是“%s”，不能按矩阵格子定级。", r.Basis)
	}
	if len(r.Cells) != n {
		return refuse("矩阵应为 %d×%d 格，现有 %d 行。", n, n, len(r.Cells))
	}
	for i, row := range r.Cells {
		if len(row) != n {
			return refuse("矩阵可能性 %d 这一行有 %d 格，应有 %d 格。", i+1, len(row), n)
		}
		for j, sev := range row {
			if _, ok := r.Severe(sev); !ok {
				return refuse("矩阵可能性 %d、影响程度 %d 这一格没有等级，请选定。", i+1, j+1)
			}
			if i > 0 && sev < r.Cells[i-1][j] || j > 0 && sev < row[j-1] {
				return refuse("矩阵可能性 %d、影响程度 %d 这一格的等级比可能性或影响程度更低的格子还轻，请改正。", i+1, j+1)
			}
		}
	}
	return nil
}

func (r *LevelScheme) checkOverrides() error {
	for _, o := range r.Overrides {
		if !slices.Contains(Triggers, o.When) {
			return refuse("没有“%s”这种提级条件。", string(o.When))
		}
		if _, ok := r.Labelled(o.Level); !ok {
			return refuse("提级条件“%s”指向的等级“%s”不在方案里。", o.Condition(), o.Level)
		}
		switch {
		case o.When == TriggerIndicator && (o.Of == "" || !(o.Least >= 1 && o.Least <= 5)):
			return refuse("提级条件“%s”应写明指标代码和 1～5 之间的分数。", string(o.When))
		case o.When == TriggerSelf && !(o.Least >= 1 && o.Least <= 25):
			return refuse("提级条件“%s”的分数应在 1～25 之间。", string(o.When))
		case o.When == TriggerCategory && !slices.Contains(Categories, o.Of):
			return refuse("提级条件“%s”应选一个风险类别（%s）。", string(o.When), strings.Join(Categories, "、"))
		case o.When == TriggerMeasures && !slices.Contains([]string{ResultDone, ResultPartly, ResultNot, ResultNothing}, o.Of):
			return refuse("提级条件“%s”应为已落实、部分落实、未落实或无措施。", string(o.When))
		}
	}
	return nil
}

// NextScheme returns the version that follows a scheme; its ID is still to be given.
func (p *Pilot) NextScheme(s *LevelScheme) *LevelScheme {
	next := s.Clone().(*LevelScheme)
	next.Base = Base{}
	for _, o := range p.Schemes.All() {
		if o.Name == s.Name {
			next.Version = max(next.Version, o.Version)
		}
	}
	next.Version++
	next.Code, next.Based = next.Natural(), To(s.ID)
	return next
}

// Diff says in sentences what a scheme changes against an earlier one; levels are
// the same if their labels are.
func (r *LevelScheme) Diff(old *LevelScheme) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if r.Basis != old.Basis {
		say("等级依据由“%s”改为“%s”", old.Basis, r.Basis)
	}
	for _, l := range old.Ordered() {
		if _, kept := r.Labelled(l.Label); !kept {
			say("删除等级“%s”", l.Label)
		}
	}
	for _, l := range r.Ordered() {
		was, known := old.Labelled(l.Label)
		if !known {
			say("新增等级“%s”（下限 %s）", l.Label, number(l.Min))
			continue
		}
		if parts := diffLevel(was, l); len(parts) > 0 {
			say("等级“%s”：%s", l.Label, strings.Join(parts, "；"))
		}
	}
	for i := range r.Cells {
		for j := range r.Cells[i] {
			was, _ := old.LevelAt(i+1, j+1)
			if is, _ := r.LevelAt(i+1, j+1); is.Label != was.Label {
				say("矩阵可能性 %d、影响程度 %d：%s → %s", i+1, j+1, was.Label, is.Label)
			}
		}
	}
	for _, o := range old.Overrides {
		if !slices.Contains(r.Overrides, o) {
			say("删除提级条件：%s", o.Text())
		}
	}
	for _, o := range r.Overrides {
		if !slices.Contains(old.Overrides, o) {
			say("新增提级条件：%s", o.Text())
		}
	}
	return out
}

func diffLevel(was, is Level) (parts []string) {
	text := func(what, a, b string) {
		if a != b {
			parts = append(parts, fmt.Sprintf("%s由“%s”改为“%s”", what, a, b))
		}
	}
	text("下限", number(was.Min), number(is.Min))
	text("严重程度", itoa(was.Severity), itoa(is.Severity))
	text("颜色", was.Color, is.Color)
	text("告知范围", was.Told, is.Told)
	text("签发人", was.Signer, is.Signer)
	text("回告期限（工作日）", itoa(was.Reply), itoa(is.Reply))
	text("整改期限（工作日）", itoa(was.Fix), itoa(is.Fix))
	text("解除条件", was.Release, is.Release)
	return parts
}

// Shifted is a point that has another level by another scheme.
type Shifted struct {
	Outcome *PointOutcome // with the level it has
	Is      Level         // the level it would have
	Raised  int           // 1 + position of the override that would raise it; 0 = none
}

// SchemeEffect lists the complete points of a round that would have another level
// by an edited scheme, in the round's order. Schemes on another basis than the
// round's method cannot be compared.
func (res *RoundResult) SchemeEffect(p *Pilot, edited *LevelScheme) ([]Shifted, error) {
	if want := res.Round.Rule.Basis(); edited.Basis != want {
		return nil, refuse("%s按“%s”定级，这个方案按“%s”，不能比较。", res.Round.Title(), want, edited.Basis)
	}
	s := newScorer(p, res.Round.Rule, res.PointSys, edited)
	var out []Shifted
	for i := range res.Points {
		o := &res.Points[i]
		if !o.Complete {
			continue
		}
		is := o.Outcome
		s.level(o.Point, &is)
		if is.Level.Label != o.Level.Label {
			out = append(out, Shifted{o, is.Level, is.Raised})
		}
	}
	return out, nil
}
