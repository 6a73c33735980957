package xlsx

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// readCSV reads a text table: UTF-8, UTF-16 with a mark, or GB18030, which is
// what Excel writes on a Chinese Windows.
func readCSV(ctx context.Context, name string, src *source, progress func(done, total int)) (*intake.Book, error) {
	data, err := src.all()
	if err != nil {
		return nil, err
	}
	defer reserve(4 * len(data))()
	text, encoding, err := csvText(data, src.how.Encoding)
	if err != nil {
		return nil, err
	}
	text = withLineEnds(text)
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter(text), -1
	if err := checkWidth(text, r.Comma); err != nil {
		return nil, err
	}
	sheet := &cells.Sheet{Sheet: &intake.Sheet{Name: strings.TrimSuffix(name, filepath.Ext(name))}}
	var budget cells.Budget
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
		for i, cell := range rec {
			rec[i] = fuse(cell)
			line += strings.Count(cell, "\n")
			blank = blank && strings.TrimSpace(cell) == ""
		}
		if no%1024 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress(int(r.InputOffset()), len(text))
		}
		if blank || no == 1 && saysDelimiter(text) != 0 {
			continue
		}
		if len(sheet.Rows) == cells.MaxRows {
			return nil, sheet.TooMany()
		}
		if err := errors.Join(budget.Slots(len(rec)), checkRecord(sheet, no, rec)); err != nil {
			return nil, err
		}
		sheet.Rows = append(sheet.Rows, intake.Row{No: no, Cells: rec})
	}
	progress(len(text), len(text))
	sheet.Close()
	return &intake.Book{Sheets: []*intake.Sheet{sheet.Sheet}, Encoding: encoding}, nil
}

// checkWidth refuses lines that no sheet can hold before they are taken apart.
func checkWidth(text []byte, comma rune) error {
	no := 0
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		if no++; len(line) > maxColumn && bytes.Count(line, []byte(string(comma))) >= 4*maxColumn {
			return fault(fmt.Sprintf("第 %d 行有几万列，不像表格，没有导入", no))
		}
	}
	return nil
}

// checkRecord blanks texts that no cell can hold and refuses a line that no sheet
// can hold.
func checkRecord(sheet *cells.Sheet, no int, rec []string) error {
	if len(rec) > maxColumn {
		return fault(fmt.Sprintf("第 %d 行有 %d 列，不像表格，没有导入", no, len(rec)))
	}
	for i, text := range rec {
		rec[i] = sheet.Text(no, i+1, text)
		spoilt(sheet, no, i+1, strings.TrimSpace(text))
	}
	return nil
}

// withLineEnds gives a text its line ends where it has those of an old Mac only.
func withLineEnds(text []byte) []byte {
	if bytes.IndexByte(text, '\n') < 0 {
		return bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	return text
}

var (
	shortened  = regexp.MustCompile(`^-?\d(?:\.\d+)?E\+\d{2,3}$`)
	errorValue = regexp.MustCompile(`^#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$`)
	tooNarrow  = regexp.MustCompile(`^#{3,}$`)
)

// spoilt remarks what looks as if Excel had written it otherwise than it was. It may be
// meant so in a text file, hence it is read.
func spoilt(sheet *cells.Sheet, row, col int, text string) {
	switch {
	case text == "" || text[0] != '#' && text[0] != '-' && (text[0] < '0' || text[0] > '9'):
	case shortened.MatchString(text):
		sheet.Remark(row, col, "“"+text+"”像是 Excel 缩写的长数字，末尾几位可能已经丢了，请核对")
	case errorValue.MatchString(text):
		sheet.Remark(row, col, "“"+text+"”像是 Excel 的错误值，请核对")
	case tooNarrow.MatchString(text):
		sheet.Remark(row, col, "只有“"+text+"”：Excel 里那一列太窄，存下的不是内容。请在 Excel 里拉宽后再存一次")
	}
}

// Encodings of text, as a person may choose them.
var (
	asUTF8, asGB, asUTF16 = intake.Encodings[0], intake.Encodings[1], intake.Encodings[2]

	errBytes   = fault("不是文本表格，请选择 .xlsx、.xls 或 .csv 文件")
	errNoWords = fault("的文字编码无法识别，请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
)

// csvText turns the content into UTF-8 by the encoding asked for, or by the first
// that fits: UTF-16 is known by its mark, UTF-8 by being valid, else it is what Excel
// writes on a Chinese Windows. It returns the encoding too.
func csvText(data []byte, asked string) (text []byte, encoding string, err error) {
	encoding = asked
	switch {
	case asked != "":
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		encoding = asUTF16
	case bytes.IndexByte(data, 0) >= 0 && wideText(data):
		encoding = asUTF16
	case utf8.Valid(data):
		encoding = asUTF8
	default:
		encoding = asGB
	}
	switch encoding {
	case asUTF16:
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case asGB:
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	default:
		text = data
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	switch {
	case bytes.IndexByte(text, 0) >= 0:
		return nil, "", errBytes
	case err != nil, !utf8.Valid(text), bytes.ContainsRune(text, utf8.RuneError):
		if asked != "" {
			return nil, "", fault("按 " + asked + " 读出来有乱码，请换一种编码")
		}
		return nil, "", errNoWords
	}
	return text, encoding, nil
}

// wideText reports whether bytes are UTF-16 without its mark: line ends and commas
// stand in it as two bytes each.
func wideText(data []byte) bool {
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	return err == nil && len(data)%2 == 0 && bytes.ContainsAny(text, ",\t;\n") && !bytes.ContainsRune(text, utf8.RuneError)
}

// delimiter guesses what separates the columns: what stands most often in the first line
// that holds any, since a title above the table may hold none.
func delimiter(text []byte) rune {
	if c := saysDelimiter(text); c != 0 {
		return c
	}
	for lines := 0; len(text) > 0 && lines < 20; lines++ {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		best, most := ',', bytes.Count(line, []byte(","))
		for _, c := range "\t;" {
			if n := bytes.Count(line, []byte(string(c))); n > most {
				best, most = c, n
			}
		}
		if most > 0 {
			return best
		}
	}
	return ','
}

// saysDelimiter returns what a first line of sep=; says, which Excel obeys; 0 without.
func saysDelimiter(text []byte) rune {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	rest, ok := strings.CutPrefix(strings.Trim(string(line), "\r\""), "sep=")
	if ok && len(rest) == 1 && strings.Contains(",;\t|", rest) {
		return rune(rest[0])
	}
	return 0
}
