package method

import "fmt"

// Kind classes the reasons for refusing an input; test for one with errors.Is(err, method.ErrShape).
type Kind string

func (k Kind) Error() string { return string(k) }

const (
	ErrEmpty      Kind = "没有数据"
	ErrShape      Kind = "行列不齐"
	ErrNotFinite  Kind = "不是有限的数"
	ErrRange      Kind = "超出允许范围"
	ErrReciprocal Kind = "不是互反矩阵"
	ErrSum        Kind = "权重之和不为 1"
	ErrVariance   Kind = "没有差异"
	ErrTooFew     Kind = "数据太少"
	ErrUnknown    Kind = "不认识的选项"
)

// Error is one refused input. Field is the English key of the argument (the key of the `calc` command's JSON);
// Text is the whole Chinese sentence: what is wrong, where, and what to do.
type Error struct {
	Field string
	Kind  Kind
	Text  string
}

func (e *Error) Error() string { return e.Text }

// Unwrap lets errors.Is find the Kind.
func (e *Error) Unwrap() error { return e.Kind }

func refuse(field string, kind Kind, format string, args ...any) error {
	return &Error{Field: field, Kind: kind, Text: fmt.Sprintf(format, args...)}
}
