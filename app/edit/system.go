package edit

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/domain/method"
)

// Place is where something stands in an indicator system: an indicator by its
// dimension and position, or the dimension itself when Ind is -1.
type Place struct{ Dim, Ind int }

// Columns of an indicator system that a person types into.
const (
	SystemCode      = "code"
	SystemName      = "name"
	SystemNote      = "note"
	SystemDirection = "direction"
	SystemWeight    = "weight" // within the dimension, or the dimension's own
	SystemAnchor    = "anchor" // with the mark behind it: anchor1 … anchor5
	Forward         = "正向"     // a high score is risky
	Backward        = "逆向"     // a high score is good
	systemTyped     = "手工录入"   // origin of a system made here
	defaultSystem   = "廉政风险评估指标体系"
)

// SystemCell is one text of an indicator system.
type SystemCell struct {
	Place
	Field, Text string
}

// changeSystem edits one draft version as one operation.
func changeSystem(id domain.ID, what string, change func(s *domain.IndicatorSystem) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		old, ok := p.Systems.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个指标体系已不存在")
		}
		if err := p.MayEditSystem(old); err != nil {
			return domain.ChangeSet{}, refused(err)
		}
		s := old.Clone().(*domain.IndicatorSystem)
		if err := change(s); err != nil {
			return domain.ChangeSet{}, refused(err)
		}
		d := p.Draft()
		d.Systems.Put(s)
		return d.Changes(domain.Op{Name: "system", Label: systemLabel(s) + "：" + what}), nil
	})
}

// refused turns a rule of the field that stands against a change into an error for
// the screen.
func refused(err error) error {
	var rule *domain.Refusal
	if errors.As(err, &rule) {
		return app.Wrap(app.CodeInvalid, err, "%s", rule.Text)
	}
	return err
}

func systemLabel(s *domain.IndicatorSystem) string {
	return fmt.Sprintf("指标体系（%s）第%d版", s.Target, s.Version)
}

// RenameSystem gives a draft version another name.
func RenameSystem(id domain.ID, name string) app.Command {
	return changeSystem(id, "改名称", func(s *domain.IndicatorSystem) error {
		if s.Name = strings.TrimSpace(name); s.Name == "" {
			return app.E(app.CodeInvalid, "指标体系的名称不能为空")
		}
		return nil
	})
}

// SetSystemCells sets texts of a draft version as one operation.
func SetSystemCells(id domain.ID, cells ...SystemCell) app.Command {
	what := fmt.Sprintf("修改 %d 个单元格", len(cells))
	if len(cells) == 1 {
		what = "修改" + systemTitles[strings.TrimRight(cells[0].Field, "12345")]
	}
	return changeSystem(id, what, func(s *domain.IndicatorSystem) error {
		for _, c := range cells {
			if err := setSystemCell(s, c); err != nil {
				return err
			}
		}
		return nil
	})
}

var systemTitles = map[string]string{SystemCode: "代码", SystemName: "名称", SystemNote: "说明", SystemDirection: "方向", SystemWeight: "权重", SystemAnchor: "评分标准"}

func setSystemCell(s *domain.IndicatorSystem, c SystemCell) error {
	d, ind, err := standing(s, c.Place)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(c.Text)
	switch {
	case c.Field == SystemCode:
		return recode(s, c.Place, text)
	case c.Field == SystemName && ind == nil:
		d.Name = text
	case c.Field == SystemName:
		ind.Name = text
	case c.Field == SystemWeight:
		return weigh(s, d, ind, text)
	case ind == nil:
		return app.E(app.CodeInvalid, "维度只有代码、名称和权重，%s写在它的指标上", systemTitles[strings.TrimRight(c.Field, "12345")])
	case c.Field == SystemNote:
		ind.Note = text
	case c.Field == SystemDirection:
		if text != Forward && text != Backward {
			return app.E(app.CodeInvalid, "方向应为“正向”（分高风险大）或“逆向”（分高控制好），现为“%s”", text)
		}
		ind.Reverse = text == Backward
	case strings.HasPrefix(c.Field, SystemAnchor):
		n, err := strconv.Atoi(strings.TrimPrefix(c.Field, SystemAnchor))
		if err != nil || n < 1 || n > len(ind.Anchors) {
			return app.E(app.CodeInvalid, "没有这一档评分标准")
		}
		ind.Anchors[n-1] = text
	default:
		return app.E(app.CodeInvalid, "这一栏不能修改")
	}
	relabel(s)
	return nil
}

