package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/app/warn"
	"lianshao/domain"
)

// registered is a line of the register: an issued warning, or a proposal that
// waits for its signature.
type registered struct {
	point    pt
	level    domain.Level
	issued   *domain.Warning // nil = not yet
	told     string
	replyDue string
}

// register lists the issued warnings by number and then what waits to be issued.
func register(in Input, o Options) []registered {
	p := in.Pilot
	wanted := func(r pt, level string) bool {
		return (o.Unit == "" || r.Unit.ID == o.Unit) && (o.Level == "" || level == o.Level)
	}
	var out []registered
	for _, w := range p.Warnings.All() {
		if r := pointOf(p, w); wanted(r, w.Level) {
			out = append(out, registered{point: r, level: in.LevelOfWarning(w), issued: w, told: w.Recipients})
		}
	}
	if in.Result == nil {
		return out
	}
	for _, d := range warn.OfRound(p, in.Result) {
		l := d.Outcome.Level
		if d.Issued == nil && wanted(d.Outcome.Point, l.Label) {
			line := registered{point: d.Outcome.Point, level: l, told: l.Told}
			if l.Reply > 0 {
				line.replyDue = fmt.Sprintf("签发后%d个工作日", l.Reply)
			}
			out = append(out, line)
		}
	}
	return out
}

// pointOf is the warned point; one that is gone is known by its name only.
func pointOf(p *domain.Pilot, w *domain.Warning) pt {
	if r, ok := p.RiskPoints.Get(w.Point.ID); ok {
		return r
	}
	return &domain.RiskPoint{Base: domain.Base{Code: w.Point.Text}, Unit: w.Unit, Post: w.Post}
}

// LevelOfWarning is the level of an issued warning with its colour.
func (in Input) LevelOfWarning(w *domain.Warning) domain.Level {
	schemes := in.Pilot.Schemes.All()
	if in.Result != nil {
		schemes = append([]*domain.LevelScheme{in.Result.Scheme}, schemes...)
	}
	for _, s := range schemes {
		if l, ok := s.Labelled(w.Level); ok && l.Severity == w.Severity {
			return l
		}
	}
	return domain.Level{Label: w.Level, Severity: w.Severity}
}

// warningsPaper is the 预警登记/解除表.
func warningsPaper() Paper {
	return Paper{ID: "warnings", Title: "预警登记、解除表", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Warnings.Len() > 0 || len(register(in, Options{})) > 0 },
			"还没有预警：请先导入评分表或在“风险评估”里评分"),
		Tables: func(in Input, o Options) []*table.TableModel {
			p := in.Pilot
			of := func(f func(w *domain.Warning) string) func(registered) string {
				return func(x registered) string {
					if x.issued == nil {
						return ""
					}
					return f(x.issued)
				}
			}
			list := register(in, o)
			cols := []col[registered]{
				{title: "编号（文号）", width: 21, center: true, get: of(func(w *domain.Warning) string { return w.Code })},
				{title: "等级", width: 11, cell: func(x registered) table.Cell { return levelCell(x.level) }},
				{title: "被预警部门、岗位", width: 27, get: func(x registered) string {
					return strings.TrimSpace(p.NameOf(domain.KindUnit, x.point.Unit) + "\n" + p.NameOf(domain.KindPost, x.point.Post))
				}},
				{title: "风险点", weight: 1.3, get: func(x registered) string { return strings.TrimSpace(x.point.Code + " " + x.point.Name) }},
				{title: "发出日", width: 18, nowrap: true, center: true, get: func(x registered) string {
					if x.issued == nil {
						return domain.WarningProposed
					}
					return string(x.issued.Issued)
				}},
				{title: "范围", weight: 1.2, get: func(x registered) string { return x.told }},
				{title: "措施", weight: 3, get: func(x registered) string { return MeasureList(p, x.point.ID) }},
				{title: "回告", group: "到期", width: 18, nowrap: true, center: true, get: func(x registered) string {
					return orElse(of(func(w *domain.Warning) string { return string(w.ReplyDue()) })(x), x.replyDue)
				}},
				{title: "整改", group: "到期", width: 18, nowrap: true, center: true, get: of(func(w *domain.Warning) string { return string(w.FixDue()) })},
				{title: "回告日", width: 18, nowrap: true, center: true, get: of(func(w *domain.Warning) string { return string(w.Replied) })},
				{title: "复核结论", weight: 1, get: of(reviewOf)},
				{title: "解除日", width: 18, nowrap: true, center: true, get: of(func(w *domain.Warning) string { return string(w.Released) })},
				{title: "批准人", width: 15, center: true, get: of(approverOf)},
				{title: "升级、更正、延期记录", weight: 1.2, get: of(func(w *domain.Warning) string { return movesOf(p, w) })},
			}
			issued := 0
			for _, x := range list {
				if x.issued != nil {
					issued++
				}
			}
			t := &table.TableModel{Title: p.Info().School + "廉政风险预警登记、解除表", Page: landscape(), Sizes: table.Sizes{Text: 8, Header: 8.5},
				Subtitles: []table.Line{{Left: fmt.Sprintf("已签发 %d 份，待签发 %d 个", issued, len(list)-issued), Right: string(in.Today)}},
				Signs:     []string{"登记人：", "审核人：", "批准人："}}
			t.Columns, t.Rows = numbered(cols, list)
			if o.Blank {
				t.Subtitles = nil
			}
			return []*table.TableModel{blankIf(t, o)}
		}}
}

