package xlsx

import (
	"github.com/xuri/excelize/v2"

	"lianshao/app/sheet"
)

// styles are the style numbers of a workbook.
type styles struct {
	title, subtitle, header, note int
	cell                          [looks]int // ruled
	column                        [looks]int // for what is typed below the table
	open                          [looks]int // ruled, open to typing in a protected sheet
	closed                        [looks]int // ruled and grey, closed to typing
	fill                          int        // a line open to typing
}

// A column looks by its format; short words such as levels stand in the middle.
const (
	midText = sheet.Percent + 1
	// anyNumber is a column of Float where a cell is empty or whole: under 0.## Excel
	// shows 5 as “5.”.
	anyNumber = midText + 1
	looks     = anyNumber + 1
)

func lookOf(c *sheet.Column) sheet.Format {
	if c.Format == sheet.Text && len(c.Colors) > 0 {
		return midText
	}
	if c.Format == sheet.Float {
		return anyNumber
	}
	return c.Format
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
	formats := [looks]excelize.Style{
		sheet.Text:    {NumFmt: 49},
		sheet.Int:     {NumFmt: 1},
		sheet.Float:   {CustomNumFmt: &float},
		sheet.Date:    {CustomNumFmt: &dateFormat},
		sheet.Percent: {CustomNumFmt: &percent},
		midText:       {NumFmt: 49},
		anyNumber:     {NumFmt: 0},
	}
	sides := [looks]string{sheet.Text: "left", sheet.Int: "center", sheet.Float: "right", sheet.Date: "center", sheet.Percent: "right", midText: "center", anyNumber: "right"}
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
		{&s.note, excelize.Style{Font: font(10.5, false), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
	}
	for i, f := range formats {
		f.Font = font(11, false)
		f.Alignment = &excelize.Alignment{Horizontal: sides[i], Vertical: "center", WrapText: true}
		if sides[i] == "right" {
			f.Alignment.Indent = 1 // not against the text of the next column
		}
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
