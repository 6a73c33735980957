package assessment_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lianshao/app/intake"
	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/assessment"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
)

func samplePilot(t *testing.T) *domain.Pilot {
	t.Helper()
	var books []*intake.Book
	for _, name := range sample.Books {
		b, err := xlsx.Reader{}.Read(context.Background(), "../../assets/sample/"+name, nil)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	p := domain.NewPilot()
	p.Apply(intake.NewPlan(p, intake.Analyse(books, intake.Options{}), intake.Env{IDs: pagetest.NewIDs("s"), Year: sample.Year}).Changes)
	return p
}

func texts(h *pagetest.Host) string { return strings.Join(h.Texts(), "\n") }

func TestJudgeTabFollowsTheRound(t *testing.T) {
	h := pagetest.New(t, samplePilot(t))
	h.Open(assessment.New(h), "1")
	if strings.Contains(texts(h), "α＝") {
		t.Error("the judgement shows before its tab is opened")
	}
	pg := assessment.New(h)
	h.Open(pg, "1")
	pg.Show(assessment.JudgeTab)
	for _, want := range []string{"α＝0.9556", "删除 1 项（C3）", "没有漏警"} {
		if !strings.Contains(texts(h), want) {
			t.Errorf("round 1 lacks %s:\n%s", want, texts(h))
		}
	}
	pg.Show("2")
	pg.Show(assessment.JudgeTab)
	if got := texts(h); !strings.Contains(got, "α＝0.9442") || !strings.Contains(got, "JJ-08") {
		t.Errorf("round 2:\n%s", got)
	}
	h.Shot("assessment-judge")
	h.TapButton("指标检验报告")
	if !slices.Contains(h.Visits, pagetest.Visit{Screen: page.Reports, Arg: "indicator-check"}) {
		t.Errorf("visits %v", h.Visits)
	}
}

func TestJudgeTabWithoutRounds(t *testing.T) {
	h := pagetest.New(t, nil)
	h.Open(assessment.New(h), assessment.JudgeTab)
	if !strings.Contains(texts(h), "还没有评估") {
		t.Error(texts(h))
	}
}