// reviewOf is the latest review: its result, who and why.
func reviewOf(w *domain.Warning) string {
	for i := len(w.Actions) - 1; i >= 0; i-- {
		if a := w.Actions[i]; a.Event == domain.EventPass || a.Event == domain.EventReturn {
			return fmt.Sprintf("%s：%s（%s，%s）", strings.TrimPrefix(a.Event, "复核"), a.Text, a.By, a.Date)
		}
	}
	return ""
}

func approverOf(w *domain.Warning) string {
	if a := w.Last(domain.EventRelease); a != nil {
		return a.By
	}
	return ""
}

// movesOf tells of every extension and of the papers before and after.
func movesOf(p *domain.Pilot, w *domain.Warning) string {
	var out []string
	if !w.Follows.IsZero() {
		out = append(out, "承接"+p.CodeOf(domain.KindWarning, w.Follows))
	}
	for _, a := range w.Actions {
		switch a.Event {
		case domain.EventExtend:
			out = append(out, fmt.Sprintf("%s 延期至%s", a.Date, strings.Join(nonEmpty(string(a.ReplyBy), string(a.FixBy)), "、")))
		case domain.EventRaise, domain.EventCorrect, domain.EventContinue:
			out = append(out, fmt.Sprintf("%s %s为%s", a.Date, a.Event, p.CodeOf(domain.KindWarning, a.Paper)))
		}
	}
	return strings.Join(out, "\n")
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// noticePaper is the 预警通知书 with its receipt, one sheet per issued warning.
func noticePaper() Paper {
	return Paper{ID: "notice", Title: "廉政风险预警通知书", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Warnings.Len() > 0 }, "还没有签发的预警：请先在“预警”里签发"),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				return []*table.TableModel{noticeTable(in, &domain.Warning{})}
			}
			var out []*table.TableModel
			for _, w := range in.Pilot.Warnings.All() {
				if (o.Record == "" || o.Record == w.ID) && (o.Unit == "" || w.Unit.ID == o.Unit) && (o.Level == "" || w.Level == o.Level) {
					out = append(out, noticeTable(in, w))
				}
			}
			return out
		}}
}

const (
	handDate = "　　　　年　　月　　日"
	labelW   = 27 // mm
)

// noticeTable is one notice: what it says above, the receipt to send back below.
func noticeTable(in Input, w *domain.Warning) *table.TableModel {
	p := in.Pilot
	r := pointOf(p, w)
	f := form{}
	f.pair("被预警部门", p.NameOf(domain.KindUnit, w.Unit), "被预警岗位", p.NameOf(domain.KindPost, w.Post))
	f.line("风险点", strings.TrimSpace(r.Code+"　"+r.Name), 0)
	f.line("表现形式", r.Description, 0)
	f.add(label("预警等级"), levelOr(in.LevelOfWarning(w)), label("风险指数"), table.Cell{Text: indexText(w.Index)})
	f.line("预警依据", noticeBasis(p, w), 0)
	f.line("建议措施", w.Advice, 0)
	f.pair("反馈期限", dueText(p, w.Issued, w.ReplyDue()), "整改期限", dueText(p, w.Issued, w.FixDue()))
	f.line("告知范围", w.Recipients, 0)
	f.pair("签发人", w.Signer, "签发日期", orElse(string(w.Issued), handDate))
	f.rows = append(f.rows, table.Row{Heading: "回　　执" + receiptTerm(w)})
	receipt(&f, w)
	return &table.TableModel{Title: p.Info().School + "廉政风险预警通知书", Form: true, Columns: formColumns(), Rows: f.rows,
		Page: draw.Page{}, Sizes: table.Sizes{Text: 11, Subtitle: 11}, Subtitles: []table.Line{{Left: "领导小组办公室", Right: orElse(w.Code, "廉预警〔　　　〕　　号")}},
		Notes: noticeNotes(p, w), Footer: strings.TrimSpace("廉政风险预警通知书　" + w.Code)}
}

