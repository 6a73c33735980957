package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

var errForeign = errors.New("PDF 的结构与预期不同")

// finish puts right what gopdf leaves wrong: its map from glyphs to characters
// breaks on characters above U+FFFF (李𬭎 would be copied as rubbish) and on more
// than 100 entries, and its document information is not where the standard wants
// it. It also adds the outline, and packs the pages, with one packer for all: gopdf makes a new one,
// of 800 KB, for every page.
func finish(pdf []byte, outline []entry, opt Options) ([]byte, error) {
	head, objs, err := objects(pdf)
	if err != nil {
		return nil, err
	}
	if objs, err = addOutline(objs, outline); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(pdf))
	out.Write(head)
	objs = append(objs, infoObject(len(objs)+1, opt))
	offsets := make([]int, len(objs))
	pack := packer{zlib.NewWriter(nil)}
	for i, o := range objs {
		offsets[i] = out.Len()
		data := stream(o)
		if bytes.Contains(data[:min(len(data), 400)], []byte("/CMapName")) {
			if data, err = unicodeMap(data); err != nil {
				return nil, err
			}
		}
		if data == nil {
			out.Write(o)
		} else if err := pack.write(&out, i+1, data); err != nil {
			return nil, err
		}
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objs)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<<\n/Size %d\n/Root 1 0 R\n/Info %d 0 R\n>>\nstartxref\n%d\n%%%%EOF\n", len(objs)+1, len(objs), xref)
	return out.Bytes(), nil
}

// objects cuts a file of gopdf, whose objects stand in the order of its table,
// into what comes before them and the objects.
func objects(pdf []byte) (head []byte, objs [][]byte, err error) {
	tail := bytes.LastIndex(pdf, []byte("startxref\n"))
	if tail < 0 {
		return nil, nil, errForeign
	}
	num, _, _ := strings.Cut(string(pdf[tail+len("startxref\n"):]), "\n")
	xref, err := strconv.Atoi(num)
	if err != nil || xref <= 0 || xref > tail {
		return nil, nil, errForeign
	}
	start := 0
	for i, line := range bytes.Split(pdf[xref:tail], []byte("\n")) {
		if i < 3 { // "xref", "0 n", the free entry
			continue
		}
		if !bytes.HasSuffix(line, []byte(" n ")) || len(line) < 10 {
			break
		}
		at, err := strconv.Atoi(string(line[:10]))
		if err != nil || at <= start || at > xref {
			return nil, nil, errForeign
		}
		if start == 0 {
			head = pdf[:at]
		} else {
			objs = append(objs, pdf[start:at])
		}
		start = at
	}
	if start == 0 {
		return nil, nil, errForeign
	}
	return head, append(objs, pdf[start:xref]), nil
}

func infoObject(id int, opt Options) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d 0 obj\n<<\n", id)
	for _, f := range [][2]string{{"Title", opt.Title}, {"Author", opt.Author}, {"Subject", opt.Subject}, {"Creator", "廉哨"}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "/%s <FEFF%s>\n", f[0], utf16Hex(f[1]))
		}
	}
	if !opt.Created.IsZero() {
		fmt.Fprintf(&b, "/CreationDate (D:%s)\n", opt.Created.UTC().Format("20060102150405Z"))
	}
	b.WriteString(">>\nendobj\n\n")
	return b.Bytes()
}

// stream is the content of an object that is nothing but an unpacked stream, or nil.
func stream(obj []byte) []byte {
	_, rest, ok := bytes.Cut(obj, []byte(" 0 obj\n<<\n/Length "))
	if !ok {
		return nil
	}
	num, rest, ok := bytes.Cut(rest, []byte("\n>>\nstream\n"))
	n, err := strconv.Atoi(string(num))
	if !ok || err != nil || n > len(rest) {
		return nil
	}
	return rest[:n]
}

// packer compresses streams one after the other.
type packer struct{ z *zlib.Writer }

func (p packer) write(out *bytes.Buffer, id int, data []byte) error {
	var b bytes.Buffer
	p.z.Reset(&b)
	if _, err := p.z.Write(data); err != nil {
		return err
	}
	if err := p.z.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d 0 obj\n<<\n/Filter /FlateDecode\n/Length %d\n>>\nstream\n", id, b.Len())
	out.Write(b.Bytes())
	out.WriteString("\nendstream\nendobj\n\n")
	return nil
}

// unicodeMap writes the glyph map again, in blocks of 100 as the standard asks.
func unicodeMap(old []byte) ([]byte, error) {
	var pairs []string
	for line := range bytes.Lines(old) {
		// <glyph><glyph><rune>
		f := strings.FieldsFunc(string(line), func(r rune) bool { return r == '<' || r == '>' || r == '\n' })
		if line[0] != '<' || len(f) != 3 {
			continue
		}
		r, err := strconv.ParseInt(f[2], 16, 32)
		if err != nil {
			return nil, errForeign
		}
		pairs = append(pairs, fmt.Sprintf("<%s> <%s>\n", f[0], utf16Hex(string(rune(r)))))
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(pairs) > 0 {
		n := min(100, len(pairs))
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(pairs[:n], ""))
		pairs = pairs[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes(), nil
}

func utf16Hex(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}
