package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/app/intake"
	"lianshao/domain"
)

// Two cards side by side begin with a heading at their left and a label that nobody
// knows: the second begins there, not at the first label that it shares with the other.
func TestCardsBesideEachOtherBeginAtTheirHeading(t *testing.T) {
	s := &intake.Sheet{Name: "登记卡", Merges: []intake.Range{{Row1: 2, Col1: 1, Row2: 6, Col2: 1}, {Row1: 2, Col1: 8, Row2: 6, Col2: 8}}}
	for i, line := range []string{
		"岗位廉政风险登记卡|||||||岗位廉政风险登记卡",
		"风险情况|上级文件|某某文|部门|基建处|岗位|甲方代表|风险情况|上级文件|某某文|部门|基建处|岗位|招标专员",
		"|廉政风险点|虚签工程量||||||廉政风险点|围标串标",
		"|风险类别|业务流程|影响程度|5|可能性|4||风险类别|岗位职责|影响程度|4|可能性|3",
		"|表现形式|现场签证时多签工程量||||||表现形式|对投标文件雷同不作检查",
		"|责任人|科长||||||责任人|处长",
	} {
		s.Rows = append(s.Rows, intake.Row{No: i + 1, Cells: strings.Split(line, "|")})
	}
	p := domain.NewPilot()
	pl := planBooks(p, intake.Env{}, &intake.Book{File: "卡.xlsx", Sheets: []*intake.Sheet{s}})
	var got []string
	for _, r := range after(t, p, pl).RiskPoints.All() {
		got = append(got, r.Name+" "+r.Description+" "+r.Owner)
	}
	if diff := cmp.Diff([]string{"虚签工程量 现场签证时多签工程量 科长", "围标串标 对投标文件雷同不作检查 处长"}, got); diff != "" {
		t.Error(diff)
	}
}
