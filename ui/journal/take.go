package journal

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/audit"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// chosen says in words what the filters let through, "" = everything.
func (j *Page) chosen() string {
	var out []string
	f := j.filter
	if j.record != "" {
		out = append(out, fmt.Sprintf(lang.L("%s 的历史"), j.record))
	}
	switch {
	case f.From != "" && f.To != "":
		out = append(out, fmt.Sprintf(lang.L("%s 至 %s"), f.From, f.To))
	case f.From != "":
		out = append(out, fmt.Sprintf(lang.L("%s 以后"), f.From))
	case f.To != "":
		out = append(out, fmt.Sprintf(lang.L("%s 以前"), f.To))
	}
	if f.Actor != "" {
		out = append(out, fmt.Sprintf(lang.L("操作人 %s"), f.Actor))
	}
	if f.Kind != "" {
		out = append(out, fmt.Sprintf(lang.L("涉及 %s"), lang.L(f.Kind.String())))
	}
	if f.Action != "" {
		out = append(out, lang.L(audit.ActionName(f.Action)))
	}
	if f.Text != "" {
		out = append(out, fmt.Sprintf(lang.L("名称含“%s”"), f.Text))
	}
	return strings.Join(out, "，")
}

// export writes what is shown, with every change, as a workbook.
func (j *Page) export() {
	s, heads, chosen := j.host.Session(), j.shown, j.chosen()
	j.host.Files().ChooseSave(lang.L("审计轨迹")+".xlsx", func(path string) {
		j.host.Work(lang.L("正在导出"), func(ctx context.Context, progress func(done, total int)) error {
			wb, err := audit.Book(ctx, s.Pilot, s.Store, heads, s.Head(), chosen, progress)
			if err != nil {
				return err
			}
			return j.host.Files().WriteBook(ctx, path, wb)
		}, func(err error) {
			if err != nil {
				j.host.Report(err)
				return
			}
			j.host.Toast(fmt.Sprintf(lang.L("已导出到 %s"), path))
		})
	})
}

// print prints the operations that are shown.
func (j *Page) print() {
	s := j.host.Session()
	pages, err := audit.Paper(s.Pilot, j.shown, s.Head(), j.chosen(), j.host.Metrics())
	if err == nil {
		err = j.host.Files().Print(lang.L("审计轨迹"), pages)
	}
	j.host.Report(err)
}

// verify asks for codes of papers and recomputes the chain.
func (j *Page) verify() {
	codes := widget.NewMultiLineEntry()
	codes.SetMinRowsVisible(3)
	codes.SetPlaceHolder(lang.L("例如：第 12 条 V7B3-9QBM-HCGW-8E85"))
	text := widgets.NewProse(lang.L("从第 1 条起逐条重算校验值，看操作记录有没有被改动、删去、调换。\n要查某一张纸（通知书、公示、报表）印出以后记录有没有变，把纸上页脚的校验码抄在下面，一行一个；不填就只核对现在的记录。"))
	var anchors []app.Anchor
	agreed := false
	m := page.Ask(j.host, page.Question{Title: lang.L("核对操作记录"), Yes: lang.L("核对"), Form: container.NewVBox(text, codes), Width: 560, Act: func() error {
		anchors = nil
		for line := range strings.Lines(codes.Text) {
			if strings.TrimSpace(line) == "" {
				continue
			}
			a, err := app.ParseAnchor(line)
			if err != nil {
				return err
			}
			anchors = append(anchors, a)
		}
		agreed = true
		return nil
	}})
	m.OnClose = func() {
		if agreed {
			j.recompute(anchors)
		}
	}
}

func (j *Page) recompute(anchors []app.Anchor) {
	v := j.host.Session().Store.(app.ChainVerifier)
	var rep app.ChainReport
	j.host.Work(lang.L("正在核对操作记录"), func(ctx context.Context, progress func(done, total int)) (err error) {
		rep, err = v.VerifyChain(ctx, progress, anchors...)
		if ctx.Err() != nil {
			return app.Wrap(app.CodeCanceled, err, "已取消核对")
		}
		return err
	}, func(err error) {
		if err != nil {
			j.host.Report(err)
			return
		}
		title, sentence, details := told(rep)
		widgets.ShowErrorDialog(title, sentence, details, j.host.Window())
	})
}

// told puts a verification into words, what was asked first.
func told(rep app.ChainReport) (title, sentence string, details []string) {
	var said []string
	for _, a := range rep.Anchors {
		said = append(said, a.Sentence())
	}
	title = lang.L("操作记录首尾相接")
	switch {
	case len(rep.Problems) > 0:
		title = lang.L("操作记录有问题")
		said = append(said, fmt.Sprintf(lang.L("核对了 %d 条操作记录，有 %d 处对不上：被改动、删去过，或者文件受损。请用备份核对，并保留这个文件。"), rep.Entries, len(rep.Problems)))
	default:
		if !rep.Whole() {
			title = lang.L("校验码不符")
		}
		said = append(said, fmt.Sprintf(lang.L("核对了 %d 条操作记录，首尾相接，没有发现改动、删去、调换。现在的校验码：\n%s\n没有密钥的人改不出这样的记录；拿着口令的人仍能整个重写，要和早先印在纸上的校验码比对才看得出。"), rep.Entries, rep.Head))
	}
	return title, strings.Join(said, "\n\n"), rep.Problems
}
