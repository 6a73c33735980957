package xlsx

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Token kinds of the scanner.
const (
	tokEnd   = iota // </x>
	tokStart        // <x …> ; an empty <x/> is followed by its tokEnd
	tokText
	tokEOF
)

// maxDepth bounds the nesting of elements.
const maxDepth = 128

var (
	errXML   = errors.New("malformed XML")
	errDTD   = fault("含有外部定义（DTD），为安全起见没有导入。请用 Excel 或 WPS 另存为新文件后再导入")
	errDepth = fault("内部结构嵌套过深，不是正常的工作簿，没有导入")
)

type attr struct{ name, value []byte }

// scanner walks through XML without copying it. It checks that tags match, so
// that a damaged sheet cannot end early unnoticed.
type scanner struct {
	b     []byte
	pos   int
	stack [][]byte
	name  []byte // local name of the last start or end
	attrs []attr
	text  []byte // raw text of the last tokText
	cdata bool   // text is CDATA: entities are not decoded
	close bool   // the last start was <x/>
	root  bool   // the root element has been seen
}

// newScanner accepts UTF-8 and, where declared, GB encodings.
func newScanner(b []byte) (*scanner, error) {
	b, err := toUTF8(b)
	if err != nil {
		return nil, err
	}
	return &scanner{b: b}, nil
}

var errUTF16 = fault("内部用了不常见的文字编码（UTF-16），没有导入。请用 Excel 或 WPS 打开它，另存为新文件后再导入")

