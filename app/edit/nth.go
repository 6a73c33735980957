package edit

// NthError is a refusal of one of several things asked for at once: the nth, from 0.
// Field is what of it is wrong, "" where that is plain.
type NthError struct {
	N     int
	Field string
	Err   error
}

// Error returns the refusal's sentence.
func (e *NthError) Error() string { return e.Err.Error() }

// Unwrap returns the refusal.
func (e *NthError) Unwrap() error { return e.Err }

// Nth says which of the things is meant.
func (e *NthError) Nth() int { return e.N }

// EachOf does things one after the other up to the first refusal, which says which it was.
func EachOf[T any](things []T, do func(T) error) error {
	for i, x := range things {
		if err := do(x); err != nil {
			return &NthError{N: i, Err: err}
		}
	}
	return nil
}
