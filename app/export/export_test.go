package export_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/app/intake"
	"lianshao/app/sample"
	"lianshao/app/sheet"
	"lianshao/domain"
	"lianshao/storage/pilotfile"
	"lianshao/storage/sampletest"
	"lianshao/storage/xlsx"
)

// samplePilot is the built-in example in a temporary file.
func samplePilot(t testing.TB) *app.Session {
	t.Helper()
	return sampletest.Open(t, sampletest.On("2026-11-23"))
}

func plan(t testing.TB, s *app.Session, path string) *intake.Plan {
	t.Helper()
	b, err := xlsx.Reader{}.Read(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return intake.NewPlan(s.Pilot, intake.Analyse([]*intake.Book{b}, intake.Options{}), intake.Env{IDs: s.NewID, Year: s.Pilot.Year()})
}

// withActivities adds meetings, cards, papers and what else the sample lacks.
func withActivities(t testing.TB, s *app.Session) {
	t.Helper()
	unit, _ := s.Pilot.Resolve(domain.KindUnit, domain.Ref{}, "基建处")
	post := s.Pilot.Posts.By(domain.ByUnit, unit)[0]
	point, _ := s.Pilot.RiskPoints.ByKey("JJ-03")
	step, _ := s.Pilot.Milestones.ByKey("3")
	item := s.Pilot.Intelligence.All()[0]
	id := func() domain.Base { return domain.Base{ID: s.NewID()} }
	factor := &domain.Factor{Base: domain.Base{ID: s.NewID(), Code: "CY-01"}, Category: "制度机制", Text: "采购与验收未分离"}
	file := &domain.Attachment{Base: domain.Base{ID: s.NewID(), Code: "FJ-9F3A01BC"}, Name: "签到、照片.jpg", Size: 1200, SHA256: strings.Repeat("9f", 32), Added: "2026-06-05"}
	files := []domain.Ref{domain.To(file.ID)}
	p2, x2 := post.Clone().(*domain.Post), item.Clone().(*domain.Intelligence)
	p2.People = []string{"甲某", "乙某某"}
	x2.Secrecy, x2.Posts, x2.Factors = domain.SecrecyClosed, []domain.Ref{domain.To(post.ID)}, []domain.Ref{domain.To(factor.ID)}
	err := s.Do(app.Edit(domain.Op{Name: "test", Label: "测试"}, func(d *domain.Pilot) error {
		for _, r := range []domain.Record{factor, file, p2, x2,
			&domain.Meeting{Base: id(), Type: domain.MeetingMobilise, Title: "动员会", Unit: domain.To(unit), Date: "2026-06-05", Place: "会议室", Chair: "甲", Speaker: "乙",
				Expected: 24, Present: 22, Film: "《警钟》", Content: "一、意义\n二、要求", Resolution: "抓紧自查", Recorder: "丙", Attachments: files, Note: "备"},
			&domain.Meeting{Base: id(), Type: domain.MeetingResearch, Title: "调研", Date: "2026-05-26", Method: "座谈", Speaker: "某校基建处"},
			&domain.CaseCard{Base: domain.Base{ID: s.NewID(), Code: "AL-01"}, Title: "某校认质认价案", Source: "通报", Date: "2026-02-18", Field: "工程建设", Facts: "收受回扣",
				Categories: []string{"思想道德", "外部环境"}, Causes: "监督缺位", Lessons: "三家询价", Points: []domain.Ref{domain.To(point.ID)}, Info: domain.To(item.ID), Attachments: files, Note: "备"},
			&domain.Artefact{Base: domain.Base{ID: s.NewID(), Code: "校纪〔2026〕8号"}, Milestone: domain.To(step.ID), Name: "动员会会议记录", Title: "关于动员会的记录",
				Date: "2026-06-08", By: "领导小组办公室", Attachments: files, Note: "备"}} {
			d.Put(r)
		}
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// What was exported and not touched comes back without a change; imported into
// an empty pilot it gives the same pilot.
func TestRoundTrip(t *testing.T) {
	s := samplePilot(t)
	withActivities(t, s)
	path := filepath.Join(t.TempDir(), "全部.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(s.Pilot), nil); err != nil {
		t.Fatal(err)
	}
	pl := plan(t, s, path)
	for _, f := range pl.Report.Files {
		for _, sh := range f.Sheets {
			for _, e := range sh.Errors {
				t.Errorf("%s!%s %s: %s", sh.Sheet, e.Cell, e.Field, e.Message)
			}
			if sh.New+sh.Changed > 0 {
				t.Errorf("%s (%s): 新增 %d 修改 %d", sh.Sheet, sh.Kind, sh.New, sh.Changed)
			}
		}
	}
	for i, c := range pl.Changes.Changes {
		if i < 10 {
			t.Errorf("changed %s %s:\n%+v\n%+v", c.Kind, c.ID, c.Before, c.After)
		}
	}
	if _, added, changed, same, _, refused := pl.Report.Totals(); added+changed+refused > 0 || same < 1000 {
		t.Errorf("新增 %d 修改 %d 拒绝 %d 相同 %d", added, changed, refused, same)
	}
}

// The workbook alone carries the pilot: imported into a blank one, everything
// is there again.
func TestWorkbookCarriesEverything(t *testing.T) {
	s := samplePilot(t)
	withActivities(t, s)
	wb := export.Workbook(s.Pilot)
	path := filepath.Join(t.TempDir(), "全部.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	other, err := app.CreatePilot(pilotfile.Stores{}, filepath.Join(t.TempDir(), "b.lianshao"), app.TemplateBlank, sample.Year, s.Clock, s.NewID, "测试")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Do(plan(t, other, path).Command()); err != nil {
		t.Fatal(err)
	}
	got := export.Workbook(other.Pilot)
	for _, want := range wb.Sheets {
		if strings.HasPrefix(want.Name, "附件目录") {
			continue // contents stay in the pilot file, and so does their list
		}
		at := slices.IndexFunc(got.Sheets, func(s sheet.Sheet) bool { return s.Name == want.Name })
		if at < 0 {
			t.Errorf("sheet %s is missing", want.Name)
			continue
		}
		was, wasRows := byText(want)
		is, isRows := byText(got.Sheets[at])
		if diff := cmp.Diff(was, is, cmpopts.IgnoreFields(sheet.Sheet{}, "Rows")) + cmp.Diff(wasRows, isRows); diff != "" {
			t.Errorf("%s (-was +is):\n%.1500s", want.Name, diff)
		}
	}
}

// One changed cell is one changed record.
func TestOneEdit(t *testing.T) {
	s := samplePilot(t)
	wb := export.Workbook(s.Pilot)
	for i := range wb.Sheets {
		if wb.Sheets[i].Name == "风险点" {
			rows := slices.Collect(wb.Sheets[i].Rows.All())
			rows[4][8] = "改过的表现形式"
			wb.Sheets[i].Rows = sheet.Stored(rows...)
		}
	}
	path := filepath.Join(t.TempDir(), "改.xlsx")
	if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
		t.Fatal(err)
	}
	pl := plan(t, s, path)
	if len(pl.Changes.Changes) != 1 {
		t.Fatalf("%d changes", len(pl.Changes.Changes))
	}
	if r := pl.Changes.Changes[0].After.(*domain.RiskPoint); r.Code != "JJ-05" || r.Description != "改过的表现形式" {
		t.Errorf("changed %s %s", r.Code, r.Description)
	}
}

// byText orders rows by content: records without a code of their own, such as
// members, may come back in another order.
func byText(s sheet.Sheet) (sheet.Sheet, [][]any) {
	rows := slices.Collect(s.Rows.All())
	for i, c := range s.Columns { // hidden cells say where records came from, too: TestEverythingTravels compares what they hold
		if c.Hidden {
			for k := range rows {
				rows[k][i] = nil
			}
		}
	}
	slices.SortFunc(rows, func(a, b []any) int { return strings.Compare(fmt.Sprint(a...), fmt.Sprint(b...)) })
	s.Rows = sheet.Rows{}
	return s, rows
}
