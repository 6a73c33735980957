package flow

import "sort"

// leg is one stretch of a route in a gutter or a gap, where several arrows may
// run side by side, each on its own track.
type leg struct {
	edge, at int // at: index of the leg in its route
	lo, hi   int
	// Whether the route goes on towards higher coordinates (right, or down) at
	// its low and its high end. Tells which neighbours it would have to cross.
	loUp, hiUp bool
	track      int
}

// channel is one gutter or gap with its legs.
type channel struct {
	legs   []leg
	tracks int
}

// ref finds the leg of a route again when coordinates are worked out.
type ref struct{ edge, at int }

// assignTracks gives every leg in a gutter or gap a track of its own where
// others pass, and every arrow at a box's side its height.
func (p *plan) assignTracks() {
	p.gutters = make([]channel, 2*len(p.g.lanes)+1)
	p.gaps = make([]channel, 2*len(p.g.lane)+1)
	for e, r := range p.routes {
		for i := 1; i < len(r.pts); i++ {
			p.addLeg(e, i, r)
		}
	}
	p.track = map[ref]int{}
	for _, list := range [][]channel{p.gutters, p.gaps} {
		for i := range list {
			list[i].assign()
			for _, l := range list[i].legs {
				p.track[ref{l.edge, l.at}] = l.track
			}
		}
	}
	p.spreadPorts()
}

func (p *plan) addLeg(e, i int, r route) {
	a, b := r.pts[i-1], r.pts[i]
	vertical := a.c == b.c
	if vertical && a.c%2 == 1 || !vertical && a.r%2 == 1 {
		return
	}
	before, after := a, b
	if i >= 2 {
		before = r.pts[i-2]
	}
	if i+1 < len(r.pts) {
		after = r.pts[i+1]
	}
	if !vertical {
		a, b, before, after = flip(a), flip(b), flip(before), flip(after)
	}
	l := leg{edge: e, at: i, lo: a.r, hi: b.r, loUp: before.c > a.c, hiUp: after.c > b.c}
	if l.lo > l.hi {
		l.lo, l.hi, l.loUp, l.hiUp = l.hi, l.lo, l.hiUp, l.loUp
	}
	if vertical {
		p.gutters[a.c].legs = append(p.gutters[a.c].legs, l)
	} else {
		p.gaps[a.c].legs = append(p.gaps[a.c].legs, l)
	}
}

func flip(c cell) cell { return cell{c.r, c.c} }

// assign packs the legs on as few tracks as possible and orders the tracks so
// that they cross least.
func (c *channel) assign() {
	sort.SliceStable(c.legs, func(i, j int) bool {
		a, b := c.legs[i], c.legs[j]
		if a.lo != b.lo {
			return a.lo < b.lo
		}
		return a.hi > b.hi
	})
	var ends []int
	for i := range c.legs {
		l := &c.legs[i]
		l.track = -1
		for t, end := range ends {
			if end < l.lo {
				l.track = t
				break
			}
		}
		if l.track < 0 {
			l.track = len(ends)
			ends = append(ends, 0)
		}
		ends[l.track] = l.hi
	}
	c.tracks = len(ends)
	c.untangle()
}

// untangle tries the orders of the tracks: all of them while they are few,
// neighbours' swaps when they are many.
func (c *channel) untangle() {
	order := make([]int, c.tracks)
	for i := range order {
		order[i] = i
	}
	best := append([]int(nil), order...)
	least := c.crossings(order)
	try := func() {
		if n := c.crossings(order); n < least {
			least = n
			copy(best, order)
		}
	}
	if c.tracks <= 5 {
		permute(order, 0, func() bool { try(); return least > 0 })
	} else {
		for range c.tracks {
			for i := 1; i < c.tracks && least > 0; i++ {
				copy(order, best)
				order[i-1], order[i] = order[i], order[i-1]
				try()
			}
		}
	}
	for i := range c.legs {
		c.legs[i].track = best[c.legs[i].track]
	}
}

// permute calls visit for every order of s[k:] until visit answers false.
func permute(s []int, k int, visit func() bool) bool {
	if k == len(s) {
		return visit()
	}
	for i := k; i < len(s); i++ {
		s[k], s[i] = s[i], s[k]
		ok := permute(s, k+1, visit)
		s[k], s[i] = s[i], s[k]
		if !ok {
			return false
		}
	}
	return true
}

// crossings counts how often a leg's ends would run through another leg when
// track t stands at place[t].
func (c *channel) crossings(place []int) int {
	n := 0
	for i, a := range c.legs {
		for j, b := range c.legs {
			if i == j || place[a.track] == place[b.track] {
				continue
			}
			if runsThrough(a.lo, a.loUp, place[a.track], b, place[b.track]) {
				n++
			}
			if runsThrough(a.hi, a.hiUp, place[a.track], b, place[b.track]) {
				n++
			}
		}
	}
	return n
}

func runsThrough(end int, up bool, from int, other leg, at int) bool {
	return up == (at > from) && other.lo <= end && end <= other.hi
}

// spreadPorts gives the arrows that share a box's side different heights: those
// that continue upwards above those that continue downwards.
func (p *plan) spreadPorts() {
	type user struct {
		edge  int
		first bool // the arrow's start is here, not its end
		goes  int  // row it continues to
	}
	users := map[[2]int][]user{}
	var keys [][2]int
	add := func(row int, s side, u user) {
		if s <= bottom {
			return
		}
		k := [2]int{row, int(s)}
		if users[k] == nil {
			keys = append(keys, k)
		}
		users[k] = append(users[k], u)
	}
	for e, r := range p.routes {
		n := len(r.pts)
		if r.out > bottom {
			add(r.from, r.out, user{e, true, r.pts[2].r})
		}
		if r.in > bottom {
			add(r.to, r.in, user{e, false, r.pts[n-3].r})
		}
	}
	p.offset = map[ref]portAt{}
	for _, k := range keys {
		list := users[k]
		sort.SliceStable(list, func(i, j int) bool { return list[i].goes < list[j].goes })
		for i, u := range list {
			end := 0
			if !u.first {
				end = 1
			}
			p.offset[ref{u.edge, end}] = portAt{i, len(list)}
		}
	}
}

// portAt is the place of an arrow among the n at a box's side.
type portAt struct{ i, n int }
