package xlsx

import (
	"path"
	"strconv"
	"strings"

	"lianshao/storage/cells"
	"lianshao/storage/numfmt"
)

// workbook is what the sheets need to know of the whole.
type workbook struct {
	date1904 bool
	sheets   []sheetEntry
	strings  []string
	looks    []numfmt.Format // by style; nil when all show numbers as they are
	styles   int
	calc     calculated
	budget   cells.Budget
}

// calculated says how far the results of formulas can be trusted.
type calculated uint8

const (
	done  calculated = iota // by the program that saved the file
	never                   // the file says nothing of calculating: a library wrote it
	stale                   // the file asks to be calculated when it is opened
)

type sheetEntry struct {
	name   string
	hidden bool
	rel    string
	part   string
}

type relation struct{ kind, target string }

var errMissing = fault("缺少工作簿的内部部件，文件不完整。请用 Excel 或 WPS 打开它，另存为新文件后再导入")

// maxStrings bounds the shared strings.
const maxStrings = 3_000_000

func readWorkbook(c *container) (*workbook, error) {
	main, err := mainPart(c)
	if err != nil {
		return nil, err
	}
	w := &workbook{}
	if err := w.readMain(c, main); err != nil {
		return nil, err
	}
	rels, err := readRels(c, main)
	if err != nil {
		return nil, err
	}
	kept := w.sheets[:0]
	for _, s := range w.sheets {
		r, ok := rels[s.rel]
		if !ok {
			return nil, errMissing
		}
		if !strings.HasSuffix(r.kind, "/worksheet") {
			continue // a chart or a dialog on a sheet of its own
		}
		s.part = r.target
		kept = append(kept, s)
	}
	w.sheets = kept
	if len(w.sheets) == 0 {
		return nil, fault("里没有工作表，请换一个文件")
	}
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			err = w.readStrings(c, r.target)
		case strings.HasSuffix(r.kind, "/styles"):
			err = w.readStyles(c, r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// readStyles finds the styles that show numbers as dates or dressed up.
func (w *workbook) readStyles(c *container, part string) error {
	b, err := c.part(part)
	if err != nil {
		return err
	}
	codes := map[int]string{}
	var ids []int
	err = eachElement(b, func(s *scanner) error {
		if s.depth() != 3 {
			return nil
		}
		parent := string(local(s.stack[1]))
		if !(parent == "numFmts" && string(s.name) == "numFmt" || parent == "cellXfs" && string(s.name) == "xf") {
			return nil
		}
		v, ok := s.attr("numFmtId")
		id, err := strconv.Atoi(string(v))
		if ok && err != nil {
			return errXML
		}
		if parent == "cellXfs" {
			ids = append(ids, id)
			return nil
		}
		codes[id], err = s.str("formatCode")
		return err
	})
	w.styles = len(ids)
	for i, id := range ids {
		if f := numfmt.Of(id, codes[id]); !f.Plain() {
			if w.looks == nil {
				w.looks = make([]numfmt.Format, len(ids))
			}
			w.looks[i] = f
		}
	}
	return err
}

// mainPart finds the workbook part, or says what the zip is instead.
func mainPart(c *container) (string, error) {
	if c.parts["[content_types].xml"] == nil {
		return "", c.other()
	}
	rels, err := readRels(c, "")
	if err != nil {
		return "", err
	}
	main := ""
	for _, r := range rels {
		if strings.HasSuffix(r.kind, "/officeDocument") {
			main = r.target
		}
	}
	switch {
	case strings.HasSuffix(strings.ToLower(main), ".bin"):
		return "", fault("是 .xlsb 二进制工作簿，请在 Excel 中另存为 .xlsx 后再导入")
	case strings.HasPrefix(partName(main), "word/"), strings.HasPrefix(partName(main), "ppt/"):
		return "", map[bool]fault{true: errWord, false: errSlides}[strings.HasPrefix(partName(main), "word/")]
	case main == "" || c.parts[partName(main)] == nil:
		return "", errMissing
	}
	return main, nil
}

// other tells what a zip is that is no workbook.
func (c *container) other() fault {
	switch has := func(name string) bool { return c.parts[name] != nil }; {
	case has("ofd.xml"):
		return "是 OFD 版式文件，里面的表格读不出来。请向提供的人要原来的 Excel 表格"
	case has("mimetype") && has("content.xml"):
		return c.openDocument()
	case has("index/document.iwa"):
		return "是苹果的 Numbers 表格，请在 Numbers 中导出为 .xlsx 后再导入"
	}
	return "不是 Excel 工作簿，是压缩包或其他文档。如果是压缩包，请先解压，再导入其中的表格文件"
}

// openDocument tells a spreadsheet from a text of OpenDocument.
func (c *container) openDocument() fault {
	kind, err := c.part("mimetype")
	if err == nil && strings.Contains(string(kind), "opendocument.text") {
		return errWord
	}
	return errODS
}

// readRels reads the relations of a part; "" means those of the package.
func readRels(c *container, part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	file := dir + "_rels/" + base + ".rels"
	if c.parts[partName(file)] == nil {
		return nil, errMissing
	}
	b, err := c.part(file)
	if err != nil {
		return nil, err
	}
	out := map[string]relation{}
	err = eachElement(b, func(s *scanner) error {
		if string(s.name) != "Relationship" {
			return nil
		}
		id, e1 := s.str("Id")
		kind, e2 := s.str("Type")
		target, e3 := s.str("Target")
		if e1 != nil || e2 != nil || e3 != nil {
			return errXML
		}
		if s.flagIs("TargetMode", "External") {
			return nil
		}
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		target = strings.TrimLeft(path.Clean(strings.ReplaceAll(target, `\`, "/")), "/")
		if strings.HasPrefix(target, "..") {
			return errMissing
		}
		out[id] = relation{kind, target}
		return nil
	})
	return out, err
}

func (s *scanner) flagIs(name, want string) bool {
	v, ok := s.attr(name)
	return ok && string(v) == want
}

// eachElement visits every start tag.
func eachElement(b []byte, visit func(s *scanner) error) error {
	s, err := newScanner(b)
	if err != nil {
		return err
	}
	for {
		tok, err := s.next()
		if err != nil || tok == tokEOF {
			return err
		}
		if tok != tokStart {
			continue
		}
		if err := visit(s); err != nil {
			return err
		}
	}
}

func (w *workbook) readMain(c *container, main string) error {
	b, err := c.part(main)
	if err != nil {
		return err
	}
	w.calc = never
	return eachElement(b, func(s *scanner) error {
		switch {
		case s.depth() == 2 && string(s.name) == "calcPr":
			if w.calc = done; s.flag("fullCalcOnLoad") {
				w.calc = stale
			}
		case s.depth() == 2 && string(s.name) == "workbookPr":
			w.date1904 = s.flag("date1904")
		case s.depth() == 3 && string(s.name) == "sheet":
			name, err := s.str("name")
			if err != nil {
				return err
			}
			rel, ok := s.relID()
			if !ok {
				return errMissing
			}
			state, _ := s.attr("state")
			w.sheets = append(w.sheets, sheetEntry{name: name, rel: rel, hidden: string(state) == "hidden" || string(state) == "veryHidden"})
		}
		return nil
	})
}

// relID finds r:id, whatever the prefix is.
func (s *scanner) relID() (string, bool) {
	for _, a := range s.attrs {
		if len(local(a.name)) < len(a.name) && string(local(a.name)) == "id" {
			return string(a.value), true
		}
	}
	return "", false
}

// readStrings reads the shared strings: plain, or rich runs joined; phonetic
// hints are left out.
func (w *workbook) readStrings(c *container, part string) error {
	b, err := c.part(part)
	if err != nil {
		return err
	}
	s, err := newScanner(b)
	if err != nil {
		return err
	}
	var t richText
	for {
		tok, err := s.next()
		if err != nil || tok == tokEOF {
			return err
		}
		if tok == tokEnd && s.depth() == 1 && string(s.name) == "si" {
			text := t.take()
			w.strings = append(w.strings, text)
			if err := w.budget.Text(len(text) + 16); err != nil {
				return err
			}
			if len(w.strings) > maxStrings {
				return fault("文字太多，请拆成几个文件再导入")
			}
			continue
		}
		if err := t.see(s, tok); err != nil {
			return err
		}
	}
}

// richText collects the text of <si> or <is>.
type richText struct {
	parts   []string
	inT     bool
	phonics int // depth of the <rPh> we are in
}

func (t *richText) see(s *scanner, tok int) error {
	switch tok {
	case tokStart:
		if string(s.name) == "rPh" && t.phonics == 0 {
			t.phonics = s.depth()
		}
		t.inT = string(s.name) == "t" && t.phonics == 0
	case tokEnd:
		t.inT = false
		if t.phonics > s.depth() {
			t.phonics = 0
		}
	case tokText:
		if t.inT {
			text, err := decode(s.text, s.cdata)
			if err != nil {
				return err
			}
			t.parts = append(t.parts, text)
		}
	}
	return nil
}

func (t *richText) take() string {
	text := ""
	switch len(t.parts) {
	case 0:
	case 1:
		text = t.parts[0]
	default:
		text = strings.Join(t.parts, "")
	}
	t.parts, t.inT, t.phonics = t.parts[:0], false, 0
	return unquote(text)
}
