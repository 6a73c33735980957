package flow

import (
	"math"

	"lianshao/app/report/draw"
)

// plan is a layout in the making: first the routes, then sizes, then places.
type plan struct {
	m       Model
	g       *grid
	ms      draw.Measurer
	u, size float64 // u is one twelfth of an em: the unit of all gaps below
	legend  bool

	routes        []route
	gutters, gaps []channel
	track         map[ref]int
	offset        map[ref]portAt

	pieces   [][]piece   // of each step's text
	diamonds [][]diamond // for decisions
	heads    [][]piece   // of each lane's name

	boxes      []box
	header     []block
	headerH    float64
	titleH     float64
	laneX      []float64 // middle of each lane
	gutX       []float64 // left edge of each gutter
	gapY       []float64 // upper edge of each gap
	needL      []float64 // room a lane needs left and right of its middle
	needR      []float64
	w, h       float64
	bodyBottom float64
	lines      [][]draw.Point
	labels     []label
}

// box is a step's shape, and where its marks stand.
type box struct {
	x, y, w, h float64
	text       block
	risk, meas badge
}

type badge struct{ x, y, w, h float64 }

type label struct {
	text       string
	x, y, w, h float64 // y is the upper edge
}

const (
	lineEm     = 15.0 // line height, in u like all that follow
	padX       = 7.0
	padY       = 6.0
	barInset   = 5.0
	trackGap   = 9.0
	sidePad    = 9.0
	belowBox   = 8.0
	aboveBox   = 13.0 // room for an arrow head and half a badge
	labelRoom  = 14.0
	labelSize  = 11.0
	badgeH     = 13.0
	badgeRise  = 8.0
	minBoxH    = 32.0
	minBoxEm   = 5.0
	headerPad  = 6.0
	legendSize = 10.5
)

func (p *plan) title(n Node) string {
	if n.No == "" {
		return n.Label
	}
	return n.No + " " + n.Label
}

// split cuts all texts once; their sizes are tried several times.
func (p *plan) split() {
	width, bold := measure(p.ms, p.size, false), measure(p.ms, p.size, true)
	p.pieces = make([][]piece, len(p.m.Nodes))
	p.diamonds = make([][]diamond, len(p.m.Nodes))
	for r, n := range p.m.Nodes {
		p.pieces[r] = split(p.title(n), width)
		if n.Kind == Decision {
			p.diamonds[r] = p.tryDiamonds(p.pieces[r])
		}
	}
	p.heads = make([][]piece, len(p.g.lanes))
	for l, name := range p.g.lanes {
		p.heads[l] = split(name, bold)
	}
}

// diamond is one way to draw a decision.
type diamond struct {
	text        block
	w, h, score float64
}

// diamondEms are the widths tried, in ems.
var diamondEms = []float64{8, 9.5, 11, 13}

func (p *plan) tryDiamonds(ps []piece) []diamond {
	var list []diamond
	for _, ems := range diamondEms {
		text, h, score := wrapDiamond(ps, ems*p.size, lineEm*p.u)
		if !math.IsInf(score, 1) {
			list = append(list, diamond{text, ems * p.size, math.Max(h, 42*p.u), score + 0.28*ems})
		}
	}
	if list == nil { // a text far too long for a decision: as high as it needs
		text := wrap(ps, 6*p.size)
		list = append(list, diamond{text, 2 * (text.w + p.size), 2 * float64(len(text.lines)+1) * lineEm * p.u, 0})
	}
	return list
}

// measure sizes boxes and lanes for boxes of about em characters per line.
func (p *plan) measure(em float64) {
	p.boxes = make([]box, len(p.m.Nodes))
	laneW := make([]float64, len(p.g.lanes))
	for i := range laneW {
		laneW[i] = (math.Min(em, minBoxEm)*12 + 2*padX) * p.u
	}
	for r, n := range p.m.Nodes {
		b := &p.boxes[r]
		if n.Kind == Decision {
			b.choose(p.diamonds[r], (em+5)*p.size)
			continue
		}
		b.text = wrap(p.pieces[r], em*p.size)
		pad := padX
		if n.Kind == Approve || n.Kind == Start || n.Kind == End {
			pad += barInset
		}
		b.w = b.text.w + 2*pad*p.u
		b.h = math.Max(minBoxH, float64(len(b.text.lines))*lineEm+2*padY) * p.u
		laneW[p.g.lane[r]] = math.Max(laneW[p.g.lane[r]], b.w)
	}
	for r, n := range p.m.Nodes {
		if n.Kind != Decision {
			p.boxes[r].w = laneW[p.g.lane[r]]
		}
	}
	p.measureLanes()
}

// choose takes the best diamond that is not wider than limit, or the narrowest.
func (b *box) choose(list []diamond, limit float64) {
	best := list[0]
	for _, d := range list[1:] {
		if d.w <= limit+1e-9 && d.score < best.score {
			best = d
		}
	}
	b.text, b.w, b.h = best.text, best.w, best.h
}