func receipt(f *form, w *domain.Warning) {
	reply := w.Last(domain.EventReply)
	if reply == nil {
		f.pair("回告部门（盖章）", "", "回告日期", handDate)
		f.line("原因剖析", "", 24)
		f.line("整改措施及完成时间", "", 30)
		f.line("完成情况及留痕材料", "", 20)
		f.pair("岗位责任人（签字）", "", "部门负责人（签字）", "")
	} else {
		f.pair("回告人", reply.By, "回告日期", string(reply.Date))
		f.line("回告内容", reply.Text, 40)
	}
	f.line("复核意见", reviewOf(w), 18)
}

func receiptTerm(w *domain.Warning) string {
	if w.ReplyDue() == "" {
		return "（填写后交回领导小组办公室）"
	}
	return "（" + string(w.ReplyDue()) + "前填写后交回领导小组办公室）"
}

func noticeBasis(p *domain.Pilot, w *domain.Warning) string {
	parts := nonEmpty(w.Basis)
	if !w.Follows.IsZero() {
		word := "接续"
		if old, ok := p.Warnings.Get(w.Follows.ID); ok && len(old.Actions) > 0 {
			word = old.Actions[len(old.Actions)-1].Event
		}
		parts = append(parts, fmt.Sprintf("本通知书%s%s。", word, p.CodeOf(domain.KindWarning, w.Follows)))
	}
	return strings.Join(parts, "\n")
}

func noticeNotes(p *domain.Pilot, w *domain.Warning) []string {
	notes := []string{"注：反馈期限、整改期限按工作日计算，签发当日不计。两次未达到要求的，提高预警等级并问责。"}
	if a := w.Last(domain.EventExtend); a != nil {
		notes = append(notes, fmt.Sprintf("%s 经%s批准延期：%s", a.Date, a.By, a.Text))
	}
	for _, event := range []string{domain.EventCorrect, domain.EventRaise, domain.EventContinue} {
		if a := w.Last(event); a != nil {
			notes = append(notes, fmt.Sprintf("本通知书已于 %s 由 %s %s，不再执行。", a.Date, p.CodeOf(domain.KindWarning, a.Paper), event))
		}
	}
	if a := w.Last(domain.EventRelease); a != nil {
		notes = append(notes, fmt.Sprintf("本预警已于 %s 经%s批准解除：%s", a.Date, a.By, a.Text))
	}
	return notes
}

func dueText(p *domain.Pilot, issued, due domain.Date) string {
	if due == "" {
		return ""
	}
	if n := app.CalendarOf(p).Between(issued, due); n > 0 {
		return fmt.Sprintf("%s（%d个工作日）", due, n)
	}
	return string(due)
}

func indexText(v float64) string {
	if v == 0 {
		return "—"
	}
	return fmt.Sprintf("%.2f", v)
}

func levelOr(l domain.Level) table.Cell {
	c := levelCell(l)
	c.Center = false
	return c
}

// form collects the rows of a form of four columns: label, field, label, field.
type form struct{ rows []table.Row }

func formColumns() []table.Column {
	return []table.Column{{Width: labelW}, {Weight: 1}, {Width: labelW}, {Weight: 1}}
}

func label(text string) table.Cell {
	return table.Cell{Text: text, Bold: true, Center: true, Fill: draw.Color{R: 0xf1, G: 0xf3, B: 0xf6, A: 0xff}}
}

func (f *form) add(cells ...table.Cell) {
	f.rows = append(f.rows, table.Row{Cells: cells, Height: 8.5})
}

func (f *form) pair(a, x, b, y string) {
	f.add(label(a), table.Cell{Text: x}, label(b), table.Cell{Text: y})
}

// line is one field over the whole width, at least height mm tall.
func (f *form) line(name, text string, height float64) {
	f.rows = append(f.rows, table.Row{Cells: []table.Cell{label(name), {Text: text, ColSpan: 3}}, Height: cmp.Or(height, 8.5)})
}

// NoticeOf is the notice of one warning alone, issued or not, for the preview
// beside it.
func NoticeOf(in Input, w *domain.Warning, m draw.Measurer) ([]draw.Drawing, error) {
	pages, err := table.Paginate(noticeTable(in, w), m)
	if err != nil {
		return nil, app.Wrap(app.CodeInvalid, err, "预警通知书排版失败：%s", err)
	}
	return pages, nil
}
