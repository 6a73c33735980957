package intake

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
)

// Problem is something wrong in a workbook, for the person who sent it.
type Problem struct {
	Sheet, Cell    string
	Value, Message string
	Wrong          bool // the row was not taken; else it is a remark on how the cell was read
}

// Problems lists what the sender of a workbook has to put right: rows that are
// refused, and cells that could not be read exactly.
func Problems(b *Book, rep *FileReport) (out []Problem) {
	for _, s := range rep.Sheets {
		for _, is := range s.Errors {
			out = append(out, Problem{s.Sheet, is.Cell, is.Value, is.Message, true})
		}
	}
	for _, s := range b.Sheets {
		if s.Hidden {
			continue
		}
		for _, n := range s.Warnings {
			if n.Cell != "" && !slices.ContainsFunc(out, func(p Problem) bool { return p.Sheet == s.Name && p.Cell == n.Cell }) {
				out = append(out, Problem{s.Name, n.Cell, "", n.Message, false})
			}
		}
	}
	return out
}

// ProblemWriter writes a sender's workbook back with its problems marked. The file
// at to is written whole or not at all; errors are *app.Error.
type ProblemWriter interface {
	WriteProblems(ctx context.Context, from, to string, b *Book, problems []Problem) error
}

// ProblemName is what the copy of a sender's workbook is called. One with macros stays
// one, as Excel does not open it under another ending.
func ProblemName(file string) string {
	name := strings.ReplaceAll(file, "/", "-")
	ext := filepath.Ext(name)
	if !strings.EqualFold(ext, ".xlsm") {
		return strings.TrimSuffix(name, ext) + "-问题.xlsx"
	}
	return strings.TrimSuffix(name, ext) + "-问题.xlsm"
}
