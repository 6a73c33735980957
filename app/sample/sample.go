// Package sample fills a pilot with the built-in example: the workbooks of an
// invented university, read by the same importer as anybody's.
package sample

import (
	"context"
	"os"
	"path/filepath"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/assets"
	"lianshao/domain"
)

// Year is the year of the example.
const Year = 2026

const school = "云海师范大学"

// Books are the workbooks of the example, in the order of the pilot's year.
var Books = []string{"领导小组名单.xlsx", "工作步骤安排.xlsx", "部门职权目录.xlsx", "工作流程梳理表.xlsx",
	"基建处-岗位廉政风险点自查表.xlsx", "设备和实验室管理处-廉政风险防控一览表.xlsx", "风险信息库.xlsx",
	"公示意见登记表.xlsx", "评估指标体系.xlsx", "首次评估评分表.xlsx", "防范措施落实检查表.xlsx",
	"再评估评分表.xlsx", "监测指标月报.xlsx", "会议调研和成果材料.xlsx"}

// Fill imports the example into a pilot made from the university template.
// progress (may be nil) hears how many workbooks are read.
func Fill(s *app.Session, reader intake.Reader, progress func(done, total int)) error {
	dir, err := os.MkdirTemp("", "lianshao")
	if err != nil {
		return app.Wrap(app.CodeIO, err, "不能使用临时文件夹，请检查磁盘空间。")
	}
	defer os.RemoveAll(dir)
	books, err := read(dir, reader, progress)
	if err != nil {
		return err
	}
	if err := s.Do(named()); err != nil {
		return err
	}
	plan := intake.NewPlan(s.Pilot, intake.Analyse(books, intake.Options{}), intake.Env{IDs: s.NewID, Year: Year})
	return s.Do(plan.Command())
}

func read(dir string, reader intake.Reader, progress func(done, total int)) ([]*intake.Book, error) {
	books := make([]*intake.Book, len(Books))
	for i, name := range Books {
		data, err := assets.Sample.ReadFile("sample/" + name)
		if err != nil {
			return nil, app.Wrap(app.CodeIO, err, "程序自带的示例表格“%s”读不出来，请重新安装程序。", name)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return nil, app.Wrap(app.CodeIO, err, "不能写临时文件，请检查磁盘空间。")
		}
		if books[i], err = reader.Read(context.Background(), path, nil); err != nil {
			return nil, err
		}
		if progress != nil {
			progress(i+1, len(Books))
		}
	}
	return books, nil
}

// named gives the pilot the name of the invented university.
func named() app.Command {
	return app.Edit(domain.Op{Name: "sample", Label: "示例试点"}, func(draft *domain.Pilot) error {
		info := draft.Info().Clone().(*domain.Info)
		info.School, info.Name, info.Template = school, school+info.Name, "sample"
		draft.Put(info)
		return nil
	})
}
