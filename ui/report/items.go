package reportpage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/summary"
	"lianshao/app/report/table"
)

// item is a line of the list: a heading, a paper, a book of papers, a document for
// Word or a chart.
type item struct {
	id, title string
	paper     *report.Paper
	book      *report.Book
	doc       func(summary.Facts) *document.Document
	chart     *report.Chart
	ready     bool
	why       string // why not
}

func (it *item) heading() bool { return it.id == "" }

// The documents that are written for Word.
const (
	SummaryReport = "summary-report"
	SummaryLetter = "summary-letter"
)

// chapters are the headings over papers, by the first paper below each.
var chapters = map[string]string{overviewID: "方案组织", "authorities": "职权流程", "post-form": "风险排查", "disclosure": "公示意见",
	"factors": "评估预警", "measures": "防范检查"}

const overviewID = "overview" // shown first

// allItems lists documents, books of papers, papers by the phase of the pilot, and
// charts.
func allItems() []*item {
	out := []*item{{title: "公文"}, {id: SummaryReport, title: "试点工作总结报告", doc: summary.Report}, {id: SummaryLetter, title: "上报文", doc: summary.Letter},
		{title: "成册"}}
	for _, b := range report.Books() {
		out = append(out, &item{id: b.ID, title: b.Title, book: &b})
	}
	for _, p := range report.Papers() {
		if title, ok := chapters[p.ID]; ok {
			out = append(out, &item{title: title})
		}
		out = append(out, &item{id: p.ID, title: p.Title, paper: &p})
	}
	out = append(out, &item{title: "图表"})
	for _, c := range report.Charts() {
		id := c.ID
		if slices.ContainsFunc(out, func(it *item) bool { return it.id == id }) {
			id = "chart-" + id // a paper of the same name goes first
		}
		out = append(out, &item{id: id, title: c.Title, chart: &c})
	}
	return out
}

// look finds out whether there is something to print.
func (it *item) look(in report.Input) {
	switch {
	case it.paper != nil:
		it.ready, it.why = it.paper.Ready(in)
		if !it.ready && it.paper.HasBlank {
			it.why += lang.L("。也可以勾选“空白表”，先打印空白表")
		}
	case it.chart != nil:
		it.ready, it.why = chartReady(it.chart.ID, in)
	case it.doc != nil:
		it.ready = in.Pilot.Milestones.Len() > 0 || len(in.Pilot.ActivePoints()) > 0
		it.why = lang.L("试点里还没有可以写进报告的内容")
	case it.book != nil:
		it.ready = len(it.book.Ready(in)) > 0
		it.why = lang.L("试点里还没有可以打印的内容")
	}
}

// lay makes the pages of the item.
func (it *item) lay(in report.Input, o report.Options, m draw.Measurer) ([]draw.Drawing, error) {
	switch {
	case it.paper != nil:
		if !o.Blank && !it.ready {
			return nil, app.E(app.CodeInvalid, "%s", it.why)
		}
		return it.paper.Pages(in, o, m)
	case it.chart != nil:
		return chartPages(it.chart, in, o, m)
	}
	return it.book.Pages(in, o, m)
}

// tables are what can be written to Excel; none for charts and flow charts.
func (it *item) tables(in report.Input, o report.Options) (out []*table.TableModel, err error) {
	var papers []report.Paper
	switch {
	case it.paper != nil:
		papers = append(papers, *it.paper)
	case it.book != nil:
		papers = it.book.Chosen(in, o)
	}
	for _, p := range papers {
		if p.Tables == nil {
			continue
		}
		tables, err := p.Sheets(in, o)
		if err != nil {
			return nil, err
		}
		for _, t := range tables {
			if o.A3 {
				t.Page.Paper = draw.A3
			}
		}
		out = append(out, tables...)
	}
	return out, nil
}

// named refuses a name of a file, or title of its properties, that gives away what
// the item must not show at its level.
func (it *item) named(in report.Input, o report.Options, path, title string) error {
	level := o.Anon
	if it.paper != nil {
		level = it.paper.LevelOf(in, o)
	}
	return report.CheckName(in.Pilot, level, path, title)
}

