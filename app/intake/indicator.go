package intake

import (
	"math"
	"slices"
	"strings"

	"lianshao/domain"
	"lianshao/domain/method"
)

// target says whether a sheet is about units or posts, "" when it does not say.
func targetIn(text string) string {
	unit, point := strings.Index(text, domain.TargetUnit), strings.Index(text, domain.TargetPoint)
	switch {
	case point >= 0 && (unit < 0 || point < unit):
		return domain.TargetPoint
	case unit >= 0:
		return domain.TargetUnit
	}
	return ""
}

// sheetTarget looks at the sheet's name before the title: “矩阵-岗位-维度”.
func (r *run) sheetTarget() string {
	if t := targetIn(r.g.Sheet.Name); t != "" {
		return t
	}
	return targetIn(strings.Join(r.g.above, " "))
}

// versionIn reads 第2版, 0 when there is none.
func versionIn(texts []string) int {
	for _, text := range texts {
		if i := strings.LastIndex(text, "版"); i > 0 {
			if j := strings.LastIndex(text[:i], "第"); j >= 0 {
				if n := ordinal(text[j:i]); n > 0 {
					return n
				}
			}
		}
	}
	return 0
}

// approved reads “2026年8月18日审定”.
func (r *run) approved() domain.Date {
	for _, text := range r.g.above {
		if i := strings.Index(text, "日"); i > 0 && strings.Contains(text, "审定") {
			if d, ok := domain.ParseDate(text[:i+len("日")], r.year); ok {
				return d
			}
		}
	}
	return ""
}

// splitDimension reads “A 权力运行”.
func splitDimension(s string) (code, name string) {
	i := 0
	for i < len(s) && (s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9') {
		i++
	}
	return s[:i], strings.TrimSpace(strings.TrimLeft(s[i:], " .、．-—"))
}

// systemRows gathers the indicators of one system.
type systemRows struct {
	target  string
	version int
	sys     *domain.IndicatorSystem
	rows    []row
	ok      bool
}

// readIndicators reads the systems a sheet holds: one, or several told apart by
// their columns 层面 and 版本.
func (r *run) readIndicators() {
	var all []*systemRows
	cur := map[string]*systemRows{}
	r.rows([]string{"code", "name"}, func(w *row) result {
		target := w.get(r.at("target"))
		if target == "" {
			target = r.sheetTarget()
		}
		target = targetIn(target)
		if target == "" {
			return r.refuse(w, "code", "", "看不出这是部门层面还是岗位层面的指标，请在表题或工作表名称中写明")
		}
		version, _ := parseWhole(w.number(r.at("version")))
		if version == 0 {
			version = max(versionIn(r.g.above), 1)
		}
		key := target + "/" + itoa(version)
		if cur[key] == nil {
			cur[key] = &systemRows{target: target, version: version, ok: true}
			all = append(all, cur[key])
		}
		cur[key].rows = append(cur[key].rows, *w)
		return skipped
	})
	for _, s := range all {
		r.rep.Skipped -= len(s.rows)
		r.system(s)
	}
}

func (r *run) system(s *systemRows) {
	old, exists := r.d.Systems.ByKey(s.target + "/" + itoa(s.version))
	first := &s.rows[0]
	title := "廉政风险评估指标体系（" + s.target + "层面）"
	if len(r.g.above) > 0 && strings.Contains(r.g.above[0], "指标") && r.sheetTarget() == s.target {
		title = r.g.above[0]
	}
	sys := begin(r, first, old, exists, &domain.IndicatorSystem{Name: title, Target: s.target, Version: s.version}, "code")
	if sys.Code == "" {
		sys.Code = s.target + "-" + itoa(s.version)
	}
	if d := r.approved(); d != "" {
		sys.Approved = d
	}
	r.setText(first, "system", &sys.Name)
	if !r.setDay(first, "approved", &sys.Approved) || !r.systemOptions(first, sys) {
		for range s.rows {
			r.count(refused)
		}
		return
	}
	sys.Dimensions = nil
	results := make([]result, len(s.rows))
	ok := true
	for i := range s.rows {
		results[i] = r.indicator(&s.rows[i], sys, old)
		ok = ok && results[i] != refused
	}
	if ok && exists {
		ok = r.mayChange(first, old, sys)
	}
	if !ok {
		for range results {
			r.count(refused)
		}
		return
	}
	for _, res := range results {
		r.count(res)
	}
	put(r.d.Systems, old, exists, sys)
	r.weighed[sys.ID] = r
}

