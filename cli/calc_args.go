package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// calcArgs reads the fields of one JSON object and remembers the first fault, so that a method can ask for
// all its fields and check once.
type calcArgs struct {
	fields map[string]any
	order  []string
	asked  []string
	err    error
}

// calcStrings says whether numbers may be written as strings.
type calcStrings bool

const (
	numbersOnly calcStrings = false
	fractions   calcStrings = true
)

func readCalcArgs(in []byte) (*calcArgs, error) {
	in = bytes.TrimPrefix(in, []byte("\ufeff"))
	if len(bytes.TrimSpace(in)) == 0 {
		return nil, errors.New("没有输入：请给一个 JSON 对象（文件或标准输入）。")
	}
	d := json.NewDecoder(bytes.NewReader(quoteNaN(in)))
	d.UseNumber()
	if t, err := d.Token(); err != nil {
		return nil, badJSON(err, d)
	} else if t != json.Delim('{') {
		return nil, errors.New("输入应是一个 JSON 对象，如 {\"values\": [1, 2, 3]}。")
	}
	a := &calcArgs{fields: map[string]any{}}
	for d.More() {
		if err := a.readField(d); err != nil {
			return nil, err
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, badJSON(err, d)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("JSON 对象之后还有多余的内容，请删去。")
	}
	return a, nil
}

func (a *calcArgs) readField(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return badJSON(err, d)
	}
	key, _ := t.(string) // a decoder only gives strings here
	var v any
	if err := d.Decode(&v); err != nil {
		return fmt.Errorf("输入项 %s：%w", key, badJSON(err, d))
	}
	if _, twice := a.fields[key]; twice {
		return fmt.Errorf("输入项 %s：出现了两次，请只留一个。", key)
	}
	a.fields[key] = v
	a.order = append(a.order, key)
	return nil
}

func badJSON(err error, d *json.Decoder) error {
	at := d.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	return fmt.Errorf("不是合格的 JSON（第 %d 个字节附近），请检查括号、逗号和引号。", at)
}

var bareNaN = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[-+]?\b(?:NaN|nan|Infinity|inf|Inf)\b`)

// quoteNaN makes strings of the bare NaN and Infinity that some programs write into JSON, so that they can be
// refused by the name of their field instead of as a broken document.
func quoteNaN(in []byte) []byte {
	return bareNaN.ReplaceAllFunc(in, func(m []byte) []byte {
		if m[0] == '"' {
			return m
		}
		return []byte(`"` + string(m) + `"`)
	})
}

// done reports the first fault; a field nobody asked for is one.
func (a *calcArgs) done() error {
	for _, key := range a.order {
		if !slices.Contains(a.asked, key) {
			return fmt.Errorf("输入项 %s：不认识，可用的有：%s。", key, strings.Join(a.asked, "、"))
		}
	}
	return a.err
}

func (a *calcArgs) fail(field, format string, args ...any) {
	if a.err == nil {
		a.err = fmt.Errorf("输入项 %s：%s", field, fmt.Sprintf(format, args...))
	}
}

func (a *calcArgs) has(field string) bool {
	_, ok := a.fields[field]
	a.asked = append(a.asked, field)
	return ok
}

// get finds a field that must be there.
func (a *calcArgs) get(field string) (any, bool) {
	if !a.has(field) {
		a.fail(field, "缺少这一项，请补上。")
		return nil, false
	}
	return a.fields[field], true
}

func (a *calcArgs) number(field string) float64 {
	v, ok := a.get(field)
	if !ok {
		return 0
	}
	return a.float(field, "", v, numbersOnly)
}

// rate is a number, a fraction as a string, or the mean of a list.
func (a *calcArgs) rate(field string) float64 {
	v, ok := a.get(field)
	if !ok {
		return 0
	}
	list, ok := v.([]any)
	if !ok {
		return a.float(field, "", v, fractions)
	}
	if len(list) == 0 {
		a.fail(field, "没有数据，请至少填一个数。")
		return 0
	}
	var sum float64
	for i, e := range list {
		x := a.float(field, fmt.Sprintf("第 %d 个", i+1), e, fractions)
		if x < 0 || x > 1 {
			a.fail(field, "第 %d 个得分为 %.6g，应在 0 到 1 之间。", i+1, x)
		}
		sum += x
	}
	return sum / float64(len(list))
}

func (a *calcArgs) list(field string) []float64 {
	v, ok := a.get(field)
	if !ok {
		return nil
	}
	return a.floats(field, "", v, numbersOnly)
}

func (a *calcArgs) table(field string, as calcStrings) [][]float64 {
	v, ok := a.get(field)
	if !ok {
		return nil
	}
	rows, ok := v.([]any)
	if !ok {
		a.fail(field, "应是由各行组成的数组，如 [[1, 2], [3, 4]]。")
		return nil
	}
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = a.floats(field, fmt.Sprintf("第 %d 行", i+1), row, as)
	}
	return out
}

func (a *calcArgs) floats(field, where string, v any, as calcStrings) []float64 {
	list, ok := v.([]any)
	if !ok {
		a.fail(field, "%s应是一组数，如 [1, 2, 3]。", where)
		return nil
	}
	out := make([]float64, len(list))
	for i, e := range list {
		out[i] = a.float(field, fmt.Sprintf("%s第 %d 个", where, i+1), e, as)
	}
	return out
}

// float reads one number; where is its place in the field, "" for the field itself.
func (a *calcArgs) float(field, where string, v any, as calcStrings) float64 {
	var x float64
	ok := false
	switch v := v.(type) {
	case json.Number:
		// out of range gives ±Inf, refused below
		x, _ = strconv.ParseFloat(string(v), 64)
		ok = true
	case string:
		x, ok = parseFraction(v)
		// a NaN is told as such wherever it stands
		ok = ok && (as == fractions || math.IsNaN(x) || math.IsInf(x, 0))
	case nil:
		a.fail(field, "%s为空（null），请填一个数。", where)
		return 0
	}
	if !ok {
		a.fail(field, "%s不是数，请改成一个数。", where)
		return 0
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		a.fail(field, "%s不是有限的数（NaN 或无穷大），请改正。", where)
		return 0
	}
	return x
}

// parseFraction reads "3", "0.33" or "1/3".
func parseFraction(s string) (float64, bool) {
	top, bottom, isFraction := strings.Cut(s, "/")
	x, err := strconv.ParseFloat(strings.TrimSpace(top), 64)
	if err != nil || !isFraction {
		return x, err == nil
	}
	y, err := strconv.ParseFloat(strings.TrimSpace(bottom), 64)
	return x / y, err == nil && y != 0
}

// text reads an optional word; absent is "".
func (a *calcArgs) text(field string) string {
	if !a.has(field) {
		return ""
	}
	s, ok := a.fields[field].(string)
	if !ok || s == "" {
		a.fail(field, "应是一个非空的字符串。")
	}
	return s
}

// texts reads an optional list of words; absent is nil.
func (a *calcArgs) texts(field string) []string {
	if !a.has(field) {
		return nil
	}
	list, ok := a.fields[field].([]any)
	if !ok {
		a.fail(field, "应是一组字符串。")
		return nil
	}
	out := make([]string, len(list))
	for i, v := range list {
		if out[i], ok = v.(string); !ok {
			a.fail(field, "第 %d 个不是字符串。", i+1)
		}
	}
	return out
}
