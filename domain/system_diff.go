package domain

import (
	"fmt"
	"slices"
	"strings"
)

// placed is an indicator with the dimension it stands in.
type placed struct {
	Indicator
	dim *Dimension
}

func (r *IndicatorSystem) placed() map[string]placed {
	out := map[string]placed{}
	for i := range r.Dimensions {
		for _, ind := range r.Dimensions[i].Indicators {
			out[ind.Code] = placed{ind, &r.Dimensions[i]}
		}
	}
	return out
}

// Diff says in sentences what a version changes against an earlier one; empty when
// nothing. Indicators and dimensions are the same if their codes are.
func (r *IndicatorSystem) Diff(old *IndicatorSystem) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if r.Name != old.Name {
		say("名称由“%s”改为“%s”", old.Name, r.Name)
	}
	for _, d := range old.Dimensions {
		if r.dimension(d.Code) == nil {
			say("删除维度 %s %s", d.Code, d.Name)
		}
	}
	for _, d := range r.Dimensions {
		was := old.dimension(d.Code)
		switch {
		case was == nil:
			say("新增维度 %s %s（权重 %.4f）", d.Code, d.Name, d.Weight)
		default:
			out = append(out, diffDimension(*was, d)...)
		}
	}
	was, is := old.placed(), r.placed()
	for _, i := range old.Indicators() {
		if _, kept := is[i.Code]; !kept {
			say("删除指标 %s %s", i.Code, i.Name)
		}
	}
	for _, i := range r.Indicators() {
		before, known := was[i.Code]
		if !known {
			say("新增指标 %s %s（%s，权重 %.4f）", i.Code, i.Name, is[i.Code].dim.Name, i.Weight)
			continue
		}
		out = append(out, diffIndicator(before, is[i.Code])...)
	}
	if r.Derivation != old.Derivation {
		say("权重算法由“%s”改为“%s”", orNone(old.Derivation), orNone(r.Derivation))
	}
	if ri := func(s *IndicatorSystem) string { return string(s.RITable()) }; ri(r) != ri(old) && len(r.Matrices) > 0 {
		say("随机一致性指标由 %s 年表改为 %s 年表", ri(old), ri(r))
	}
	return out
}

func (r *IndicatorSystem) dimension(code string) *Dimension {
	for i := range r.Dimensions {
		if r.Dimensions[i].Code == code {
			return &r.Dimensions[i]
		}
	}
	return nil
}

func diffDimension(was, is Dimension) (out []string) {
	if was.Name != is.Name {
		out = append(out, fmt.Sprintf("维度 %s 由“%s”改名为“%s”", is.Code, was.Name, is.Name))
	}
	if moved(was.Weight, is.Weight) {
		out = append(out, fmt.Sprintf("维度 %s %s 权重 %.4f → %.4f", is.Code, is.Name, was.Weight, is.Weight))
	}
	return out
}

func diffIndicator(was, is placed) []string {
	var parts []string
	say := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if was.Name != is.Name {
		say("由“%s”改名", was.Name)
	}
	if was.dim.Code != is.dim.Code {
		say("由维度 %s 移到 %s", was.dim.Code, is.dim.Code)
	}
	if was.Reverse != is.Reverse {
		say("方向由%s改为%s", direction(was.Reverse), direction(is.Reverse))
	}
	if moved(was.Weight, is.Weight) {
		say("权重 %.4f → %.4f", was.Weight, is.Weight)
	}
	if was.Note != is.Note {
		say("说明改为“%s”", is.Note)
	}
	for n := range is.Anchors {
		if was.Anchors[n] != is.Anchors[n] {
			say("%d 分标准由“%s”改为“%s”", n+1, was.Anchors[n], is.Anchors[n])
		}
	}
	if was.Highest() != is.Highest() || !slices.Equal(was.Values, is.Values) {
		say("分值范围改为 1～%d", is.Highest())
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{"指标 " + is.Code + " " + is.Name + "：" + strings.Join(parts, "；")}
}

// moved reports whether a printed weight changes.
func moved(a, b float64) bool { return fmt.Sprintf("%.4f", a) != fmt.Sprintf("%.4f", b) }

func direction(reverse bool) string {
	if reverse {
		return "逆向"
	}
	return "正向"
}

func orNone(s string) string {
	if s == "" {
		return "未说明"
	}
	return s
}
