package publish

import (
	"cmp"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianshao/domain"
)

// People lists the names of persons that the pilot stores, the longest first.
// Fields that should hold a person count unless they name an office; in fields that
// usually name a post only what looks like a Chinese name counts. Which fields those
// are say personFields and mixedFields, for every kind of record alike.
func People(p *domain.Pilot) []string {
	c := collector{offices: officesOf(p), work: workOf(p), found: map[string]bool{}}
	for _, t := range p.Tables() {
		t.Each(func(r domain.Record) bool {
			v := reflect.ValueOf(r).Elem()
			if walk := walkerOf(v.Type()); walk != nil {
				walk(v, &c)
			}
			return true
		})
	}
	return c.list()
}

// collector gathers names once each.
type collector struct {
	offices map[string]bool
	work    string // names of posts, workflows and steps
	found   map[string]bool
}

// workOf is the language of the work: 付款 and 危化品 look like names but are parts
// of steps and posts.
func workOf(p *domain.Pilot) string {
	var b strings.Builder
	add := func(name string) { b.WriteString(squeeze(name) + "\n") }
	for _, x := range p.Posts.All() {
		add(x.Name)
		add(x.Office)
	}
	for _, w := range p.Workflows.All() {
		add(w.Name)
		for i := range w.Steps {
			add(w.Steps[i].Name)
		}
	}
	return b.String()
}

// officesOf are the words of the pilot that name a unit, a post or a section.
func officesOf(p *domain.Pilot) map[string]bool {
	out := map[string]bool{"": true}
	for _, u := range p.Units.All() {
		out[squeeze(u.Name)] = true
	}
	for _, x := range p.Posts.All() {
		out[squeeze(x.Name)], out[squeeze(x.Office)] = true, true
	}
	for _, w := range p.Workflows.All() {
		for i := range w.Steps {
			for _, actor := range split(w.Steps[i].Actor) {
				if !looksLikeName(actor) {
					out[actor] = true
				}
			}
		}
	}
	return out
}

// person takes every part of a field that ought to hold people.
func (c *collector) person(field string) {
	for _, part := range split(field) {
		if c.office(part) {
			continue
		}
		c.add(part)
		c.add(nameWithin(part))
	}
}

// mixed takes only what looks like a name from a field that usually holds posts.
func (c *collector) mixed(field string) {
	for _, part := range split(field) {
		if c.office(part) {
			continue
		}
		if name := nameWithin(part); looksLikeName(name) && !strings.Contains(c.work, name) {
			c.add(name)
		}
	}
}

func (c *collector) add(name string) {
	if utf8.RuneCountInString(name) >= 2 && !c.office(name) {
		c.found[name] = true
	}
}

func (c *collector) list() []string {
	out := make([]string, 0, len(c.found))
	for n := range c.found {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(utf8.RuneCountInString(b)-utf8.RuneCountInString(a), strings.Compare(a, b))
	})
	return out
}

// office reports whether a text names an office, a group or nobody. 李会 is a
// person all the same.
func (c *collector) office(s string) bool {
	if c.offices[s] || nobody[s] || officeEnd.MatchString(s) {
		return true
	}
	return !looksLikeName(s) && maybeOfficeEnd.MatchString(s)
}

var nobody = map[string]bool{"匿名": true, "无": true, "不详": true, "待定": true, "空缺": true, "本人": true, "各部门": true,
	"群众": true, "教职工": true, "学生": true, "职工": true, "教师": true, "组长": true, "副组长": true, "成员": true}

// officeEnd are words that end the name of an office, a post or a group;
// maybeOfficeEnd those that may as well end a given name.
var (
	officeEnd = regexp.MustCompile(`(处|科|部|室|院|系|所|中心|组|委员会|办公室|单位|公司|部门|团队|长|副职|正职|主任|书记|教授|讲师|员|` +
		`教师|老师|岗|岗位|负责人|代表|专家|会计|出纳|秘书|助理|干事|主管|经理|领导|职工|网络|平台|热线|信箱|来信|来电|党委|纪委|委会|馆|监察|审计|财务|基建|后勤)$`)
	maybeOfficeEnd = regexp.MustCompile(`(人|会|师|校|办|委|局|厅)$`)
)

var between = regexp.MustCompile(`[、，,；;／/\n\r\t|（）()：:]+`)

// split cuts a field into the people or posts that it lists, without spaces.
func split(field string) []string {
	var out []string
	for _, part := range between.Split(field, -1) {
		if s := squeeze(part); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var (
	titleBefore = regexp.MustCompile(`^.*(?:处长|科长|主任|书记|校长|院长|部长|组长|职工|教师|老师|代表|科员|人员|委员|专员|管理员|经理|学生)(?:助理)?`)
	titleAfter  = regexp.MustCompile(`(?:同志|老师|教授|副教授|先生|女士|处长|副处长|科长|副科长|主任|副主任|书记|副书记|校长|副校长|院长|部长)$`)
)

// nameWithin is a part without the office before it and the title behind it:
// 后勤职工李某 is 李某, 王建国处长 is 王建国.
func nameWithin(part string) string {
	if rest := titleBefore.ReplaceAllString(part, ""); rest != "" && rest != part {
		return rest
	}
	return titleAfter.ReplaceAllString(part, "")
}

// looksLikeName reports whether a text is two to four Chinese characters that begin
// with a surname, or a name in Latin letters.
func looksLikeName(s string) bool {
	runes := []rune(s)
	if len(runes) >= 4 && !slices.ContainsFunc(runes, func(r rune) bool { return r > unicode.MaxLatin1 && r != '·' }) {
		return unicode.IsUpper(runes[0]) && strings.ContainsFunc(s, unicode.IsLower)
	}
	if len(runes) < 2 || len(runes) > 4 {
		return false
	}
	for _, r := range runes {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return len(surname(s)) < len(s) && surname(s) != ""
}

// surname is the surname that a name begins with, or "".
func surname(name string) string {
	for _, s := range strings.Fields(doubleSurnames) {
		if strings.HasPrefix(name, s) {
			return s
		}
	}
	r, size := utf8.DecodeRuneInString(name)
	if strings.ContainsRune(surnames, r) {
		return name[:size]
	}
	return ""
}

const doubleSurnames = "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 百里 呼延 东郭 南门"

const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳" +
	"酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒" +
	"屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石" +
	"崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶" +
	"幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎" +
	"充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查" +
	"后荆红游竺权逯盖益桓公肖闫代岳苟仝佟付覃邸涂尧初麦冼佘"

// squeeze takes out what does not show: spaces of every width and invisible
// characters, which a name may be set with (张　三).
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, domain.NormalizeWidth(s))
}
