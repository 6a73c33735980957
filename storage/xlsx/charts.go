package xlsx

import (
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
	"lianshao/app/sheet"
)

// Measures of a chart's sheet.
const (
	chartWidth    = 980 // pixels
	chartRow      = 20  // height of a row in pixels
	chartFontSize = 9.0
	chartInk      = "333333"
)

// addChart puts a native chart on a sheet of its own, above the cells that it reads.
// The first row says that the sheet is for reading only, so that it is never imported.
func addChart(f *excelize.File, name string, c *sheet.Chart) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	w := &chartWriter{f: f, name: name, c: c, height: chartHeight(c)}
	w.top = 3 + w.height/chartRow + 1
	w.try(f.SetCellStr(name, "A1", c.Title+"（"+intake.ViewOnly+"，图由下面的数字画成）"))
	w.try(f.SetRowHeight(name, 1, 24))
	w.try(f.SetColWidth(name, "A", "A", 34))
	w.try(f.SetColWidth(name, "B", intake.ColumnName(max(2, min(len(c.Series), len(c.Categories))+1)), 14))
	w.cells()
	w.try(f.AddChart(name, "A2", w.chart()))
	if c.Kind == sheet.Bubbles {
		tidyBubbles(f)
	}
	w.try(fillCaches(f))
	w.page()
	return w.err
}

// chartHeight gives every bar its place.
func chartHeight(c *sheet.Chart) int {
	switch c.Kind {
	case sheet.Bars:
		return min(140+22*len(c.Categories), 1300)
	case sheet.Bubbles:
		return 520
	case sheet.Between:
		return 560
	}
	return 460
}

type chartWriter struct {
	f      *excelize.File
	name   string
	c      *sheet.Chart
	height int
	top    int // row of the table's header
	series []excelize.ChartSeries
	err    error
}

func (w *chartWriter) try(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *chartWriter) text(col, row int, s string) {
	w.try(w.f.SetCellStr(w.name, intake.CellName(row, col), s))
}

func (w *chartWriter) number(col, row int, v float64) {
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		// four digits are more than a chart shows
		w.try(w.f.SetCellValue(w.name, intake.CellName(row, col), math.Round(v*1e4)/1e4))
	}
}

// ref names a stretch of cells for a formula.
func (w *chartWriter) ref(col, row, toCol, toRow int) string {
	at := func(col, row int) string { return "$" + intake.ColumnName(col) + "$" + strconv.Itoa(row) }
	out := "'" + strings.ReplaceAll(w.name, "'", "''") + "'!" + at(col, row)
	if col != toCol || row != toRow {
		out += ":" + at(toCol, toRow)
	}
	return out
}

// cells writes the table and collects the series that read from it: categories down
// and series across, or the other way round where that is narrower.
func (w *chartWriter) cells() {
	if w.c.Kind == sheet.Bubbles {
		w.bubbleCells()
		return
	}
	across := len(w.c.Series) > len(w.c.Categories)
	// place is where category i (from 1, 0 = the names) of series k (from 1, 0 = the
	// categories themselves) stands.
	place := func(i, k int) (col, row int) {
		if across {
			return i + 1, w.top + k
		}
		return k + 1, w.top + i
	}
	stretch := func(from, to, k int) string {
		c1, r1 := place(from, k)
		c2, r2 := place(to, k)
		return w.ref(c1, r1, c2, r2)
	}
	w.text(1, w.top, w.c.CategoryOf)
	n := len(w.c.Categories)
	for i, name := range w.c.Categories {
		col, row := place(i+1, 0)
		w.text(col, row, name)
	}
	for k := range w.c.Series {
		s := &w.c.Series[k]
		col, row := place(0, k+1)
		w.text(col, row, s.Name)
		for i, v := range s.Values {
			col, row := place(i+1, k+1)
			w.number(col, row, v)
		}
		out := w.look(s)
		out.Name, out.Categories, out.Values = stretch(0, 0, k+1), stretch(1, n, 0), stretch(1, n, k+1)
		w.series = append(w.series, out)
	}
}

