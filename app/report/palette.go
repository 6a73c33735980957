package report

import (
	"fmt"

	"lianshao/app/report/draw"
)

// Level colours: the only strong colours of the program, tuned to stay apart in
// grey print and to carry white or black words.
var levelColors = map[string]draw.Color{
	"red":    {R: 0xC8, G: 0x37, B: 0x2D, A: 0xFF},
	"orange": {R: 0xE5, G: 0x8A, B: 0x1F, A: 0xFF},
	"yellow": {R: 0xE9, G: 0xC9, B: 0x3D, A: 0xFF},
	"blue":   {R: 0x3F, G: 0x7F, B: 0xBF, A: 0xFF},
	"green":  {R: 0x4F, G: 0x9D, B: 0x69, A: 0xFF},
	"gray":   {R: 0x9A, G: 0xA0, B: 0xA6, A: 0xFF},
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
