package app

import (
	"fmt"
	"math/rand/v2"

	"lianshao/domain"
)

// demoChunk is how many risk points one command of a demo pilot brings: few
// enough for a commit to stay short and small in memory.
const demoChunk = 20_000

// demoPerUnit is about how many risk points a unit has.
const demoPerUnit = 200

// DemoCommands builds a large, invented pilot with the given number of risk
// points (1 to 1,000,000): units, posts, workflows, points with measures, the
// indicator systems and two rounds scored by seven assessors. The same seed
// gives the same content. The commands must be done in order on an empty pilot;
// the first refuses any other. Errors are CodeInvalid.
func DemoCommands(points int, seed uint64, newID IDs) ([]Command, error) {
	if points < 1 || points > 1_000_000 {
		return nil, E(CodeInvalid, "演示数据的风险点数应在 1 到 1000000 之间，现在是 %d", points)
	}
	d := &demo{rng: rand.New(rand.NewPCG(seed, 0)), newID: newID}
	d.frame()
	units := max(1, points/demoPerUnit)
	for i := range units {
		share := points*(i+1)/units - points*i/units
		d.unit(i, share)
		if d.points >= demoChunk {
			d.flush()
		}
	}
	d.flush()
	for i, cs := range d.sets {
		cs.Op.Label = fmt.Sprintf("生成演示数据（%d/%d）", i+1, len(d.sets))
		d.commands = append(d.commands, demoCommand(cs, i == 0))
	}
	return d.commands, nil
}

func demoCommand(cs domain.ChangeSet, first bool) Command {
	return CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		if first && (p.Units.Len() > 0 || p.RiskPoints.Len() > 0) {
			return domain.ChangeSet{}, E(CodeInvalid, "演示数据只能放进空的试点，请另建一个文件")
		}
		return cs, nil
	})
}

// demo builds the records.
type demo struct {
	rng      *rand.Rand
	newID    IDs
	sets     []domain.ChangeSet
	changes  []domain.Change
	points   int // in changes
	self     *domain.LevelScheme
	commands []Command

	rounds [2]*domain.Assessment
	unitNo int
}

func (d *demo) base(code string) domain.Base { return domain.Base{ID: d.newID(), Code: code} }

func (d *demo) add(r domain.Record) {
	d.changes = append(d.changes, domain.Change{Kind: r.RecordKind(), ID: r.RecordID(), After: r})
}

func (d *demo) flush() {
	if len(d.changes) == 0 {
		return
	}
	d.sets = append(d.sets, domain.ChangeSet{Op: domain.Op{Name: "demo"}, Changes: d.changes})
	d.changes, d.points = nil, 0
}

// frame adds what there is once: the pilot itself, systems, scheme and rounds.
func (d *demo) frame() {
	d.add(&domain.Info{Base: d.base("SD"), Name: "全市高校廉政风险预警防范试点（演示数据）", School: "云海市各高校", Year: 2026,
		Goals: "检验大数据量下的运行情况；全部内容为虚构"})
	pointSystem := demoSystem(d.base("TX-1"), domain.TargetPoint, "岗位廉政风险评估指标体系", demoPointDimensions)
	unitSystem := demoSystem(d.base("TX-2"), domain.TargetUnit, "部门廉政风险评估指标体系", demoUnitDimensions)
	scheme := &domain.LevelScheme{Base: d.base("DJ-1"), Name: "四级预警", Version: 1, Basis: domain.BasisIndex, Levels: []domain.Level{
		{Label: "红", Color: "red", Severity: 3, Min: 80, Reply: 3, Fix: 15}, {Label: "橙", Color: "orange", Severity: 2, Min: 60, Reply: 5, Fix: 20},
		{Label: "黄", Color: "yellow", Severity: 1, Min: 40, Reply: 10, Fix: 30}, {Label: "蓝", Color: "blue", Severity: 0}}}
	d.add(pointSystem)
	d.add(unitSystem)
	d.add(scheme)
	d.self = &domain.LevelScheme{Base: d.base("DJ-2"), Name: "自评三级", Version: 1, Basis: domain.BasisMatrix, Levels: []domain.Level{
		{Label: "高", Color: "red", Severity: 2, Min: 15}, {Label: "中", Color: "orange", Severity: 1, Min: 6}, {Label: "低", Color: "blue"}}}
	d.add(d.self)
	for i, date := range []domain.Date{"2026-08-25", "2026-10-20"} {
		a := &domain.Assessment{Base: d.base(fmt.Sprintf("PG-%d", i+1)), No: i + 1, Name: []string{"首次评估", "再评估"}[i], Date: date,
			PointSystem: domain.To(pointSystem.ID), UnitSystem: domain.To(unitSystem.ID), Scheme: domain.To(scheme.ID)}
		for k, name := range demoAssessors {
			a.Assessors = append(a.Assessors, domain.Assessor{No: k + 1, Name: name, Date: date})
		}
		d.rounds[i] = a
		d.add(a)
	}
}

func demoSystem(base domain.Base, target, name string, dims []demoDimension) *domain.IndicatorSystem {
	s := &domain.IndicatorSystem{Base: base, Name: name, Target: target, Version: 1, Approved: "2026-08-18", Derivation: "演示数据直接给定"}
	for _, dim := range dims {
		out := domain.Dimension{Code: dim.code, Name: dim.name, Weight: dim.weight}
		for i, ind := range dim.indicators {
			out.Indicators = append(out.Indicators, domain.Indicator{Code: fmt.Sprintf("%s%d", dim.code, i+1), Name: ind.name,
				Reverse: dim.reverse, Weight: ind.weight, Anchors: [5]string{"很低", "较低", "一般", "较高", "很高"}})
		}
		s.Dimensions = append(s.Dimensions, out)
	}
	return s
}