// standing finds what stands at a place; ind is nil for a dimension.
func standing(s *domain.IndicatorSystem, at Place) (d *domain.Dimension, ind *domain.Indicator, err error) {
	if at.Dim < 0 || at.Dim >= len(s.Dimensions) || at.Ind >= len(s.Dimensions[at.Dim].Indicators) {
		return nil, nil, app.E(app.CodeNotFound, "这一项已不在指标体系里")
	}
	d = &s.Dimensions[at.Dim]
	if at.Ind >= 0 {
		ind = &d.Indicators[at.Ind]
	}
	return d, ind, nil
}

// recode gives a dimension or an indicator another code, which must be its own.
func recode(s *domain.IndicatorSystem, at Place, code string) error {
	if code == "" || strings.ContainsAny(code, " 　") {
		return app.E(app.CodeInvalid, "代码不能为空，也不能有空格，例如 A 或 A1")
	}
	for di := range s.Dimensions {
		d := &s.Dimensions[di]
		if d.Code == code && (Place{di, -1}) != at {
			return app.E(app.CodeInvalid, "代码“%s”已用于维度“%s”", code, d.Name)
		}
		for ii := range d.Indicators {
			if d.Indicators[ii].Code == code && (Place{di, ii}) != at {
				return app.E(app.CodeInvalid, "代码“%s”已用于指标“%s”", code, d.Indicators[ii].Name)
			}
		}
	}
	d, ind, _ := standing(s, at)
	if ind != nil {
		ind.Code = code
	} else {
		for i := range s.Matrices {
			if s.Matrices[i].Of == d.Code && d.Code != "" {
				s.Matrices[i].Of = code
			}
		}
		d.Code = code
	}
	relabel(s)
	return nil
}

// weigh types a weight: 0.25 or 25%.
func weigh(s *domain.IndicatorSystem, d *domain.Dimension, ind *domain.Indicator, text string) error {
	of := d.Code
	if ind == nil {
		of = ""
	}
	if ByMatrix(s, of) {
		return app.E(app.CodeInvalid, "这一组权重由判断矩阵按%s算出；请改判断矩阵，或先把权重来源改为“%s”", s.DerivationOf().Label(), domain.DerivedTyped)
	}
	t, percent := strings.CutSuffix(domain.NormalizeWidth(text), "%")
	w, err := strconv.ParseFloat(strings.TrimSpace(t), 64)
	if t == "" {
		w, err = 0, nil
	}
	if percent {
		w /= 100
	}
	if err != nil || !(w >= 0 && w <= 1) {
		return app.E(app.CodeInvalid, "权重应为 0～1 的小数或百分数，例如 0.25 或 25%%，现为“%s”", text)
	}
	if ind != nil {
		ind.Weight = w
	} else {
		d.Weight = w
	}
	if s.Derivation == "" {
		s.Derivation = domain.DerivedTyped
	}
	return nil
}

// ByMatrix reports whether the weights of a group ("" = of the dimensions, else
// those within the dimension of the code) come from its judgement matrix.
func ByMatrix(s *domain.IndicatorSystem, of string) bool {
	return s.MatrixOf(of) != nil && s.Derivation != domain.DerivedTyped && s.Derivation != domain.DerivedEntropy
}

// AddDimension puts a dimension behind the others, with one indicator to fill in.
func AddDimension(id domain.ID) app.Command {
	return changeSystem(id, "新增维度", func(s *domain.IndicatorSystem) error {
		code := freeCode(s, func(n int) string { return string(rune('A' + n)) }, 26)
		s.Dimensions = append(s.Dimensions, domain.Dimension{Code: code, Name: "新维度"})
		growMatrices(s, "", len(s.Dimensions)-1)
		addIndicator(s, len(s.Dimensions)-1, domain.Indicator{Name: "新指标"})
		return derive(s)
	})
}

// AddIndicators puts indicators at the end of a dimension; blank codes are filled
// in. A system without dimensions gets one.
func AddIndicators(id domain.ID, dim int, inds ...domain.Indicator) app.Command {
	what := "新增指标"
	if len(inds) > 1 {
		what = fmt.Sprintf("新增 %d 项指标", len(inds))
	}
	return changeSystem(id, what, func(s *domain.IndicatorSystem) error {
		if len(s.Dimensions) == 0 {
			s.Dimensions = []domain.Dimension{{Code: "A", Name: "新维度", Weight: 1}}
			dim = 0
		}
		if dim < 0 || dim >= len(s.Dimensions) {
			return app.E(app.CodeNotFound, "这个维度已不在指标体系里")
		}
		for _, ind := range inds {
			addIndicator(s, dim, ind)
		}
		return derive(s)
	})
}

