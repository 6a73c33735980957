package importing

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// file is one chosen file: read and analysed, or the reason why not.
type file struct {
	path    string
	book    *intake.Book
	guesses []*intake.SheetGuess
	err     error
	stamp   stamp // of the file on disk when it was read
}

func (f *file) name() string {
	if f.book != nil {
		return f.book.File
	}
	return filepath.Base(f.path)
}

// origin says where a file comes from: a form handed out, a workbook exported, or
// somebody else's table.
func (f *file) origin() string {
	if f.book == nil {
		return ""
	}
	switch m := f.book.Mark(); {
	case m.Form:
		return lang.L("发出的表")
	case m.Pilot != "":
		return lang.L("导出的表")
	}
	return lang.L("外来的表")
}

// line is one line of the sheet list: a sheet, or a file that cannot be read.
type line struct {
	file  *file
	guess *intake.SheetGuess  // nil when the file was not read
	rep   *intake.SheetReport // what the plan says of the sheet
}

// around says what was read around the table for all its rows, such as the unit.
func (l *line) around() string {
	if l.rep == nil {
		return ""
	}
	return l.rep.Around
}

// taken reports whether the sheet is to be imported.
func (l *line) taken() bool { return l.guess != nil && l.guess.Form != nil && !l.guess.Skip }

// load reads files, and those in folders, side by side and adds them to the list; a
// file chosen again is read again.
func (p *importPage) load(paths []string) {
	var fresh []*file
	var others []string
	opts := intake.Options{}.Knowing(p.h.Session().Pilot)
	read := func(ctx context.Context, progress func(done, total int)) error {
		paths, rest, err := app.Under(paths, slices.Concat(Extensions, likely))
		others = rest
		if err == nil && len(paths) == 0 {
			err = app.E(app.CodeInvalid, "文件夹里没有表格文件（%s）", strings.Join(Extensions, "、"))
		}
		if err != nil {
			return err
		}
		stamps := map[string]stamp{}
		for _, path := range paths {
			stamps[path] = stampOf(path)
		}
		read, err := intake.ReadAll(ctx, p.reader, paths, progress)
		for _, f := range read {
			x := &file{path: f.Path, book: f.Book, err: f.Err, stamp: stamps[f.Path]}
			if f.Err == nil && ctx.Err() == nil {
				x.guesses = intake.Analyse([]*intake.Book{f.Book}, opts)
			}
			fresh = append(fresh, x)
		}
		if err == nil && ctx.Err() != nil {
			err = app.Wrap(app.CodeCanceled, ctx.Err(), "已取消读取")
		}
		return err
	}
	p.h.Work(lang.L("正在读取表格"), read, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		before := *p
		p.decided = maps.Clone(p.decided) // the list before keeps its own
		if p.imported {
			p.files, p.others, p.imported, p.decided = nil, nil, false, intake.Decisions{}
		}
		p.add(fresh, others)
		p.planThen(firstGuess(fresh), func(err error) {
			if err != nil { // as if nothing had been chosen
				p.files, p.others, p.imported, p.decided = before.files, before.others, before.imported, before.decided
				p.failed(err)
				return
			}
			p.unlockAll(fresh)
		})
	})
}

// add puts files into the list, in place of what was read of them before, and notes
// the names of others that were not read.
func (p *importPage) add(fresh []*file, others []string) {
	again := func(old *file) bool {
		i := slices.IndexFunc(fresh, func(f *file) bool { return f.path == old.path })
		if i >= 0 {
			p.decided.Replace(old.book, fresh[i].book)
		}
		return i >= 0
	}
	p.files = append(slices.DeleteFunc(slices.Clone(p.files), again), fresh...)
	for _, path := range others {
		if name := filepath.Base(path); !slices.Contains(p.others, name) {
			p.others = append(slices.Clip(p.others), name)
		}
	}
}

func firstGuess(files []*file) *intake.SheetGuess {
	for _, f := range files {
		for _, g := range f.guesses {
			if g.Form != nil && !g.Skip {
				return g
			}
		}
	}
	return nil
}

// failed shows an error, unless the person cancelled.
func (p *importPage) failed(err error) {
	if err != nil && !cancelled(err) {
		p.h.Report(err)
	}
}

func cancelled(err error) bool {
	return app.CodeOf(err) == app.CodeCanceled || err == context.Canceled
}

// rows counts the rows of all sheets read.
func (p *importPage) rows() (n int) {
	for _, f := range p.files {
		if f.book != nil {
			for _, s := range f.book.Sheets {
				n += len(s.Rows)
			}
		}
	}
	return n
}

// replan works out anew what the import would do and shows it, with the cursor on
// the sheet of keep (nil = where it was).
func (p *importPage) replan(keep *intake.SheetGuess) { p.replanThen(keep, func() {}) }

