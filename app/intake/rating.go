package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// roundOf reads the number of the round a text is about, 0 when it does not say.
func roundOf(text string) int {
	switch {
	case strings.Contains(text, "再评估"), strings.Contains(text, "复评"), strings.Contains(text, "再次评估"):
		return 2
	case strings.Contains(text, "首次"), strings.Contains(text, "初次"):
		return 1
	}
	if i := strings.Index(text, "第"); i >= 0 {
		rest := text[i:]
		if j := strings.IndexAny(rest, "次轮"); j > 0 && j < 16 {
			return ordinal(rest[:j])
		}
	}
	return 0
}

func roundName(no int) string {
	switch no {
	case 1:
		return "首次评估"
	case 2:
		return "再评估"
	}
	return fmt.Sprintf("第%d次评估", no)
}

// round finds the round a sheet belongs to, making it when it is new.
func (r *run) round(w *row) *domain.Assessment {
	no, _ := parseWhole(w.number(r.at("round")))
	for _, text := range append(slices.Clone(r.g.above), r.g.Sheet.Name, r.g.Book.File) {
		if no == 0 {
			no = roundOf(text)
		}
	}
	if no == 0 {
		no = 1
		if latest := r.d.Round(0); latest != nil {
			no = latest.No
		}
		r.warn(w, "code", "表中没有写明是第几次评估，按第%d次登记", no)
	}
	if a := r.d.Round(no); a != nil {
		return a
	}
	a := &domain.Assessment{No: no, Name: roundName(no)}
	a.SetBase(r.env.IDs(), r.from(w, "code"))
	a.Code = itoa(no)
	a.Scheme = domain.To(r.scheme(a.Rule).ID)
	r.d.Assessments.Put(a)
	return a
}

// scheme is the newest level scheme for a rule, the usual one when there is none.
func (b *builder) scheme(rule domain.Rule) *domain.LevelScheme {
	if s := b.d.SchemeFor(rule.Basis()); s != nil {
		return s
	}
	if rule.Basis() != domain.BasisIndex {
		s := domain.Preset(domain.LevelStyles[0], rule.Basis())
		s.SetBase(b.env.IDs(), "")
		b.d.Schemes.Put(s)
		return s
	}
	s := &domain.LevelScheme{Name: "风险指数四级", Version: 1, Basis: domain.BasisIndex, Levels: []domain.Level{
		{Label: "红", Color: "red", Severity: 3, Min: 80, Told: "常委会、领导小组、分管校领导、部门、本人", Signer: "组长", Reply: 3, Fix: 30, Release: "再评估降至黄级以下且检查合格，组长批准"},
		{Label: "橙", Color: "orange", Severity: 2, Min: 60, Told: "领导小组、分管校领导、部门、本人", Signer: "组长", Reply: 5, Fix: 20, Release: "再评估降级，领导小组批准"},
		{Label: "黄", Color: "yellow", Severity: 1, Min: 40, Told: "部门负责人、本人，纪检监察处备案", Signer: "办公室", Reply: 5, Fix: 15, Release: "部门申请，办公室复核"},
		{Label: "蓝", Color: "blue", Severity: 0, Min: 0, Told: "本人、科室", Signer: "部门", Reply: 10, Release: "部门"},
	}}
	s.SetBase(b.env.IDs(), "")
	s.Code = s.Natural()
	b.d.Schemes.Put(s)
	return s
}

// ratingSheet is what the rows of a sheet of marks share.
type ratingSheet struct {
	*run
	round  *domain.Assessment
	sys    *domain.IndicatorSystem
	target string
	bad    bool // the sheet cannot be used; said once
	order  map[string]int
}

func (r *run) newRatingSheet(target string) *ratingSheet {
	return &ratingSheet{run: r, target: target}
}

