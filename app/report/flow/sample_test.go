package flow

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianshao/app/report/draw"
	"lianshao/assets"
)

// plainMeasurer gives Chinese one em and everything else a little over half.
type plainMeasurer struct{}

func (plainMeasurer) Width(s string, size float64, _ bool) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x2000 {
			w += 0.56
		} else {
			w++
		}
	}
	return w * size
}

var (
	wayOut = regexp.MustCompile(`(是|否)→(\d+)`)
	number = regexp.MustCompile(`^\d+$`)
)

// sampleModels reads the eleven workflows of the sample workbook, whose two
// sheets are laid out differently.
func sampleModels(t testing.TB) []Model {
	t.Helper()
	file, err := assets.Sample.Open("sample/工作流程梳理表.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	book, err := excelize.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var models []Model
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		second := strings.Contains(sheet, "设备")
		for _, row := range rows {
			row = append(row, make([]string, 16)...)
			name, no, label, post, kind := row[1]+" "+row[2], row[3], row[4], row[5], row[9]
			if second {
				name, no, label, post, kind = row[1], row[2], row[3], row[4], row[7]
			}
			if !number.MatchString(no) {
				continue
			}
			if strings.TrimSpace(name) != "" {
				models = append(models, Model{Title: strings.TrimSpace(name)})
			}
			m := &models[len(models)-1]
			m.Nodes = append(m.Nodes, Node{ID: no, No: no, Label: label, Kind: Kind(kind), Lane: LaneOf(post)})
			if second {
				m.Edges = append(m.Edges, waysOut(no, kind, row[8])...)
			} else {
				m.Edges = append(m.Edges, waysOut(no, kind, fmt.Sprintf("是→%s\n否→%s", row[10], row[11]))...)
			}
		}
	}
	if len(models) != 11 {
		t.Fatalf("want 11 workflows, got %d", len(models))
	}
	return models
}

// waysOut reads 是→4⏎否→5, or a lone step number.
func waysOut(from, kind, text string) []Edge {
	if number.MatchString(text) {
		return []Edge{{from, text, ""}}
	}
	found := wayOut.FindAllStringSubmatch(text, -1)
	var out []Edge
	for _, f := range found {
		word := f[1]
		if Kind(kind) == Approve {
			word = map[string]string{"是": "通过", "否": "退回"}[word]
		}
		if len(found) == 1 {
			word = ""
		}
		out = append(out, Edge{from, f[2], word})
	}
	return out
}

// withMarks puts marks on some steps, the way a rated workflow has them.
func withMarks(m Model) Model {
	red, orange := draw.Color{R: 0xC8, G: 0x37, B: 0x2D, A: 255}, draw.Color{R: 0xE0, G: 0x8A, B: 0x1E, A: 255}
	yellow, blue := draw.Color{R: 0xE3, G: 0xC1, B: 0x3A, A: 255}, draw.Color{R: 0x3F, G: 0x7F, B: 0xBF, A: 255}
	for i := range m.Nodes {
		switch i % 5 {
		case 1:
			m.Nodes[i].Marks = []Mark{{Risk, red, "红", 2, "红色风险点 2 个"}, {Measure, red, "", 3, "防范措施 3 条"}}
		case 2:
			m.Nodes[i].Marks = []Mark{{Risk, yellow, "黄", 1, ""}}
		case 3:
			m.Nodes[i].Marks = []Mark{{Risk, orange, "橙", 1, ""}, {Risk, blue, "蓝", 1, ""}, {Measure, red, "", 12, ""}}
		}
	}
	return m
}
