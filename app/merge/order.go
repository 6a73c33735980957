package merge

import (
	"cmp"
	"slices"
	"strings"

	"lianshao/domain"
)

// order puts lists into the order in which they are kept, whoever added what; it
// reports whether they were in another one.
func order(r domain.Record, round func(domain.ID) *domain.Assessment) bool {
	switch r := r.(type) {
	case *domain.Workflow:
		return arrange(r.Steps, func(a, b domain.Step) int {
			return cmp.Or(a.No-b.No, strings.Compare(string(a.ID), string(b.ID)))
		})
	case *domain.Assessment:
		return arrange(r.Assessors, func(a, b domain.Assessor) int {
			return cmp.Or(a.No-b.No, strings.Compare(a.Name, b.Name))
		})
	case *domain.Rating:
		return arrange(r.Rows, byAssessor(round(r.Assessment.ID)))
	}
	return false
}

// hasOrder reports whether records of the kind hold a list that order puts in order.
func hasOrder(k domain.Kind) bool {
	return k == domain.KindWorkflow || k == domain.KindAssessment || k == domain.KindRating
}

// byAssessor orders rows as the round lists who scores; the unknown come last.
func byAssessor(round *domain.Assessment) func(a, b domain.RatingRow) int {
	at := map[string]int{}
	if round != nil {
		for i, x := range round.Assessors {
			at[x.Name] = i + 1
		}
	}
	return func(a, b domain.RatingRow) int {
		x, y := at[a.Assessor], at[b.Assessor]
		switch {
		case (x == 0) != (y == 0):
			return y - x
		case x == y:
			return strings.Compare(a.Assessor, b.Assessor)
		}
		return x - y
	}
}

func arrange[T any](list []T, by func(a, b T) int) bool {
	if slices.IsSortedFunc(list, by) {
		return false
	}
	slices.SortStableFunc(list, by)
	return true
}