// mayChange refuses to change a system that a round was computed by.
func (r *run) mayChange(w *row, old, next *domain.IndicatorSystem) bool {
	rounds := r.sealed(old.ID)
	same := slices.EqualFunc(old.Indicators(), next.Indicators(), func(a, b domain.Indicator) bool { return a.Code == b.Code })
	if rounds == "" && !same { // the scores stand in the order of the indicators
		rounds = r.usedBy(old)
	}
	if rounds == "" || domain.Equal(old, next) {
		return true
	}
	what := "审定日期、状态或权重来源"
	if diff := next.Diff(old); len(diff) > 0 {
		what = strings.Join(diff[:min(2, len(diff))], "；")
	}
	r.refuse(w, "code", "", "%s层面第%d版指标已用于%s，不能再改（%s）；要改请作为新的版本导入（表头或“版本”一栏写“第%d版”）",
		old.Target, old.Version, rounds, what, old.Version+1)
	return false
}

// systemOptions reads what a sheet says about a system as a whole besides its name:
// how far it has come, what it was drawn from, where the weights come from.
func (r *run) systemOptions(w *row, sys *domain.IndicatorSystem) bool {
	if s := w.get(r.at("state")); !isNothing(s) && s != string(domain.SystemFrozen) {
		states := []domain.SystemState{domain.SystemDraft, domain.SystemSubmitted, domain.SystemInForce}
		if !pick(r, w, "state", &sys.State, states, func(x domain.SystemState) string { return string(x) }) {
			return false
		}
		if sys.State == domain.SystemInForce && sys.Approved == "" {
			r.refuse(w, "state", s, "第%d版写明“施行”，还要写审定日期", sys.Version)
			return false
		}
	}
	if s := w.number(r.at("based")); !isNothing(s) {
		n, ok := parseWhole(strings.TrimSuffix(strings.TrimPrefix(s, "第"), "版"))
		if !ok {
			r.refuse(w, "based", s, "依据版本应为版本号，现为“%s”", s)
			return false
		}
		r.based[sys.ID] = n
	}
	if s := w.get(r.at("ri")); !isNothing(s) {
		if _, err := method.RandomIndex(method.RITable(s), 3); err != nil {
			r.refuse(w, "ri", s, "RI表应为 1980 或 2005，现为“%s”", s)
			return false
		}
		sys.RI = s
	}
	if s := w.get(r.at("derivation")); !isNothing(s) {
		if !domain.KnownDerivation(s) {
			r.refuse(w, "derivation", s, "权重算法应为特征根法、方根法、和积法、直接给定或熵权法，现为“%s”", s)
			return false
		}
		sys.Derivation = s
		r.derived[sys.ID] = true
	}
	return true
}

// linkVersions finds the versions that systems were drawn from.
func (b *builder) linkVersions() {
	for id, version := range b.based {
		sys, ok := b.d.Systems.Get(id)
		from, found := b.d.Systems.ByKey(sys.Target + "/" + itoa(version))
		if !ok || !found || from.ID == id || sys.Based.ID == from.ID || b.sealed(id) != "" {
			continue
		}
		next := sys.Clone().(*domain.IndicatorSystem)
		next.Based = domain.To(from.ID)
		b.d.Systems.Put(next)
	}
	clear(b.based)
}

