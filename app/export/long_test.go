package export_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianshao/app/export"
	"lianshao/storage/xlsx"
)

// The long table holds every point's every field once, marks one by one, and the
// outcome of every round, with numbers and dates in columns of their own.
func TestLongTable(t *testing.T) {
	s := samplePilot(t)
	path := filepath.Join(t.TempDir(), "长表.csv")
	if err := xlsx.WriteCSV(context.Background(), path, export.LongColumns(), export.LongRows(s)); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := map[string]int{}
	for i, h := range lines[0] {
		col[h] = i
	}
	fact := func(kind, code, round, field, item string) []string {
		i := slices.IndexFunc(lines, func(l []string) bool {
			return l[col["kind"]] == kind && l[col["code"]] == code && l[col["round"]] == round && l[col["field"]] == field && l[col["item"]] == item
		})
		if i < 0 {
			t.Fatalf("no %s %s %s %s", kind, code, field, item)
		}
		return lines[i]
	}
	if l := fact("riskpoint", "JJ-03", "", "likelihood", ""); l[col["number"]] != "3" || l[col["unit"]] != "基建处" || l[col["school"]] != "云海师范大学" || l[col["field_name"]] != "可能性" {
		t.Errorf("%q", l)
	}
	if l := fact("rating", "1/JJ-01/组长", "1", "scores", "A1"); l[col["number"]] != "2" || l[col["unit"]] != "基建处" {
		t.Errorf("%q", l)
	}
	if l := fact("result", "JJ-13", "1", "level", ""); l[col["value"]] != "红" {
		t.Errorf("%q", l)
	}
	for _, l := range lines[1:] {
		if l[col["source"]] == "" {
			t.Fatalf("nothing says where this comes from: %q", l)
		}
	}
	if l := fact("riskpoint", "JJ-01", "", "due_date", ""); l[col["date"]] == "" || l[col["source"]] == "" {
		t.Errorf("%q", l)
	}
	if n := slices.IndexFunc(lines[1:], func(l []string) bool { return l[col["kind"]] == "" || l[col["field"]] == "" || l[col["value"]] == "" }); n >= 0 {
		t.Errorf("a fact says nothing: %q", lines[n+1])
	}
	if n := export.LongTable(s).Sheets[0].Rows.Len(); n != len(lines)-1 || n < 10000 {
		t.Errorf("%d and %d rows", n, len(lines)-1)
	}
}
