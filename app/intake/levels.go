package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// scales are ways to write levels whose direction is beyond doubt, the most
// severe first. 一级, Ⅰ and A are not among them: 一级 is the highest in one
// place's rules and the lower of two in another's.
var scales = [][]string{
	{"高", "中", "低"}, {"高", "较高", "较低", "低"}, {"高", "较高", "中", "低"}, {"高", "较高", "一般", "低"}, {"高", "中高", "中", "低"},
	{"重大", "较大", "一般", "低"}, {"重大", "较大", "一般", "较小"}, {"极高", "高", "中", "低"}, {"极大", "较大", "较小", "极小"},
	{"很高", "高", "中", "低", "很低"}, {"极高", "高", "中", "低", "极低"}, {"红", "橙", "黄", "蓝"}, {"红", "橙", "黄", "绿"}, {"红", "黄", "蓝"}, {"红", "黄", "绿"},
	{"大", "中", "小"}, {"强", "中", "弱"},
}

var levelDress = strings.NewReplacer("风险", "", "等级", "", "预警", "", "级", "", "色", "", "★", "*", "☆", "", "⭐", "*", " ", "", "\u3000", "")

// numerals are the same ordinals in different dress.
var numerals = map[string]string{"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4", "Ⅴ": "5",
	"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "ⅰ": "1", "ⅱ": "2", "ⅲ": "3", "ⅳ": "4"}

// plainLevel strips a level of its dress: 红色预警 is 红, Ⅱ级 and 二级风险 are 2.
func plainLevel(s string) string {
	t := levelDress.Replace(domain.NormalizeWidth(s))
	if i := strings.IndexAny(t, "（("); i > 0 {
		t = t[:i]
	}
	if n, ok := numerals[strings.ToUpper(t)]; ok {
		return n
	}
	if n, ok := numerals[t]; ok {
		return n
	}
	return strings.ToUpper(t)
}

// levelRank tells where a text stands among the levels people write, -1 if it is none.
func levelRank(s string) int {
	t := plainLevel(s)
	for _, sc := range scales {
		for i, word := range sc {
			if t == word {
				return i
			}
		}
	}
	switch {
	case len(t) == 1 && (t[0] >= '1' && t[0] <= '5' || t[0] >= 'A' && t[0] <= 'E'):
		return int(t[0]-'1') % 16
	case t != "" && strings.Trim(t, "*") == "":
		return len(t)
	}
	return -1
}

// plainWords say themselves how high a level is; they stay as they are written
// whatever the scheme calls its levels.
var plainWords = map[string]bool{"高": true, "较高": true, "中": true, "较低": true, "低": true, "一般": true, "重大": true, "较大": true, "较小": true,
	"极高": true, "很高": true, "很低": true, "极低": true, "中高": true, "大": true, "小": true}

// levelsAs turns the levels written in a column into the labels of a scheme:
// the same level in other dress, or by rank when the scale is known for certain
// and has as many levels. 高, 中, 低 stay. ask is a question when it does not
// fit; then nothing is turned.
func levelsAs(written []string, scheme *domain.LevelScheme) (as map[string]string, ask string) {
	as = map[string]string{}
	if scheme == nil {
		return as, ""
	}
	ordered := scheme.Ordered()
	var labels, open []string
	for _, l := range ordered {
		labels = append(labels, l.Label)
	}
	for _, w := range written {
		if _, same := scheme.Labelled(w); same {
			continue
		}
		for _, label := range labels {
			if plainLevel(label) == plainLevel(w) {
				as[w] = label
			}
		}
		if as[w] == "" && !plainWords[plainLevel(w)] {
			open = append(open, w)
		}
	}
	if len(open) == 0 {
		return as, ""
	}
	if len(open) == len(written) {
		if byRank := ranked(open, labels); byRank != nil {
			return byRank, ""
		}
	}
	return map[string]string{}, fmt.Sprintf("等级写作“%s”，与等级方案“%s”（%s）对不上，先按原文保存。请在导入页点这一列的列头，指定各对应哪一级",
		strings.Join(open, "”“"), scheme.Name, strings.Join(labels, "、"))
}

// ranked matches words of one scale with as many labels by their rank.
func ranked(words, labels []string) map[string]string {
	for _, sc := range scales {
		if len(sc) != len(labels) {
			continue
		}
		if out := byPlace(words, labels, func(w string) int {
			for i, s := range sc {
				if plainLevel(w) == s {
					return i
				}
			}
			return -1
		}); out != nil {
			return out
		}
	}
	most := 0
	for _, w := range words {
		t := plainLevel(w)
		if strings.Trim(t, "*") != "" {
			return nil
		}
		most = max(most, len(t))
	}
	if most != len(labels) {
		return nil
	}
	return byPlace(words, labels, func(w string) int { return most - len(plainLevel(w)) })
}

func byPlace(words, labels []string, place func(string) int) map[string]string {
	out := map[string]string{}
	for _, w := range words {
		i := place(w)
		if i < 0 || i >= len(labels) {
			return nil
		}
		out[w] = labels[i]
	}
	return out
}

// selfScheme is the scheme that self-given levels belong to.
func (b *builder) selfScheme() *domain.LevelScheme {
	if s := b.d.SchemeFor(domain.BasisMatrix); s != nil {
		return s
	}
	return b.d.SchemeFor(domain.BasisIndex)
}

// maxLevelWords bounds how many different levels a column may hold.
const maxLevelWords = 30

// readLevels finds out how a column's levels are to be understood. All tables of a
// book are written by one hand: ★★ alone says more beside another's ★★★.
func (r *run) readLevels(field string) map[string]string {
	c := r.at(field)
	if c < 0 {
		return nil
	}
	written, cell := r.levelWords(field)
	if len(written) == 0 && !r.form && !r.ours() {
		r.blankLevels(field, c)
	}
	if len(written) == 0 || len(written) > maxLevelWords {
		return nil
	}
	all := slices.Clone(written)
	for _, o := range r.kin {
		more, _ := o.levelWords(field)
		for _, s := range more {
			if !slices.Contains(all, s) && len(all) <= maxLevelWords {
				all = append(all, s)
			}
		}
	}
	as, ask := levelsAs(all, r.selfScheme())
	if ask != "" {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cell, Field: field, Value: strings.Join(written, "、"), Message: ask})
	} else if turned := describe(written, as); turned != "" {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cell, Field: field, Message: "等级按等级方案记为：" + turned})
	}
	return as
}

