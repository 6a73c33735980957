package edit

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Place is where something stands in an indicator system: an indicator by its
// dimension and position, or the dimension itself when Ind is -1.
type Place struct{ Dim, Ind int }

// Columns of an indicator system that a person types into.
const (
	SystemCode      = "code"
	SystemName      = "name"
	SystemNote      = "note"
	SystemDirection = "direction"
	SystemWeight    = "weight" // within the dimension, or the dimension's own
	SystemAnchor    = "anchor" // with the mark behind it: anchor1 … anchor5
	Forward         = "正向"     // a high score is risky
	Backward        = "逆向"     // a high score is good
	systemTyped     = "手工录入"   // origin of a system made here
	defaultSystem   = "廉政风险评估指标体系"
)

// SystemCell is one text of an indicator system.
type SystemCell struct {
	Place
	Field, Text string
}

// changeSystem edits one draft version as one operation.
func changeSystem(id domain.ID, what string, change func(s *domain.IndicatorSystem) error) app.Command {
	return app.CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		old, ok := p.Systems.Get(id)
		if !ok {
			return domain.ChangeSet{}, app.E(app.CodeNotFound, "这个指标体系已不存在")
		}
		if err := p.MayEditSystem(old); err != nil {
			return domain.ChangeSet{}, err
		}
		s := old.Clone().(*domain.IndicatorSystem)
		if err := change(s); err != nil {
			return domain.ChangeSet{}, err
		}
		d := p.Draft()
		d.Systems.Put(s)
		return d.Changes(domain.Op{Name: "system", Label: systemLabel(s) + "：" + what}), nil
	})
}

func systemLabel(s *domain.IndicatorSystem) string {
	return fmt.Sprintf("指标体系（%s）第%d版", s.Target, s.Version)
}

// RenameSystem gives a draft version another name.
func RenameSystem(id domain.ID, name string) app.Command {
	return changeSystem(id, "改名称", func(s *domain.IndicatorSystem) error {
		if s.Name = strings.TrimSpace(name); s.Name == "" {
			return app.E(app.CodeInvalid, "指标体系的名称不能为空")
		}
		return nil
	})
}

// SetSystemCells sets texts of a draft version as one operation.
func SetSystemCells(id domain.ID, cells ...SystemCell) app.Command {
	what := fmt.Sprintf("修改 %d 个单元格", len(cells))
	if len(cells) == 1 {
		what = "修改" + systemTitles[strings.TrimRight(cells[0].Field, "12345")]
	}
	return changeSystem(id, what, func(s *domain.IndicatorSystem) error {
		return EachOf(cells, func(c SystemCell) error { return setSystemCell(s, c) })
	})
}

var systemTitles = map[string]string{SystemCode: "代码", SystemName: "名称", SystemNote: "说明", SystemDirection: "方向", SystemWeight: "权重", SystemAnchor: "评分标准"}

func setSystemCell(s *domain.IndicatorSystem, c SystemCell) error {
	d, ind, err := standing(s, c.Place)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(c.Text)
	switch {
	case c.Field == SystemCode:
		return recode(s, c.Place, text)
	case c.Field == SystemName && ind == nil:
		d.Name = text
	case c.Field == SystemName:
		ind.Name = text
	case c.Field == SystemWeight:
		return weigh(s, d, ind, text)
	case ind == nil:
		return app.E(app.CodeInvalid, "维度只有代码、名称和权重，%s写在它的指标上", systemTitles[strings.TrimRight(c.Field, "12345")])
	case c.Field == SystemNote:
		ind.Note = text
	case c.Field == SystemDirection:
		if text != Forward && text != Backward {
			return app.E(app.CodeInvalid, "方向应为“正向”（分高风险大）或“逆向”（分高控制好），现为“%s”", text)
		}
		ind.Reverse = text == Backward
	case strings.HasPrefix(c.Field, SystemAnchor):
		n, err := strconv.Atoi(strings.TrimPrefix(c.Field, SystemAnchor))
		if err != nil || n < 1 || n > len(ind.Anchors) {
			return app.E(app.CodeInvalid, "没有这一档评分标准")
		}
		ind.Anchors[n-1] = text
	default:
		return app.E(app.CodeInvalid, "这一栏不能修改")
	}
	relabel(s)
	return nil
}

// standing finds what stands at a place; ind is nil for a dimension.
func standing(s *domain.IndicatorSystem, at Place) (d *domain.Dimension, ind *domain.Indicator, err error) {
	if at.Dim < 0 || at.Dim >= len(s.Dimensions) || at.Ind >= len(s.Dimensions[at.Dim].Indicators) {
		return nil, nil, app.E(app.CodeNotFound, "这一项已不在指标体系里")
	}
	d = &s.Dimensions[at.Dim]
	if at.Ind >= 0 {
		ind = &d.Indicators[at.Ind]
	}
	return d, ind, nil
}

