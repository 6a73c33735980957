package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/view"
	"lianshao/domain"
)

func runAssess(c *call) (int, error) {
	s, res, err := c.result()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if c.has("json") {
		return ExitDone, view.WriteDocument(c.out, assessment(s.Pilot, res))
	}
	c.assessText(s.Pilot, res)
	return ExitDone, nil
}

// result opens the pilot and computes the round of --round (the latest without).
func (c *call) result() (*app.Session, *domain.RoundResult, error) {
	no, err := c.number("round", 0, 1, 1000)
	if err != nil {
		return nil, nil, err
	}
	s, err := c.open()
	if err != nil {
		return nil, nil, err
	}
	res, err := roundOf(s, no)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return s, res, nil
}

func roundOf(s *app.Session, no int) (*domain.RoundResult, error) {
	if s.Pilot.Assessments.Len() == 0 {
		return nil, app.E(app.CodeNotFound, "试点里还没有评分，请先导入评估评分表。")
	}
	if s.Pilot.Round(no) == nil {
		return nil, app.E(app.CodeNotFound, "没有第 %d 轮评估，试点里共有 %d 轮。", no, s.Pilot.Assessments.Len())
	}
	res := s.Result(no)
	if res == nil {
		return nil, refuse("这一轮评估缺少指标体系或预警等级方案，请先导入评估指标体系。")
	}
	if !res.PointSys.Weighted() {
		return nil, refuse("指标体系“%s”的权重之和不为 1，请先导入判断矩阵或填写权重。", res.PointSys.Name)
	}
	return res, nil
}

// fields of the answer are those of the contract, then extras.

func assessment(p *domain.Pilot, res *domain.RoundResult) view.Object {
	points := func(yield func(view.Object) bool) {
		for i := range res.Points {
			if !yield(pointAnswer(p, res, &res.Points[i])) {
				return
			}
		}
	}
	posts := make([]view.Object, len(res.Posts))
	for i := range res.Posts {
		posts[i] = postAnswer(p, res, &res.Posts[i])
	}
	units := make([]view.Object, len(res.Units))
	for i := range res.Units {
		units[i] = unitAnswer(p, res, &res.Units[i])
	}
	counts := view.Object{}
	byLabel := res.LevelCounts()
	for _, l := range res.Scheme.Ordered() {
		counts = append(counts, view.Field{Key: l.Label, Value: byLabel[l.Label]})
	}
	return view.Object{{Key: "round", Value: res.Round.No}, {Key: "name", Value: res.Round.Name}, {Key: "method", Value: methodText(res)},
		{Key: "points", Value: iter.Seq[view.Object](points)}, {Key: "posts", Value: posts}, {Key: "units", Value: units},
		{Key: "agreement", Value: agreementAnswer(p, res)}, {Key: "level_counts", Value: counts}, {Key: "incomplete", Value: res.Incomplete},
		{Key: "ahp", Value: matrixAnswers(res)}}
}

// matrixAnswers tells the weights and consistency of the judgement matrices that
// the round's indicator systems rest on.
func matrixAnswers(res *domain.RoundResult) []view.Object {
	out := []view.Object{}
	for _, sys := range []*domain.IndicatorSystem{res.PointSys, res.UnitSys} {
		if sys == nil {
			continue
		}
		for _, m := range app.MatrixChecks(sys) {
			out = append(out, view.Object{{Key: "matrix", Value: m.Name}, {Key: "expert", Value: m.Expert}, {Key: "items", Value: m.Matrix.Labels},
				{Key: "weights", Value: m.Weights}, {Key: "lambda_max", Value: m.LambdaMax}, {Key: "ci", Value: m.CI}, {Key: "cr", Value: m.CR},
				{Key: "consistent", Value: m.Consistent}, {Key: "derivation", Value: m.Options.Method.Label()}, {Key: "ri_table", Value: string(m.Options.RI)},
				{Key: "ri", Value: m.RI}, {Key: "decides", Value: m.Decides}, {Key: "experts", Value: len(m.Group)}})
		}
	}
	return out
}

func methodText(res *domain.RoundResult) string {
	rule, sys := res.Round.Rule, res.PointSys
	from := ""
	if rule.Weighs() {
		from = "；权重：" + sys.WeightsFrom()
	}
	return rule.Method.Label() + "：" + rule.Formula() + from
}

