package merge

import (
	"slices"
	"strings"

	"lianshao/domain"
)

// order puts lists into the order in which they are kept, whoever added what.
func order(r domain.Record, round func(domain.ID) *domain.Assessment) {
	switch r := r.(type) {
	case *domain.Workflow:
		slices.SortStableFunc(r.Steps, func(a, b domain.Step) int {
			if a.No != b.No {
				return a.No - b.No
			}
			return strings.Compare(string(a.ID), string(b.ID))
		})
	case *domain.Assessment:
		slices.SortStableFunc(r.Assessors, func(a, b domain.Assessor) int {
			if a.No != b.No {
				return a.No - b.No
			}
			return strings.Compare(a.Name, b.Name)
		})
	case *domain.Rating:
		at := map[string]int{}
		if a := round(r.Assessment.ID); a != nil {
			for i, x := range a.Assessors {
				at[x.Name] = i + 1
			}
		}
		slices.SortStableFunc(r.Rows, func(a, b domain.RatingRow) int {
			x, y := at[a.Assessor], at[b.Assessor]
			if x == 0 || y == 0 || x == y { // the unknown last
				if (x == 0) != (y == 0) {
					return y - x
				}
				return strings.Compare(a.Assessor, b.Assessor)
			}
			return x - y
		})
	}
}
