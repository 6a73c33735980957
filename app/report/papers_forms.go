package report

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/app/report/table"
	"lianshao/domain"
)

// postFormPaper is the 岗位自查表 that a person fills in and signs, a sheet per post.
func postFormPaper() Paper {
	return Paper{ID: "post-form", Title: "岗位廉政风险自查登记表", Secret: "是本人填写的自评", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Posts.Len() > 0 }, "还没有岗位：请先导入部门职权目录或登记岗位"),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				return []*table.TableModel{postForm(in, &domain.Post{}, nil)}
			}
			var out []*table.TableModel
			for _, u := range unitsOf(in, o) {
				pts := pointsOf(in, o, u.ID)
				for _, post := range in.Pilot.Posts.By(domain.ByUnit, u.ID) {
					if o.Record != "" && o.Record != post.ID {
						continue
					}
					own := slices.DeleteFunc(slices.Clone(pts), func(r pt) bool { return r.Post.ID != post.ID })
					out = append(out, postForm(in, post, own))
				}
			}
			return out
		}}
}

// postForm has nine columns: what a risk point is asked, and above and below them
// fields over several columns.
func postForm(in Input, post *domain.Post, pts []pt) *table.TableModel {
	p := in.Pilot
	t := &table.TableModel{Title: p.Info().School + "岗位廉政风险自查登记表", Form: true, Page: landscape(), Sizes: table.Sizes{Text: 9},
		Footer:  strings.TrimSpace("岗位廉政风险自查登记表　" + p.NameOf(domain.KindUnit, post.Unit) + post.Name),
		Columns: []table.Column{{Width: 30}, {Width: 18}, {Weight: 2}, {Weight: 1.5}, {Weight: 1.5}, {Width: 12}, {Width: 12}, {Weight: 2.4}, {Width: 18}},
		Notes:   []string{"注：可能性L、影响C按1～5分自评，分值越大风险越大；来源填“自己查”“组织点”“群众帮”，可多选。"}}
	over := func(height float64, parts ...table.Cell) {
		t.Rows = append(t.Rows, table.Row{Cells: parts, Height: height})
	}
	// spread puts a cell over n columns; the covered cells stand after it.
	spread := func(c table.Cell, n int) []table.Cell {
		c.ColSpan = n
		return append([]table.Cell{c}, make([]table.Cell, n-1)...)
	}
	text := func(s string) table.Cell { return table.Cell{Text: s} }
	over(9, slices.Concat(spread(text("姓名："+strings.Join(post.People, "、")), 2), spread(text("部门："+p.NameOf(domain.KindUnit, post.Unit)), 2),
		spread(text("岗位："+post.Name), 3), spread(text("职务（职级）："+post.Rank), 2))...)
	over(14, append([]table.Cell{label("岗位职责")}, spread(text(post.Duties), 8)...)...)
	over(11, append([]table.Cell{label("职权")}, spread(text(strings.Join(post.Powers, "、")), 8)...)...)
	heads := []string{"流程步骤", "风险类别", "表现形式", "成因", "可能后果", "自评\n可能性L", "自评\n影响C", "拟采取措施", "来源"}
	var head []table.Cell
	for _, h := range heads {
		head = append(head, label(h))
	}
	over(9, head...)
	for _, r := range pts {
		center := func(s string) table.Cell { return table.Cell{Text: s, Center: true} }
		over(12, text(joinDash(p.NameOf(domain.KindWorkflow, r.Workflow), p.NameOf(domain.KindStep, r.Step))), center(r.Category), text(orElse(r.Description, r.Name)),
			text(r.Causes), text(r.Consequence), center(blankInt(r.Likelihood)), center(blankInt(r.Impact)), text(MeasureList(p, r.ID)), center(strings.Join(r.Channels, "\n")))
	}
	for range max(0, 3-len(pts)) {
		over(15, make([]table.Cell, len(heads))...)
	}
	for _, name := range []string{"本人签字", "科室意见", "部门审核意见"} {
		over(13, append([]table.Cell{label(name)}, spread(text("　　　　　　　　　　　　　　　　　　　　　　　　　签字：　　　　　　　　　　"+handDate), 8)...)...)
	}
	return t
}

// opinionFormPaper is the 意见反馈表: one opinion with what became of it; blank it is
// handed out with a disclosure.
func opinionFormPaper() Paper {
	paper := recordsPaper("opinion-form", "公示意见反馈表", "还没有登记意见",
		func(p *domain.Pilot) []*domain.Opinion { return p.Opinions.All() }, opinionForm)
	paper.Secret = "写有意见原文和意见人"
	return paper
}

