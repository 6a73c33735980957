package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lianshao/domain"
)

func utf8First(s string) (rune, int) { return utf8.DecodeRuneInString(s) }

// unit is builder.unit with a question when the name is new but much like one
// that is there: most likely a slip of the pen.
func (r *run) unit(name, origin string) domain.ID {
	if id, ok := r.d.Resolve(domain.KindUnit, domain.Ref{}, name); ok {
		return id
	}
	for _, u := range r.d.Units.All() {
		if n := max(utf8.RuneCountInString(name), utf8.RuneCountInString(u.Name)); 3*likeness(name, u.Name) >= 2*n && !strings.HasSuffix(name, u.Name) {
			r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cellOf(origin), Field: "unit",
				Message: "将新建部门“" + name + "”。是不是“" + u.Name + "”？如果是，请改成同一名称再导入"})
		}
	}
	return r.builder.unit(name, origin)
}

// cellOf is the cell in an origin.
func cellOf(origin string) string { return origin[strings.LastIndexByte(origin, '!')+1:] }

// unitEndings close the names of departments; a sheet called 基建处 names one.
var unitEndings = []string{"处", "部", "室", "院", "科", "中心", "办", "办公室", "馆", "公司", "局", "所", "系", "小学", "中学", "幼儿园",
	"集团", "社", "站", "厂", "工会", "团委", "党委", "纪委", "委员会", "学部", "基地"}

// shortUnits are names of units that are too short to be told by their ending.
var shortUnits = map[string]bool{"工会": true, "团委": true, "校办": true, "党办": true, "院办": true, "纪委": true, "党委": true}

// unitOf finds the unit a row belongs to: its own column, the line above the
// header, the names of the sheet and the file. "" when nothing tells.
func (r *run) unitOf(w *row) string {
	if s := w.get(r.at("unit")); !isNothing(s) {
		return s
	}
	return r.sheetUnit()
}

// sheetUnit is the unit the whole sheet belongs to.
func (r *run) sheetUnit() string {
	unit, _ := r.sheetPlace()
	return unit
}

// sheetOffice is the office the whole sheet belongs to, "" when nothing tells.
func (r *run) sheetOffice() string {
	_, office := r.sheetPlace()
	return office
}

// sheetPlace finds unit and office of the whole sheet. A heading such as 膳食科 is an
// office where the sheet's or the file's name tells the unit, else the unit itself.
func (r *run) sheetPlace() (unit, office string) {
	unit = r.unitAround(func(text string) bool { return r.knownUnit(text) || !isOffice(text) })
	if unit == "" {
		return r.unitAround(func(string) bool { return true }), ""
	}
	if !r.knownUnit(unit) {
		unit, office = cutOffice(unit)
	}
	if office == "" {
		office = r.unitAround(func(text string) bool { return !r.knownUnit(text) && isOffice(text) })
		_, office = cutOffice(office)
	}
	return unit, office
}

// tellAround keeps what holds for all rows of a table though no column says it.
func (r *run) tellAround(unit, office string) {
	column := func(field string) bool {
		return slices.ContainsFunc(r.g.Columns, func(c Column) bool { return c.Field == field })
	}
	var told []string
	tell := func(field, text string) {
		if text != "" && !column(field) && r.g.Form.hasField(field) {
			told = append(told, r.g.Form.Header(field)+"："+text)
		}
	}
	tell("unit", unit)
	tell("office", office)
	for _, field := range []string{"office", "post", "workflow"} {
		if c := r.at(field); c >= 0 && r.layout.len() > 0 && !(field == "office" && office != "") {
			w := r.layout.row(0)
			tell(field, w.get(c))
		}
	}
	r.rep.Around = strings.Join(told, "，")
}

// isOffice reports whether a name ends as those of offices within a unit do.
func isOffice(name string) bool {
	return strings.HasSuffix(name, "科") || strings.HasSuffix(name, "组")
}

// cutOffice parts a name such as 后勤处膳食科.
func cutOffice(name string) (unit, office string) {
	if !isOffice(name) {
		return name, ""
	}
	for _, end := range []string{"学院", "处", "部", "中心", "馆", "集团", "办公室"} {
		if i := strings.LastIndex(name, end); i > 0 && i+len(end) < len(name) {
			return name[:i+len(end)], name[i+len(end):]
		}
	}
	return "", name
}

// unitAround finds what names the unit around a table, of the texts that may: the
// line with the unit, a heading, the names of sheet and file. What stands right above
// the table goes before what heads the whole sheet.
func (r *run) unitAround(may func(text string) bool) string {
	near, far := r.g.above, []string(nil)
	if r.g.own > 0 {
		near, far = r.g.above[:r.g.own], r.g.above[r.g.own:]
	}
	if s := r.unitIn(near, may); s != "" {
		return s
	}
	if far != nil {
		if s := r.firstUnit(titleUnits(near), may); s != "" {
			return s
		}
		if s := r.unitIn(far, may); s != "" {
			return s
		}
	}
	file := r.g.Book.File
	if i := strings.LastIndexByte(file, '.'); i > 0 {
		file = file[:i]
	}
	names := append(append([]string{r.g.Sheet.Name}, titleUnits(r.g.above)...),
		strings.FieldsFunc(file, func(c rune) bool { return strings.ContainsRune("-－—_ （(", c) })...)
	return r.firstUnit(names, may)
}

