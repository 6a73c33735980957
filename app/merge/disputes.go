package merge

import (
	"strings"

	"lianshao/app/parts"
	"lianshao/app/sides"
)

// Dispute is a field of which several pilots say different things. Merging takes the
// pilots one after the other and meets them two by two; here all stand side by side.
type Dispute struct {
	sides.Dispute
	id    ConflictID // without a file
	first []string   // per side: the file that says so first, "" = this pilot
}

// Disputes lists what pilots disagree about, with all sides of each.
func (pl *Plan) Disputes() []*Dispute {
	var out []*Dispute
	known := map[ConflictID]*Dispute{}
	for _, f := range pl.Files {
		for _, c := range f.Conflicts {
			id := c.Key()
			id.File = ""
			d := known[id]
			if d == nil {
				d = &Dispute{Dispute: sides.Dispute{Kind: c.Kind, Code: c.Code, Name: c.Name, Title: c.Title}, id: id}
				known[id] = d
				out = append(out, d)
			}
			mine := d.side(c.MineFrom, c.Mine, c.MineBy, sides.Side{At: c.MineAt})
			theirs := d.side(c.File, c.Theirs, c.TheirsBy, sides.Side{At: c.TheirsAt})
			d.Taken = mine
			if c.Taken == Theirs {
				d.Taken = theirs
			}
		}
	}
	return out
}

// side finds or adds a side: who says the same stands together.
func (d *Dispute) side(file, text, who string, s sides.Side) int {
	from := file
	if file == "" {
		from = "本试点"
	}
	if who != "" {
		from += " · " + who
	}
	for i := range d.Sides {
		x := &d.Sides[i]
		if x.Text != text {
			continue
		}
		if !strings.Contains(x.Who, from) {
			x.Who += "、" + from
			if file != "" {
				x.Files = append(x.Files, file)
			}
		}
		return i
	}
	s.Text, s.Who, s.Files = text, from, []string{}
	if file != "" {
		s.Files = append(s.Files, file)
	}
	d.Sides = append(d.Sides, s)
	d.first = append(d.first, file)
	return len(d.Sides) - 1
}

// Choose decides a dispute for one side, in the decisions for the next Plan.Decide:
// the file that says so is taken, those after it are not.
func (pl *Plan) Choose(decide map[ConflictID]Side, d *Dispute, side int) {
	chosen := d.first[side]
	passed := chosen == ""
	for _, f := range pl.Files {
		id := d.id
		id.File = f.File
		delete(decide, id)
		switch {
		case f.File == chosen:
			decide[id], passed = Theirs, true
		case passed:
			decide[id] = Mine
		}
	}
}

// fieldOf names a field of a record while pilots are brought in.
type fieldOf struct {
	key
	field string
}

// came keeps which file a value is from.
func (b *bringing) came(k key, field string) { b.from[fieldOf{k, field}] = b.s.File }

// cameFrom is the file that a value here is from, "" for the pilot itself.
func (st *state) cameFrom(k key, field string) string {
	if f, ok := st.from[fieldOf{k, field}]; ok {
		return f
	}
	return st.from[fieldOf{k, parts.Whole}]
}