// scored gives the keys that points and units share.
func scored(sys *domain.IndicatorSystem, why app.Explanation, o *domain.Outcome, rating *domain.Rating) view.Object {
	score, s, severity := any(nil), any(nil), any(nil)
	if o.Complete {
		score, s, severity = o.Index, o.S, o.Level.Severity
	}
	var inds []view.Object
	dims, n := view.Object{}, view.Object{}
	k := 0
	for di, d := range sys.Dimensions {
		dims = append(dims, view.Field{Key: d.Code, Value: finite(o.Dims[di])})
		for _, ind := range d.Indicators {
			sd := math.NaN()
			if rating != nil {
				sd = rating.SD(k)
			}
			n = append(n, view.Field{Key: ind.Code, Value: o.Counts[k]})
			inds = append(inds, view.Object{{Key: "code", Value: ind.Code}, {Key: "mean", Value: finite(o.Means[k])},
				{Key: "sd", Value: finite(sd)}, {Key: "weight", Value: d.Weight * ind.Weight}, {Key: "n", Value: o.Counts[k]}})
			k++
		}
	}
	return view.Object{{Key: "score", Value: score}, {Key: "level", Value: o.Level.Label}, {Key: "severity", Value: severity},
		{Key: "explanation", Value: why.Sentences()}, {Key: "indicators", Value: inds},
		{Key: "s", Value: s}, {Key: "dims", Value: dims}, {Key: "n", Value: n}, {Key: "complete", Value: o.Complete}}
}

// finite makes a number that JSON can hold: null when there is none.
func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}

func pointAnswer(p *domain.Pilot, res *domain.RoundResult, o *domain.PointOutcome) view.Object {
	r, _ := p.RatingOf(res.Round, domain.TargetPoint, o.Point.ID)
	out := append(view.Object{{Key: "code", Value: o.Point.Code}}, scored(res.PointSys, app.ExplainPoint(p, res, o), &o.Outcome, r)...)
	return append(out, view.Field{Key: "name", Value: o.Point.Name}, view.Field{Key: "unit", Value: p.NameOf(domain.KindUnit, o.Point.Unit)},
		view.Field{Key: "post", Value: p.NameOf(domain.KindPost, o.Point.Post)}, view.Field{Key: "residual", Value: residualAnswer(p, res, o)})
}

// residualAnswer is what the controls leave of a point's risk; null where nobody said
// how well they work.
func residualAnswer(p *domain.Pilot, res *domain.RoundResult, o *domain.PointOutcome) any {
	r, ok := res.ResidualOf(p, o)
	if !ok {
		return nil
	}
	return view.Object{{Key: "inherent", Value: r.Inherent}, {Key: "effectiveness", Value: r.Effectiveness}, {Key: "value", Value: r.Value},
		{Key: "level", Value: r.Level.Label}, {Key: "severity", Value: r.Level.Severity}, {Key: "reason", Value: r.Reason}}
}

func postAnswer(p *domain.Pilot, res *domain.RoundResult, o *domain.PostOutcome) view.Object {
	score, top, mean, weighted, severity := any(nil), any(nil), any(nil), any(nil), any(nil)
	if o.Points > 0 {
		score, top, mean, weighted, severity = o.Max, o.Max, o.Mean, o.Weighted, o.Level.Severity
		if res.Round.Rule.Roll == domain.RollWeighted {
			score = o.Weighted
		}
	}
	name := p.NameOf(domain.KindPost, o.Post)
	return view.Object{{Key: "code", Value: name}, {Key: "unit", Value: p.NameOf(domain.KindUnit, o.Unit)}, {Key: "post", Value: name},
		{Key: "score", Value: score}, {Key: "level", Value: o.Level.Label}, {Key: "severity", Value: severity},
		{Key: "explanation", Value: []string{app.ExplainPost(res, o)}}, {Key: "points", Value: o.Points}, {Key: "max_point", Value: top}, {Key: "mean_point", Value: mean},
		{Key: "weighted_point", Value: weighted}, {Key: "worst_level", Value: o.Worst.Label}, {Key: "weighted_level", Value: o.Banded.Label}, {Key: "level_by", Value: res.Round.Rule.Roll.Label()}}
}

func unitAnswer(p *domain.Pilot, res *domain.RoundResult, o *domain.UnitOutcome) view.Object {
	out := view.Object{{Key: "code", Value: o.Unit.Name}, {Key: "unit", Value: o.Unit.Name}}
	if o.Rated {
		r, _ := p.RatingOf(res.Round, domain.TargetUnit, o.Unit.ID)
		out = append(out, scored(res.UnitSys, app.ExplainUnit(p, res, o), &o.Outcome, r)...)
	} else {
		out = append(out, view.Object{{Key: "score", Value: nil}, {Key: "level", Value: ""}, {Key: "severity", Value: nil},
			{Key: "explanation", Value: []string{"这一轮没有部门层面的评分。"}}}...)
	}
	top, mean, weighted := any(nil), any(nil), any(nil)
	if o.Points > 0 {
		top, mean, weighted = o.Max, o.Mean, o.Weighted
	}
	return append(out, view.Field{Key: "points", Value: o.Points}, view.Field{Key: "max_point", Value: top},
		view.Field{Key: "mean_point", Value: mean}, view.Field{Key: "max_level", Value: o.MaxLevel.Label},
		view.Field{Key: "weighted_point", Value: weighted}, view.Field{Key: "worst_level", Value: o.Worst.Label}, view.Field{Key: "weighted_level", Value: o.Banded.Label},
		view.Field{Key: "level_by", Value: res.Round.Rule.Roll.Label()}, view.Field{Key: "points_explanation", Value: app.ExplainUnitPoints(res, o)})
}

