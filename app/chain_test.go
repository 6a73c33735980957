package app_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app"
)

func headAt(seq uint64, seed string) app.ChainHead {
	return app.ChainHead{Seq: seq, Sum: fmt.Sprintf("%x", sha256.Sum256([]byte(seed)))}
}

// The code of a paper, however it is typed, is read as it was printed, and fits the
// head it was made of and no other.
func TestPaperCodeIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := headAt(rapid.Uint64Range(1, 1<<40).Draw(t, "seq"), rapid.String().Draw(t, "seed"))
		code := h.Code()
		if len(code) != 19 || strings.ContainsAny(code, "01OI") {
			t.Fatalf("code %q", code)
		}
		for _, typed := range []string{
			"校验码 " + h.String(), fmt.Sprintf("第%d条%s", h.Seq, code), strings.ToLower(h.String()), fmt.Sprintf("%d %s", h.Seq, strings.ReplaceAll(code, "-", "")),
			fmt.Sprintf("第　%d　条　%s", h.Seq, strings.ReplaceAll(code, "-", "－")), fmt.Sprintf("%d %s", h.Seq, h.Sum), h.Anchor().String(),
		} {
			a, err := app.ParseAnchor(typed)
			if err != nil || !a.Fits(h) {
				t.Fatalf("%q: %v %v", typed, a, err)
			}
			if other := headAt(h.Seq, "another"); a.Fits(other) && other != h || a.Fits(app.ChainHead{Seq: h.Seq + 1, Sum: h.Sum}) {
				t.Fatalf("%q fits another head", typed)
			}
		}
	})
}

// A slip of the pen is told apart from a journal that was changed.
func TestPaperCodeSlips(t *testing.T) {
	const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		h := headAt(rapid.Uint64Range(1, 99999).Draw(t, "seq"), rapid.String().Draw(t, "seed"))
		code := []byte(strings.ReplaceAll(h.Code(), "-", ""))
		i := rapid.IntRange(0, len(code)-1).Draw(t, "at")
		code[i] = letters[(strings.IndexByte(letters, code[i])+rapid.IntRange(1, 31).Draw(t, "by"))%32]
		typed := fmt.Sprintf("第 %d 条 %s", h.Seq, code)
		if a, err := app.ParseAnchor(typed); err == nil && !isHex(string(code)) {
			t.Fatalf("%q was read as %v", typed, a)
		}
		typed = fmt.Sprintf("第 %d 条 %s", h.Seq+1, h.Code())
		if a, err := app.ParseAnchor(typed); err == nil && (h.Seq+1)%10 != 0 {
			t.Fatalf("%q was read as %v", typed, a)
		}
	})
	for _, typed := range []string{"", "第 12 条", "ABCD-EFGH-JKLM-NPQR", "第0条 ABCD-EFGH-JKLM-NPQR", "第 12 条 ABCD-EFGH-JKLM", "第 12 条 ABCD-EFGH-JKLM-NPQO",
		"第 99999999999999999999 条 ABCD-EFGH-JKLM-NPQR", "第 3 条 " + strings.Repeat("9", 200)} {
		if a, err := app.ParseAnchor(typed); app.CodeOf(err) != app.CodeInvalid {
			t.Errorf("%q: %v %v", typed, a, err)
		}
	}
}

func isHex(s string) bool { return strings.Trim(s, "0123456789ABCDEF") == "" }
