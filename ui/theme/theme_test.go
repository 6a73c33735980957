package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Texts must be readable for tired eyes: WCAG asks for a contrast of 4.5.
func TestTextContrast(t *testing.T) {
	th := New()
	get := func(n fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(th.Color(n, theme.VariantDark)).(color.NRGBA)
	}
	for _, c := range []struct {
		ink, paper fyne.ThemeColorName
		least      float64
	}{
		{theme.ColorNameForeground, theme.ColorNameBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameHeaderBackground, 7},
		{theme.ColorNameForeground, theme.ColorNameButton, 7},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, 4.5},
		{theme.ColorNamePlaceHolder, theme.ColorNameHeaderBackground, 4.5},
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5},
		{theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5},
		{theme.ColorNameHyperlink, theme.ColorNameBackground, 4.5},
		{theme.ColorNameDisabled, theme.ColorNameInputBackground, 3},
	} {
		if got := contrast(get(c.ink), get(c.paper)); got < c.least {
			t.Errorf("%s on %s: contrast %.2f, want at least %.1f", c.ink, c.paper, got, c.least)
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// Fyne parses a font again for every style that has its own resource.
func TestOnlyTwoTextFonts(t *testing.T) {
	th := New()
	names := map[string]bool{}
	for i := 0; i < 8; i++ {
		s := fyne.TextStyle{Bold: i&1 != 0, Italic: i&2 != 0, Monospace: i&4 != 0}
		names[th.Font(s).Name()] = true
	}
	if len(names) != 2 {
		t.Errorf("fonts %v, want two", names)
	}
}
