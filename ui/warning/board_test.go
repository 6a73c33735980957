package warning

import (
	"context"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

// open shows the board over the sample with its first round only.
func open(t *testing.T) (*pagetest.Host, *Page) {
	t.Helper()
	const dir = "../../assets/sample/"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var books []*intake.Book
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "再评估") {
			continue
		}
		b, err := xlsx.Reader{}.Read(context.Background(), dir+e.Name(), nil)
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, b)
	}
	p := domain.NewPilot()
	plan := intake.NewPlan(p, intake.Analyse(books, intake.Options{}), intake.Env{IDs: pagetest.NewIDs("s"), Year: 2026})
	p.Apply(plan.Changes)
	h := pagetest.New(t, p)
	pg := New(h).(*Page)
	h.Open(pg, "register")
	return h, pg
}

// fill types into the dialog: the entries in the order in which they stand.
func fill(t *testing.T, h *pagetest.Host, texts ...string) {
	t.Helper()
	var fields []fyne.Focusable
	for _, f := range pagetest.Find[fyne.Focusable](h) {
		switch f.(type) {
		case *widgets.Entry, *widgets.TextArea:
			fields = append(fields, f)
		}
	}
	for i, text := range texts {
		if text == "" {
			continue
		}
		h.Window().Canvas().Focus(fields[i])
		h.Type(text)
	}
}

func TestIssueReplyReviewRelease(t *testing.T) {
	h, pg := open(t)
	p := h.Session().Pilot
	h.Shot("warnings-proposed")
	h.TapButton("签发所选…")
	h.Shot("warnings-letter")
	h.TapButton("签发")
	if p.Warnings.Len() != 1 || len(h.Errors) != 0 {
		t.Fatalf("%d warnings, errors %v", p.Warnings.Len(), h.Errors)
	}
	w := p.Warnings.All()[0]
	if _, can := h.Session().CanUndo(); can {
		t.Error("an issued paper can be undone")
	}
	pg.Show(string(w.ID))
	if pg.board.chosen().warning == nil {
		t.Fatal("the issued warning is not shown")
	}
	h.TapButton("登记回告")
	h.TapButton("登记回告") // refused: nothing is written yet
	if texts := strings.Join(labels(h), "\n"); !strings.Contains(texts, "请填写回告内容") {
		t.Errorf("the dialog does not say what is missing:\n%s", texts)
	}
	fill(t, h, "", "", "已按要求整改")
	h.Shot("warnings-reply")
	h.TapButton("登记回告")
	for _, step := range []string{"复核通过", "解除"} {
		h.TapButton(step)
		fill(t, h, "", "组长", "符合要求")
		h.TapButton(step)
	}
	w, _ = p.Warnings.Get(w.ID)
	if w.State != domain.WarningReleased || len(w.Actions) != 3 || w.Actions[0].Text != "已按要求整改" {
		t.Fatalf("%s after %+v", w.State, w.Actions)
	}
	pg.Show(string(w.ID)) // shows ended ones too
	h.Shot("warnings-released")
	if got := strings.Join(labels(h), "\n"); !strings.Contains(got, "解除（组长）：符合要求") {
		t.Errorf("the history is not shown:\n%s", got)
	}
	for _, b := range pagetest.Find[*widgets.Button](h) {
		if b.Text == "登记回告" {
			t.Error("a released warning offers a reply")
		}
	}
}

func TestIssueAllAndCorrectOne(t *testing.T) {
	h, pg := open(t)
	p := h.Session().Pilot
	waiting := 0
	for _, l := range pg.board.rows {
		if l.proposal != nil {
			waiting++
		}
	}
	h.TapButton("全部签发…")
	h.TapButton("签发")
	if p.Warnings.Len() != waiting || waiting == 0 {
		t.Fatalf("%d issued of %d", p.Warnings.Len(), waiting)
	}
	first := p.Warnings.All()[0]
	pg.Show(string(first.ID))
	h.TapButton("更正")
	fill(t, h, "", "组长", "告知范围写漏", "", "", "、审计处")
	h.Shot("warnings-correct")
	h.TapButton("更正")
	old, _ := p.Warnings.Get(first.ID)
	if old.State != domain.WarningCorrected || p.Warnings.Len() != waiting+1 {
		t.Fatalf("%s, %d warnings, errors %v", old.State, p.Warnings.Len(), h.Errors)
	}
	if next, _ := p.Warnings.Get(old.Actions[0].Paper.ID); !strings.Contains(next.Recipients, "审计处") || next.Follows.ID != old.ID {
		t.Errorf("the correction says %+v", next)
	}
}

func TestHolidaysCanBeEdited(t *testing.T) {
	h, pg := open(t)
	pg.Show("holidays")
	h.TapButton("载入2024—2026年安排")
	if n := h.Session().Pilot.Holidays.Len(); n < 90 {
		t.Fatalf("%d days", n)
	}
	h.Shot("holidays")
}

// labels are the texts of the visible labels.
func labels(h *pagetest.Host) (out []string) {
	for _, l := range pagetest.Find[*widget.Label](h) {
		out = append(out, l.Text)
	}
	return out
}
