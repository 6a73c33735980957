package xlsx

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"lianshao/app/intake"
)

// readCSV reads a text table: UTF-8, UTF-16 with a mark, or GB18030, which is
// what Excel writes on a Chinese Windows.
func readCSV(ctx context.Context, name string, data []byte, progress func(done, total int)) (*intake.Book, error) {
	text, err := csvText(data)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter(text), -1
	sheet := &intake.Sheet{Name: strings.TrimSuffix(name, filepath.Ext(name))}
	no, line := 0, 1 // line: where the next record starts if no blank line precedes it
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			return nil, fault(fmt.Sprintf("第 %d 行的引号不成对，请改正后再导入", pe.StartLine))
		}
		if err != nil {
			return nil, err
		}
		at, _ := r.FieldPos(0)
		no += 1 + at - line
		line = at + 1
		blank := true
		for _, cell := range rec {
			line += strings.Count(cell, "\n")
			blank = blank && strings.TrimSpace(cell) == ""
		}
		if no%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(int(r.InputOffset()), len(text))
		}
		if blank {
			continue
		}
		if len(sheet.Rows) == maxRows {
			return nil, fault(fmt.Sprintf("超过 %d 行，请拆成几个文件再导入", maxRows))
		}
		sheet.Rows = append(sheet.Rows, intake.Row{No: no, Cells: rec})
	}
	progress(len(text), len(text))
	return &intake.Book{File: name, Sheets: []*intake.Sheet{sheet}}, nil
}

func csvText(data []byte) ([]byte, error) {
	if b, err := toUTF8(data); err == nil {
		if bytes.IndexByte(b, 0) >= 0 {
			return nil, fault("不是文本表格，请选择 .xlsx 或 .csv 文件")
		}
		return b, nil
	}
	b, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(b, utf8.RuneError) || bytes.IndexByte(b, 0) >= 0 {
		return nil, fault("的文字编码无法识别，请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
	}
	return b, nil
}

// delimiter guesses what separates the columns by the first line.
func delimiter(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', bytes.Count(first, []byte(","))
	for _, c := range "\t;" {
		if n := bytes.Count(first, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}
