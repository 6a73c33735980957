package assess

import (
	"fmt"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/judge"
	"lianshao/domain"
)

// ToMend stands in the note of an indicator that the test wants changed, until the
// person who edits the draft has done so.
const ToMend = "【拟修改】"

// Propose makes the next version of an indicator system as the test of its indicators
// suggests: 删除 and 合并 take an indicator out (the weight of a merged one goes to its
// twin where weights are typed), 修改 leaves it with the reason in its note. The draft
// has no ID and is stored by SaveSystem. It is refused when nothing is to be changed.
func Propose(p *domain.Pilot, r *judge.Report) (*domain.IndicatorSystem, error) {
	if r.System == nil || len(r.Items) == 0 {
		return nil, app.E(app.CodeInvalid, "还没有指标检验的结果，不能提出下一版")
	}
	next := p.NextSystem(r.System)
	var gone []edit.Place
	kept := 0
	for i := range r.Items {
		it := &r.Items[i]
		at, ind := find(next, it.Code)
		switch {
		case ind == nil:
		case it.Verdict == judge.Remove, it.Verdict == judge.Merge:
			if it.Verdict == judge.Merge {
				bequeath(next, it)
			}
			gone = append(gone, at)
		case it.Verdict == judge.Change:
			ind.Note = ToMend + it.Reason + ind.Note
		default:
			kept++
		}
	}
	if kept == len(r.Items) {
		return nil, app.E(app.CodeInvalid, "检验结论是全部保留，不需要新版本")
	}
	if len(gone) == len(r.Items) {
		return nil, app.E(app.CodeInvalid, "检验结论是全部删除或合并，请直接新建指标体系")
	}
	if err := edit.Remove(next, append(gone, emptied(next, gone)...)...); err != nil {
		return nil, err
	}
	balance(next)
	return next, nil
}

// find is where an indicator stands.
func find(s *domain.IndicatorSystem, code string) (edit.Place, *domain.Indicator) {
	for di := range s.Dimensions {
		for ii := range s.Dimensions[di].Indicators {
			if ind := &s.Dimensions[di].Indicators[ii]; ind.Code == code {
				return edit.Place{Dim: di, Ind: ii}, ind
			}
		}
	}
	return edit.Place{}, nil
}

// bequeath gives the typed weight of a merged indicator to its twin of the same
// dimension; elsewhere the others of the dimension share it.
func bequeath(s *domain.IndicatorSystem, it *judge.Item) {
	at, ind := find(s, it.Code)
	to, twin := find(s, it.Twin)
	if twin != nil && to.Dim == at.Dim {
		twin.Weight += ind.Weight
	}
	if twin != nil {
		twin.Note += fmt.Sprintf("（并入 %s %s）", ind.Code, ind.Name)
	}
}

// emptied are the dimensions that lose their last indicator.
func emptied(s *domain.IndicatorSystem, gone []edit.Place) (out []edit.Place) {
	n := map[int]int{}
	for _, at := range gone {
		n[at.Dim]++
	}
	for di := range s.Dimensions {
		if n[di] == len(s.Dimensions[di].Indicators) {
			out = append(out, edit.Place{Dim: di, Ind: -1})
		}
	}
	return out
}

// balance brings typed weights back to the sum 1.
func balance(s *domain.IndicatorSystem) {
	if !s.ByMatrix("") {
		edit.Balance(s, "", true)
	}
	for _, d := range s.Dimensions {
		if !s.ByMatrix(d.Code) {
			edit.Balance(s, d.Code, true)
		}
	}
}
