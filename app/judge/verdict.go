package judge

import (
	"fmt"
	"math"
	"strings"

	"lianshao/domain"
	"lianshao/domain/method"
)

// Verdict is what the test proposes for an indicator.
type Verdict string

// The verdicts.
const (
	Keep   Verdict = "保留"
	Change Verdict = "修改"
	Merge  Verdict = "合并"
	Remove Verdict = "删除"
)

// Limits of the verdicts. They are where one should look again, not laws.
const (
	SpreadLimit = 0.10 // CV between points below which all points score alike (house rule)
	DLimit      = 0.20 // discrimination below which Ebel calls an item 差
	ICCLimit    = 0.40 // agreement below which Cicchetti (1994) calls it poor
	TwinLimit   = 0.90 // correlation from which two indicators measure the same (usual in item analysis)
	EndLimit    = 0.50 // share of lowest or highest marks from which a scale no longer tells apart (house rule)
)

// Rules says in one paragraph how the verdicts come about.
func Rules() string {
	return fmt.Sprintf("判定口径：校正题总相关低于 %.2f，且删去后 α 上升、各点得分又分不开（变异系数低于 %.2f 或区分度低于 %.2f）的，建议删除；与另一指标相关达到 %.2f 的，权重较小的一项建议合并；题总相关、变异系数、区分度低于上述界限，评分人一致性 ICC 低于 %.2f，或最低、最高分占比超过 %.0f%% 的，建议修改；其余保留。判定是建议，是否采纳由领导小组审议。",
		method.ItemTotalLimit, SpreadLimit, DLimit, TwinLimit, ICCLimit, EndLimit*100)
}

func below(v *float64, limit float64) bool { return v != nil && *v < limit }

// decide gives every indicator its verdict and the reason.
func (r *Report) decide() {
	for i := range r.Items {
		it := &r.Items[i]
		if why := r.useless(it); why != "" {
			it.Verdict, it.Reason = Remove, why
		}
	}
	for i := range r.Items {
		it := &r.Items[i]
		if it.Verdict != "" {
			continue
		}
		faults := it.faults()
		switch {
		case r.double(it):
			it.Verdict = Merge
			it.Reason = fmt.Sprintf("与 %s 的得分几乎同升同降（相关 %.2f），两项测的是同一件事，而它权重较小，建议并入 %s。", it.Twin, *it.TwinR, it.Twin)
		case len(faults) > 0:
			it.Verdict, it.Reason = Change, strings.Join(faults, "；")+"。"
		default:
			it.Verdict, it.Reason = Keep, it.praise()
		}
	}
}

// useless says why an indicator should go: it is foreign to the others, α rises
// without it, and it does not tell points apart.
func (r *Report) useless(it *Item) string {
	if !below(it.ItemTotal, method.ItemTotalLimit) || r.Alpha == nil || it.AlphaDeleted == nil || *it.AlphaDeleted <= *r.Alpha {
		return ""
	}
	var apart string
	switch {
	case below(it.CV, SpreadLimit):
		apart = fmt.Sprintf("各风险点得分几乎一样（变异系数 %.3f）", *it.CV)
	case below(it.D, DLimit):
		apart = fmt.Sprintf("高分组和低分组分不开（区分度 %.2f）", *it.D)
	default:
		return ""
	}
	return fmt.Sprintf("与其余指标基本无关（题总相关 %.2f），删去后 α 由 %.3f 升到 %.3f，%s，建议删除或换成别的指标。", *it.ItemTotal, *r.Alpha, *it.AlphaDeleted, apart)
}

// double reports whether the indicator should be merged into its twin: of the two
// the one that weighs less, the later one if they weigh alike.
func (r *Report) double(it *Item) bool {
	if it.TwinR == nil || *it.TwinR < TwinLimit {
		return false
	}
	for i := range r.Items {
		twin := &r.Items[i]
		if twin.Code == it.Twin {
			return twin.Verdict != Remove && (it.Weight < twin.Weight || it.Weight == twin.Weight && after(r.Items, it.Code, twin.Code))
		}
	}
	return false
}

// after reports whether code stands behind other.
func after(items []Item, code, other string) bool {
	for i := range items {
		switch items[i].Code {
		case code:
			return false
		case other:
			return true
		}
	}
	return false
}

// faults are the things to mend.
func (it *Item) faults() (out []string) {
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if below(it.CV, SpreadLimit) {
		add("各风险点得分几乎一样（变异系数 %.3f），分不出高低，建议把 1～5 分标准拉开", *it.CV)
	} else if below(it.D, DLimit) {
		add("高分组和低分组分不开（区分度 %.2f），建议把 1～5 分标准拉开", *it.D)
	}
	if below(it.ItemTotal, method.ItemTotalLimit) {
		add("与其余指标方向不合（题总相关 %.2f），建议核对说明和计分方向", *it.ItemTotal)
	}
	if below(it.ICC, ICCLimit) {
		add("各评分人把握不一（ICC %.2f），建议把 1～5 分标准写得更具体，评分前统一讲解", *it.ICC)
	}
	if it.Floor > EndLimit || it.Ceiling > EndLimit {
		mark, share := 1, it.Floor
		if it.Ceiling > it.Floor {
			mark, share = 5, it.Ceiling
		}
		add("%.0f%% 的评分都是 %d 分，标准偏在一头，建议重写这一头的分值标准", share*100, mark)
	}
	return out
}

