package intake

import (
	"slices"
	"strings"

	"lianshao/domain"
)

// colours of levels as people write them.
var colours = map[string]string{"红": "red", "橙": "orange", "黄": "yellow", "蓝": "blue", "红色": "red", "橙色": "orange", "黄色": "yellow", "蓝色": "blue"}

// schemeRows gathers what a sheet says about one level scheme.
type schemeRows struct {
	old    *domain.LevelScheme
	exists bool
	next   *domain.LevelScheme
	first  row
	based  string // natural key of the version it was drawn from
	rows   int
	bad    bool
}

// eachScheme reads a sheet in which every row belongs to a scheme. start makes a
// scheme ready for the rows of the sheet, read takes one row; a scheme is taken as a
// whole or not at all.
func (r *run) eachScheme(key string, start func(*row, *schemeRows) bool, read func(*row, *schemeRows) bool) {
	schemes := map[string]*schemeRows{}
	var order []*schemeRows
	r.rows([]string{key}, func(w *row) result {
		name, version := w.get(r.at("name")), 1
		if n, ok := parseWhole(w.number(r.at("version"))); ok {
			version = n
		}
		if name == "" {
			name = "预警等级方案"
		}
		k := name + "/" + itoa(version)
		s := schemes[k]
		if s == nil {
			s = &schemeRows{first: *w}
			s.old, s.exists = r.d.Schemes.ByKey(k)
			s.next = begin(r, w, s.old, s.exists, &domain.LevelScheme{Name: name, Version: version}, key)
			if !s.exists {
				s.next.Code = k
			}
			s.bad = !start(w, s)
			schemes[k] = s
			order = append(order, s)
		}
		s.rows++
		s.bad = !read(w, s) || s.bad
		return skipped
	})
	slices.SortStableFunc(order, func(a, b *schemeRows) int { return a.next.Version - b.next.Version }) // what others were drawn from first
	for _, s := range order {
		r.rep.Skipped -= s.rows
		res := refused
		if !s.bad {
			res = r.putScheme(s, key)
		}
		for range s.rows {
			r.count(res)
		}
	}
}

// putScheme stores a scheme unless levels could not be told by it, or a round rests
// on it and it would change.
func (r *run) putScheme(s *schemeRows, key string) result {
	if !isNothing(s.based) {
		from, ok := r.d.Schemes.ByKey(s.based)
		if !ok {
			return r.refuse(&s.first, "based", s.based, "没有等级方案“%s”，应写“名称/版本”", s.based)
		}
		s.next.Based = domain.To(from.ID)
	}
	if s.exists && domain.Equal(s.old, s.next) {
		return same
	}
	if s.exists {
		if rounds := r.usedBy(s.old); rounds != "" {
			return r.refuse(&s.first, key, "", "等级方案“%s”第%d版已用于%s，不能再改；要改请把“版本”写成 %d，作为新的版本导入",
				s.old.Name, s.old.Version, rounds, s.old.Version+1)
		}
	}
	if err := s.next.Check(); err != nil {
		return r.refuse(&s.first, key, "", "%s", strings.TrimSuffix(err.Error(), "。"))
	}
	return put(r.d.Schemes, s.old, s.exists, s.next)
}

// readSchemes reads level schemes, a level a row.
func (r *run) readSchemes() {
	r.eachScheme("label", func(w *row, s *schemeRows) bool {
		s.next.Levels = nil
		if !s.exists {
			s.next.Basis = domain.BasisIndex
		}
		r.setText(w, "basis", &s.next.Basis)
		s.based = w.get(r.at("based"))
		return true
	}, r.level)
}

