package report_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/assets"
)

// written is the text of a page, in the order it was placed.
func written(d draw.Drawing) []string {
	var out []string
	for _, it := range d.Items {
		if t, ok := it.(draw.Text); ok && t.String != "" {
			out = append(out, t.String)
		}
	}
	return out
}

// The booklet binds its papers in the asked order; the contents name the page on
// which each begins; the numbers run through.
func TestBookletContentsLeadToTheirPages(t *testing.T) {
	in := sampleInput(t, 1)
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := report.BookByID("booklet")
	pages, err := b.Pages(in, report.Options{}, m)
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(written(pages[0]), " "); !strings.Contains(text, "廉政风险防控材料汇编") || !strings.Contains(text, "25 项") || !strings.Contains(text, "41 个（红9个、橙17个、黄10个、蓝5个）") {
		t.Errorf("cover: %s", text)
	}
	var chapters []string
	listed := 0
	for i, pg := range pages {
		text := written(pg)
		if i > 0 && !slices.Contains(text, draw.PageLabel(i+1, len(pages))) {
			t.Errorf("page %d is not numbered: %v", i+1, text[max(0, len(text)-2):])
		}
		for _, mark := range pg.Marks {
			if i > 1 && mark.Level == 0 {
				chapters = append(chapters, mark.Title)
			}
		}
	}
	want := "廉政风险点汇总表 部门职权目录 廉政风险防控一览表 岗位风险排查及防控一览表 权力运行流程图 风险防控流程图 防范措施表 预警登记、解除表"
	if got := strings.Join(chapters, " "); got != want {
		t.Errorf("chapters %s", got)
	}
	for _, pg := range pages[1:] {
		text := written(pg)
		if len(pg.Marks) > 0 && pg.Marks[0].Title != "目录" {
			break // the body begins
		}
		for i := 0; i+1 < len(text); i++ {
			no, err := strconv.Atoi(text[i+1])
			if err != nil {
				continue
			}
			listed++
			if !slices.ContainsFunc(pages[no-1].Marks, func(b draw.Bookmark) bool { return b.Title == text[i] }) {
				t.Errorf("the contents send %s to page %d, which begins %v", text[i], no, pages[no-1].Marks)
			}
		}
	}
	if listed < len(chapters)+20 {
		t.Errorf("only %d lines in the contents", listed)
	}
}

func TestBookOfAnEmptyPilotIsRefused(t *testing.T) {
	for _, b := range report.Books() {
		if len(b.Papers) == 0 || slices.ContainsFunc(b.Papers, func(id string) bool { _, ok := report.PaperByID(id); return !ok }) {
			t.Errorf("book %s names papers that do not exist: %v", b.ID, b.Papers)
		}
	}
	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := report.BookByID("all")
	if _, err := b.Pages(sampleInput(t, 1), report.Options{Blank: true}, m); err == nil || !strings.Contains(err.Error(), "空白") {
		t.Errorf("a blank book: %v", fmt.Sprint(err))
	}
}