// open finds round and indicator system at the first row of marks.
func (s *ratingSheet) open(w *row) bool {
	if s.bad || s.round != nil {
		return !s.bad
	}
	round := s.run.round(w)
	next := round.Clone().(*domain.Assessment)
	ref := &next.PointSystem
	if s.target == domain.TargetUnit {
		ref = &next.UnitSystem
	}
	sys := s.d.SystemOf(next, s.target)
	if sys == nil && !next.Rule.Weighs() {
		s.refuse(w, "code", "", "%s用%s评估，没有%s层面的评分", round.Name, next.Rule.Method.Label(), s.target)
		s.bad = true
		return false
	}
	if sys == nil {
		sys = s.d.SystemFor(s.target)
		if sys == nil {
			s.refuse(w, "code", "", "还没有%s层面的指标体系，评分无处对应，请先导入评估指标体系", s.target)
			s.bad = true
			return false
		}
		*ref = domain.To(sys.ID)
	}
	if next.Scheme.ID == "" {
		next.Scheme = domain.To(s.scheme(next.Rule).ID)
	}
	s.round, s.sys = next, sys
	return true
}

// close stores what the sheet said about the round itself.
func (s *ratingSheet) close(day domain.Date) {
	if s.round == nil || s.final(s.round.ID) {
		return
	}
	if day > s.round.Date {
		s.round.Date = day
	}
	if now, ok := s.d.Assessments.Get(s.round.ID); !ok || !domain.Equal(now, s.round) {
		s.d.Assessments.Put(s.round)
	}
}

// assessor enters an assessor into the round; assessors are known by their short name.
func (s *ratingSheet) assessor(a domain.Assessor) {
	i := slices.IndexFunc(s.round.Assessors, func(x domain.Assessor) bool { return x.Name == a.Name })
	if i < 0 {
		if a.No == 0 || slices.ContainsFunc(s.round.Assessors, func(x domain.Assessor) bool { return x.No == a.No }) {
			a.No = 1
			for _, x := range s.round.Assessors {
				a.No = max(a.No, x.No+1)
			}
		}
		s.round.Assessors = append(s.round.Assessors, a)
	} else {
		x := &s.round.Assessors[i]
		if a.Title != "" {
			x.Title = a.Title
		}
		if a.Date != "" {
			x.Date = a.Date
		}
		if a.No != 0 && !slices.ContainsFunc(s.round.Assessors, func(y domain.Assessor) bool { return y.No == a.No }) {
			x.No = a.No
		}
	}
	slices.SortStableFunc(s.round.Assessors, func(x, y domain.Assessor) int { return x.No - y.No })
	s.order = map[string]int{}
	for _, x := range s.round.Assessors {
		s.order[x.Name] = x.No
	}
}

// set puts one assessor's marks into a subject's rating.
func (s *ratingSheet) set(w *row, subject domain.Ref, given domain.RatingRow) result {
	old, exists := s.d.Ratings.ByKey(domain.RatingKey(s.round.ID, s.target, subject))
	next := begin(s.run, w, old, exists, &domain.Rating{Assessment: domain.To(s.round.ID), Target: s.target, Subject: subject}, "code")
	if next.Code == "" {
		next.Code = itoa(s.round.No) + "/" + s.d.CodeOf(kindOfTarget(s.target), subject)
	}
	res := added
	if was := next.Row(given.Assessor); was != nil {
		if given.Note == "" || given.Note == shown(was.Note) {
			given.Note = was.Note
		}
		if slices.Equal(was.Marks, given.Marks) && was.Note == given.Note {
			return same
		}
		*was = given
		res = changed
	} else {
		next.Rows = append(next.Rows, given)
	}
	if s.final(s.round.ID) {
		return s.refuse(w, "code", given.Assessor, "%s已定稿，“%s”的评分与原来的不同，不能再改", s.round.Title(), given.Assessor)
	}
	slices.SortStableFunc(next.Rows, func(a, b domain.RatingRow) int { return s.order[a.Assessor] - s.order[b.Assessor] })
	s.d.Ratings.Put(next)
	return res
}

func kindOfTarget(target string) domain.Kind {
	if target == domain.TargetUnit {
		return domain.KindUnit
	}
	return domain.KindRiskPoint
}

// sheetAssessor reads who filled the sheet: “3分管设备校领导” and 评分人.
func (r *run) sheetAssessor() domain.Assessor {
	a := domain.Assessor{Title: r.context("评分人"), Date: r.contextDay("评分日期", "日期")}
	n, length := leadingNumber(r.g.Sheet.Name)
	a.Name = strings.TrimLeft(r.g.Sheet.Name[length:], " .、．-_")
	a.No = n
	if a.Name == "" || strings.HasPrefix(strings.ToLower(a.Name), "sheet") || strings.Contains(a.Name, "评分表") || strings.Contains(a.Name, "评分") {
		a.Name = a.Title
	}
	return a
}

