package intake_test

import (
	"slices"
	"testing"

	"lianshao/app/intake"
	"lianshao/domain"
)

// A corrected mapping holds for the layout it was made for, and for no other: not for
// the same columns in another order, with one more or under other headings.
func TestCorrectedMappingStaysWithItsLayout(t *testing.T) {
	sheet := func(rows ...string) *intake.Book {
		return &intake.Book{File: "表.xlsx", Sheets: []*intake.Sheet{table("基建处", rows...)}}
	}
	p, newID := domain.NewPilot(), ids()
	read := func(b *intake.Book, correct func(*intake.SheetGuess)) *intake.SheetGuess {
		t.Helper()
		guesses := intake.Analyse([]*intake.Book{b}, intake.Options{}.Knowing(p))
		if len(guesses) != 1 || guesses[0].Form == nil {
			t.Fatal("not understood")
		}
		if correct != nil {
			correct(guesses[0])
		}
		p.Apply(intake.NewPlan(p, guesses, intake.Env{IDs: newID, Year: 2026}).Changes)
		return guesses[0]
	}
	read(sheet("风险点|等级|防控措施|责任人|经办", "虚签|高|留痕|处长|张某"), func(g *intake.SheetGuess) {
		g.SetRole(3, "leader") // 责任人, in this table only
		g.SetRole(4, "owner")  // 经办: a word nobody knew
	})
	fields := func(g *intake.SheetGuess) (out []string) {
		for _, c := range g.Columns {
			out = append(out, c.Field)
		}
		return out
	}
	for _, c := range []struct {
		name       string
		rows       []string
		want       []string
		remembered bool
	}{
		{"the same", []string{"风险点|等级|防控措施|责任人|经办", "围标|高|检查|处长|李某"}, []string{"name", "level", "measures", "leader", "owner"}, true},
		{"further down", []string{"基建处一览表", "风险点|等级|防控措施|责任人|经办", "泄密|高|封闭|处长|李某"}, []string{"name", "level", "measures", "leader", "owner"}, true},
		{"other order", []string{"风险点|防控措施|等级|责任人|经办", "超付|复核|高|处长|李某"}, []string{"name", "measures", "level", "owner", "owner"}, false},
		{"one more", []string{"序号|风险点|等级|防控措施|责任人", "1|倒签|高|记时|处长"}, []string{"no", "name", "level", "measures", "owner"}, false},
		{"one less", []string{"风险点|等级|防控措施|责任人", "拖延|高|限时|处长"}, []string{"name", "level", "measures", "owner"}, false},
	} {
		g := read(sheet(c.rows...), nil)
		if g.Remembered != c.remembered || !slices.Equal(fields(g), c.want) {
			t.Errorf("%s: remembered %t, %v, want %t, %v", c.name, g.Remembered, fields(g), c.remembered, c.want)
		}
	}
	words := p.Synonyms.All()
	if len(words) != 1 || words[0].Word != "经办" {
		t.Errorf("%d words learned", len(words))
	}
}
