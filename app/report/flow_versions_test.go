package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/storage/pdf"
)

// The comparison of two versions prints both charts on one sheet, the changed steps
// marked in words, and says under them what was changed and which measures came in.
func TestVersionsPrintSideBySide(t *testing.T) {
	sample := sampleInput(t, 1)
	p := sample.Pilot.Draft() // the sample itself stays as it is
	do := func(cmd app.Command) {
		t.Helper()
		cs, err := cmd.Plan(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Apply(cs)
	}
	n := 0
	ids := func() domain.ID { n++; return domain.ID("v" + strings.Repeat("x", n)) }
	old := p.Workflows.By(domain.ByName, "JL3")[0]
	var id domain.ID
	do(edit.NewVersion(old.ID, ids, func(made domain.ID) { id = made }))
	now, _ := p.Workflows.Get(id)
	do(edit.DeleteStep(id, now.Steps[2].ID))
	do(edit.AddStep(id, now.Steps[4].ID, "变更公示", ids))
	measure := p.Measures.All()[0]
	do(edit.EmbedMeasure(measure.ID, now.Steps[5].ID))

	m, err := draw.NewMetrics(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	paper, _ := report.PaperByID("workflow-changes")
	in := report.Input{Pilot: p, Result: sample.Result, Today: "2026-09-20"}
	pages, err := paper.Pages(in, report.Options{}, m)
	if err != nil || len(pages) < 2 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	words := make([]string, len(pages))
	for i, page := range pages {
		for _, it := range page.Items {
			if x, ok := it.(draw.Text); ok {
				words[i] += x.String
			}
		}
	}
	for _, want := range []string{"修订对照", "第1版（现行）", "第2版（草稿）", domain.StepAdded, domain.StepChanged, domain.StepRemoved, "两版之间有变化的步骤", "防范措施（条数）"} {
		if !strings.Contains(words[0], want) {
			t.Errorf("the sheet of charts does not say %q", want)
		}
	}
	for _, want := range []string{"变更公示", old.Steps[2].Name, "嵌入的防范措施", measure.Content[:12]} {
		if !strings.Contains(words[1], want) {
			t.Errorf("the table does not say %q", want)
		}
	}
	if dir := os.Getenv("LIANSHAO_SHOTS"); dir != "" { // for looking at
		pen, err := pdf.NewPen(assets.FontRegular, assets.FontBold)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pen.WriteFile(filepath.Join(dir, "versions.pdf"), pages, pdf.Options{}); err != nil {
			t.Fatal(err)
		}
	}
}