// readRatings reads one assessor's marks of all points, or, with a column 评分人, everybody's.
func (r *run) readRatings() {
	s := r.newRatingSheet(domain.TargetPoint)
	who := r.sheetAssessor()
	named := r.has("assessor")
	marks := r.crossColumns(CrossMark)
	var at []int
	rounds := map[string]*ratingSheet{}
	r.rows([]string{"code"}, func(w *row) result {
		if named {
			key := w.get(r.at("round"))
			if rounds[key] == nil {
				rounds[key] = r.newRatingSheet(domain.TargetPoint)
			}
			s = rounds[key]
			who = domain.Assessor{Name: w.get(r.at("assessor"))}
			at = nil
		}
		if !s.open(w) {
			return refused
		}
		if who.Name == "" {
			s.bad = true
			return r.refuse(w, "code", "", "看不出是谁的评分，请在表头上方写明“评分人：…”，或用评分人给工作表命名")
		}
		if s.order[who.Name] == 0 {
			s.assessor(who)
		}
		if at == nil {
			at = s.columns(marks)
		}
		return s.point(w, who.Name, marks, at)
	})
	s.close(who.Date)
	for _, x := range rounds {
		x.close("")
	}
}

// columns finds the indicator of every mark column; those unknown are said.
func (s *ratingSheet) columns(marks []Column) []int {
	at := make([]int, len(marks))
	seen := map[int]bool{}
	for i, c := range marks {
		code := strings.TrimPrefix(c.Field, CrossMark+":")
		at[i] = s.sys.Find(code)
		if at[i] < 0 {
			s.rep.Warnings = append(s.rep.Warnings, Issue{Cell: CellName(s.g.HeaderRow+s.g.HeaderRows-1, c.Col+1), Field: code,
				Message: fmt.Sprintf("“%s”不是%s层面第%d版指标，这一列没有导入", c.Header, s.target, s.sys.Version)})
		}
		seen[at[i]] = true
	}
	for i, ind := range s.sys.Indicators() {
		if !seen[i] {
			s.rep.Warnings = append(s.rep.Warnings, Issue{Cell: CellName(s.g.HeaderRow, 1), Field: ind.Code,
				Message: fmt.Sprintf("表中没有指标“%s %s”这一列，按未评分登记", ind.Code, ind.Name)})
		}
	}
	return at
}

func (s *ratingSheet) point(w *row, who string, marks []Column, at []int) result {
	code := w.raw(s.at("code"))
	if code == "" {
		return s.refuse(w, "code", "", "这一行没有风险点编号")
	}
	if s.twice(w, "code", itoa(s.round.No)+"/"+who+"/"+code, code) {
		return refused
	}
	pt, ok := s.d.RiskPoints.ByKey(code)
	if !ok {
		return s.refuse(w, "code", code, "没有编号为“%s”的风险点，请先登记（导入风险点表或“新增风险点”）再导入评分", code)
	}
	inds := s.sys.Indicators()
	given := domain.RatingRow{Assessor: who, Marks: make([]domain.Mark, len(inds)), Note: w.get(s.run.at("note"))}
	good := true
	for i, c := range marks {
		if at[i] < 0 {
			continue
		}
		text := w.ownNumber(c.Col)
		m, ok := parseMark(&inds[at[i]], text)
		if !ok {
			s.refuse(w, c.Field, text, "%s应为%s，现为“%s”", c.Header, scaleWords(&inds[at[i]]), text)
			good = false
			continue
		}
		given.Marks[at[i]] = m
	}
	if !good {
		return refused
	}
	if s.form && given.Note == "" && !slices.ContainsFunc(given.Marks, func(m domain.Mark) bool { return m != domain.Blank }) {
		return skipped // a line of the form that was not filled in
	}
	return s.set(w, domain.To(pt.ID), given)
}

// crossColumns lists the columns of a cross field in order.
func (r *run) crossColumns(prefix string) []Column {
	var out []Column
	for _, c := range r.g.Columns {
		if strings.HasPrefix(c.Field, prefix+":") {
			out = append(out, c)
		}
	}
	return out
}

