package report

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// disclosurePaper is the 公示: one notice for each, the points of the first without
// levels, the measures of the second. With no notice in the pilot it is the first one
// with its dates left open.
func disclosurePaper() Paper {
	return Paper{ID: "disclosure", Title: "廉政风险公示", Public: true, Ready: hasPoints(),
		Tables: func(in Input, o Options) []*table.TableModel {
			var out []*table.TableModel
			for _, d := range in.Pilot.Disclosures.All() {
				if o.Record == d.ID || o.Record == "" && d.Life() != domain.DisclosureWithdrawn && d.Life() != domain.DisclosureCorrected {
					out = append(out, DisclosureTable(in, d, o))
				}
			}
			if len(out) == 0 {
				out = append(out, DisclosureTable(in, &domain.Disclosure{No: 1, Subject: domain.SubjectPoints}, o))
			}
			return out
		}}
}

// DisclosedNow lists what a notice shows if it starts now: the points in force of its
// units, those without measures left out of a notice of measures.
func DisclosedNow(p *domain.Pilot, d *domain.Disclosure) []domain.ShownItem {
	var out []domain.ShownItem
	for _, u := range p.Units.All() {
		if !d.Covers(u.ID) {
			continue
		}
		for _, r := range p.RiskPoints.By(domain.ByUnit, u.ID) {
			ms := p.Measures.By(domain.ByPoint, r.ID)
			if r.Status != domain.PointActive || d.OfMeasures() && len(ms) == 0 {
				continue
			}
			x := domain.ShownItem{Point: r.ID, Unit: u.Name, Post: p.NameOf(domain.KindPost, r.Post), Code: r.Code, Name: r.Name,
				Description: r.Description, Category: r.Category}
			if d.OfMeasures() {
				x.Step = joinDash(p.NameOf(domain.KindWorkflow, r.Workflow), p.NameOf(domain.KindStep, r.Step))
				for _, m := range ms {
					x.Measures = append(x.Measures, m.Content)
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// DisclosureTable is the notice: in the words it was issued with once it has started,
// else as it would be issued now. o.Unit narrows it for a unit's own notice board;
// o.Anon takes the place of the notice's own level.
func DisclosureTable(in Input, d *domain.Disclosure, o Options) *table.TableModel {
	items := d.Shown
	if len(items) == 0 {
		items = DisclosedNow(in.Pilot, d)
	}
	if u, ok := in.Pilot.Units.Get(o.Unit); ok {
		items = slices.DeleteFunc(slices.Clone(items), func(x domain.ShownItem) bool { return x.Unit != u.Name })
	}
	level := publish.Level(d.Level())
	if o.Anon != "" {
		level = o.Anon
	}
	name := "廉政风险点"
	if d.OfMeasures() {
		name = "廉政风险防范措施"
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + name + "公示", Sizes: table.Sizes{Title: 17, Subtitle: 11, Text: 9, Note: 10}, Level: string(level),
		Subtitles: []table.Line{{Center: "（" + nth(d.No) + "）"}}, Opening: disclosureOpening(in, d, name), Notes: disclosureNotes(in, d),
		Footer: name + "公示（" + nth(d.No) + "）", Empty: "公示范围内还没有" + name}
	switch {
	case level == publish.Counts:
		countRows(t, items, d.OfMeasures())
	case d.OfMeasures():
		measureRows(t, items)
	default:
		pointRows(t, items)
	}
	return t
}

type shown = domain.ShownItem

func pointRows(t *table.TableModel, items []shown) {
	cols := []col[shown]{
		{title: "部门", width: 26, center: true, get: func(x shown) string { return x.Unit }},
		{title: "岗位", width: 26, center: true, get: func(x shown) string { return x.Post }},
		{title: "编号", width: 15, nowrap: true, center: true, get: func(x shown) string { return x.Code }},
		{title: "廉政风险点", weight: 1.6, get: func(x shown) string { return x.Name }},
		{title: "表现形式", weight: 3, get: func(x shown) string { return x.Description }},
	}
	t.Columns, t.Rows = numbered(cols, items)
	table.MergeEqual(t.Rows, 1, 2)
}

func measureRows(t *table.TableModel, items []shown) {
	cols := []col[shown]{
		{title: "部门", width: 22, center: true, get: func(x shown) string { return x.Unit }},
		{title: "岗位", width: 22, center: true, get: func(x shown) string { return x.Post }},
		{title: "编号", width: 15, nowrap: true, center: true, get: func(x shown) string { return x.Code }},
		{title: "廉政风险点", weight: 1.5, get: func(x shown) string { return x.Name }},
		{title: "流程环节", weight: 1.2, get: func(x shown) string { return x.Step }},
		{title: "防范措施", weight: 3.4, get: func(x shown) string { return numberedLines(x.Measures) }},
	}
	t.Columns, t.Rows = numbered(cols, items)
	table.MergeEqual(t.Rows, 1, 2)
}

func numberedLines(texts []string) string {
	if len(texts) == 1 {
		return texts[0]
	}
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = fmt.Sprintf("%d.%s", i+1, s)
	}
	return strings.Join(out, "\n")
}

// countRows tells how many points, or measures, each unit has of each category;
// numbers that could point at somebody are not shown.
func countRows(t *table.TableModel, items []shown, measures bool) {
	var units, categories []string
	for _, x := range items {
		if !slices.Contains(units, x.Unit) {
			units = append(units, x.Unit)
		}
		if c := orElse(x.Category, "未分类"); !slices.Contains(categories, c) {
			categories = append(categories, c)
		}
	}
	slices.SortStableFunc(categories, func(a, b string) int { return rankOf(a) - rankOf(b) })
	counts := make([][]int, len(units))
	for i := range counts {
		counts[i] = make([]int, len(categories))
	}
	for _, x := range items {
		n := 1
		if measures {
			n = len(x.Measures)
		}
		counts[slices.Index(units, x.Unit)][slices.Index(categories, orElse(x.Category, "未分类"))] += n
	}
	cells, totals, sums := publish.Suppress(counts)
	t.Columns = []table.Column{{Title: "部门", Weight: 2}}
	for _, c := range categories {
		t.Columns = append(t.Columns, table.Column{Title: c, Weight: 1, Align: draw.Right})
	}
	t.Columns = append(t.Columns, table.Column{Title: "合计", Weight: 1, Align: draw.Right})
	for i, u := range units {
		t.Rows = append(t.Rows, table.Texts(append(append([]string{u}, cells[i]...), totals[i])...))
	}
	if len(units) > 1 {
		last := table.Texts(append(append([]string{"合计"}, sums...), totalOf(counts))...)
		last.Bold = true
		t.Rows = append(t.Rows, last)
	}
	t.Notes = append([]string{"注：不足5个的数目不列，以＊代替。"}, t.Notes...)
}

// totalOf is the sum of all counts, unless it is so small that it is not shown.
func totalOf(counts [][]int) string {
	n := 0
	for _, line := range counts {
		for _, c := range line {
			n += c
		}
	}
	_, total, _ := publish.Suppress([][]int{{n}})
	return total[0]
}

// rankOf is the place of a category in the order of domain.Categories.
func rankOf(category string) int {
	if i := slices.Index(domain.Categories, category); i >= 0 {
		return i
	}
	return len(domain.Categories)
}

func disclosureOpening(in Input, d *domain.Disclosure, name string) []string {
	p := in.Pilot
	first := fmt.Sprintf("　　根据《%s》安排，现将%s的%s予以公示，听取意见。", orElse(p.Info().Name, "廉政风险预警防范试点工作方案"), disclosureUnits(p, d), name)
	if f, ok := p.Disclosures.Get(d.Follows.ID); ok {
		first += fmt.Sprintf("本公示更正%s公示，%s公示同时停止执行。", nth(f.No), nth(f.No))
	}
	out := []string{first, "　　公示时间：" + disclosureDates(p, d)}
	if d.Scope != "" {
		out = append(out, "　　公示范围："+d.Scope)
	}
	if d.Channel != "" {
		out = append(out, "　　公示方式："+d.Channel)
	}
	contact := orElse(d.Contact, "意见箱、电话、电子邮件或来访")
	return append(out, fmt.Sprintf("　　公示期间，如有补充或不同意见，请通过以下方式反映：%s。反映意见可以不署名；署名的，自收到之日起%d个工作日内答复。", strings.TrimRight(contact, "。"), d.ReplyWithin()))
}

func disclosureUnits(p *domain.Pilot, d *domain.Disclosure) string {
	if len(d.Units) > 0 {
		return p.NamesOf(domain.KindUnit, d.Units)
	}
	var names []string
	for _, u := range p.Units.All() {
		names = append(names, u.Name)
	}
	if len(names) == 0 || len(names) > 6 {
		return "各试点部门"
	}
	return strings.Join(names, "、")
}

func disclosureDates(p *domain.Pilot, d *domain.Disclosure) string {
	if d.Start == "" {
		return "　　　　年　　月　　日至　　　　年　　月　　日"
	}
	days := app.CalendarOf(p).WorkdaysIn(d.Start, d.End)
	return fmt.Sprintf("%s至%s（%d个工作日）", chineseDay(d.Start), chineseDay(d.End), days)
}

func chineseDay(d domain.Date) string {
	if d == "" {
		return "　　　　年　　月　　日"
	}
	return d.Time().Format("2006年1月2日")
}

// disclosureNotes end the notice: who issued it, and what became of it since.
func disclosureNotes(in Input, d *domain.Disclosure) []string {
	day := d.Start
	if day == "" {
		day = in.Today
	}
	notes := []string{fmt.Sprintf("发布：试点工作领导小组办公室　　%s", chineseDay(day))}
	for _, a := range d.Actions {
		switch a.Event {
		case domain.EventCorrect:
			if next, ok := in.Pilot.Disclosures.Get(a.Paper.ID); ok {
				notes = append(notes, fmt.Sprintf("本公示已于 %s 由%s公示更正，不再执行。", a.Date, nth(next.No)))
			}
		case domain.EventWithdraw:
			notes = append(notes, fmt.Sprintf("本公示已于 %s 撤回：%s", a.Date, a.Text))
		}
	}
	return notes
}

// nth is 第一次, 第十二次.
func nth(no int) string {
	digits := []rune("〇一二三四五六七八九十")
	switch {
	case no < 0 || no >= 100:
		return fmt.Sprintf("第%d次", no)
	case no <= 10:
		return "第" + string(digits[no]) + "次"
	}
	out := "十"
	if no >= 20 {
		out = string(digits[no/10]) + out
	}
	if no%10 > 0 {
		out += string(digits[no%10])
	}
	return "第" + out + "次"
}