func agreementAnswer(p *domain.Pilot, res *domain.RoundResult) view.Object {
	c := app.RoundConsensus(p, res)
	a := c.Kendall
	left := a.Left
	if left == nil {
		left = []string{}
	}
	out := view.Object{{Key: "kendall_w", Value: a.WCorrected}, {Key: "p", Value: a.P}, {Key: "chi2", Value: a.Chi2}, {Key: "df", Value: a.DF},
		{Key: "n", Value: a.Points}, {Key: "raters", Value: a.Raters}, {Key: "left_out", Value: left}}
	if c.NoKendall != "" {
		out = view.Object{{Key: "kendall_w", Value: nil}, {Key: "p", Value: nil}, {Key: "note", Value: c.NoKendall}, {Key: "left_out", Value: left}}
	}
	icc, fleiss := any(nil), any(nil)
	if c.NoICC == "" {
		icc = view.Object{{Key: "icc2", Value: c.ICC.ICC2}, {Key: "icc2k", Value: c.ICC.ICC2k}, {Key: "p", Value: finite(c.ICC.P)}}
	}
	if c.NoFleiss == "" {
		fleiss = view.Object{{Key: "kappa", Value: c.Fleiss.Kappa}, {Key: "p", Value: finite(c.Fleiss.P)}}
	}
	return append(out, view.Field{Key: "icc", Value: icc}, view.Field{Key: "fleiss", Value: fleiss}, view.Field{Key: "words", Value: c.Sentences()})
}

func (c *call) assessText(p *domain.Pilot, res *domain.RoundResult) {
	w := bufio.NewWriter(c.out)
	defer w.Flush()
	fmt.Fprintf(w, "第 %d 轮 %s\n%s\n\n", res.Round.No, res.Round.Name, methodText(res))
	ranked := slices.Clone(res.Points)
	slices.SortStableFunc(ranked, func(a, b domain.PointOutcome) int { return cmp.Compare(b.Index, a.Index) })
	var rows [][]string
	for _, o := range ranked {
		row := []string{o.Point.Code, p.NameOf(domain.KindUnit, o.Point.Unit), p.NameOf(domain.KindPost, o.Point.Post), o.Point.Name, "", "", "评分不齐"}
		if o.Complete {
			row[4], row[5], row[6] = fmt.Sprintf("%.4f", o.S), fmt.Sprintf("%.2f", o.Index), o.Level.Label
		}
		rows = append(rows, row)
	}
	writeTable(w, []string{"编号", "部门", "岗位", "风险点", "S", "指数", "等级"}, rows)
	rows = nil
	for _, o := range res.Units {
		row := []string{o.Unit.Name, "", "", "未评分", fmt.Sprint(o.Points), fmt.Sprintf("%.2f", o.Max), o.MaxLevel.Label}
		if o.Rated && o.Complete {
			row[1], row[2], row[3] = fmt.Sprintf("%.4f", o.S), fmt.Sprintf("%.2f", o.Index), o.Level.Label
		}
		rows = append(rows, row)
	}
	fmt.Fprintln(w)
	writeTable(w, []string{"部门", "S", "指数", "等级", "风险点", "最高指数", "最高等级"}, rows)
	var counts []string
	byLabel := res.LevelCounts()
	for _, l := range res.Scheme.Ordered() {
		counts = append(counts, fmt.Sprintf("%s%d", l.Label, byLabel[l.Label]))
	}
	fmt.Fprintf(w, "\n等级：%s", strings.Join(counts, "  "))
	if res.Incomplete > 0 {
		fmt.Fprintf(w, "  评分不齐%d", res.Incomplete)
	}
	if a, err := app.RoundAgreement(p, res); err == nil {
		fmt.Fprintf(w, "\n评分一致性：肯德尔 W＝%.4f（%d人，%d个风险点，p＝%.2g）", a.WCorrected, a.Raters, a.Points, a.P)
	}
	fmt.Fprintln(w)
}
