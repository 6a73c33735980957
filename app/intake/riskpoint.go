package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// pointCols are the columns of a risk point form, looked up once per sheet.
type pointCols struct {
	code, unit, office, post, workflow, step, segment, category, name, description, causes, consequence,
	likelihood, impact, level, measures, owner, due, head, leader, channels, status, into, note int
}

// pointRun is what reading one risk point form needs to know.
type pointRun struct {
	*run
	c        pointCols
	unitText string                       // the sheet's unit
	office   string                       // and office
	units    map[string]domain.Ref        // by name
	flows    map[lookup]domain.Ref        // by unit and name
	steps    map[lookup]domain.Ref        // by workflow and name
	posts    map[lookup]domain.Ref        // by unit and name
	byText   map[string]*domain.RiskPoint // for sheets without codes
	prefixes map[string]domain.ID         // JJ → unit
	levels   map[string]string            // how levels are written → the scheme's labels
	asText   int                          // posts kept as text
	place    string                       // where the row was read
	current  domain.ID                    // the existing point of the row, "" for a new one
	again    bool                         // another sheet of the book lists it, too

	plainNames bool // the names are numbered on: the numbers are no part of them
}

func (r *run) readPoints() {
	unit, office := r.sheetPlace()
	r.tellAround(unit, office)
	p := &pointRun{run: r, unitText: unit, office: office, units: map[string]domain.Ref{}, flows: map[lookup]domain.Ref{},
		steps: map[lookup]domain.Ref{}, posts: map[lookup]domain.Ref{}}
	p.c = pointCols{r.at("code"), r.at("unit"), r.at("office"), r.at("post"), r.at("workflow"), r.at("step"), r.at("segment"),
		r.at("category"), r.at("name"), r.at("description"), r.at("causes"), r.at("consequence"), r.at("likelihood"), r.at("impact"),
		r.at("level"), r.at("measures"), r.at("owner"), r.at("due"), r.at("head"), r.at("leader"), r.at("channels"),
		r.at("status"), r.at("into"), r.at("note")}
	if !p.form && p.c.code >= 0 && !p.numbered() {
		p.c.code = -1 // a column that nobody filled in says no more than none
	}
	p.levels = p.readLevels("level")
	p.plainNames = p.c.name >= 0 && !p.ours() && p.numberedNames()
	if n := p.layout.len(); n > 1000 && r.d.RiskPoints.Len() == 0 {
		r.d.RiskPoints.Grow(n)
		r.d.Measures.Grow(2 * n)
		if len(r.points) == 0 {
			r.points = make(map[string]place, n)
		}
	}
	r.rows([]string{"code", "description", "name"}, p.row)
	if p.asText > 0 {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: CellName(r.g.HeaderRow, max(p.c.post, 0)+1), Field: "post",
			Message: fmt.Sprintf("部门还没有登记岗位，%d行的岗位先按文字保存，导入岗位职权表后自动对应", p.asText)})
	}
}

func (p *pointRun) row(w *row) result {
	p.place = p.from(w, "code")
	code, description, name := w.raw(p.c.code), w.get(p.c.description), p.nameOf(w)
	if p.form && p.untouched(w) {
		return skipped
	}
	if description == "" && name == "" {
		return p.refuse(w, "description", "", "缺少风险点名称和表现形式")
	}
	unit, res := p.unitRef(w, code)
	if res != 0 {
		return res
	}
	old, res := p.identify(w, &code, unit, name, description)
	if res != 0 {
		return res
	}
	var next domain.RiskPoint
	p.current = ""
	if old != nil {
		next, p.current = *old.Clone().(*domain.RiskPoint), old.ID
	} else {
		p.identity(w, &next)
		next.Origin = p.place
	}
	next.Code = code
	p.restore(w, &next, old != nil)
	if !next.Unit.Same(unit) {
		next.Unit = unit
	}
	if !p.fill(w, &next, old, name, description) {
		return refused
	}
	if p.again && p.saysElse(w, old, &next) {
		return p.refuse(w, "name", next.Name, "%s 已经列过“%s”，两处写的不一样，请核对后留下一处", p.points[code].at, next.Name)
	}
	p.points[code] = place{p.place, p.g.Book}
	res = same
	switch {
	case old == nil:
		p.d.RiskPoints.Put(&next)
		res = added
	case !samePoint(old, &next):
		p.d.RiskPoints.Put(&next)
		res = changed
	default:
		p.d.RiskPoints.Touch(old)
	}
	if p.measures(w, &next, old == nil) && res == same {
		res = changed
	}
	return res
}