// replanThen is replan that goes on with something when the plan is shown, or was
// cancelled.
func (p *importPage) replanThen(keep *intake.SheetGuess, then func()) {
	p.planThen(keep, func(err error) {
		if err != nil { // what is shown is of before the change
			p.stale = true
			p.result.outdated()
			p.failed(err)
		}
		then()
	})
}

// planThen is replan that tells how it went.
func (p *importPage) planThen(keep *intake.SheetGuess, then func(error)) {
	var guesses []*intake.SheetGuess
	for _, f := range p.files {
		guesses = append(guesses, f.guesses...)
	}
	s := p.h.Session()
	env := intake.Env{IDs: s.NewID, Year: s.Pilot.Year(), Store: s.Store, Rule: p.rule, Decided: p.decided}
	if env.Year == 0 {
		env.Year = s.Clock().Year()
	}
	var plan *intake.Plan
	work := func(ctx context.Context, progress func(done, total int)) (err error) {
		plan, err = intake.PlanWith(ctx, s.Pilot, guesses, env, progress)
		return err
	}
	show := func(err error) {
		if err == nil {
			p.plan, p.imported, p.stale = plan, false, false
			p.present(keep)
		}
		then(err)
	}
	if p.rows() <= smallImport {
		show(work(context.Background(), nil))
		return
	}
	p.h.Work(lang.L("正在核对内容"), work, show)
}

// present shows a fresh plan.
func (p *importPage) present(keep *intake.SheetGuess) {
	fresh := keep != nil && p.split == nil
	if len(p.files) == 0 {
		p.showEmpty()
		return
	}
	lines := p.lines()
	if x := p.sheets.current(); keep == nil && x != nil {
		keep = x.guess
	}
	p.result.set(lines, p.plan)
	grown := p.sheets.set(lines)
	if p.showPlan(); grown {
		p.split.SetOffset(p.sheets.share())
	}
	p.sheets.point(keep)
	if fresh {
		p.result.first()
	}
}

// lines lists the sheets with what the plan says of each: the plan reports the
// books and their sheets in the order in which they were given.
func (p *importPage) lines() (out []*line) {
	at := 0
	for _, f := range p.files {
		if f.err != nil || len(f.guesses) == 0 {
			out = append(out, &line{file: f})
			continue
		}
		rep := p.plan.Report.Files[at]
		at++
		for i, g := range f.guesses {
			out = append(out, &line{file: f, guess: g, rep: rep.Sheets[i]})
		}
	}
	return out
}

// commit imports: to disk beside the window, into memory on its goroutine. Whoever
// cancels while it is being written is asked whether to take it back.
func (p *importPage) commit() {
	if p.stale {
		p.replan(nil)
		return
	}
	p.commitUnless(p.changedFiles)
}

// commitUnless imports what is shown, unless changed names files that are different on
// disk by now; nil does not look.
func (p *importPage) commitUnless(changed func() []*file) {
	s, cmd := p.h.Session(), p.plan.Command()
	var pending *app.Pending
	var other []*file
	late := false
	p.h.Work(lang.L("正在导入"), func(ctx context.Context, _ func(int, int)) (err error) {
		if changed != nil {
			if other = changed(); len(other) > 0 {
				return nil
			}
		}
		pending, err = s.Begin(s.Actor, app.CommandFunc(func(d *domain.Pilot) (domain.ChangeSet, error) {
			cs, err := cmd.Plan(d)
			if err == nil && ctx.Err() != nil {
				err = app.Wrap(app.CodeCanceled, ctx.Err(), "已取消导入")
			}
			return cs, err
		}))
		late = pending != nil && ctx.Err() != nil
		return err
	}, func(err error) {
		switch {
		case len(other) > 0:
			p.askChanged(other)
		case pending != nil: // it is on disk, whatever was pressed meanwhile
			p.finish(pending)
		case err != nil:
			p.failed(err)
		default:
			p.h.Toast(lang.L("试点里已经都有了，没有需要导入的内容"))
		}
		if late {
			p.tooLate()
		}
	})
}

// tooLate tells that the import was written before it could be cancelled, and offers
// to take it back.
func (p *importPage) tooLate() {
	text := widgets.NewProse(lang.L("按“取消”的时候，内容已经写进试点。要撤销这次导入吗？撤销以后还可以重做。"))
	var m *widgets.Modal
	keep := widgets.NewButton(lang.L("保留"), func() { m.Close() })
	undo := func() { m.Close(); p.h.Report(p.h.Session().Undo()) }
	m = widgets.NewModal(p.h.Window(), lang.L("已经导入了"), text, fyne.NewSize(440, 150), nil, keep, widgets.NewMainButton(lang.L("撤销导入"), undo))
	m.Keys(undo, m.Close)
}

func (p *importPage) finish(pending *app.Pending) {
	p.committing = true
	pending.Finish()
	p.committing = false
	p.plan.Committed()
	p.showDone(pending.Changes())
	p.h.Toast(fmt.Sprintf(lang.L("已%s，可按 Ctrl+Z 撤销"), pending.Changes().Op.Label))
}
