package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app/report/document"
	"lianshao/app/report/draw"
	"lianshao/app/report/table"
	"lianshao/storage/docx"
)

var made = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// sample holds one of everything.
func sample() *document.Document {
	d := &document.Document{Title: "试点工作总结报告"}
	d.Add(document.Heading{Text: "云海师范大学廉政风险预警防范试点工作总结报告"},
		document.Heading{Level: 1, Text: "一、基本情况"}, document.Heading{Level: 2, Text: "（一）组织领导"}, document.Heading{Level: 3, Text: "1.领导小组"},
		document.Paragraph{Text: "“试点”从5月开始——" + document.Missing("常委会批准日期") + "，R＜3 & <b>不是标记</b>\x01。"},
		document.Caption{Text: "表1　风险点"})
	m := &table.TableModel{Columns: []table.Column{{Title: "部门", Width: 30, Align: draw.Center}, {Title: "指数", Group: "首次"}, {Title: "等级", Group: "首次"}, {Title: "措施", Weight: 3}},
		Rows: []table.Row{table.Texts("基建处", "86.93", "红", "一\n二"), table.Texts("基建处", "61.20", "橙", "三"), {Heading: "合计"}}}
	m.Rows[0].Cells[2].Mark = draw.Color{R: 200, A: 255}
	table.MergeEqual(m.Rows, 0)
	d.Add(document.FromTable(m), document.Picture{Drawing: draw.Drawing{W: 200, H: 100}, Alt: "等级分布"}, document.Caption{Text: "图1", Below: true},
		document.Section{Landscape: true}, document.FromTable(m), document.FromTable(m), document.Section{},
		document.Paragraph{Text: "云海师范大学", Align: draw.Right, In: 4, Space: true}, document.Paragraph{Text: "2026年11月20日", Align: draw.Right, In: 4})
	return d
}

func paint(d draw.Drawing, scale float64) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, int(d.W*scale), int(d.H*scale))))
	return b.Bytes(), err
}

func encode(t *testing.T, d *document.Document) map[string][]byte {
	t.Helper()
	data, err := docx.Writer{Paint: paint}.Encode(d, made)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := docx.Writer{Paint: paint}.Encode(d, made)
	if !bytes.Equal(data, again) {
		t.Error("equal documents, other bytes")
	}
	if keep := os.Getenv("KEEP_DOCX"); keep != "" {
		_ = os.WriteFile(keep, data, 0o644)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

// order is what the schema of WordprocessingML demands of the children of an
// element; Word refuses files that do not keep to it.
var order = map[string][]string{
	"pPr":    {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"},
	"rPr":    {"rFonts", "b", "color", "spacing", "kern", "sz", "szCs", "highlight", "lang"},
	"tblPr":  {"tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"},
	"tcPr":   {"tcW", "gridSpan", "vMerge", "vAlign"},
	"sectPr": {"footerReference", "footerReference", "pgSz", "pgMar", "cols", "docGrid"},
	"style":  {"name", "basedOn", "qFormat", "pPr", "rPr"},
	"tbl":    {"tblPr", "tblGrid", "tr"},
	"tr":     {"trPr", "tc"},
	"tc":     {"tcPr", "p"},
	"p":      {"pPr", "r"},
}

func TestEveryPartIsWellFormedAndInOrder(t *testing.T) {
	parts := encode(t, sample())
	for name, data := range parts {
		if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
			continue
		}
		type open struct {
			name string
			at   int
		}
		var stack []open
		for dec := xml.NewDecoder(bytes.NewReader(data)); ; {
			tok, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch v := tok.(type) {
			case xml.StartElement:
				if n := len(stack); n > 0 && order[stack[n-1].name] != nil && strings.HasPrefix(name, "word/") {
					up := &stack[n-1]
					i := slices.Index(order[up.name], v.Name.Local)
					if i < up.at {
						t.Errorf("%s: <%s> in <%s> is unknown or out of order", name, v.Name.Local, up.name)
					}
					up.at = max(i, up.at)
				}
				stack = append(stack, open{name: v.Name.Local})
			case xml.EndElement:
				stack = stack[:len(stack)-1]
			}
		}
	}
}

// Every relationship leads to a part, and every part has a content type.
func TestPartsAreConnected(t *testing.T) {
	parts := encode(t, sample())
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal(parts["word/_rels/document.xml.rels"], &rels); err != nil {
		t.Fatal(err)
	}
	text := string(parts["word/document.xml"])
	for _, r := range rels.Relationship {
		if _, ok := parts["word/"+r.Target]; !ok {
			t.Errorf("%s leads nowhere", r.Target)
		}
	}
	for _, id := range []string{`r:id="rId4"`, `r:id="rId5"`, `r:embed="rIdP1"`} {
		if !strings.Contains(text, id) {
			t.Errorf("%s is not used", id)
		}
	}
	for name := range parts {
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !strings.Contains(string(parts["[Content_Types].xml"]), "/"+name) {
			t.Errorf("%s has no content type", name)
		}
	}
}

// The page is that of GB/T 9704: A4 with margins 37, 35, 28 and 26 mm, 22 lines on
// the grid, tables off it, the fonts by name.
func TestOfficialLayout(t *testing.T) {
	parts := encode(t, sample())
	doc, st := string(parts["word/document.xml"]), string(parts["word/styles.xml"])
	for _, want := range []string{`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"`,
		`<w:docGrid w:type="lines" w:linePitch="579"/>`, `w:orient="landscape"`, `<w:tblHeader/>`, `<w:vMerge w:val="restart"/>`, `<w:gridSpan w:val="2"/>`,
		`<w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">【待补充：常委会批准日期】`, `R＜3 &amp; &lt;b&gt;不是标记`} {
		if !strings.Contains(doc, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, want := range []string{"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", `<w:sz w:val="32"/>`, `<w:snapToGrid w:val="0"/>`} {
		if !strings.Contains(st, want) {
			t.Errorf("the styles lack %s", want)
		}
	}
	foot := string(parts["word/footer1.xml"])
	if !strings.Contains(foot, "— ") || !strings.Contains(foot, " PAGE ") {
		t.Error("no page number")
	}
	if core := string(parts["docProps/core.xml"]); strings.Contains(core, "creator") || !strings.Contains(core, "2026-11-20T09:00:00Z") {
		t.Errorf("properties: %s", core)
	}
}

func TestMissingFacts(t *testing.T) {
	d := sample()
	d.Add(document.Paragraph{Text: "再说一次" + document.Missing("常委会批准日期") + "和" + document.Missing("文号")})
	if got := d.MissingFacts(); !slices.Equal(got, []string{"常委会批准日期", "文号"}) {
		t.Errorf("%q", got)
	}
}

func TestWriteFile(t *testing.T) {
	path := t.TempDir() + "/报告.docx"
	if err := (docx.Writer{Paint: paint}).WriteFile(path, sample(), made); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Size() < 3000 {
		t.Errorf("%v %v", st, err)
	}
}