// untouched reports whether a row of a form handed out says nothing yet: who and
// where may be given, what the risk is has to be written.
func (p *pointRun) untouched(w *row) bool {
	c := &p.c
	for _, col := range []int{c.code, c.name, c.description, c.causes, c.consequence, c.category, c.likelihood, c.impact, c.level, c.measures, c.note} {
		if w.raw(col) != "" {
			return false
		}
	}
	return true
}

// samePoint compares without reflection: this runs for every row of a re-import.
func samePoint(a, b *domain.RiskPoint) bool {
	return a.Base == b.Base && a.Unit == b.Unit && a.Office == b.Office && a.Post == b.Post && a.Workflow == b.Workflow &&
		a.Step == b.Step && a.Name == b.Name && a.Description == b.Description && a.Category == b.Category &&
		a.Causes == b.Causes && a.Consequence == b.Consequence && a.Likelihood == b.Likelihood && a.Impact == b.Impact &&
		a.SelfLevel == b.SelfLevel && a.Owner == b.Owner && a.Due == b.Due && a.UnitHead == b.UnitHead && a.Leader == b.Leader &&
		slices.Equal(a.Channels, b.Channels) && slices.Equal(a.Findings, b.Findings) && a.Note == b.Note && a.Status == b.Status && a.MergedInto == b.MergedInto
}

// unitRef finds the unit of a row, from the code's prefix, the post or the
// workflow when no unit is written anywhere.
func (p *pointRun) unitRef(w *row, code string) (domain.Ref, result) {
	text := w.get(p.c.unit)
	if isNothing(text) {
		text = p.unitText
	}
	if text != "" {
		ref, ok := p.units[text]
		if !ok {
			ref = domain.To(p.unit(text, p.place))
			p.units[text] = ref
		}
		return ref, 0
	}
	if id, ok := p.prefixUnit(code); ok {
		return domain.To(id), 0
	}
	if id, ok := p.d.Resolve(domain.KindPost, domain.Ref{}, w.get(p.c.post)); ok {
		post, _ := p.d.Posts.Get(id)
		return post.Unit, 0
	}
	if id, ok := p.d.Resolve(domain.KindWorkflow, domain.Ref{}, w.get(p.c.workflow)); ok {
		flow, _ := p.d.Workflows.Get(id)
		return flow.Unit, 0
	}
	if units := p.before.Units.All(); len(units) == 1 {
		return domain.To(units[0].ID), 0
	}
	return domain.Ref{}, p.refuse(w, "code", code, "看不出这个风险点属于哪个部门，请在表头上方写明“填报单位：…”或增加“部门”列")
}

// prefixUnit finds the unit whose risk points share the code's letters.
func (p *pointRun) prefixUnit(code string) (domain.ID, bool) {
	if p.prefixes == nil {
		p.prefixes = map[string]domain.ID{}
		for _, pt := range p.d.RiskPoints.All() {
			k := codePrefix(pt.Code)
			if id, ok := p.prefixes[k]; ok && id != pt.Unit.ID {
				p.prefixes[k] = "" // used by several units
			} else if !ok {
				p.prefixes[k] = pt.Unit.ID
			}
		}
	}
	id := p.prefixes[codePrefix(code)]
	return id, id != ""
}

func codePrefix(code string) string { return strings.TrimRight(code, "0123456789") }

// fill overwrites what the row says; blank cells leave the point as it is.
func (p *pointRun) fill(w *row, next, old *domain.RiskPoint, name, description string) bool {
	if !p.scores(w, next) || !p.category(w, next) || !p.places(w, next) || !p.state(w, next) {
		return false
	}
	c := &p.c
	derived := old == nil && !p.carries(domain.KindRiskPoint) || old != nil && old.Name == domain.ShortName(old.Description)
	p.over(w, "表现形式", "description", &next.Description, description)
	switch {
	case name != "":
		p.over(w, "风险点", "name", &next.Name, name)
	case derived:
		next.Name = domain.ShortName(next.Description)
	}
	for _, x := range [...]struct {
		col int
		dst *string
	}{{c.office, &next.Office}, {c.causes, &next.Causes}, {c.consequence, &next.Consequence},
		{c.level, &next.SelfLevel}, {c.head, &next.UnitHead}, {c.leader, &next.Leader}, {c.note, &next.Note}} {
		if s := w.get(x.col); !isNothing(s) && s != shown(*x.dst) {
			*x.dst = s
		}
	}
	if next.Office == "" {
		next.Office = p.office
	}
	if as := p.levels[next.SelfLevel]; as != "" && (old == nil || old.SelfLevel != next.SelfLevel) {
		next.SelfLevel = as
	}
	if s := w.get(c.owner); !isNothing(s) {
		p.over(w, "责任人", "owner", &next.Owner, s)
	}
	if s := w.get(c.due); !isNothing(s) && s != shown(next.Due.String()) {
		next.Due = p.due(w, "due", s)
	}
	setList(w.get(c.channels), domain.SplitList, &next.Channels)
	return true
}

