package cli

import (
	"bytes"
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/report"
	"lianshao/app/sheet"
)

func runExport(c *call) (int, error) {
	if c.Export == nil {
		return 0, refuse("这个版本还不能导出工作簿。")
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if strings.EqualFold(filepath.Ext(c.args[1]), ".ics") {
		return c.exportCalendar(s)
	}
	if c.has("long") {
		return c.exportLong(s)
	}
	if strings.EqualFold(filepath.Ext(c.args[1]), ".csv") {
		return 0, refuse("全部内容有许多张表，.csv 只放得下一张：请导出为 .xlsx，或加 --long 导出一张长表。")
	}
	ctx, stop := interruptible()
	defer stop()
	if err := c.Export(ctx, s, c.args[1], c.progress("正在导出")); err != nil {
		return 0, fileError(err, c.args[1])
	}
	c.print("已导出到 %s", c.args[1])
	return ExitDone, nil
}

// exportLong writes the pilot as one long table, a fact a row.
func (c *call) exportLong(s *app.Session) (int, error) {
	out, n := c.args[1], 0
	ctx, stop := interruptible()
	defer stop()
	var err error
	if strings.EqualFold(filepath.Ext(out), ".csv") {
		err = c.CSV(ctx, out, export.LongColumns(), func(yield func([]any) bool) {
			for row := range export.LongRows(s) {
				n++
				if !yield(row) {
					return
				}
			}
		})
	} else {
		wb := export.LongTable(s)
		if n = wb.Sheets[0].Rows.Len(); n >= sheet.MaxRows {
			return 0, refuse("长表超过 %d 行，Excel 的一张表放不下，请导出为 .csv。", sheet.MaxRows)
		}
		err = c.Sheets.Write(ctx, out, wb, c.progress("正在导出"))
	}
	if err != nil {
		return 0, fileError(err, out)
	}
	c.print("已导出到 %s，%d 行", out, n)
	return ExitDone, nil
}

// exportCalendar writes the steps of the plan for calendar programs.
func (c *call) exportCalendar(s *app.Session) (int, error) {
	var b bytes.Buffer
	if err := app.WriteCalendar(&b, s.Pilot, s.Plan().All(), s.Clock()); err != nil {
		return 0, err
	}
	if err := writeFile(c.args[1], b.Bytes()); err != nil {
		return 0, err
	}
	c.print("已把 %d 个步骤写进日历 %s", s.Pilot.Milestones.Len(), c.args[1])
	return ExitDone, nil
}

func runChart(c *call) (int, error) {
	kind, err := report.ChartByID(c.flags["kind"])
	if err != nil {
		return 0, err
	}
	round, err := c.number("round", 0, 1, 1000)
	if err != nil {
		return 0, err
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if round > 0 {
		if _, err := roundOf(s, round); err != nil {
			return 0, err
		}
	}
	m, err := c.Metrics()
	if err != nil {
		return 0, err
	}
	picture, err := kind.Picture(report.NewInput(s, round), m)
	if err != nil {
		return 0, err
	}
	const sharp = 2 // pixels per unit, so that the picture prints well
	data, err := c.PNG(picture, sharp)
	if err != nil {
		return 0, err
	}
	if err := writeFile(c.flags["out"], data); err != nil {
		return 0, err
	}
	c.print("已画到 %s", c.flags["out"])
	return ExitDone, nil
}

func runShot(c *call) (int, error) {
	if c.Shot == nil {
		return 0, refuse("这个版本还不能画窗口的页面。")
	}
	w, h, err := c.size(1366, 768)
	if err != nil {
		return 0, err
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	data, err := c.Shot(s, c.flags["screen"], w, h)
	if err != nil {
		return 0, err
	}
	if err := writeFile(c.flags["out"], data); err != nil {
		return 0, err
	}
	c.print("已画到 %s", c.flags["out"])
	return ExitDone, nil
}

func runBackup(c *call) (int, error) {
	return c.copyPilot(c.args[0], c.args[1], "已备份到 %s")
}

func runRestore(c *call) (int, error) {
	return c.copyPilot(c.args[0], c.args[1], "已恢复到 %s")
}

// copyPilot copies a pilot that was read whole to a name that is free.
func (c *call) copyPilot(from, to, done string) (int, error) {
	s, err := app.OpenPilot(c.Stores, from, c.Clock, c.NewID, c.Actor, c.progress("正在检查"))
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if err := app.BackupPilot(s, to); err != nil {
		return 0, err
	}
	c.print(done, to)
	return ExitDone, nil
}
