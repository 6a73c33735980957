package main

import "fmt"

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func all() []layout {
	var out []layout
	for _, part := range [][]layout{plain(), several(), rows(), cards(), levels(), offices()} {
		out = append(out, part...)
	}
	return out
}

// Several tables on a sheet.
func several() []layout {
	return []layout{
		{name: "上下两张表", about: "两个部门的表上下排列，各有标题", sheets: []page{{name: "汇总", rows: []string{
			"廉政风险点汇总", "单位：基建处", "序号|风险点|等级|防控措施", "1|虚签|高|影像留痕", "2|围标|中|雷同检查", "",
			"单位：设备处", "序号|风险点|表现形式|等级|防控措施", "1|验收走过场|未开箱即签字|高|采验分离"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查",
				"point unit=设备处 | name=验收走过场 | description=未开箱即签字 | level=高 | measures=采验分离"}},
		{name: "上下两种表", about: "上面岗位职权，下面风险点", sheets: []page{{name: "基建处", rows: []string{
			"一、岗位职权", "序号|岗位|岗位职责|主要职权", "1|甲方代表|驻工地监督|签证权", "2|造价管理员|估算与测算|认质认价权", "", "",
			"二、廉政风险点", "序号|岗位|风险点|表现形式|等级|防控措施", "1|甲方代表|虚签|虚签工程量|高|影像留痕"}}},
			want: []string{"post unit=基建处 | name=甲方代表 | duties=驻工地监督 | powers=签证权", "post unit=基建处 | name=造价管理员 | duties=估算与测算 | powers=认质认价权",
				"point unit=基建处 | post=甲方代表 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕"}},
		{name: "左右两张表", about: "中间空一列", sheets: []page{{name: "汇总", merges: []string{"A1:I1"}, rows: []string{
			"基建处、设备处廉政风险点", "单位：基建处|||||单位：设备处||| ", "序号|风险点|等级|防控措施||序号|风险点|等级|防控措施",
			"1|虚签|高|影像留痕||1|验收走过场|高|采验分离", "2|围标|中|雷同检查||||"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查",
				"point unit=设备处 | name=验收走过场 | level=高 | measures=采验分离"}},
		{name: "左右紧挨着", about: "同样的列重复一遍，中间不空", sheets: []page{{name: "基建处", rows: []string{
			"序号|风险点|风险等级|防控措施|序号|风险点|风险等级|防控措施", "1|虚签|高|影像留痕|3|泄密|高|封闭抽取", "2|围标|中|雷同检查|4|超付|中|复核"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查",
				"point unit=基建处 | name=泄密 | level=高 | measures=封闭抽取", "point unit=基建处 | name=超付 | level=中 | measures=复核"}},
		{name: "每页重复表头", about: "打印分页处表头重复，有续表字样", sheets: []page{{name: "基建处", rows: []string{
			"廉政风险一览表", "序号|风险点|表现形式|等级|防控措施", "1|虚签|虚签工程量|高|影像留痕", "2|围标|对围标失察|中|雷同检查",
			"廉政风险一览表（续）", "序号|风险点|表现形式|等级|防控措施", "3|泄密|泄露标底|高|封闭抽取", "序号|风险点|表现形式|等级|防控措施", "4|超付|超进度付款|中|复核"}}},
			want: []string{"point unit=基建处 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | description=对围标失察 | level=中 | measures=雷同检查",
				"point unit=基建处 | name=泄密 | description=泄露标底 | level=高 | measures=封闭抽取", "point unit=基建处 | name=超付 | description=超进度付款 | level=中 | measures=复核"}},
		{name: "四个部门依次排", about: "每个部门一段，标题行写部门", sheets: []page{{name: "汇总", rows: []string{
			"部门：基建处", "序号|风险点|等级|防控措施", "1|虚签|高|影像留痕", "部门：设备处", "序号|风险点|等级|防控措施", "1|漏登|低|盘点",
			"部门：财务处", "序号|风险点|等级|防控措施", "1|超付|中|复核", "部门：后勤处", "序号|风险点|等级|防控措施", "1|招租不公开|高|公开竞价"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=设备处 | name=漏登 | level=低 | measures=盘点",
				"point unit=财务处 | name=超付 | level=中 | measures=复核", "point unit=后勤处 | name=招租不公开 | level=高 | measures=公开竞价"}},
		{name: "标签和值各占一格", about: "表上方部门、岗位写在各自的格里", sheets: []page{{name: "自查表", rows: []string{
			"岗位廉政风险自查表", "部门|基建处||岗位|甲方代表", "序号|风险点|表现形式|等级|防控措施", "1|虚签|虚签工程量|高|影像留痕", "2|拖延|拖延验收|低|限时办结"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕",
				"point unit=基建处 | post=甲方代表 | name=拖延 | description=拖延验收 | level=低 | measures=限时办结"}},
		{name: "一格里写几个标签", about: "部门、岗位、日期写在同一格", sheets: []page{{name: "自查表", rows: []string{
			"岗位廉政风险自查表", "部门：基建处 岗位：甲方代表　填表日期：2026年7月1日", "序号|风险点|表现形式|等级|防控措施", "1|虚签|虚签工程量|高|影像留痕"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕"}},
	}
}

// Rows that are not one record each.
func rows() []layout {
	return []layout{
		{name: "一个点占几行", about: "风险点竖向合并，措施一行一条", sheets: []page{{name: "基建处", merges: []string{"A2:A4", "B2:B4", "C2:C4", "D2:D4"}, rows: []string{
			"序号|风险点|表现形式|等级|防控措施|责任人", "1|虚签|虚签工程量|高|二人以上签证|甲方代表", "||||监理同时签认|监理", "||||影像留痕|甲方代表", "2|围标|对围标失察|中|雷同检查|科长"}}},
			want: []string{"point unit=基建处 | name=虚签 | description=虚签工程量 | level=高 | measures=二人以上签证/监理同时签认/影像留痕 | owner=甲方代表、监理",
				"point unit=基建处 | name=围标 | description=对围标失察 | level=中 | measures=雷同检查 | owner=科长"}},
		{name: "接着写在下一行", about: "没有合并，下面的行只写措施", sheets: []page{{name: "设备处", rows: []string{
			"编号|风险点|等级|防控措施", "SB-01|验收走过场|高|采验分离", "|||专家组验收", "SB-02|漏登|低|盘点"}}},
			want: []string{"point code=SB-01 | unit=设备处 | name=验收走过场 | level=高 | measures=采验分离/专家组验收", "point code=SB-02 | unit=设备处 | name=漏登 | level=低 | measures=盘点"}},
		{name: "编号合并表现分行", about: "一个编号下表现形式写了几行", sheets: []page{{name: "基建处", merges: []string{"A2:A3", "B2:B3", "D2:D3"}, rows: []string{
			"编号|风险点|表现形式|等级|防控措施", "JJ-01|虚签|虚签工程量|高|影像留痕", "||重复签证||双人签证", "JJ-02|围标|对围标失察|中|雷同检查"}}},
			want: []string{"point code=JJ-01 | unit=基建处 | name=虚签 | description=虚签工程量⏎重复签证 | level=高 | measures=影像留痕/双人签证",
				"point code=JJ-02 | unit=基建处 | name=围标 | description=对围标失察 | level=中 | measures=雷同检查"}},
		{name: "同名几个点", about: "风险点名称合并，各行有自己的表现和等级：是几个点", sheets: []page{{name: "基建处", merges: []string{"A2:A3"}, rows: []string{
			"风险点|表现形式|等级|防控措施", "招标环节|围标失察|高|雷同检查", "|泄露标底|中|封闭抽取"}}},
			want: []string{"point unit=基建处 | name=招标环节 | description=围标失察 | level=高 | measures=雷同检查", "point unit=基建处 | name=招标环节 | description=泄露标底 | level=中 | measures=封闭抽取"}},
		{name: "圈码措施", about: "一格里①②③三条", sheets: []page{{name: "基建处", rows: []string{
			"风险点|等级|防控措施", "虚签|高|①二人以上签证；②监理签认；③影像留痕", "围标|中|①雷同检查⏎②代理轮换"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=二人以上签证/监理签认/影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查/代理轮换"}},
		{name: "括号编号措施", about: "（1）（2）和（一）（二）", sheets: []page{{name: "基建处", rows: []string{
			"风险点|等级|防控措施", "虚签|高|（1）二人以上签证；（2）监理签认。", "围标|中|（一）雷同检查；（二）代理轮换"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=二人以上签证/监理签认", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查/代理轮换"}},
		{name: "一是二是", about: "措施写成一段话：一是……二是……", sheets: []page{{name: "基建处", rows: []string{
			"风险点|等级|防控措施", "虚签|高|一是严格执行二人以上签证；二是监理同时签认；三是影像留痕。"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=严格执行二人以上签证/监理同时签认/影像留痕"}},
		{name: "措施分三列", about: "防控措施下分制度、技术、管理三列", sheets: []page{{name: "基建处", merges: []string{"A1:A2", "B1:B2", "C1:E1"}, rows: []string{
			"风险点|等级|防控措施||", "||制度防控|技术防控|管理防控", "虚签|高|签证管理办法|影像留痕|双人到场", "围标|中||雷同检查|"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=签证管理办法/影像留痕/双人到场", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查"}},
		{name: "措施一二三", about: "列名是措施一、措施二、措施三", sheets: []page{{name: "基建处", rows: []string{
			"风险点|等级|防控措施1|防控措施2|防控措施3", "虚签|高|双人签证|影像留痕|", "围标|中|雷同检查||"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=双人签证/影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查"}},
		{name: "分段写部门", about: "一、基建处 这样的整行分段", sheets: []page{{name: "汇总", merges: []string{"A2:D2", "A5:D5"}, rows: []string{
			"序号|风险点|等级|防控措施", "一、基建处", "1|虚签|高|影像留痕", "2|围标|中|雷同检查", "二、设备和实验室管理处", "3|漏登|低|盘点"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查", "point unit=设备和实验室管理处 | name=漏登 | level=低 | measures=盘点"}},
		{name: "分段写科室和岗位", about: "（一）招标科、岗位：甲方代表", sheets: []page{{name: "基建处", merges: []string{"A2:D2", "A4:D4"}, rows: []string{
			"序号|风险点|等级|防控措施", "（一）招标合约科", "1|围标|中|雷同检查", "岗位：甲方代表", "2|虚签|高|影像留痕"}}},
			want: []string{"point unit=基建处 | office=招标合约科 | name=围标 | level=中 | measures=雷同检查", "point unit=基建处 | office=招标合约科 | post=甲方代表 | name=虚签 | level=高 | measures=影像留痕"}},
		{name: "不知道的分段", about: "分段标题没有对应的栏：不导入，要问", sheets: []page{{name: "基建处", merges: []string{"A2:D2"}, rows: []string{
			"序号|风险点|等级|防控措施", "工程建设领域", "1|围标|中|雷同检查"}}},
			want: []string{"point unit=基建处 | name=围标 | level=中 | measures=雷同检查"}, asks: []string{"“工程建设领域”像是分段的标题"}},
		{name: "同上和点点", about: "〃和同上表示与上一行一样", sheets: []page{{name: "汇总", rows: []string{
			"部门|风险点|等级|防控措施|责任人", "基建处|虚签|高|影像留痕|科长", "〃|围标|同上|雷同检查|〃", "设备处|漏登|低|盘点|资产管理员"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕 | owner=科长", "point unit=基建处 | name=围标 | level=高 | measures=雷同检查 | owner=科长",
				"point unit=设备处 | name=漏登 | level=低 | measures=盘点 | owner=资产管理员"}},
		{name: "分数写成文字", about: "可能性写成极大、较小：不猜，那一行不收并说明", sheets: []page{{name: "基建处", rows: []string{
			"岗位风险编号|风险项目名称|可能性L|严重性C|预防和控制措施", "JJ-01|虚签|极大|较大|影像留痕", "JJ-02|围标|3|4|雷同检查"}}},
			want: []string{"point code=JJ-02 | unit=基建处 | name=围标 | likelihood=3 | impact=4 | measures=雷同检查"}, asks: []string{"可能性应为 1–5 的整数，现为“极大”"}},
	}
}

// Forms with labels beside the values.
func cards() []layout {
	return []layout{
		{name: "一表一卡", about: "左边标签，右边内容", sheets: []page{{name: "自查表", merges: []string{"A1:B1"}, rows: []string{
			"岗位廉政风险自查表", "部门|基建处", "岗位|甲方代表", "风险点|虚签工程量", "表现形式|将合同内工作重复签证", "风险类别|岗位职责", "可能性|4", "影响程度|5", "防控措施|1.二人以上签证⏎2.影像留痕", "责任人|工程科科长", "本人签字|"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签工程量 | description=将合同内工作重复签证 | category=岗位职责 | likelihood=4 | impact=5 | measures=二人以上签证/影像留痕 | owner=工程科科长"}},
		{name: "一行两对", about: "一行有两对标签和内容，内容合并几格", sheets: []page{{name: "自查表", merges: []string{"A1:F1", "B4:F4", "B5:F5", "B6:F6"}, rows: []string{
			"廉政风险自查登记卡", "姓名|张三|部门|设备处|岗位|采购员", "风险类别|思想道德|自评等级|高|来源|自己查、群众帮", "风险点|货比三家走形式", "表现形式|报价单出自同一人，事后补做询价记录", "防控措施|系统留痕", "填表人|张三|填表日期|2026年7月1日"}}},
			want: []string{"point unit=设备处 | post=采购员 | category=思想道德 | level=高 | channels=自己查、群众帮 | name=货比三家走形式 | description=报价单出自同一人，事后补做询价记录 | measures=系统留痕"}},
		{name: "上下两张卡", about: "一张表里上下两张卡片", sheets: []page{{name: "登记卡", rows: []string{
			"部门|基建处|岗位|甲方代表", "风险点|虚签|等级|高", "表现形式|虚签工程量", "防控措施|影像留痕", "",
			"部门|设备处|岗位|采购员", "风险点|假询价|等级|中", "表现形式|报价出自一人", "防控措施|系统留痕"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签 | level=高 | description=虚签工程量 | measures=影像留痕", "point unit=设备处 | post=采购员 | name=假询价 | level=中 | description=报价出自一人 | measures=系统留痕"}},
		{name: "左右两张卡", about: "两张卡片并排", sheets: []page{{name: "登记卡", rows: []string{
			"部门|基建处||部门|设备处", "岗位|甲方代表||岗位|采购员", "风险点|虚签||风险点|假询价", "等级|高||等级|中", "防控措施|影像留痕||防控措施|系统留痕"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签 | level=高 | measures=影像留痕", "point unit=设备处 | post=采购员 | name=假询价 | level=中 | measures=系统留痕"}},
		{name: "横过来的表", about: "栏目竖着写，每列一个风险点", sheets: []page{{name: "基建处", rows: []string{
			"编号|JJ-01|JJ-02|JJ-03", "风险点|虚签|围标|泄密", "表现形式|虚签工程量|对围标失察|泄露标底", "等级|高|中|高", "防控措施|影像留痕|雷同检查|封闭抽取"}}},
			want: []string{"point code=JJ-01 | unit=基建处 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕", "point code=JJ-02 | unit=基建处 | name=围标 | description=对围标失察 | level=中 | measures=雷同检查",
				"point code=JJ-03 | unit=基建处 | name=泄密 | description=泄露标底 | level=高 | measures=封闭抽取"}},
		{name: "卡里措施占几行", about: "防控措施的标签竖向合并三行", sheets: []page{{name: "登记卡", merges: []string{"A4:A6"}, rows: []string{
			"部门|基建处", "风险点|虚签", "等级|高", "防控措施|1.二人以上签证", "|2.监理签认", "|3.影像留痕", "责任人|科长"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=二人以上签证/监理签认/影像留痕 | owner=科长"}},
		{name: "标签带冒号", about: "部门：基建处 写在一格", sheets: []page{{name: "登记卡", rows: []string{
			"部门：基建处|岗位：甲方代表", "风险点：虚签|风险等级：高", "表现形式：虚签工程量", "防控措施：影像留痕"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签 | level=高 | description=虚签工程量 | measures=影像留痕"}},
		{name: "卡和表合在一起", about: "上半是个人情况，下半是风险点表", sheets: []page{{name: "自查表", merges: []string{"A1:E1", "B3:E3"}, rows: []string{
			"岗位廉政风险自查表", "姓名|李四|部门|设备处|", "岗位|验收专员", "序号|风险点|表现形式|等级|防控措施", "1|验收走过场|未开箱即签字|高|采验分离", "2|以次充好|型号不符仍通过|高|专家组验收", "本人签字：||部门意见：||"}}},
			want: []string{"point unit=设备处 | post=验收专员 | name=验收走过场 | description=未开箱即签字 | level=高 | measures=采验分离", "point unit=设备处 | post=验收专员 | name=以次充好 | description=型号不符仍通过 | level=高 | measures=专家组验收"}},
	}
}

// Levels as people write them. "scheme" lines say what the pilot has.
func levels() []layout {
	head := "编号|风险点|风险等级|防控措施"
	book := func(words ...string) []page {
		p := page{name: "基建处", rows: []string{head}}
		for i, w := range words {
			p.rows = append(p.rows, sprintf("JJ-%02d|风险%d|%s|措施%d", i+1, i+1, w, i+1))
		}
		return []page{p}
	}
	want := func(scheme string, labels ...string) []string {
		out := []string{"scheme " + scheme}
		for i, l := range labels {
			out = append(out, sprintf("point code=JJ-%02d | unit=基建处 | name=风险%d | level=%s | measures=措施%d", i+1, i+1, l, i+1))
		}
		return out
	}
	tick := func(name, about string, rows []string, merges []string, want ...string) layout {
		return layout{name: name, about: about, sheets: []page{{name: "基建处", rows: rows, merges: merges}}, want: want}
	}
	return []layout{
		{name: "罗马数字等级", about: "方案是一级二级三级，表里写Ⅰ级Ⅱ级Ⅲ级", sheets: book("Ⅰ级", "Ⅱ级", "III级"), want: want("一级 二级 三级", "一级", "二级", "三级"), asks: []string{"等级按等级方案记为"}},
		{name: "一级二级对不上", about: "方案是红橙黄蓝，一级可能最高也可能最低：要问", sheets: book("一级", "二级"), want: want("红 橙 黄 蓝", "一级", "二级"), asks: []string{"等级写作“一级”“二级”"}},
		{name: "ABC等级", about: "A可能最高也可能最低：要问", sheets: book("A", "B", "C"), want: want("高 中 低", "A", "B", "C"), asks: []string{"等级写作“A”“B”“C”"}},
		{name: "颜色等级", about: "红色预警就是红", sheets: book("红色", "橙色预警", "黄", "蓝色"), want: want("红 橙 黄 蓝", "红", "橙", "黄", "蓝"), asks: []string{"等级按等级方案记为"}},
		{name: "颜色对三级方案", about: "四种颜色对不上三级：要问", sheets: book("红", "橙", "黄", "蓝"), want: want("一级 二级 三级", "红", "橙", "黄", "蓝"), asks: []string{"等级写作“红”“橙”“黄”“蓝”"}},
		{name: "星号等级", about: "三颗星最重，方案正好三级", sheets: book("★★★", "★★", "★"), want: want("高 中 低", "高", "中", "低"), asks: []string{"等级按等级方案记为"}},
		{name: "星号对不上", about: "三颗星对四级方案：要问", sheets: book("★★★", "★"), want: want("红 橙 黄 蓝", "★★★", "★"), asks: []string{"等级写作“★★★”“★”"}},
		{name: "高中低照写", about: "高中低自己就说明白了，照原文", sheets: book("高", "中", "低"), want: want("红 橙 黄 蓝", "高", "中", "低")},
		tick("等级打勾", "风险等级下分高中低三列打√", []string{"风险点|风险等级|||防控措施", "|高|中|低|", "虚签|√|||影像留痕", "围标||√||雷同检查", "漏登|||√|盘点"}, []string{"A1:A2", "B1:D1", "E1:E2"},
			"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=基建处 | name=围标 | level=中 | measures=雷同检查", "point unit=基建处 | name=漏登 | level=低 | measures=盘点"),
		tick("类别和来源打勾", "风险类别、来源下分列打√，来源可以几个", []string{"风险点|风险类别|||来源|||防控措施", "|思想道德|岗位职责|外部环境|自己查|组织点|群众帮|", "虚签|√|||√||√|影像留痕", "围标|||√||√||雷同检查"},
			[]string{"A1:A2", "B1:D1", "E1:G1", "H1:H2"},
			"point unit=基建处 | name=虚签 | category=思想道德 | channels=自己查、群众帮 | measures=影像留痕", "point unit=基建处 | name=围标 | category=外部环境 | channels=组织点 | measures=雷同检查"),
	}
}
