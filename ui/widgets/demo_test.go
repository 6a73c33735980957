package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
)

// registry is a Source that looks like a real list of risk points.
type registry struct{ rows int }

func (r registry) Len() int { return r.rows }

func (r registry) Cell(row int, col string) Cell {
	posts := []string{"招标合约管理岗", "工程现场管理岗", "设备采购岗", "资产验收岗", "财务报销审核岗"}
	texts := []string{"招标文件设置倾向性条款，排斥潜在投标人", "拆分项目规避公开招标", "现场签证弄虚作假，虚增工程量\n第二行不显示",
		"验收走过场，以次充好", "李𬭎、陈喆、龑 等人未回避 ABC 123.5%"}
	switch col {
	case "code":
		return Cell{Text: fmt.Sprintf("JJ-%02d", row+1)}
	case "unit":
		return Cell{Text: []string{"基建处", "设备和实验室管理处"}[row%2]}
	case "post":
		return Cell{Text: posts[row%5]}
	case "step":
		return Cell{Text: []string{"编制招标文件", "变更签证", "验收"}[row%3], Muted: row%7 == 3}
	case "text":
		return Cell{Text: texts[row%5], Warn: row%6 == 4}
	case "score":
		return Cell{Text: fmt.Sprintf("%.2f", 40+float64(row*37%60)*0.97), Bold: row%9 == 0}
	case "level":
		i := row * 7 % 4
		return Cell{Text: []string{"红", "橙", "黄", "蓝"}[i], Color: []any{red, orange, yellow, blue}[i].(interface {
			RGBA() (r, g, b, a uint32)
		})}
	case "date":
		return Cell{Text: fmt.Sprintf("2026-09-%02d", row%30+1)}
	case "done":
		return Cell{Check: Check(row%2 + 1)}
	}
	return Cell{Text: fmt.Sprint(row % 6)}
}

func registryColumns() []Column {
	return []Column{
		{ID: "code", Title: "编号", Width: 70, Sortable: true, Fixed: true},
		{ID: "unit", Title: "部门", Width: 140, Sortable: true, Editable: true, Options: []string{"基建处", "设备和实验室管理处"}},
		{ID: "post", Title: "岗位", Width: 124, Sortable: true, Editable: true},
		{ID: "step", Title: "环节", Width: 104, Editable: true},
		{ID: "text", Title: "风险点", Width: 300, Editable: true},
		{ID: "l", Title: "可能性", Width: 62, Align: AlignRight, Editable: true},
		{ID: "i", Title: "影响程度", Width: 76, Align: AlignRight, Editable: true},
		{ID: "score", Title: "得分", Width: 70, Align: AlignRight, Sortable: true},
		{ID: "level", Title: "等级", Width: 64, Sortable: true},
		{ID: "done", Title: "有措施", Width: 62, Align: AlignCenter},
		{ID: "date", Title: "期限", Width: 96, Editable: true},
		{ID: "note", Title: "备注", Width: 90, Editable: true},
	}
}

func TestDemoGrid(t *testing.T) {
	g, w := gridWindow(t, registry{100000}, registryColumns()...)
	g.OnEdit = func(int, string, string) error { return nil }
	g.RowNumbers = true
	w.Resize(fyne.NewSize(1366, 768))
	g.SetSort("score", true)
	g.SelectRange(3, "post", 6, "step")
	savePNG(t, w, "grid")
	g.Select(99990, "unit")
	savePNG(t, w, "grid-end")
	wantAt(t, g, 99990, "unit")
}
