package docx

import (
	"fmt"
	"strings"

	"lianshao/app/report/document"
	"lianshao/app/report/draw"
)

// body grows the text of a document.
type body struct {
	xml       strings.Builder
	paint     func(draw.Drawing, float64) ([]byte, error)
	pictures  [][]byte
	landscape bool
	last      bool // the block before was a table, which needs a paragraph behind it
}

func (b *body) blocks(list []document.Block) error {
	for _, x := range list {
		if err := b.block(x); err != nil {
			return err
		}
	}
	return nil
}

func (b *body) block(x document.Block) error {
	table := false
	switch v := x.(type) {
	case document.Heading:
		b.heading(v)
	case document.Paragraph:
		b.paragraph(v)
	case document.Caption:
		props := ""
		if v.Below {
			props = `<w:keepNext w:val="0"/>`
		}
		b.par("Caption", props, "", v.Text)
	case document.Table:
		if b.last {
			b.par("Cell", "", "", "")
		}
		b.table(v)
		table = true
	case document.Picture:
		if err := b.picture(v); err != nil {
			return err
		}
	case document.Section:
		b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="Cell"/>` + b.section() + `</w:pPr></w:p>`)
		b.landscape = v.Landscape
	default:
		return fmt.Errorf("unknown block %T", x)
	}
	b.last = table
	return nil
}

// document is the whole part word/document.xml.
func (b *body) document() string {
	if b.last {
		b.par("Cell", "", "", "")
	}
	return xmlHead + `<w:document ` + namespaces + `><w:body>` + b.xml.String() + b.section() + `</w:body></w:document>`
}

func (b *body) section() string {
	w, h, orient := twips(pageW), twips(pageH), ""
	top, bottom, left, right := twips(marginTop), twips(marginBottom), twips(marginL), twips(marginR)
	if b.landscape {
		w, h, orient = h, w, ` w:orient="landscape"`
		top, bottom, left, right = left, right, bottom, top
	}
	return fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`+
		`<w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`+
		`<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="%d"/></w:sectPr>`,
		w, h, orient, top, right, bottom, left, min(twips(footerFromEdge), bottom-400), linePitch)
}

// textWidth is the width between the margins in twips.
func (b *body) textWidth() int {
	if b.landscape {
		return twips(pageH) - twips(marginTop) - twips(marginBottom)
	}
	return twips(pageW) - twips(marginL) - twips(marginR)
}

func (b *body) heading(h document.Heading) {
	if h.Level == 0 {
		b.par("Title", "", "", h.Text)
		return
	}
	b.par(fmt.Sprintf("Heading%d", min(h.Level, 3)), "", "", h.Text)
}

func (b *body) paragraph(p document.Paragraph) {
	if p.Space {
		b.par("Normal", "", "", "")
	}
	style, props := "Body", ""
	if p.Plain || p.Align != draw.Left {
		style = "Normal"
	}
	if p.In > 0 {
		props += fmt.Sprintf(`<w:ind w:rightChars="%d" w:right="%d"/>`, p.In*100, p.In*(16*20+tighten))
	}
	switch p.Align {
	case draw.Center:
		props += `<w:jc w:val="center"/>`
	case draw.Right:
		props += `<w:jc w:val="right"/>`
	}
	b.par(style, props, "", p.Text)
}

// par writes a paragraph. Texts of Missing are set off by yellow.
func (b *body) par(style, props, run, text string) {
	b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + `</w:pPr>`)
	b.runs(run, text)
	b.xml.WriteString(`</w:p>`)
}

func (b *body) runs(props, text string) {
	for _, p := range document.Pieces(text) {
		more := props
		if p.Missing {
			more += `<w:highlight w:val="yellow"/>`
		}
		b.run(more, p.Text)
	}
}

// run writes one run. The hint makes “quotes” and — dashes Chinese ones.
func (b *body) run(props, text string) {
	b.xml.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>` + props + `</w:rPr>`)
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if i > 0 {
			b.xml.WriteString(`<w:br/>`)
		}
		for k, piece := range strings.Split(line, "\t") {
			if k > 0 {
				b.xml.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				b.xml.WriteString(`<w:t xml:space="preserve">` + escape(piece) + `</w:t>`)
			}
		}
	}
	b.xml.WriteString(`</w:r>`)
}

const borders = `<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="8" w:space="0" w:color="auto"/>` +
	`<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="8" w:space="0" w:color="auto"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>`

func (b *body) table(t document.Table) {
	widths := b.widths(t.Columns)
	total := 0
	for _, w := range widths {
		total += w
	}
	fmt.Fprintf(&b.xml, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>%s<w:tblLayout w:type="fixed"/>`+
		`<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`, total, borders)
	for _, w := range widths {
		fmt.Fprintf(&b.xml, `<w:gridCol w:w="%d"/>`, w)
	}
	b.xml.WriteString(`</w:tblGrid>`)
	for i, r := range t.Rows {
		b.row(t, r, widths, i < t.Header)
	}
	b.xml.WriteString(`</w:tbl>`)
}