// over overwrites a text unless a recorded revision already replaced just this
// text: an old form imported again must not undo what was revised.
func (p *pointRun) over(w *row, field, column string, dst *string, s string) {
	if s == "" || s == *dst || s == shown(*dst) {
		return
	}
	if code := revisedFrom(p.d, field, "", s, *dst, p.current); code != "" {
		p.warn(w, column, "%s已按修订记录 %s 修改，保留修订后的内容", field, code)
		return
	}
	*dst = s
}

// revisedFrom finds the revision that turned before into after.
func revisedFrom(d *domain.Pilot, field, item, before, after string, point domain.ID) string {
	if point == "" {
		return ""
	}
	for _, rv := range d.Revisions.By(domain.ByPoint, point) {
		if rv.Field == field && rv.Item == item && trimMeasure(rv.Before) == trimMeasure(before) && trimMeasure(rv.After) == trimMeasure(after) {
			return rv.Code
		}
	}
	return ""
}

func (p *pointRun) scores(w *row, next *domain.RiskPoint) bool {
	ok := true
	for _, x := range [...]struct {
		col           int
		field, header string
		dst           *int
	}{{p.c.likelihood, "likelihood", "可能性", &next.Likelihood}, {p.c.impact, "impact", "影响程度", &next.Impact}} {
		s := w.number(x.col)
		if s == "" {
			continue
		}
		n, good := parseScale(s)
		if !good {
			p.refuse(w, x.field, s, "%s应为 1–5 的整数，现为“%s”", x.header, s)
			ok = false
			continue
		}
		*x.dst = n
	}
	return ok
}

// category reads the category of the risk. A word that is none of them is asked about:
// nobody would find it again in lists and charts.
func (p *pointRun) category(w *row, next *domain.RiskPoint) bool {
	s := w.get(p.c.category)
	if isNothing(s) || s == shown(next.Category) {
		return true
	}
	c, ok := parseCategory(s)
	if !ok {
		p.refuse(w, "category", s, "没有“%s”这个风险类别，应为%s之一", s, strings.Join(domain.Categories, "、"))
		return false
	}
	next.Category = c
	return true
}

// parseCategory finds the one category that a text names: 思想道德风险, 1.思想道德. It
// answers the text itself when there is none or several.
func parseCategory(s string) (string, bool) {
	found := s
	n := 0
	for _, c := range domain.Categories {
		if strings.Contains(s, c) {
			found = c
			n++
		}
	}
	if n != 1 {
		return s, false
	}
	return found, true
}

// places resolves post, workflow and step.
func (p *pointRun) places(w *row, next *domain.RiskPoint) bool {
	flow, step := w.get(p.c.workflow), w.get(p.c.step)
	if seg := w.get(p.c.segment); seg != "" {
		if own, its := splitSegment(seg); own != "" || flow == "" {
			flow, step = own, its
		} else {
			step = its // the workflow has a column of its own
		}
	}
	if !isNothing(flow) && !p.shows(flow, domain.KindWorkflow, next.Workflow) {
		if ref := p.flow(next.Unit, flow); !ref.Same(next.Workflow) {
			next.Workflow = ref
			next.Step = domain.Ref{}
		}
	}
	if !isNothing(step) && !p.shows(step, domain.KindStep, next.Step) {
		if ref := p.step(next.Workflow, step); !ref.Same(next.Step) {
			next.Step = ref
		}
	}
	s := w.get(p.c.post)
	if isNothing(s) || p.shows(s, domain.KindPost, next.Post) {
		return true
	}
	ref := p.post(next.Unit, s)
	if ref.ID == "" {
		if posts := p.d.Posts.By(domain.ByUnit, next.Unit.ID); len(posts) > 0 {
			p.refuse(w, "post", s, "%s没有“%s”这个岗位%s", p.d.NameOf(domain.KindUnit, next.Unit), s, suggest(s, posts))
			return false
		}
		p.asText++
	}
	if !ref.Same(next.Post) {
		next.Post = ref
	}
	return true
}

// lookup is a name within a unit or workflow.
type lookup struct {
	in   domain.ID
	text string
}

func (p *pointRun) flow(unit domain.Ref, text string) domain.Ref {
	return p.find(p.flows, domain.KindWorkflow, unit, text)
}

func (p *pointRun) step(flow domain.Ref, text string) domain.Ref {
	if flow.ID == "" {
		return domain.Named(text)
	}
	return p.find(p.steps, domain.KindStep, flow, text)
}

func (p *pointRun) post(unit domain.Ref, text string) domain.Ref {
	return p.find(p.posts, domain.KindPost, unit, text)
}