func toUTF8(b []byte) ([]byte, error) {
	if len(b) > 1 && (b[0] == 0xff && b[1] == 0xfe || b[0] == 0xfe && b[1] == 0xff || b[0] == 0 || b[1] == 0) {
		return nil, errUTF16
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(b, []byte("<?xml")) {
		head := strings.ToLower(string(b[:max(bytes.IndexByte(b, '>'), 0)]))
		if strings.Contains(head, `"gb`) || strings.Contains(head, "'gb") {
			return simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		}
	}
	if !utf8.Valid(b) {
		return nil, errXML
	}
	return b, nil
}

// depth counts the open elements, including the one just started.
func (s *scanner) depth() int { return len(s.stack) }

// next reads one token.
func (s *scanner) next() (int, error) {
	if s.close {
		s.close = false
		s.name = s.pop()
		return tokEnd, nil
	}
	for s.pos < len(s.b) {
		if s.b[s.pos] != '<' {
			end := bytes.IndexByte(s.b[s.pos:], '<')
			if end < 0 {
				end = len(s.b) - s.pos
			}
			s.text, s.cdata = s.b[s.pos:s.pos+end], false
			s.pos += end
			if len(s.stack) == 0 {
				if len(bytes.TrimSpace(s.text)) > 0 {
					return 0, errXML
				}
				continue
			}
			return tokText, nil
		}
		tok, skip, err := s.markup()
		if err != nil || !skip {
			return tok, err
		}
	}
	if len(s.stack) > 0 || !s.root {
		return 0, errXML
	}
	return tokEOF, nil
}

// markup reads what begins with '<'; skip means there is nothing to tell.
func (s *scanner) markup() (tok int, skip bool, err error) {
	rest := s.b[s.pos+1:]
	switch {
	case len(rest) == 0:
		return 0, false, errXML
	case rest[0] == '/':
		return s.endTag(rest)
	case rest[0] == '?':
		_, err := s.until("?>")
		return 0, true, err
	case bytes.HasPrefix(rest, []byte("!--")):
		_, err := s.until("-->")
		return 0, true, err
	case bytes.HasPrefix(rest, []byte("![CDATA[")):
		t, err := s.until("]]>")
		if err != nil || len(s.stack) == 0 {
			return 0, false, errXML
		}
		s.text, s.cdata = t[len("<![CDATA["):], true
		return tokText, false, nil
	case rest[0] == '!':
		return 0, false, errDTD
	}
	return tokStart, false, s.startTag()
}

func (s *scanner) until(end string) ([]byte, error) {
	n := bytes.Index(s.b[s.pos:], []byte(end))
	if n < 0 {
		return nil, errXML
	}
	t := s.b[s.pos : s.pos+n]
	s.pos += n + len(end)
	return t, nil
}

func (s *scanner) endTag(rest []byte) (int, bool, error) {
	n := bytes.IndexByte(rest, '>')
	if n < 0 || len(s.stack) == 0 {
		return 0, false, errXML
	}
	name := rest[1:n]
	if !bytes.Equal(name, s.stack[len(s.stack)-1]) {
		name = bytes.TrimRight(name, " \t\r\n")
		if !bytes.Equal(name, s.stack[len(s.stack)-1]) {
			return 0, false, errXML
		}
	}
	s.pos += n + 2
	s.name = s.pop()
	return tokEnd, false, nil
}

func (s *scanner) pop() []byte {
	top := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	return local(top)
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

func (s *scanner) startTag() error {
	b, i := s.b, s.pos+1
	start := i
	for i < len(b) && !isSpace(b[i]) && b[i] != '>' && b[i] != '/' {
		i++
	}
	full := b[start:i]
	if len(full) == 0 || len(s.stack) == 0 && s.root {
		return errXML
	}
	s.root = true
	s.attrs = s.attrs[:0]
	for {
		for i < len(b) && isSpace(b[i]) {
			i++
		}
		if i >= len(b) {
			return errXML
		}
		if b[i] == '>' {
			i++
			break
		}
		if b[i] == '/' {
			if i+1 >= len(b) || b[i+1] != '>' {
				return errXML
			}
			s.close = true
			i += 2
			break
		}
		n, err := s.attribute(b[i:])
		if err != nil {
			return err
		}
		i += n
	}
	s.pos = i
	s.stack = append(s.stack, full)
	if len(s.stack) > maxDepth {
		return errDepth
	}
	s.name = local(full)
	return nil
}

// attribute reads name="value" at the start of b and returns its length.
func (s *scanner) attribute(b []byte) (int, error) {
	i := 0
	for i < len(b) && b[i] != '=' && !isSpace(b[i]) && b[i] != '>' && b[i] != '<' {
		i++
	}
	name := b[:i]
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if len(name) == 0 || i >= len(b) || b[i] != '=' {
		return 0, errXML
	}
	i++
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i >= len(b) || b[i] != '"' && b[i] != '\'' {
		return 0, errXML
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return 0, errXML
	}
	s.attrs = append(s.attrs, attr{name, b[i+1 : i+1+end]})
	return i + end + 2, nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// attr returns an attribute's raw value by its name without prefix.
func (s *scanner) attr(name string) ([]byte, bool) {
	for _, a := range s.attrs {
		if string(a.name) == name || string(local(a.name)) == name {
			return a.value, true
		}
	}
	return nil, false
}

// str returns an attribute decoded, "" without one.
func (s *scanner) str(name string) (string, error) {
	v, ok := s.attr(name)
	if !ok {
		return "", nil
	}
	return decode(v, false)
}

// flag reports whether a boolean attribute is set.
func (s *scanner) flag(name string) bool {
	v, ok := s.attr(name)
	return ok && (string(v) == "1" || string(v) == "true")
}

// decode resolves entities and line ends and refuses characters XML forbids.
func decode(b []byte, cdata bool) (string, error) {
	plain := true
	for _, c := range b {
		if c < 0x20 {
			if c != '\n' && c != '\t' && c != '\r' {
				return "", errXML
			}
			plain = plain && c != '\r'
		}
		plain = plain && c != '&'
	}
	if plain {
		return string(b), nil
	}
	s := strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "\r", "\n")
	if cdata || !strings.Contains(s, "&") {
		return s, nil
	}
	return unescape(s)
}

func unescape(s string) (string, error) {
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			out.WriteString(s)
			return out.String(), nil
		}
		out.WriteString(s[:i])
		end := strings.IndexByte(s[i:], ';')
		if end < 2 || end > 12 {
			return "", errXML
		}
		r, err := entity(s[i+1 : i+end])
		if err != nil {
			return "", err
		}
		out.WriteRune(r)
		s = s[i+end+1:]
	}
}

func entity(name string) (rune, error) {
	switch name {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	if name[0] != '#' {
		return 0, errXML
	}
	digits, base := name[1:], 10
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) || n > utf8.MaxRune || n < 0x20 && n != 9 && n != 10 && n != 13 || n == 0xfffe || n == 0xffff {
		return 0, errXML
	}
	return rune(n), nil
}

// unquote turns Excel's own escapes such as _x000D_ back into characters.
func unquote(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				if n != '\r' && (n >= 0x20 || n == '\n' || n == '\t') {
					out.WriteRune(rune(n))
				}
				i += 7
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}