// unitIn finds the line with the unit, or a heading, the nearest one.
func (r *run) unitIn(above []string, may func(text string) bool) string {
	if s := contextOf(above, "填报单位", "单位", "部门", "填报部门", "所在部门", "试点部门", "所属部门", "单位名称", "部门名称", "处室"); s != "" && may(s) {
		return s
	}
	for _, text := range slices.Backward(above) {
		if text = bareHeading(text); (r.knownUnit(text) || endsLikeUnit(text)) && may(text) {
			return text
		}
	}
	return ""
}

// firstUnit is the first of several names that a unit may have.
func (r *run) firstUnit(names []string, may func(text string) bool) string {
	for _, n := range names {
		if (r.knownUnit(n) || endsLikeUnit(n)) && may(n) {
			return n
		}
	}
	return ""
}

func titleUnits(above []string) (out []string) {
	for _, text := range above {
		out = append(out, titleUnit(bareHeading(text)))
	}
	return out
}

// titleUnit is what a title names first: 基建处 of 基建处廉政风险点一览表.
func titleUnit(title string) string {
	at := -1
	for _, word := range []string{"廉政", "廉洁", "廉情", "风险", "岗位", "重点岗位", "关键岗位", "领导班子", "领导干部", "班子成员", "党政", "内设",
		"职权", "权力", "职责", "业务流程", "工作流程"} {
		if i := strings.Index(title, word); i > 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(title[:at])
}

func endsLikeUnit(name string) bool {
	if shortUnits[name] {
		return true
	}
	if n := utf8.RuneCountInString(name); n < 3 || n > 16 || strings.ContainsAny(name, "：: \u3000") {
		return false
	}
	for _, e := range unitEndings {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

func (r *run) readUnits() {
	r.rows([]string{"name"}, func(w *row) result {
		name := w.get(r.at("name"))
		if name == "" {
			return r.refuse(w, "name", "", "缺少部门名称")
		}
		if r.twice(w, "name", name, name) {
			return refused
		}
		id, _ := r.d.Resolve(domain.KindUnit, domain.Ref{}, name)
		old, exists := r.d.Units.Get(id)
		if !exists {
			old, exists = sameID(r, w, r.d.Units)
		}
		u := begin(r, w, old, exists, &domain.Unit{Name: name}, "name")
		if u.Code == "" || u.Name != name && u.Code == u.Name {
			u.Code = name
		}
		if id == "" {
			setTo(&u.Name, name)
		}
		r.setText(w, "head", &u.Head)
		r.setText(w, "leader", &u.Leader)
		return put(r.d.Units, old, exists, u)
	})
}

func (r *run) readPosts() {
	unit := ""
	r.tellAround(r.sheetPlace())
	r.rows([]string{"name"}, func(w *row) result {
		name := w.get(r.at("name"))
		if s := r.unitOf(w); s != "" {
			unit = s
		}
		switch {
		case name == "":
			return r.refuse(w, "name", "", "缺少岗位名称")
		case unit == "":
			return r.refuse(w, "unit", "", "岗位“%s”没有写明部门", name)
		}
		ref := domain.To(r.unit(unit, r.from(w, "unit")))
		if r.twice(w, "name", string(ref.ID)+"/"+name, name) {
			return refused
		}
		old, exists := known(r, w, r.d.Posts, string(ref.ID)+"/"+name)
		p := begin(r, w, old, exists, &domain.Post{Unit: ref, Name: name}, "name")
		if p.Code == "" || p.Name != name && p.Code == p.Name {
			p.Code = name
		}
		setTo(&p.Name, name)
		moveTo(&p.Unit, ref)
		r.setPlain(w, "office", &p.Office)
		if p.Office == "" {
			p.Office = r.sheetOffice()
		}
		setList(w.get(r.at("people")), domain.SplitList, &p.People)
		r.setText(w, "duties", &p.Duties)
		setList(w.get(r.at("powers")), domain.SplitList, &p.Powers)
		r.setDue(w, "since", &p.Since)
		r.setPlain(w, "rank", &p.Rank)
		r.setPlain(w, "note", &p.Note)
		return put(r.d.Posts, old, exists, p)
	})
}

func (r *run) readInfo() {
	r.rows([]string{"school"}, func(w *row) result {
		all := r.d.Infos.All()
		exists := len(all) > 0
		var old *domain.Info
		if exists {
			old = all[0]
		}
		next := begin(r, w, old, exists, &domain.Info{}, "school")
		r.setText(w, "pilotname", &next.Name)
		r.setText(w, "school", &next.School)
		r.setText(w, "basis", &next.Basis)
		r.setText(w, "goals", &next.Goals)
		setList(w.get(r.at("contents")), lines, &next.Contents)
		setList(w.get(r.at("tasks")), lines, &next.Tasks)
		if s := w.number(r.at("year")); s != "" {
			n, ok := parseWhole(strings.TrimSuffix(s, "年"))
			if !ok || n < 1990 || n > 2200 {
				return r.refuse(w, "year", s, "年度应为四位数字，现为“%s”", s)
			}
			next.Year = n
		}
		return put(r.d.Infos, old, exists, next)
	})
}
