package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// verb is one command: its positional arguments, its flags and what it does.
type verb struct {
	name  string
	about string
	args  []string // names of positional arguments; "X..." = one or more, "[X]" = may be left out
	flags []flag
	run   func(*call) (int, error) // nil = not in this version
}

// flag is one --name; without a value name it is a switch.
type flag struct {
	name  string
	value string
	must  bool
}

var verbs []*verb

func init() {
	verbs = []*verb{
		{"new", "新建试点", []string{"FILE"}, []flag{{"template", "university|blank", false}, {"sample", "", false}, {"year", "年份", false}}, runNew},
		{"import", "导入表格（或文件夹里的全部）", []string{"FILE", "BOOK..."}, []flag{{"as", "KIND", false}, {"map", "MAP.json", false}, {"dry-run", "", false}, {"json", "", false}, {"prefer", "newer|mine|theirs|order", false}, {"problems", "DIR|OUT.xlsx", false}}, runImport},
		{"export", "导出全部内容为工作簿", []string{"FILE", "OUT.xlsx"}, []flag{{"long", "", false}}, runExport},
		{"form", "生成空白或预填的表格", []string{"OUT.xlsx"}, []flag{{"kind", "KIND", true}, {"pilot", "FILE", false}, {"unit", "NAME", false}, {"post", "NAME", false}, {"assessor", "NAME", false}, {"round", "N", false}}, runForm},
		{"list", "列出记录", []string{"FILE"}, []flag{{"kind", "KIND", true}, {"json", "", false}}, runList},
		{"assess", "计算评估结果", []string{"FILE"}, []flag{{"round", "N", false}, {"json", "", false}}, runAssess},
		{"warn", "列出应当预警的风险点", []string{"FILE"}, []flag{{"round", "N", false}, {"all", "", false}, {"issue", "", false}, {"json", "", false}}, runWarn},
		{"print", "打印表格或图为 PDF", []string{"FILE"}, []flag{{"doc", "DOC", true}, {"out", "OUT.pdf", true}, {"unit", "NAME", false}, {"level", "NAME", false}, {"round", "N", false}, {"paper", "A4|A3", false}, {"anon", "P0|P1|P2|P3", false}, {"blank", "", false}}, runPrint},
		{"report", "生成总结报告和上报文", []string{"FILE"}, []flag{{"out", "OUT.docx", true}, {"letter", "LETTER.docx", false}, {"anon", "P0|P1|P2", false}, {"json", "", false}}, runReport},
		{"chart", "把图表存为图片", []string{"FILE"}, []flag{{"kind", "KIND", true}, {"out", "OUT.png", true}, {"round", "N", false}}, runChart},
		{"shot", "把窗口的一个页面存为图片", []string{"FILE"}, []flag{{"screen", "SCREEN", true}, {"out", "OUT.png", true}, {"size", "1366x768", false}}, runShot},
		{"calc", "单独计算一种方法", []string{"METHOD", "[IN.json]"}, nil, runCalc},
		{"merge", "汇总别人的试点文件（或文件夹里的全部）", []string{"INTO", "FROM..."}, []flag{{"dry-run", "", false}, {"json", "", false}, {"prefer", "newer|mine|theirs", false}}, runMerge},
		{"check", "检查文件是否完好", []string{"FILE"}, []flag{{"anchor", "CODE", false}, {"json", "", false}}, runCheck},
		{"repair", "抢救受损的文件", []string{"FILE"}, []flag{{"out", "NEW", true}, {"json", "", false}}, runRepair},
		{"password", "设置、更改、取消口令，换恢复密钥", []string{"FILE"}, []flag{{"remove", "", false}, {"recovery", "", false}}, runPassword},
		{"backup", "备份", []string{"FILE", "OUT"}, nil, runBackup},
		{"restore", "从备份恢复", []string{"BACKUP", "OUT"}, nil, runRestore},
		{"pack", "做成加密的交换包，发给别人汇总", []string{"FILE", "OUT.lianshao-pack"}, nil, runPack},
		{"unpack", "把交换包拆成试点文件", []string{"PACK", "OUT"}, nil, runUnpack},
		{"demo", "生成演示用的大试点", []string{"FILE"}, []flag{{"points", "N", true}}, runDemo},
	}
}

// IsVerb reports whether a first argument is a verb rather than a file to open.
func IsVerb(arg string) bool {
	return verbNamed(arg) != nil || arg == "help" || strings.HasPrefix(arg, "-")
}

