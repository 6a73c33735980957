package audit

import (
	"context"
	"fmt"
	"strconv"

	"lianshao/app"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/app/sheet"
	"lianshao/domain"
)

func itoa(n int) string { return strconv.Itoa(n) }

const stamp = "2006-01-02 15:04:05"

// Paper is the trail as a printed register, with the code of the journal's head.
func Paper(p *domain.Pilot, heads []app.EntryHead, head app.ChainHead, chosen string, m draw.Measurer) ([]draw.Drawing, error) {
	t := &table.TableModel{Title: "审计轨迹", Page: draw.Page{Landscape: true}, Footer: p.Info().Name,
		Subtitles: []table.Line{{Left: p.Info().Name, Right: fmt.Sprintf("共 %d 项操作", len(heads))}},
		Columns: []table.Column{{Title: "序号", Width: 14, Align: draw.Right}, {Title: "时间", Width: 36, NoWrap: true}, {Title: "操作人", Width: 26}, {Title: "类别", Width: 14},
			{Title: "操作", Weight: 3}, {Title: "涉及的记录", Weight: 2}},
		Notes: []string{"本表由程序从操作记录列出，每条与前一条用带密钥的校验值相接；页脚的校验码用来事后核对操作记录是否被改动。"},
		Empty: "没有符合条件的操作"}
	if chosen != "" {
		t.Subtitles = append(t.Subtitles, table.Line{Left: "范围：" + chosen})
	}
	for _, h := range heads {
		t.Rows = append(t.Rows, table.Row{Cells: []table.Cell{{Text: fmt.Sprint(h.Seq)}, {Text: h.Time.Local().Format(stamp)}, {Text: h.Actor},
			{Text: ActionName(h.Action)}, {Text: h.Op.Label}, {Text: Touched(h)}}})
	}
	pages, err := table.Paginate(t, m)
	if err == nil {
		draw.FootNote(pages, report.CodeLine(head))
	}
	return pages, err
}

// mostLines bounds the detailed sheet, in rows: a sheet holds a million.
const mostLines = 500_000

// Book is the trail as a workbook: the operations, and every field they changed.
// progress hears operations; the error is CodeCanceled or that of the store.
func Book(ctx context.Context, p *domain.Pilot, store app.PilotStore, heads []app.EntryHead, head app.ChainHead, chosen string, progress func(done, total int)) (sheet.Workbook, error) {
	title := []string{"审计轨迹", p.Info().Name}
	if chosen != "" {
		title = append(title, "范围："+chosen)
	}
	if code := report.CodeLine(head); code != "" {
		title = append(title, code)
	}
	ops := sheet.Sheet{Name: "操作（仅供查阅）", Title: append([]string{"审计轨迹（仅供查阅）"}, title[1:]...), Columns: []sheet.Column{{Key: "seq", Header: "序号", Width: 8, Format: sheet.Int}, {Key: "time", Header: "时间", Width: 20}, {Key: "actor", Header: "操作人", Width: 14},
		{Key: "action", Header: "类别", Width: 8}, {Key: "label", Header: "操作", Width: 50}, {Key: "touched", Header: "涉及的记录", Width: 40}}}
	lines := sheet.Sheet{Name: "改动（仅供查阅）", Title: []string{"逐项改动（仅供查阅）"}, Columns: []sheet.Column{{Key: "seq", Header: "序号", Width: 8, Format: sheet.Int}, {Key: "time", Header: "时间", Width: 20}, {Key: "actor", Header: "操作人", Width: 14},
		{Key: "kind", Header: "记录类别", Width: 12}, {Key: "record", Header: "记录", Width: 24}, {Key: "what", Header: "改动", Width: 8}, {Key: "field", Header: "内容", Width: 14}, {Key: "before", Header: "原来", Width: 40}, {Key: "now", Header: "改为", Width: 40}}}
	var done, changed [][]any
	for i, h := range heads {
		if ctx.Err() != nil {
			return sheet.Workbook{}, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消导出")
		}
		if progress != nil {
			progress(i, len(heads))
		}
		when := h.Time.Local().Format(stamp)
		done = append(done, []any{int(h.Seq), when, h.Actor, ActionName(h.Action), h.Op.Label, Touched(h)})
		if len(changed) >= mostLines {
			continue
		}
		e, err := Entry(store, h.Seq)
		if err != nil {
			return sheet.Workbook{}, err
		}
		for _, l := range Lines(p, e, mostLines-len(changed)) {
			changed = append(changed, []any{int(h.Seq), when, h.Actor, l.Kind.String(), l.Record, l.What, l.Field, l.Before, l.Now})
		}
	}
	if len(changed) >= mostLines {
		lines.Notes = []string{fmt.Sprintf("只列出前 %d 项改动，其余请缩小范围再导出。", mostLines)}
	}
	ops.Rows, lines.Rows = sheet.Stored(done...), sheet.Stored(changed...)
	return sheet.Workbook{Sheets: []sheet.Sheet{ops, lines}}, nil
}
