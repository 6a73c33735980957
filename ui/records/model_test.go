package records

import (
	"strings"
	"testing"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page/pagetest"
)

// opinions is a pilot with opinions A1 to A4.
func opinions(t *testing.T) (*app.Session, *Model) {
	t.Helper()
	p := domain.NewPilot()
	for i, text := range []string{"丁", "丙", "乙", "甲"} {
		code := "A" + string(rune('1'+i))
		p.Put(&domain.Opinion{Base: domain.Base{ID: domain.ID(code), Code: code}, From: "匿名", Content: text})
	}
	h := pagetest.New(t, p)
	return h.Session(), NewModel(h.Session().Pilot, domain.KindOpinion, fields.Of(domain.KindOpinion))
}

func codes(m *Model) string {
	var out []string
	for i := range m.Len() {
		out = append(out, m.Cell(i, "code").Text)
	}
	return strings.Join(out, " ")
}

func TestSortFilterAndKeep(t *testing.T) {
	_, m := opinions(t)
	m.SetSort("code", true)
	if got := codes(m); got != "A4 A3 A2 A1" {
		t.Errorf("sorted down: %s", got)
	}
	m.SetQuery("乙")
	if got := codes(m); got != "A3" {
		t.Errorf("filtered: %s", got)
	}
	m.SetQuery("")
	m.SetKeep(func(r domain.Record) bool { return r.(*domain.Opinion).Code != "A2" })
	if got := codes(m); got != "A4 A3 A1" {
		t.Errorf("kept: %s", got)
	}
}

// An edited row shows its new text and stays where it is, although filter or sort
// would now put it elsewhere; a row that comes or goes asks for a rebuild.
func TestEditedRowStaysUnderTheCursor(t *testing.T) {
	for name, set := range map[string]func(*Model){
		"plain": func(*Model) {}, "sorted": func(m *Model) { m.SetSort("content", false) },
		"filtered": func(m *Model) { m.SetQuery("丙") },
		"kept":     func(m *Model) { m.SetKeep(func(r domain.Record) bool { return r.(*domain.Opinion).Content == "丙" }) },
	} {
		s, m := opinions(t)
		set(m)
		at := m.RowOf("A2")
		var rows []int
		var enough bool
		s.Subscribe(func(e app.Event) { rows, enough = m.Replace(e.Changes) })
		if err := s.Do(edit.SetCells(edit.Cell{Kind: domain.KindOpinion, ID: "A2", Field: "content", Text: "改"})); err != nil {
			t.Fatal(err)
		}
		if !enough || len(rows) != 1 || rows[0] != at || m.Cell(at, "content").Text != "改" {
			t.Errorf("%s: rows %v of %d, enough %v, text %q", name, rows, at, enough, m.Cell(at, "content").Text)
		}
		if err := s.Do(edit.Delete(domain.KindOpinion, "A2")); err != nil {
			t.Fatal(err)
		}
		if enough {
			t.Errorf("%s: a deleted row needs no rebuild", name)
		}
	}
}