// measureLanes finds the room of each lane, the headers and the total width.
func (p *plan) measureLanes() {
	p.needL = make([]float64, len(p.g.lanes))
	p.needR = make([]float64, len(p.g.lanes))
	for r, n := range p.m.Nodes {
		b, l := &p.boxes[r], p.g.lane[r]
		b.risk.w, b.meas.w = p.badgeWidth(n.Marks, Risk), p.badgeWidth(n.Marks, Measure)
		inset := p.badgeInset(n, *b)
		p.needL[l] = max(p.needL[l], b.w/2+sidePad*p.u, b.risk.w+inset+3*p.u)
		p.needR[l] = max(p.needR[l], b.w/2+sidePad*p.u, b.meas.w+inset+3*p.u)
	}
	for _, r := range p.routes {
		if r.label == "" {
			continue
		}
		room := p.boxes[r.from].w/2 + p.badgeJuts(r) + p.labelWidth(r.label) + 10*p.u
		l := p.g.lane[r.from]
		switch r.out {
		case left:
			p.needL[l] = max(p.needL[l], room)
		case right:
			p.needR[l] = max(p.needR[l], room)
		case bottom:
			p.needR[l] = max(p.needR[l], p.labelWidth(r.label)+8*p.u)
		}
	}
	p.measureHeaders()
	p.w = 2 * sidePad * p.u
	for l := range p.g.lanes {
		p.w += p.needL[l] + p.needR[l]
	}
	for c := 0; c < len(p.gutters); c += 2 {
		p.w += float64(p.gutters[c].tracks) * trackGap * p.u
	}
}

func (p *plan) measureHeaders() {
	p.header = make([]block, len(p.g.lanes))
	lines := 1
	for l := range p.g.lanes {
		room := p.needL[l] + p.needR[l]
		p.header[l] = wrap(p.heads[l], max(room-2*headerPad*p.u, 5*p.size))
		if over := p.header[l].w + 2*headerPad*p.u - room; over > 0 {
			p.needL[l] += over / 2
			p.needR[l] += over / 2
		}
		lines = max(lines, len(p.header[l].lines))
	}
	p.headerH = (float64(lines)*lineEm + 2*headerPad) * p.u
}

func (p *plan) labelWidth(s string) float64 { return p.ms.Width(s, labelSize*p.u, false) }

// place works out every coordinate from the sizes.
func (p *plan) place() {
	p.placeColumns()
	p.placeRows()
	for r := range p.boxes {
		p.placeBadges(r)
	}
	p.lines = make([][]draw.Point, len(p.routes))
	for e, r := range p.routes {
		p.lines[e] = p.trace(e, r)
	}
	for e, r := range p.routes {
		if r.label != "" {
			p.labels = append(p.labels, p.placeLabel(e, r))
		}
	}
}

func (p *plan) placeColumns() {
	x := sidePad * p.u
	p.gutX = make([]float64, len(p.g.lanes)+1)
	p.laneX = make([]float64, len(p.g.lanes))
	for l := range p.gutX {
		p.gutX[l] = x
		x += float64(p.gutters[2*l].tracks) * trackGap * p.u
		if l < len(p.g.lanes) {
			p.laneX[l] = x + p.needL[l]
			x += p.needL[l] + p.needR[l]
		}
	}
	p.w = x + sidePad*p.u
}

func (p *plan) placeRows() {
	labelled := make([]float64, len(p.m.Nodes)+1) // room for branch labels in the gap below a step
	for _, r := range p.routes {
		if r.label != "" && r.out == bottom {
			labelled[r.from+1] = labelRoom * p.u
		}
	}
	if p.m.Title != "" {
		p.titleH = 28 * p.u
	}
	y := p.titleH + p.headerH + sidePad/2*p.u
	p.gapY = make([]float64, len(p.boxes)+1)
	for r := range p.gapY {
		y += labelled[r]
		if r > 0 {
			y += belowBox * p.u
		}
		p.gapY[r] = y
		y += float64(p.gaps[2*r].tracks) * trackGap * p.u
		if r < len(p.boxes) {
			y += aboveBox * p.u
			b := &p.boxes[r]
			b.x, b.y = p.laneX[p.g.lane[r]]-b.w/2, y
			y += b.h
		}
	}
	p.bodyBottom = y + belowBox*p.u
	p.h = p.bodyBottom + sidePad*p.u
}

// separator is the x of the line before lane l; the last one closes the frame.
// The outer gutters lie outside the frame, so returns visibly go around.
func (p *plan) separator(l int) float64 {
	if l == 0 {
		return p.gutX[0] + float64(p.gutters[0].tracks)*trackGap*p.u
	}
	return p.gutX[l]
}

// trace turns a route's cells into points.
func (p *plan) trace(e int, r route) []draw.Point {
	pts := make([]draw.Point, len(r.pts))
	last := len(r.pts) - 1
	for i := range r.pts {
		pts[i] = draw.Point{X: p.pointX(e, i, r), Y: p.pointY(e, i, r)}
	}
	pts[0] = p.onBorder(r.from, r.out, pts[0].Y)
	pts[last] = p.onBorder(r.to, r.in, pts[last].Y)
	return pts
}

