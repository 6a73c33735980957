package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/storage/xls/oletest"
)

// bad is a file that is not as it should be and what must become of it.
type bad struct {
	name, file string
	data       func(t testing.TB) []byte
	refused    string   // part of the sentence; "" = it is read
	notes      []string // parts of the remarks when it is read, in order
	a1         string   // the first cell of the first sheet when it is read
}

// fixed is data that is there already.
func fixed(s string) func(testing.TB) []byte { return func(testing.TB) []byte { return []byte(s) } }

// book is a workbook with one part changed.
func book(name, text string) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return zipOf(t, with(name, text)) }
}

// rows is a workbook whose sheet has these rows.
func rows(xml string) func(testing.TB) []byte { return book(sheet1, sheetXML(xml)) }

// a1 is a workbook whose first cell is that element.
func a1(xml string) func(testing.TB) []byte { return rows(`<row r="1">` + xml + `</row>`) }

func lacking(name string) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return zipOf(t, without(name)) }
}

// files are the parts of a zip that is no workbook.
func files(parts map[string]string) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return zipOf(t, parts) }
}

// oleOf is an OLE container with a stream.
func oleOf(stream string) func(testing.TB) []byte {
	return func(testing.TB) []byte { return oletest.File(oletest.Stream{Name: stream, Content: []byte("x")}) }
}

// changed edits the bytes of a whole workbook.
func changed(edit func([]byte) []byte) func(testing.TB) []byte {
	return func(t testing.TB) []byte { return edit(stored(t, minimal())) }
}

// stored is a zip without compression.
func stored(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(f, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// claiming adds a part that says it is of a size which it is not.
func claiming(part string, size uint64) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for name, text := range without(part) {
			f, err := w.Create(name)
			if err == nil {
				_, err = io.WriteString(f, text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		text := []byte(minimal()[part])
		f, err := w.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Store, CRC32: crc32.ChecksumIEEE(text), CompressedSize64: uint64(len(text)), UncompressedSize64: size})
		if err == nil {
			_, err = f.Write(text)
		}
		if err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
}

// manyParts is a zip of n parts, the same name or different ones.
func manyParts(n int, name func(i int) string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		var buf bytes.Buffer
		w := zip.NewWriter(&buf)
		for i := range n {
			if _, err := w.CreateHeader(&zip.FileHeader{Name: name(i), Method: zip.Store}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
}

// wideRows have one cell each at the far right.
func wideRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
	}
	return b.String()
}

// styled adds a table of styles to a workbook.
func styled(styles, cellsXML string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		p := with(sheet1, sheetXML(`<row r="1">`+cellsXML+`</row>`))
		p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], ` date1904="1"`, "", 1)
		p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Relationships>", `<Relationship Id="r3" Type="http://x/styles" Target="styles.xml"/></Relationships>`, 1)
		p["xl/styles.xml"] = styles
		return zipOf(t, p)
	}
}

// calculating is a workbook that says how its formulas are calculated.
func calculating(calcPr, cellsXML string) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		p := with(sheet1, sheetXML(`<row r="1">`+cellsXML+`</row>`))
		p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</workbook>", calcPr+"</workbook>", 1)
		return zipOf(t, p)
	}
}

