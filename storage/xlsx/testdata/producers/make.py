#!/usr/bin/python3
"""Makes the small workbooks of this folder with openpyxl, XlsxWriter and xlwt, and
one by hand with the habits of Excel and WPS. make.sh calls it and the other programs."""
import datetime, zipfile
import openpyxl, xlsxwriter, xlwt

DAY = datetime.datetime(2026, 9, 20)
# row 1 is merged over five columns; row 4 is hidden
TABLE = [["岗位廉政风险点自查表"], ["编号", "风险点", "可能性", "完成时限", "进度", "证件号", "属实", "合计", "备注"],
         [7, "验收走过场", 3, DAY, 0.95, "110101199003071233", True, "=C3*2", "两行\n文字"],
         [8, "围标串标", 2.5, DAY, 0.1523, 123456789012345, False, "=C4*0", " 前后空格 "]]
FORMATS = {1: '"FX-"000', 4: 'yyyy"年"m"月"d"日"', 5: "0.0%"}

def by_openpyxl():
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "自查表"
    for row in TABLE:
        ws.append(row)
    for r in (3, 4):
        for c, f in FORMATS.items():
            ws.cell(r, c).number_format = f
    ws.merge_cells("A1:E1")
    ws.row_dimensions[4].hidden = True
    wb.save("openpyxl.xlsx")

def by_xlsxwriter():
    wb = xlsxwriter.Workbook("xlsxwriter-1904.xlsx", {"date_1904": True})
    ws = wb.add_worksheet("自查表")
    formats = {c: wb.add_format({"num_format": f}) for c, f in FORMATS.items()}
    for r, row in enumerate(TABLE):
        for c, v in enumerate(row):
            ws.write_string(r, c, v) if isinstance(v, str) and v[0] != "=" else ws.write(r, c, v, formats.get(c + 1) if r > 1 else None)
    ws.merge_range("A1:E1", TABLE[0][0])
    ws.write_rich_string("B3", "验收", wb.add_format({"bold": True}), "走过场")
    ws.set_row(3, None, None, {"hidden": True})
    wb.close()

def by_xlwt():
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("自查表")
    for r, row in enumerate(TABLE[1:], 1):
        for c, v in enumerate(row):
            style = xlwt.easyxf(num_format_str=FORMATS[c + 1]) if r > 1 and c + 1 in FORMATS else xlwt.Style.default_style
            ws.write(r, c, xlwt.Formula(v[1:]) if str(v).startswith("=") else v, style)
    ws.write_merge(0, 0, 0, 4, TABLE[0][0])
    ws.row(3).hidden = True
    wb.save("xlwt.xls")

NS = ('xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
      'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"')
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"

def relations(kinds, base):
    return "<Relationships>" + "".join(f'<Relationship Id="rId{i}" Type="{k if ":" in k else base + k}" Target="{t}"/>' for i, (k, t) in enumerate(kinds, 1)) + "</Relationships>"

