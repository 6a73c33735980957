package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/app/intake"
)

func runImport(c *call) (int, error) {
	opts, err := c.intakeOptions()
	if err != nil {
		return 0, err
	}
	rule, err := c.importRule()
	if err != nil {
		return 0, err
	}
	paths, err := c.bookPaths()
	if err != nil {
		return 0, err
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	c.Reader = intake.WithPassword(c.Reader, os.Getenv("LIANSHAO_BOOK_PASSWORD"))
	ctx, stop := interruptible()
	defer stop()
	files, err := intake.ReadAll(ctx, c.Reader, paths, c.progress("正在读取"))
	if err != nil {
		return 0, err
	}
	if unread := unreadable(files); len(unread) > 0 { // all or nothing: what cannot be read may be what the others rest on
		return c.importDone(&intake.Plan{Report: intake.Report{Files: unread}}, ExitRefused)
	}
	var books []*intake.Book
	for _, f := range files {
		books = append(books, f.Book)
	}
	guesses := intake.Analyse(books, opts.Knowing(s.Pilot))
	for _, header := range opts.Unused(guesses) {
		c.say("对照文件里的“%s”在表里没有找到，没有用上。", header)
	}
	plan := intake.NewPlan(s.Pilot, guesses, intake.Env{IDs: c.NewID, Year: s.Pilot.Year(), Store: s.Store, Rule: rule})
	if err := c.writeProblems(files, &plan.Report); err != nil {
		return 0, err
	}
	if ctx.Err() != nil {
		return 0, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消导入")
	}
	code := importCode(plan)
	if code == ExitRefused || c.has("dry-run") {
		return c.importDone(plan, code)
	}
	if err := s.Do(plan.Command()); err != nil {
		return 0, err
	}
	plan.Committed()
	return c.importDone(plan, code)
}

// importRule is what decides conflicts.
func (c *call) importRule() (intake.Rule, error) {
	rule := intake.Rule(c.flags["prefer"])
	if c.has("prefer") && !slices.Contains(intake.Rules(), rule) {
		return "", refuse("选项 --prefer 的“%s”不对，可选：newer（较新的）、mine（本试点的）、theirs（来表的，排在后面的）、order（排在前面的文件）。", rule)
	}
	return rule, nil
}

// tables are the extensions of the files that a folder is searched for.
var tables = []string{".xlsx", ".xlsm", ".xls", ".csv"}

// bookPaths lists the workbooks named and those in the folders named.
func (c *call) bookPaths() ([]string, error) {
	paths, err := app.FilesUnder(c.args[1:], tables)
	if err == nil && len(paths) == 0 {
		err = refuse("文件夹“%s”里没有表格文件（%s）。", c.args[1], strings.Join(tables, "、"))
	}
	return paths, err
}

// writeProblems writes the workbooks that have problems back for their senders:
// into a folder, or, of a single workbook, to a file.
func (c *call) writeProblems(files []*intake.File, rep *intake.Report) error {
	out, ok := c.flags["problems"]
	if !ok {
		return nil
	}
	single := strings.EqualFold(filepath.Ext(out), ".xlsx")
	if single && len(files) > 1 {
		return refuse("有几个表格时，--problems 后面写文件夹，每个有问题的表各写一份。")
	}
	if !single {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return app.Wrap(app.CodeIO, err, "文件夹“%s”不能建立，请换一个位置", out)
		}
	}
	for _, f := range rep.Files {
		problems := intake.Problems(f.Book, f)
		if len(problems) == 0 {
			continue
		}
		path := out
		if !single {
			path = filepath.Join(out, intake.ProblemName(f.File))
		}
		from := files[slices.IndexFunc(files, func(x *intake.File) bool { return x.Book == f.Book })].Path
		if err := c.Problems.WriteProblems(context.Background(), from, path, f.Book, problems); err != nil {
			return err
		}
		c.say("问题已标在 %s，共 %d 处。", path, len(problems))
	}
	return nil
}

func (c *call) intakeOptions() (intake.Options, error) {
	opts := intake.Options{As: c.flags["as"]}
	if opts.As != "" && intake.FormOf(opts.As) == nil {
		var known []string
		for _, f := range intake.Forms() {
			known = append(known, f.ID)
		}
		return opts, refuse("不能按“%s”导入，可选：%s。", opts.As, strings.Join(known, "、"))
	}
	path, ok := c.flags["map"]
	if !ok {
		return opts, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return opts, fileError(err, path)
	}
	mapped, err := intake.ParseMapping(data)
	if err != nil {
		return opts, err
	}
	if opts.As != "" {
		mapped.As = opts.As
	}
	return mapped, nil
}

// unreadable lists the files that cannot be read.
func unreadable(files []*intake.File) (out []*intake.FileReport) {
	for _, f := range files {
		if f.Err != nil {
			out = append(out, &intake.FileReport{File: filepath.Base(f.Path), Sheets: []*intake.SheetReport{}, Error: app.Sentence(f.Err)})
		}
	}
	return out
}

// importCode: refused when not one row can be used, partly when some cannot or a
// conflict was decided by the rule.
func importCode(plan *intake.Plan) int {
	r := &plan.Report
	read, _, _, _, _, refused := r.Totals()
	switch {
	case r.Problems() && read == refused:
		return ExitRefused
	case r.Problems(), len(plan.Conflicts) > 0:
		return ExitPartly
	}
	return ExitDone
}

// importDone tells what became of the workbooks.
func (c *call) importDone(plan *intake.Plan, code int) (int, error) {
	r := &plan.Report
	for _, f := range r.Files {
		if f.Error != "" {
			c.say("%s", f.Error)
		}
		for _, s := range f.Sheets {
			for _, e := range s.Errors {
				c.say("%s %s!%s：%s", f.File, s.Sheet, e.Cell, e.Message)
			}
		}
	}
	for _, x := range plan.Conflicts {
		d := x.Dispute()
		c.say("%s", d.Sentence(shorten40))
	}
	if c.has("json") {
		return code, c.json(r)
	}
	var rows [][]string
	for _, f := range r.Files {
		for _, s := range f.Sheets {
			kind := "跳过"
			switch {
			case s.Form != nil:
				kind = s.Form.Title
			case len(s.Errors) > 0:
				kind = "未认出"
			}
			row := []string{f.File, s.Sheet, kind}
			for _, n := range []int{s.Read, s.New, s.Changed, s.Same, s.Skipped, s.Refused, len(s.Warnings)} {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
	}
	if len(rows) > 0 {
		writeTable(c.out, []string{"文件", "工作表", "识别为", "读到", "新增", "改变", "相同", "跳过", "拒收", "提醒"}, rows)
	}
	switch {
	case code == ExitRefused:
		c.say("没有导入，试点没有改动。")
	case c.has("dry-run"):
		c.print("只是预览，试点没有改动。")
	default:
		_, added, changed, same, _, refused := r.Totals()
		c.print("已导入：新增 %d，改变 %d，相同 %d，拒收 %d。", added, changed, same, refused)
	}
	return code, nil
}

func shorten40(s string) string { return shorten(s, 40) }
