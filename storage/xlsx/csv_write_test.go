package xlsx

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app/sheet"
)

// Nothing in a .csv that we write begins like a formula, and every text comes back
// as it was.
func TestTextsAreDefusedAndComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "表.csv")
	piece := rapid.SampledFrom([]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "\"", ",", ";", " ", "\u3000", "1", "SUM(A1)", "cmd|'/c calc'!A1", "虚签", ""})
	rapid.Check(t, func(r *rapid.T) {
		columns := []sheet.Column{{Header: "编号"}, {Header: "内容"}, {Header: "数"}}
		var rows [][]any
		for range rapid.IntRange(1, 6).Draw(r, "rows") {
			text := func() string { return strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(r, "text"), "") }
			rows = append(rows, []any{"x" + text(), text(), rapid.IntRange(-3, 3).Draw(r, "number")})
		}
		if err := WriteCSV(context.Background(), path, columns, slices.Values(rows)); err != nil {
			r.Fatal(err)
		}
		for _, line := range plainCSV(r, path) {
			if explosive(line[1]) && !strings.HasPrefix(line[1], "'") {
				r.Fatalf("a spreadsheet would calculate %q", line[1])
			}
		}
		b, err := Reader{}.Read(context.Background(), path, nil)
		if err != nil {
			r.Fatal(err)
		}
		for i, row := range rows {
			for c, v := range row[:2] {
				want := strings.ReplaceAll(v.(string), "\r\n", "\n") // one line end
				if got := b.Sheets[0].Rows[i+1].Cells[c]; got != want {
					r.Fatalf("%q came back as %q", want, got)
				}
			}
		}
	})
}

// plainCSV reads a file as any other program would.
func plainCSV(r *rapid.T, path string) [][]string {
	data, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(data), "\ufeff") {
		r.Fatal("no byte order mark", err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		r.Fatal(err)
	}
	return lines
}

// The columns of a text table are told by what its first lines hold, or by what Excel
// obeys.
func TestDelimiters(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a,b;c\n", "a|b;c"}, {"a;b\n", "a|b"}, {"a\tb,c\td\n", "a|b,c|d"}, {"自查表\r\na;b\r\n", "自查表/a|b"}, {"自查表\n\n部门：甲\na\tb\n", "自查表/部门：甲/a|b"},
		{"sep=;\r\na;b,c\r\n", "a|b,c"}, {"\"sep=|\"\na|b\n", "a|b"}, {"sep=xx\na,b\n", "sep=xx/a|b"}, {"只有一列\n甲\n", "只有一列/甲"},
	} {
		b, err := readBytes(t, "表.csv", []byte(c.text))
		if err != nil {
			t.Fatal(c.text, err)
		}
		var rows []string
		for _, r := range b.Sheets[0].Rows {
			rows = append(rows, strings.Join(r.Cells, "|"))
		}
		if got := strings.Join(rows, "/"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