func addIndicator(s *domain.IndicatorSystem, dim int, ind domain.Indicator) {
	d := &s.Dimensions[dim]
	if ind.Code == "" {
		ind.Code = freeCode(s, func(n int) string { return d.Code + strconv.Itoa(n+1) }, 999)
	}
	d.Indicators = append(d.Indicators, ind)
	if len(d.Indicators) == 1 {
		d.Indicators[0].Weight = 1
	}
	growMatrices(s, d.Code, len(d.Indicators)-1)
}

// freeCode is the first code that nothing in the system has.
func freeCode(s *domain.IndicatorSystem, code func(n int) string, limit int) string {
	taken := map[string]bool{}
	for _, d := range s.Dimensions {
		taken[d.Code] = true
		for _, i := range d.Indicators {
			taken[i.Code] = true
		}
	}
	for n := range limit {
		if c := code(n); !taken[c] {
			return c
		}
	}
	return ""
}

// DeleteFromSystem takes indicators and whole dimensions out of a draft version.
func DeleteFromSystem(id domain.ID, places ...Place) app.Command {
	return changeSystem(id, fmt.Sprintf("删除 %d 项", len(places)), func(s *domain.IndicatorSystem) error {
		slices.SortFunc(places, func(a, b Place) int {
			if a.Dim != b.Dim {
				return b.Dim - a.Dim
			}
			return b.Ind - a.Ind
		})
		for _, at := range slices.Compact(places) {
			d, ind, err := standing(s, at)
			if err != nil {
				return err
			}
			if ind != nil {
				shrinkMatrices(s, d.Code, at.Ind)
				d.Indicators = slices.Delete(d.Indicators, at.Ind, at.Ind+1)
				continue
			}
			gone := d.Code
			shrinkMatrices(s, "", at.Dim)
			s.Dimensions = slices.Delete(s.Dimensions, at.Dim, at.Dim+1)
			s.Matrices = slices.DeleteFunc(s.Matrices, func(m domain.Matrix) bool { return m.Of == gone && gone != "" })
		}
		return derive(s)
	})
}

// MoveInSystem moves a dimension up or down, or an indicator within and across
// dimensions; by is -1 or 1. to is where it stands then.
func MoveInSystem(id domain.ID, at Place, by int) (cmd app.Command, to func(*domain.IndicatorSystem) Place) {
	to = func(s *domain.IndicatorSystem) Place { return movedTo(s, at, by) }
	cmd = changeSystem(id, "移动", func(s *domain.IndicatorSystem) error {
		d, ind, err := standing(s, at)
		if err != nil {
			return err
		}
		dest := movedTo(s, at, by)
		switch {
		case dest == at:
			return app.E(app.CodeInvalid, "已经在最%s面", map[bool]string{true: "上", false: "下"}[by < 0])
		case ind == nil:
			s.Dimensions[at.Dim], s.Dimensions[dest.Dim] = s.Dimensions[dest.Dim], s.Dimensions[at.Dim]
			swapMatrices(s, "", at.Dim, dest.Dim)
		case dest.Dim == at.Dim:
			d.Indicators[at.Ind], d.Indicators[dest.Ind] = d.Indicators[dest.Ind], d.Indicators[at.Ind]
			swapMatrices(s, d.Code, at.Ind, dest.Ind)
		default:
			moved := *ind
			shrinkMatrices(s, d.Code, at.Ind)
			d.Indicators = slices.Delete(d.Indicators, at.Ind, at.Ind+1)
			other := &s.Dimensions[dest.Dim]
			other.Indicators = slices.Insert(other.Indicators, dest.Ind, moved)
			growMatrices(s, other.Code, dest.Ind)
		}
		return derive(s)
	})
	return cmd, to
}

// movedTo is the place one step up or down, the same place at either end.
func movedTo(s *domain.IndicatorSystem, at Place, by int) Place {
	if at.Ind < 0 {
		return Place{min(max(at.Dim+by, 0), len(s.Dimensions)-1), -1}
	}
	next := at.Ind + by
	switch {
	case next >= 0 && next < len(s.Dimensions[at.Dim].Indicators):
		return Place{at.Dim, next}
	case next < 0 && at.Dim > 0:
		return Place{at.Dim - 1, len(s.Dimensions[at.Dim-1].Indicators)}
	case next > 0 && at.Dim+1 < len(s.Dimensions):
		return Place{at.Dim + 1, 0}
	}
	return at
}

