// Package checks looks for what a self-examination overlooked or only pretended:
// steps nobody looked at, posts without a form, texts copied from post to post, forms
// in which everything is low, points without cause or measure.
package checks

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// Rule is one of the checks.
type Rule string

// The checks, in the order in which they are shown.
const (
	StepWithoutPoint   Rule = "环节没有风险点"
	PostWithoutForm    Rule = "岗位没有自查"
	CopiedText         Rule = "岗位之间雷同"
	AllLow             Rule = "全部评为最低"
	WithoutCause       Rule = "没有成因"
	WithoutMeasure     Rule = "没有措施"
	MeasureWithoutStep Rule = "措施没有嵌入流程"
	WithoutChannel     Rule = "没有写来源"
	NearDuplicate      Rule = "疑似重复"
)

// Rules lists the checks with what each looks for.
var Rules = []struct {
	Rule
	Means string
}{
	{StepWithoutPoint, "现行流程的办理、审批、判断步骤上一个风险点也没有，要么没有排查到，要么请写明没有风险"},
	{PostWithoutForm, "登记了的岗位没有一个风险点，可能没有交自查表"},
	{CopiedText, "不同岗位的风险点文字相同或几乎相同，可能是互相抄的"},
	{AllLow, "一个岗位两个以上的风险点自评全是最低一级，可能没有如实填写"},
	{WithoutCause, "风险点没有写成因，无法对症写措施"},
	{WithoutMeasure, "风险点没有防范措施"},
	{MeasureWithoutStep, "措施没有写明嵌在哪个流程的哪一步"},
	{WithoutChannel, "风险点没有写怎样找到的"},
	{NearDuplicate, "同一部门两个风险点文字相近，可能是同一件事，到“疑似重复”里合并"},
}

// Finding is one thing found: about which record, of which unit.
type Finding struct {
	Rule Rule
	Kind domain.Kind // the record that the finding is about
	ID   domain.ID
	Unit domain.Ref
	Name string // of the record, for people
	Text string // what was found, as a sentence
}

// Find runs all checks over a pilot, in the order of Rules and of the records. res is
// the round whose levels count; it may be nil.
func Find(p *domain.Pilot, res *domain.RoundResult) []Finding {
	c := &checker{p: p, res: res}
	c.steps()
	c.posts()
	c.copies()
	c.allLow()
	c.points()
	c.near()
	slices.SortStableFunc(c.found, func(a, b Finding) int { return place(a.Rule) - place(b.Rule) })
	return c.found
}

func place(r Rule) int {
	for i := range Rules {
		if Rules[i].Rule == r {
			return i
		}
	}
	return len(Rules)
}

// Problems says the findings as remarks about records, for the command line.
func Problems(found []Finding) []domain.Problem {
	out := make([]domain.Problem, len(found))
	for i, f := range found {
		out[i] = domain.Problem{Kind: f.Kind, ID: f.ID, Field: string(f.Rule), Message: f.Name + "：" + f.Text}
	}
	return out
}

type checker struct {
	p     *domain.Pilot
	res   *domain.RoundResult
	found []Finding
}

func (c *checker) add(f Finding, format string, args ...any) {
	f.Text = fmt.Sprintf(format, args...)
	c.found = append(c.found, f)
}

func (c *checker) steps() {
	for _, w := range c.p.CurrentWorkflows() {
		for i := range w.Steps {
			s := &w.Steps[i]
			if s.Kind == domain.StepStart || s.Kind == domain.StepEnd || len(c.p.PointsAt(w, s)) > 0 {
				continue
			}
			c.add(Finding{Rule: StepWithoutPoint, Kind: domain.KindStep, ID: s.ID, Unit: w.Unit, Name: w.StepCode(s) + " " + s.Name},
				"“%s”第%d步没有风险点", w.Name, s.No)
		}
	}
}

