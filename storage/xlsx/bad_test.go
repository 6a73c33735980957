package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"lianshao/app"
	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// parts of a minimal workbook.
func minimal() map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="x"/>`,
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="甲&amp;乙" sheetId="1" state="veryHidden" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>一</t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml":   sheetXML(`<row r="2"><c r="B2" t="s"><v>1</v></c></row>`),
	}
}

func sheetXML(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="x"><sheetData>` + rows + `</sheetData></worksheet>`
}

func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for name, text := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
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

func readBytes(t testing.TB, name string, data []byte) (*intake.Book, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return Reader{}.Read(context.Background(), path, nil)
}

func with(name, text string) map[string]string {
	p := minimal()
	p[name] = text
	return p
}

func without(name string) map[string]string {
	p := minimal()
	delete(p, name)
	return p
}

const sheet1 = "xl/worksheets/sheet1.xml"

func TestMissingAndFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := (Reader{}).Read(context.Background(), filepath.Join(dir, "无.xlsx"), nil); app.CodeOf(err) != app.CodeNotFound {
		t.Error(err)
	}
	if _, err := (Reader{}).Read(context.Background(), dir, nil); app.CodeOf(err) != app.CodeInvalid || !strings.Contains(err.Error(), "文件夹") {
		t.Error(err)
	}
}

func TestWhatASheetMayHold(t *testing.T) {
	rows := `<row r="3" hidden="1"><c r="B3" t="s"><v>1</v></c><c t="inlineStr"><is><t>&lt;内&#x5185;&gt;</t></is></c><c r="A3"><v>1.5E-2</v></c></row>` +
		`<row r="5"/><row><c><v>007</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f></c><c t="str"><f>""</f><v></v></c>` +
		`<c t="d"><v>2026-09-20T00:00:00</v></c><c><v>110101199003071233</v></c><c><v>1e400</v></c><c t="str"><f>DISPIMG("x",1)</f><v>=DISPIMG</v></c>` +
		`<c t="str"><v>a_x000D_` + "\r\n" + `b<![CDATA[&c]]></v></c></row><row r="1048576"><c r="A1048576"><v>9</v></c></row>`
	parts := with(sheet1, `<x:worksheet xmlns:x="y"><x:sheetData>`+strings.NewReplacer("</", "</x:", "<!", "<!", "<", "<x:").Replace(rows)+
		`</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/><x:mergeCell ref="C1"/></x:mergeCells></x:worksheet>`)
	book, err := readBytes(t, "a.xlsx", zipOf(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	want := &intake.Sheet{Name: "甲&乙", Hidden: true, Date1904: true,
		Rows: []intake.Row{
			{No: 3, Hidden: true, Cells: []string{"0.015", "富 文", "<内内>"}},
			{No: 6, Cells: []string{"007", "TRUE", "", "", "", "2026-09-20", "", "", "", "a\nb&c"}},
			{No: 1048576, Cells: []string{"9"}},
		},
		Merges: []intake.Range{{Row1: 1, Col1: 1, Row2: 2, Col2: 2}},
	}
	got := *book.Sheets[0]
	var notes []string
	for _, w := range got.Warnings {
		notes = append(notes, w.Cell)
	}
	got.Warnings = nil
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"A3", "C6", "D6", "G6", "H6", "I6", "A1048576"}, notes); diff != "" {
		t.Error(diff)
	}
}

func TestEncodings(t *testing.T) {
	text := sheetXML(`<row r="1"><c r="A1" t="str"><v>风险</v></c></row>`)
	gb, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(text, "UTF-8", "gb2312", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]string{"gb2312": gb, "bom": "\xef\xbb\xbf" + text} {
		book, err := readBytes(t, "a.xlsx", zipOf(t, with(sheet1, part)))
		if err != nil || book.Sheets[0].Rows[0].Cells[0] != "风险" {
			t.Errorf("%s: %+v %v", name, book, err)
		}
	}
}