// chartReady says whether a chart has something to show; if not, why not.
func chartReady(id string, in report.Input) (bool, string) {
	switch id {
	case "plan":
		return in.Pilot.Milestones.Len() > 0, lang.L("还没有工作步骤：请先导入工作步骤安排表")
	case "monitors":
		return in.Pilot.Monitors.Len() > 0, lang.L("还没有监测指标：请先导入监测指标月报")
	case "ranking":
		return in.Result != nil, lang.L("还没有评估结果：请先完成一次评估")
	case "comparison":
		return in.Before != nil, lang.L("还没有两次评估可以对比")
	}
	return len(in.Pilot.ActivePoints()) > 0, lang.L("还没有风险点：请先导入自查表或新增风险点")
}

// titled is a chart with the title of its page.
type titled struct {
	title string
	model chart.Model
}

// chartModels lists the charts of an item: one, or one for each monitor.
func chartModels(c *report.Chart, in report.Input) (out []titled) {
	if c.ID == "monitors" {
		for _, m := range in.Pilot.Monitors.All() {
			out = append(out, titled{c.Title, report.MonitorLines(in.Pilot, m)})
		}
		return out
	}
	if m := c.Build(in); m != nil {
		out = append(out, titled{c.Title, m})
	}
	return out
}

func chartPages(c *report.Chart, in report.Input, o report.Options, m draw.Measurer) ([]draw.Drawing, error) {
	if ok, why := chartReady(c.ID, in); !ok {
		return nil, app.E(app.CodeInvalid, "%s", why)
	}
	models := chartModels(c, in)
	pages := make([]draw.Drawing, len(models))
	for i, x := range models {
		d := chart.Layout(x.model, c.W, c.H, m)
		pg := draw.Page{Landscape: d.W > d.H*1.1}
		if o.A3 {
			pg.Paper = draw.A3
		}
		pages[i] = draw.FitPage(d, pg, draw.Frame{Title: x.title, Subtitle: roundName(in), Left: in.Pilot.Info().Name,
			Right: draw.PageLabel(i+1, len(models))}, m)
	}
	return pages, nil
}

func roundName(in report.Input) string {
	if in.Result == nil {
		return string(in.Today)
	}
	return in.Result.Round.Name + "　" + string(in.Today)
}

// layout lays out the chosen item, beside the window when it may take long.
func (p *reportPage) layout() {
	if p.chosen.doc != nil {
		p.layDocument()
		return
	}
	p.note.Hide()
	it, in, o, m := p.chosen, p.options.input(), p.options.chosen(p.chosen), p.h.Metrics()
	var pages []draw.Drawing
	var missing []rune
	work := func(ctx context.Context, _ func(int, int)) (err error) {
		if pages, err = it.lay(in, o, m); err == nil {
			missing = missingIn(pages, m)
			err = ctx.Err()
		}
		return err
	}
	done := func(err error) {
		p.show(pages, err)
		p.tellMissing(missing)
	}
	if it.book == nil && in.Pilot.RiskPoints.Len() <= manyPoints {
		done(work(context.Background(), nil))
		return
	}
	p.h.Work(lang.L("正在排版"), work, done)
}

// missingIn collects the characters that the fonts do not have.
func missingIn(pages []draw.Drawing, m draw.Measurer) (missing []rune) {
	fonts, ok := m.(interface{ Missing(text string) []rune })
	if !ok {
		return nil
	}
	for _, d := range pages {
		for _, it := range d.Items {
			if t, ok := it.(draw.Text); ok {
				for _, r := range fonts.Missing(t.String) {
					if !slices.Contains(missing, r) {
						missing = append(missing, r)
					}
				}
			}
		}
	}
	return missing
}

// tellMissing names missing characters, once for each set of them.
func (p *reportPage) tellMissing(missing []rune) {
	text := spell(missing)
	if text != "" && text != p.told {
		p.h.Toast(fmt.Sprintf(lang.L("这些字没有字形，打印时显示为〓：%s"), text))
	}
	p.told = text
}

// spell names characters with their code, for they cannot be shown.
func spell(missing []rune) string {
	var out []string
	for _, r := range missing {
		out = append(out, fmt.Sprintf("%c（U+%04X）", r, r))
	}
	return strings.Join(out, "、")
}
