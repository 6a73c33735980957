package assets

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io/fs"
	"sort"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// mustCover lists what office texts, names and our own screens need beyond GB2312.
const mustCover = "李𬭎陈喆龑㛃𫖯𬱖镕堃曌昇珺" +
	"×÷±≤≥≠≈∑√∞λχαβσΔμ²³₀₁₂₉⁰⁹½℃‰㎡№" +
	"↑↓←→▲▼◆●■★☆○□△◇▶◀▾▸▴◂✓✔✗✕☐☑☒⚠" +
	"ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅹ①⑩⑪⑳㈠⑴" +
	"，。；：！？、“”‘’（）《》〈〉「」『』【】—…·～￥"

func parse(t *testing.T, data []byte) *sfnt.Font {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func glyph(t *testing.T, f *sfnt.Font, r rune) sfnt.GlyphIndex {
	t.Helper()
	var buf sfnt.Buffer
	g, err := f.GlyphIndex(&buf, r)
	if err != nil {
		t.Fatalf("%c: %v", r, err)
	}
	return g
}

// gb2312 lists every character of the standard by decoding its 94×94 code table.
func gb2312() []rune {
	decoder := simplifiedchinese.GBK.NewDecoder()
	var all []rune
	for high := byte(0xA1); high <= 0xF7; high++ {
		if high > 0xA9 && high < 0xB0 {
			continue // rows 10–15 are unassigned in GB2312
		}
		for low := byte(0xA1); low <= 0xFE; low++ {
			out, err := decoder.Bytes([]byte{high, low})
			r := []rune(string(out))
			if err != nil || len(r) != 1 || r[0] == '\uFFFD' || r[0] >= 0xE000 && r[0] <= 0xF8FF {
				continue
			}
			all = append(all, r[0])
		}
	}
	return all
}

func TestFontsCoverGB2312AndNames(t *testing.T) {
	required := gb2312()
	if len(required) < 7445 { // 6763 Han and 682 other characters
		t.Fatalf("the list of GB2312 is too short: %d", len(required))
	}
	required = append(required, []rune(mustCover)...)
	for name, data := range map[string][]byte{"Regular": FontRegular, "Bold": FontBold} {
		f := parse(t, data)
		for _, r := range required {
			if glyph(t, f, r) == 0 {
				t.Errorf("%s has no glyph for %c (U+%04X)", name, r, r)
			}
		}
	}
}

func TestRegularAndBoldCoverTheSame(t *testing.T) {
	regular, bold := parse(t, FontRegular), parse(t, FontBold)
	covered := 0
	for r := rune(0x20); r < 0x40000; r++ {
		inRegular, inBold := glyph(t, regular, r) != 0, glyph(t, bold, r) != 0
		if inRegular != inBold {
			t.Errorf("%c (U+%04X): regular %v, bold %v", r, r, inRegular, inBold)
		}
		if inRegular {
			covered++
		}
	}
	if covered < 22_000 {
		t.Errorf("only %d characters covered", covered)
	}
}

func TestTranslationsAreWholeJSON(t *testing.T) {
	names, err := fs.Glob(Translations, "translations/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no translations: %v", err)
	}
	for _, name := range names {
		data, err := Translations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]any
		if err := json.Unmarshal(data, &words); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(words) == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestIconIsASquarePNG(t *testing.T) {
	icon, err := png.Decode(bytes.NewReader(Icon))
	if err != nil {
		t.Fatal(err)
	}
	if size := icon.Bounds().Size(); size.X != 512 || size.Y != 512 {
		t.Errorf("icon is %v", size)
	}
}

func TestSampleHoldsItsWorkbooks(t *testing.T) {
	names, err := fs.Glob(Sample, "sample/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(names)
	if len(names) != 14 {
		t.Errorf("%d workbooks: %v", len(names), names)
	}
}
