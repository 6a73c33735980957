package intake

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"lianshao/app"
)

// ParseMapping reads the content of a mapping file: either headers and their
// fields alone, {"风险点": "name"}, or the whole structure of Options.
func ParseMapping(data []byte) (Options, error) {
	var o Options
	bad := func(err error) (Options, error) {
		return Options{}, app.Wrap(app.CodeInvalid, err, "对照文件应是一个 JSON 对象，例如 {\"风险点\": \"name\"} 或 {\"kind\": \"riskpoint\", \"header_row\": 4, \"columns\": {\"风险点\": \"name\"}}")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return bad(err)
	}
	plain := len(raw) > 0
	for key, v := range raw {
		_, text := v.(string)
		plain = plain && text && key != "kind"
	}
	if plain {
		o.Columns = map[string]string{}
		for key, v := range raw {
			o.Columns[key] = v.(string)
		}
	} else {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&o); err != nil {
			return bad(err)
		}
	}
	return o, o.check("")
}

// check refuses kinds and fields that do not exist.
func (o Options) check(sheet string) error {
	where := ""
	if sheet != "" {
		where = "工作表“" + sheet + "”的"
	}
	if o.As != "" && formsNamed(o.As) == nil {
		return app.E(app.CodeInvalid, "对照文件里%s类别“%s”不认识", where, o.As)
	}
	if o.HeaderRow < 0 || o.HeaderRows < 0 || o.HeaderRows > maxHeaderRows {
		return app.E(app.CodeInvalid, "对照文件里%s表头行应从 1 数起，表头最多 %d 行", where, maxHeaderRows)
	}
	for _, header := range sortedKeys(o.Columns) {
		if field := o.Columns[header]; !isField(field) {
			return app.E(app.CodeInvalid, "对照文件里%s“%s”对应的字段“%s”不存在", where, header, field)
		}
	}
	for _, field := range sortedKeys(o.Values) {
		if !isField(field) {
			return app.E(app.CodeInvalid, "对照文件里%s内容对照的字段“%s”不存在", where, field)
		}
	}
	for _, name := range sortedKeys(o.Sheets) {
		if err := o.Sheets[name].check(name); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// isField reports whether a name is a field of some form, a cross field, a
// ticked value, or says that the column is left out.
func isField(name string) bool {
	if name == "" || name == "-" {
		return true
	}
	if prefix, rest, ok := strings.Cut(name, ":"); ok {
		return rest != "" && slices.Contains([]string{CrossMark, CrossReading, CrossAssessor, CrossSelf, CrossConfirmed}, prefix)
	}
	name, _, _ = strings.Cut(name, "=")
	return slices.ContainsFunc(forms, func(fm *Form) bool { return fm.hasField(name) })
}

// Unused lists the headers of a mapping that stand in none of the sheets.
func (o Options) Unused(guesses []*SheetGuess) (out []string) {
	there := map[string]bool{}
	for _, g := range guesses {
		for _, c := range g.Columns {
			for _, k := range append(headerKeys(c.Header), headerKey(c.Group+c.Header), headerKey("列"+ColumnName(c.Col+1))) {
				there[k] = true
			}
		}
	}
	all := sortedKeys(o.Columns)
	for _, name := range sortedKeys(o.Sheets) {
		all = append(all, sortedKeys(o.Sheets[name].Columns)...)
	}
	for _, header := range all {
		if !there[headerKey(header)] && !slices.Contains(out, header) {
			out = append(out, header)
		}
	}
	return out
}