func opinionForm(in Input, r *domain.Opinion, blank bool) *table.TableModel {
	if blank {
		r = &domain.Opinion{}
	}
	p := in.Pilot
	batch, _ := fields.Find(domain.KindOpinion, "disclosure")
	f := form{}
	f.pair("编号", r.Code, "公示批次", batch.Get(p, r))
	f.pair("日期", orElse(string(r.Received), blankDate(blank)), "渠道", r.Channel)
	f.pair("意见人（可匿名）", r.From, "对应风险点", p.NamesOf(domain.KindRiskPoint, r.Points))
	f.line("意见", r.Content, 70)
	decision := r.Decision
	if decision == "" {
		decision = "采纳　　　部分采纳　　　不采纳（划√）"
	}
	f.line("采纳情况", decision, 0)
	f.line("理由", r.Reason, 35)
	f.line("答复", r.Reply, 35)
	f.pair("答复人（单位）", r.ReplyBy, "答复日期", orElse(r.Replied.String(), blankDate(blank)))
	t := sheetOf(p.Info().School+"廉政风险公示意见反馈表", f)
	t.Footer = strings.TrimSpace("公示意见反馈表　" + r.Code)
	t.Notes = []string{"注：意见人可以不署名；对署名意见的处理结果予以答复。"}
	return t
}

// selfReviewPaper is the 廉政风险防控工作自评表 with the written summary, per department.
func selfReviewPaper() Paper {
	return Paper{ID: "self-review", Title: "廉政风险防控工作自评表", Secret: "写有自评得分", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Pilot.Units.Len() > 0 }, "还没有登记试点部门"),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				return []*table.TableModel{selfReview(in, &domain.Unit{}, o)}
			}
			var out []*table.TableModel
			for _, u := range unitsOf(in, o) {
				out = append(out, selfReview(in, u, o))
			}
			return out
		}}
}

// reviewed is a line of the self-review: what was asked, what there is, what lacks.
type reviewed struct{ item, asked, have, lacks string }

func selfReview(in Input, u *domain.Unit, o Options) *table.TableModel {
	lines := reviewOfUnit(in, u)
	if o.Blank {
		for i := range lines {
			lines[i].have, lines[i].lacks = "", ""
		}
	}
	cols := []col[reviewed]{
		{title: "自查项目", width: 22, center: true, get: func(r reviewed) string { return r.item }},
		{title: "自查要求", weight: 1.6, get: func(r reviewed) string { return r.asked }},
		{title: "自查情况", weight: 1.8, get: func(r reviewed) string { return r.have }},
		{title: "存在问题", weight: 1.6, get: func(r reviewed) string { return r.lacks }},
		{title: "整改措施及时限", width: 34, get: func(reviewed) string { return "" }},
	}
	t := &table.TableModel{Title: in.Pilot.Info().School + "廉政风险防控工作自评表", Footer: strings.TrimSpace("廉政风险防控工作自评表　" + u.Name),
		Subtitles: []table.Line{{Left: "部门（盖章）：" + u.Name, Right: "填表日期：" + handDate}}, Sizes: table.Sizes{Text: 10},
		Signs: []string{"填表人（签字）：", "部门负责人（签字）："}}
	t.Columns, t.Rows = numbered(cols, lines)
	for i := range t.Rows {
		t.Rows[i].Height = 20
	}
	t.Rows = append(t.Rows, table.Row{Heading: "书面总结（工作做法、成效、问题和打算，可另附页）"}, table.Row{Cells: []table.Cell{{ColSpan: len(t.Columns)}}, Height: 75})
	return t
}

// reviewOfUnit counts what the pilot holds of a department, item by item.
func reviewOfUnit(in Input, u *domain.Unit) []reviewed {
	p := in.Pilot
	powers := p.Authorities.By(domain.ByUnit, u.ID)
	noBasis, noHolder := 0, 0
	for _, a := range powers {
		noBasis += one(len(a.Basis) == 0)
		noHolder += one(a.Holder.IsZero())
	}
	flows, bare := flowsOf(in, Options{Unit: u.ID}), 0
	for _, w := range flows {
		bare += one(len(w.Steps) == 0)
	}
	pts := pointsOf(in, Options{Unit: u.ID}, u.ID)
	unrated, unmeasured, unbound, measures := 0, 0, 0, 0
	for _, r := range pts {
		unrated += one(in.levelOrSelf(r).Text == "")
		ms := p.Measures.By(domain.ByPoint, r.ID)
		unmeasured += one(len(ms) == 0)
		measures += len(ms)
		for _, m := range ms {
			unbound += one(m.Step.ID == "")
		}
	}
	shown, opinions, open := 0, 0, 0
	for _, d := range p.Disclosures.All() {
		shown += one(d.Covers(u.ID))
	}
	for _, op := range p.Opinions.All() {
		if slices.ContainsFunc(op.Points, func(ref domain.Ref) bool { r, ok := p.RiskPoints.Get(ref.ID); return ok && r.Unit.ID == u.ID }) {
			opinions++
			open += one(op.State() != domain.OpinionAnswered)
		}
	}
	return []reviewed{
		{"职权目录", "逐项登记职权，写明授权依据和负责人", fmt.Sprintf("登记职权%d项", len(powers)), lacking("%d项没有授权依据", noBasis, "%d项没有负责人", noHolder)},
		{"流程图", "每项职权有运行流程，步骤、责任岗位明确", fmt.Sprintf("绘制工作流程%d个", len(flows)), lacking("%d个流程没有步骤", bare)},
		{"风险点和等级", "查找到每个岗位、环节，逐点评定等级", fmt.Sprintf("查找风险点%d个%s", len(pts), in.levelSentence(pts)), lacking("%d个没有等级", unrated)},
		{"防控措施", "每个风险点有措施，措施嵌入流程步骤", fmt.Sprintf("制定措施%d条", measures), lacking("%d个风险点没有措施", unmeasured, "%d条没有嵌入流程", unbound)},
		{"公示", "在适当范围公示，听取意见并答复", fmt.Sprintf("公示%d次，收到意见%d条", shown, opinions), lacking("%d条意见没有答复", open)},
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// lacking names what lacks, in pairs of a clause and a number; none is said too.
func lacking(pairs ...any) string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		if n := pairs[i+1].(int); n > 0 {
			parts = append(parts, fmt.Sprintf(pairs[i].(string), n))
		}
	}
	if len(parts) == 0 {
		return "未发现缺项"
	}
	return strings.Join(parts, "；")
}

