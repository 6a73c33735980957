package flow

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lianshao/app/report/draw"
)

// rect is an area for the checks below.
type rect struct{ x0, y0, x1, y1 float64 }

func (b box) rect() rect   { return rect{b.x, b.y, b.x + b.w, b.y + b.h} }
func (l label) rect() rect { return rect{l.x, l.y, l.x + l.w, l.y + l.h} }
func (g badge) rect() rect { return rect{g.x, g.y, g.x + g.w, g.y + g.h} }
func (a rect) meets(b rect) bool {
	const e = 1e-6
	return a.x0 < b.x1-e && b.x0 < a.x1-e && a.y0 < b.y1-e && b.y0 < a.y1-e
}

// legRect is the area of one leg, as thin as it is drawn.
func legRect(a, b draw.Point) rect {
	return rect{math.Min(a.X, b.X) - 0.4, math.Min(a.Y, b.Y) - 0.4, math.Max(a.X, b.X) + 0.4, math.Max(a.Y, b.Y) + 0.4}
}

// faults lists everything a reader could stumble over.
func (p *plan) faults() []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for i, a := range p.boxes {
		lane := p.g.lane[i]
		if a.x < p.separator(lane) || a.x+a.w > p.separator(lane+1) {
			say("step %d leaves its lane", i)
		}
		if a.y < p.titleH+p.headerH || a.y+a.h > p.bodyBottom {
			say("step %d leaves the frame", i)
		}
		for j := i + 1; j < len(p.boxes); j++ {
			if a.rect().meets(p.boxes[j].rect()) {
				say("steps %d and %d overlap", i, j)
			}
		}
	}
	p.edgeFaults(say)
	p.labelFaults(say)
	return out
}

func (p *plan) edgeFaults(say func(string, ...any)) {
	for e, r := range p.routes {
		pts := p.lines[e]
		if !p.touches(r.from, pts[0]) || !p.touches(r.to, pts[len(pts)-1]) {
			say("edge %d→%d does not touch its steps", r.from, r.to)
		}
		for i := 1; i < len(pts); i++ {
			if math.Abs(pts[i].X-pts[i-1].X) > 1e-6 && math.Abs(pts[i].Y-pts[i-1].Y) > 1e-6 {
				say("edge %d→%d has a slanted leg", r.from, r.to)
			}
			leg := legRect(pts[i-1], pts[i])
			for b, other := range p.boxes {
				if b != r.from && b != r.to && leg.meets(other.rect()) {
					say("edge %d→%d runs through step %d", r.from, r.to, b)
				}
			}
			if leg.x0 < 0 || leg.x1 > p.w || leg.y0 < p.titleH+p.headerH || leg.y1 > p.h {
				say("edge %d→%d leaves the drawing", r.from, r.to)
			}
		}
		for f := range e {
			if q := p.routes[f]; q.to != r.to && p.together(e, f) {
				say("edges %d→%d and %d→%d run on top of each other", r.from, r.to, q.from, q.to)
			}
		}
	}
}

// touches reports whether pt lies on the outline of a step's shape.
func (p *plan) touches(row int, pt draw.Point) bool {
	b := p.boxes[row]
	dx, dy := math.Abs(pt.X-b.x-b.w/2), math.Abs(pt.Y-b.y-b.h/2)
	switch p.m.Nodes[row].Kind {
	case Decision:
		return math.Abs(dx/(b.w/2)+dy/(b.h/2)-1) < 1e-6
	case Start, End:
		rad := p.endRadius(b.w, b.h)
		if cx, cy := dx-(b.w/2-rad), dy-(b.h/2-rad); cx > 0 && cy > 0 {
			return math.Abs(math.Hypot(cx, cy)-rad) < 1e-6
		}
	}
	return math.Abs(dx-b.w/2) < 1e-6 && dy <= b.h/2 || math.Abs(dy-b.h/2) < 1e-6 && dx <= b.w/2
}

// together reports whether two arrows share more than a point of a line.
func (p *plan) together(e, f int) bool {
	for i := 1; i < len(p.lines[e]); i++ {
		for j := 1; j < len(p.lines[f]); j++ {
			a, b := legRect(p.lines[e][i-1], p.lines[e][i]), legRect(p.lines[f][j-1], p.lines[f][j])
			w := math.Min(a.x1, b.x1) - math.Max(a.x0, b.x0)
			h := math.Min(a.y1, b.y1) - math.Max(a.y0, b.y0)
			if w > 0 && h > 0 && math.Max(w, h) > 2 {
				return true
			}
		}
	}
	return false
}

