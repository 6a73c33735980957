package flow

import (
	"cmp"
	"slices"
	"sort"
)

// What a reader minds, in one currency: a bend costs 2.
const (
	costBend     = 2.0
	costLane     = 1.0  // per lane travelled sideways
	costRow      = 0.25 // per row travelled up or down
	costCross    = 3.0  // crossing another arrow
	costMaybe    = 0.8  // two arrows sharing a gutter: tracks may have to cross
	costOverlap  = 60.0 // running on top of another arrow
	costTwoOuts  = 40.0 // two arrows leaving a box on one side
	costInOut    = 9.0  // coming and leaving on one side
	costTwoIns   = 3.0  // arriving twice on one side
	costFromTop  = 60.0 // coming and leaving at the top or the bottom
	costOuter    = 1.5  // a forward arrow in an outer gutter
	costBottomIn = 1.5  // a return that arrives from below
)

// seg is one leg of a route, with lo ≤ hi along its direction.
type seg struct {
	vertical   bool
	at, lo, hi int
}

func legs(pts []cell) []seg {
	out := make([]seg, 0, len(pts)-1)
	for i := 1; i < len(pts); i++ {
		p, q := pts[i-1], pts[i]
		if p.c == q.c {
			out = append(out, seg{true, p.c, min(p.r, q.r), max(p.r, q.r)})
		} else {
			out = append(out, seg{false, p.r, min(p.c, q.c), max(p.c, q.c)})
		}
	}
	return out
}

// port counts the arrows at one side of one box.
type port struct{ ins, outs int }

// board remembers what has been routed so far.
type board struct {
	g        *grid
	vertical [][]placed // by column
	level    [][]placed // by row
	ports    [][4]port  // by step
}

type placed struct {
	lo, hi, edge, to int
}

func newBoard(g *grid) *board {
	return &board{
		g:        g,
		vertical: make([][]placed, 2*len(g.lanes)+1),
		level:    make([][]placed, 2*len(g.lane)+1),
		ports:    make([][4]port, len(g.lane)),
	}
}

func (b *board) put(edge int, r route) {
	for _, s := range r.legs {
		p := placed{s.lo, s.hi, edge, r.to}
		if s.vertical {
			b.vertical[s.at] = append(b.vertical[s.at], p)
		} else {
			b.level[s.at] = append(b.level[s.at], p)
		}
	}
	b.ports[r.from][r.out].outs++
	b.ports[r.to][r.in].ins++
}

func (b *board) take(edge int, r route) {
	drop := func(list []placed) []placed {
		kept := list[:0]
		for _, p := range list {
			if p.edge != edge {
				kept = append(kept, p)
			}
		}
		return kept
	}
	for _, s := range r.legs {
		if s.vertical {
			b.vertical[s.at] = drop(b.vertical[s.at])
		} else {
			b.level[s.at] = drop(b.level[s.at])
		}
	}
	b.ports[r.from][r.out].outs--
	b.ports[r.to][r.in].ins--
}

// routeAll picks a route for every link: short forward arrows first because they
// carry the story, then two rounds in which each arrow may reconsider.
func (g *grid) routeAll() []route {
	order := make([]int, len(g.links))
	for i := range order {
		order[i] = i
	}
	weight := func(k link) int {
		if k.back {
			return 1000000 + k.from - k.to
		}
		return k.to - k.from
	}
	sort.SliceStable(order, func(i, j int) bool { return weight(g.links[order[i]]) < weight(g.links[order[j]]) })
	options := make([][]*route, len(g.links))
	chosen := make([]route, len(g.links))
	b := newBoard(g)
	for round := range 3 {
		for _, e := range order {
			if round == 0 {
				options[e] = sorted(g.candidates(g.links[e]))
			} else {
				b.take(e, chosen[e])
			}
			chosen[e] = *b.best(options[e])
			b.put(e, chosen[e])
		}
	}
	return chosen
}

func (g *grid) newRoute(k link, pts []cell, out, in side) *route {
	r := &route{link: k, pts: pts, out: out, in: in, legs: legs(pts)}
	r.base = g.base(r)
	return r
}

// base is the part of a route's cost that does not depend on other arrows.
func (g *grid) base(r *route) float64 {
	cost := costBend * float64(len(r.pts)-2)
	outer := 0.0
	for _, s := range r.legs {
		n := float64(s.hi-s.lo) / 2
		if s.vertical {
			cost += n * costRow
			if s.at == 0 || s.at == 2*len(g.lanes) {
				outer = costOuter
			}
		} else {
			cost += n * costLane
		}
	}
	if r.back && r.in == bottom {
		cost += costBottomIn
	}
	if !r.back {
		cost += outer
	}
	return cost
}

func sorted(list []*route) []*route {
	slices.SortStableFunc(list, func(a, b *route) int { return cmp.Compare(a.base, b.base) })
	return list
}

// best looks through routes sorted by base cost and stops once no better one can follow.
func (b *board) best(list []*route) *route {
	best, bestCost := list[0], 1e9
	for _, r := range list {
		base := r.base
		if base >= bestCost {
			break
		}
		if c := base + b.conflicts(r, bestCost-base); c < bestCost {
			best, bestCost = r, c
		}
	}
	return best
}

// conflicts prices what a route does to the arrows already on the board. It may
// stop early once the price passes limit.
func (b *board) conflicts(r *route, limit float64) float64 {
	cost := b.portCost(r)
	for _, s := range r.legs {
		if cost >= limit {
			return cost
		}
		if s.vertical {
			cost += crossings(b.level, s)
			cost += b.along(b.vertical[s.at], s, r.to, s.at%2 == 1)
		} else {
			cost += crossings(b.vertical, s)
			if s.at%2 == 0 {
				cost += b.along(b.level[s.at], s, r.to, false)
			}
		}
	}
	return cost
}

func (b *board) portCost(r *route) float64 {
	o, in := b.ports[r.from][r.out], b.ports[r.to][r.in]
	cost := float64(o.outs) * costTwoOuts
	clash := float64(o.ins + in.outs)
	if r.from == r.to && r.out == r.in {
		clash++
	}
	cost += clash * costInOut
	if o.ins > 0 && r.out <= bottom || in.outs > 0 && r.in <= bottom {
		cost += costFromTop
	}
	if r.in > bottom {
		cost += float64(in.ins) * costTwoIns
	} else if r.in == bottom {
		cost += float64(in.ins) * costInOut
	}
	return cost
}

// crossings prices the arrows that a leg runs through.
func crossings(lines [][]placed, s seg) float64 {
	cost := 0.0
	for at := s.lo; at <= s.hi; at++ {
		for _, p := range lines[at] {
			if p.lo > s.at || p.hi < s.at {
				continue
			}
			if at > s.lo && at < s.hi && p.lo < s.at && s.at < p.hi {
				cost += costCross
			} else if at%2 == 0 || s.at%2 == 0 {
				cost += costMaybe
			}
		}
	}
	return cost
}

// along prices arrows on the same line. In a lane's middle there are no tracks,
// so running together is allowed only into the same step.
func (b *board) along(list []placed, s seg, to int, middle bool) float64 {
	cost := 0.0
	for _, p := range list {
		// In a gap two arrows may meet end to end on different tracks and so overlap.
		meet := middle && (p.hi == s.lo && s.lo%2 == 0 || p.lo == s.hi && s.hi%2 == 0)
		if !meet && (p.hi <= s.lo || p.lo >= s.hi) {
			continue
		}
		switch {
		case !middle:
			cost += costMaybe
		case p.to != to:
			cost += costOverlap
		}
	}
	return cost
}