// readUnitRatings reads the summary by unit and indicator, a column per assessor.
func (r *run) readUnitRatings() {
	s := r.newRatingSheet(domain.TargetUnit)
	rounds := map[string]*ratingSheet{"": s}
	columns := r.crossColumns(CrossAssessor)
	type subject struct {
		sheet *ratingSheet
		ref   domain.Ref
		first row
		marks [][]domain.Mark
	}
	var subjects []*subject
	byUnit := map[string]*subject{}
	r.rows([]string{"icode"}, func(w *row) result {
		key := w.get(r.at("round"))
		if rounds[key] == nil {
			rounds[key] = r.newRatingSheet(domain.TargetUnit)
		}
		s := rounds[key]
		if !s.open(w) {
			return refused
		}
		unit, code := w.get(r.at("unit")), strings.ToUpper(w.get(r.at("icode")))
		id, ok := r.d.Resolve(domain.KindUnit, domain.Ref{}, unit)
		if !ok {
			return r.refuse(w, "unit", unit, "没有“%s”这个部门，请先导入部门的表格", unit)
		}
		k := s.sys.Find(code)
		if k < 0 {
			return r.refuse(w, "icode", code, "“%s”不是部门层面第%d版的指标", code, s.sys.Version)
		}
		if r.twice(w, "icode", itoa(s.round.No)+"/"+string(id)+"/"+code, code) {
			return refused
		}
		sub := byUnit[key+"/"+string(id)]
		if sub == nil {
			sub = &subject{sheet: s, ref: domain.To(id), first: *w, marks: make([][]domain.Mark, len(columns))}
			old, _ := r.d.Ratings.ByKey(domain.RatingKey(s.round.ID, s.target, sub.ref))
			for i := range sub.marks {
				sub.marks[i] = make([]domain.Mark, len(s.sys.Indicators()))
				if old == nil {
					continue
				}
				if was := old.Row(strings.TrimPrefix(columns[i].Field, CrossAssessor+":")); was != nil {
					copy(sub.marks[i], was.Marks) // a refused row leaves the mark as it was
				}
			}
			byUnit[key+"/"+string(id)] = sub
			subjects = append(subjects, sub)
		}
		res := s.unitMarks(w, columns, sub.ref, k, sub.marks)
		return res
	})
	for _, sub := range subjects {
		for i, c := range columns {
			name := strings.TrimPrefix(c.Field, CrossAssessor+":")
			if sub.sheet.blank(sub.ref, name, sub.marks[i]) {
				continue
			}
			if key := sub.sheet.order[name]; key == 0 {
				sub.sheet.assessor(domain.Assessor{Name: name})
			}
			sub.sheet.set(&sub.first, sub.ref, domain.RatingRow{Assessor: name, Marks: sub.marks[i]})
		}
	}
	for _, x := range rounds {
		x.close(r.contextDay("汇总日期", "日期"))
	}
}

// blank reports whether an assessor gave a unit nothing, now or before.
func (s *ratingSheet) blank(subject domain.Ref, who string, marks []domain.Mark) bool {
	if slices.ContainsFunc(marks, func(m domain.Mark) bool { return m != domain.Blank }) {
		return false
	}
	old, ok := s.d.Ratings.ByKey(domain.RatingKey(s.round.ID, s.target, subject))
	return !ok || old.Row(who) == nil
}

// unitMarks reads a row of marks of one indicator and tells what it changes.
func (s *ratingSheet) unitMarks(w *row, columns []Column, subject domain.Ref, k int, into [][]domain.Mark) result {
	old, exists := s.d.Ratings.ByKey(domain.RatingKey(s.round.ID, s.target, subject))
	ind := s.sys.Indicators()[k]
	res := same
	if !exists {
		res = added
	}
	for i, c := range columns {
		text := w.ownNumber(c.Col)
		m, ok := parseMark(&ind, text)
		if !ok {
			return s.refuse(w, c.Field, text, "%s的评分应为%s，现为“%s”", c.Header, scaleWords(&ind), text)
		}
		into[i][k] = m
		if exists {
			was := domain.Blank
			if line := old.Row(strings.TrimPrefix(c.Field, CrossAssessor+":")); line != nil && k < len(line.Marks) {
				was = line.Marks[k]
			}
			if was != m {
				res = changed
			}
		}
	}
	return res
}
