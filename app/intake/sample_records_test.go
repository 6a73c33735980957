package intake_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

func names(list any) []string {
	var out []string
	for _, x := range list.([]any) {
		out = append(out, x.(string))
	}
	return out
}

func TestSampleOpinions(t *testing.T) {
	p, _ := samplePilot(t)
	want := dig(expected(t), "files", "公示意见登记表.xlsx")
	byRound, byDecision := map[string]int{}, map[string]int{}
	anonymous := 0
	var unlinked, two, unanswered []string
	for _, o := range p.Opinions.All() {
		d, _ := p.Disclosures.Get(o.Disclosure.ID)
		byRound[map[int]string{1: "第一次", 2: "第二次"}[d.No]]++
		byDecision[o.Decision]++
		if o.Anonymous() {
			anonymous++
		}
		switch len(o.Points) {
		case 0:
			unlinked = append(unlinked, o.Code)
		case 2:
			two = append(two, o.Code)
		}
		for _, ref := range o.Points {
			if ref.ID == "" {
				t.Errorf("%s: %s is not linked", o.Code, ref.Text)
			}
		}
		if o.Replied.Date == "" {
			unanswered = append(unanswered, o.Code)
		}
		if o.Received < "2026-07-01" || o.Received > "2026-09-30" {
			t.Errorf("%s received %s", o.Code, o.Received)
		}
	}
	for field, got := range map[string]map[string]int{"by_round": byRound, "by_decision": byDecision} {
		for k, n := range dig(want, field).(map[string]any) {
			if got[k] != int(n.(float64)) {
				t.Errorf("%s %s: %d, want %v", field, k, got[k], n)
			}
		}
	}
	if float64(anonymous) != dig(want, "anonymous") || p.Opinions.Len() != 26 {
		t.Errorf("%d of %d anonymous", anonymous, p.Opinions.Len())
	}
	for field, got := range map[string][]string{"not_linked": unlinked, "linked_to_two_points": two, "no_reply_date": unanswered} {
		if !slices.Equal(got, names(dig(want, field))) {
			t.Errorf("%s: %v", field, got)
		}
	}
	first, _ := p.Disclosures.ByKey("1")
	second, _ := p.Disclosures.ByKey("2")
	if first.Start != "2026-07-01" || first.End != "2026-07-10" || first.Subject != "风险点" ||
		second.Start != "2026-09-21" || second.End != "2026-09-30" || second.Subject != "措施" {
		t.Errorf("disclosures %+v %+v", first, second)
	}
	if o, _ := p.Opinions.ByKey("YJ-05"); o.Received != "2026-07-02" {
		t.Errorf("YJ-05 received %s", o.Received)
	}
}

// What was revised is in force: texts, owners, measures, the merge, the new points.
func TestSampleRevisions(t *testing.T) {
	p, _ := samplePilot(t)
	point := func(code string) *domain.RiskPoint {
		pt, ok := p.RiskPoints.ByKey(code)
		if !ok {
			t.Fatalf("%s is missing", code)
		}
		return pt
	}
	measure := func(code string, no int) string {
		m, ok := p.Measures.ByKey(string(point(code).ID) + "/" + map[int]string{1: "1", 2: "2", 3: "3", 4: "4"}[no])
		if !ok {
			return ""
		}
		return m.Content
	}
	if len(p.ActivePoints()) != 41 || point("SB-12").Status != domain.PointMerged || p.CodeOf(domain.KindRiskPoint, point("SB-12").MergedInto) != "SB-11" {
		t.Errorf("%d active points, SB-12 is %+v", len(p.ActivePoints()), point("SB-12"))
	}
	if pt := point("JJ-05"); !strings.Contains(pt.Description, "特定行业业绩") || pt.Name != "编制招标文件时量身定制资格条件、业绩要求和评分办法" {
		t.Errorf("JJ-05: %s / %s", pt.Name, pt.Description)
	}
	if got := point("SB-03").Owner; got != "采购科科长\n使用单位参数编制人" {
		t.Errorf("SB-03 owner %q", got)
	}
	for _, x := range []struct {
		code string
		no   int
		want string
	}{
		{"JJ-10", 1, "同一部位、同一事由、30日内的变更合并计算审批金额"}, {"JJ-13", 3, "签证内容须附图、附计算式、附影像"},
		{"JJ-11", 1, "分包单位、主要材料品牌进场前报备公示"}, {"JJ-11", 2, "建立亲属和特定关系人从业回避申报制度"},
		{"JJ-16", 1, "5万元以上变更委托跟踪审计单位复核"}, {"SB-16", 4, "成交结果和缴款凭证抄送国有资产管理处"},
		{"SB-08", 1, "采购岗位满三年轮岗，首批2人于2026年10月底前完成"},
	} {
		if got := measure(x.code, x.no); got != x.want {
			t.Errorf("%s measure %d: %q, want %q", x.code, x.no, got, x.want)
		}
	}
	if p.Revisions.Len() != 17 {
		t.Errorf("%d revisions", p.Revisions.Len())
	}
	if pt := point("SB-21"); p.NameOf(domain.KindUnit, pt.Unit) != "设备和实验室管理处" || p.NameOf(domain.KindPost, pt.Post) != "设备和实验室管理处处长" || pt.Step.ID == "" {
		t.Errorf("SB-21: %+v", pt)
	}
}

