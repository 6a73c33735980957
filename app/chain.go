package app

import (
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"lianshao/domain"
)

// ChainHead is the end of the journal's chain: the number of the last entry
// and a code over it and all before it, 64 hexadecimal digits. An empty
// journal has Seq 0 and Sum "".
type ChainHead struct {
	Seq uint64
	Sum string
}

// ChainReport is what a verification of the journal's chain found. Problems are
// Chinese, without full stops; none means that no entry was changed, removed or
// inserted by anybody without the pilot's key. Whoever has the key can write all
// of it anew; only an Anchor kept elsewhere tells.
type ChainReport struct {
	Head     ChainHead
	Entries  int
	Problems []string
	Anchors  []AnchorResult // of the anchors asked for, in order
}

// Whole says that the chain holds and every anchor fits.
func (r ChainReport) Whole() bool {
	for _, a := range r.Anchors {
		if !a.Fits {
			return false
		}
	}
	return len(r.Problems) == 0
}

// AnchorResult says what became of an anchor. Entry is the one it names, with Seq 0
// when the journal has none of that number. Broken means that the code is right and
// the entries before it are not whole, so that Fits is false.
type AnchorResult struct {
	Anchor
	Entry  EntryHead
	Fits   bool
	Broken bool
}

// Sentence says in plain words what became of the anchor.
func (r AnchorResult) Sentence() string {
	switch {
	case r.Entry.Seq == 0:
		return fmt.Sprintf("校验码不符：这份试点的操作记录里没有第 %d 条。记录被截短过，或者校验码来自另一份拷贝、另一个试点。", r.Seq)
	case r.Broken:
		return fmt.Sprintf("第 %d 条的校验码是对的，但它前面的操作记录受损或被改过，不能作准。请用备份核对。", r.Seq)
	case !r.Fits:
		return fmt.Sprintf("校验码不符：第 %d 条（%s，%s）到今天的内容和留下校验码时不一样。操作记录被改写过，或者校验码来自另一份拷贝、另一个试点。",
			r.Seq, r.Entry.Time.Format("2006-01-02 15:04"), r.Entry.Op.Label)
	}
	return fmt.Sprintf("校验码相符：第 %d 条，%s，%s，%s。从第 1 条到这一条与留下校验码时一样。",
		r.Seq, r.Entry.Time.Format("2006-01-02 15:04"), r.Entry.Actor, r.Entry.Op.Label)
}

// Anchor is a head that was kept outside of the pilot: the number of the entry and the
// code that a paper shows, or any 16 or more of the first hexadecimal digits of the head.
type Anchor struct {
	Seq  uint64
	Code string // upper case, without hyphens
}

// The letters of a printed code: no 0 and O, no 1 and I, so that what was written by
// hand reads back. Each stands for five bits.
const codeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// A code has 15 letters of the head, 75 bits, and one that checks them and the number.
// Finding other entries with the same code takes about 2^75 tries, beyond what the
// person who has the key can buy, and it is still short enough to be typed. The last
// letter tells a slip of the pen from a changed journal.
const codeSize = 16

// Code is the short form of the head: ABCD-EFGH-JKLM-NPQR, "" of an empty journal.
func (h ChainHead) Code() string {
	code := h.code()
	if code == "" {
		return ""
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
}

// String is the head as papers print it: "第 12 条 ABCD-EFGH-JKLM-NPQR".
func (h ChainHead) String() string {
	if code := h.Code(); code != "" {
		return fmt.Sprintf("第 %d 条 %s", h.Seq, code)
	}
	return ""
}

// Anchor is the whole head as something to look up.
func (h ChainHead) Anchor() Anchor { return Anchor{Seq: h.Seq, Code: strings.ToUpper(h.Sum)} }

func (h ChainHead) code() string {
	sum, err := hex.DecodeString(h.Sum)
	if err != nil || len(sum) < 10 {
		return ""
	}
	letters := base32.NewEncoding(codeLetters).EncodeToString(sum)[:codeSize-1]
	return letters + string(checkLetter(h.Seq, letters))
}

// checkLetter makes the sum that Luhn's method asks for, modulo 32: a single wrong
// letter or digit, and two swapped neighbours, nearly always, do not give it again.
func checkLetter(seq uint64, letters string) byte {
	const n = len(codeLetters)
	sum, twice := 0, true
	add := func(v int) {
		if twice {
			v = 2*v/n + 2*v%n
		}
		sum, twice = sum+v, !twice
	}
	for i := len(letters) - 1; i >= 0; i-- {
		add(strings.IndexByte(codeLetters, letters[i]))
	}
	for ; seq > 0; seq /= 10 {
		add(int(seq % 10))
	}
	return codeLetters[(n-sum%n)%n]
}

// Fits reports whether the anchor was made of the head.
func (a Anchor) Fits(h ChainHead) bool {
	if a.Seq != h.Seq || h.Sum == "" {
		return false
	}
	return a.Code == h.code() || len(a.Code) >= codeSize && strings.HasPrefix(strings.ToUpper(h.Sum), a.Code)
}

// String is the anchor as a paper shows it.
func (a Anchor) String() string {
	if len(a.Code) != codeSize {
		return fmt.Sprintf("第 %d 条 %s", a.Seq, a.Code)
	}
	return fmt.Sprintf("第 %d 条 %s-%s-%s-%s", a.Seq, a.Code[:4], a.Code[4:8], a.Code[8:12], a.Code[12:])
}

// written finds the number and what follows it: 校验码 第1234条 ABCD-EFGH-…
var written = regexp.MustCompile(`([0-9]+)[^0-9A-Z]+([0-9A-Z].*)`)

// ParseAnchor reads what a person typed or pasted from a paper: 校验码 第1234条
// ABCD-EFGH-JKLM-NPQR, with any spaces, hyphens and words around, in either case and
// width. The error says what is wrong with it.
func ParseAnchor(text string) (Anchor, error) {
	const like = "应为“第1234条 ABCD-EFGH-JKLM-NPQR”的样子"
	upper := strings.ToUpper(domain.NormalizeWidth(text))
	found := written.FindStringSubmatch(upper)
	if found == nil {
		return Anchor{}, E(CodeInvalid, "校验码“%s”认不出来，%s，请连同“第几条”一起照抄", clip(strings.TrimSpace(text), 40), like)
	}
	seq, err := strconv.ParseUint(found[1], 10, 63)
	code := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, found[2])
	printed := len(code) == codeSize && strings.Trim(code, codeLetters) == ""
	switch {
	case err != nil || seq == 0:
		return Anchor{}, E(CodeInvalid, "校验码的条数“%s”不对，%s", clip(found[1], 20), like)
	case printed && code[codeSize-1] == checkLetter(seq, code[:codeSize-1]):
		return Anchor{seq, code}, nil
	case len(code) >= codeSize && len(code) <= 64 && strings.Trim(code, "0123456789ABCDEF") == "":
		return Anchor{seq, code}, nil
	case printed:
		return Anchor{}, E(CodeInvalid, "校验码抄错了：条数和后面的 16 个字对不上，请对着纸再看一遍（容易看错的有 8 和 B、5 和 S、2 和 Z、U 和 V）")
	case len(code) != codeSize:
		return Anchor{}, E(CodeInvalid, "校验码应有 16 个字母和数字，现有 %d 个，%s", len(code), like)
	}
	return Anchor{}, E(CodeInvalid, "校验码里没有字母 O、I 和数字 0、1，请对着纸再看一遍：%s", code)
}
