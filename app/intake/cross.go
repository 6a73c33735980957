package intake

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

// crossField reads the headers of cross tables.
func (fm *Form) crossField(c *headerCell) string {
	switch fm.Cross {
	case CrossMark:
		if code := indicatorCode(c.leaf); code != "" {
			return CrossMark + ":" + code
		}
	case CrossReading:
		if p := period(c.group, c.leaf); p != "" {
			return CrossReading + ":" + p
		}
	case CrossSelf:
		for _, x := range [2][2]string{{"自评分", CrossSelf}, {"核准分", CrossConfirmed}} {
			unit, ok := strings.CutSuffix(c.leaf, x[0])
			if ok && unit == "" {
				unit = c.group
			}
			if ok && unit != "" {
				return x[1] + ":" + unit
			}
		}
	}
	return ""
}

// isSummary reports whether a column holds what is computed from the others.
func isSummary(header string) bool {
	for _, word := range []string{"平均", "均值", "均分", "合计", "总分", "得分", "最高", "最低", "汇总", "中位"} {
		if strings.Contains(header, word) {
			return true
		}
	}
	return false
}

func isNumber(s string) bool {
	_, _, ok := parseNumber(s)
	return ok
}

// methodColumns are the headers of the columns that methods without an indicator
// system bring, such as L 可能性, and their codes.
var methodColumns = map[string]string{}

func init() {
	p := domain.NewPilot()
	for _, rule := range []domain.Rule{{Method: domain.MethodMatrix}, {Method: domain.MethodLEC}, {Method: domain.MethodGrade}} {
		for _, ind := range p.SystemOf(&domain.Assessment{Rule: rule}, domain.TargetPoint).Indicators() {
			methodColumns[oneLine(ind.Code+ind.Name)] = ind.Code
		}
	}
}

// indicatorCode reads the code a mark's header begins with: A1, S12, or that of a
// method's own column.
func indicatorCode(h string) string {
	if code := methodColumns[oneLine(h)]; code != "" {
		return code
	}
	i := 0
	for i < len(h) && i < 4 && h[i] >= 'A' && h[i] <= 'Z' {
		i++
	}
	j := i
	for j < len(h) && j < i+3 && h[j] >= '0' && h[j] <= '9' {
		j++
	}
	if i == 0 || j == i || j < len(h) && (h[j] >= '0' && h[j] <= '9' || h[j] == '-') {
		return ""
	}
	return h[:j]
}

// period reads a month: 2025年 above 5月, 2025年5月, 2025-05, 2025.5.
func period(group, leaf string) string {
	text := leaf
	if strings.HasSuffix(group, "年") && !strings.Contains(leaf, "年") {
		text = group + leaf
	}
	text = strings.NewReplacer("年", "-", ".", "-", "/", "-", "月", "").Replace(text)
	y, mo, ok := strings.Cut(text, "-")
	year, okY := parseWhole(y)
	month, okM := parseWhole(mo)
	if !ok || !okY || !okM || len(y) != 4 || year < 1990 || year > 2100 || month < 1 || month > 12 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}