def package(name, parts, sheets, base=REL):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        def put(part, text):
            z.writestr(zipfile.ZipInfo(part, (2026, 9, 20, 8, 0, 0)), '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + text, zipfile.ZIP_DEFLATED)
        put("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        put("_rels/.rels", relations([("officeDocument", "/xl/workbook.xml")], base))
        put("xl/_rels/workbook.xml.rels", relations(sheets, base))
        for part, text in parts.items():
            put(part, text)

def by_hand():
    package("habits.xlsm", {
        "xl/workbook.xml": f'<workbook {NS}><fileVersion appName="xl"/><workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\x\\" xmlns:x15ac="u"/></mc:Choice></mc:AlternateContent>'
            '<xr:revisionPtr documentId="8_{0}"/><sheets><sheet name="自查表" sheetId="1" r:id="rId1"/><sheet name="宏1" sheetId="2" r:id="rId4"/><sheet name="藏起来的" sheetId="3" state="veryHidden" r:id="rId5"/></sheets><calcPr calcId="191029"/></workbook>',
        "xl/sharedStrings.xml": f'<sst {NS}><si><r><rPr><b/></rPr><t xml:space="preserve">编</t></r><r><t>号</t></r><rPh sb="0" eb="2"><t>ヘンゴウ</t></rPh><phoneticPr fontId="1"/></si><si><t>风险点</t><phoneticPr fontId="1"/></si><si><t>验收_x000D_\n走过场&#10;第三行</t></si><si><t xml:space="preserve">  </t></si></sst>',
        "xl/styles.xml": f'<styleSheet {NS}><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/><numFmt numFmtId="177" formatCode="&quot;FX-&quot;000"/><numFmt numFmtId="178" formatCode="[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="57"/><xf numFmtId="58"/></cellXfs><dxfs><dxf><numFmt numFmtId="176" formatCode="0"/></dxf></dxfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet {NS} xr:uid="{{0}}"><sheetPr filterMode="1"/><dimension ref="A1:H6"/><sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/><cols><col min="1" max="16384" width="9" style="1"/></cols><sheetData>'
            '<row r="1" spans="1:5" x14ac:dyDescent="0.2"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"/><c r="D1" t="s"><v>3</v></c></row>'
            '<row r="2" s="1" customFormat="1"><c r="A2" s="2"><v>7</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" s="1"><v>46285</v></c><c r="D2" s="3"><v>46285</v></c><c r="E2" s="4"><v>46285</v></c><c r="F2" s="5"><v>46285</v></c></row>'
            '<row><c t="inlineStr"><is><r><t>没有</t></r><r><rPr/><t>地址</t></r></is></c><c t="str"><f t="shared" ref="B3:B4" si="0">A3&amp;"x"</f><v>没有地址x</v></c><c><f t="shared" si="0"/><v>12</v></c><c><f t="array" ref="D3">SUM(1)</f><v>3</v></c><c><f t="dataTable" ref="E3:E4" r1="A1"/><v>5</v></c></row>'
            '<row r="4" hidden="1"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#N/A</v></c><c r="C4" t="d"><v>2026-09-20T08:30:00.000</v></c><c r="F4" cm="1" vm="2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>'
            '<row r="5"><c r="A5"><v>123456789012345</v></c><c r="B5"><v>1.23456789012345E+14</v></c><c r="C5"><v>1.1E-2</v></c><c r="D5"><v>110101199003071234</v></c></row></sheetData><sheetProtection password="CC1A" sheet="1"/>'
            '<mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice><mc:Fallback/></mc:AlternateContent><extLst><ext uri="{1}"><x14:sparklineGroups xmlns:x14="u"><xm:f xmlns:xm="v">A1</xm:f></x14:sparklineGroups></ext></extLst></worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet {NS}><sheetData><row><c t="inlineStr"><is><t>藏</t></is></c></row></sheetData></worksheet>',
        "xl/macrosheets/sheet1.xml": '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>', "xl/cellImages.xml": '<etc:cellImages xmlns:etc="u"/>', "customXml/item1.xml": '<woProps woUserID="1"/>',
        "xl/threadedComments/threadedComment1.xml": "<ThreadedComments/>", "xl/pivotCache/pivotCacheDefinition1.xml": "<pivotCacheDefinition/>", "xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    }, [("worksheet", "/xl/worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "/xl/sharedStrings.xml"), ("http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")])
    ns = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" conformance="strict"'
    package("strict.xlsx", {
        "xl/workbook.xml": f'<x:workbook {ns}><x:sheets><x:sheet name="严格" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
        "xl/sharedStrings.xml": f"<x:sst {ns}><x:si><x:t>严格的格式</x:t></x:si></x:sst>",
        "xl/worksheets/sheet1.xml": f'<x:worksheet {ns}><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1" t="d"><x:v>2026-09-20</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    }, [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")], STRICT)

for make in (by_openpyxl, by_xlsxwriter, by_xlwt, by_hand):
    make()
