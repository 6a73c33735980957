// Package theme is how 廉哨 looks: light, quiet and dense, with one accent colour.
// The level colours are data and live with the levels, not here.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lianshao/assets"
)

// Accent is the one colour that says "here": selection, focus, links, the main button.
var Accent = color.NRGBA{0x1F, 0x6F, 0x8B, 0xFF}

var colors = map[fyne.ThemeColorName]color.NRGBA{
	theme.ColorNameBackground:          {0xF6, 0xF8, 0xF9, 0xFF},
	theme.ColorNameButton:              {0xE6, 0xEC, 0xEF, 0xFF},
	theme.ColorNameDisabledButton:      {0xEE, 0xF1, 0xF3, 0xFF},
	theme.ColorNameDisabled:            {0x84, 0x91, 0x98, 0xFF},
	theme.ColorNameError:               {0xB3, 0x26, 0x1E, 0xFF},
	theme.ColorNameFocus:               {0x1F, 0x6F, 0x8B, 0x3C},
	theme.ColorNameForeground:          {0x1E, 0x29, 0x2F, 0xFF},
	theme.ColorNameForegroundOnError:   {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameForegroundOnPrimary: {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameForegroundOnSuccess: {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameForegroundOnWarning: {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameHeaderBackground:    {0xEC, 0xF1, 0xF3, 0xFF},
	theme.ColorNameHover:               {0x1E, 0x29, 0x2F, 0x12},
	theme.ColorNameHyperlink:           {0x1F, 0x6F, 0x8B, 0xFF},
	theme.ColorNameInputBackground:     {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameInputBorder:         {0xA6, 0xB3, 0xBA, 0xFF},
	theme.ColorNameMenuBackground:      {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNameOverlayBackground:   {0xFF, 0xFF, 0xFF, 0xFF},
	theme.ColorNamePlaceHolder:         {0x5F, 0x6E, 0x76, 0xFF},
	theme.ColorNamePressed:             {0x1E, 0x29, 0x2F, 0x26},
	theme.ColorNamePrimary:             {0x1F, 0x6F, 0x8B, 0xFF},
	theme.ColorNameScrollBar:           {0x5F, 0x6E, 0x76, 0xA0},
	theme.ColorNameScrollBarBackground: {0xE9, 0xEE, 0xF0, 0xFF},
	theme.ColorNameSelection:           {0x1F, 0x6F, 0x8B, 0x40},
	theme.ColorNameSeparator:           {0xDF, 0xE5, 0xE8, 0xFF},
	theme.ColorNameShadow:              {0x00, 0x00, 0x00, 0x2C},
	theme.ColorNameSuccess:             {0x2B, 0x7A, 0x4B, 0xFF},
	theme.ColorNameWarning:             {0xB2, 0x6A, 0x00, 0xFF},
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               14,
	theme.SizeNameCaptionText:        12,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameHeadingText:        20,
	theme.SizeNamePadding:            3,
	theme.SizeNameInnerPadding:       5,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     6,
	theme.SizeNameScrollBarRadius:    4,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameInputRadius:        3,
	theme.SizeNameSelectionRadius:    2,
	theme.SizeNameButtonRadius:       3,
	theme.SizeNamePopupRadius:        4,
	theme.SizeNameMenuRadius:         4,
	theme.SizeNameDialogRadius:       5,
	theme.SizeNameCardRadius:         4,
	theme.SizeNameModalBlurRadius:    0, // costs a frame's time many times over without a graphics card
}

var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", assets.FontRegular)
	bold    = fyne.NewStaticResource("NotoSansSC-Bold.ttf", assets.FontBold)
)

type lianshao struct{ base fyne.Theme }

// New returns the theme. It is light whatever the system prefers: level colours
// and printed pages are made for white.
func New() fyne.Theme { return lianshao{theme.DefaultTheme()} }

func (t lianshao) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if c, ok := colors[n]; ok {
		return c
	}
	return t.base.Color(n, theme.VariantLight)
}

// Font has two files only. Italic and monospace Chinese do not exist in print
// practice here, and every further style would cost 25 MB of memory.
func (t lianshao) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return t.base.Font(s)
	case s.Bold:
		return bold
	}
	return regular
}

func (t lianshao) Icon(n fyne.ThemeIconName) fyne.Resource { return t.base.Icon(n) }

func (t lianshao) Size(n fyne.ThemeSizeName) float32 {
	if s, ok := sizes[n]; ok {
		return s
	}
	return t.base.Size(n)
}