// find resolves a name once for all rows.
func (p *pointRun) find(known map[lookup]domain.Ref, k domain.Kind, ctx domain.Ref, text string) domain.Ref {
	key := lookup{ctx.ID, text}
	ref, ok := known[key]
	if !ok {
		ref = p.link(k, ctx, text)
		known[key] = ref
	}
	return ref
}

// splitSegment splits 仪器设备采购—经费预算与查重审核 into workflow and step.
func splitSegment(s string) (flow, step string) {
	for _, sep := range []string{"——", "—", "－", "–", "→", "--", "-", "/"} {
		if a, b, ok := strings.Cut(s, sep); ok {
			return strings.TrimSpace(a), strings.TrimSpace(b)
		}
	}
	return "", s
}

// suggest names the posts most like what was written.
func suggest(text string, posts []*domain.Post) string {
	best, score := "", 0
	for _, x := range posts {
		if n := likeness(text, x.Name); n > score {
			best, score = x.Name, n
		}
	}
	if best == "" {
		return "，请先在岗位职权表中登记"
	}
	return "，是不是“" + best + "”？请更正，或先在岗位职权表中登记"
}

// likeness counts the characters two names share in order.
func likeness(a, b string) int {
	x, y := []rune(a), []rune(b)
	prev := make([]int, len(y)+1)
	for i := range x {
		cur := make([]int, len(y)+1)
		for j := range y {
			if x[i] == y[j] {
				cur[j+1] = prev[j] + 1
			} else {
				cur[j+1] = max(cur[j], prev[j+1])
			}
		}
		prev = cur
	}
	return prev[len(y)]
}

func (p *pointRun) state(w *row, next *domain.RiskPoint) bool {
	switch s := w.get(p.c.status); s {
	case "":
	case "有效", "正常", "现行":
		next.Status = domain.PointActive
	case string(domain.PointMerged), string(domain.PointRemoved):
		next.Status = domain.PointStatus(s)
	default:
		p.refuse(w, "status", s, "状态应为“有效”“已合并”“已删除”之一，现为“%s”", s)
		return false
	}
	if s := w.get(p.c.into); !isNothing(s) && !p.shows(s, domain.KindRiskPoint, next.MergedInto) {
		if ref := p.link(domain.KindRiskPoint, domain.Ref{}, s); !ref.Same(next.MergedInto) {
			next.MergedInto = ref
		}
	}
	return true
}

// measures brings the row's measures in; those of the point that the row does
// not list stay, because inspections and revisions may hang on them.
func (p *pointRun) measures(w *row, pt *domain.RiskPoint, fresh bool) bool {
	text := w.get(p.c.measures)
	if isNothing(text) {
		return false
	}
	touched := false
	items := splitMeasures(text)
	for i, content := range items {
		if p.measure(w, pt, i+1, content, fresh) {
			touched = true
		}
		if len(w.each) == len(items) && p.charge(w, pt, i) {
			touched = true
		}
	}
	return touched
}

// charge gives a measure the owner and the date that stand in its own row.
func (p *pointRun) charge(w *row, pt *domain.RiskPoint, i int) bool {
	old, ok := p.d.Measures.ByKey(measureKey(pt.ID, i+1))
	if !ok {
		return false
	}
	m := *old
	if s := w.each[i].owner; !isNothing(s) && s != shown(m.Owner) {
		m.Owner = s
	}
	if s := w.each[i].due; !isNothing(s) && s != shown(m.Due.String()) {
		m.Due = p.due(w, "due", s)
	}
	if m.Owner == old.Owner && m.Due == old.Due {
		return false
	}
	p.d.Measures.Put(&m)
	return true
}

func (p *pointRun) measure(w *row, pt *domain.RiskPoint, no int, content string, fresh bool) bool {
	if !fresh {
		if old, ok := p.d.Measures.ByKey(measureKey(pt.ID, no)); ok {
			if old.Content == content || shown(old.Content) == content {
				p.d.Measures.Touch(old)
				return false
			}
			if code := revisedFrom(p.d, "防范措施", fmt.Sprintf("第%d条", no), content, old.Content, pt.ID); code != "" {
				p.warn(w, "measures", "第%d条措施已按修订记录 %s 修改，保留修订后的内容", no, code)
				return false
			}
			m := *old
			m.Content = content
			p.d.Measures.Put(&m)
			return true
		}
	}
	m := newMeasure(pt, no, content)
	m.SetBase(p.env.IDs(), p.place)
	p.d.Measures.Put(m)
	return true
}

func measureKey(point domain.ID, no int) string { return string(point) + "/" + itoa(no) }

func newMeasure(pt *domain.RiskPoint, no int, content string) *domain.Measure {
	m := &domain.Measure{Point: domain.To(pt.ID), No: no, Content: content}
	m.Code = pt.Code + "-" + itoa(no)
	return m
}
