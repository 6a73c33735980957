package domain

// FactorUse is how often a cause occurs.
type FactorUse struct {
	Points int // active risk points it is tied to
	Items  int // items of the information library that show it
}

// FactorUses counts for every cause its risk points and its items of the information
// library. A merged point counts as the one it was merged into.
func (p *Pilot) FactorUses() map[ID]FactorUse {
	out := map[ID]FactorUse{}
	for _, f := range p.Factors.All() {
		seen := map[ID]bool{}
		for _, ref := range f.Points {
			if r, ok := p.RiskPoints.Get(p.Survivor(ref.ID)); ok && r.Status == PointActive {
				seen[r.ID] = true
			}
		}
		out[f.ID] = FactorUse{Points: len(seen)}
	}
	for _, item := range p.Intelligence.All() {
		seen := map[ID]bool{}
		for _, ref := range item.Factors {
			if u, ok := out[ref.ID]; ok && !seen[ref.ID] {
				seen[ref.ID] = true
				u.Items++
				out[ref.ID] = u
			}
		}
	}
	return out
}

// CategoryUse is how often a category of causes occurs.
type CategoryUse struct {
	Category string
	Factors  int
	Points   int // active points of the category
	Items    int // items of the information library of the category
}

// CategoryUses counts the five categories, in the plan's order.
func (p *Pilot) CategoryUses() []CategoryUse {
	out := make([]CategoryUse, len(Categories))
	at := map[string]*CategoryUse{}
	for i, c := range Categories {
		out[i].Category = c
		at[c] = &out[i]
	}
	for _, f := range p.Factors.All() {
		if u := at[f.Category]; u != nil {
			u.Factors++
		}
	}
	for _, r := range p.ActivePoints() {
		if u := at[r.Category]; u != nil {
			u.Points++
		}
	}
	for _, i := range p.Intelligence.All() {
		if u := at[i.Category]; u != nil {
			u.Items++
		}
	}
	return out
}