func TestSampleMonitors(t *testing.T) {
	p, _ := samplePilot(t)
	want := dig(expected(t), "files", "监测指标月报.xlsx")
	if p.Monitors.Len() != 16 || float64(p.Readings.Len()) != dig(want, "readings_total") {
		t.Errorf("%d monitors, %d readings", p.Monitors.Len(), p.Readings.Len())
	}
	for code, x := range dig(want, "by_indicator").(map[string]any) {
		m, ok := p.Monitors.ByKey(code)
		if !ok {
			t.Errorf("%s is missing", code)
			continue
		}
		var last *domain.Reading
		warn, alarm := 0, 0
		readings := p.Readings.By(domain.ByMonitor, m.ID)
		for _, r := range readings {
			if last == nil || r.Period > last.Period {
				last = r
			}
			switch m.Status(r.Value) {
			case "预警":
				warn++
			case "报警":
				alarm++
			}
		}
		if m.Name != dig(x, "名称") || m.UnitText != dig(x, "部门") || m.Formula == "" || m.Source == "" || m.Filler == "" {
			t.Errorf("%s: %+v", code, m)
		}
		if float64(len(readings)) != dig(x, "n") || last.Period != dig(x, "last_month") || math.Abs(last.Value-dig(x, "last").(float64)) > 1e-12 ||
			m.Status(last.Value) != dig(x, "last_status") || float64(alarm) != dig(x, "alarm_count") {
			t.Errorf("%s: %d readings, last %+v, %d warn %d alarm; want %v", code, len(readings), last, warn, alarm, x)
		}
		for _, ref := range append(slices.Clone(m.Points), m.Units...) {
			if ref.ID == "" {
				t.Errorf("%s: %q is not linked", code, ref.Text)
			}
		}
	}
}

