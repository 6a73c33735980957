// Package app holds the use cases of 廉哨: everything a person can do with a
// pilot, whatever draws it (window or command line) and whatever stores it.
package app

import (
	"errors"
	"fmt"

	"lianshao/domain"
	"lianshao/domain/method"
)

// Code sorts errors by what a person can do about them.
type Code string

// Error codes.
const (
	CodeInvalid  Code = "invalid"  // the input is wrong: mend it
	CodeNotFound Code = "notfound" // no such file, round, record
	CodeLocked   Code = "locked"   // another program or window has the file
	CodeDamaged  Code = "damaged"  // the pilot file is not whole
	CodeForeign  Code = "foreign"  // not a pilot file at all
	CodeNewer    Code = "newer"    // made by a newer 廉哨
	CodeBusy     Code = "busy"     // a long operation is running
	CodeCanceled Code = "canceled"
	// CodePublished: the text was published and is changed by a revision only.
	CodePublished  Code = "published"
	CodeIO         Code = "io"         // disk, permission, space
	CodeLockedAway Code = "lockedaway" // another computer has the file, or seems to
	CodePassword   Code = "password"   // a password is needed, or the one given does not fit
	CodeReadOnly   Code = "readonly"   // the pilot was opened for reading only
)

// Error carries the sentence a person reads; the cause is for the log only.
type Error struct {
	Code    Code
	Message string
	Err     error
}

// Error returns the Chinese sentence alone.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// E makes an error with a formatted Chinese sentence.
func E(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes an error with a cause.
func Wrap(code Code, err error, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// CodeOf returns an error's code: CodeInvalid for refusals of the field's rules,
// CodeIO for errors without one.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if _, ok := refusal(err); ok {
		return CodeInvalid
	}
	return CodeIO
}

// refusal is the sentence of a rule of the field or of a method.
func refusal(err error) (string, bool) {
	var rule *domain.Refusal
	if errors.As(err, &rule) {
		return rule.Text, true
	}
	var bad *method.Error
	if errors.As(err, &bad) {
		return bad.Text, true
	}
	return "", false
}

// Sentence returns what a person may see of an error: the coded message, never
// a raw cause.
func Sentence(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	if text, ok := refusal(err); ok {
		return text
	}
	return "程序遇到没有料到的问题，数据没有改动。请查看日志。"
}
