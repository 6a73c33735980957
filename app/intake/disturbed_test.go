package intake_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lianshao/app/intake"
	"lianshao/domain"
)

// known is the table that is disturbed: five points of two units.
var known = []map[string]string{
	{"code": "JJ-01", "unit": "基建处", "post": "甲方代表", "name": "虚签工程量", "description": "现场签证时多签工程量", "category": "业务流程", "likelihood": "4", "impact": "5", "level": "高", "measures": "影像留痕/双人签证", "owner": "科长"},
	{"code": "JJ-02", "unit": "基建处", "post": "招标专员", "name": "围标串标", "description": "对投标文件雷同不作检查", "category": "岗位职责", "likelihood": "3", "impact": "4", "level": "中", "measures": "雷同检查", "owner": "处长"},
	{"code": "JJ-03", "unit": "基建处", "post": "甲方代表", "name": "倒签日期", "description": "验收以后补签进场日期", "category": "制度机制", "likelihood": "2", "impact": "2", "level": "低", "measures": "系统记时/按月抽查/公开台账", "owner": "科长"},
	{"code": "SB-01", "unit": "设备处", "post": "采购员", "name": "指定品牌", "description": "参数写成某一品牌独有", "category": "业务流程", "likelihood": "5", "impact": "4", "level": "高", "measures": "参数论证/三家询价", "owner": "设备科长"},
	{"code": "SB-02", "unit": "设备处", "post": "验收员", "name": "验收走过场", "description": "不开箱就在验收单上签字", "category": "思想道德", "likelihood": "3", "impact": "3", "level": "中", "measures": "采验分离", "owner": "设备科长"},
}

// headers are how offices call the columns.
var headers = map[string][]string{"code": {"编号", "风险点编号", "编 号"}, "unit": {"部门", "单位", "部门名称"}, "post": {"岗位", "风险岗位", "岗位名称"},
	"name": {"廉政风险点", "风险点", "风险点名称", "风险点 Risk"}, "description": {"表现形式", "风险描述", "主要内容及表现形式", "风险表现", "表现形式⏎Description"}, "category": {"风险类别", "成因类别"},
	"likelihood": {"可能性", "发生可能性", "可能性⏎（1-5）"}, "impact": {"影响程度", "严重程度"}, "level": {"风险等级", "自评等级", "等级"},
	"measures": {"防控措施", "防范措施", "拟采取措施"}, "owner": {"责任人", "直接责任人"}}

// levelWords are how offices write 高, 中, 低.
var levelWords = [][3]string{{"高", "中", "低"}, {"Ⅰ", "Ⅱ", "Ⅲ"}, {"A", "B", "C"}, {"★★★", "★★", "★"}, {"高风险", "中风险", "低风险"}, {"一级", "二级", "三级"}, {"红", "橙", "黄"}}

// disturbed is a table on its way from the known one to what somebody made of it.
type disturbed struct {
	t     *rapid.T
	sheet intake.Sheet
	more  []*intake.Sheet // before it
	extra string          // the header of a column that nothing takes
	did   []string
	words [3]string // how the levels are written

	boxed, named bool // categories to tick; names with numbers
}

func (d *disturbed) maybe(what string) bool {
	yes := rapid.IntRange(0, 3).Draw(d.t, what) == 0
	if yes {
		d.did = append(d.did, what)
	}
	return yes
}

func (d *disturbed) pick(what string, n int) int { return rapid.IntRange(0, n-1).Draw(d.t, what) }

// put writes a row; left is how many columns stand empty before it.
func (d *disturbed) put(left int, cells ...string) int {
	row := intake.Row{No: d.next(), Cells: append(make([]string, left), cells...)}
	for i := range row.Cells {
		row.Cells[i] = strings.ReplaceAll(row.Cells[i], "⏎", "\n")
	}
	d.sheet.Rows = append(d.sheet.Rows, row)
	return row.No
}

func (d *disturbed) next() int {
	if n := len(d.sheet.Rows); n > 0 {
		return d.sheet.Rows[n-1].No + 1
	}
	return 1
}

// skip leaves rows empty.
func (d *disturbed) skip(n int) {
	d.sheet.Rows = append(d.sheet.Rows, intake.Row{No: d.next() + n - 1})
}

func (d *disturbed) merge(r1, c1, r2, c2 int) {
	if r1 != r2 || c1 != c2 {
		d.sheet.Merges = append(d.sheet.Merges, intake.Range{Row1: r1, Col1: c1 + 1, Row2: r2, Col2: c2 + 1})
	}
}

