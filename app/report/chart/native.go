package chart

import (
	"fmt"
	"math"
	"time"

	"lianshao/app/report/draw"
	book "lianshao/app/sheet"
)

// nativeRows is how many bars or lines a native chart still shows legibly.
const nativeRows = 60

// Native turns a chart into one that a spreadsheet draws itself from its cells: the
// same numbers in the closest form there is. ok is false when there is nothing to show.
func Native(title string, m Model) (c book.Chart, ok bool) {
	switch m := m.(type) {
	case *Stacked:
		c = m.native()
	case *Counts:
		c = m.native()
	case *Matrix:
		c = m.native()
	case *Ranking:
		c = m.native()
	case *Dumbbell:
		c = m.native()
	case *Slope:
		c = m.native()
	case *Lines:
		c = m.native()
	case *Gantt:
		c = m.native()
	}
	c.Title = title
	return c, len(c.Series) > 0
}

func hexOf(c draw.Color) string {
	if c.A == 0 {
		return ""
	}
	return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B)
}

// empty is n values that are missing.
func missing(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

func (m *Stacked) native() book.Chart {
	c := book.Chart{Kind: book.Bars, CategoryOf: "项目", YTitle: orElse(m.Unit, "个")}
	rows := m.Rows[:min(len(m.Rows), nativeRows)]
	for _, r := range rows {
		c.Categories = append(c.Categories, r.Label)
	}
	for k, s := range m.Series {
		values := make([]float64, len(rows))
		for i, r := range rows {
			if k < len(r.Parts) {
				values[i] = float64(r.Parts[k].Count)
			}
		}
		if len(rows) > 0 {
			c.Series = append(c.Series, book.Series{Name: s.Label, Values: values, Color: hexOf(s.Color)})
		}
	}
	return c
}

func (m *Counts) native() book.Chart {
	c := book.Chart{Kind: book.Bars, CategoryOf: "项目", YTitle: orElse(m.Unit, "个")}
	for i, it := range m.Items {
		c.Categories = append(c.Categories, it.Label)
		values := missing(len(m.Items))
		values[i] = float64(it.Value)
		c.Series = append(c.Series, book.Series{Name: it.Label, Values: values, Color: hexOf(it.Color)})
	}
	return c
}

// native has a series of bars per level, each with the values of that level only, so
// that bars carry the level's colour.
func (m *Ranking) native() book.Chart {
	c := book.Chart{Kind: book.Bars, CategoryOf: "项目", YTitle: "数值"}
	items := m.Items[:min(len(m.Items), nativeRows)]
	at := map[string]int{}
	for i, it := range items {
		c.Categories = append(c.Categories, it.Label)
		k, known := at[it.Word]
		if !known {
			k = len(c.Series)
			at[it.Word] = k
			c.Series = append(c.Series, book.Series{Name: orElse(it.Word, "数值"), Values: missing(len(items)), Color: hexOf(it.Color)})
		}
		c.Series[k].Values[i] = it.Value
	}
	return c
}

// native draws a bubble per field, as big as the number of points in it.
func (m *Matrix) native() book.Chart {
	c := book.Chart{Kind: book.Bubbles, XTitle: orElse(m.XTitle, "影响程度"), YTitle: orElse(m.YTitle, "可能性"), Min: 0, Max: 6}
	at := map[string]int{}
	for l := range m.Cells {
		for i, cell := range m.Cells[l] {
			if cell.Count == 0 {
				continue
			}
			word, color := "风险点", Accent
			if b := m.band(float64((l + 1) * (i + 1))); b.Word != "" {
				word, color = b.Word, b.Color
			}
			k, known := at[word]
			if !known {
				k = len(c.Series)
				at[word] = k
				c.Series = append(c.Series, book.Series{Name: word, Color: hexOf(color)})
			}
			s := &c.Series[k]
			s.X, s.Values, s.Size = append(s.X, float64(i+1)), append(s.Values, float64(l+1)), append(s.Size, float64(cell.Count))
		}
	}
	return c
}

func (m *Dumbbell) native() book.Chart {
	c := book.Chart{Kind: book.Between, CategoryOf: "项目", YTitle: "数值"}
	before := book.Series{Name: orElse(m.BeforeName, "首次评估"), Color: hexOf(Grey)}
	after := book.Series{Name: orElse(m.AfterName, "再评估"), Color: hexOf(Accent)}
	for _, it := range m.Items[:min(len(m.Items), nativeRows)] {
		c.Categories = append(c.Categories, it.Label)
		before.Values, after.Values = append(before.Values, it.Before), append(after.Values, it.After)
	}
	if len(c.Categories) > 0 {
		c.Series = []book.Series{before, after}
	}
	return c
}

// native has a line per item over the two rounds.
func (m *Slope) native() book.Chart {
	c := book.Chart{Kind: book.Lines, CategoryOf: "评估", YTitle: "数值", Categories: []string{orElse(m.BeforeName, "首次评估"), orElse(m.AfterName, "再评估")}}
	for _, it := range m.Items {
		if it.whole() && len(c.Series) < nativeRows {
			c.Series = append(c.Series, book.Series{Name: it.Label, Values: []float64{it.Before, it.After}, Color: hexOf(it.AfterColor)})
		}
	}
	return c
}

// native continues the readings with the forecast and draws thresholds as lines.
func (m *Lines) native() book.Chart {
	c := book.Chart{Kind: book.Lines, CategoryOf: "时间", YTitle: m.Unit, Categories: append([]string(nil), m.Labels...)}
	n := len(m.Labels)
	if n == 0 {
		return c
	}
	ahead := 0
	if m.Forecast != nil {
		ahead = len(m.Forecast.Labels)
		c.Categories = append(c.Categories, m.Forecast.Labels...)
	}
	for i, s := range m.Series {
		c.Series = append(c.Series, book.Series{Name: orElse(s.Name, "读数"), Values: append(append([]float64(nil), s.Values...), missing(ahead)...), Color: hexOf(m.color(i))})
	}
	if f := m.Forecast; f != nil && len(m.Series) > 0 {
		from := missing(n)
		from[n-1] = m.Series[0].Values[n-1] // the forecast goes on from the last reading
		add := func(name string, values []float64) {
			c.Series = append(c.Series, book.Series{Name: name, Values: append(append([]float64(nil), from...), values...), Color: hexOf(Grey), Dashed: true, Plain: true})
		}
		add("预测", f.Mean)
		add("预测下限（"+f.Note+"）", f.Low)
		add("预测上限（"+f.Note+"）", f.High)
	}
	for _, t := range m.Thresholds {
		values := make([]float64, n+ahead)
		for i := range values {
			values[i] = t.Value
		}
		c.Series = append(c.Series, book.Series{Name: t.Label, Values: values, Color: hexOf(t.Color), Plain: true})
	}
	return c
}

// dayZero is day 0 of a spreadsheet's calendar.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func daysOf(t time.Time) float64 {
	return math.Floor(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Sub(dayZero).Hours() / 24)
}

// native lets bars float: an unseen one up to the first day, one as long as the task.
func (m *Gantt) native() book.Chart {
	c := book.Chart{Kind: book.Bars, CategoryOf: "步骤", YTitle: "日期", Days: true}
	start, length := book.Series{Name: "开始", Hidden: true}, book.Series{Name: "天数", Color: hexOf(Accent)}
	for _, t := range m.Tasks {
		if t.Start.IsZero() || t.End.Before(t.Start) {
			continue
		}
		c.Categories = append(c.Categories, t.Label)
		first, last := daysOf(t.Start), daysOf(t.End)+1
		start.Values, length.Values = append(start.Values, first), append(length.Values, last-first)
		if c.Min == 0 || first < c.Min {
			c.Min = first
		}
		c.Max = max(c.Max, last)
	}
	if len(c.Categories) > 0 {
		c.Series = []book.Series{start, length}
	}
	return c
}