func verbNamed(name string) *verb {
	if i := slices.IndexFunc(verbs, func(v *verb) bool { return v.name == name }); i >= 0 {
		return verbs[i]
	}
	return nil
}

func usage() string {
	var b strings.Builder
	b.WriteString("用法：lianshao [试点文件]            打开窗口\n")
	b.WriteString("      lianshao 命令 [参数…]\n\n命令：\n")
	for _, v := range verbs {
		if v.run != nil {
			fmt.Fprintf(&b, "  %s\n      %s\n", v.synopsis(), v.about)
		}
	}
	b.WriteString("\n退出码：0 完成；1 完成但有的行没有收下；2 没有执行，什么也没有改动；3 试点文件受损。\n")
	return b.String()
}

func (v *verb) synopsis() string {
	parts := append([]string{v.name}, v.args...)
	for _, f := range v.flags {
		s := "--" + f.name
		if f.value != "" {
			s += " " + f.value
		}
		if !f.must {
			s = "[" + s + "]"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

// parse sorts the arguments into positional ones and flags, which may stand
// anywhere; after "--" everything is positional.
func (v *verb) parse(c *call, args []string) (help bool, err error) {
	c.flags = map[string]string{}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			c.args = append(c.args, args[i+1:]...)
			i = len(args)
		case a == "--help" || a == "-h":
			return true, nil
		case len(a) > 1 && a[0] == '-':
			used, err := v.parseFlag(c, a, args[i+1:])
			if err != nil {
				return false, err
			}
			i += used
		default:
			c.args = append(c.args, a)
		}
	}
	return false, v.complete(c)
}

// parseFlag reads --name, --name value or --name=value and returns how many of
// the following arguments it used.
func (v *verb) parseFlag(c *call, arg string, rest []string) (used int, err error) {
	name, value, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	i := slices.IndexFunc(v.flags, func(f flag) bool { return f.name == name })
	if i < 0 {
		return 0, fmt.Errorf("%s 没有选项 %s。", v.name, arg)
	}
	switch f := v.flags[i]; {
	case f.value == "" && given:
		return 0, fmt.Errorf("选项 --%s 后面不带内容。", name)
	case f.value != "" && !given:
		if len(rest) == 0 {
			return 0, fmt.Errorf("选项 --%s 后面要写 %s。", name, f.value)
		}
		value, used = rest[0], 1
	}
	if _, twice := c.flags[name]; twice {
		return 0, fmt.Errorf("选项 --%s 写了两次。", name)
	}
	c.flags[name] = value
	return used, nil
}

// complete checks the number of positional arguments and the flags that must be there.
func (v *verb) complete(c *call) error {
	least, most := 0, len(v.args)
	for _, a := range v.args {
		if !strings.HasPrefix(a, "[") {
			least++
		}
		if strings.HasSuffix(a, "...") {
			most = 1 << 30
		}
	}
	if len(c.args) < least {
		return fmt.Errorf("%s 缺少 %s。", v.name, v.args[len(c.args)])
	}
	if len(c.args) > most {
		return fmt.Errorf("%s 多了一个参数“%s”。", v.name, c.args[most])
	}
	for _, f := range v.flags {
		if f.must && c.flags[f.name] == "" {
			return fmt.Errorf("%s 需要选项 --%s %s。", v.name, f.name, f.value)
		}
	}
	return nil
}

// number reads a whole number from a flag, or returns def when it is not there.
func (c *call) number(flag string, def, least, most int) (int, error) {
	text, ok := c.flags[flag]
	if !ok {
		return def, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, refuse("选项 --%s 的“%s”不对，应为 %d 到 %d 之间的整数。", flag, text, least, most)
	}
	return n, nil
}

// size reads 1366x768 from --size.
func (c *call) size(defWidth, defHeight int) (width, height int, err error) {
	text, ok := c.flags["size"]
	if !ok {
		return defWidth, defHeight, nil
	}
	w, h, _ := strings.Cut(strings.ToLower(text), "x")
	width, err1 := strconv.Atoi(w)
	height, err2 := strconv.Atoi(h)
	if err1 != nil || err2 != nil || width < 200 || height < 150 || width > 8000 || height > 8000 {
		return 0, 0, refuse("选项 --size 的“%s”不对，应写成 1366x768 的样子，宽 200–8000，高 150–8000。", text)
	}
	return width, height, nil
}
