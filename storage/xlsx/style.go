package xlsx

import (
	"github.com/xuri/excelize/v2"

	"lianshao/app/sheet"
)

// styles are the style numbers of a workbook.
type styles struct {
	title, subtitle, header, note int
	cell                          [5]int // by format, ruled
	column                        [5]int // by format, for what is typed below the table
	open                          [5]int // ruled, open to typing in a protected sheet
	closed                        [5]int // ruled and grey, closed to typing
	fill                          int    // a line open to typing
}

const fontName = "宋体"

func (b *builder) makeStyles() error {
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontName, Size: size, Bold: bold}
	}
	dateFormat, percent := "yyyy-mm-dd", "0.0%"
	float := "0.##"
	formats := [5]excelize.Style{
		sheet.Text:    {NumFmt: 49},
		sheet.Int:     {NumFmt: 1},
		sheet.Float:   {CustomNumFmt: &float},
		sheet.Date:    {CustomNumFmt: &dateFormat},
		sheet.Percent: {CustomNumFmt: &percent},
	}
	sides := [5]string{sheet.Text: "left", sheet.Int: "right", sheet.Float: "right", sheet.Date: "center", sheet.Percent: "right"}
	s := &b.styles
	type look = struct {
		to    *int
		style excelize.Style
	}
	all := []look{
		{&s.title, excelize.Style{Font: font(16, true), Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}},
		{&s.subtitle, excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}}},
		{&s.header, excelize.Style{Font: font(11, true), Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECF2"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&s.fill, excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}, Protection: &excelize.Protection{Locked: false}}},
		{&s.note, excelize.Style{Font: font(10.5, false), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
	}
	for i, f := range formats {
		f.Font = font(11, false)
		f.Alignment = &excelize.Alignment{Horizontal: sides[i], Vertical: "center", WrapText: true}
		all = append(all, look{&s.column[i], f})
		f.Border = thin
		all = append(all, look{&s.cell[i], f})
		f.Protection = &excelize.Protection{Locked: false}
		all = append(all, look{&s.open[i], f})
		f.Protection, f.Fill = nil, excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
		all = append(all, look{&s.closed[i], f})
	}
	for i := range all {
		n, err := b.f.NewStyle(&all[i].style)
		if err != nil {
			return err
		}
		*all[i].to = n
	}
	return nil
}
