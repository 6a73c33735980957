// Command make draws the program's icon, a watch-tower inside a shield, and writes icon.png (512×512, for windows and
// desktops) and lianshao.ico (16 to 256 pixels, for Windows) into the folder given, or into the current one.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"

	"golang.org/x/image/vector"
)

// design is the width and height of the drawing's own coordinates.
const design = 512

// smallest is the picture size in pixels from which the whole icon is drawn.
const smallest = 32

// icoSizes are the picture sizes in the .ico file, in pixels; Windows asks for each at some scaling.
var icoSizes = []int{16, 20, 24, 32, 40, 48, 64, 128, 256}

var (
	skyTop    = color.NRGBA{0x3A, 0x6E, 0x96, 0xFF}
	skyBottom = color.NRGBA{0x1C, 0x42, 0x63, 0xFF}
	shieldInk = color.NRGBA{0xF4, 0xF8, 0xFB, 0xFF}
	towerInk  = color.NRGBA{0x21, 0x4B, 0x6E, 0xFF}
	lampInk   = color.NRGBA{0xE8, 0xA3, 0x3D, 0xFF}
)

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := write(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write puts both files into dir.
func write(dir string) error {
	picture, err := encode(design)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "icon.png"), picture, 0o644); err != nil {
		return err
	}
	container, err := ico(icoSizes)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "lianshao.ico"), container, 0o644)
}

// encode draws the icon at size×size pixels and returns it as PNG.
func encode(size int) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&out, drawIcon(size))
	return out.Bytes(), err
}

// pen fills shapes given in design coordinates on a picture of another size.
type pen struct {
	target *image.RGBA
	raster *vector.Rasterizer
	scale  float32
}

// drawIcon draws the icon at size×size pixels with smooth edges.
func drawIcon(size int) image.Image {
	p := &pen{
		target: image.NewRGBA(image.Rect(0, 0, size, size)),
		raster: vector.NewRasterizer(size, size),
		scale:  float32(size) / design,
	}
	if size < smallest {
		p.drawSmall(size)
		return p.target
	}
	p.roundedRect(16, 16, 496, 496, 108)
	p.fill(sky(size))
	p.shield()
	p.fill(image.NewUniform(shieldInk))
	p.tower()
	p.fill(image.NewUniform(towerInk))
	p.roundedRect(230, 224, 282, 264, 8)
	p.fill(image.NewUniform(lampInk))
	return p.target
}

// drawSmall keeps only the tower, large, because a shield around it would be mush at this size.
func (p *pen) drawSmall(size int) {
	p.roundedRect(0, 0, 512, 512, 96)
	p.fill(sky(size))
	p.polygon(256, 64, 416, 176, 96, 176)
	p.polygon(160, 176, 352, 176, 352, 288, 160, 288)
	p.polygon(112, 288, 400, 288, 400, 336, 112, 336)
	p.polygon(192, 336, 320, 336, 352, 448, 160, 448)
	p.fill(image.NewUniform(shieldInk))
	p.polygon(224, 192, 288, 192, 288, 272, 224, 272)
	p.fill(image.NewUniform(lampInk))
}

// tower is a roof, a look-out, its platform, and a body that widens to its foot.
func (p *pen) tower() {
	p.polygon(256, 134, 342, 202, 170, 202)
	p.polygon(198, 210, 314, 210, 314, 278, 198, 278)
	p.polygon(176, 286, 336, 286, 336, 306, 176, 306)
	p.polygon(220, 314, 292, 314, 308, 376, 204, 376)
	p.polygon(190, 384, 322, 384, 322, 400, 190, 400)
}

func (p *pen) shield() {
	p.move(256, 72)
	p.curve(210, 108, 160, 122, 104, 126)
	p.line(104, 264)
	p.curve(104, 356, 170, 412, 256, 450)
	p.curve(342, 412, 408, 356, 408, 264)
	p.line(408, 126)
	p.curve(352, 122, 302, 108, 256, 72)
	p.raster.ClosePath()
}

func (p *pen) roundedRect(left, top, right, bottom, radius float32) {
	k := radius * 0.4477 // how far a cubic's control point lies from the corner to look like a circle
	p.move(left+radius, top)
	p.line(right-radius, top)
	p.curve(right-k, top, right, top+k, right, top+radius)
	p.line(right, bottom-radius)
	p.curve(right, bottom-k, right-k, bottom, right-radius, bottom)
	p.line(left+radius, bottom)
	p.curve(left+k, bottom, left, bottom-k, left, bottom-radius)
	p.line(left, top+radius)
	p.curve(left, top+k, left+k, top, left+radius, top)
	p.raster.ClosePath()
}

func (p *pen) polygon(xy ...float32) {
	p.move(xy[0], xy[1])
	for i := 2; i+1 < len(xy); i += 2 {
		p.line(xy[i], xy[i+1])
	}
	p.raster.ClosePath()
}

func (p *pen) move(x, y float32) { p.raster.MoveTo(x*p.scale, y*p.scale) }

func (p *pen) line(x, y float32) { p.raster.LineTo(x*p.scale, y*p.scale) }

func (p *pen) curve(bx, by, cx, cy, dx, dy float32) {
	s := p.scale
	p.raster.CubeTo(bx*s, by*s, cx*s, cy*s, dx*s, dy*s)
}

// fill paints what was outlined since the last fill and starts afresh.
func (p *pen) fill(ink image.Image) {
	p.raster.DrawOp = draw.Over
	p.raster.Draw(p.target, p.target.Bounds(), ink, image.Point{})
	p.raster.Reset(p.target.Bounds().Dx(), p.target.Bounds().Dy())
}

// sky is the background: skyTop above, skyBottom below.
func sky(size int) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		mixed := color.NRGBA{
			R: mix(skyTop.R, skyBottom.R, y, size),
			G: mix(skyTop.G, skyBottom.G, y, size),
			B: mix(skyTop.B, skyBottom.B, y, size),
			A: 0xFF,
		}
		for x := range size {
			out.SetNRGBA(x, y, mixed)
		}
	}
	return out
}

// mix is the colour value step/steps of the way from a to b.
func mix(a, b uint8, step, steps int) uint8 {
	return uint8((int(a)*(steps-step) + int(b)*step) / steps)
}

// ico packs PNG pictures of the given sizes (at most 256 pixels) into one .ico file, the form Windows has read since Vista.
func ico(sizes []int) ([]byte, error) {
	const headerSize, entrySize = 6, 16
	var head, body bytes.Buffer
	le := binary.LittleEndian
	head.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(sizes))))
	offset := headerSize + entrySize*len(sizes)
	for _, size := range sizes {
		picture, err := encode(size)
		if err != nil {
			return nil, err
		}
		edge := byte(size % 256) // 0 means 256
		entry := []byte{edge, edge, 0, 0, 1, 0, 32, 0}
		entry = le.AppendUint32(entry, uint32(len(picture)))
		entry = le.AppendUint32(entry, uint32(offset+body.Len()))
		head.Write(entry)
		body.Write(picture)
	}
	return append(head.Bytes(), body.Bytes()...), nil
}
