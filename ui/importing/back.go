package importing

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/intake"
)

// sendBack writes the workbooks that have problems into a folder, with what is wrong
// coloured and commented, to be returned to whoever filled them in.
func (p *importPage) sendBack() {
	if p.stale {
		p.replan(nil)
		return
	}
	p.h.Files().ChooseTarget(func(dir string) {
		written := 0
		p.h.Work(lang.L("正在写退回的表"), func(ctx context.Context, progress func(done, total int)) error {
			for i, rep := range p.plan.Report.Files {
				progress(i, len(p.plan.Report.Files))
				problems := intake.Problems(rep.Book, rep)
				if len(problems) == 0 {
					continue
				}
				from := p.fileOf(rep.Book)
				if from.changed() {
					return app.E(app.CodeInvalid, "《%s》读出来以后又存过，标红的格子可能对不上了。请在文件列表里右键点它，选“重新读取”，再退回", from.name())
				}
				to := filepath.Join(dir, intake.ProblemName(rep.File))
				if err := p.writer.WriteProblems(ctx, from.path, to, rep.Book, problems); err != nil {
					return err
				}
				written++
			}
			return nil
		}, func(err error) {
			if err != nil {
				p.failed(err)
				return
			}
			p.h.Toast(fmt.Sprintf(lang.L("已把 %d 个有问题的表写到 %s，错处标红并写了批注，可以退回填表人"), written, dir))
		})
	})
}

// fileOf is the file that a book was read from.
func (p *importPage) fileOf(b *intake.Book) *file {
	return p.files[slices.IndexFunc(p.files, func(f *file) bool { return f.book == b })]
}
