package disclosure

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// open shows the page over the sample; notices says whether with its notices and
// opinions.
func open(t *testing.T, notices bool) (*pagetest.Host, *Page) {
	t.Helper()
	const dir = "../../assets/sample/"
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var books []*intake.Book
	for _, e := range entries {
		if !notices && strings.HasPrefix(e.Name(), "公示") {
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
	h.Open(pg, "")
	return h, pg
}

// fill types into the dialog: the entries in the order in which they stand.
func fill(t *testing.T, h *pagetest.Host, texts ...string) {
	t.Helper()
	var fields []fyne.Focusable
	for _, f := range pagetest.Find[fyne.Focusable](h) {
		switch f.(type) {
		case *widget.Entry, *widgets.TextArea, *widget.SelectEntry:
			fields = append(fields, f)
		}
	}
	for i, text := range texts {
		if text != "" {
			h.Window().Canvas().Focus(fields[i])
			h.Type(text)
		}
	}
}

func labels(h *pagetest.Host) string {
	var out []string
	for _, l := range pagetest.Find[*widget.Label](h) {
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}

func wantSaid(t *testing.T, h *pagetest.Host, want string) {
	t.Helper()
	if got := labels(h); !strings.Contains(got, want) {
		t.Errorf("the window does not say %q:\n%s", want, got)
	}
}

// A clerk drafts the notice beside its preview, starts it, registers an opinion,
// decides, revises and answers.
func TestFromNoticeToRevision(t *testing.T) {
	h, pg := open(t, false)
	p := h.Session().Pilot
	h.Shot("disclosure-empty")
	h.TapButton("起草风险点公示…")
	wantSaid(t, h, "已检查")
	h.Shot("disclosure-terms")
	h.TapButton("保存草稿")
	if p.Disclosures.Len() != 1 || len(h.Errors) != 0 {
		t.Fatalf("%d notices, errors %v", p.Disclosures.Len(), h.Errors)
	}
	d := p.Disclosures.All()[0]
	pg.Show(string(d.ID))
	h.Shot("disclosure-draft")
	h.TapButton("开始公示")
	h.TapButton("开始公示") // of the question
	if d, _ = p.Disclosures.Get(d.ID); d.Life() != domain.DisclosureOpen {
		t.Fatalf("%s, errors %v", d.Life(), h.Errors)
	}
	h.Shot("disclosure-open")
	h.TapButton("登记意见")
	h.TapButton("登记") // refused: nothing is written yet
	wantSaid(t, h, "请填写意见内容")
	fill(t, h, "", "", "", "JJ-03", "应写明装修项目也不许拆分")
	h.Shot("disclosure-register")
	h.TapButton("登记")
	o := p.Opinions.All()[0]
	if o.From != "匿名" || len(o.Points) != 1 {
		t.Fatalf("%+v", o)
	}
	pg.Show(string(o.ID))
	h.TapButton("作出决定")
	pagetest.Find[*widget.RadioGroup](h)[0].SetSelected("部分采纳")
	h.TapButton("作出决定")
	wantSaid(t, h, "部分采纳要写明理由")
	fill(t, h, "写明装修")
	h.Shot("disclosure-decide")
	h.TapButton("作出决定")
	h.Shot("disclosure-decided")
	h.TapButton("依据意见修订")
	fill(t, h, "，装修项目也不许拆分")
	h.Shot("disclosure-revise")
	h.TapButton("修订")
	r := p.Revisions.All()
	if len(r) != 1 || len(r[0].Opinions) != 1 || !strings.Contains(r[0].After, "装修项目") || r[0].Before == r[0].After {
		t.Fatalf("%+v, errors %v, said %s", r, h.Errors, labels(h))
	}
	h.TapButton("答复")
	fill(t, h, "", "", "已在公告栏答复")
	h.Shot("disclosure-answer")
	h.TapButton("答复")
	if o, _ = p.Opinions.Get(o.ID); o.State() != domain.OpinionAnswered {
		t.Errorf("%s: %s", o.State(), labels(h))
	}
	pg.Tabs.Show("revisions")
	h.Shot("disclosure-revisions")
}

// A published text that is changed in a table is refused with a question that leads to
// the revision, filled in.
func TestChangedPublishedTextLeadsToRevision(t *testing.T) {
	h, pg := open(t, true)
	p := h.Session().Pilot
	h.Shot("disclosure-sample")
	d := p.Disclosures.All()[0]
	pg.Show(string(d.ID))
	h.TapButton("开始公示") // what an import does not know is filled in first
	h.TapButton("保存草稿")
	h.TapButton("开始公示")
	h.TapButton("开始公示")
	l := records.NewList(h, domain.KindRiskPoint, records.Options{Name: "x"})
	h.Window().SetContent(l.Content())
	if err := l.Grid.OnEdit(0, "description", "改写的表现形式"); err != nil {
		t.Errorf("the cell says %v besides the question", err)
	}
	wantSaid(t, h, "改动要有依据")
	h.Shot("disclosure-offer")
	h.TapButton("依据意见修订…")
	if len(h.Visits) != 1 || h.Visits[0].Screen != page.Disclosure {
		t.Fatalf("leads to %v", h.Visits)
	}
	h.Open(pg, h.Visits[0].Arg)
	if e := pagetest.Find[*widgets.TextArea](h); !slices.ContainsFunc(e, func(t *widgets.TextArea) bool { return t.Text == "改写的表现形式" }) {
		t.Error("what was typed is lost")
	}
	h.TapButton("修订")
	wantSaid(t, h, "修订要有依据")
}

func TestWithdrawAndCorrect(t *testing.T) {
	h, pg := open(t, false)
	p := h.Session().Pilot
	for range 2 {
		h.TapButton("起草风险点公示…")
		h.TapButton("保存草稿")
		all := p.Disclosures.All()
		pg.Show(string(all[len(all)-1].ID))
		h.TapButton("开始公示")
		h.TapButton("开始公示")
	}
	one, two := p.Disclosures.All()[0], p.Disclosures.All()[1]
	h.TapButton("撤回")
	h.TapButton("撤回")
	wantSaid(t, h, "撤回的理由")
	fill(t, h, "", "", "贴错地方")
	h.TapButton("撤回")
	pg.Show(string(one.ID))
	h.TapButton("更正")
	fill(t, h, "范围写错")
	h.Shot("disclosure-correct")
	h.TapButton("发布更正")
	one, _ = p.Disclosures.Get(one.ID)
	two, _ = p.Disclosures.Get(two.ID)
	if one.Life() != domain.DisclosureCorrected || two.Life() != domain.DisclosureWithdrawn || p.Disclosures.Len() != 3 {
		t.Errorf("%s, %s, %d notices, errors %v, %s", one.Life(), two.Life(), p.Disclosures.Len(), h.Errors, labels(h))
	}
}
