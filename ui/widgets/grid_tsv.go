package widgets

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"
)

// parseTSV reads what Excel, WPS and LibreOffice put on the clipboard. A quote only
// opens a quoted text at a cell's beginning; the last line break is not a row.
// Texts are still shielded, see unshield.
func parseTSV(s string) [][]string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.Map(printable, s)
	if s == "" {
		return nil
	}
	s = strings.TrimSuffix(s, "\n") // what is left may be one blank cell
	var rows [][]string
	var row []string
	for {
		cell, rest, end := cutCell(s)
		row = append(row, cell)
		s = rest
		if end != '\t' {
			rows = append(rows, row)
			row = nil
		}
		if end == 0 {
			return rows
		}
	}
}

// printable drops control characters; a vertical tab is a line break within a text.
func printable(r rune) rune {
	switch {
	case r == '\v':
		return '\n'
	case r < ' ' && r != '\t' && r != '\n' || r == 0x7F || r == 0xFEFF:
		return -1
	}
	return r
}

// cutCell splits off the first cell and says what ended it: tab, line break or 0.
func cutCell(s string) (cell, rest string, end byte) {
	if text, after, ok := cutQuoted(s); ok {
		return finishCell(text, after)
	}
	i := strings.IndexAny(s, "\t\n")
	if i < 0 {
		return s, "", 0
	}
	return s[:i], s[i+1:], s[i]
}

// cutQuoted reads a quoted text; ok is false when s is not one, so that a lone
// quote stays an ordinary character.
func cutQuoted(s string) (text, after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	var sb strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			sb.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			sb.WriteByte('"')
			i++
			continue
		}
		after = s[i+1:]
		if after == "" || after[0] == '\t' || after[0] == '\n' {
			return sb.String(), after, true
		}
		return "", "", false
	}
	return "", "", false
}

func finishCell(text, after string) (string, string, byte) {
	if after == "" {
		return text, "", 0
	}
	return text, after[1:], after[0]
}

// formatTSV writes rows as Excel does: texts with tabs, quotes or line breaks in quotes.
func formatTSV(rows [][]string) string {
	var sb strings.Builder
	for _, row := range rows {
		for i, c := range row {
			if i > 0 {
				sb.WriteByte('\t')
			}
			if c = shield(c); strings.ContainsAny(c, "\t\n\r\"") {
				c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			sb.WriteString(c)
		}
		sb.WriteString("\r\n")
	}
	return sb.String()
}

// mistaken are texts that Excel takes for something else when they are pasted: long
// numbers and such with leading zeros lose digits, 1E3 becomes a number, 3-4 and
// 2026-03 a date, and what begins like a formula is calculated.
var mistaken = regexp.MustCompile(`(?s)^(?:\d{16,}|0\d+|[-+]?\d+(?:\.\d*)?[eE][-+]?\d+|\d{1,2}[-/]\d{1,4}(?:[-/]\d{1,4})?|\d{4}[-/]\d{1,2}|#.*|[=@＝＠].*|[+＋－-]\D.*)$`)

// How long a text in a formula of Excel, and such a formula, may be.
const maxLiteral, maxFormula = 255, 8_192

// shield writes such a text as a formula that gives the text: ="007". One too long for
// a formula is led by a space.
func shield(s string) string {
	if !mistaken.MatchString(s) {
		return s
	}
	var parts []string
	for rest := []rune(s); len(rest) > 0; {
		n := min(len(rest), maxLiteral)
		parts = append(parts, `"`+strings.ReplaceAll(string(rest[:n]), `"`, `""`)+`"`)
		rest = rest[n:]
	}
	f := "=" + strings.Join(parts, "&")
	if utf8.RuneCountInString(f) > maxFormula {
		return " " + s
	}
	return f
}

// unshield gives the text back.
func unshield(s string) string {
	if text, ok := strings.CutPrefix(s, " "); ok {
		if len(text) > maxLiteral && shield(text) == s {
			return text
		}
		return s
	}
	if !strings.HasPrefix(s, `="`) {
		return s
	}
	var sb strings.Builder
	rest := s[1:]
	for {
		part, after, ok := cutLiteral(rest)
		if !ok {
			return s
		}
		sb.WriteString(part)
		if after == "" {
			break
		}
		if rest, ok = strings.CutPrefix(after, "&"); !ok {
			return s
		}
	}
	if shield(sb.String()) != s {
		return s // somebody's own formula
	}
	return sb.String()
}

// cutLiteral reads a text of a formula off its beginning.
func cutLiteral(s string) (text, after string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != '"':
		case i+1 < len(s) && s[i+1] == '"':
			i++
		default:
			return strings.ReplaceAll(s[1:i], `""`, `"`), s[i+1:], true
		}
	}
	return "", "", false
}

// maxCell is how many characters a cell of Excel can hold.
const maxCell = 32_767

var (
	roundedNumber = regexp.MustCompile(`^[-+]?\d(?:\.\d+)?[eE]\+?\d{2,3}$`)
	errorValue    = regexp.MustCompile(`^(?:#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|BLOCKED!|BUSY!|FIELD!|GETTING_DATA)|Err:\d{3})$`)
	hashesOnly    = regexp.MustCompile(`^#{2,}$`)
)

// spoiltCell finds the first cell that a spreadsheet put on the clipboard otherwise
// than it was: rounded numbers, error values, columns too narrow to show their numbers.
func spoiltCell(cells [][]string) (row, col int, err error) {
	for i, line := range cells {
		for j, text := range line {
			if why := spoilt(strings.TrimSpace(text)); why != "" {
				return i, j, fmt.Errorf(lang.L("没有粘贴：第 %d 行第 %d 列%s"), i+1, j+1, why)
			}
		}
	}
	return 0, 0, nil
}

func spoilt(text string) string {
	switch {
	case roundedNumber.MatchString(text):
		return fmt.Sprintf(lang.L("“%s”是 Excel 缩写的长数字，末尾几位已经丢了。请在 Excel 里把这一格改成文本格式、重新填写后再复制"), text)
	case errorValue.MatchString(text):
		return fmt.Sprintf(lang.L("是错误值 %s。请在 Excel 里改正或清空后再复制"), text)
	case hashesOnly.MatchString(text):
		return fmt.Sprintf(lang.L("是“%s”：Excel 里那一列太窄，复制出来的不是内容。请拉宽后再复制"), text)
	case len(text) > maxCell && utf8.RuneCountInString(text) > maxCell:
		return fmt.Sprintf(lang.L("有 %d 个字，超过一格能放的 %d 个字"), utf8.RuneCountInString(text), maxCell)
	}
	return ""
}
