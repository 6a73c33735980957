package intake

import (
	"lianshao/app/sides"
	"lianshao/domain"
)

// Report says what an import understood and did; its JSON is that of `import --json`.
type Report struct {
	Committed bool          `json:"committed"`
	Files     []*FileReport `json:"files"`
	// Conflicts are the fields about which there are several words; none is left out.
	Conflicts []sides.Dispute `json:"conflicts,omitempty"`
}

// Dispute is the conflict as it is shown and reported.
func (c *Conflict) Dispute() sides.Dispute {
	out := sides.Dispute{Kind: c.Kind, Code: c.Code, Name: c.Name, Title: c.Title, Taken: c.Taken}
	for _, v := range c.Voices {
		s := sides.Side{Files: []string{}, Who: v.Who, Text: v.Text, At: v.At, AtFrom: v.AtFrom}
		for _, b := range v.Books {
			s.Files = append(s.Files, b.File)
		}
		out.Sides = append(out.Sides, s)
	}
	return out
}

// FileReport is what became of one file. Error is set when nothing of it could be used.
type FileReport struct {
	File   string         `json:"file"`
	Sheets []*SheetReport `json:"sheets"`
	Error  string         `json:"error"`

	Book *Book `json:"-"` // nil when it could not be read
}

// SheetReport is what became of one sheet. Read counts rows with content below
// the header; each is new, changed, same, skipped (numbered but empty, notes,
// totals) or refused. In cross tables of readings and appraisals a cell is a
// record and counts by itself.
type SheetReport struct {
	Sheet     string            `json:"sheet"`
	Range     string            `json:"range,omitempty"` // which of several tables on the sheet
	Kind      domain.Kind       `json:"kind"`
	HeaderRow int               `json:"header_row"`
	Columns   map[string]string `json:"columns"`
	Read      int               `json:"read"`
	New       int               `json:"new"`
	Changed   int               `json:"changed"`
	Same      int               `json:"same"`
	Skipped   int               `json:"skipped"`
	Conflicts int               `json:"conflicts,omitempty"` // fields for which another file, or the pilot, says otherwise
	Errors    []Issue           `json:"errors"`
	Warnings  []Issue           `json:"warnings"`

	// Around says what was read around the table for all its rows: 部门：总务处，科室：水电科.
	Around  string `json:"-"`
	Refused int    `json:"-"`
	Form    *Form  `json:"-"` // nil when the sheet was not understood
}

// Issue is a remark on one cell.
type Issue struct {
	Cell    string `json:"cell"`
	Field   string `json:"field,omitempty"`
	Value   string `json:"value,omitempty"`
	Message string `json:"message"`
}

// Totals adds up all sheets.
func (r *Report) Totals() (read, added, changed, same, skipped, refused int) {
	for _, fr := range r.Files {
		for _, s := range fr.Sheets {
			read, added, changed = read+s.Read, added+s.New, changed+s.Changed
			same, skipped, refused = same+s.Same, skipped+s.Skipped, refused+s.Refused
		}
	}
	return
}

// Problems reports whether anything was refused or not understood.
func (r *Report) Problems() bool {
	for _, fr := range r.Files {
		if fr.Error != "" {
			return true
		}
		for _, s := range fr.Sheets {
			if len(s.Errors) > 0 {
				return true
			}
		}
	}
	return false
}
