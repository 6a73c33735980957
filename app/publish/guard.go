package publish

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"lianshao/app"
	"lianshao/domain"
)

// Part is a piece of text of a paper with the place a person finds it at, for
// example 第2页 or 文件属性“作者”.
type Part struct{ Where, Text string }

// Finding is a secret in a part of a paper.
type Finding struct {
	Where string
	What  string // 人名“王某某”, 评估得分“86.93”, 意见 YJ-04 的原文
}

// Guard knows the secrets of a pilot at one moment and the level that a paper is
// published at.
type Guard struct {
	level  Level
	people []string          // longest first, without spaces
	masks  *strings.Replacer // names to what stands for them
	scores map[string]bool
	words  map[string]string // complaintRun characters of a complaint → whose
}

// complaintRun is how many characters in a row, punctuation apart, count as
// somebody's words rather than the language of the field.
const complaintRun = 14

// NewGuard collects what a paper of the level must not show: the names of members,
// heads, owners, assessors and people who gave opinions, every computed score, and
// the words of opinions and of the information library.
func NewGuard(p *domain.Pilot, l Level) *Guard {
	g := &Guard{level: l, scores: map[string]bool{}, words: map[string]string{}}
	if !l.Public() {
		return g
	}
	g.people = People(p)
	g.masks = masks(l, g.people)
	g.addScores(p)
	g.addComplaints(p)
	return g
}

func masks(l Level, people []string) *strings.Replacer {
	var pairs []string
	for _, name := range people {
		mask := "某某"
		if l == Masked {
			mask = masked(name)
		}
		pairs = append(pairs, name, mask)
		if r := []rune(name); len(r) == 2 { // set wide in rosters
			pairs = append(pairs, string(r[0])+"　"+string(r[1]), mask, string(r[0])+" "+string(r[1]), mask)
		}
	}
	return strings.NewReplacer(pairs...)
}

// masked keeps the surname: 王建国 is 王*, 欧阳明 is 欧阳*.
func masked(name string) string {
	if s := surname(name); s != "" {
		return s + "*"
	}
	return string([]rune(name)[:1]) + "*"
}

func (g *Guard) addScores(p *domain.Pilot) {
	for _, round := range p.Assessments.All() {
		res := p.Assess(round)
		if res == nil {
			continue
		}
		for i := range res.Points {
			g.addOutcome(&res.Points[i].Outcome)
		}
		for i := range res.Units {
			if res.Units[i].Rated {
				g.addOutcome(&res.Units[i].Outcome)
			}
		}
	}
	for _, w := range p.Warnings.All() {
		g.scores[fmt.Sprintf("%.2f", w.Index)] = true
	}
}

func (g *Guard) addOutcome(o *domain.Outcome) {
	if o.Complete {
		g.scores[fmt.Sprintf("%.2f", o.Index)] = true
		g.scores[fmt.Sprintf("%.4f", o.S)] = true
	}
}

// addComplaints remembers what people wrote, but for words that were the office's
// own before: those of the notice that an opinion speaks about, and those that an
// adopted opinion has brought into the papers by a revision on record.
func (g *Guard) addComplaints(p *domain.Pilot) {
	own := map[domain.ID][]string{}
	for _, r := range p.Revisions.All() {
		for _, o := range r.Opinions {
			own[o.ID] = append(own[o.ID], bare(r.After))
		}
	}
	for _, o := range p.Opinions.All() {
		g.addWords("意见"+o.Code+"的原文", o.Content, append(own[o.ID], quotable(p, o)...))
	}
	for _, i := range p.Intelligence.All() {
		g.addWords("风险信息"+i.Code+"的原文", i.Summary, nil)
	}
}

// quotable are the published words that an opinion may quote: what the notice showed
// of its points, or, of a notice known by an import only, what its points say.
func quotable(p *domain.Pilot, o *domain.Opinion) (texts []string) {
	about := map[domain.ID]bool{}
	for _, r := range o.Points {
		about[r.ID] = true
	}
	d, _ := p.Disclosures.Get(o.Disclosure.ID)
	if d != nil && len(d.Shown) > 0 {
		for _, x := range d.Shown {
			if len(about) == 0 || about[x.Point] {
				texts = append(texts, bare(x.Name), bare(x.Description))
				for _, m := range x.Measures {
					texts = append(texts, bare(m))
				}
			}
		}
		return texts
	}
	for _, ref := range o.Points {
		if pt, ok := p.RiskPoints.Get(ref.ID); ok {
			texts = append(texts, bare(pt.Name), bare(pt.Description))
		}
		for _, m := range p.Measures.By(domain.ByPoint, ref.ID) {
			texts = append(texts, bare(m.Content))
		}
	}
	return texts
}

func (g *Guard) addWords(whose, text string, own []string) {
	eachRun(bare(text), func(run string) bool {
		for _, a := range own {
			if strings.Contains(a, run) {
				return true
			}
		}
		g.words[run] = whose
		return true
	})
}

// bare is a text without punctuation and spaces.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, domain.NormalizeWidth(s))
}

// eachRun visits every complaintRun characters in a row until visit returns false.
func eachRun(s string, visit func(string) bool) {
	var starts []int
	for i := range s {
		starts = append(starts, i)
	}
	starts = append(starts, len(s))
	for i := 0; i+complaintRun < len(starts); i++ {
		if !visit(s[starts[i]:starts[i+complaintRun]]) {
			return
		}
	}
}

// Level is the level of the paper.
func (g *Guard) Level() Level { return g.level }

// Clean puts what stands for them in the place of names: 某某 at P1 and P3, 张* at P2.
func (g *Guard) Clean(text string) string {
	if g.masks == nil || text == "" {
		return text
	}
	return g.masks.Replace(text)
}

var decimal = regexp.MustCompile(`\d+\.\d+`)

// Find lists the secrets in the parts, a few at most: one of each sort for a part.
func (g *Guard) Find(parts []Part) []Finding {
	if !g.level.Public() {
		return nil
	}
	const enough = 20
	var out []Finding
	for _, p := range parts {
		if what := g.secret(p.Text); what != "" {
			if out = append(out, Finding{p.Where, what}); len(out) == enough {
				break
			}
		}
	}
	return out
}

// secret is the first secret in a text, "" when there is none.
func (g *Guard) secret(text string) string {
	if text == "" {
		return ""
	}
	tight := squeeze(text)
	for _, name := range g.people {
		if strings.Contains(tight, name) {
			return "人名“" + name + "”"
		}
	}
	for _, n := range decimal.FindAllString(text, -1) {
		if g.scores[n] {
			return "评估得分“" + n + "”"
		}
	}
	whose := ""
	if len(g.words) > 0 {
		eachRun(bare(text), func(run string) bool {
			whose = g.words[run]
			return whose == ""
		})
	}
	return whose
}

// Check refuses a paper that holds a secret, with a sentence that says where.
func (g *Guard) Check(paper string, parts []Part) error {
	found := g.Find(append([]Part{{"文件名", paper}}, parts...))
	if len(found) == 0 {
		return nil
	}
	more := ""
	if n := len(found); n > 1 {
		more = fmt.Sprintf("（另外还有 %d 处）", n-1)
	}
	return app.E(app.CodeInvalid, "“%s”不能按%s公开：%s里有%s%s。请改写原文，或选择内部使用（P0）。文件没有写出",
		paper, g.level.Phrase(), found[0].Where, found[0].What, more)
}
