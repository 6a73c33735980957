package importing_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
	"lianshao/ui/page/pagetest"
	"lianshao/ui/widgets"
)

func csvFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tapRole opens the menu of a column's head and takes an item.
func tapRole(h *pagetest.Host, col int, item string) {
	g := pagetest.Find[*widgets.DataGrid](h)[1]
	pos, _ := g.CellPosition(0, g.Columns()[col+1].ID)
	h.TapAt(g, fyne.NewPos(pos.X, 10))
	h.TapMenu(item)
}

// copied is what a grid shows, as the clipboard gets it.
func copied(g *widgets.DataGrid) []string {
	g.SelectAll()
	g.Copy()
	return strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\n")
}

// A mapping corrected once is applied to the next file of that layout, and the
// header word is known from then on.
func TestCorrectedMappingIsRemembered(t *testing.T) {
	const head = "部门,毛病,风险等级,怎么防\n"
	h, p := open(t, csvFile(t, "一月.csv", head+"基建处,虚签工程量,高,影像留痕\n"))
	pagetest.Find[*widget.Select](h)[0].SetSelected("风险点表")
	tapRole(h, 1, "廉政风险点")
	tapRole(h, 3, "措施内容")
	wantText(t, h, "新增 1 ")
	h.TapButton("全部导入")
	pilot := h.Session().Pilot
	if pilot.Layouts.Len() != 1 || pilot.Synonyms.Len() != 2 {
		t.Fatalf("%d layouts, %d words remembered", pilot.Layouts.Len(), pilot.Synonyms.Len())
	}
	p.Show(csvFile(t, "二月.csv", head+"基建处,围标失察,中,雷同检查\n"))
	wantText(t, h, "新增 1 ")
	wantText(t, h, "按以前改过的对照读取")
	h.Shot("import-remembered")
	h.TapButton("全部导入")
	if n := pilot.RiskPoints.Len(); n != 2 {
		t.Errorf("%d points", n)
	}
	p.Show(csvFile(t, "三月.csv", "怎么防,毛病,责任人,部门\n双人签证,倒签日期,科长,基建处\n")) // another layout, the same words
	wantText(t, h, "新增 1 ")
	if err := h.Session().Undo(); err != nil {
		t.Fatal(err)
	}
}

// What texts of a column stand for can be said for all rows at once.
func TestValuesAreExplained(t *testing.T) {
	h, _ := open(t, csvFile(t, "台账.csv", "编号,部门,风险点,可能性,防控措施\nJJ-01,基建处,虚签,极大,影像留痕\nJJ-02,基建处,围标,较小,雷同检查\n"))
	wantText(t, h, "有问题 2")
	tapRole(h, 3, "内容对照…")
	sel := pagetest.Find[*widget.Select](h)
	for _, s := range sel[len(sel)-2:] {
		if s.Selected != "（照原文）" {
			t.Fatalf("the dialog asks %q", s.Selected)
		}
	}
	sel[len(sel)-2].SetSelected("5")
	sel[len(sel)-1].SetSelected("2")
	h.Shot("import-values")
	h.TapButton("就这样对照")
	wantText(t, h, "新增 2 ")
	h.TapButton("全部导入")
	for code, want := range map[string]int{"JJ-01": 5, "JJ-02": 2} {
		if pt, ok := h.Session().Pilot.RiskPoints.ByKey(code); !ok || pt.Likelihood != want {
			t.Errorf("%s: %+v", code, pt)
		}
	}
}

// From a problem with a word that is no category Enter leads to the question which one
// it is; the answer takes the row in.
func TestUnknownCategoryIsAsked(t *testing.T) {
	h, _ := open(t, csvFile(t, "台账.csv", "编号,部门,风险点,风险类别\nJJ-01,基建处,虚签,权力运行\nJJ-02,基建处,围标,制度机制风险\n"))
	wantText(t, h, "新增 1 ")
	wantText(t, h, "D2：没有“权力运行”这个风险类别")
	grids := pagetest.Find[*widgets.DataGrid](h)
	problems := grids[len(grids)-1]
	problems.OnActivate(0)
	sel := pagetest.Find[*widget.Select](h)
	sel[len(sel)-2].SetSelected("业务流程")
	h.TapButton("就这样对照")
	wantText(t, h, "新增 2 ")
	h.TapButton("全部导入")
	for code, want := range map[string]string{"JJ-01": "业务流程", "JJ-02": "制度机制"} {
		if pt, ok := h.Session().Pilot.RiskPoints.ByKey(code); !ok || pt.Category != want {
			t.Errorf("%s: %+v", code, pt)
		}
	}
}