// widths shares the text's width among the columns by weight.
func (b *body) widths(cols []document.Column) []int {
	sum := 0.0
	for _, c := range cols {
		sum += max(c.Weight, 0.01)
	}
	out := make([]int, len(cols))
	left := b.textWidth()
	for i, c := range cols {
		out[i] = int(float64(b.textWidth()) * max(c.Weight, 0.01) / sum)
		if i == len(cols)-1 {
			out[i] = left
		}
		left -= out[i]
	}
	return out
}

func (b *body) row(t document.Table, r document.Row, widths []int, header bool) {
	b.xml.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if header {
		b.xml.WriteString(`<w:tblHeader/>`)
	}
	b.xml.WriteString(`</w:trPr>`)
	col := 0
	for _, c := range r.Cells {
		span := max(c.ColSpan, 1)
		w := 0
		for k := col; k < min(col+span, len(widths)); k++ {
			w += widths[k]
		}
		align := c.Align
		if !c.Own && col < len(t.Columns) {
			align = t.Columns[col].Align
		}
		b.cell(c, w, span, align, r.Bold, header)
		col += span
	}
	b.xml.WriteString(`</w:tr>`)
}

func (b *body) cell(c document.Cell, w, span int, align draw.Align, bold, header bool) {
	fmt.Fprintf(&b.xml, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, w)
	if span > 1 {
		fmt.Fprintf(&b.xml, `<w:gridSpan w:val="%d"/>`, span)
	}
	switch {
	case c.Below:
		b.xml.WriteString(`<w:vMerge w:val="restart"/>`)
	case c.Covered:
		b.xml.WriteString(`<w:vMerge/>`)
	}
	b.xml.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	props := map[draw.Align]string{draw.Left: "", draw.Center: `<w:jc w:val="center"/>`, draw.Right: `<w:jc w:val="right"/>`}[align]
	run := ""
	if bold {
		run = `<w:b/>`
	}
	if header {
		run = `<w:rFonts w:hint="eastAsia" w:eastAsia="` + fontHei + `"/>`
	}
	text := c.Text
	if c.Covered {
		text = ""
	}
	b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="Cell"/>` + props + `</w:pPr>`)
	if c.Mark.A != 0 && text != "" {
		b.xml.WriteString(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>` + fmt.Sprintf(`<w:color w:val="%02X%02X%02X"/>`, c.Mark.R, c.Mark.G, c.Mark.B) + `</w:rPr><w:t>■</w:t></w:r>`)
	}
	if header {
		b.headerRun(run, text)
	} else {
		b.runs(run, text)
	}
	b.xml.WriteString(`</w:p></w:tc>`)
}

// headerRun is a run in the font of headings.
func (b *body) headerRun(props, text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.xml.WriteString(`<w:r><w:br/></w:r>`)
		}
		b.xml.WriteString(`<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + escape(line) + `</w:t></w:r>`)
	}
}

// pixelsPerMM makes pictures sharp in print: some 250 to the inch.
const pixelsPerMM = 10

func (b *body) picture(p document.Picture) error {
	if p.Drawing.W <= 0 || p.Drawing.H <= 0 {
		return nil
	}
	room := float64(b.textWidth()) / 1440 * 25.4
	w := p.Width
	if w <= 0 || w > room {
		w = room
	}
	h := w * p.Drawing.H / p.Drawing.W
	const tallest = 205 // mm, with its caption on a page
	if limit := map[bool]float64{false: tallest, true: 130}[b.landscape]; h > limit {
		w, h = w*limit/h, limit
	}
	png, err := b.paint(p.Drawing, w*pixelsPerMM/p.Drawing.W)
	if err != nil {
		return err
	}
	b.pictures = append(b.pictures, png)
	const emu = 36000 // to a millimetre
	n := len(b.pictures)
	cx, cy := int(w*emu), int(h*emu)
	fmt.Fprintf(&b.xml, `<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`+
		`<wp:docPr id="%d" name="图%d" descr="%s"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%d" name="图%d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdP%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		cx, cy, n, n, escape(p.Alt), n, n, n, cx, cy)
	return nil
}

func pictureName(i int) string { return fmt.Sprintf("word/media/image%d.png", i+1) }

// rels connects the document with its other parts.
func (b *body) rels() string {
	var x strings.Builder
	x.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	add := func(id, kind, target string) {
		fmt.Fprintf(&x, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relBase, kind, target)
	}
	add("rId1", "styles", "styles.xml")
	add("rId2", "settings", "settings.xml")
	add("rId3", "fontTable", "fontTable.xml")
	add("rId4", "footer", "footer1.xml")
	add("rId5", "footer", "footer2.xml")
	for i := range b.pictures {
		add(fmt.Sprintf("rIdP%d", i+1), "image", strings.TrimPrefix(pictureName(i), "word/"))
	}
	return x.String() + `</Relationships>`
}