// level reads one level; what the row leaves blank stays as it was.
func (r *run) level(w *row, s *schemeRows) bool {
	l := domain.Level{Label: w.get(r.at("label"))}
	if s.exists {
		if was, ok := s.old.Labelled(l.Label); ok {
			l = was
		}
	}
	r.setText(w, "color", &l.Color)
	if c := colours[strings.TrimSpace(l.Color)]; c != "" {
		l.Color = c
	}
	r.setText(w, "told", &l.Told)
	r.setText(w, "signer", &l.Signer)
	r.setText(w, "release", &l.Release)
	ok := true
	if text := w.number(r.at("min")); text != "" || l.Color == "" {
		if l.Min, _, ok = parseNumber(text); !ok {
			r.refuse(w, "min", text, "等级“%s”的下限应为数字", l.Label)
			return false
		}
	}
	for field, dst := range map[string]*int{"reply": &l.Reply, "fix": &l.Fix} {
		if text := w.number(r.at(field)); !isNothing(text) {
			if *dst, ok = parseWhole(text); !ok {
				r.refuse(w, field, text, "%s应为整数（工作日），现为“%s”", r.g.Form.Header(field), text)
				return false
			}
		}
	}
	switch text := w.number(r.at("severity")); {
	case text != "":
		if l.Severity, ok = parseWhole(text); !ok {
			r.refuse(w, "severity", text, "严重程度应为整数（0 最轻），现为“%s”", text)
		}
	case !r.has("severity"): // listed from the most severe
		for i := range s.next.Levels {
			s.next.Levels[i].Severity++
		}
		l.Severity = 0
	}
	s.next.Levels = append(s.next.Levels, l)
	return ok
}

// readOverrides reads the conditions that raise a level, one a row. The sheet lists
// all of a scheme.
func (r *run) readOverrides() {
	r.eachScheme("when", func(w *row, s *schemeRows) bool {
		s.next.Overrides = nil
		return r.knownScheme(w, s, "when")
	}, func(w *row, s *schemeRows) bool {
		o := domain.Override{When: domain.Trigger(w.get(r.at("when"))), Of: w.get(r.at("of")), Level: w.get(r.at("level"))}
		if text := w.number(r.at("least")); !isNothing(text) {
			v, _, ok := parseNumber(text)
			if !ok {
				r.refuse(w, "least", text, "提级条件的分数应为数字，现为“%s”", text)
				return false
			}
			o.Least = v
		}
		s.next.Overrides = append(s.next.Overrides, o)
		return true
	})
}

// knownScheme refuses rows about a scheme that does not exist.
func (r *run) knownScheme(w *row, s *schemeRows, field string) bool {
	if !s.exists {
		r.refuse(w, field, s.next.Name, "没有等级方案“%s”第%d版，请先导入等级方案", s.next.Name, s.next.Version)
	}
	return s.exists
}

// readCells reads the levels of a matrix's cells, a likelihood a row.
func (r *run) readCells() {
	r.eachScheme("likelihood", func(w *row, s *schemeRows) bool {
		if !r.knownScheme(w, s, "likelihood") {
			return false
		}
		n := s.next.MatrixSide()
		if n == 0 {
			r.refuse(w, "likelihood", "", "等级方案“%s”按“%s”划分，没有矩阵格子", s.next.Name, s.next.Basis)
			return false
		}
		s.next.Cells = make([][]int, n)
		return true
	}, func(w *row, s *schemeRows) bool {
		n := len(s.next.Cells)
		l, ok := parseWhole(w.number(r.at("likelihood")))
		if !ok || l < 1 || l > n {
			r.refuse(w, "likelihood", w.get(r.at("likelihood")), "可能性应为 1–%d 的整数", n)
			return false
		}
		cells := make([]int, n)
		for k := range cells {
			text := w.get(r.at("c" + itoa(k+1)))
			level, ok := s.next.Labelled(text)
			if !ok {
				r.refuse(w, "c"+itoa(k+1), text, "“%s”不是方案“%s”的等级", text, s.next.Name)
				return false
			}
			cells[k] = level.Severity
		}
		s.next.Cells[l-1] = cells
		return true
	})
}