// levelWords lists the different texts of a column of levels, and the first cell.
func (r *run) levelWords(field string) (written []string, cell string) {
	c := r.at(field)
	if c < 0 {
		return nil, ""
	}
	seen := map[string]bool{}
	for i := range r.layout.len() {
		w := r.layout.row(i)
		s := w.raw(c)
		if s == "" || seen[s] || isNothing(s) || r.isAside(&w) {
			continue
		}
		if cell == "" {
			cell = w.cell(c)
		}
		seen[s] = true
		if written = append(written, s); len(written) > maxLevelWords {
			break
		}
	}
	return written, cell
}

// blankLevels asks about a column of levels without a word in it: offices paint cells.
func (r *run) blankLevels(field string, c int) {
	for i := range r.layout.len() {
		w := r.layout.row(i)
		if w.raw(r.at("name")) == "" && w.raw(r.at("description")) == "" || r.isAside(&w) {
			continue
		}
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: w.cell(c), Field: field,
			Message: fmt.Sprintf("“%s”一栏一个字也没有；如果等级是用颜色表示的，请写上字再导入", r.g.Form.Header(field))})
		return
	}
}

func describe(written []string, as map[string]string) string {
	var out []string
	for _, w := range written {
		if as[w] != "" {
			out = append(out, w+"→"+as[w])
		}
	}
	return strings.Join(out, "，")
}