func TestCSV(t *testing.T) {
	text := "编号,说明\n\nJJ-1,\"两行\n\n文字\"\n,\nJJ-2,x\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	u16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.Row{{No: 1, Cells: []string{"编号", "说明"}}, {No: 3, Cells: []string{"JJ-1", "两行\n\n文字"}}, {No: 5, Cells: []string{"JJ-2", "x"}}}
	for name, data := range map[string]string{"utf-8": text, "bom": "\xef\xbb\xbf" + text, "gb18030": gb, "utf-16": u16, "utf-16 without mark": u16[2:],
		"tabs": strings.ReplaceAll(text, ",", "\t"), "semicolons": strings.ReplaceAll(text, ",", ";"), "crlf": strings.ReplaceAll(text, "\n", "\r\n")} {
		book, err := readBytes(t, "表.csv", []byte(data))
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(want, book.Sheets[0].Rows); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCancel(t *testing.T) {
	path := writeT(t, register())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Reader{}).Read(ctx, path, nil); app.CodeOf(err) != app.CodeCanceled {
		t.Error(err)
	}
}

// TestDamagedWorkbooks changes bytes of a workbook: it is refused or reads the same.
func TestDamagedWorkbooks(t *testing.T) {
	path := filepath.Join("..", "..", "assets", "sample", "基建处-岗位廉政风险点自查表.xlsx")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := parse(context.Background(), "a.xlsx", inMemory(data), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	refused := 0
	const mutants = 3000
	for i := range mutants {
		b := bytes.Clone(data)
		at := rng.IntN(len(b))
		switch i % 4 {
		case 0:
			b[at] ^= 1 << rng.IntN(8)
		case 1:
			for k := at; k < min(at+16, len(b)); k++ {
				b[k] = byte(rng.Uint32())
			}
		case 2:
			b = append(b[:at], b[min(at+1+rng.IntN(50), len(b)):]...)
		case 3:
			b = b[:at]
		}
		got, err := parse(context.Background(), "a.xlsx", inMemory(b), func(int, int) {})
		if err != nil {
			refused++
			continue
		}
		if got.Saved.IsZero() { // a part that nobody needs lost its name: the file's own time counts then, and is said to
			got.Saved, got.SavedFrom = want.Saved, want.SavedFrom
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("mutant %d at %d reads differently: %s", i, at, diff)
		}
	}
	if refused < mutants*3/4 {
		t.Errorf("only %d of %d refused", refused, mutants)
	}
	t.Logf("%d of %d refused", refused, mutants)
}

// FuzzSheet: any sheet part is read or refused, without panic.
func FuzzSheet(f *testing.F) {
	f.Add(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))
	f.Add(sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>x</t><rPh><t>y</t></rPh></is></c></row>`))
	f.Fuzz(func(t *testing.T, text string) {
		p := sheetParser{ctx: context.Background(), strings: []string{"一"}, budget: &cells.Budget{}, sheet: &cells.Sheet{Sheet: &intake.Sheet{}}, progress: func(int) {}}
		err := p.parse([]byte(text))
		var fl fault
		if err != nil && !errors.Is(err, errXML) && !errors.As(err, &fl) && !strings.Contains(err.Error(), "utf16") {
			t.Errorf("%T %v", err, err)
		}
	})
}

// FuzzWorkbook: any file is read or refused with a sentence, without a panic.
func FuzzWorkbook(f *testing.F) {
	f.Add([]byte("编号,名称\nJJ-01,甲\n"))
	f.Add(stored(f, minimal()))
	f.Add(zipOf(f, with(sheet1, sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`))))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"a.xlsx", "a.csv"} {
			_, err := parse(context.Background(), name, inMemory(data), func(int, int) {})
			checkRefusal(t, err)
		}
	})
}

// FuzzParts: any workbook part in a sound container is read or refused.
func FuzzParts(f *testing.F) {
	p := minimal()
	f.Add(p["xl/workbook.xml"], p["xl/_rels/workbook.xml.rels"], p["xl/sharedStrings.xml"], dateStyles, p[sheet1])
	f.Fuzz(func(t *testing.T, workbook, rels, strs, styles, sheet string) {
		p := minimal()
		p["xl/workbook.xml"], p["xl/_rels/workbook.xml.rels"], p["xl/sharedStrings.xml"], p["xl/styles.xml"], p[sheet1] = workbook, rels, strs, styles, sheet
		_, err := parse(context.Background(), "a.xlsx", inMemory(stored(t, p)), func(int, int) {})
		checkRefusal(t, err)
	})
}

// FuzzCSV: any text is read or refused, in every encoding.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{"a,b\n1,\"x\ny\"\n", "编号\t名称\r\n一\t二", "\xef\xbb\xbfa;b", "\xff\xfea\x00,\x00", "\xb1\xe0\xba\xc5,\xc3\xfb"} {
		f.Add([]byte(text), 0)
	}
	f.Fuzz(func(t *testing.T, data []byte, encoding int) {
		src := inMemory(data)
		src.how.Encoding = append([]string{""}, intake.Encodings...)[uint(encoding)%4]
		_, err := readCSV(context.Background(), "a.csv", src, func(int, int) {})
		checkRefusal(t, err)
	})
}

// FuzzLocks: any description of an encryption is understood or refused.
func FuzzLocks(f *testing.F) {
	f.Add(agileInfoOf(f, "x", make([]byte, 32)))
	f.Add([]byte{3, 0, 2, 0, 0, 0, 0, 0, 40, 0, 0, 0})
	f.Fuzz(func(t *testing.T, info []byte) {
		if l, err := lockOf(info); err == nil {
			if a, ok := l.(*agile); ok && a.spins > 1000 {
				a.spins = 1000
			}
			_, err = l.key("x")
			checkRefusal(t, err)
		} else {
			checkRefusal(t, err)
		}
	})
}

// checkRefusal accepts no error, a sentence and errors that Read puts into one.
func checkRefusal(t *testing.T, err error) {
	t.Helper()
	var r runtime.Error
	if errors.As(err, &r) {
		t.Errorf("%v", err)
	}
}
