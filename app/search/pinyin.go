package search

import (
	"strings"
	"sync/atomic"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// surnames and the like, which the dictionary reads otherwise: 曾 is zeng.
var fieldReadings = map[rune]string{'曾': "zeng", '弹': "tan", '翟': "zhai", '覃': "qin", '缪': "miao", '晟': "sheng", '尉': "wei"}

// words, of two characters each, are read as a whole where one of them has another
// reading than alone.
var words = map[string][]string{
	"重复": {"chong", "fu"}, "重庆": {"chong", "qing"}, "重新": {"chong", "xin"}, "重做": {"chong", "zuo"}, "重评": {"chong", "ping"},
	"银行": {"yin", "hang"}, "同行": {"tong", "hang"}, "行业": {"hang", "ye"}, "行情": {"hang", "qing"},
	"长期": {"chang", "qi"}, "长远": {"chang", "yuan"}, "长效": {"chang", "xiao"}, "延长": {"yan", "chang"}, "长春": {"chang", "chun"},
	"会计": {"kuai", "ji"}, "调整": {"tiao", "zheng"}, "协调": {"xie", "tiao"}, "调价": {"tiao", "jia"}, "调剂": {"tiao", "ji"},
	"调节": {"tiao", "jie"}, "空调": {"kong", "tiao"}, "调解": {"tiao", "jie"}, "草率": {"cao", "shuai"}, "表率": {"biao", "shuai"},
	"校对": {"jiao", "dui"}, "校验": {"jiao", "yan"}, "校准": {"jiao", "zhun"}, "出差": {"chu", "chai"}, "差旅": {"chai", "lv"},
	"归还": {"gui", "huan"}, "退还": {"tui", "huan"}, "还款": {"huan", "kuan"}, "没收": {"mo", "shou"}, "着手": {"zhuo", "shou"},
	"着力": {"zhuo", "li"}, "了解": {"liao", "jie"}, "称职": {"chen", "zhi"}, "供给": {"gong", "ji"}, "给予": {"ji", "yu"},
}

// beginsWord tells for each character whether one of the words begins with it.
var beginsWord = func() (is [lastCommon + 1]bool) {
	for w := range words {
		is[[]rune(w)[0]] = true
	}
	return is
}()

const (
	firstCommon = 0x3400 // the characters with a reading in the basic plane
	lastCommon  = 0x9fff
)

// known keeps the readings that came up.
var known [lastCommon - firstCommon + 1]atomic.Pointer[string]

// syllable is the toneless reading of a character, "" when it has none.
func syllable(r rune) string {
	if r < firstCommon {
		return ""
	}
	if r > lastCommon {
		return lookUp(r)
	}
	at := &known[r-firstCommon]
	if s := at.Load(); s != nil {
		return *s
	}
	s := lookUp(r)
	at.Store(&s)
	return s
}

func lookUp(r rune) string {
	if s, ok := fieldReadings[r]; ok {
		return s
	}
	if py := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(py) > 0 {
		return strings.ReplaceAll(py[0], "ü", "v")
	}
	return ""
}

// readings hands on the reading of every character of a text in order: the syllable
// of a Chinese one, letters and digits as they are, "" for anything else.
func readings(text []rune, emit func(string)) {
	for i := 0; i < len(text); {
		if word, n := wordAt(text[i:]); word != nil {
			for _, s := range word {
				emit(s)
			}
			i += n
			continue
		}
		r := text[i]
		i++
		switch s := syllable(r); {
		case s != "":
			emit(s)
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			emit(string(unicode.ToLower(r)))
		default:
			emit("")
		}
	}
}

func wordAt(text []rune) ([]string, int) {
	if len(text) < 2 || text[0] > lastCommon || !beginsWord[text[0]] {
		return nil, 0
	}
	return words[string(text[:2])], 2
}

// Initials is the first letter of the reading of every character, zbht for 招标合同;
// what has none is a space.
func Initials(text string) string {
	var b strings.Builder
	b.Grow(len(text) / 3)
	readings([]rune(text), func(s string) {
		if s == "" {
			b.WriteByte(' ')
		} else {
			b.WriteByte(s[0])
		}
	})
	return b.String()
}

// fullOf is all readings one after the other, each syllable beginning with a
// capital letter, so that a match can be held to begin where a syllable does.
func fullOf(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	readings([]rune(text), func(s string) {
		if s == "" {
			b.WriteByte(' ')
			return
		}
		b.WriteString(strings.ToUpper(s[:1]))
		b.WriteString(s[1:])
	})
	return b.String()
}

// MaybeInitials reports whether a word may be initials: two small letters or more.
func MaybeInitials(word string) bool {
	return len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}
