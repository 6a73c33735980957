//go:build !windows

// Package console gives the verbs a terminal to print to.
package console

// Attach does nothing where every program has its terminal.
func Attach() {}