func (p *plan) pointX(e, i int, r route) float64 {
	c := r.pts[i].c
	if c%2 == 1 {
		return p.laneX[c/2]
	}
	at := i // the vertical leg at this corner
	if r.pts[i-1].c != c {
		at = i + 1
	}
	return p.gutX[c/2] + (float64(p.track[ref{e, at}])+0.5)*trackGap*p.u
}

func (p *plan) pointY(e, i int, r route) float64 {
	row := r.pts[i].r
	last := len(r.pts) - 1
	if row%2 == 0 {
		at := i // the horizontal leg at this corner
		if r.pts[i-1].r != row {
			at = i + 1
		}
		return p.gapY[row/2] + (float64(p.track[ref{e, at}])+0.5)*trackGap*p.u
	}
	b := p.boxes[row/2]
	mid := b.y + b.h/2
	switch {
	case i <= 1 && r.pts[0].r == row && r.out > bottom:
		return mid + p.rise(ref{e, 0}, b)
	case i >= last-1 && r.pts[last].r == row && r.in > bottom:
		return mid + p.rise(ref{e, 1}, b)
	}
	return mid
}

// rise is how far from a box's middle an arrow meets its side.
func (p *plan) rise(k ref, b box) float64 {
	at := p.offset[k]
	if at.n < 2 {
		return 0
	}
	step := math.Min(11*p.u, b.h*0.6/float64(at.n))
	return (float64(at.i) - float64(at.n-1)/2) * step
}

// endRadius rounds the ends of start and end boxes; high ones stay boxes with round corners.
func (p *plan) endRadius(w, h float64) float64 { return min(w/2, h/2, 18*p.u) }

// onBorder is where an arrow at height y meets the given side of a step's shape.
func (p *plan) onBorder(row int, s side, y float64) draw.Point {
	b := p.boxes[row]
	cx, cy := b.x+b.w/2, b.y+b.h/2
	half := b.w / 2
	d := math.Abs(y - cy)
	switch p.m.Nodes[row].Kind {
	case Decision:
		half *= 1 - 2*d/b.h
	case Start, End:
		rad := p.endRadius(b.w, b.h)
		if d -= b.h/2 - rad; d > 0 {
			half += math.Sqrt(math.Max(rad*rad-d*d, 0)) - rad
		}
	}
	switch s {
	case top:
		return draw.Point{X: cx, Y: b.y}
	case bottom:
		return draw.Point{X: cx, Y: b.y + b.h}
	case left:
		return draw.Point{X: cx - half, Y: y}
	}
	return draw.Point{X: cx + half, Y: y}
}

// placeLabel puts a branch's label beside its first leg, where nothing else runs.
func (p *plan) placeLabel(e int, r route) label {
	b := p.boxes[r.from]
	l := label{text: r.label, w: p.labelWidth(r.label), h: labelSize * p.u * 1.15}
	if r.out == bottom {
		l.x, l.y = b.x+b.w/2+4*p.u, b.y+b.h+4*p.u
		return l
	}
	l.x = b.x + b.w + 4*p.u
	if r.out == left {
		l.x = b.x - 4*p.u - l.w
	}
	y := p.lines[e][0].Y
	at := p.offset[ref{e, 0}]
	lowest := at.n > 1 && at.i == at.n-1
	if lowest || at.n == 1 && p.badgeJuts(r) > 0 { // below, away from the badge
		l.y = y + 2.5*p.u
		return l
	}
	l.y = y - l.h - 2*p.u
	if jut := p.badgeJuts(r); jut > 0 && r.out == left {
		l.x -= jut
	} else if jut > 0 {
		l.x += jut
	}
	return l
}

// badgeJuts is how far the badge beside an arrow's start stands out of the step's
// box: where a label above the arrow would meet it.
func (p *plan) badgeJuts(r route) float64 {
	b, n := p.boxes[r.from], p.m.Nodes[r.from]
	g := b.meas
	if r.out == left {
		g = b.risk
	}
	if g.w == 0 {
		return 0
	}
	return math.Max(0, p.badgeInset(n, b)+g.w-b.w/2)
}

// badgeInset is how far from the step's middle a badge must stay to leave the
// arrow at the top, or a diamond's upper corner, free.
func (p *plan) badgeInset(n Node, b box) float64 {
	if n.Kind == Decision {
		return b.w * 0.2
	}
	return 7 * p.u
}

func (p *plan) placeBadges(r int) {
	b, n := &p.boxes[r], p.m.Nodes[r]
	cx, inset := b.x+b.w/2, p.badgeInset(n, *b)
	y := b.y - badgeRise*p.u
	if n.Kind == Decision {
		y = b.y + 0.2*b.h + 2*p.u - badgeH*p.u
	}
	b.risk = badge{math.Min(b.x+3*p.u, cx-inset-b.risk.w), y, b.risk.w, badgeH * p.u}
	b.meas = badge{math.Max(b.x+b.w-3*p.u-b.meas.w, cx+inset), y, b.meas.w, badgeH * p.u}
	if n.Kind == Decision {
		b.risk.x, b.meas.x = cx-inset-b.risk.w, cx+inset
	}
}