func (r *run) indicator(w *row, sys, old *domain.IndicatorSystem) result {
	code, name := strings.ToUpper(w.get(r.at("code"))), w.get(r.at("name"))
	if code == "" || name == "" {
		return r.refuse(w, "code", code, "指标应有代码和名称")
	}
	if r.twice(w, "code", sys.Target+"/"+itoa(sys.Version)+"/"+code, code) {
		return refused
	}
	dcode, dname := splitDimension(w.get(r.at("dimension")))
	if own := w.get(r.at("dimcode")); own != "" {
		dcode, dname = own, strings.TrimSpace(strings.TrimPrefix(w.get(r.at("dimension")), own))
	}
	if dcode == "" {
		dcode = strings.TrimRight(code, "0123456789")
	}
	dim := dimensionOf(sys, old, dcode, dname)
	ind := domain.Indicator{Code: code, Name: name}
	res := added
	if was := findIndicator(old, code); was != nil {
		ind, res = *was, same
		ind.Name = name
	}
	before := ind
	r.setHidden(w, &ind, r.machineOf(w, itemField).more, func(string) bool { return true })
	if ind.Code = code; shown(ind.Name) != name { // renamed since
		ind.Name = name
	}
	if near(ind.Weight, before.Weight) {
		ind.Weight = before.Weight // derived again, from other digits
	}
	r.setText(w, "note", &ind.Note)
	switch s := w.get(r.at("direction")); s {
	case "":
	case "正向", "正", "+":
		ind.Reverse = false
	case "逆向", "反向", "负向", "逆", "-":
		ind.Reverse = true
	default:
		return r.refuse(w, "direction", s, "方向应为正向或逆向，现为“%s”", s)
	}
	for k := range ind.Anchors {
		r.setText(w, "a"+itoa(k+1), &ind.Anchors[k])
	}
	if !r.weight(w, "weight", &ind.Weight, sys.ByMatrix(dcode)) || !r.weight(w, "dimweight", &dim.Weight, sys.ByMatrix("")) {
		return refused
	}
	if res == same && (!before.Equal(ind) || findIndicator(old, code).Name != name) {
		res = changed
	}
	dim.Indicators = append(dim.Indicators, ind)
	return res
}

// weight takes a written weight unless a judgement matrix decides it.
func (r *run) weight(w *row, field string, dst *float64, byMatrix bool) bool {
	s := w.number(r.at(field))
	if s == "" || byMatrix {
		return true
	}
	v, percent, ok := parseNumber(s)
	if percent {
		v /= 100
	}
	if !ok || v < 0 || v > 1 {
		r.refuse(w, field, s, "%s应为 0–1 的小数，现为“%s”", r.g.Form.Header(field), s)
		return false
	}
	if !near(v, *dst) {
		*dst = v
	}
	return true
}

// near reports whether a number was not changed: a cell keeps 15 digits, a computed
// weight or mean judgement has more.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

func dimensionOf(sys, old *domain.IndicatorSystem, code, name string) *domain.Dimension {
	for i := range sys.Dimensions {
		if sys.Dimensions[i].Code == code {
			return &sys.Dimensions[i]
		}
	}
	d := domain.Dimension{Code: code, Name: name}
	if old != nil {
		for _, was := range old.Dimensions {
			if was.Code == code {
				d.Weight = was.Weight
				if name == "" {
					d.Name = was.Name
				}
			}
		}
	}
	sys.Dimensions = append(sys.Dimensions, d)
	return &sys.Dimensions[len(sys.Dimensions)-1]
}

func findIndicator(sys *domain.IndicatorSystem, code string) *domain.Indicator {
	if sys == nil {
		return nil
	}
	for i := range sys.Dimensions {
		for k := range sys.Dimensions[i].Indicators {
			if ind := &sys.Dimensions[i].Indicators[k]; ind.Code == code {
				return ind
			}
		}
	}
	return nil
}

// reweigh derives the weights of every system whose indicators or matrices were read,
// by the system's own derivation and random indexes. Typed weights, those by entropy
// and the versions that a round was computed by stay as they are.
func (b *builder) reweigh() {
	for id, r := range b.weighed {
		old, ok := b.d.Systems.Get(id)
		if !ok || b.sealed(id) != "" {
			continue
		}
		next := old.Clone().(*domain.IndicatorSystem)
		opts, byMatrix := next.AHPOptions(), next.WeighedByMatrix()
		if !byMatrix && len(next.Matrices) > 0 && next.Derivation != "" {
			continue
		}
		err := next.Reweigh(func(m [][]float64) ([]float64, error) {
			res, err := method.AHP(m, opts)
			return res.Weights, err
		})
		if err != nil {
			r.rep.Errors = append(r.rep.Errors, Issue{Cell: CellName(max(r.g.HeaderRow, 1), 1), Field: "weight", Message: err.Error() + "，权重没有更新"})
			continue
		}
		if byMatrix {
			next.Derivation = opts.Method.Label()
		}
		if !domain.Equal(old, next) {
			b.d.Systems.Put(next)
		}
	}
}