func TestSampleInspections(t *testing.T) {
	p, _ := samplePilot(t)
	want := dig(expected(t), "files", "防范措施落实检查表.xlsx")
	byResult := map[string]int{}
	points := map[domain.ID]bool{}
	for _, i := range p.Inspections.All() {
		byResult[i.Result]++
		m, ok := p.Measures.Get(i.Measure.ID)
		if !ok || m.Step.ID == "" || m.Owner == "" || m.Due.Date == "" || i.Date != "2026-10-09" || i.Method == "" || i.Inspector != "监督检查组" {
			t.Errorf("%s: inspection %+v of %+v", i.Code, i, m)
			continue
		}
		points[m.Point.ID] = true
		pt, _ := p.RiskPoints.Get(m.Point.ID)
		o := p.Assess(p.Round(1)).Of(pt.ID)
		if o.Level.Label != i.Level {
			t.Errorf("%s: level %s, first round %s", i.Code, i.Level, o.Level.Label)
		}
	}
	for k, n := range dig(want, "status_counts").(map[string]any) {
		if float64(byResult[k]) != n {
			t.Errorf("%s: %d, want %v", k, byResult[k], n)
		}
	}
	if p.Inspections.Len() != 87 || float64(len(points)) != dig(want, "warned_points") {
		t.Errorf("%d inspections of %d points", p.Inspections.Len(), len(points))
	}
	for code, x := range dig(expected(t), "scoring", "compare").(map[string]any) {
		pt, ok := p.RiskPoints.ByKey(code)
		if !ok {
			continue
		}
		if got := p.MeasureStatus(pt.ID); got != dig(x, "measures") {
			t.Errorf("%s: measures %s, want %v", code, got, dig(x, "measures"))
		}
	}
	sums := map[string]float64{}
	for _, a := range p.Appraisals.All() {
		unit := p.NameOf(domain.KindUnit, a.Unit)
		sums[unit+"自评"] += a.Self.Value
		sums[unit+"核准"] += a.Confirmed.Value
		sums["分值"] += a.Full / 2
	}
	for k, n := range map[string]float64{"分值": 100, "基建处自评": 96, "基建处核准": 84, "设备和实验室管理处自评": 95, "设备和实验室管理处核准": 85} {
		if sums[k] != n {
			t.Errorf("%s: %g, want %g", k, sums[k], n)
		}
	}
}

func TestSampleOrganisation(t *testing.T) {
	p, _ := samplePilot(t)
	want := expected(t)
	groups := map[string]int{}
	for _, m := range p.Members.All() {
		groups[m.Group]++
	}
	for _, g := range []string{domain.GroupLeading, domain.GroupResearch, domain.GroupNetwork} {
		if float64(groups[g]) != dig(want, "files", "领导小组名单.xlsx", g) {
			t.Errorf("%s: %d members", g, groups[g])
		}
	}
	if m, ok := p.Members.ByKey("领导小组/副校长（分管设备）"); !ok || m.Role != "副组长" || m.Name != "陆某某" || m.No != 3 {
		t.Errorf("member %+v", m)
	}
	byUnit := map[string][2]float64{}
	for _, a := range p.Authorities.All() {
		n := byUnit[p.NameOf(domain.KindUnit, a.Unit)]
		n[0]++
		byUnit[p.NameOf(domain.KindUnit, a.Unit)] = n
		if a.Holder.ID == "" || a.Workflow.ID == "" || len(a.Basis) == 0 {
			t.Errorf("%s %s: holder %q, workflow %q", a.Code, a.Name, a.Holder.Text, a.Workflow.Text)
		}
	}
	for _, x := range p.Posts.All() {
		n := byUnit[p.NameOf(domain.KindUnit, x.Unit)]
		n[1]++
		byUnit[p.NameOf(domain.KindUnit, x.Unit)] = n
		if x.Since.Date == "" {
			t.Errorf("%s since %+v", x.Name, x.Since)
		}
	}
	for unit, n := range byUnit {
		file := dig(want, "files", "部门职权目录.xlsx")
		if n[0] != dig(file, "powers_by_department", unit) || n[1] != dig(file, "posts_by_department", unit) {
			t.Errorf("%s: %v", unit, n)
		}
	}
	if a, ok := p.Authorities.ByKey(string(p.Units.All()[0].ID) + "/付款审批权"); !ok || a.Code != "QL-13" {
		t.Errorf("付款审批权: %+v", a)
	}
	for i, x := range dig(want, "files", "工作步骤安排.xlsx", "steps").([]any) {
		m, ok := p.Milestones.ByKey(string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)))
		if !ok {
			m, ok = p.Milestones.ByKey(string(rune('1' + i)))
		}
		if !ok || m.Window != dig(x, "time") || string(m.Start) != dig(x, "start") || string(m.End) != dig(x, "end") || m.Progress != dig(x, "status") {
			t.Errorf("step %d: %+v, want %v", i+1, m, x)
		}
	}
}

