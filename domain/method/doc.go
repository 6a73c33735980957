// Package method holds the arithmetic of 风险评估: pure functions over numbers, without files, clocks or
// state. Every function refuses bad input with an *Error whose text is one Chinese sentence a user can act on,
// and never returns NaN or ±Inf with a nil error.
//
// Matrices are slices of rows. Unless a function says otherwise the inputs are never changed, results are in
// the units of the inputs, and probabilities are in [0,1].
package method
