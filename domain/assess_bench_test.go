package domain_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lianshao/domain"
)

// BenchmarkAssess100k scores 100,000 points on 8 and on 10 indicators by 7 assessors;
// the promise is 0.5 s on one core for 7 (the rounds here have an even number).
func BenchmarkAssess100k(b *testing.B) {
	for _, indicators := range []int{8, 10} {
		b.Run(fmt.Sprint(indicators), func(b *testing.B) { assess100k(b, indicators) })
	}
}

func assess100k(b *testing.B, indicators int) {
	p, round := largeRound(100_000, indicators, 7)
	p.RiskPoints.All() // sorted once, when the first table is shown
	b.ReportAllocs()
	for b.Loop() {
		if res := p.Assess(round); len(res.Points) != 100_000 || res.Incomplete != 0 || len(res.Units) != 500 {
			b.Fatal(len(res.Points), res.Incomplete, len(res.Units))
		}
	}
}

// largeRound is a pilot with a round in which every assessor scored every point.
func largeRound(points, indicators, assessors int) (*domain.Pilot, *domain.Assessment) {
	p, rng, n := domain.NewPilot(), rand.New(rand.NewPCG(1, 2)), 0
	base := func(code string) domain.Base {
		n++
		return domain.Base{ID: domain.ID(fmt.Sprintf("01J%023d", n)), Code: code}
	}
	sys := &domain.IndicatorSystem{Base: base("TX"), Name: "指标体系", Target: domain.TargetPoint}
	for d := range 2 {
		dim := domain.Dimension{Code: fmt.Sprint("D", d), Name: "维度", Weight: 0.5}
		for i := range indicators / 2 {
			dim.Indicators = append(dim.Indicators, domain.Indicator{Code: fmt.Sprint("I", d, i), Weight: 2 / float64(indicators), Reverse: i == 0})
		}
		sys.Dimensions = append(sys.Dimensions, dim)
	}
	scheme := &domain.LevelScheme{Base: base("DJ"), Basis: domain.BasisIndex, Levels: []domain.Level{
		{Label: "红", Severity: 3, Min: 80}, {Label: "橙", Severity: 2, Min: 60}, {Label: "黄", Severity: 1, Min: 40}, {Label: "蓝"}}}
	round := &domain.Assessment{Base: base("PG"), No: 1, PointSystem: domain.To(sys.ID), Scheme: domain.To(scheme.ID)}
	p.Put(sys)
	p.Put(scheme)
	p.Put(round)
	var unit *domain.Unit
	var posts []*domain.Post
	for i := range points {
		if i%200 == 0 {
			unit = &domain.Unit{Base: base(fmt.Sprintf("D%04d", i/200)), Name: fmt.Sprint("部门", i/200)}
			p.Put(unit)
			posts = posts[:0]
			for k := range 10 {
				posts = append(posts, &domain.Post{Base: base(""), Unit: domain.To(unit.ID), Name: fmt.Sprint("岗位", k)})
				p.Put(posts[k])
			}
		}
		pt := &domain.RiskPoint{Base: base(fmt.Sprintf("%s-%03d", unit.Code, i%200)), Unit: domain.To(unit.ID), Post: domain.To(posts[i%10].ID)}
		p.Put(pt)
		r := &domain.Rating{Base: base(""), Assessment: domain.To(round.ID), Target: domain.TargetPoint, Subject: domain.To(pt.ID)}
		for a := range assessors {
			row := domain.RatingRow{Assessor: fmt.Sprint("评分人", a), Marks: make([]domain.Mark, indicators)}
			for k := range row.Marks {
				row.Marks[k] = domain.Mark(1 + rng.IntN(5))
			}
			r.Rows = append(r.Rows, row)
		}
		p.Put(r)
	}
	return p, round
}
