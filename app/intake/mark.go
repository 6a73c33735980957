package intake

import (
	"fmt"
	"strings"
)

// Mark is what our own workbooks say about themselves in their hidden sheet:
// that it is a form handed out, and of which state of which pilot it was made.
type Mark struct {
	Form  bool
	Pilot string // the pilot file's own random name
	Seq   uint64 // its newest operation then
}

const markWord = "lianshao-workbook"

// String is the mark as it is written into the workbook.
func (m Mark) String() string {
	return fmt.Sprintf("%s form=%t seq=%d pilot=%s", markWord, m.Form, m.Seq, m.Pilot)
}

// Mark finds the mark of a workbook; the zero Mark stands for foreign ones.
func (b *Book) Mark() (m Mark) {
	for _, s := range b.Sheets {
		if s.marked() {
			if _, err := fmt.Sscanf(s.Rows[0].Cells[0], markWord+" form=%t seq=%d pilot=%s", &m.Form, &m.Seq, &m.Pilot); err != nil && m.Pilot != "" {
				return Mark{}
			}
			return m
		}
	}
	return Mark{}
}

// marked reports whether a sheet is the hidden one of our own workbooks, which some
// programs save as a visible one.
func (s *Sheet) marked() bool {
	return len(s.Rows) > 0 && len(s.Rows[0].Cells) > 0 && strings.HasPrefix(s.Rows[0].Cells[0], markWord)
}
