package report

import (
	"lianshao/app"
	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
)

// Picture draws a chart to stand alone in a file: with its title, the pilot and
// the round above it, and no empty space below. Sizes are logical pixels. The
// error says that there is nothing to show.
func (c Chart) Picture(in Input, m draw.Measurer) (draw.Drawing, error) {
	const margin, title, note, head = 16.0, 18.0, 12.0, 58.0
	model := c.Build(in)
	if model == nil {
		return draw.Drawing{}, app.E(app.CodeInvalid, "试点里还没有可以画“%s”的内容。", c.Title)
	}
	body := chart.Layout(model, c.W, c.H, m)
	d := draw.Drawing{W: body.W, H: head + lowest(body) + margin}
	d.Add(draw.Text{X: margin, Y: margin + title*0.9, Size: title, Bold: true, Color: ink,
		String: draw.Shorten(c.Title, d.W-2*margin, title, true, m)},
		draw.Text{X: margin, Y: head - 10, Size: note, Color: faded, String: draw.Shorten(c.source(in), d.W-2*margin, note, false, m)})
	for _, it := range body.Items {
		d.Add(draw.Place(it, 1, 0, head))
	}
	return d, nil
}

var (
	ink   = draw.Color{R: 0x24, G: 0x31, B: 0x3C, A: 255}
	faded = draw.Color{R: 0x5D, G: 0x69, B: 0x75, A: 255}
)

// source names the pilot and, for charts of one round, which.
func (c Chart) source(in Input) string {
	s := in.Pilot.Info().Name
	switch c.ID {
	case "levels", "units", "posts", "ranking":
		if in.Result != nil {
			s += "　" + in.Result.Round.Name
		}
	}
	return s
}

// Trim takes the empty space below a drawing away.
func Trim(d draw.Drawing) draw.Drawing {
	d.H = min(d.H, lowest(d)+4)
	return d
}

// lowest is where the marks of a drawing end.
func lowest(d draw.Drawing) float64 {
	low := 0.0
	for _, it := range d.Items {
		switch v := it.(type) {
		case draw.Rect:
			low = max(low, v.Y+v.H)
		case draw.Line:
			low = max(low, v.Y1, v.Y2)
		case draw.Polyline:
			low = max(low, lowestPoint(v.Points))
		case draw.Polygon:
			low = max(low, lowestPoint(v.Points))
		case draw.Circle:
			low = max(low, v.Y+v.R)
		case draw.Text:
			low = max(low, v.Y+v.Size*0.3)
		}
	}
	return low
}

func lowestPoint(points []draw.Point) float64 {
	low := 0.0
	for _, p := range points {
		low = max(low, p.Y)
	}
	return low
}
