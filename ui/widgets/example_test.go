package widgets_test

import (
	"errors"
	"strconv"

	"fyne.io/fyne/v2"

	"lianshao/ui/widgets"
)

// scores is preformatted data: the grid asks for cells at every repaint.
type scores struct {
	names  []string
	values []int
}

func (s *scores) Len() int { return len(s.names) }

func (s *scores) Cell(row int, col string) widgets.Cell {
	if col == "name" {
		return widgets.Cell{Text: s.names[row]}
	}
	if s.values[row] == 0 {
		return widgets.Cell{Text: "未评", Muted: true, Warn: true}
	}
	return widgets.Cell{Text: strconv.Itoa(s.values[row])}
}

// A grid whose score column is filled by the keys 1–5.
func ExampleDataGrid() {
	data := &scores{names: []string{"编制招标文件", "现场签证"}, values: make([]int, 2)}
	g := widgets.NewDataGrid([]widgets.Column{
		{ID: "name", Title: "风险点", Width: 160, Grow: true, Fixed: true, Sortable: true},
		{ID: "score", Title: "可能性", Subtitle: "1 罕见 – 5 经常", Width: 110, Align: widgets.AlignRight, Editable: true,
			Instant: func(r rune) (string, bool) { return string(r), r >= '1' && r <= '5' }},
	}, data)
	g.OnEdit = func(row int, col, text string) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 5 {
			return errors.New("可能性应为 1–5，请改成其中之一")
		}
		data.values[row] = n // a page calls its use case here; the event refreshes the row
		return nil
	}
	g.OnClear = func(first, last int, _ []string) error {
		for r := first; r <= last; r++ {
			data.values[r] = 0
		}
		return nil
	}
	g.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(widgets.MenuText("删除", "Delete"), func() {})}
	}
	g.SetWidths(map[string]float32{"name": 220}) // as remembered from the last time
}
