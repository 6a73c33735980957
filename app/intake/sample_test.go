package intake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

const sampleDir = "../../assets/sample"

// inOrder lists the sample workbooks as a clerk would import them: the order of
// the steps in the samples' README.
var inOrder = []string{"基建处-岗位廉政风险点自查表", "设备和实验室管理处-廉政风险防控一览表", "工作流程梳理表", "部门职权目录",
	"评估指标体系", "公示意见登记表", "首次评估评分表", "再评估评分表", "监测指标月报", "防范措施落实检查表", "领导小组名单", "工作步骤安排", "风险信息库"}

func readBook(t testing.TB, path string) *intake.Book {
	t.Helper()
	b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sampleBook(t testing.TB, name string) *intake.Book {
	t.Helper()
	return readBook(t, filepath.Join(sampleDir, name+".xlsx"))
}

func sampleBooks(t testing.TB) []*intake.Book {
	t.Helper()
	var out []*intake.Book
	for _, n := range inOrder {
		out = append(out, sampleBook(t, n))
	}
	return out
}

func ids() app.IDs {
	n := 0
	return func() domain.ID { n++; return domain.ID(fmt.Sprintf("id%06d", n)) }
}

// importBooks plans, commits and returns the plan.
func importBooks(t testing.TB, p *domain.Pilot, newID app.IDs, books ...*intake.Book) *intake.Plan {
	t.Helper()
	pl := intake.NewPlan(p, intake.Analyse(books, intake.Options{}), intake.Env{IDs: newID, Year: 2026})
	cs, err := pl.Command().Plan(p)
	if err != nil {
		t.Fatal(err)
	}
	p.Apply(cs)
	return pl
}

// samplePlan is the import of all sample workbooks into an empty pilot. It is made
// once: records are never changed, so that every test may apply it to a pilot of its own.
var samplePlan = sync.OnceValue(func() *intake.Plan {
	var books []*intake.Book
	for _, n := range inOrder {
		b, err := xlsx.Reader{}.Read(context.Background(), filepath.Join(sampleDir, n+".xlsx"), nil)
		if err != nil {
			panic(err)
		}
		books = append(books, b)
	}
	return intake.NewPlan(domain.NewPilot(), intake.Analyse(books, intake.Options{}), intake.Env{IDs: ids(), Year: 2026})
})

func samplePilot(t testing.TB) (*domain.Pilot, *intake.Plan) {
	t.Helper()
	p := domain.NewPilot()
	pl := samplePlan()
	p.Apply(pl.Changes)
	return p, pl
}

func expected(t testing.TB) map[string]any {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/sample/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// dig walks into decoded JSON.
func dig(v any, keys ...string) any {
	for _, k := range keys {
		v = v.(map[string]any)[k]
	}
	return v
}
