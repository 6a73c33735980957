package cli

import (
	"context"
	"os"
	"path/filepath"
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
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	c.Reader = intake.WithPassword(c.Reader, os.Getenv("LIANSHAO_BOOK_PASSWORD"))
	books, unread := c.readBooks(c.args[1:])
	if len(unread) > 0 { // all or nothing: what cannot be read may be what the others rest on
		return c.importDone(&intake.Report{Files: unread}, ExitRefused)
	}
	guesses := intake.Analyse(books, opts.Knowing(s.Pilot))
	for _, header := range opts.Unused(guesses) {
		c.say("对照文件里的“%s”在表里没有找到，没有用上。", header)
	}
	plan := intake.NewPlan(s.Pilot, guesses, intake.Env{IDs: c.NewID, Year: s.Pilot.Year()})
	code := importCode(&plan.Report)
	if code == ExitRefused || c.has("dry-run") {
		return c.importDone(&plan.Report, code)
	}
	if err := s.Do(plan.Command()); err != nil {
		return 0, err
	}
	plan.Report.Committed = true
	return c.importDone(&plan.Report, code)
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

// readBooks reads every workbook; those that cannot be read are reported.
func (c *call) readBooks(paths []string) (books []*intake.Book, unread []*intake.FileReport) {
	for _, path := range paths {
		b, err := c.Reader.Read(context.Background(), path, c.progress("正在读 "+filepath.Base(path)))
		if err != nil {
			unread = append(unread, &intake.FileReport{File: filepath.Base(path), Sheets: []*intake.SheetReport{}, Error: app.Sentence(err)})
			continue
		}
		books = append(books, b)
	}
	return books, unread
}

// importCode: refused when not one row can be used, partly when some cannot.
func importCode(r *intake.Report) int {
	read, _, _, _, _, refused := r.Totals()
	switch {
	case r.Problems() && read == refused:
		return ExitRefused
	case r.Problems():
		return ExitPartly
	}
	return ExitDone
}

// importDone tells what became of the workbooks.
func (c *call) importDone(r *intake.Report, code int) (int, error) {
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
