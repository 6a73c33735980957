package flow

import "sort"

// The router works on a coarse grid. Column 2l+1 is the middle of lane l and
// column 2l the gutter on its left; row 2r+1 is the middle of step r and row 2r
// the gap above it. Boxes sit on odd/odd cells, one per row, so gutters, gaps
// and the rows beside a step are always free, and only lane middles need a check.
type cell struct{ c, r int }

// side of a box.
type side int

const (
	top side = iota
	bottom
	left
	right
)

// link is an edge whose ends are known.
type link struct {
	from, to int // rows
	label    string
	back     bool // leads to the same or an earlier step
	dashed   bool // is drawn as a return; going on to an earlier step after 通过 is none
}

type route struct {
	link
	pts     []cell
	out, in side
	legs    []seg   // between the points
	base    float64 // cost without other arrows
}

type grid struct {
	lanes []string
	lane  []int   // lane of the step in each row
	count [][]int // count[l][r]: steps of lane l in rows before r
	links []link
}

func newGrid(m Model) *grid {
	g := &grid{lanes: append([]string(nil), m.Lanes...)}
	index := map[string]int{}
	for i, name := range g.lanes {
		index[name] = i
	}
	rows := map[string]int{}
	for r, n := range m.Nodes {
		name := n.Lane
		if name == "" {
			name = NoLane
		}
		l, ok := index[name]
		if !ok {
			l = len(g.lanes)
			index[name] = l
			g.lanes = append(g.lanes, name)
		}
		g.lane = append(g.lane, l)
		if _, twice := rows[n.ID]; !twice {
			rows[n.ID] = r
		}
	}
	g.dropUnusedLanes()
	g.countSteps()
	for _, e := range m.Edges {
		f, ok1 := rows[e.From]
		t, ok2 := rows[e.To]
		if ok1 && ok2 {
			g.links = append(g.links, link{f, t, e.Label, t <= f, t <= f && e.Label != "通过"})
		}
	}
	return g
}

// dropUnusedLanes removes lanes without a step: an empty column only widens the paper.
func (g *grid) dropUnusedLanes() {
	used := make([]bool, len(g.lanes))
	for _, l := range g.lane {
		used[l] = true
	}
	renumber := make([]int, len(g.lanes))
	var kept []string
	for l, name := range g.lanes {
		renumber[l] = len(kept)
		if used[l] {
			kept = append(kept, name)
		}
	}
	for r, l := range g.lane {
		g.lane[r] = renumber[l]
	}
	g.lanes = kept
}

func (g *grid) countSteps() {
	g.count = make([][]int, len(g.lanes))
	for l := range g.count {
		g.count[l] = make([]int, len(g.lane)+1)
		for r, at := range g.lane {
			g.count[l][r+1] = g.count[l][r]
			if at == l {
				g.count[l][r+1]++
			}
		}
	}
}

// free reports whether lane l has no step in the rows strictly between a and b.
func (g *grid) free(l, a, b int) bool {
	if a > b {
		a, b = b, a
	}
	return b-a <= 1 || g.count[l][b]-g.count[l][a+1] == 0
}

// candidates lists the ways an arrow may take. Only shapes a reader follows
// without thinking: at most four bends, first and last leg at a box's middle.
func (g *grid) candidates(k link) []*route {
	a, b := g.lane[k.from], g.lane[k.to]
	ca, cb := 2*a+1, 2*b+1
	ri, rj := 2*k.from+1, 2*k.to+1
	out := make([]*route, 0, 28)
	add := func(o, in side, pts ...cell) { out = append(out, g.newRoute(k, pts, o, in)) }
	toward := func(from, to int) side {
		if to < from {
			return left
		}
		return right
	}
	start, end := cell{ca, ri}, cell{cb, rj}
	if !k.back {
		g.forwardShapes(k, add, toward)
	} else if a != b && g.free(b, k.to, k.from) {
		add(toward(ca, cb), bottom, start, cell{cb, ri}, end)
	}
	for _, gut := range g.gutters(a, b) {
		so, si := toward(ca, gut), toward(cb, gut)
		add(so, si, start, cell{gut, ri}, cell{gut, rj}, end)
		add(so, top, start, cell{gut, ri}, cell{gut, rj - 1}, cell{cb, rj - 1}, end)
		add(bottom, si, start, cell{ca, ri + 1}, cell{gut, ri + 1}, cell{gut, rj}, end)
		add(bottom, top, start, cell{ca, ri + 1}, cell{gut, ri + 1}, cell{gut, rj - 1}, cell{cb, rj - 1}, end)
	}
	return out
}

func (g *grid) forwardShapes(k link, add func(o, in side, pts ...cell), toward func(from, to int) side) {
	a, b := g.lane[k.from], g.lane[k.to]
	ca, cb := 2*a+1, 2*b+1
	ri, rj := 2*k.from+1, 2*k.to+1
	start, end := cell{ca, ri}, cell{cb, rj}
	if a == b {
		if g.free(a, k.from, k.to) {
			add(bottom, top, start, end)
		}
		return
	}
	if g.free(b, k.from, k.to) {
		add(toward(ca, cb), top, start, cell{cb, ri}, end)
		add(bottom, top, start, cell{ca, ri + 1}, cell{cb, ri + 1}, end)
	}
	if g.free(a, k.from, k.to) {
		add(bottom, toward(cb, ca), start, cell{ca, rj}, end)
		add(bottom, top, start, cell{ca, rj - 1}, cell{cb, rj - 1}, end)
	}
}

// gutters worth trying between lanes a and b: those beside either and the outer two.
func (g *grid) gutters(a, b int) []int {
	set := map[int]bool{0: true, 2 * len(g.lanes): true}
	for _, l := range []int{a, b} {
		set[2*l], set[2*l+2] = true, true
	}
	list := make([]int, 0, len(set))
	for c := range set {
		list = append(list, c)
	}
	sort.Ints(list)
	return list
}
