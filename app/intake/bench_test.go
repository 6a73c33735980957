//go:build unix

package intake_test

import (
	"fmt"
	"syscall"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

// bigBook is a self-check form of n rows and 16 columns, as large universities merge them.
func bigBook(n int) *intake.Book {
	s := &intake.Sheet{Name: "自查表"}
	s.Rows = append(s.Rows, intake.Row{No: 1, Cells: []string{"序号", "编号", "部门", "科室", "岗位", "工作流程", "流程步骤", "风险类别", "廉政风险点",
		"表现形式", "成因", "可能后果", "可能性", "影响程度", "措施内容", "责任人"}})
	for i := range n {
		unit := fmt.Sprintf("第%d部门处", i%200+1)
		s.Rows = append(s.Rows, intake.Row{No: i + 2, Cells: []string{fmt.Sprint(i + 1), fmt.Sprintf("DW%03d-%05d", i%200, i), unit, "综合科",
			fmt.Sprintf("岗位%d", i%12), fmt.Sprintf("流程%d", i%9), fmt.Sprintf("步骤%d", i%14), domain.Categories[i%5], fmt.Sprintf("风险点名称%d", i),
			fmt.Sprintf("表现形式描述文字，情形之%d。", i), "制度不健全，监督不到位。", "国有资产损失，违纪违法。", fmt.Sprint(i%5 + 1), fmt.Sprint(i%4 + 1),
			"1.建立制度并公开；\n2.定期检查留痕。", "科长"}})
	}
	return &intake.Book{File: "大表.xlsx", Sheets: []*intake.Sheet{s}}
}

func benchmarkPlan(b *testing.B, known bool) {
	books := []*intake.Book{bigBook(50000)}
	p := domain.NewPilot()
	newID := ids()
	env := intake.Env{IDs: newID, Year: 2026}
	if known {
		p.Apply(intake.NewPlan(p, intake.Analyse(books, intake.Options{}), env).Changes)
		p.RiskPoints.All()
		p.Measures.All()
	}
	b.ReportAllocs()
	var before, after syscall.Rusage
	syscall.Getrusage(0, &before)
	n := 0
	for b.Loop() {
		n++
		pl := intake.NewPlan(p, intake.Analyse(books, intake.Options{}), env)
		if _, added, _, same, _, _ := pl.Report.Totals(); added+same != 50000 {
			b.Fatal(added, same)
		}
	}
	syscall.Getrusage(0, &after)
	b.ReportMetric(float64(after.Utime.Nano()-before.Utime.Nano())/float64(n)/1e6, "cpu-ms/op")
}

func BenchmarkPlanNew(b *testing.B)  { benchmarkPlan(b, false) }
func BenchmarkPlanSame(b *testing.B) { benchmarkPlan(b, true) }
