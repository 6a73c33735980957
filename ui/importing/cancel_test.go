package importing_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"lianshao/storage/xlsx"
	"lianshao/ui/importing"
	"lianshao/ui/page/pagetest"
)

// impatient is a Host whose person presses 取消 as soon as work of that title tells how
// far it is; an import, which tells nothing, is cancelled before it begins.
type impatient struct {
	*pagetest.Host
	title string
}

func (h *impatient) Work(title string, work func(ctx context.Context, progress func(done, total int)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	hit := title == h.title
	if hit && title == "正在导入" {
		cancel()
	}
	err := work(ctx, func(int, int) {
		if hit {
			cancel()
		}
	})
	done(err)
}

// manyRows is a table that is planned beside the window.
func manyRows(t *testing.T, name string, n int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("编号,部门,风险点,可能性\n")
	for i := range n {
		fmt.Fprintf(&b, "JJ-%05d,基建处,风险%d,%d\n", i, i, 1+i%5)
	}
	return csvFile(t, name, b.String())
}

// Cancelled while tables are read or planned, everything is as if nothing had been
// chosen; cancelled before the import is written, nothing is imported. Afterwards the
// page works as ever.
func TestCancel(t *testing.T) {
	h := &impatient{Host: pagetest.New(t, nil)}
	p := importing.New(h, xlsx.Reader{}, xlsx.Writer{})
	h.Open(p, "")
	big, small := manyRows(t, "大.csv", 4000), csvFile(t, "小.csv", "编号,部门,风险点,可能性\nXX-1,基建处,别的,3\n")
	for _, title := range []string{"正在读取表格", "正在核对内容"} {
		h.title = title
		p.Show(big)
		wantText(t, h.Host, "原样导入") // the empty page
	}
	p.Show(small)
	wantText(t, h.Host, "新增 1 ")
	p.Show(big)
	wantText(t, h.Host, "1 个文件")
	wantText(t, h.Host, "新增 1 ")
	h.title = ""
	p.Show(big)
	wantText(t, h.Host, "新增 4001 ")

	h.title = "正在核对内容"
	sheets := gridOf(t, h.Host, "导入")
	if err := sheets.OnToggle(0, "take", false); err != nil {
		t.Fatal(err)
	}
	wantText(t, h.Host, "核对被取消")
	h.title = ""
	h.TapButton("重新核对")
	wantText(t, h.Host, "新增 4000 ")

	h.title = "正在导入"
	h.TapButton("全部导入")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 0 || len(h.Errors) != 0 {
		t.Fatalf("%d points after cancelling, errors %v", n, h.Errors)
	}
	h.title = ""
	h.TapButton("全部导入")
	if n := h.Session().Pilot.RiskPoints.Len(); n != 4000 {
		t.Fatalf("%d points", n)
	}
}

// tardy is a Host whose person presses 取消 when the import has been written.
type tardy struct{ *pagetest.Host }

func (h *tardy) Work(title string, work func(ctx context.Context, progress func(done, total int)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	h.Store.Committed = cancel
	done(work(ctx, func(int, int) {}))
	h.Store.Committed = nil
}

// Who cancels too late is told so and can take the import back at once.
func TestCancelTooLate(t *testing.T) {
	h := &tardy{Host: pagetest.New(t, nil)}
	p := importing.New(h, xlsx.Reader{}, xlsx.Writer{})
	h.Open(p, selfCheck)
	h.TapButton("全部导入")
	pilot := h.Session().Pilot
	if pilot.RiskPoints.Len() != 20 {
		t.Fatalf("%d points", pilot.RiskPoints.Len())
	}
	wantText(t, h.Host, "已经写进试点")
	h.TapButton("撤销导入")
	if pilot.RiskPoints.Len() != 0 || len(h.Errors) != 0 {
		t.Fatalf("%d points, errors %v", pilot.RiskPoints.Len(), h.Errors)
	}
	wantText(t, h.Host, "新增 20 ")
}