// unit adds a unit with its posts, workflows and its share of the points.
func (d *demo) unit(i, points int) {
	d.unitNo = i + 1
	school := demoSchools[i/len(demoUnits)%len(demoSchools)]
	if n := i / len(demoUnits) / len(demoSchools); n > 0 {
		school += fmt.Sprintf("第%d校区", n+1)
	}
	name := school + demoUnits[i%len(demoUnits)]
	code := fmt.Sprintf("D%04d", d.unitNo)
	unit := &domain.Unit{Base: d.base(code), Name: name, Head: d.person(), Leader: "副校长 " + d.person()}
	d.add(unit)
	var posts []*domain.Post
	for k, p := range demoPosts {
		post := &domain.Post{Base: d.base(fmt.Sprintf("%s-G%02d", code, k+1)), Unit: domain.To(unit.ID), Office: p.office, Name: p.name,
			Duties: p.duties, Since: domain.Due{Date: domain.Date(fmt.Sprintf("%d-%02d-01", 2015+d.rng.IntN(11), 1+d.rng.IntN(12)))}}
		posts = append(posts, post)
		d.add(post)
	}
	var flows []*domain.Workflow
	for k, name := range demoFlows {
		flows = append(flows, d.workflow(fmt.Sprintf("%s-L%02d", code, k+1), name, unit, posts))
	}
	for k := range points {
		d.point(fmt.Sprintf("%s-%03d", code, k+1), unit, posts, flows[d.rng.IntN(len(flows))])
	}
	for r := range d.rounds {
		d.rating(d.rounds[r], domain.TargetUnit, unit.ID, len(demoUnitDimensions)*3, r)
	}
}

func (d *demo) workflow(code, name string, unit *domain.Unit, posts []*domain.Post) *domain.Workflow {
	w := &domain.Workflow{Base: d.base(code), Name: name, Unit: domain.To(unit.ID), Version: 1, State: domain.WorkflowInForce}
	for i, s := range demoSteps {
		post := posts[s.post]
		w.Steps = append(w.Steps, domain.Step{ID: d.newID(), No: i + 1, Name: s.name, Kind: s.kind, Actor: post.Name,
			Posts: []domain.Ref{domain.To(post.ID)}, Limit: s.limit})
	}
	for i := range w.Steps[:len(w.Steps)-1] {
		w.Steps[i].Next = []domain.Branch{{To: w.Steps[i+1].ID}}
		if w.Steps[i].Kind == domain.StepDecision {
			w.Steps[i].Next = []domain.Branch{{Label: "是", To: w.Steps[i+1].ID}, {Label: "否", To: w.Steps[i-1].ID}}
		}
	}
	d.add(w)
	return w
}

func (d *demo) point(code string, unit *domain.Unit, posts []*domain.Post, w *domain.Workflow) {
	t := demoRisks[d.rng.IntN(len(demoRisks))]
	post := posts[d.rng.IntN(len(posts))]
	step := &w.Steps[1+d.rng.IntN(len(w.Steps)-2)]
	p := &domain.RiskPoint{Base: d.base(code), Unit: domain.To(unit.ID), Office: post.Office, Post: domain.To(post.ID),
		Workflow: domain.To(w.ID), Step: domain.To(step.ID), Name: w.Name + t.name, Category: t.category,
		Description: fmt.Sprintf("在%s的“%s”环节，%s", w.Name, step.Name, t.description), Causes: t.causes, Consequence: t.consequence,
		Likelihood: 1 + d.rng.IntN(5), Impact: 1 + d.rng.IntN(5), Owner: d.person(), Due: domain.Due{Date: "2026-09-30", Text: "9月底"},
		UnitHead: unit.Head, Leader: unit.Leader, Channels: []string{domain.Channels[d.rng.IntN(len(domain.Channels))]}}
	self, _ := d.self.LevelOf(float64(p.MatrixScore()))
	p.SelfLevel = self.Label
	d.add(p)
	d.points++
	for n := range 1 + d.rng.IntN(2) {
		d.add(&domain.Measure{Base: d.base(fmt.Sprintf("%s-C%d", code, n+1)), Point: domain.To(p.ID), No: n + 1,
			Content: t.measures[n], Step: domain.To(step.ID), Owner: p.Owner, Due: p.Due, Evidence: "会议记录、复核单"})
	}
	for r := range d.rounds {
		d.rating(d.rounds[r], domain.TargetPoint, p.ID, 10, r)
	}
}

// rating scores a subject: assessors agree roughly, the second round is milder.
func (d *demo) rating(round *domain.Assessment, target string, subject domain.ID, indicators, later int) {
	r := &domain.Rating{Base: d.base(""), Assessment: domain.To(round.ID), Target: target, Subject: domain.To(subject)}
	marks := make([]domain.Mark, len(demoAssessors)*indicators)
	centre := 2 + d.rng.IntN(4) - later
	for k, name := range demoAssessors {
		row := marks[k*indicators : (k+1)*indicators : (k+1)*indicators]
		for i := range row {
			row[i] = domain.Mark(min(5, max(1, centre+d.rng.IntN(3)-1)))
			if d.rng.IntN(200) == 0 {
				row[i] = domain.Abstained
			}
		}
		r.Rows = append(r.Rows, domain.RatingRow{Assessor: name, Marks: row})
	}
	d.add(r)
}

func (d *demo) person() string {
	return demoSurnames[d.rng.IntN(len(demoSurnames))] + "某"
}
