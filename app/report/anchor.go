package report

import "lianshao/app"

// Every filled in paper carries the code of the journal's entry that it was made at:
// whoever holds the paper can find out later whether what the pilot says of that time is
// still what it said then. Blank forms say nothing of the pilot and carry none. A code
// is made of a keyed sum and holds nothing that a published paper must not show, so it
// is put on after the paper was masked and checked.

// codeOf is the line at the foot of the paper, "" when it carries none.
func (p Paper) codeOf(in Input, o Options) string {
	if o.Blank {
		return ""
	}
	return CodeLine(in.Head)
}

// CodeLine is what a paper made at the head says at its foot, "" before the first entry.
func CodeLine(h app.ChainHead) string {
	if s := h.String(); s != "" {
		return "校验码 " + s
	}
	return ""
}