// Header words can be added and removed by hand.
func TestHeaderWords(t *testing.T) {
	path := csvFile(t, "台账.csv", "部门,毛病,防控措施\n基建处,虚签,影像留痕\n")
	h, _ := open(t, path)
	wantText(t, h, "有问题 1")
	h.TapButton("列名词表…")
	sel := pagetest.Find[*widget.Select](h)
	sel[len(sel)-1].SetSelected("廉政风险点")
	entries := pagetest.Find[*widget.Entry](h)
	entries[len(entries)-1].SetText("毛病")
	h.TapButton("添加")
	wantText(t, h, "已添加“毛病”")
	h.Shot("import-words")
	h.TapButton("关闭")
	wantText(t, h, "新增 1 ")
	words := h.Session().Pilot.Synonyms.All()
	if len(words) != 1 || words[0].Form != "riskpoint" || words[0].Field != "name" || domain.BaseOf(words[0]).ID == "" {
		t.Errorf("%+v", words)
	}
	h.TapButton("列名词表…")
	grids := pagetest.Find[*widgets.DataGrid](h)
	g := grids[len(grids)-1]
	g.OnDelete([]int{0})
	if n := h.Session().Pilot.Synonyms.Len(); n != 0 {
		t.Errorf("%d words left", n)
	}
	g.OnDelete([]int{0})
	wantText(t, h, "自带的列名不能删除")
}

// A card is shown as what was read out of it, and every table of a sheet by itself.
func TestCardsAndPartsAreShown(t *testing.T) {
	dir := "../../testdata/layouts/"
	cards, err := filepath.Glob(dir + "*上下两张卡.xlsx")
	if err != nil || len(cards) != 1 {
		t.Fatal(cards, err)
	}
	two, err := filepath.Glob(dir + "*左右两张表.xlsx")
	if err != nil || len(two) != 1 {
		t.Fatal(two, err)
	}
	h, _ := open(t, cards[0])
	wantText(t, h, "标签在左、内容在右")
	g := pagetest.Find[*widgets.DataGrid](h)[1]
	if rows := copied(g); len(rows) != 2 || !strings.Contains(rows[1], "假询价") {
		t.Errorf("cards are shown as %q", rows)
	}
	h.Shot("import-cards")
	h, _ = open(t, two[0])
	wantText(t, h, "2 张工作表中导入 2 张")
	list := pagetest.Find[*widgets.DataGrid](h)[0]
	if rows := copied(list); len(rows) != 2 || !strings.Contains(rows[1], "汇总 F3") {
		t.Errorf("the tables are listed as %q", rows)
	}
	h.Shot("import-two-tables")
}

// What stands above a table holds for all its rows: the page says so, and where the
// words were edited it shows the same table again, read by the new words.
func TestPreviewSaysWhatIsReadAroundTheTable(t *testing.T) {
	first := csvFile(t, "一.csv", "风险点,等级,防控措施,部门\n围标,高,检查,设备处\n")
	second := csvFile(t, "二.csv", "填报单位：基建处\n岗位：甲方代表\n风险点,等级,防控措施,何人\n虚签,高,留痕,科长\n")
	h, p := open(t, first)
	p.Show(second)
	wantText(t, h, "部门：基建处，岗位：甲方代表；")
	h.TapButton("列名词表…")
	selects := pagetest.Find[*widget.Select](h)
	selects[len(selects)-1].SetSelected("责任人")
	entries := pagetest.Find[*widget.Entry](h)
	entries[len(entries)-1].SetText("何人")
	h.TapButton("添加")
	h.TapButton("关闭")
	wantText(t, h, "部门：基建处，岗位：甲方代表；")
	h.TapButton("全部导入")
	var owners []string
	for _, r := range h.Session().Pilot.RiskPoints.All() {
		owners = append(owners, r.Owner)
	}
	if slices.Sort(owners); !slices.Equal(owners, []string{"", "科长"}) {
		t.Errorf("owners %q", owners)
	}
}