func TestSampleIntelligence(t *testing.T) {
	p, _ := samplePilot(t)
	want := dig(expected(t), "files", "风险信息库.xlsx")
	bySource, byCause := map[string]int{}, map[string]int{}
	var unlinked, many []string
	for _, x := range p.Intelligence.All() {
		bySource[x.Source]++
		byCause[x.Category]++
		if len(x.Points) == 0 {
			unlinked = append(unlinked, x.Code)
		}
		if len(x.Points) > 1 {
			many = append(many, x.Code)
		}
		if x.Date == "" || x.UnitText == "" {
			t.Errorf("%s: %+v", x.Code, x)
		}
		for _, ref := range x.Points {
			if ref.ID == "" {
				t.Errorf("%s: %q is not linked", x.Code, ref.Text)
			}
		}
	}
	if !slices.Equal(unlinked, names(dig(want, "not_linked"))) || !slices.Equal(many, names(dig(want, "linked_to_many"))) {
		t.Errorf("not linked %v, to many %v", unlinked, many)
	}
	for field, got := range map[string]map[string]int{"by_source": bySource, "by_cause": byCause} {
		for k, n := range dig(want, field).(map[string]any) {
			if float64(got[k]) != n {
				t.Errorf("%s %s: %d, want %v", field, k, got[k], n)
			}
		}
	}
}

// The report of the samples: nothing refused, the row counts of the README.
func TestSampleReport(t *testing.T) {
	_, pl := samplePilot(t)
	if pl.Report.Problems() {
		for _, f := range pl.Report.Files {
			for _, s := range f.Sheets {
				t.Errorf("%s %s: %s %+v", f.File, s.Sheet, f.Error, s.Errors)
			}
		}
	}
	want := map[string]intake.SheetReport{
		"自查表": {Kind: domain.KindRiskPoint, HeaderRow: 3, Read: 20, New: 20, Skipped: 5}, "一览表": {Kind: domain.KindRiskPoint, HeaderRow: 3, Read: 20, New: 20, Skipped: 2},
		"部门职权目录": {Kind: domain.KindAuthority, HeaderRow: 3, Read: 25, New: 25}, "岗位职权": {Kind: domain.KindPost, HeaderRow: 2, Read: 24, New: 24},
		"意见登记": {Kind: domain.KindOpinion, HeaderRow: 3, Read: 26, New: 26}, "修订记录": {Kind: domain.KindRevision, HeaderRow: 2, Read: 17, New: 17},
		"新增风险点": {Kind: domain.KindRiskPoint, HeaderRow: 2, Read: 2, New: 2}, "监测月报": {Kind: domain.KindReading, HeaderRow: 3, Read: 241, New: 241, Skipped: 1},
		"落实检查": {Kind: domain.KindInspection, HeaderRow: 3, Read: 87, New: 87, Skipped: 1}, "信息库": {Kind: domain.KindIntelligence, HeaderRow: 3, Read: 32, New: 32},
		"工作步骤": {Kind: domain.KindMilestone, HeaderRow: 3, Read: 14, New: 14}, "领导小组": {Kind: domain.KindMember, HeaderRow: 3, Read: 7, New: 7, Skipped: 1},
		"基建处": {Kind: domain.KindWorkflow, HeaderRow: 3, Read: 63, New: 63, Skipped: 1},
	}
	for _, f := range pl.Report.Files {
		for _, s := range f.Sheets {
			w, ok := want[s.Sheet]
			if !ok {
				continue
			}
			got := intake.SheetReport{Kind: s.Kind, HeaderRow: s.HeaderRow, Read: s.Read, New: s.New, Changed: s.Changed, Same: s.Same, Skipped: s.Skipped}
			if got.Kind != w.Kind || got.HeaderRow != w.HeaderRow || got.Read != w.Read || got.New != w.New || got.Changed != 0 || got.Same != 0 || got.Skipped != w.Skipped {
				t.Errorf("%s: %+v, want %+v", s.Sheet, got, w)
			}
			delete(want, s.Sheet)
		}
	}
	if len(want) > 0 {
		t.Errorf("sheets not reported: %v", want)
	}
}
