package raster

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"math"

	report "lianshao/app/report/draw"
)

// maxPixels keeps a mistyped scale from eating the memory: 100 million pixels are 400 MB.
const maxPixels = 100_000_000

// Image paints d on white, scale pixels to a unit.
func Image(d report.Drawing, scale float64) (*image.RGBA, error) {
	w, h := math.Ceil(d.W*scale), math.Ceil(d.H*scale)
	if !(scale > 0) || w < 1 || h < 1 {
		return nil, errors.New("图没有大小，无法生成图片。请检查放大倍数是否大于 0。")
	}
	if w*h > maxPixels {
		return nil, errors.New("图片太大，请减小放大倍数后重试。")
	}
	img := image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	Paint(img, d, scale, 0, 0)
	return img, nil
}

// PNG is Image as the bytes of a .png file.
func PNG(d report.Drawing, scale float64) ([]byte, error) {
	img, err := Image(d, scale)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