var dimensionCode, indicatorCode = regexp.MustCompile(`^[A-Z]{1,4}[0-9]{0,3}$`), regexp.MustCompile(`^[A-Z]{1,4}[0-9]{1,3}$`)

// codeShape is what a code looks like: spreadsheets tell the columns of marks by it.
func codeShape(indicator bool) *regexp.Regexp {
	if indicator {
		return indicatorCode
	}
	return dimensionCode
}

// recode gives a dimension or an indicator another code, which must be its own.
func recode(s *domain.IndicatorSystem, at Place, code string) error {
	code = strings.ToUpper(domain.NormalizeWidth(code))
	if !codeShape(at.Ind >= 0).MatchString(code) {
		return app.E(app.CodeInvalid, "代码由字母开头、数字结尾：维度如 A，指标如 A1（表格里靠它认指标），现为“%s”", code)
	}
	for di := range s.Dimensions {
		d := &s.Dimensions[di]
		if d.Code == code && (Place{di, -1}) != at {
			return app.E(app.CodeInvalid, "代码“%s”已用于维度“%s”", code, d.Name)
		}
		for ii := range d.Indicators {
			if d.Indicators[ii].Code == code && (Place{di, ii}) != at {
				return app.E(app.CodeInvalid, "代码“%s”已用于指标“%s”", code, d.Indicators[ii].Name)
			}
		}
	}
	d, ind, _ := standing(s, at)
	if ind != nil {
		ind.Code = code
	} else {
		for i := range s.Matrices {
			if s.Matrices[i].Of == d.Code && d.Code != "" {
				s.Matrices[i].Of = code
			}
		}
		d.Code = code
	}
	relabel(s)
	return nil
}

// weigh types a weight: 0.25 or 25%.
func weigh(s *domain.IndicatorSystem, d *domain.Dimension, ind *domain.Indicator, text string) error {
	of := d.Code
	if ind == nil {
		of = ""
	}
	if s.ByMatrix(of) {
		return app.E(app.CodeInvalid, "这一组权重由判断矩阵按%s算出；请改判断矩阵，或先把权重来源改为“%s”", s.DerivationOf().Label(), domain.DerivedTyped)
	}
	w, percent, ok := domain.ParseNumber(text)
	if percent {
		w /= 100
	}
	if !ok && text != "" || !(w >= 0 && w <= 1) {
		return app.E(app.CodeInvalid, "权重应为 0～1 的小数或百分数，例如 0.25 或 25%%，现为“%s”", text)
	}
	if ind != nil {
		ind.Weight = w
	} else {
		d.Weight = w
	}
	if s.Derivation == "" {
		s.Derivation = domain.DerivedTyped
	}
	return nil
}

// EvenWeights shares the weights of a group evenly, or scales them to the sum 1
// when keep is set and they are not all 0. of is as in IndicatorSystem.ByMatrix.
func EvenWeights(id domain.ID, of string, keep bool) app.Command {
	what := "平均分配权重"
	if keep {
		what = "权重归一"
	}
	return changeSystem(id, what, func(s *domain.IndicatorSystem) error {
		if s.ByMatrix(of) {
			return app.E(app.CodeInvalid, "这一组权重由判断矩阵算出，合计总是 1")
		}
		Balance(s, of, keep)
		return nil
	})
}

// Balance makes the weights of a group sum to 1: scaled when keep is set and they are
// not all 0, else shared evenly. of is as in IndicatorSystem.ByMatrix. Call it on a clone.
func Balance(s *domain.IndicatorSystem, of string, keep bool) {
	weights := group(s, of)
	sum := 0.0
	for _, w := range weights {
		sum += *w
	}
	for _, w := range weights {
		if keep && sum > 0 {
			*w /= sum
		} else {
			*w = 1 / float64(len(weights))
		}
	}
}

// group lists the weights of a group.
func group(s *domain.IndicatorSystem, of string) (out []*float64) {
	for i := range s.Dimensions {
		d := &s.Dimensions[i]
		if of == "" {
			out = append(out, &d.Weight)
		} else if d.Code == of {
			for k := range d.Indicators {
				out = append(out, &d.Indicators[k].Weight)
			}
		}
	}
	return out
}

// TypeWeights makes the weights of a draft version typed ones: judgement matrices
// stay for reference and no longer decide.
func TypeWeights(id domain.ID) app.Command {
	return changeSystem(id, "权重改为直接给定", func(s *domain.IndicatorSystem) error {
		s.Derivation = domain.DerivedTyped
		return nil
	})
}
