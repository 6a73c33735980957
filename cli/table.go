package cli

import (
	"io"
	"strings"
)

// maxCell bounds a column of a text table, in half-width columns.
const maxCell = 44

// writeTable writes an aligned table; a Chinese character is two columns wide.
// Numbers stand at the right, long texts end in ….
func writeTable(w io.Writer, titles []string, rows [][]string) {
	widths := make([]int, len(titles))
	right := make([]bool, len(titles))
	for i, t := range titles {
		widths[i], right[i] = textWidth(t), len(rows) > 0
	}
	for _, row := range rows {
		for i := range row {
			row[i] = shorten(row[i], maxCell)
			widths[i] = max(widths[i], textWidth(row[i]))
			right[i] = right[i] && isNumber(row[i])
		}
	}
	var b strings.Builder
	line := func(cells []string) {
		b.Reset()
		for i, c := range cells {
			pad := strings.Repeat(" ", widths[i]-textWidth(c))
			if right[i] {
				b.WriteString(pad + c)
			} else {
				b.WriteString(c + pad)
			}
			b.WriteString("  ")
		}
		io.WriteString(w, strings.TrimRight(b.String(), " ")+"\n")
	}
	line(titles)
	rule := make([]string, len(titles))
	for i := range rule {
		rule[i] = strings.Repeat("-", widths[i])
	}
	line(rule)
	for _, row := range rows {
		line(row)
	}
}

func isNumber(s string) bool {
	return s == "" || strings.Trim(s, "0123456789.-") == ""
}

func runeWidth(r rune) int {
	if r < 0x1100 {
		return 1
	}
	return 2
}

func textWidth(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// shorten puts a text on one line of at most width columns.
func shorten(s string, width int) string {
	s = strings.Join(strings.Fields(s), " ")
	if textWidth(s) <= width {
		return s
	}
	n := 0
	for i, r := range s {
		n += runeWidth(r)
		if n > width-2 {
			return s[:i] + "…"
		}
	}
	return s
}
