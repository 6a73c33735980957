package domain

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Likeness above which two texts are taken for the same matter, and above which one
// was copied from the other.
const (
	NearLikeness = 0.35
	CopyLikeness = 0.90
)

// Near is a pair of risk points whose texts are alike. Likeness is the Jaccard index
// of their pairs of neighbouring characters, from 0 to 1 (equal).
type Near struct {
	A, B     *RiskPoint
	Likeness float64
}

// NearDuplicates lists the active points of one unit whose texts are alike, every
// point with the one before it that it is most like, the closest pairs first.
func (p *Pilot) NearDuplicates() []Near {
	groups := map[string][]*RiskPoint{}
	for _, r := range p.ActivePoints() {
		groups[refKey(r.Unit)] = append(groups[refKey(r.Unit)], r)
	}
	var out []Near
	for _, g := range groups {
		out = append(out, nearPairs(g, NearLikeness, func(a, b *RiskPoint) bool { return true })...)
	}
	sortNear(out)
	return out
}

// Copies lists active points of different posts whose texts are the same or nearly
// so, in whatever unit.
func (p *Pilot) Copies() []Near {
	out := nearPairs(p.ActivePoints(), CopyLikeness, func(a, b *RiskPoint) bool {
		return !a.Unit.Same(b.Unit) || !a.Post.Same(b.Post)
	})
	sortNear(out)
	return out
}

func sortNear(list []Near) {
	slices.SortFunc(list, func(x, y Near) int {
		return cmp.Or(cmp.Compare(y.Likeness, x.Likeness), CompareCodes(x.A.Code, y.A.Code), CompareCodes(x.B.Code, y.B.Code))
	})
}

// pairsOf are the distinct pairs of neighbouring letters and digits of a text.
func pairsOf(text string) []uint64 {
	var out []uint64
	var last rune
	for _, r := range strings.ToLower(NormalizeWidth(text)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if last != 0 {
			out = append(out, uint64(last)<<32|uint64(r))
		}
		last = r
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// LikenessOf is the Jaccard index of the character pairs of two texts, 0 when one
// is too short to have any.
func LikenessOf(a, b string) float64 { return jaccard(pairsOf(a), pairsOf(b)) }

func jaccard[T cmp.Ordered](a, b []T) float64 {
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			common++
			i++
			j++
		}
	}
	if n := len(a) + len(b) - common; n > 0 {
		return float64(common) / float64(n)
	}
	return 0
}

// pointText is what points are compared by.
func pointText(r *RiskPoint) string { return r.Name + "\n" + r.Description }

// nearPairs finds, for every point, the earlier one that it is most like, among
// those that fit allows. Two sets as alike as least share one of their rarest
// pairs of characters, so only those are indexed (the prefix filter of set joins).
func nearPairs(points []*RiskPoint, least float64, fit func(a, b *RiskPoint) bool) []Near {
	points = slices.Clone(points)
	slices.SortStableFunc(points, func(a, b *RiskPoint) int { return CompareCodes(a.Code, b.Code) })
	sets := rankedPairs(points)
	index := map[uint32][]int32{} // rank of a pair → points that have it among their rarest
	seen := make([]int32, len(points))
	var out []Near
	for i, set := range sets {
		n := len(set)
		if n == 0 {
			continue
		}
		rarest := set[:n-ceil(least*float64(n))+1]
		best, at := 0.0, -1
		for _, pair := range rarest {
			if best == 1 {
				break // no other can be closer
			}
			for _, k := range index[pair] {
				if seen[k] == int32(i+1) {
					continue
				}
				seen[k] = int32(i + 1)
				short, long := min(n, len(sets[k])), max(n, len(sets[k]))
				if float64(short) < least*float64(long) || float64(short) <= best*float64(long) {
					continue
				}
				if j := jaccard(set, sets[k]); j >= least && j > best && fit(points[k], points[i]) {
					best, at = j, int(k)
				}
			}
		}
		if at >= 0 {
			out = append(out, Near{points[at], points[i], best})
		}
		for _, pair := range rarest {
			index[pair] = append(index[pair], int32(i))
		}
	}
	return out
}

// rankedPairs are the character pairs of the points' texts, numbered from the rarest
// to the most common and sorted so.
func rankedPairs(points []*RiskPoint) [][]uint32 {
	raw := make([][]uint64, len(points))
	count := map[uint64]int{}
	for i, r := range points {
		raw[i] = pairsOf(pointText(r))
		for _, g := range raw[i] {
			count[g]++
		}
	}
	order := make([]uint64, 0, len(count))
	for g := range count {
		order = append(order, g)
	}
	slices.SortFunc(order, func(a, b uint64) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b)) })
	rank := make(map[uint64]uint32, len(order))
	for i, g := range order {
		rank[g] = uint32(i)
	}
	out := make([][]uint32, len(points))
	for i, set := range raw {
		out[i] = make([]uint32, len(set))
		for k, g := range set {
			out[i][k] = rank[g]
		}
		slices.Sort(out[i])
	}
	return out
}

func ceil(f float64) int {
	n := int(f)
	if float64(n) < f-1e-9 {
		n++
	}
	return n
}
