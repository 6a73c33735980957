package workflow

import (
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

var number = regexp.MustCompile(`^\d+$`)

// samplePilot holds the eleven workflows of the sample workbook, typed in through
// the step table's own command, with a few risk points and measures at their steps.
func samplePilot(t testing.TB) *domain.Pilot {
	t.Helper()
	file, err := assets.Sample.Open("sample/工作流程梳理表.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book, err := excelize.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	p := domain.NewPilot()
	newID := pagetest.NewIDs("s")
	do := func(cmd app.Command) {
		t.Helper()
		cs, err := cmd.Plan(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Apply(cs)
	}
	for _, unit := range book.GetSheetList() {
		rows, err := book.GetRows(unit)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range readFlows(unit, rows) {
			do(edit.AddWorkflowFor(unit, f.name, newID))
			w, _ := p.Workflows.ByKey(string(unitID(p, unit)) + "/" + f.name + "/1")
			f.rows[0].Step = w.Steps[0].ID
			do(edit.SetSteps(w.ID, f.rows, newID))
			do(edit.RenameWorkflow(w.ID, f.code, f.name))
		}
	}
	addPoints(p, newID)
	return p
}

func unitID(p *domain.Pilot, name string) domain.ID {
	u, _ := p.Units.ByKey(name)
	return u.ID
}

type sheetFlow struct {
	code, name string
	rows       []edit.StepRow
}

// readFlows reads either of the two layouts of the sample's sheets.
func readFlows(unit string, rows [][]string) (flows []sheetFlow) {
	for _, r := range rows {
		r = append(r, make([]string, 16)...)
		code, name, no, texts := r[1], r[2], r[3], map[string]string{
			edit.StepName: r[4], edit.StepActor: r[5], edit.StepInputs: r[6], edit.StepOutputs: r[7], edit.StepLimit: r[8],
			edit.StepKind: r[9], edit.StepNext: r[10], edit.StepAuthorities: r[12]}
		if r[11] != "" {
			texts[edit.StepNext] = "是→" + r[10] + " 否→" + r[11]
		}
		if strings.Contains(unit, "设备") {
			code, name, _ = strings.Cut(r[1], " ")
			in, out, _ := strings.Cut(r[5], "→")
			no, texts = r[2], map[string]string{edit.StepName: r[3], edit.StepActor: r[4], edit.StepInputs: in,
				edit.StepOutputs: out, edit.StepLimit: r[6], edit.StepKind: r[7], edit.StepNext: r[8], edit.StepAuthorities: r[9]}
		}
		if !number.MatchString(no) {
			continue
		}
		if name != "" {
			flows = append(flows, sheetFlow{code: code, name: name})
		}
		texts[edit.StepNo] = no
		f := &flows[len(flows)-1]
		f.rows = append(f.rows, edit.StepRow{Texts: texts})
	}
	return flows
}

// addPoints puts posts, a level scheme, points and measures at the first two workflows.
func addPoints(p *domain.Pilot, newID app.IDs) {
	unit := domain.To(unitID(p, "基建处"))
	for _, name := range []string{"规划前期科科长", "规划前期科科员", "招标合约科科长", "造价管理员", "资料档案员"} {
		p.Put(&domain.Post{Base: domain.Base{ID: newID(), Code: name}, Unit: unit, Name: name})
	}
	for i, name := range []string{"项目建议权", "投资估算编制权", "招标计划编制权"} {
		p.Put(&domain.Authority{Base: domain.Base{ID: newID(), Code: "ZQ-0" + string(rune('1'+i))}, Unit: unit, Name: name})
	}
	p.Put(&domain.LevelScheme{Base: domain.Base{ID: newID()}, Name: "矩阵", Basis: domain.BasisMatrix, Levels: []domain.Level{
		{Label: "红", Color: "red", Severity: 3}, {Label: "橙", Color: "orange", Severity: 2}, {Label: "黄", Color: "yellow", Severity: 1}, {Label: "蓝", Color: "blue"}}})
	for i, x := range []struct{ flow, step, level, name string }{
		{"JL1", "投资估算编制与审核", "橙", "高估冒算投资估算"},
		{"JL1", "组织可行性论证", "黄", "论证专家由建设单位自行圈定"},
		{"JL2", "编制招标文件", "红", "招标文件设置倾向性条款排斥潜在投标人"},
		{"JL2", "编制招标文件", "橙", "评分办法量身定做"},
		{"JL2", "编制年度招标计划", "红", "拆分项目规避公开招标"},
	} {
		for _, w := range p.Workflows.By(domain.ByName, domain.ID(x.flow)) {
			s := w.StepNamed(x.step)
			if s == nil {
				s = &w.Steps[2]
			}
			r := &domain.RiskPoint{Base: domain.Base{ID: newID(), Code: "JJ-0" + string(rune('1'+i))}, Unit: unit, Workflow: domain.To(w.ID),
				Step: domain.To(s.ID), Name: x.name, SelfLevel: x.level}
			p.Put(r)
			p.Put(&domain.Measure{Base: domain.Base{ID: newID(), Code: r.Code + "-1"}, Point: domain.To(r.ID), No: 1, Step: domain.To(s.ID),
				Content: "招标文件实行三级会签，发布前由纪检监察部门备案，发现倾向性条款立即退回修改"})
		}
	}
}
