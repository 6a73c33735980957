package shell

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lianshao/storage/xlsx"
	"lianshao/ui/widgets"
)

// A table goes out as it is shown: codes stay texts, numbers and days are such, what
// looks like a formula is none.
func TestGridBook(t *testing.T) {
	right := widgets.AlignRight
	shown := widgets.Shown{Columns: []widgets.Column{{Title: "编号"}, {Title: "指数", Align: right}, {Title: "人数", Align: right}, {Title: "比例", Align: right}, {Title: "日期"}, {Title: "评分", Subtitle: "1–5", Align: right}},
		Rows: [][]string{{"001", "47.7391", "3", "12.5%", "2026-09-20", "3"}, {"=1+1", "", "-2", "", "", "弃权"}}}
	path := filepath.Join(t.TempDir(), "表.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, gridBook("风险排查", shown), nil); err != nil {
		t.Fatal(err)
	}
	b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, r := range b.Sheets[0].Rows {
		got = append(got, r.Cells)
	}
	want := [][]string{{"编号", "指数", "人数", "比例", "日期", "评分（1–5）"}, {"001", "47.7391", "3", "12.5%", "2026-09-20", "3"}, {"=1+1", "", "-2", "", "", "弃权"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
