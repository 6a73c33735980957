package handout_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/app/sample"
	"lianshao/storage/xlsx"
	"lianshao/ui/handout"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

func open(t *testing.T) *pagetest.Host {
	t.Helper()
	h := pagetest.New(t, nil)
	if err := sample.Fill(h.Session(), xlsx.Reader{}, nil); err != nil {
		t.Fatal(err)
	}
	h.SaveTo = "folder"
	handout.Ask(h)
	return h
}

func choose(t *testing.T, h *pagetest.Host, at int, option string) {
	t.Helper()
	s := pagetest.Find[*widget.Select](h)[at]
	s.SetSelected(option)
	if s.Selected != option {
		t.Fatalf("%q is not offered: %q", option, s.Options)
	}
}

// A self-assessment form for every unit but one; each knows which pilot it is of.
func TestOneForEachUnit(t *testing.T) {
	h := open(t)
	h.Shot("handout")
	g := pagetest.Find[*widgets.DataGrid](h)[0]
	offers(t, h, "将生成 2 份")
	if err := g.OnToggle(0, "take", false); err != nil {
		t.Fatal(err)
	}
	h.TapButton("选文件夹并生成…")
	if len(h.Books) != 1 || len(h.Errors) != 0 {
		t.Fatalf("%d books, errors %v", len(h.Books), h.Errors)
	}
	for path, wb := range h.Books {
		if filepath.Dir(path) != "folder" || !strings.Contains(path, "设备和实验室管理处") || !strings.Contains(wb.Mark, intake.Mark{Form: true}.String()[:20]) || !wb.Sheets[0].Protected {
			t.Errorf("%s %q", path, wb.Mark)
		}
	}
}

// Scoring sheets go to the assessors of the chosen round, others can be one for all.
func TestOtherKinds(t *testing.T) {
	h := open(t)
	choose(t, h, 0, "评分表")
	choose(t, h, 2, h.Session().Pilot.Assessments.All()[0].Title())
	offers(t, h, "将生成 7 份")
	choose(t, h, 0, "监测指标月报")
	choose(t, h, 1, "不分，一份")
	h.TapButton("选文件夹并生成…")
	if _, ok := h.Books[filepath.Join("folder", "监测指标月报.xlsx")]; !ok || len(h.Books) != 1 {
		t.Errorf("%d books", len(h.Books))
	}
}

func offers(t *testing.T, h *pagetest.Host, text string) {
	t.Helper()
	if all := h.Texts(); !slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, text) }) {
		t.Fatalf("%q is not shown: %q", text, all)
	}
}

// A table that would be empty says why instead of being written.
func TestNothingToHandOut(t *testing.T) {
	h := open(t)
	choose(t, h, 0, "预警回告表")
	offers(t, h, "没有等待回告的预警")
	choose(t, h, 1, "不分，一份")
	offers(t, h, "没有等待回告的预警")
	h.TapButton("选文件夹并生成…")
	if len(h.Books) != 0 {
		t.Errorf("%d books", len(h.Books))
	}
}