// ratingSheetsPaper is the 评分表 of each assessor: what he gave, or, blank, what he
// is to give.
func ratingSheetsPaper() Paper {
	return Paper{ID: "rating-sheets", Title: "风险点评分表（按评分人）", Secret: "写有评分人的评分", HasBlank: true,
		Ready: when(func(in Input) bool { return in.Result != nil && len(in.Result.Round.Assessors) > 0 }, "还没有评估轮次：请先在“风险评估”里建立轮次或导入评分表"),
		Tables: func(in Input, o Options) []*table.TableModel {
			if o.Blank {
				return []*table.TableModel{ratingSheet(in, "", o)}
			}
			var out []*table.TableModel
			for _, a := range in.Result.Round.Assessors {
				out = append(out, ratingSheet(in, a.Name, o))
			}
			return out
		}}
}

func ratingSheet(in Input, assessor string, o Options) *table.TableModel {
	p := in.Pilot
	var pts []pt
	for _, u := range unitsOf(in, o) {
		pts = append(pts, pointsOf(in, o, u.ID)...)
	}
	sys := p.SystemFor(domain.TargetPoint)
	round, marks := "", map[domain.ID]*domain.RatingRow{}
	if in.Result != nil {
		sys, round = in.Result.PointSys, in.Result.Round.Name
		if assessor != "" {
			marks = marksOf(in, assessor)
		}
	}
	cols := []col[pt]{
		{title: "编号", width: 16, nowrap: true, center: true, get: func(r pt) string { return r.Code }},
		{title: "岗位", width: 28, center: true, get: func(r pt) string { return p.NameOf(domain.KindPost, r.Post) }},
		{title: "风险点", weight: 2, get: func(r pt) string { return r.Name }},
	}
	k := 0
	if sys != nil {
		for _, d := range sys.Dimensions {
			for _, ind := range d.Indicators {
				cols = append(cols, col[pt]{title: ind.Code + " " + ind.Name, group: d.Name, width: 17, center: true, get: markAt(marks, k, &ind)})
				k++
			}
		}
	}
	for ; k < 6 && sys == nil; k++ {
		cols = append(cols, col[pt]{title: fmt.Sprintf("指标%d", k+1), group: "指标", width: 17, center: true, get: func(pt) string { return "" }})
	}
	cols = append(cols, col[pt]{title: "备注", width: 18, get: func(pt) string { return "" }})
	t := &table.TableModel{Title: p.Info().School + round + "风险点评分表", Page: landscape(), Sizes: table.Sizes{Text: 8.5, Header: 8}, Footer: strings.TrimSpace("风险点评分表　" + assessor),
		Subtitles: []table.Line{{Left: "评分人：" + assessor, Right: "评分日期：" + handDate}}, Notes: []string{"注：按评分标准打1～5分；不了解的可以弃权，填“—”。"}, Signs: []string{"评分人（签字）："}}
	t.Columns, t.Rows = numbered(cols, pts)
	if o.Blank && len(pts) == 0 {
		return blankIf(t, o)
	}
	return t
}

// marksOf are an assessor's rows by risk point.
func marksOf(in Input, assessor string) map[domain.ID]*domain.RatingRow {
	out := map[domain.ID]*domain.RatingRow{}
	for i := range in.Result.Points {
		point := in.Result.Points[i].Point
		for _, r := range in.Pilot.Ratings.By(domain.BySubject, point.ID) {
			if r.Assessment.ID == in.Result.Round.ID {
				out[point.ID] = r.Row(assessor)
			}
		}
	}
	return out
}

func markAt(marks map[domain.ID]*domain.RatingRow, k int, ind *domain.Indicator) func(pt) string {
	return func(r pt) string {
		row := marks[r.ID]
		if row == nil || k >= len(row.Marks) {
			return ""
		}
		return edit.FormatMark(ind, row.Marks[k])
	}
}
