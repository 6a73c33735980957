package report

import (
	"fmt"

	"lianshao/app/report/chart"
	"lianshao/app/report/draw"
)

// levelColors paints the colour names of a level scheme.
var levelColors = map[string]draw.Color{
	"red": chart.Red, "orange": chart.Orange, "yellow": chart.Yellow, "blue": chart.Blue,
	"green": {R: 0x4F, G: 0x9D, B: 0x69, A: 0xFF}, "gray": chart.Grey,
}

// LevelColor turns a level's colour (a name, or #RRGGBB) into paint; unknown
// colours are grey.
func LevelColor(name string) draw.Color {
	if c, ok := levelColors[name]; ok {
		return c
	}
	var r, g, b uint8
	if n, _ := fmt.Sscanf(name, "#%02x%02x%02x", &r, &g, &b); n == 3 {
		return draw.Color{R: r, G: g, B: b, A: 0xFF}
	}
	return levelColors["gray"]
}
