package main

// Tables that are tables, with odd headers.
func plain() []layout {
	return []layout{
		{name: "一览表", about: "标题、单位行、表头在第3行", sheets: []page{{name: "一览表", merges: []string{"A1:F1"}, rows: []string{
			"某某大学廉政风险防控一览表",
			"填报单位：基建处",
			"序号|风险类别|风险点|主要内容及表现形式|风险等级（高中低）|防控措施",
			"1|业务流程|拆分项目|把项目拆开规避招标|高|1.年度计划合并；⏎2.拆分监测",
			"2|外部环境|围标串标失察|对雷同标书视而不见|中|雷同性检查",
		}}}, want: []string{
			"point unit=基建处 | category=业务流程 | name=拆分项目 | description=把项目拆开规避招标 | level=高 | measures=年度计划合并/拆分监测",
			"point unit=基建处 | category=外部环境 | name=围标串标失察 | description=对雷同标书视而不见 | level=中 | measures=雷同性检查",
		}},
		{name: "表头很靠下", about: "前面有三十行填表说明", sheets: []page{{name: "排查表", rows: append(append([]string{"廉政风险排查表", "填表说明："}, lines(28, "%d. 请各单位认真组织填写，逐项核对，不得漏项。")...),
			"单位：设备处", "序号|岗位|风险点|风险等级|防控措施", "1|采购员|货比三家走形式|高|系统留痕", "2|验收专员|验收走过场|中|采验分离")}},
			want: []string{"point unit=设备处 | post=采购员 | name=货比三家走形式 | level=高 | measures=系统留痕", "point unit=设备处 | post=验收专员 | name=验收走过场 | level=中 | measures=采验分离"}},
		{name: "两层表头", about: "风险评估下分三列，其余竖向合并", sheets: []page{{name: "Sheet1", merges: []string{"A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4"}, rows: []string{
			"廉政风险登记表", "单位：基建处", "序号|岗位|风险点|风险评估|||防控措施", "|||可能性|影响程度|风险等级|",
			"1|甲方代表|虚签工程量|4|5|高|二人以上签证", "2|造价管理员|高套定额|3|4|中|跟踪审计"}}},
			want: []string{"point unit=基建处 | post=甲方代表 | name=虚签工程量 | likelihood=4 | impact=5 | level=高 | measures=二人以上签证",
				"point unit=基建处 | post=造价管理员 | name=高套定额 | likelihood=3 | impact=4 | level=中 | measures=跟踪审计"}},
		{name: "三层表头", about: "表头占三行", sheets: []page{{name: "Sheet1", merges: []string{"A2:A4", "B2:B4", "C2:F2", "C3:C4", "D3:F3", "G2:H2", "G3:G4", "H3:H4"}, rows: []string{
			"单位：基建处", "序号|部门|廉政风险|||  |防控|", "||风险点|自我评价|||防控措施|责任人", "|||可能性|影响程度|自评等级||",
			"1|基建处|先施工后审批|4|4|高|先批后变|工程管理科科长", "2|基建处|超进度付款|3|4|中|计量复核|财务员"}}},
			want: []string{"point unit=基建处 | name=先施工后审批 | likelihood=4 | impact=4 | level=高 | measures=先批后变 | owner=工程管理科科长",
				"point unit=基建处 | name=超进度付款 | likelihood=3 | impact=4 | level=中 | measures=计量复核 | owner=财务员"}},
		{name: "部门科室竖向合并", about: "部门和科室各占几行", sheets: []page{{name: "汇总", merges: []string{"A2:A5", "B2:B3", "B4:B5"}, rows: []string{
			"部门|科室|风险点|表现形式|风险等级|防控措施",
			"基建处|招标科|围标|对围标失察|高|雷同检查", "||泄密|泄露标底|高|封闭抽取", "|工程科|虚签|虚签工程量|中|双人签证", "||拖延|拖延验收|低|限时办结"}}},
			want: []string{"point unit=基建处 | office=招标科 | name=围标 | description=对围标失察 | level=高 | measures=雷同检查",
				"point unit=基建处 | office=招标科 | name=泄密 | description=泄露标底 | level=高 | measures=封闭抽取",
				"point unit=基建处 | office=工程科 | name=虚签 | description=虚签工程量 | level=中 | measures=双人签证",
				"point unit=基建处 | office=工程科 | name=拖延 | description=拖延验收 | level=低 | measures=限时办结"}},
		{name: "小计和注夹在中间", about: "有小计行、注、合计行", sheets: []page{{name: "汇总", merges: []string{"A4:E4", "A7:E7"}, rows: []string{
			"序号|部门|风险点|风险等级|防控措施", "1|基建处|虚签工程量|高|双人签证", "2|基建处|超进度付款|中|计量复核", "注：以上两项由基建处填报，经分管校领导审定。",
			"|基建处小计|2项||", "3|设备处|单一来源理由虚构|高|专家论证", "※ 设备处另有两项正在核实。", "|小 计|1|  |", "合 计||3||"}}},
			want: []string{"point unit=基建处 | name=虚签工程量 | level=高 | measures=双人签证", "point unit=基建处 | name=超进度付款 | level=中 | measures=计量复核",
				"point unit=设备处 | name=单一来源理由虚构 | level=高 | measures=专家论证"}},
		{name: "表从D6开始", about: "左边和上面都空着，中间还有空列", sheets: []page{{name: "Sheet1", rows: []string{"", "", "", "|||基建处廉政风险点", "",
			"|||序号|风险点||表现形式|等级|措施内容", "|||1|指定代理||指定招标代理机构|中|代理轮换", "|||2|泄密||泄露评委名单|高|封闭抽取"}}},
			want: []string{"point unit=基建处 | name=指定代理 | description=指定招标代理机构 | level=中 | measures=代理轮换", "point unit=基建处 | name=泄密 | description=泄露评委名单 | level=高 | measures=封闭抽取"},
			asks: nil},
		{name: "表头里有空格换行", about: "风 险 点、防控⏎措施", sheets: []page{{name: "基建处", rows: []string{
			"序 号|编 号|岗 位|风 险 点|表现⏎形式|风险⏎等级|防控⏎措施", "1|JJ-01|甲方代表|虚签|虚签工程量|高|影像留痕"}}},
			want: []string{"point code=JJ-01 | unit=基建处 | post=甲方代表 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕"}},
		{name: "全角数字和分", about: "３、4分、 5 都是分数", sheets: []page{{name: "基建处", rows: []string{
			"编号|风险点|可能性|影响程度|防控措施", "ＪＪ－０１|虚签|３|4分|影像留痕", "JJ-02|围标| 5 |４．0|雷同检查"}}},
			want: []string{"point code=ＪＪ－０１ | unit=基建处 | name=虚签 | likelihood=3 | impact=4 | measures=影像留痕", "point code=JJ-02 | unit=基建处 | name=围标 | likelihood=5 | impact=4 | measures=雷同检查"}},
		{name: "签字栏在最后", about: "填表人、审核人、日期在表下", sheets: []page{{name: "自查", rows: []string{
			"岗位廉政风险自查表", "部门：设备处", "序号|岗位|廉政风险点|表现形式|自评等级|拟采取措施", "1|资产管理员|漏登资产|赠送设备不入账|低|年度盘点",
			"", "填表人：张三||审核人：李四|||2026年7月1日", "部门负责人签字："}}},
			want: []string{"point unit=设备处 | post=资产管理员 | name=漏登资产 | description=赠送设备不入账 | level=低 | measures=年度盘点"}},
		{name: "完成时限各种写法", about: "日期、旬、长期", sheets: []page{{name: "基建处", rows: []string{
			"编号|风险点|防控措施|责任人|完成时限", "JJ-01|虚签|影像留痕|甲方代表|2026.9.20", "JJ-02|围标|雷同检查|科长|9月上旬", "JJ-03|泄密|封闭抽取|科长|长期", "JJ-04|超付|复核|财务员|2026年9月底"}}},
			want: []string{"point code=JJ-01 | unit=基建处 | name=虚签 | measures=影像留痕 | owner=甲方代表 | due=2026-09-20",
				"point code=JJ-02 | unit=基建处 | name=围标 | measures=雷同检查 | owner=科长 | due=9月上旬",
				"point code=JJ-03 | unit=基建处 | name=泄密 | measures=封闭抽取 | owner=科长 | due=长期",
				"point code=JJ-04 | unit=基建处 | name=超付 | measures=复核 | owner=财务员 | due=2026年9月底"}},
		{name: "别的叫法", about: "列名不在词表里，但以认得的词结尾：照读并请核对", sheets: []page{{name: "基建处", rows: []string{
			"序号|存在的廉政风险点|具体风险表现形式|风险等级|拟定的防控措施", "1|虚签|虚签工程量|高|影像留痕"}}},
			want: []string{"point unit=基建处 | name=虚签 | description=虚签工程量 | level=高 | measures=影像留痕"},
			asks: []string{"“存在的廉政风险点”一栏按“廉政风险点”读取", "“具体风险表现形式”一栏按“表现形式”读取", "“拟定的防控措施”一栏按“措施内容”读取"}},
		{name: "隐藏的行和列", about: "第4行和D列隐藏着", sheets: []page{{name: "基建处", hide: []string{"4", "D"}, rows: []string{
			"单位：基建处", "编号|风险点|风险等级|责任人|防控措施", "JJ-01|虚签|高|甲方代表|影像留痕", "JJ-02|围标|中|科长|雷同检查"}}},
			want: []string{"point code=JJ-01 | unit=基建处 | name=虚签 | level=高 | owner=甲方代表 | measures=影像留痕", "point code=JJ-02 | unit=基建处 | name=围标 | level=中 | owner=科长 | measures=雷同检查"},
			asks: []string{"D列被隐藏，也一并读取", "有1行被隐藏或筛选掉了"}},
		{name: "一表一部门", about: "每个部门一张工作表，另有一张说明", sheets: []page{
			{name: "填表说明", rows: []string{"填表说明", "一、各单位按要求填写。", "二、每月5日前报送。"}},
			{name: "基建处", rows: []string{"风险点|等级|防控措施", "虚签|高|影像留痕"}},
			{name: "设备处", rows: []string{"风险点|等级|防控措施", "验收走过场|中|采验分离"}}},
			want: []string{"point unit=基建处 | name=虚签 | level=高 | measures=影像留痕", "point unit=设备处 | name=验收走过场 | level=中 | measures=采验分离"},
			asks: []string{"“填表说明”是说明文字"}},
		{name: "岗位职权表", about: "岗位、职责、职权", sheets: []page{{name: "岗位", rows: []string{
			"基建处岗位职责与权力清单", "单位：基建处", "序号|科室|岗位名称|岗位职责|主要职权|任职时间", "1|工程科|甲方代表|驻工地监督|签证权、验收权|2021年3月"}}},
			want: []string{"post unit=基建处 | office=工程科 | name=甲方代表 | duties=驻工地监督 | powers=签证权/验收权 | since=2021年3月"}},
		{name: "权力目录", about: "权力名称、行使部门、授权依据、负责人", sheets: []page{{name: "目录", rows: []string{
			"权力目录", "序号|权力名称|权力行使部门|授权依据|负责人", "1|变更核准权|基建处|《基建管理办法》第12条|处长", "2|付款审核权|基建处|《财务办法》⏎《合同办法》|副处长"}}},
			want: []string{"authority unit=基建处 | name=变更核准权 | basis=《基建管理办法》第12条 | holder=处长", "authority unit=基建处 | name=付款审核权 | basis=《财务办法》/《合同办法》 | holder=副处长"}},
	}
}

func lines(n int, format string) (out []string) {
	for i := range n {
		out = append(out, sprintf(format, i+1))
	}
	return out
}