// disturb makes a sheet of the known table.
func disturb(t *rapid.T) *disturbed {
	d := &disturbed{t: t, sheet: intake.Sheet{Name: "Sheet1"}}
	fields := []string{"code", "unit", "post", "name", "description", "category", "likelihood", "impact", "level", "measures", "owner"}
	sections, mergedUnits := d.maybe("units as headings"), false
	if sections {
		fields = slices.DeleteFunc(fields, func(f string) bool { return f == "unit" })
	} else {
		mergedUnits = d.maybe("merged units")
	}
	if d.maybe("a column nobody takes") {
		d.extra = []string{"姓名", "联系电话", "监督方式", "上级文件"}[d.pick("which", 4)]
		fields = slices.Insert(fields, 1+d.pick("where", len(fields)), "extra")
	}
	d.boxed, d.named = d.maybe("boxes"), d.maybe("numbered names")
	dress := "%s"
	if sections && d.maybe("dressed headings") {
		dress = []string{"【%s】", "▲%s", "● %s", "一、%s", "（一）%s"}[d.pick("dress", 5)]
	}
	if d.maybe("shuffled columns") {
		fields = rapid.Permutation(fields).Draw(t, "order")
	}
	left := 0
	if d.maybe("not in column A") {
		left = 1 + d.pick("left", 3)
	}
	numbered := d.maybe("numbered")
	if d.maybe("title") {
		d.put(left, "岗位廉政风险点一览表")
	}
	if d.maybe("empty rows above") {
		d.skip(2)
	}
	d.header(left, fields, numbered)
	d.words = levelWords[d.pick("levels", len(levelWords))]
	several := d.maybe("measures over several rows")
	style := d.pick("numbers of measures", 4)
	unit, from := "", 0
	for i, rec := range known {
		if rec["unit"] != unit {
			if unit != "" && d.maybe("subtotal") {
				d.put(left, "小计", "", "", "3")
			}
			if unit = rec["unit"]; sections {
				no := d.put(left, fmt.Sprintf(dress, unit))
				d.merge(no, left, no, left+len(fields)-1)
			}
			from = 0
		}
		if i > 0 && (from == 0 || !mergedUnits) && d.maybe("header again") { // never within a merged area
			d.header(left, fields, numbered)
		}
		if from == 0 {
			from = d.next()
		}
		last := d.record(left, i, rec, fields, numbered, d.words, several, style)
		if mergedUnits && (i+1 == len(known) || known[i+1]["unit"] != unit) {
			at := left + slices.Index(fields, "unit")
			if numbered {
				at++
			}
			for k := range d.sheet.Rows {
				if r := &d.sheet.Rows[k]; r.No > from && r.No <= last && at < len(r.Cells) && r.Cells[at] == unit {
					r.Cells[at] = ""
				}
			}
			d.merge(from, at, last, at)
		}
		if d.maybe("note between") {
			d.put(left, "注：以上由部门自查")
		}
		if d.maybe("hidden row") {
			d.sheet.Rows[len(d.sheet.Rows)-1].Hidden = true
		}
	}
	if d.maybe("opinion below") {
		d.put(left, "部门审核意见", "", "同意")
	}
	if d.maybe("page number") {
		d.put(left, "第1页 共1页")
	}
	if d.maybe("signatures") {
		d.skip(1)
		d.put(left, "填表人：张某　　　审核人：李某")
	}
	if d.maybe("hidden column") {
		d.sheet.HiddenCols = []int{left + 1 + d.pick("which", len(fields)-1)}
	}
	return d
}

// header writes the header, in one or two rows.
func (d *disturbed) header(left int, fields []string, numbered bool) {
	var names []string
	if numbered {
		names = append(names, "序号")
	}
	for _, f := range fields {
		if f == "extra" {
			names = append(names, d.extra)
		} else {
			names = append(names, headers[f][d.pick("header "+f, len(headers[f]))])
		}
	}
	l, i := slices.Index(fields, "likelihood"), slices.Index(fields, "impact")
	if i != l+1 || !d.maybe("two header rows") {
		d.put(left, names...)
		return
	}
	if numbered {
		l, i = l+1, i+1
	}
	upper, lower := slices.Clone(names), make([]string, len(names))
	upper[l], upper[i] = "自评", ""
	lower[l], lower[i] = names[l], names[i]
	no := d.put(left, upper...)
	d.put(left, lower...)
	d.merge(no, left+l, no, left+i)
	for k := range names {
		if k != l && k != i {
			d.merge(no, left+k, no+1, left+k)
		}
	}
}

