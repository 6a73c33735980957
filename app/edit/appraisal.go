package edit

import (
	"fmt"

	"lianshao/app"
	"lianshao/domain"
)

// AddScoreSheets gives units the usual score sheet, line by line, to be changed freely.
// A unit that has one already is refused.
func AddScoreSheets(units []*domain.Unit, newID app.IDs) app.Command {
	return app.Edit(domain.Op{Name: "score-sheets", Label: fmt.Sprintf("建立 %d 份考核评分表", len(units))}, func(d *domain.Pilot) error {
		for _, u := range units {
			if total, _ := d.AppraisalOf(u.ID); total.Lines > 0 {
				return app.E(app.CodeInvalid, "%s已有考核评分表", u.Name)
			}
			for i := range domain.StandardAppraisal {
				a := domain.StandardAppraisal[i].Clone().(*domain.Appraisal)
				a.SetBase(newID(), "通用评分表")
				a.Code, a.Unit = fmt.Sprintf("KH-%02d-%s", i+1, u.Name), domain.To(u.ID)
				d.Appraisals.Put(a)
			}
		}
		return nil
	})
}

// AddSanction registers a reward or punishment. It needs a form, a basis and a day:
// what was decided must be told from what was thought of.
func AddSanction(x *domain.Sanction, newID app.IDs) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		switch {
		case x.Unit.IsZero():
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请选部门")
		case x.Form == "":
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请写奖惩的形式，如：通报表扬、诫勉谈话")
		case x.Basis == "":
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请写奖惩的依据")
		case x.Date == "":
			return domain.ChangeSet{}, app.E(app.CodeInvalid, "请填决定日期")
		}
		n := x.Clone().(*domain.Sanction)
		n.Code = NextCode(p, domain.KindSanction, "JC-00")
		return Add(n, newID).Plan(p)
	})
}
