// Package summary writes the 试点工作总结报告 and its cover letter from the pilot's own
// facts: what was done, when, by whom, what came out. A fact that the pilot does not
// hold is marked for somebody to fill in, never invented.
package summary

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/chart"
	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// Facts are what the report is made of. First and Last are the first and the latest
// round; Last is nil while there is only one, both are nil before any.
type Facts struct {
	Pilot       *domain.Pilot
	First, Last *domain.RoundResult
	Today       domain.Date
	Head        app.ChainHead // of the journal, which the document carries as a code
	Metrics     draw.Measurer // for charts
}

// FactsOf collects the facts of an open pilot.
func FactsOf(s *app.Session, m draw.Measurer) Facts {
	f := Facts{Pilot: s.Pilot, Today: domain.Date(s.Clock().Format("2006-01-02")), Head: s.Head(), Metrics: m}
	var rounds []*domain.RoundResult
	for _, a := range s.Pilot.Assessments.All() {
		if res := s.Result(a.No); res != nil && res.Incomplete < len(res.Points) {
			rounds = append(rounds, res)
		}
	}
	slices.SortFunc(rounds, func(a, b *domain.RoundResult) int { return a.Round.No - b.Round.No })
	if n := len(rounds); n > 0 {
		f.First = rounds[0]
		if n > 1 {
			f.Last = rounds[n-1]
		}
	}
	return f
}

// latest is the round that speaks for the present.
func (f Facts) latest() *domain.RoundResult {
	if f.Last != nil {
		return f.Last
	}
	return f.First
}

// input is what charts and papers of the report are made of.
func (f Facts) input() report.Input {
	in := report.Input{Pilot: f.Pilot, Result: f.latest(), Today: f.Today}
	if f.Last != nil {
		in.Before = f.First
	}
	return in
}

// writer grows a document. Tables and figures are numbered as they come.
type writer struct {
	Facts
	document.Document
	tables, figures int
}

func newWriter(f Facts) *writer {
	return &writer{Facts: f, Document: document.Document{Code: report.CodeLine(f.Head)}}
}

// Report is the 试点工作总结报告.
func Report(f Facts) *document.Document {
	w := newWriter(f)
	w.Title = w.school() + "廉政风险预警防范试点工作总结报告"
	w.Add(document.Heading{Text: w.school() + "\n廉政风险预警防范试点工作总结报告"}, document.Paragraph{})
	w.opening()
	w.basics()
	w.process()
	w.results()
	w.systems()
	w.problems()
	w.proposals()
	w.ending()
	w.appendices()
	return &w.Document
}

func (w *writer) school() string {
	if s := w.Pilot.Info().School; s != "" {
		return s
	}
	return document.Missing("学校名称")
}

// say adds a paragraph of sentences.
func (w *writer) say(parts ...string) {
	if text := strings.Join(parts, ""); text != "" {
		w.Add(document.Paragraph{Text: text})
	}
}

func (w *writer) head(level int, text string) { w.Add(document.Heading{Level: level, Text: text}) }

// table adds a captioned table.
func (w *writer) table(caption string, t document.Table) {
	w.tables++
	w.Add(document.Caption{Text: fmt.Sprintf("表%d　%s", w.tables, caption)}, t)
}

// picture adds a captioned chart as wide as the text.
func (w *writer) picture(caption string, model chart.Model, height float64) {
	if w.Metrics == nil {
		return
	}
	w.figures++
	w.Add(document.Picture{Drawing: report.Trim(chart.Layout(model, 760, height, w.Metrics)), Alt: caption},
		document.Caption{Text: fmt.Sprintf("图%d　%s", w.figures, caption), Below: true})
}

// grid is a table of texts: the first row is the header, columns after the first
// centred.
func grid(weights []float64, header []string, rows ...[]string) document.Table {
	t := document.Table{Header: 1}
	for i, w := range weights {
		align := draw.Center
		if i == 0 {
			align = draw.Left
		}
		t.Columns = append(t.Columns, document.Column{Weight: w, Align: align})
	}
	add := func(texts []string, centred bool) {
		var r document.Row
		for _, s := range texts {
			r.Cells = append(r.Cells, document.Cell{Text: s, Align: draw.Center, Own: centred})
		}
		t.Rows = append(t.Rows, r)
	}
	add(header, true)
	for _, r := range rows {
		add(r, false)
	}
	return t
}

// paper adds a printed paper of the house as a table; nothing if it is not ready.
func (w *writer) paper(id, caption string, keep ...string) {
	p, ok := report.PaperByID(id)
	in := w.input()
	if !ok || p.Tables == nil {
		return
	}
	if ready, _ := p.Ready(in); !ready {
		return
	}
	for _, t := range p.Tables(in, report.Options{}) {
		w.table(caption, document.FromTable(columnsOf(t, keep)))
	}
}

// columnsOf keeps the columns with the given titles (group+title for grouped ones),
// all without any, and writes merged texts on every row.
func columnsOf(t *table.TableModel, keep []string) *table.TableModel {
	out := &table.TableModel{}
	var at []int
	for i, c := range t.Columns {
		if len(keep) == 0 || slices.Contains(keep, c.Group+c.Title) {
			at = append(at, i)
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range t.Rows {
		row := table.Row{Heading: r.Heading, Bold: r.Bold}
		if r.Heading == "" {
			for _, i := range at {
				c := r.Cells[i]
				c.RowSpan = 0 // Word shows a merged cell's text on its first page only
				row.Cells = append(row.Cells, c)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// day writes a date as reports do, or marks it as missing.
func day(d domain.Date, what string) string {
	if d == "" {
		return document.Missing(what)
	}
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// monthDay is a date without its year.
func monthDay(d domain.Date) string {
	t := d.Time()
	return fmt.Sprintf("%d月%d日", int(t.Month()), t.Day())
}

// orMissing is the text, or a mark when there is none.
func orMissing(text, what string) string {
	if strings.TrimSpace(text) == "" {
		return document.Missing(what)
	}
	return text
}

// stop ends a sentence.
func stop(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "；;，,")
	if s == "" || strings.HasSuffix(s, "。") || strings.HasSuffix(s, "！") || strings.HasSuffix(s, "？") {
		return s
	}
	return s + "。"
}

// tally counts by a word and lists the counts in the order given, then as met.
type tally struct {
	order []string
	n     map[string]int
}

func (t *tally) add(word string) {
	if t.n == nil {
		t.n = map[string]int{}
	}
	if !slices.Contains(t.order, word) {
		t.order = append(t.order, word)
	}
	t.n[word]++
}

// words lists what was counted: 采纳19条、部分采纳4条.
func (t *tally) words(unit string) string {
	var parts []string
	for _, o := range t.order {
		if t.n[o] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d%s", o, t.n[o], unit))
		}
	}
	return strings.Join(parts, "、")
}

func percent(part, whole int) string {
	if whole == 0 {
		return "—"
	}
	return fmt.Sprintf("%.1f%%", float64(part)/float64(whole)*100)
}
