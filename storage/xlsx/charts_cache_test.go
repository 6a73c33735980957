package xlsx

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app/sheet"
)

// Charts hold the names and numbers of their cells, for programs that only show.
func TestChartsHoldWhatTheyShow(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	c := &sheet.Chart{Kind: sheet.Bars, Title: "分布", Categories: []string{"基建处", "设备处 & 实验室"}, Series: []sheet.Series{{Name: "高'级", Values: []float64{3, 1.5}}}}
	if err := addChart(f, "It's 图", c); err != nil {
		t.Fatal(err)
	}
	part, _ := f.Pkg.Load("xl/charts/chart1.xml")
	xml := string(part.([]byte))
	for _, want := range []string{`<strCache><ptCount val="2"/><pt idx="0"><v>基建处</v></pt><pt idx="1"><v>设备处 &amp; 实验室</v></pt></strCache>`,
		`<numCache><formatCode>General</formatCode><ptCount val="2"/><pt idx="0"><v>3</v></pt><pt idx="1"><v>1.5</v></pt></numCache>`, `<v>高&#39;级</v>`} {
		if !strings.Contains(xml, want) {
			t.Errorf("no %s in\n%s", want, xml)
		}
	}
	if strings.Contains(xml, "<formatCode></formatCode>") {
		t.Error("a cache is empty")
	}
}
