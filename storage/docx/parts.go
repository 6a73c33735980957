package docx

import (
	"fmt"
	"math"
	"strings"
)

// Millimetres of GB/T 9704: the text is 156 × 225 mm on A4.
const (
	pageW, pageH                              = 210, 297
	marginTop, marginBottom, marginL, marginR = 37, 35, 28, 26
	footerFromEdge                            = 25 // the number's dash is 7 mm below the text
	lines                                     = 22
)

// twips are what WordprocessingML measures in: twentieths of a point.
func twips(mm float64) int { return int(math.Round(mm * 1440 / 25.4)) }

// linePitch is the height of a line: 22 of them fill the page.
var linePitch = int(float64(twips(pageH)-twips(marginTop)-twips(marginBottom)) / lines)

const (
	fontTitle  = "方正小标宋简体"
	fontHei    = "黑体"
	fontKai    = "楷体_GB2312"
	fontFang   = "仿宋_GB2312"
	fontSong   = "宋体"
	fontLatin  = "Times New Roman"
	half       = 2 // sizes are in half points
	size2      = 22 * half
	size3      = 16 * half
	size4      = 14 * half
	sizeCell   = 21 // 五号
	sizeCode   = 15
	tighten    = -5 // twentieths of a point: 28 characters of 16 points in 156 mm
	indentTwo  = 2 * (16*20 + tighten)
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
		`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordML  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordML + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordML + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordML + `settings+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + wordML + `fontTable+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordML + `footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="` + wordML + `footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` +
	`</Types>`

const packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + relBase + `extended-properties" Target="docProps/app.xml"/></Relationships>`

const coreProps = xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
	`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
	`<dc:title>%s</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>` +
	`<dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified></cp:coreProperties>`

const appProps = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>廉哨</Application></Properties>`

const settings = xmlHead + `<w:settings ` + namespaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>` +
	`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" ` +
	`w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// fontTable names what to use where an office lacks a font of the standard.
var fontTable = func() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts ` + namespaces + `>`)
	for _, f := range [][2]string{{fontTitle, "小标宋体"}, {fontHei, "SimHei"}, {fontKai, "楷体"}, {fontFang, "仿宋"}, {fontSong, "SimSun"}} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>`, f[0], f[1])
	}
	return b.String() + `</w:fonts>`
}()

// styles are the paragraph styles; their ids are those that body uses.
func styles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(fontFang) +
		fmt.Sprintf(`<w:kern w:val="2"/><w:sz w:val="%d"/><w:szCs w:val="%d"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`, size3, size3) +
		`</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	exact := fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, linePitch)
	indent := fmt.Sprintf(`<w:ind w:firstLineChars="200" w:firstLine="%d"/>`, indentTwo)
	run := fmt.Sprintf(`<w:spacing w:val="%d"/>`, tighten)
	b.WriteString(style("Normal", "Normal", "", exact+`<w:jc w:val="both"/>`, run, true))
	b.WriteString(style("Body", "Body Text", "Normal", indent, "", false))
	b.WriteString(style("Title", "Title", "Normal", fmt.Sprintf(`<w:keepNext/><w:spacing w:line="%d" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="9"/>`, linePitch+120),
		fonts(fontTitle)+sizes(size2), false))
	for i, font := range []string{fontHei, fontKai, fontFang} {
		b.WriteString(style(fmt.Sprintf("Heading%d", i+1), fmt.Sprintf("heading %d", i+1), "Normal",
			`<w:keepNext/><w:keepLines/>`+indent+fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, i), fonts(font), false))
	}
	b.WriteString(style("Caption", "caption", "Normal", `<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="60" w:line="360" w:lineRule="exact"/><w:jc w:val="center"/>`,
		fonts(fontHei)+`<w:spacing w:val="0"/>`+sizes(24), false))
	b.WriteString(style("Cell", "Table Text", "Normal", `<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/><w:jc w:val="left"/>`,
		`<w:spacing w:val="0"/>`+sizes(sizeCell), false))
	b.WriteString(style("Picture", "Picture", "Normal", `<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`, "", false))
	b.WriteString(style("Footer", "footer", "Normal", `<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>`, fonts(fontSong)+`<w:spacing w:val="0"/>`+sizes(size4), false))
	b.WriteString(`</w:styles>`)
	return b.String()
}

func style(id, name, based, par, run string, isDefault bool) string {
	def, on := "", ""
	if isDefault {
		def = ` w:default="1"`
	}
	if based != "" {
		on = `<w:basedOn w:val="` + based + `"/>`
	}
	return fmt.Sprintf(`<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/>%s<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
		def, id, name, on, par, run)
}

func fonts(east string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`, fontLatin, fontLatin, east, fontLatin)
}

func sizes(n int) string { return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, n, n) }

// footer is the page number — 1 —, one character in from the outer edge, and the code
// small below it.
func footer(side, code string) string {
	song := `<w:rPr><w:rFonts w:ascii="` + fontSong + `" w:hAnsi="` + fontSong + `" w:eastAsia="` + fontSong + `" w:hint="eastAsia"/></w:rPr>`
	run := func(inner string) string { return `<w:r>` + song + inner + `</w:r>` }
	par := `<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:` + side + `Chars="100" w:` + side + `="280"/><w:jc w:val="` + side + `"/></w:pPr>`
	below := ""
	if code != "" {
		below = par + `<w:r><w:rPr>` + fonts(fontSong) + `<w:color w:val="666666"/>` + sizes(sizeCode) + `</w:rPr><w:t xml:space="preserve">` + escape(code) + `</w:t></w:r></w:p>`
	}
	return xmlHead + `<w:ftr ` + namespaces + `>` + par +
		run(`<w:t xml:space="preserve">— </w:t>`) + run(`<w:fldChar w:fldCharType="begin"/>`) + run(`<w:instrText xml:space="preserve"> PAGE </w:instrText>`) +
		run(`<w:fldChar w:fldCharType="separate"/>`) + run(`<w:t>1</w:t>`) + run(`<w:fldChar w:fldCharType="end"/>`) + run(`<w:t xml:space="preserve"> —</w:t>`) +
		`</w:p>` + below + `</w:ftr>`
}
