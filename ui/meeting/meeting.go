// Package meeting is the page 会议调研: records of meetings and of research, case
// cards, and the files kept with them.
package meeting

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/information"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
)

// New builds the page.
func New(h page.Host) page.Page {
	return records.NewTabs(meetings(h), research(h), cases(h), files(h))
}

// meetings lists all meetings but research; the mobilisation meetings that lack are
// one button away.
func meetings(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMeeting, records.Options{Name: "meeting", Hidden: []string{"method", "note"}})
	l.Empty = lang.L("动员会（每个部门一次）、常委会和领导小组会议的记录在这里。")
	l.Add = func(*domain.Pilot) domain.Record {
		return &domain.Meeting{Type: domain.MeetingLeading, Title: lang.L("领导小组会议"), Date: h.Session().Today()}
	}
	l.Grid.Model.SetKeep(func(r domain.Record) bool { return r.(*domain.Meeting).Type != domain.MeetingResearch })
	mobilise := func() {
		n := 0
		tell(h, h.Do(information.Mobilise(h.Session().NewID, &n)), n, lang.L("每个部门都已有动员会记录"), lang.L("已新增 %d 条动员会记录，请填日期、地点、主讲人和人数"))
	}
	l.EmptyButton, l.EmptyAct = lang.L("补齐各部门动员会"), mobilise
	l.Tools = []fyne.CanvasObject{low(lang.L("补齐各部门动员会"), mobilise), records.PrintButton(h, "meetings")}
	return records.FilePart(h, "meetings", "会议记录", l)
}

func research(h page.Host) records.Part {
	l := records.NewList(h, domain.KindMeeting, records.Options{Name: "research", Hidden: []string{"type", "chair", "expected", "rate", "film"}})
	l.Empty = lang.L("对同类高校、部门的调研记录在这里：去了哪里、问了谁、发现什么。")
	l.Add = func(*domain.Pilot) domain.Record {
		return &domain.Meeting{Type: domain.MeetingResearch, Title: lang.L("新的调研"), Date: h.Session().Today()}
	}
	l.Grid.Model.SetKeep(func(r domain.Record) bool { return r.(*domain.Meeting).Type == domain.MeetingResearch })
	l.Tools = []fyne.CanvasObject{records.PrintButton(h, "research")}
	return records.FilePart(h, "research", "调研记录", l)
}

func cases(h page.Host) records.Part {
	l := records.NewList(h, domain.KindCaseCard, records.Options{Name: "casecard", Fixed: 1})
	l.Empty = lang.L("案例卡写一个案例的案情、成因和启示，供课题小组分析。风险信息库里的典型案例可以转来。")
	l.Add = func(p *domain.Pilot) domain.Record {
		code := information.NextCase(p)
		return &domain.CaseCard{Base: domain.Base{Code: code}, Title: lang.L("新案例 ") + code}
	}
	take := func() {
		n := 0
		tell(h, h.Do(information.CasesFromInformation(h.Session().NewID, &n)), n, lang.L("信息库里的典型案例都已有案例卡"), lang.L("已由典型案例新增 %d 张案例卡，请补写案情、原因和启示"))
	}
	l.EmptyButton, l.EmptyAct = lang.L("从信息库转来"), take
	l.Tools = []fyne.CanvasObject{low(lang.L("从信息库转来"), take), records.PrintButton(h, "cases")}
	return records.FilePart(h, "cases", "案例卡", l)
}

// tell says how many records a command has made.
func tell(h page.Host, err error, n int, none, some string) {
	switch {
	case err != nil:
		h.Report(err)
	case n == 0:
		h.Toast(none)
	default:
		h.Toast(fmt.Sprintf(some, n))
	}
}

func low(text string, act func()) fyne.CanvasObject {
	b := widget.NewButton(text, act)
	b.Importance = widget.LowImportance
	return b
}

// files lists everything that is kept in the pilot; a file is taken off at the
// record it hangs on.
func files(h page.Host) records.Part {
	l := records.NewList(h, domain.KindAttachment, records.Options{Name: "attachment"})
	l.Empty = lang.L("会议、调研、案例、成果材料的附件存在试点文件里。在那条记录旁边点“添加附件”，一个文件最多 20 MB。")
	l.EmptyButton, l.EmptyAct = lang.L("看成果材料"), func() { h.Go(page.Plan, "papers") }
	l.Grid.OnDelete, l.Grid.Menu = nil, nil
	part := records.ListPart("files", "附件", l)
	part.Changed = func(e app.Event) { l.Changed(e) }
	return part
}
