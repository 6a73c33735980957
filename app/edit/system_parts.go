package edit

import (
	"fmt"
	"slices"
	"strconv"

	"lianshao/app"
	"lianshao/domain"
)

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
	return changeSystem(id, fmt.Sprintf("删除 %d 项", len(places)), func(s *domain.IndicatorSystem) error { return Remove(s, places...) })
}

// Remove takes indicators and whole dimensions out of a system; its judgement matrices
// lose them too, and weights that come from matrices follow. Call it on a clone.
func Remove(s *domain.IndicatorSystem, places ...Place) error {
	slices.SortFunc(places, func(a, b Place) int { // from the end, so that places stay true
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