// EvenWeights shares the weights of a group evenly, or scales them to the sum 1
// when keep is set and they are not all 0. of is as in ByMatrix.
func EvenWeights(id domain.ID, of string, keep bool) app.Command {
	what := "平均分配权重"
	if keep {
		what = "权重归一"
	}
	return changeSystem(id, what, func(s *domain.IndicatorSystem) error {
		if ByMatrix(s, of) {
			return app.E(app.CodeInvalid, "这一组权重由判断矩阵算出，合计总是 1")
		}
		weights := group(s, of)
		sum := 0.0
		for _, w := range weights {
			sum += *w
		}
		for _, w := range weights {
			if keep && sum > 0 {
				*w /= sum
			} else {
				*w = 1 / float64(len(weights))
			}
		}
		return nil
	})
}

// group lists the weights of a group.
func group(s *domain.IndicatorSystem, of string) (out []*float64) {
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		if of == "" {
			out = append(out, &d.Weight)
		} else if d.Code == of {
			for k := range d.Indicators {
				out = append(out, &d.Indicators[k].Weight)
			}
		}
	}
	return out
}

// TypeWeights makes the weights of a draft version typed ones: judgement matrices
// stay for reference and no longer decide.
func TypeWeights(id domain.ID) app.Command {
	return changeSystem(id, "权重改为直接给定", func(s *domain.IndicatorSystem) error {
		s.Derivation = domain.DerivedTyped
		return nil
	})
}

// EntropyWeights takes the weights from how far the points of a round differ.
func EntropyWeights(id domain.ID, res *domain.RoundResult) app.Command {
	return changeSystem(id, "熵权法定权重", func(s *domain.IndicatorSystem) error {
		w, err := res.EntropyWeights()
		if err != nil {
			return err
		}
		codes := func(s *domain.IndicatorSystem) (out []string) {
			for _, i := range s.Indicators() {
				out = append(out, i.Code)
			}
			return out
		}
		if !slices.Equal(codes(s), codes(res.PointSys)) {
			return app.E(app.CodeInvalid, "%s用的指标和这一版不同，不能用它的评分算熵权", res.Round.Title())
		}
		return s.SetWeights(w, domain.DerivedEntropy)
	})
}

// DeriveBy chooses how judgement matrices become weights, and the table of random
// indexes they are checked by.
func DeriveBy(id domain.ID, opts method.AHPOptions) app.Command {
	return changeSystem(id, "权重算法改为"+opts.Method.Label()+"（RI "+string(opts.RI)+"）", func(s *domain.IndicatorSystem) error {
		return s.Derive(opts)
	})
}

// AddSystem makes the first version of an indicator system for a target.
func AddSystem(target string, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		s := &domain.IndicatorSystem{Name: defaultSystem + "（" + target + "层面）", Target: target, Version: 1, State: domain.SystemDraft, Derivation: domain.DerivedTyped}
		if last := p.SystemFor(target); last != nil {
			s.Version = p.NextSystem(last).Version
		}
		s.SetBase(newID(), systemTyped)
		s.Code = fmt.Sprintf("%s-%d", target, s.Version)
		d.Systems.Put(s)
		return d.Changes(domain.Op{Name: "system", Label: "新建" + systemLabel(s)}), nil
	})
}

// NextSystem makes the version that follows one, as a draft.
func NextSystem(id domain.ID, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		old, ok := p.Systems.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个指标体系已不存在")
		}
		return StoreSystem(p.NextSystem(old), newID).Plan(p)
	})
}

// StoreSystem stores a new version that was made elsewhere, such as the proposal of
// the indicator test.
func StoreSystem(s *domain.IndicatorSystem, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		n := s.Clone().(*domain.IndicatorSystem)
		code := n.Code
		n.SetBase(newID(), systemTyped)
		n.Code = code
		if err := unique(d, n); err != nil {
			return domain.ChangeSet{}, err
		}
		d.Systems.Put(n)
		return d.Changes(domain.Op{Name: "system", Label: "新建" + systemLabel(n)}), nil
	})
}

// MoveSystemTo submits a version, puts it into force, or takes it back; day is that
// of the approval.
func MoveSystemTo(id domain.ID, to domain.SystemState, day domain.Date) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		old, ok := p.Systems.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个指标体系已不存在")
		}
		s, err := p.MoveSystem(old, to, day)
		if err != nil {
			return domain.ChangeSet{}, refused(err)
		}
		d := p.Draft()
		d.Systems.Put(s)
		return d.Changes(domain.Op{Name: "system", Label: systemLabel(s) + "：" + string(to)}), nil
	})
}

// DeleteSystem takes a version that was never used.
func DeleteSystem(id domain.ID) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		s, ok := p.Systems.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个指标体系已不存在")
		}
		if err := p.MayEditSystem(s); err != nil {
			return domain.ChangeSet{}, refused(err)
		}
		d := p.Draft()
		d.Systems.Delete(id)
		return d.Changes(domain.Op{Name: "system", Label: "删除" + systemLabel(s)}), nil
	})
}