// praise says what a kept indicator does well, as far as the figures are defined.
func (it *Item) praise() string {
	var parts []string
	if it.ItemTotal != nil {
		parts = append(parts, "与其余指标一致")
	}
	if it.D != nil {
		parts = append(parts, "区分度"+method.DiscriminationLevel(*it.D))
	}
	if it.ICC != nil {
		parts = append(parts, "评分一致性"+method.AgreementWords(*it.ICC))
	}
	if len(parts) == 0 {
		return "评分太少或都一样，算不出指标的好坏，暂时保留。"
	}
	return strings.Join(parts, "，") + "。"
}

// Summary says the whole result in a few sentences: consistency, verdicts,
// sensitivity, warnings against events, and whether n is small.
func (r *Report) Summary() []string {
	out := []string{r.alphaSentence(), r.verdictSentence(), r.flipSentence(), r.assessorSentence()}
	out = append(out, r.Hits.Sentences()...)
	if r.Small() {
		out = append(out, fmt.Sprintf("只有 %d 个风险点、%d 位评分人，样本偏少（一般不少于 %d 个点、%d 位评分人），以上数值仅供参考。", r.Points, r.Raters, SmallPoints, SmallAssessors))
	}
	return out
}

func (r *Report) alphaSentence() string {
	n := fmt.Sprintf("共检验 %d 项指标，样本为 %d 个评分齐全的风险点、%d 位评分人", len(r.Items), r.Points, r.Raters)
	if r.Left > 0 {
		n += fmt.Sprintf("（另有 %d 个没评完，未计入）", r.Left)
	}
	if r.Alpha == nil {
		return n + "；α 系数算不出：" + r.AlphaWhy
	}
	word := "偏低，指标之间不够一致"
	switch a := *r.Alpha; {
	case a >= .9:
		word = "很高"
	case a >= .8:
		word = "较高"
	case a >= .7:
		word = "可以接受"
	}
	return fmt.Sprintf("%s；内部一致性 α＝%.4f，%s。", n, *r.Alpha, word)
}

// With lists the codes of the indicators with a verdict.
func (r *Report) With(v Verdict) (codes []string) {
	for i := range r.Items {
		if r.Items[i].Verdict == v {
			codes = append(codes, r.Items[i].Code)
		}
	}
	return codes
}

func (r *Report) verdictSentence() string {
	parts := []string{fmt.Sprintf("%s %d 项", Keep, len(r.With(Keep)))}
	for _, v := range []Verdict{Change, Merge, Remove} {
		if codes := r.With(v); len(codes) > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 项（%s）", v, len(codes), strings.Join(codes, "、")))
		}
	}
	return "结论：" + strings.Join(parts, "，") + "。"
}

func (r *Report) flipSentence() string {
	most, codes := 0, []string(nil)
	for i := range r.Items {
		n := max(r.Items[i].More.Total(), r.Items[i].Less.Total())
		if n > most {
			most, codes = n, nil
		}
		if n == most {
			codes = append(codes, r.Items[i].Code)
		}
	}
	if most == 0 {
		return "权重敏感性：任何一项指标的权重增减 10%，都没有风险点改变等级，结果稳定。"
	}
	return fmt.Sprintf("权重敏感性：每次把一项指标的权重增减 10%%，最多 %d 个风险点改变等级（%s）。", most, strings.Join(codes, "、"))
}

func (r *Report) assessorSentence() string {
	var parts []string
	if len(r.Assessors) < 2 {
		return "评分人敏感性：只有一位评分人，不能去掉一位再比较。"
	}
	for _, f := range r.Assessors {
		parts = append(parts, fmt.Sprintf("%s %d 个", f.Name, f.Total()))
	}
	return "评分人敏感性：每次去掉一位评分人，改变等级的风险点为：" + strings.Join(parts, "，") + "。"
}

// Sentences says how the levels stand against what really happened.
func (h *Hits) Sentences() []string {
	if h.Events == 0 {
		return []string{"风险信息库里还没有查实并关联到风险点的信息，不能检验漏警、误警。"}
	}
	hit := fmt.Sprintf("与风险信息库对照：%d 条查实信息涉及 %d 个风险点，其中 %d 个已列入预警", h.Events, h.Confirmed, h.Warned)
	if len(h.Missed) == 0 {
		hit += "，没有漏警。"
	} else {
		hit += fmt.Sprintf("；%s 出过事而等级最低，属漏警，建议复核。", codesOf(h.Missed))
	}
	if len(h.Unproven) == 0 {
		return []string{hit}
	}
	share := math.Round(float64(len(h.Unproven)) / float64(h.High) * 100)
	return []string{hit, fmt.Sprintf("高等级的 %d 个风险点中，%d 个（%.0f%%）没有查实信息，可能偏严，也可能只是还没有暴露：%s。", h.High, len(h.Unproven), share, codesOf(h.Unproven))}
}

func codesOf(points []*domain.PointOutcome) string {
	codes := make([]string, len(points))
	for i, o := range points {
		codes[i] = o.Point.Code
	}
	// a long list is for the table of points, not for a sentence
	if len(codes) > 20 {
		return strings.Join(codes[:20], "、") + fmt.Sprintf("等 %d 个", len(codes))
	}
	return strings.Join(codes, "、")
}
