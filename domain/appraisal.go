package domain

import "slices"

// AppraisalGrades are the results of an appraisal by the share of the full score that
// was confirmed, the best first. The bounds are the usual ones of yearly appraisals.
var AppraisalGrades = []struct {
	Name  string
	Least float64 // share of the full score, 0–1
}{{"优秀", 0.9}, {"良好", 0.8}, {"合格", 0.6}, {"不合格", 0}}

// Scored is what a section or a whole score sheet comes to.
type Scored struct {
	Name            string
	Full            float64
	Self, Confirmed float64
	Lines           int
	SelfLines       int // lines with a score of the unit's own
	ConfirmedLines  int // lines with a confirmed score
}

// Complete reports whether every line is confirmed.
func (s *Scored) Complete() bool { return s.Lines > 0 && s.ConfirmedLines == s.Lines }

// Grade is the result by AppraisalGrades, "" before every line is confirmed.
func (s *Scored) Grade() string {
	if !s.Complete() || s.Full <= 0 {
		return ""
	}
	for _, g := range AppraisalGrades {
		if s.Confirmed/s.Full >= g.Least {
			return g.Name
		}
	}
	return ""
}

func (s *Scored) add(a *Appraisal) {
	s.Full += a.Full
	s.Lines++
	if a.Self.Given {
		s.Self += a.Self.Value
		s.SelfLines++
	}
	if a.Confirmed.Given {
		s.Confirmed += a.Confirmed.Value
		s.ConfirmedLines++
	}
}

// AppraisalOf adds up the score sheet of a unit, by section in the order of the lines.
func (p *Pilot) AppraisalOf(unit ID) (total Scored, sections []Scored) {
	for _, a := range p.Appraisals.All() {
		if a.Unit.ID != unit {
			continue
		}
		total.add(a)
		i := slices.IndexFunc(sections, func(s Scored) bool { return s.Name == a.Section })
		if i < 0 {
			i = len(sections)
			sections = append(sections, Scored{Name: a.Section})
		}
		sections[i].add(a)
	}
	return total, sections
}

// CheckScore refuses scores outside 0 to the full score of a line.
func (r *Appraisal) CheckScore() error {
	for _, n := range []struct {
		name string
		Number
	}{{"自评分", r.Self}, {"核准分", r.Confirmed}} {
		if n.Given && (n.Value < 0 || n.Value > r.Full) {
			return refuse("%s应在 0 到分值 %s 之间，现为 %s", n.name, number(r.Full), number(n.Value))
		}
	}
	return nil
}

// StandardAppraisal is the usual score sheet of a unit, out of 100: sections with
// their points, to be changed freely.
var StandardAppraisal = []Appraisal{
	{Section: "组织领导", SectionOf: 15, Content: "部门主要负责人履行第一责任人职责，有部署、有记录", Full: 8},
	{Section: "组织领导", SectionOf: 15, Content: "分工明确，责任落实到科室、岗位", Full: 7},
	{Section: "风险排查", SectionOf: 25, Content: "岗位、流程全部梳理，风险点查找全面，渠道齐全", Full: 10},
	{Section: "风险排查", SectionOf: 25, Content: "成因分析具体，等级评定如实", Full: 8},
	{Section: "风险排查", SectionOf: 25, Content: "公示听取意见，意见按期答复、修订有据", Full: 7},
	{Section: "防范措施", SectionOf: 30, Content: "预警的风险点都有措施，责任人、时限、留痕明确", Full: 10},
	{Section: "防范措施", SectionOf: 30, Content: "措施嵌入流程，新版流程已经启用", Full: 8},
	{Section: "防范措施", SectionOf: 30, Content: "检查落实率高，问题按期整改、复查通过", Full: 12},
	{Section: "宣传教育", SectionOf: 15, Content: "动员会、案例警示教育按要求开展，到会率达到九成", Full: 8},
	{Section: "宣传教育", SectionOf: 15, Content: "重要岗位谈话提醒有记录", Full: 7},
	{Section: "工作成效", SectionOf: 15, Content: "再评估风险指数下降，没有新发问题", Full: 15},
}

// Forms of rewards and punishments that are usual; others may be written.
var (
	RewardForms   = []string{"通报表扬", "评为先进集体", "评为先进个人", "年度考核加分"}
	SanctionForms = []string{"提醒谈话", "书面检查", "通报批评", "诫勉谈话", "取消评优资格", "限期整改", "调整岗位", "移交处理"}
)