func (p *plan) labelFaults(say func(string, ...any)) {
	for i, l := range p.labels {
		for j := range i {
			if l.rect().meets(p.labels[j].rect()) {
				say("labels %d and %d overlap", i, j)
			}
		}
		for b, box := range p.boxes {
			if l.rect().meets(box.rect()) || box.risk.w > 0 && l.rect().meets(box.risk.rect()) || box.meas.w > 0 && l.rect().meets(box.meas.rect()) {
				say("label %d %s overlaps step %d", i, l.text, b)
			}
		}
		for e := range p.lines {
			for k := 1; k < len(p.lines[e]); k++ {
				if l.rect().meets(legRect(p.lines[e][k-1], p.lines[e][k])) {
					say("label %d %s lies on edge %d→%d", i, l.text, p.routes[e].from, p.routes[e].to)
				}
			}
		}
	}
}

func TestSampleWorkflowsAreFaultless(t *testing.T) {
	for _, m := range sampleModels(t) {
		for _, marked := range []bool{false, true} {
			for _, width := range []float64{0, 700, 2000} {
				if marked {
					m = withMarks(m)
				}
				p := arrange(m, plainMeasurer{}, Options{Size: 13, MaxWidth: width})
				for _, f := range p.faults() {
					t.Errorf("%s, width %v: %s", m.Title, width, f)
				}
			}
		}
	}
}

// randomModel draws any workflow a clerk could type, good or silly.
func randomModel(t *rapid.T) Model {
	n := rapid.IntRange(1, 24).Draw(t, "steps")
	lanes := rapid.IntRange(1, 8).Draw(t, "lanes")
	kinds := []Kind{Start, Task, Approve, Decision, End}
	m := Model{}
	text := rapid.StringOfN(rapid.RuneFrom([]rune("招标文件是否（通过）、达到10万元以上，审批。ABC")), 0, 22, -1)
	for i := range n {
		node := Node{ID: fmt.Sprint(i), No: fmt.Sprint(i + 1), Label: text.Draw(t, "label"),
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Lane: fmt.Sprint("岗位", rapid.IntRange(1, lanes).Draw(t, "lane"))}
		for range rapid.IntRange(0, 2).Draw(t, "marks") {
			node.Marks = append(node.Marks, Mark{Kind: MarkKind(rapid.IntRange(0, 1).Draw(t, "mark")), Word: "红", Count: rapid.IntRange(0, 30).Draw(t, "count")})
		}
		m.Nodes = append(m.Nodes, node)
	}
	for i := range n {
		for k := range rapid.IntRange(0, 2).Draw(t, "ways out") {
			to := i + 1
			if k > 0 || to >= n || rapid.IntRange(0, 4).Draw(t, "jump") == 0 {
				to = rapid.IntRange(0, n-1).Draw(t, "to")
			}
			if to == i || len(m.Edges) > 0 && m.Edges[len(m.Edges)-1].From == fmt.Sprint(i) && m.Edges[len(m.Edges)-1].To == fmt.Sprint(to) {
				continue
			}
			m.Edges = append(m.Edges, Edge{fmt.Sprint(i), fmt.Sprint(to), rapid.SampledFrom([]string{"", "是", "否", "退回"}).Draw(t, "word")})
		}
	}
	return m
}

func TestAnyWorkflowIsFaultless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		if faults := arrange(m, plainMeasurer{}, Options{Size: 13, MaxWidth: 700}).faults(); len(faults) > 0 {
			t.Fatal(faults)
		}
	})
}

func TestSameModelSameDrawing(t *testing.T) {
	for _, m := range sampleModels(t) {
		first := Layout(m, plainMeasurer{}, Options{})
		for range 5 {
			if !reflect.DeepEqual(first, Layout(m, plainMeasurer{}, Options{})) {
				t.Fatalf("%s is drawn differently the second time", m.Title)
			}
		}
	}
}

func TestEveryStepAnswersATap(t *testing.T) {
	for _, m := range sampleModels(t) {
		d := Layout(withMarks(m), plainMeasurer{}, Options{})
		seen := map[string]bool{}
		for _, h := range d.Hits {
			if got := d.At(h.X+h.W/2, h.Y+h.H/2); got != h.Key {
				t.Errorf("%s: the middle of step %s answers %q", m.Title, h.Key, got)
			}
			seen[h.Key] = true
		}
		if len(seen) != len(m.Nodes) {
			t.Errorf("%s: %d of %d steps answer", m.Title, len(seen), len(m.Nodes))
		}
	}
}

