package shell

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/ui/page"
)

// The trail is narrowed by kind and word, tells changes field by field, leads to the
// history of one record, and is exported as it is shown.
func TestTrailIsSearched(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	r := o.point("SB-03")
	change := func(name string) {
		t.Helper()
		err := o.Shell.Do(app.Edit(domain.Op{Name: "test", Label: "改风险点名称"}, func(d *domain.Pilot) error {
			n := o.point("SB-03").Clone().(*domain.RiskPoint)
			n.Name = name
			d.Put(n)
			return nil
		}))
		if err != nil {
			t.Fatal(err)
		}
	}
	was := r.Name
	change("改过一次")
	change("改过两次")
	o.menu("编辑", "撤销")
	o.menu("编辑", "审计轨迹")
	o.sees("共 6 项操作")
	ops, changes := o.grids()[0], o.grids()[1]
	ops.Select(1, "label")
	if rows := changes.Content().Rows; len(rows) != 1 || strings.Join(rows[0], "|") != "修改|风险点|SB-03 改过两次|风险点|改过一次|改过两次" {
		t.Errorf("the change is told as %q", rows)
	}
	o.Go(page.Journal, page.HistoryOf(domain.KindRiskPoint, r.ID))
	o.sees("只看：风险点 SB-03 改过一次 的历史")
	if rows := ops.Content().Rows; len(rows) != 4 {
		t.Errorf("the history of one record: %q", rows)
	}
	o.TapButton("导出 Excel…")
	f, err := excelize.OpenFile(o.saveAs("轨迹.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text := ""
	for _, s := range f.GetSheetList() {
		rows, err := f.GetRows(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			text += strings.Join(row, "|") + "\n"
		}
	}
	head, _ := o.session.Store.ChainHead()
	for _, want := range []string{"范围：风险点 SB-03", "校验码 " + head.String(), "|风险点|" + was + "|改过一次", "撤销"} {
		if !strings.Contains(text, want) {
			t.Errorf("the workbook lacks %q", want)
		}
	}
	for _, button := range []string{"打印", "只看：风险点 SB-03 改过一次 的历史　×"} {
		o.TapButton(button)
	}
	o.sees("共 6 项操作")
}

// The chain is recomputed; a code from a paper fits, one that was copied wrong is
// refused in the dialog, one of another journal does not fit.
func TestTrailIsVerified(t *testing.T) {
	o := open(t)
	o.openSampleFile()
	head, err := o.session.Store.ChainHead()
	if err != nil {
		t.Fatal(err)
	}
	o.menu("编辑", "审计轨迹")
	verify := func(code string) {
		o.TapButton("核对…")
		for _, e := range multiLine(o) {
			e.SetText(code)
		}
		o.TapButton("核对")
	}
	verify("")
	o.sees("首尾相接，没有发现改动")
	o.TapButton("关闭")
	verify("校验码 " + head.String())
	o.sees("校验码相符")
	o.TapButton("关闭")
	verify(strings.Replace(head.String(), head.String()[len(head.String())-1:], "?", 1))
	o.sees("校验码")
	if len(o.win.Canvas().Overlays().List()) == 0 {
		t.Fatal("a code that is none was taken")
	}
	o.TapButton("取消")
	other := app.ChainHead{Seq: 2, Sum: strings.Repeat("ab", 32)}
	verify(other.String())
	o.sees("校验码不符")
}
