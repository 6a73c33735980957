package intake

import (
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
		version, _ := parseWhole(w.get(r.at("version")))
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
	if !exists {
		sys.Code = s.target + "-" + itoa(s.version)
	}
	if d := r.approved(); d != "" {
		sys.Approved = d
	}
	r.setText(first, "system", &sys.Name)
	if !r.setDay(first, "approved", &sys.Approved) {
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
	if ok && exists && r.inUse(old) && !slices.EqualFunc(old.Indicators(), sys.Indicators(), func(a, b domain.Indicator) bool { return a.Code == b.Code }) {
		r.refuse(first, "code", "", "%s层面第%d版指标已用于评估，不能增减或调换指标；请改为新的版本（表头写“第%d版”）再导入", s.target, s.version, s.version+1)
		ok = false
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

// inUse reports whether a round was scored by the system.
func (r *run) inUse(sys *domain.IndicatorSystem) bool {
	for _, a := range r.d.Assessments.All() {
		if a.PointSystem.ID == sys.ID || a.UnitSystem.ID == sys.ID {
			return true
		}
	}
	return false
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
	if !r.weight(w, "weight", &ind.Weight, sys.MatrixOf(dcode) != nil) || !r.weight(w, "dimweight", &dim.Weight, sys.MatrixOf("") != nil) {
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
	s := w.get(r.at(field))
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
	*dst = v
	return true
}

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

// reweigh derives the weights of every system whose indicators or matrices were read.
func (b *builder) reweigh() {
	for id, r := range b.weighed {
		old, ok := b.d.Systems.Get(id)
		if !ok {
			continue
		}
		next := old.Clone().(*domain.IndicatorSystem)
		if err := next.Reweigh(eigenvector); err != nil {
			r.rep.Errors = append(r.rep.Errors, Issue{Cell: CellName(max(r.g.HeaderRow, 1), 1), Field: "weight", Message: err.Error() + "，权重没有更新"})
			continue
		}
		if len(next.Matrices) > 0 {
			next.Derivation = method.Eigenvector.Label()
		}
		if !domain.Equal(old, next) {
			b.d.Systems.Put(next)
		}
	}
}

func eigenvector(m [][]float64) ([]float64, error) {
	res, err := method.AHP(m, method.AHPOptions{})
	return res.Weights, err
}
