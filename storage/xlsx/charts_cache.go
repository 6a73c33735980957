package xlsx

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// reference is what a chart takes from a sheet: names or numbers, with what the program
// that saved it last saw there.
var reference = regexp.MustCompile(`<(strRef|numRef)><f>([^<]*)</f>(?:<(?:strCache|numCache)>.*?</(?:strCache|numCache)>)?</(?:strRef|numRef)>`)

// fillCaches writes into the charts what stands in the cells they refer to: programs that
// only show, and Excel before editing is allowed, draw charts from that. excelize leaves
// it empty.
func fillCaches(f *excelize.File) (err error) {
	f.Pkg.Range(func(name, part any) bool {
		data, ok := part.([]byte)
		if path, _ := name.(string); !ok || !strings.HasPrefix(path, "xl/charts/chart") || bytes.Contains(data, []byte("<ptCount ")) {
			return true
		}
		data = reference.ReplaceAllFunc(data, func(found []byte) []byte {
			m := reference.FindSubmatch(found)
			values, e := valuesAt(f, html.UnescapeString(string(m[2])))
			if e != nil {
				err = e
				return found
			}
			return []byte(cached(string(m[1]), string(m[2]), values))
		})
		f.Pkg.Store(name, data)
		return err == nil
	})
	return err
}

// cached is a reference with its values.
func cached(kind, ref string, values []string) string {
	var b strings.Builder
	cache := strings.TrimSuffix(kind, "Ref") + "Cache"
	fmt.Fprintf(&b, "<%s><f>%s</f><%s>", kind, ref, cache)
	if kind == "numRef" {
		b.WriteString("<formatCode>General</formatCode>")
	}
	fmt.Fprintf(&b, `<ptCount val="%d"/>`, len(values))
	for i, v := range values {
		if _, err := strconv.ParseFloat(v, 64); v == "" || kind == "numRef" && err != nil {
			continue // a gap
		}
		fmt.Fprintf(&b, `<pt idx="%d"><v>%s</v></pt>`, i, html.EscapeString(v))
	}
	fmt.Fprintf(&b, "</%s></%s>", cache, kind)
	return b.String()
}

// valuesAt returns the values of a range such as 'Sheet 1'!$A$1:$B$3, row by row.
func valuesAt(f *excelize.File, ref string) ([]string, error) {
	at := strings.LastIndexByte(ref, '!')
	if at < 0 {
		return nil, fmt.Errorf("chart refers to %q", ref)
	}
	sheet := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(ref[:at], "'"), "'"), "''", "'")
	from, to, two := strings.Cut(strings.ReplaceAll(ref[at+1:], "$", ""), ":")
	if !two {
		to = from
	}
	col1, row1, err := excelize.CellNameToCoordinates(from)
	if err != nil {
		return nil, err
	}
	col2, row2, err := excelize.CellNameToCoordinates(to)
	if err != nil {
		return nil, err
	}
	var out []string
	for row := row1; row <= row2; row++ {
		for col := col1; col <= col2; col++ {
			cell, err := excelize.CoordinatesToCellName(col, row)
			if err != nil {
				return nil, err
			}
			v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	return out, nil
}