// bubbleCells writes the series below each other: name, X, Y, size.
func (w *chartWriter) bubbleCells() {
	for k, h := range []string{"系列", w.c.XTitle, w.c.YTitle, "个数"} {
		w.text(k+1, w.top, h)
	}
	row := w.top + 1
	for k := range w.c.Series {
		s := &w.c.Series[k]
		from := row
		for i := range s.Values {
			w.text(1, row, s.Name)
			w.number(2, row, s.X[i])
			w.number(3, row, s.Values[i])
			w.number(4, row, s.Size[i])
			row++
		}
		out := w.look(s)
		out.Name, out.Categories, out.Values, out.Sizes = w.ref(1, from, 1, from), w.ref(2, from, 2, row-1), w.ref(3, from, 3, row-1), w.ref(4, from, 4, row-1)
		w.series = append(w.series, out)
	}
}

func fillOf(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// look is how a series is drawn.
func (w *chartWriter) look(s *sheet.Series) (out excelize.ChartSeries) {
	if s.Color != "" {
		out.Fill = fillOf(s.Color)
	}
	switch w.c.Kind {
	case sheet.Bars:
		if s.Hidden {
			out.Fill = excelize.Fill{Type: "pattern", Pattern: 0}
			out.Line = excelize.LineOptions{Type: excelize.LineNone}
		}
	case sheet.Lines:
		out.Line = excelize.LineOptions{Width: 1.75, Fill: fillOf(s.Color)}
		out.Marker = excelize.ChartMarker{Symbol: "circle", Size: 5, Fill: fillOf(s.Color)}
		if s.Dashed {
			out.Line.Dash = excelize.LineDashDash
		}
		if s.Plain {
			out.Line.Width, out.Marker = 1.25, excelize.ChartMarker{Symbol: "none"}
		}
	case sheet.Between:
		out.Line = excelize.LineOptions{Type: excelize.LineNone}
		out.Marker = excelize.ChartMarker{Symbol: "circle", Size: 8, Fill: fillOf(s.Color)}
	}
	return out
}

func (w *chartWriter) chart() *excelize.Chart {
	font := excelize.Font{Family: fontName, Size: chartFontSize, Color: chartInk}
	c := &excelize.Chart{Series: w.series, Dimension: excelize.ChartDimension{Width: chartWidth, Height: uint(w.height)},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: w.c.Title, Font: &excelize.Font{Family: fontName, Size: 13, Bold: true, Color: chartInk}}}},
		Legend: excelize.ChartLegend{Position: "bottom", Font: &font}, ShowBlanksAs: "gap",
		XAxis: excelize.ChartAxis{Font: font, Title: axisTitle(w.c.XTitle)}, YAxis: excelize.ChartAxis{Font: font, MajorGridLines: true, Title: axisTitle(w.c.YTitle)}}
	switch w.c.Kind {
	case sheet.Bars:
		gap, full := uint(45), 100
		c.Type, c.GapWidth, c.Overlap, c.XAxis.ReverseOrder = excelize.BarStacked, &gap, &full, true
	case sheet.Lines:
		c.Type = excelize.Line
	case sheet.Between:
		c.Type, c.XAxis.HighLowLines = excelize.Line, true
		c.XAxis.Alignment = excelize.Alignment{TextRotation: -90}
	case sheet.Bubbles:
		c.Type, c.BubbleSize = excelize.Bubble, 45
		c.XAxis.Minimum, c.XAxis.Maximum, c.XAxis.MajorUnit, c.YAxis.MajorUnit = &w.c.Min, &w.c.Max, 1, 1
		c.PlotArea.ShowBubbleSize = true
	}
	if w.c.Max > w.c.Min {
		c.YAxis.Minimum, c.YAxis.Maximum = &w.c.Min, &w.c.Max
	}
	if w.c.Days {
		c.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "m月d日"}
		c.Legend.Position = "none"
	}
	if len(w.series) > 12 || len(w.series) == len(w.c.Categories) && w.c.Kind == sheet.Bars {
		c.Legend.Position = "right"
	}
	return c
}

func axisTitle(text string) excelize.ChartTitle {
	if text == "" {
		return excelize.ChartTitle{}
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Family: fontName, Size: chartFontSize, Color: chartInk}}}}
}

// page prints chart and numbers on one page, upright where there are many.
func (w *chartWriter) page() {
	size, orientation, one, yes := 9, "landscape", 1, true
	if w.height+chartRow*len(w.c.Categories) > chartWidth {
		orientation = "portrait"
	}
	w.try(w.f.SetPageLayout(w.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &one}))
	w.try(w.f.SetSheetProps(w.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
}
