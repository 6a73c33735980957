package main

// Tables as the offices of a university make them, written before the reader's
// code was looked at: what a person would extract stands beside each.
func offices() []layout {
	var out []layout
	for _, part := range [][]layout{officeTables(), officeCards(), officeSheets(), officeRows(), officeWords()} {
		out = append(out, part...)
	}
	return out
}

// One table, with what offices put around it.
func officeTables() []layout {
	return []layout{
		{name: "财务处排查表", about: "附件号、盖章单位、科室合并、姓名电话列、落款", sheets: []page{{name: "Sheet1", merges: []string{"A2:K2", "A3:D3", "A5:A6", "B5:B6", "B7:B8"}, rows: []string{
			"附件1", "某某大学廉政风险点排查表", "填报单位（盖章）：财务处|||||||填报日期：2026年5月12日",
			"序号|科室|岗位名称|姓 名|风险点|廉政风险主要内容及表现形式|风险等级|防控措施|责任人|责任领导|联系电话",
			"1|会计核算科|报销审核岗|王芳|票据审核|对虚假发票审核不严|高|1.发票验真；⏎2.双人复核。|科长|分管副处长|85071234",
			"||凭证复核岗|李强|账务处理|随意调整科目|中|月末交叉检查|科长|分管副处长|85071235",
			"3|资金科|出纳岗|赵敏|资金支付|挪用库存现金|高|日清月结；突击盘点|资金科长|处长|85071236",
			"4||银企对账岗|孙浩|对账|长期不对账|低|每月对账|资金科长|处长|85071237",
			"", "单位负责人（签字）：|||填表人：王芳|||联系电话：85071234"}}},
			want: []string{"point unit=财务处 | office=会计核算科 | post=报销审核岗 | name=票据审核 | description=对虚假发票审核不严 | level=高 | measures=发票验真/双人复核 | owner=科长 | leader=分管副处长",
				"point unit=财务处 | office=会计核算科 | post=凭证复核岗 | name=账务处理 | description=随意调整科目 | level=中 | measures=月末交叉检查 | owner=科长 | leader=分管副处长",
				"point unit=财务处 | office=资金科 | post=出纳岗 | name=资金支付 | description=挪用库存现金 | level=高 | measures=日清月结；突击盘点 | owner=资金科长 | leader=处长",
				"point unit=财务处 | office=资金科 | post=银企对账岗 | name=对账 | description=长期不对账 | level=低 | measures=每月对账 | owner=资金科长 | leader=处长"},
			asks: []string{"“姓名”、“联系电话”没有对应的栏目"}},
		{name: "流程图对应表", about: "流程竖向合并，一步一行", sheets: []page{{name: "基建处", merges: []string{"A1:H1", "B3:B5", "B6:B7", "C6:C7"}, rows: []string{
			"基建处权力运行流程图廉政风险点对应表", "序号|业务流程|流程环节|责任岗位|廉政风险点|风险等级|防控措施|备注",
			"1|工程变更管理|提出变更|甲方代表|虚报变更|中|现场核实|", "2||审核变更|造价管理员|审核流于形式|高|跟踪审计|重点", "3||审批变更|处长|越权审批|高|集体研究|",
			"4|竣工结算|送审|造价管理员|多报工程量|高|二级复核|", "5|||工程科长|拖延送审|低|限时办结|"}}},
			want: []string{"point unit=基建处 | workflow=工程变更管理 | step=提出变更 | post=甲方代表 | name=虚报变更 | level=中 | measures=现场核实",
				"point unit=基建处 | workflow=工程变更管理 | step=审核变更 | post=造价管理员 | name=审核流于形式 | level=高 | measures=跟踪审计 | note=重点",
				"point unit=基建处 | workflow=工程变更管理 | step=审批变更 | post=处长 | name=越权审批 | level=高 | measures=集体研究",
				"point unit=基建处 | workflow=竣工结算 | step=送审 | post=造价管理员 | name=多报工程量 | level=高 | measures=二级复核",
				"point unit=基建处 | workflow=竣工结算 | step=送审 | post=工程科长 | name=拖延送审 | level=低 | measures=限时办结"}},
		{name: "招生数字等级", about: "等级写1、2、3，方案是高中低：1可能最高也可能最低，要问", sheets: []page{{name: "招生办公室", rows: []string{
			"风险点|风险等级|主要表现形式|主要预防措施", "计划编制|1|擅自调整分省计划|集体研究", "专业调录|2|点招|系统投档", "信息公开|3|公开不及时|限时公开"}}},
			want: []string{"scheme 高 中 低", "point unit=招生办公室 | name=计划编制 | level=1 | description=擅自调整分省计划 | measures=集体研究", "point unit=招生办公室 | name=专业调录 | level=2 | description=点招 | measures=系统投档", "point unit=招生办公室 | name=信息公开 | level=3 | description=公开不及时 | measures=限时公开"},
			asks: []string{"等级写作“1”"}},
		{name: "职权清单", about: "职权类别、依据、行使主体、承办岗位", sheets: []page{{name: "清单", merges: []string{"A1:G1", "B3:B4"}, rows: []string{
			"资产管理处职权清单", "序号|职权类别|职权名称|职权依据|责任科室|承办岗位|备注",
			"1|审批类|资产处置审批|《国有资产管理办法》第20条|资产科|资产科科长|", "2||房产调配|《公用房管理办法》|房产科|房产科科长|与基建处会办", "3|监督类|资产清查|《资产清查办法》|资产科|资产管理员|"}}},
			want: []string{"authority unit=资产管理处 | office=资产科 | type=审批类 | name=资产处置审批 | basis=《国有资产管理办法》第20条 | holder=资产科科长",
				"authority unit=资产管理处 | office=房产科 | type=审批类 | name=房产调配 | basis=《公用房管理办法》 | holder=房产科科长 | note=与基建处会办",
				"authority unit=资产管理处 | office=资产科 | type=监督类 | name=资产清查 | basis=《资产清查办法》 | holder=资产管理员"}},
		{name: "英文表头", about: "国际学院用英文表头", sheets: []page{{name: "国际教育学院", rows: []string{
			"Integrity Risk Register", "No.|Department|Position|Risk Point|Description|Risk Level|Control Measures|Responsible Person",
			"1|国际教育学院|招生秘书|录取审核|降低语言成绩要求|高|双人审核|副院长", "2|国际教育学院|财务秘书|学费收缴|私收学费|高|网上缴费|院长"}}},
			want: []string{"point unit=国际教育学院 | post=招生秘书 | name=录取审核 | description=降低语言成绩要求 | level=高 | measures=双人审核 | owner=副院长",
				"point unit=国际教育学院 | post=财务秘书 | name=学费收缴 | description=私收学费 | level=高 | measures=网上缴费 | owner=院长"}},
		{name: "中英双语表头", about: "中文下面一行英文，写在同一格", sheets: []page{{name: "外事处", rows: []string{
			"序号⏎No.|岗位⏎Position|风险点⏎Risk|表现形式⏎Description|等级⏎Level|防控措施⏎Measures", "1|出国管理岗|出访审批|虚构邀请函|高|邀请函核验"}}},
			want: []string{"point unit=外事处 | post=出国管理岗 | name=出访审批 | description=虚构邀请函 | level=高 | measures=邀请函核验"}},
		{name: "全角空格表头", about: "字间用全角空格撑开，内容前后也有空格", sheets: []page{{name: "后勤处", rows: []string{
			"单　位：　后勤处　", "序　号|岗　　位|风　险　点|风 险 等 级|防　控　措　施|责　任　人", "１|　食堂管理员|　食材采购　| 高 |　定点采购|膳食科长　"}}},
			want: []string{"point unit=后勤处 | post=食堂管理员 | name=食材采购 | level=高 | measures=定点采购 | owner=膳食科长"}},
		{name: "合计共计和说明", about: "每类有小计，末尾共计、几行说明", sheets: []page{{name: "科研处", merges: []string{"A9:E9", "A10:E10", "A11:E11"}, rows: []string{
			"序号|风险类别|风险点|风险等级|防控措施", "1|岗位职责|项目评审|高|专家随机抽取", "2|岗位职责|经费外拨|高|合作单位核查", "|小计|2个||",
			"3|制度机制|成果奖励|中|公示", "|小计|1个||", "共计：3个", "", "说明：1.风险类别分为思想道德、岗位职责、业务流程、制度机制、外部环境五类；",
			"2.风险等级分高、中、低三级；", "3.本表一式两份，一份自存，一份报纪委办公室。"}}},
			want: []string{"point unit=科研处 | category=岗位职责 | name=项目评审 | level=高 | measures=专家随机抽取", "point unit=科研处 | category=岗位职责 | name=经费外拨 | level=高 | measures=合作单位核查",
				"point unit=科研处 | category=制度机制 | name=成果奖励 | level=中 | measures=公示"}},
		{name: "只有标题写部门", about: "部门只写在标题里，工作表叫Sheet1", sheets: []page{{name: "Sheet1", merges: []string{"A1:E1"}, rows: []string{
			"后勤保障处廉政风险点及防控措施一览表", "序号|岗位|风险点|等级|防控措施", "1|维修科长|维修派单|中|轮流派单", "2|公寓管理员|床位调整|低|网上选房"}}},
			want: []string{"point unit=后勤保障处 | post=维修科长 | name=维修派单 | level=中 | measures=轮流派单", "point unit=后勤保障处 | post=公寓管理员 | name=床位调整 | level=低 | measures=网上选房"}},
		{name: "学院班子", about: "姓名、职务、分管工作，学院写在标题里", sheets: []page{{name: "Sheet1", merges: []string{"A1:H1"}, rows: []string{
			"计算机学院领导班子成员廉政风险排查表", "序号|姓名|职务|分管工作|风险点|表现形式|风险等级|防控措施",
			"1|陈明|党委书记|党建、人事|干部选任|任人唯亲|高|民主推荐", "2|周华|院长|行政、财务|大额支出|个人说了算|高|党政联席会研究", "3|吴丽|副院长|教学|保研推免|打招呼|中|成绩公示"}}},
			want: []string{"point unit=计算机学院 | post=党委书记 | name=干部选任 | description=任人唯亲 | level=高 | measures=民主推荐", "point unit=计算机学院 | post=院长 | name=大额支出 | description=个人说了算 | level=高 | measures=党政联席会研究",
				"point unit=计算机学院 | post=副院长 | name=保研推免 | description=打招呼 | level=中 | measures=成绩公示"},
			asks: []string{"“姓名”、“分管工作”没有对应的栏目", "“职务”一栏按“岗位”读取"}},
		{name: "部门在最右", about: "列序反着来，部门合并在最右一列", sheets: []page{{name: "汇总", merges: []string{"F2:F3", "F4:F5"}, rows: []string{
			"防控措施|责任人|等级|表现形式|风险点|所属部门", "雷同检查|招标科长|高|与投标人串通|围标串标|基建处", "公开遴选|招标科长|中|指定代理机构|代理选择|", "年度盘点|资产科长|低|账实不符|资产盘点|资产处", "评估备案|资产科长|高|低价处置|资产处置|"}}},
			want: []string{"point unit=基建处 | name=围标串标 | description=与投标人串通 | level=高 | measures=雷同检查 | owner=招标科长", "point unit=基建处 | name=代理选择 | description=指定代理机构 | level=中 | measures=公开遴选 | owner=招标科长",
				"point unit=资产处 | name=资产盘点 | description=账实不符 | level=低 | measures=年度盘点 | owner=资产科长", "point unit=资产处 | name=资产处置 | description=低价处置 | level=高 | measures=评估备案 | owner=资产科长"}},
		{name: "评分有公式", about: "序号和风险值是公式，等级照值", sheets: []page{{name: "人事处", rows: []string{
			"序号|风险点|可能性（L）|后果严重性（S）|风险值（L×S）|风险等级|防控措施", "=ROW()-1→1|职称评审|4|5|=C2*D2→20|高|回避制度", "=ROW()-1→2|人才引进|3|4|=C3*D3→12|中|学术评议"}}},
			want: []string{"point unit=人事处 | name=职称评审 | likelihood=4 | impact=5 | level=高 | measures=回避制度", "point unit=人事处 | name=人才引进 | likelihood=3 | impact=4 | level=中 | measures=学术评议"}},
		{name: "隐藏辅助列", about: "B列隐藏，是下拉用的代码", sheets: []page{{name: "教务处", hide: []string{"B"}, rows: []string{
			"序号|辅助列|风险点|等级|防控措施", "1|JW_01|教材选用|中|教材委员会审定", "2|JW_02|成绩更改|高|双人复核"}}},
			want: []string{"point unit=教务处 | name=教材选用 | level=中 | measures=教材委员会审定", "point unit=教务处 | name=成绩更改 | level=高 | measures=双人复核"}, asks: []string{"“辅助列”没有对应的栏目"}},
		{name: "筛选剩两行", about: "自动筛选藏了一行：也读，要说", sheets: []page{{name: "保卫处", hide: []string{"3"}, rows: []string{
			"编号|风险点|等级|防控措施", "BW-1|车辆通行证发放|低|网上办理", "BW-2|安防工程验收|高|第三方检测", "BW-3|户籍管理|中|两人经办"}}},
			want: []string{"point code=BW-1 | unit=保卫处 | name=车辆通行证发放 | level=低 | measures=网上办理", "point code=BW-2 | unit=保卫处 | name=安防工程验收 | level=高 | measures=第三方检测", "point code=BW-3 | unit=保卫处 | name=户籍管理 | level=中 | measures=两人经办"},
			asks: []string{"有1行被隐藏或筛选掉了"}},
		{name: "岗位说明书", about: "岗位、在岗人员、职责、职权，编制人数", sheets: []page{{name: "图书馆", merges: []string{"A1:F1"}, rows: []string{
			"图书馆岗位职责及职权一览", "序号|部室|岗位|在岗人员|岗位职责|岗位职权", "1|采编部|采访馆员|郑洁|图书订购与验收|书目选择权、供应商推荐权", "2|流通部|流通馆员|冯军、蒋琳|借阅服务|逾期费减免权"}}},
			want: []string{"post unit=图书馆 | office=采编部 | name=采访馆员 | duties=图书订购与验收 | powers=书目选择权/供应商推荐权", "post unit=图书馆 | office=流通部 | name=流通馆员 | duties=借阅服务 | powers=逾期费减免权"}},
	}
}

