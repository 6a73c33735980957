package intake

import (
	"testing"
)

// A cell that shows its number dressed up gives texts what is seen and numbers the
// number itself, in merged areas, too.
func TestDressedNumbers(t *testing.T) {
	s := &Sheet{Name: "x", Merges: []Range{{Row1: 2, Row2: 3, Col1: 2, Col2: 2}}, Rows: []Row{
		{No: 2, Cells: []string{"FX-007", "15.2%", "3", "5个工作日"}, Numbers: map[int]string{0: "7", 1: "0.1523", 3: "5"}},
		{No: 3, Cells: []string{"FX-008", "", "4"}, Numbers: map[int]string{0: "8"}},
	}}
	g := newGrid(s)
	first, second := g.row(0), g.row(1)
	for _, c := range []struct{ name, got, want string }{
		{"text", first.get(0), "FX-007"}, {"number", first.number(0), "7"}, {"percentage", first.number(1), "0.1523"}, {"plain", first.number(2), "3"},
		{"unit", first.number(3), "5"}, {"merged text", second.get(1), "15.2%"}, {"merged number", second.number(1), "0.1523"}, {"own number", second.ownNumber(1), ""},
		{"beyond", second.number(9), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	joined := row{g: g, no: 2, cells: []string{"FX-007\nFX-008"}}
	if got := joined.number(0); got != "FX-007\nFX-008" {
		t.Errorf("put together: %q", got)
	}
}