// record writes a point in one row, or with its measures in several.
func (d *disturbed) record(left, i int, rec map[string]string, fields []string, numbered bool, words [3]string, several bool, style int) (last int) {
	measures := strings.Split(rec["measures"], "/")
	rows := 1
	if several {
		rows = len(measures)
	}
	for k := range rows {
		var cells []string
		if numbered {
			cells = append(cells, []string{fmt.Sprint(i + 1), ""}[min(k, 1)])
		}
		for _, f := range fields {
			text := rec[f]
			switch {
			case f == "measures" && several:
				text = measures[k]
			case f == "measures":
				text = listed(measures, style)
			case k > 0:
				text = ""
			case f == "extra":
				text = "张某"
			case f == "category" && d.boxed:
				text = boxed(domain.Categories, text)
			case f == "name" && d.named:
				text = fmt.Sprintf("%d.%s", i+1, text)
			case f == "level":
				text = words[strings.Index("高中低", text)/len("高")]
			case (f == "likelihood" || f == "impact") && style == 1:
				text = string('０' + rune(text[0]-'0'))
			case (f == "likelihood" || f == "impact") && style == 2:
				text += "分"
			}
			cells = append(cells, text)
		}
		last = d.put(left, cells...)
	}
	return last
}

// listed puts measures into one cell as offices do.
func listed(measures []string, style int) string {
	var out []string
	for i, m := range measures {
		out = append(out, []string{fmt.Sprintf("%d.%s", i+1, m), fmt.Sprintf("（%d）%s；", i+1, m), fmt.Sprintf("%d、%s", i+1, m), string(rune('①'+i)) + m}[style])
	}
	return strings.Join(out, []string{"⏎", "", "⏎", ""}[style])
}

// wanted is what a person reads in the table, however it was disturbed.
func wanted(words [3]string) (out []string) {
	for _, rec := range known {
		var parts []string
		for f, v := range rec {
			if f == "level" {
				v = words[strings.Index("高中低", v)/len("高")]
			}
			parts = append(parts, f+"="+v)
		}
		slices.Sort(parts)
		out = append(out, "point "+strings.Join(parts, " | "))
	}
	slices.Sort(out)
	return out
}

// Whatever offices do to a table, in whatever combination: what comes in is exactly
// what stands there, or a cell is named and asked about. Nothing is wrong in silence.
func TestDisturbedTables(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	if checks.Value.String() == checks.DefValue {
		checks.Value.Set("150")
		defer checks.Value.Set(checks.DefValue)
	}
	for _, c := range []struct {
		name string
		make func(*rapid.T) *disturbed
	}{{"one table", disturb}, {"cards", disturbCards}, {"side by side", disturbBeside}, {"below each other", disturbBelow}} {
		t.Run(c.name, func(t *testing.T) {
			exact, asked := 0, 0
			rapid.Check(t, func(t *rapid.T) {
				if c.make(t).check() {
					exact++
				} else {
					asked++
				}
			})
			t.Logf("%d read exactly, %d asked about", exact, asked)
			if exact*10 < (exact+asked)*8 {
				t.Errorf("only %d of %d are read exactly", exact, exact+asked)
			}
		})
	}
}

// check imports the sheets and reports whether they were read exactly; what is wrong
// and not asked about fails the test.
func (d *disturbed) check() bool {
	p := schemePilot([]string{"高", "中", "低"})
	b := &intake.Book{File: "一览表.xlsx", Sheets: append(d.more, &d.sheet)}
	guesses := intake.Analyse([]*intake.Book{b}, intake.Options{})
	pl := intake.NewPlan(p, guesses, intake.Env{IDs: ids(), Year: 2026})
	p.Apply(pl.Changes)
	said := slices.DeleteFunc(sentences(pl), func(s string) bool {
		return strings.HasPrefix(s, " ") || slices.ContainsFunc(routine, func(r string) bool { return strings.Contains(s, r) }) ||
			d.extra != "" && (strings.Contains(s, " “"+d.extra+"”没有对应的栏目") || strings.Contains(s, "看不出“"+d.extra+"”"))
	})
	diff := cmp.Diff(wanted([3]string{"高", "中", "低"}), rendered(p))
	unsure := slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "对不上，先按原文保存") })
	if diff == "" || unsure && cmp.Equal(wanted(d.words), d.undressed(rendered(p))) { // which level Ⅰ is only a person knows
		return true
	}
	if !slices.ContainsFunc(said, func(s string) bool { return !strings.Contains(s, "对不上，先按原文保存") }) {
		d.t.Errorf("wrong in silence after %v:\n%s\nsaid %q\n%s", d.did, diff, said, d.shown())
	}
	return false
}

// undressed puts the words of the office in the place of the scheme's.
func (d *disturbed) undressed(points []string) (out []string) {
	for _, p := range points {
		for i, word := range []string{"高", "中", "低"} {
			p = strings.Replace(p, "level="+word+" |", "level="+d.words[i]+" |", 1)
		}
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// routine are remarks that come whether or not a table is read rightly.
var routine = []string{"隐藏", "等级按等级方案记为"}

func (d *disturbed) shown() string {
	var out []string
	for _, s := range append(d.more, &d.sheet) {
		for _, r := range s.Rows {
			out = append(out, fmt.Sprint(r.No, " ", strings.Join(r.Cells, "|")))
		}
		out = append(out, fmt.Sprint(s.Merges))
	}
	return strings.Join(out, "\n")
}
