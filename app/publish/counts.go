package publish

import (
	"fmt"
	"math"
)

// least is the smallest count that P3 shows: fewer could point at somebody.
const least = 5

// Suppress writes a table of counts with its totals so that no count from 1 to 4
// can be read or worked out. Where a row or column would hide a single count, the
// next smallest is hidden too; totals under 5 are hidden. totals is per row, sums
// per column.
func Suppress(counts [][]int) (cells [][]string, totals, sums []string) {
	hidden := make([][]bool, len(counts))
	for i := range counts {
		hidden[i] = make([]bool, len(counts[i]))
		for k, n := range counts[i] {
			hidden[i][k] = n > 0 && n < least
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range counts {
			changed = hideSecond(len(counts[i]), func(k int) (*bool, int) { return &hidden[i][k], counts[i][k] }) || changed
		}
		for k := range width(counts) {
			changed = hideSecond(len(counts), func(i int) (*bool, int) { return &hidden[i][k], counts[i][k] }) || changed
		}
	}
	cells = make([][]string, len(counts))
	sum := make([]int, width(counts))
	for i := range counts {
		total := 0
		for k, n := range counts[i] {
			text := fmt.Sprint(n)
			if hidden[i][k] {
				text = "＊"
			}
			cells[i] = append(cells[i], text)
			total += n
			sum[k] += n
		}
		totals = append(totals, shown(total))
	}
	for _, n := range sum {
		sums = append(sums, shown(n))
	}
	return cells, totals, sums
}

func width(counts [][]int) int {
	if len(counts) == 0 {
		return 0
	}
	return len(counts[0])
}

func shown(n int) string {
	if n > 0 && n < least {
		return "＊"
	}
	return fmt.Sprint(n)
}

// hideSecond hides the smallest visible count of a line that hides exactly one, so
// that the total does not give it away. A zero is the last choice.
func hideSecond(n int, at func(int) (*bool, int)) bool {
	hidden, best, least := 0, -1, math.MaxInt
	for i := range n {
		h, v := at(i)
		if v == 0 {
			v = math.MaxInt - 1
		}
		switch {
		case *h:
			hidden++
		case v < least:
			best, least = i, v
		}
	}
	if hidden != 1 || best < 0 {
		return false
	}
	h, _ := at(best)
	*h = true
	return true
}