func (c *checker) posts() {
	for _, x := range c.p.Posts.All() {
		if !slices.ContainsFunc(c.p.RiskPoints.By(domain.ByPost, x.ID), active) {
			c.add(Finding{Rule: PostWithoutForm, Kind: domain.KindPost, ID: x.ID, Unit: x.Unit, Name: x.Name}, "没有一个风险点，可能没有交自查表")
		}
	}
}

func active(r *domain.RiskPoint) bool { return r.Status == domain.PointActive }

func (c *checker) copies() {
	for _, n := range c.p.Copies() {
		c.add(ofPoint(CopiedText, n.B), "与 %s（%s %s）的文字%s，请核实是不是照抄", n.A.Code,
			c.p.NameOf(domain.KindUnit, n.A.Unit), c.p.NameOf(domain.KindPost, n.A.Post), percent(n.Likeness))
	}
}

func percent(likeness float64) string {
	if likeness == 1 {
		return "相同"
	}
	return fmt.Sprintf("%.0f%% 相同", likeness*100)
}

func ofPoint(rule Rule, r *domain.RiskPoint) Finding {
	return Finding{Rule: rule, Kind: domain.KindRiskPoint, ID: r.ID, Unit: r.Unit, Name: strings.TrimSpace(r.Code + " " + r.Name)}
}

// allLow names the posts whose own rating is the mildest for every point.
func (c *checker) allLow() {
	for _, x := range c.p.Posts.All() {
		n := 0
		for _, r := range c.p.RiskPoints.By(domain.ByPost, x.ID) {
			if !active(r) {
				continue
			}
			if !c.low(r) {
				n = 0
				break
			}
			n++
		}
		if n >= 2 {
			c.add(Finding{Rule: AllLow, Kind: domain.KindPost, ID: x.ID, Unit: x.Unit, Name: x.Name}, "%d 个风险点自评全是最低一级", n)
		}
	}
}

// low reports whether the self-assessed level of a point is the mildest one. A point
// that was not rated is not low.
func (c *checker) low(r *domain.RiskPoint) bool {
	s := c.p.SchemeFor(domain.BasisMatrix)
	if s == nil || len(s.Levels) == 0 {
		return false
	}
	l, known := s.Labelled(r.SelfLevel)
	if !known && r.MatrixScore() > 0 {
		l, known = s.LevelOf(float64(r.MatrixScore()))
	}
	return known && l.Severity == s.Ordered()[len(s.Levels)-1].Severity
}

func (c *checker) points() {
	for _, r := range c.p.ActivePoints() {
		if strings.TrimSpace(r.Causes) == "" {
			c.add(ofPoint(WithoutCause, r), "没有写成因")
		}
		if len(r.FoundBy()) == 0 {
			c.add(ofPoint(WithoutChannel, r), "没有写来源渠道")
		}
		ms := c.p.Measures.By(domain.ByPoint, r.ID)
		if len(ms) == 0 {
			c.add(ofPoint(WithoutMeasure, r), "%s没有防范措施", c.level(r))
		}
		for _, m := range ms {
			if m.Step.ID == "" {
				f := ofPoint(MeasureWithoutStep, r)
				f.Kind, f.ID = domain.KindMeasure, m.ID
				c.add(f, "第%d条措施没有嵌入流程步骤：%s", m.No, m.Content)
			}
		}
	}
}

// level is the warned level of a point in words, "" when it is not warned.
func (c *checker) level(r *domain.RiskPoint) string {
	if c.res == nil {
		return ""
	}
	if o := c.res.Of(r.ID); o != nil && o.Complete && o.Level.Severity > 0 {
		return o.Level.Label + "，"
	}
	return ""
}

func (c *checker) near() {
	for _, n := range c.p.NearDuplicates() {
		c.add(ofPoint(NearDuplicate, n.B), "与 %s %s 相近（%.0f%%）", n.A.Code, n.A.Name, n.Likeness*100)
	}
}
