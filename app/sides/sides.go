// Package sides is what collecting forms and merging pilots have in common where
// people disagree: a field with everything that is said of it, by whom and when, and
// whose word is taken.
package sides

import (
	"fmt"
	"strings"
	"time"

	"lianshao/domain"
)

// Dispute is a field of a record about which there are several words, in the order in
// which they are offered.
type Dispute struct {
	Kind  domain.Kind `json:"kind"`
	Code  string      `json:"code"`
	Name  string      `json:"-"` // the record's, for people
	Title string      `json:"title"`
	Sides []Side      `json:"sides"`
	Taken int         `json:"taken"` // index of Sides
}

// Side is one word. Files is empty for the pilot's own. AtFrom says what the time rests
// on, where that is not the journal of whoever wrote it.
type Side struct {
	Files  []string  `json:"files"`
	Who    string    `json:"who"`
	Text   string    `json:"text"`
	At     time.Time `json:"at,omitzero"`
	AtFrom string    `json:"at_from,omitempty"`
}

// When is the time for people.
func (s *Side) When() string {
	if s.At.IsZero() {
		return "不知何时"
	}
	return s.At.Local().Format("2006-01-02 15:04")
}

// Sentence says who says what and what is taken, each word cut by shorten.
func (d *Dispute) Sentence(shorten func(string) string) string {
	var all []string
	for i := range d.Sides {
		s := &d.Sides[i]
		all = append(all, fmt.Sprintf("“%s”（%s，%s）", shorten(s.Text), s.Who, s.When()))
	}
	return fmt.Sprintf("%s %s 有不同的说法：%s，采用“%s”", d.Name, d.Title, strings.Join(all, "、"), shorten(d.Sides[d.Taken].Text))
}
