package library

import (
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/storage/sampletest"
)

func samplePilot(t *testing.T) *app.Session {
	t.Helper()
	return sampletest.Open(t, sampletest.On("2026-11-01"))
}

// The travelling library is whole: every entry has a code of its own, one of the
// categories and kinds, words, a text and evidence.
func TestLibraryIsWhole(t *testing.T) {
	list, err := Entries(domain.NewPilot(), nil, nil)
	if err != nil || len(list) < 30 {
		t.Fatal(len(list), err)
	}
	seen := map[string]bool{}
	for _, e := range list {
		kind := strings.Contains(strings.Join(domain.MeasureKinds, " "), e.Kind)
		if seen[e.Code] || !domain.IsCategory(e.Category) || !kind || len(e.Words) == 0 || e.Text == "" || e.Evidence == "" || e.Own() {
			t.Errorf("%+v", e)
		}
		seen[e.Code] = true
	}
}

func TestFittingMeasuresComeFirst(t *testing.T) {
	list, _ := Entries(domain.NewPilot(), nil, nil)
	for _, c := range []struct{ point, want string }{
		{"虚签、多签工程量，将合同内工作内容重复签证", "现场签证"},
		{"以“专有技术”为由申请单一来源", "单一来源"},
		{"将同一批次设备拆分为多个小额采购，化整为零规避招标", "合并编制"},
		{"报废设备低价处置、私分残值", "公开拍卖"},
	} {
		got := For(domain.NewPilot(), &domain.RiskPoint{Description: c.point}, list)
		if !strings.Contains(got[0].Text, c.want) {
			t.Errorf("%s: %s first, want %s", c.point, got[0].Text, c.want)
		}
	}
}

// Of the example, the measures that were carried out at points whose index fell are
// offered to others, the most effective first.
func TestOwnEffectiveMeasuresAreOffered(t *testing.T) {
	s := samplePilot(t)
	p := s.Pilot
	list, err := Entries(p, s.Result(1), s.Result(2))
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, 2.0
	for _, e := range list {
		if !e.Own() {
			continue
		}
		n++
		var m *domain.Measure
		for _, x := range p.Measures.All() {
			if x.Code == e.Code {
				m = x
			}
		}
		before, after := s.Result(1).Of(m.Point.ID), s.Result(2).Of(m.Point.ID)
		if p.MeasureResult(m.ID) != domain.ResultDone || after.Index >= before.Index || e.Effect > last || e.Text != m.Content {
			t.Errorf("%+v: %s, %.2f → %.2f", e, p.MeasureResult(m.ID), before.Index, after.Index)
		}
		last = e.Effect
	}
	if n == 0 {
		t.Error("none")
	}
	own := list[len(list)-n]
	point := p.RiskPoints.All()[0]
	m := Start(p, point, own)
	if m.Original != m.Content || m.Edited() != "照用原文" || m.Library != own.Code {
		t.Errorf("%+v", m)
	}
	m.Content += "并公示"
	if want := "原文：" + own.Text + "\n现在：" + own.Text + "【并公示】"; m.Edited() != want {
		t.Errorf("%s", m.Edited())
	}
}