// Forms with labels beside or above the values.
func officeCards() []layout {
	return []layout{
		{name: "左侧竖排大类的卡", about: "最左一列竖向合并写基本情况、风险情况", sheets: []page{{name: "登记表", merges: []string{"A1:E1", "A2:A3", "A4:A6", "A7:A8", "C4:E4", "C5:E5", "C7:E7"}, rows: []string{
			"岗位廉政风险登记表", "基本⏎情况|部门|国资处|岗位|资产处置岗", "|姓名|钱进|填表时间|2026.6.3", "风险⏎情况|风险点|低价处置资产", "|表现形式|不经评估直接出售", "|风险类别|业务流程|风险等级|高",
			"防控⏎情况|防控措施|1.评估备案 2.公开拍卖", "|责任人|资产科长|完成时限|2026年12月"}}},
			want: []string{"point unit=国资处 | post=资产处置岗 | name=低价处置资产 | description=不经评估直接出售 | category=业务流程 | level=高 | measures=评估备案/公开拍卖 | owner=资产科长 | due=2026年12月"}},
		{name: "卡里有清单", about: "上半是标签和内容，中间是风险点清单，下面签字和审核意见", sheets: []page{{name: "自查表", merges: []string{"A1:F1", "A8:B8", "C8:F8", "A9:B9", "C9:F9"}, rows: []string{
			"个人廉政风险自查表", "姓名|何静|部门|采购中心|职务|采购科科长", "岗位职责|组织货物类采购|||填表日期|2026-06-08", "序号|风险点|表现形式|风险等级|防控措施|备注",
			"1|指定供应商|参数有倾向性|高|参数公示|", "2|泄露信息|透露评委名单|高|封闭评审|", "3|合同变更|擅自补签|中|法务会签|", "个人承诺||以上内容属实，如有隐瞒愿承担责任。", "部门审核意见||情况属实，同意。|||"}}},
			want: []string{"point unit=采购中心 | post=采购科科长 | name=指定供应商 | description=参数有倾向性 | level=高 | measures=参数公示", "point unit=采购中心 | post=采购科科长 | name=泄露信息 | description=透露评委名单 | level=高 | measures=封闭评审",
				"point unit=采购中心 | post=采购科科长 | name=合同变更 | description=擅自补签 | level=中 | measures=法务会签"}},
		{name: "标签在上内容在下", about: "上一行标签，下一行内容，分几层：拼不起来，不收并说明", sheets: []page{{name: "登记卡", merges: []string{"A1:C1", "A6:C6", "A7:C7"}, rows: []string{
			"廉政风险点登记卡", "部门|岗位|姓名", "审计处|工程审计员|沈涛", "风险点|表现形式|风险等级", "结算审计|高估冒算不纠正|高", "防控措施", "三级复核"}}},
			asks: []string{"A5 看不出这个风险点属于哪个部门"}},
		{name: "四张卡两行两列", about: "每行两张卡，中间空一列，上下空一行", sheets: []page{{name: "登记卡", rows: []string{
			"风险点登记卡（一）|||风险点登记卡（二）", "部门|校医院||部门|校医院", "岗位|药房主任||岗位|设备管理员", "风险点|药品采购||风险点|设备维修", "等级|高||等级|中", "防控措施|网上采购||防控措施|维修台账", "",
			"风险点登记卡（三）|||风险点登记卡（四）", "部门|出版社||部门|出版社", "岗位|编辑||岗位|发行员", "风险点|书号管理||风险点|折扣管理", "等级|高||等级|低", "防控措施|三审三校||防控措施|折扣审批"}}},
			want: []string{"point unit=校医院 | post=药房主任 | name=药品采购 | level=高 | measures=网上采购", "point unit=校医院 | post=设备管理员 | name=设备维修 | level=中 | measures=维修台账",
				"point unit=出版社 | post=编辑 | name=书号管理 | level=高 | measures=三审三校", "point unit=出版社 | post=发行员 | name=折扣管理 | level=低 | measures=折扣审批"}},
		{name: "卡里几个风险点", about: "一张卡里风险点1、风险点2各有等级和措施：不收并说明", sheets: []page{{name: "登记表", rows: []string{
			"部门|档案馆|岗位|档案管理员", "风险点1|涂改档案", "风险等级|高", "防控措施|双人在场", "风险点2|泄露档案", "风险等级|中", "防控措施|查阅登记"}}},
			asks: []string{"没有认出工作表"}},
		{name: "打勾的卡", about: "类别和等级用□和☑选", sheets: []page{{name: "登记表", rows: []string{
			"部门|信息中心|岗位|网络管理员", "风险点|弱电项目验收", "风险类别|□思想道德 ☑岗位职责 □业务流程 □制度机制 □外部环境", "风险等级|□高　☑中　□低", "防控措施|第三方检测"}}},
			want: []string{"point unit=信息中心 | post=网络管理员 | name=弱电项目验收 | category=岗位职责 | level=中 | measures=第三方检测"}},
		{name: "横表打勾选项", about: "表里每格写□高☑中□低", sheets: []page{{name: "学工部", rows: []string{
			"序号|风险点|风险类别|风险等级|防控措施", "1|奖助学金评定|☑业务流程□岗位职责|■高□中□低|班级民主评议", "2|困难生认定|□业务流程☑岗位职责|□高■中□低|公示"}}},
			want: []string{"point unit=学工部 | category=业务流程 | name=奖助学金评定 | level=高 | measures=班级民主评议", "point unit=学工部 | category=岗位职责 | name=困难生认定 | level=中 | measures=公示"}},
		{name: "一行三对的卡", about: "一行三对，长内容在下面整行", sheets: []page{{name: "表", merges: []string{"A1:F1", "B4:F4", "B5:F5", "B6:F6"}, rows: []string{
			"廉政风险点信息表", "编号|HQ-07|部门|后勤集团|岗位|采购主管", "风险类别|外部环境|等级|高|责任人|总经理", "风险点|供应商围猎", "表现形式|接受供应商吃请和礼金", "防控措施|①签订廉洁协议⏎②定期约谈"}}},
			want: []string{"point code=HQ-07 | unit=后勤集团 | post=采购主管 | category=外部环境 | level=高 | owner=总经理 | name=供应商围猎 | description=接受供应商吃请和礼金 | measures=签订廉洁协议/定期约谈"}},
		{name: "横过来三个岗位", about: "每列一个岗位，第一列是栏目，部门在上面", sheets: []page{{name: "Sheet1", rows: []string{
			"单位：体育部", "岗位|场馆管理员|器材管理员|竞训秘书", "风险点|场馆出租|器材报废|运动员招生", "表现形式|私自出租|低价变卖|成绩造假", "风险等级|中|低|高", "防控措施|网上预约|两人签字|录像备查", "责任人|办公室主任|办公室主任|部主任"}}},
			want: []string{"point unit=体育部 | post=场馆管理员 | name=场馆出租 | description=私自出租 | level=中 | measures=网上预约 | owner=办公室主任", "point unit=体育部 | post=器材管理员 | name=器材报废 | description=低价变卖 | level=低 | measures=两人签字 | owner=办公室主任",
				"point unit=体育部 | post=竞训秘书 | name=运动员招生 | description=成绩造假 | level=高 | measures=录像备查 | owner=部主任"}},
		{name: "卡的值在隔一格", about: "标签合并两格，内容合并三格", sheets: []page{{name: "表", merges: []string{"A1:E1", "A2:B2", "C2:E2", "A3:B3", "C3:E3", "A4:B4", "C4:E4", "A5:B5", "C5:E5", "A6:B6", "C6:E6"}, rows: []string{
			"风险点登记表", "所在部门||校友办公室", "风险点||捐赠资金使用", "风险描述||改变捐赠用途", "风险等级||高", "防范措施||专户管理；年度审计"}}},
			want: []string{"point unit=校友办公室 | name=捐赠资金使用 | description=改变捐赠用途 | level=高 | measures=专户管理；年度审计"}},
	}
}
