package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
)

// table is a source of texts by column.
type table [][]string

func (t table) Len() int { return len(t) }

func (t table) Cell(row int, col string) Cell {
	switch col {
	case "a":
		return Cell{Text: t[row][0]}
	case "b":
		return Cell{Text: t[row][1]}
	}
	return Cell{Check: Checked}
}

// A grid gives out the columns that are visible, in their order, and its rows in theirs.
func TestExportIsWhatIsShown(t *testing.T) {
	test.NewTempApp(t)
	g := NewDataGrid([]Column{{ID: "c", Title: "打勾"}, {ID: "b", Title: "乙"}, {ID: "a", Title: "甲", Hidden: true}}, table{{"1", "x"}, {"2", "y"}})
	var got Shown
	ExportShown = func(s Shown) { got = s }
	t.Cleanup(func() { ExportShown = nil })
	g.Export()
	if len(got.Columns) != 2 || got.Columns[1].Title != "乙" || len(got.Rows) != 2 || !slices.Equal(got.Rows[1], []string{"是", "y"}) {
		t.Errorf("%+v", got)
	}
	items := g.rowMenu()
	if last := items[len(items)-1].Label; last[:len("导出本表")] != "导出本表" {
		t.Errorf("the menu ends with %q", last)
	}
}