const dateStyles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="9"/></cellXfs></styleSheet>`

func encoded(t testing.TB, text string, utf16 bool) []byte {
	t.Helper()
	e := simplifiedchinese.GB18030.NewEncoder()
	if utf16 {
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	}
	b, err := e.Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// badFiles are the kinds of files that offices send and that attackers make.
func badFiles() []bad {
	const x = "表.xlsx"
	strs := "xl/sharedStrings.xml"
	rels := func(target string) string {
		return `<R><Relationship Id="r1" Type="/worksheet" Target="` + target + `"/></R>`
	}
	main := func(target string) string {
		return `<R><Relationship Id="1" Type="/officeDocument" Target="` + target + `"/></R>`
	}
	laughs := `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	return []bad{
		// Too big, or pretending to be.
		{"sheet claims 1 GB", x, claiming(sheet1, 1<<30), "展开后超过", nil, ""},
		{"strings claim 1 GB", x, claiming(strs, 1<<30), "展开后超过", nil, ""},
		{"media bomb", x, book("xl/media/a.bin", strings.Repeat("\x00", 64<<20)), "压缩比", nil, ""},
		{"claims 15 GB", x, claiming(sheet1, 15<<30), "展开后超过", nil, ""},
		{"zip64 2^63", x, claiming(sheet1, 1<<63), "展开后超过", nil, ""},
		{"claims a byte less", x, claiming(sheet1, uint64(len(minimal()[sheet1])-1)), "损坏", nil, ""},
		{"claims a byte more", x, claiming(sheet1, uint64(len(minimal()[sheet1])+1)), "损坏", nil, ""},
		{"too many cells", x, rows(wideRows(2000)), "单元格超过", nil, ""},
		{"100k parts", x, manyParts(100_000, func(i int) string { return fmt.Sprint(i) }), "部件太多", nil, ""},
		{"duplicate parts", x, manyParts(2, func(i int) string { return []string{"xl/workbook.xml", `XL\workbook.xml`}[i] }), "重复", nil, ""},

		// XML that is not to be trusted.
		{"billion laughs in strings", x, book(strs, laughs+"<sst><si><t>&b;</t></si></sst>"), "DTD", nil, ""},
		{"billion laughs in a sheet", x, book(sheet1, laughs+"<worksheet/>"), "DTD", nil, ""},
		{"XXE", x, book(sheet1, `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet/>`), "DTD", nil, ""},
		{"a million nested", x, rows(strings.Repeat("<a>", 1_000_000) + strings.Repeat("</a>", 1_000_000)), "嵌套", nil, ""},
		{"control characters", x, a1("<c r=\"A1\" t=\"str\"><v>a\x01</v></c>"), "损坏", nil, ""},
		{"not UTF-8", x, a1("<c r=\"A1\" t=\"str\"><v>\xff</v></c>"), "损坏", nil, ""},
		{"UTF-16 inside", x, func(t testing.TB) []byte {
			return zipOf(t, with(sheet1, string(encoded(t, sheetXML(""), true))))
		}, "UTF-16", nil, ""},
		{"open tag", x, rows(`<row r="1"><c r="A1"><v>1</v></c>`), "损坏", nil, ""},
		{"crossed tags", x, a1(`<c r="A1"><v>1</c></v>`), "损坏", nil, ""},
		{"ends early", x, book(sheet1, `<worksheet><sheetData>`), "损坏", nil, ""},
		{"two roots", x, book(sheet1, `<worksheet/><worksheet/>`), "损坏", nil, ""},
		{"unknown entity", x, a1(`<c r="A1" t="str"><v>&nbsp;</v></c>`), "损坏", nil, ""},
		{"bad styles", x, styled(`<styleSheet><cellXfs>`, ""), "损坏", nil, ""},
		{"style without a number", x, styled(`<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>`, ""), "损坏", nil, ""},

		// Addresses that cannot be.
		{"row 0", x, rows(`<row r="0"/>`), "行号", nil, ""},
		{"row -1", x, rows(`<row r="-1"/>`), "行号", nil, ""},
		{"row 2^31", x, rows(`<row r="2147483648"/>`), "行号", nil, ""},
		{"row twice", x, rows(strings.Repeat(`<row r="2"><c r="A2"><v>1</v></c></row>`, 2)), "两次", nil, ""},
		{"cell twice", x, a1(strings.Repeat(`<c r="A1"><v>1</v></c>`, 2)), "A1 出现了两次", nil, ""},
		{"column XFE", x, a1(`<c r="XFE1"><v>1</v></c>`), "地址", nil, ""},
		{"column ZZZZZZ", x, a1(`<c r="ZZZZZZ1"><v>1</v></c>`), "地址", nil, ""},
		{"cell A0", x, a1(`<c r="A0"><v>1</v></c>`), "地址", nil, ""},
		{"cell of another row", x, a1(`<c r="A2"><v>1</v></c>`), "地址", nil, ""},
		{"string -1", x, a1(`<c r="A1" t="s"><v>-1</v></c>`), "不存在的文字", nil, ""},
		{"string 2", x, a1(`<c r="A1" t="s"><v>2</v></c>`), "不存在的文字", nil, ""},
		{"string 2^70", x, a1(`<c r="A1" t="s"><v>1180591620717411303424</v></c>`), "不存在的文字", nil, ""},

		// Parts that are not there.
		{"no workbook", x, lacking("xl/workbook.xml"), "缺少", nil, ""},
		{"no sheet", x, lacking(sheet1), "缺少", nil, ""},
		{"no strings", x, lacking(strs), "缺少", nil, ""},
		{"no relations", x, lacking("xl/_rels/workbook.xml.rels"), "缺少", nil, ""},
		{"no content types", x, lacking("[Content_Types].xml"), "不是 Excel 工作簿", nil, ""},
		{"no sheets listed", x, book("xl/workbook.xml", "<workbook/>"), "没有工作表", nil, ""},
		{"target outside", x, book("xl/_rels/workbook.xml.rels", rels("../../etc/passwd")), "缺少", nil, ""},
		{"target elsewhere", x, book("xl/_rels/workbook.xml.rels", rels("worksheets/none.xml")), "缺少", nil, ""},

		// Damage.
		{"a digit with the wrong checksum", x, changed(func(b []byte) []byte { return bytes.Replace(b, []byte(`<v>1</v>`), []byte(`<v>0</v>`), 1) }), "损坏", nil, ""},
		{"a bit flipped in packed data", x, func(t testing.TB) []byte {
			b := zipOf(t, with(sheet1, sheetXML(strings.Repeat(`<row><c t="str"><v>风险</v></c></row>`, 100))))
			at := bytes.Index(b, []byte(sheet1)) + len(sheet1) + 20
			b[at] ^= 4
			return b
		}, "损坏", nil, ""},
		{"cut in half", x, changed(func(b []byte) []byte { return b[:len(b)/2] }), "不完整", nil, ""},
		{"last byte gone", x, changed(func(b []byte) []byte { return b[:len(b)-1] }), "不完整", nil, ""},
		{"no byte", x, fixed(""), "0 字节", nil, ""},
		{"one byte", x, fixed("P"), "不是 Excel", nil, ""},
		{"seven bytes", x, fixed("PK\x03\x04abc"), "不完整", nil, ""},
		{"zeros only", x, fixed(strings.Repeat("\x00", 5000)), "全是 0", nil, ""},
		{"container cut", "表.xls", fixed("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut"), "损坏", nil, ""},
		{"zip locked", x, changed(func(b []byte) []byte {
			at := bytes.Index(b, []byte("PK\x01\x02"))
			binary.LittleEndian.PutUint16(b[at+8:], 1)
			return b
		}), "压缩密码", nil, ""},

		// Other kinds of files.
		{"HTML as .xls", "表.xls", fixed("\xef\xbb\xbf <html><table></table></html>"), "网页", nil, ""},
		{"HTML as .xlsx", x, fixed("<!DOCTYPE html>\n<table><tr><td>1"), "网页", nil, ""},
		{"HTML in UTF-16", "表.xls", func(t testing.TB) []byte { return encoded(t, "<html><table>", true) }, "网页", nil, ""},
		{"MHT", "表.xls", fixed("MIME-Version: 1.0\r\nContent-Type: multipart/related"), "网页", nil, ""},
		{"XML of Excel 2003", "表.xls", fixed(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>`), "Excel 2003", nil, ""},
		{"XML of Excel 2003 with a prefix", "表.xml", fixed(`<?xml version="1.0"?><!-- x --><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Table>`), "Excel 2003", nil, ""},
		{"HTML that Excel wrote", "表.xls", fixed(`<html xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40"><head>`), "网页", nil, ""},
		{"flat .ods", "表.fods", fixed(`<?xml version="1.0"?><office:document xmlns:table="x"><table:table>`), ".ods", nil, ""},
		{"other XML", "表.xml", fixed(`<?xml version="1.0"?><project><table/></project>`), "XML 文本", nil, ""},
		{"Excel 4", "表.xls", fixed("\x09\x04\x06\x00\x00\x04\x10\x00"), "更早", nil, ""},
		{"Excel 95", "表.xls", oleOf("Book"), "95", nil, ""},
		{".et", "表.et", oleOf("Workbook"), ".et", nil, ""},
		{".doc", "表.xls", oleOf("WordDocument"), "Word", nil, ""},
		{".ppt", "表.ppt", oleOf("PowerPoint Document"), "PPT", nil, ""},
		{".msg", "信.msg", oleOf("__properties_version1.0"), "邮件", nil, ""},
		{"other container", "表.xls", oleOf("x"), "不是 Excel", nil, ""},
		{".xlsb", x, book("_rels/.rels", main("xl/workbook.bin")), ".xlsb", nil, ""},
		{".docx", x, book("_rels/.rels", main("word/document.xml")), "Word", nil, ""},
		{".pptx", x, book("_rels/.rels", main("ppt/presentation.xml")), "PPT", nil, ""},
		{".ods", x, files(map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}), ".ods", nil, ""},
		{".odt", x, files(map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}), "文字文档", nil, ""},
		{".ofd", "表.ofd", files(map[string]string{"OFD.xml": "x"}), "OFD", nil, ""},
		{".numbers", "表.numbers", files(map[string]string{"Index/Document.iwa": "x"}), "Numbers", nil, ""},
		{".zip", "各部门.zip", files(map[string]string{"基建处.xlsx": "x"}), "解压", nil, ""},
		{".rar", "表.rar", fixed("Rar!\x1a\x07\x00"), "解压", nil, ""},
		{".7z", "表.7z", fixed("7z\xbc\xaf\x27\x1c\x00\x04"), "解压", nil, ""},
		{".pdf", "表.pdf", fixed("%PDF-1.7"), "PDF", nil, ""},
		{".png", "扫描件.png", fixed("\x89PNG\r\n\x1a\n"), "图片", nil, ""},
		{".jpg named .xlsx", x, fixed("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "图片", nil, ""},
		{".rtf", "表.rtf", fixed(`{\rtf1\ansi`), "Word", nil, ""},
		{".exe", "表.exe", fixed("MZ\x90\x00\x03\x00"), "程序", nil, ""},
		{".lnk", "表.xlsx.lnk", fixed("L\x00\x00\x00\x01\x14\x02\x00\x00"), "快捷方式", nil, ""},
		{"Excel's mark of an open file", "~$表.xlsx", fixed("\x05admin" + strings.Repeat(" ", 159)), "临时文件", nil, ""},
		{"what a Mac leaves beside a file", "._表.xlsx", fixed("\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "), "附属文件", nil, ""},
		{"pilot", "试点.lianshao", fixed("anything"), "试点文件", nil, ""},
		{"text as .xlsx", x, fixed("编号,名称"), "不是 Excel", nil, ""},
		{"CSV with an open quote", "表.csv", fixed("a,b\n1,\"x\n2,3\n"), "引号", nil, ""},
		{"CSV of bytes", "表.csv", fixed("a,\x00\x01"), "文本", nil, ""},
		{"CSV in no encoding", "表.csv", fixed("a\xff\xff\x80"), "编码", nil, ""},
		{"CSV too wide", "表.csv", fixed("x" + strings.Repeat(",", 20_000)), "列", nil, ""},

		// Read, with what is to be known.
		{"last cell", x, rows(`<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`), "", []string{"离表格很远"}, "7"},
		{"50,000 merged areas", x, book(sheet1, `<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 50_000)+`</mergeCells></worksheet>`), "", []string{"合并单元格超过"}, "7"},
		{"columns out of order", x, a1(`<c r="B1"><v>8</v></c><c r="A1"><v>7</v></c>`), "", []string{"次序"}, "7"},
		{"style -1", x, styled(dateStyles, `<c r="A1" s="-1"><v>7</v></c>`), "", []string{"没有的格式"}, "7"},
		{"style 10^9", x, styled(dateStyles, `<c r="A1" s="1000000000"><v>7</v></c>`), "", []string{"没有的格式"}, "7"},
		{"formula without a result", x, a1(`<c r="A1"><f>B1</f></c>`), "", []string{"公式没有保存计算结果"}, ""},
		{"formula of itself", x, a1(`<c r="A1"><f>A1</f><v></v></c>`), "", []string{"公式没有保存计算结果"}, ""},
		{"formula that a library left at 0", x, a1(`<c r="A1"><f>B1*2</f><v>0.0</v></c>`), "", []string{"公式没有保存计算结果"}, ""},
		{"formula left at 0 in a file to be calculated", x, calculating(`<calcPr calcId="124519" fullCalcOnLoad="1"/>`, `<c r="A1"><f>B1*2</f><v>0</v></c>`), "", []string{"公式没有保存计算结果"}, ""},
		{"formula of a file to be calculated", x, calculating(`<calcPr fullCalcOnLoad="1"/>`, `<c r="A1"><f>B1*2</f><v>8</v></c><c r="B1"><f>4</f><v>4</v></c>`), "", []string{"可能还是旧的"}, "8"},
		{"formula whose result is 0", x, calculating(`<calcPr iterate="1"/>`, `<c r="A1"><f>B1*2</f><v>0</v></c>`), "", nil, "0"},
		{"formula whose result is no text", x, a1(`<c r="A1" t="str"><f>""</f><v></v></c>`), "", nil, ""},
		{"error value", x, a1(`<c r="A1" t="e"><f>B1</f><v>#REF!</v></c>`), "", []string{"#REF!"}, ""},
		{"external link", x, book("xl/externalLinks/externalLink1.xml", "<x/>"), "", []string{"别的文件"}, ""},
		{"macros", "表.xlsm", book("xl/vbaProject.bin", "x"), "", []string{"宏"}, ""},
		{"picture of WPS", x, a1(`<c r="A1" t="str"><f>_xlfn.DISPIMG("x",1)</f><v>=DISPIMG("x",1)</v></c>`), "", []string{"图片"}, ""},
		{"text longer than a cell", x, a1(`<c r="A1" t="str"><v>` + strings.Repeat("险", 32_768) + `</v></c>`), "", []string{"32768 个字"}, ""},
		{"text as long as a cell", x, a1(`<c r="A1" t="str"><v>` + strings.Repeat("险", 32_767) + `</v></c>`), "", nil, strings.Repeat("险", 32_767)},
		{"CSV text longer than a cell", "表.csv", fixed("甲," + strings.Repeat("x", 40_000)), "", []string{"40000 个字"}, "甲"},
		{"identity number as a number", x, a1(`<c r="A1"><v>110101199003071233</v></c>`), "", []string{"15 位"}, ""},
		{"identity number as a float", x, a1(`<c r="A1"><v>1.10101199003071E+17</v></c>`), "", []string{"15 位"}, ""},
		{"NaN", x, a1(`<c r="A1"><v>NaN</v></c>`), "", []string{"不是有效的数字"}, ""},
		{"1e400", x, a1(`<c r="A1"><v>1e400</v></c>`), "", []string{"不是有效的数字"}, ""},
		{"29 February 1900", x, styled(dateStyles, `<c r="A1" s="1"><v>60</v></c>`), "", []string{"不是有效的日期"}, "60"},
		{"negative date", x, styled(dateStyles, `<c r="A1" s="1"><v>-5</v></c>`), "", []string{"不是有效的日期"}, "-5"},
		{"two sheets of one name", x, func(t testing.TB) []byte {
			p := minimal()
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "</sheets>", `<sheet name="甲&amp;乙" r:id="r1"/></sheets>`, 1)
			return zipOf(t, p)
		}, "", []string{"同名"}, ""},

		// Read exactly.
		{"a million blank rows", x, rows(`<row r="1"><c r="A1"><v>7</v></c></row>` + strings.Repeat("<row/>", 1_000_000)), "", nil, "7"},
		{"whole sheet merged", x, book(sheet1, `<worksheet><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>`), "", nil, "7"},
		{"hidden row", x, rows(`<row r="1" hidden="1"><c r="A1"><v>7</v></c></row>`), "", nil, "7"},
		{"date", x, styled(dateStyles, `<c r="A1" s="1"><v>46285</v></c>`), "", nil, "2026-09-20"},
		{"Chinese date", x, styled(dateStyles, `<c r="A1" s="3"><v>46285</v></c>`), "", nil, "2026-09-20"},
		{"percentage", x, styled(dateStyles, `<c r="A1" s="4"><v>0.95</v></c>`), "", nil, "95%"},
		{"month by its own format", x, styled(dateStyles, `<c r="A1" s="2"><v>46266</v></c>`), "", nil, "2026年9月"},
		{"day number in a plain cell", x, styled(dateStyles, `<c r="A1" s="0"><v>46285</v></c>`), "", nil, "46285"},
		{"ISO date", x, a1(`<c r="A1" t="d"><v>2026-09-20T00:00:00Z</v></c>`), "", nil, "2026-09-20"},
		{"ISO date with thousandths", x, a1(`<c r="A1" t="d"><v>2026-09-20T00:00:00.000Z</v></c>`), "", nil, "2026-09-20"},
		{"ISO date and time", x, a1(`<c r="A1" t="d"><v>2026-09-20T08:30:00</v></c>`), "", nil, "2026-09-20 08:30"},
		{"ISO date of a library in universal time", x, a1(`<c r="A1" t="d"><v>2026-09-19T16:00:00.000Z</v></c>`), "", []string{"世界时"}, "2026-09-19 16:00"},
		{"ISO time", x, a1(`<c r="A1" t="d"><v>T08:30:00</v></c>`), "", nil, "08:30"},
		{"CSV of an old Mac", "表.csv", fixed("编号,名称\r1,甲\r"), "", nil, "编号"},
		{"CSV with digits kept as text", "表.csv", fixed(`"=""110101199003071233""",2`), "", nil, "110101199003071233"},
		{"CSV with a shortened number", "表.csv", fixed("1.10101E+17,2\n"), "", []string{"缩写的长数字"}, "1.10101E+17"},
		{"CSV with an error value", "表.csv", fixed("#N/A,2\n"), "", []string{"错误值"}, "#N/A"},
		{"CSV of a narrow column", "表.csv", fixed("####,2\n"), "", []string{"太窄"}, "####"},
		{"number as text", x, a1(`<c r="A1" t="str"><v>007</v></c>`), "", nil, "007"},
		{"full-width digits", x, a1(`<c r="A1" t="str"><v>１２</v></c>`), "", nil, "１２"},
		{"inline rich text", x, a1(`<c r="A1" t="inlineStr"><is><r><t>富</t></r><r><t>文</t></r></is></c>`), "", nil, "富文"},
		{"noise of binary digits", x, a1(`<c r="A1"><v>8.3000000000000007</v></c>`), "", nil, "8.3"},
		{"strict OOXML", x, book("xl/_rels/workbook.xml.rels", strings.ReplaceAll(minimal()["xl/_rels/workbook.xml.rels"], "http://x/", "http://purl.oclc.org/ooxml/officeDocument/relationships/")), "", nil, ""},
		{"CSV of a Chinese Windows", "表.csv", func(t testing.TB) []byte { return encoded(t, "风险点,说明\n", false) }, "", nil, "风险点"},
	}
}

// TestBadFiles: every kind of file is refused with its sentence, or read exactly
// with the remarks that are due.
func TestBadFiles(t *testing.T) {
	for _, c := range badFiles() {
		t.Run(c.name, func(t *testing.T) {
			b, err := readBytes(t, c.file, c.data(t))
			if c.refused != "" {
				if err == nil {
					t.Fatalf("read as %+v", b.Sheets[0])
				}
				if s := app.Sentence(err); app.CodeOf(err) != app.CodeInvalid || !strings.Contains(s, c.refused) || !strings.Contains(s, c.file) {
					t.Errorf("%s %q does not say %q", app.CodeOf(err), s, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			c.check(t, b)
		})
	}
}

func (c *bad) check(t *testing.T, b *intake.Book) {
	var said []intake.CellNote
	for _, s := range b.Sheets {
		said = append(said, s.Warnings...)
	}
	if len(said) != len(c.notes) {
		t.Fatalf("remarks %+v, want %q", said, c.notes)
	}
	for i, n := range said {
		if !strings.Contains(n.Message, c.notes[i]) {
			t.Errorf("remark %q does not say %q", n.Message, c.notes[i])
		}
	}
	got := ""
	if s := b.Sheets[0]; len(s.Rows) > 0 && s.Rows[0].No == 1 {
		got = s.Rows[0].Cells[0]
	}
	if got != c.a1 {
		t.Errorf("A1 is %q, want %q", got, c.a1)
	}
}
