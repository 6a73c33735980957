package domain

import "fmt"

// Refusal is a rule of the field that stands against a change; Text is the whole
// sentence a person reads.
type Refusal struct{ Text string }

func (e *Refusal) Error() string { return e.Text }

func refuse(format string, args ...any) error {
	return &Refusal{Text: fmt.Sprintf(format, args...)}
}