func TestFitStaysInsideThePaper(t *testing.T) {
	for _, m := range sampleModels(t) {
		for _, paper := range [][2]float64{{180, 250}, {267, 165}, {60, 60}} {
			d := Fit(withMarks(m), paper[0], paper[1], 3.6, plainMeasurer{})
			if d.W <= 0 || d.W > paper[0]+1e-6 || d.H > paper[1]+1e-6 {
				t.Errorf("%s on %v is %v × %v", m.Title, paper, d.W, d.H)
			}
			if d.W < paper[0]*0.8 && d.H < paper[1]*0.8 && d.W > 0 {
				if larger := Fit(m, paper[0], paper[1], 99, plainMeasurer{}); larger.W > d.W*1.3 && larger.H > d.H*1.3 {
					continue // it is small because the wanted size is
				}
				t.Errorf("%s on %v is only %v × %v", m.Title, paper, d.W, d.H)
			}
		}
	}
}

func TestWideWorkflowsTurnTheSheet(t *testing.T) {
	wide, tall := Model{}, Model{}
	for i := range 12 {
		wide.Nodes = append(wide.Nodes, Node{ID: fmt.Sprint(i), Label: "审核", Lane: fmt.Sprint("岗位", i%12)})
		tall.Nodes = append(tall.Nodes, Node{ID: fmt.Sprint(i), Label: "审核", Lane: fmt.Sprint("岗位", i%2)})
	}
	if _, turned := FitSheet(tall, Area{180, 250}, Area{250, 180}, 3.2, plainMeasurer{}); turned {
		t.Error("a tall workflow was laid on its side")
	}
	d, turned := FitSheet(wide, Area{180, 250}, Area{250, 180}, 3.2, plainMeasurer{})
	if !turned || d.W <= 180 || d.W > 250 || d.H > 180 {
		t.Errorf("twelve lanes: turned %v, %v × %v", turned, d.W, d.H)
	}
}

func TestOddModels(t *testing.T) {
	for name, m := range map[string]Model{
		"empty":        {Title: "空"},
		"unknown ends": {Nodes: []Node{{ID: "1"}}, Edges: []Edge{{"1", "9", ""}, {"8", "1", ""}}},
		"itself":       {Nodes: []Node{{ID: "1", Label: "自己", Lane: "甲"}}, Edges: []Edge{{"1", "1", "退回"}}},
		"same ID":      {Nodes: []Node{{ID: "1"}, {ID: "1"}}, Edges: []Edge{{"1", "1", ""}}},
		"empty lanes":  {Lanes: []string{"甲", "乙", "丙"}, Nodes: []Node{{ID: "1", Lane: "丙"}}},
	} {
		d := Layout(m, plainMeasurer{}, Options{})
		if len(d.Items) == 0 || d.W <= 0 || d.H <= 0 || math.IsNaN(d.W+d.H) {
			t.Errorf("%s: drawing of %v × %v with %d items", name, d.W, d.H, len(d.Items))
		}
	}
}

func TestLaneOf(t *testing.T) {
	for actors, want := range map[string]string{
		"甲方代表、造价管理员": "甲方代表", "监理单位": "监理单位", " 采购员，科长 ": "采购员", "": NoLane, "、甲": "甲", "纪检监察处\n招标合约科": "纪检监察处",
	} {
		if got := LaneOf(actors); got != want {
			t.Errorf("LaneOf(%q) = %q, want %q", actors, got, want)
		}
	}
}

func TestLinesBreakWhereChineseAllows(t *testing.T) {
	for text, want := range map[string]int{"编制招标（比选）文件": 2, "是否达到依法必须招标标准": 2, "10": 1, "": 1} {
		b := wrap(split(text, measure(plainMeasurer{}, 10, false)), 70)
		if len(b.lines) != want {
			t.Errorf("%q on %d lines: %q", text, len(b.lines), b.lines)
		}
		for _, l := range b.lines {
			if l == "" {
				continue
			}
			r := []rune(l)
			for _, c := range closers {
				if r[0] == c {
					t.Errorf("a line of %q begins with %c", text, c)
				}
			}
			for _, c := range openers {
				if r[len(r)-1] == c {
					t.Errorf("a line of %q ends with %c", text, c)
				}
			}
		}
	}
}

func TestHundredStepsAreQuick(t *testing.T) {
	m := Model{}
	for i := range 100 {
		m.Nodes = append(m.Nodes, Node{ID: fmt.Sprint(i), No: fmt.Sprint(i), Label: "编制招标文件并送审核", Kind: []Kind{Task, Decision, Approve}[i%3], Lane: fmt.Sprint(i * 5 % 7)})
		m.Edges = append(m.Edges, Edge{fmt.Sprint(i), fmt.Sprint(i + 1), "是"})
		if i%4 == 3 {
			m.Edges = append(m.Edges, Edge{fmt.Sprint(i), fmt.Sprint(i - 2), "退回"})
		}
	}
	start := time.Now()
	Layout(m, plainMeasurer{}, Options{MaxWidth: 700})
	if took := time.Since(start); took > 250*time.Millisecond { // far above the usual 10 ms, for busy machines
		t.Errorf("100 steps took %v", took)
	}
}
