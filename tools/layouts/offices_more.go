package main

// Several tables on a sheet, several sheets.
func officeSheets() []layout {
	return []layout{
		{name: "一岗一张工作表", about: "工作表以岗位命名，表头上面写岗位", sheets: []page{
			{name: "科研项目岗", rows: []string{"科研处岗位廉政风险排查表", "岗位名称：科研项目岗", "序号|风险点|表现形式|等级|防控措施", "1|立项评审|泄露专家|高|随机抽取"}},
			{name: "成果管理岗", rows: []string{"科研处岗位廉政风险排查表", "岗位名称：成果管理岗", "序号|风险点|表现形式|等级|防控措施", "1|成果认定|弄虚作假|中|公示"}},
			{name: "经费管理岗", rows: []string{"科研处岗位廉政风险排查表", "岗位名称：经费管理岗", "序号|风险点|表现形式|等级|防控措施", "1|经费外拨|关联交易|高|合同核查"}}},
			want: []string{"point unit=科研处 | post=科研项目岗 | name=立项评审 | description=泄露专家 | level=高 | measures=随机抽取", "point unit=科研处 | post=成果管理岗 | name=成果认定 | description=弄虚作假 | level=中 | measures=公示",
				"point unit=科研处 | post=经费管理岗 | name=经费外拨 | description=关联交易 | level=高 | measures=合同核查"}},
		{name: "一点一张工作表", about: "每个风险点一张卡，各占一张工作表，另有目录", sheets: []page{
			{name: "目录", rows: []string{"目录", "1|虚列支出", "2|公款出游"}},
			{name: "1", rows: []string{"部门|工会", "岗位|出纳", "风险点|虚列支出", "等级|高", "防控措施|票据核验"}},
			{name: "2", rows: []string{"部门|工会", "岗位|活动专员", "风险点|公款出游", "等级|中", "防控措施|行程公示"}}},
			want: []string{"point unit=工会 | post=出纳 | name=虚列支出 | level=高 | measures=票据核验", "point unit=工会 | post=活动专员 | name=公款出游 | level=中 | measures=行程公示"},
			asks: []string{"“目录”是说明文字"}},
		{name: "左右三张表", about: "三个科室并排，各有标题", sheets: []page{{name: "总务处", rows: []string{
			"膳食科||||水电科||||绿化科", "风险点|等级|防控措施||风险点|等级|防控措施||风险点|等级|防控措施",
			"食材验收|高|双人验收||抄表收费|中|远程抄表||苗木采购|中|询价", "餐卡充值|低|系统对账||||||工程发包|高|招标"}}},
			want: []string{"point unit=总务处 | office=膳食科 | name=食材验收 | level=高 | measures=双人验收", "point unit=总务处 | office=膳食科 | name=餐卡充值 | level=低 | measures=系统对账",
				"point unit=总务处 | office=水电科 | name=抄表收费 | level=中 | measures=远程抄表", "point unit=总务处 | office=绿化科 | name=苗木采购 | level=中 | measures=询价", "point unit=总务处 | office=绿化科 | name=工程发包 | level=高 | measures=招标"}},
		{name: "左右两种表", about: "左边职权，右边风险点，行数不同", sheets: []page{{name: "审计处", rows: []string{
			"一、职权目录||||二、风险点", "序号|权力名称|授权依据||序号|风险点|等级|防控措施", "1|审计立项权|《内部审计规定》||1|立项随意|中|年度计划", "2|审计处理权|《内部审计规定》||2|大事化小|高|集体审理", "||||3|泄露底稿|高|保密承诺"}}},
			want: []string{"authority unit=审计处 | name=审计立项权 | basis=《内部审计规定》", "authority unit=审计处 | name=审计处理权 | basis=《内部审计规定》",
				"point unit=审计处 | name=立项随意 | level=中 | measures=年度计划", "point unit=审计处 | name=大事化小 | level=高 | measures=集体审理", "point unit=审计处 | name=泄露底稿 | level=高 | measures=保密承诺"}},
		{name: "两张表中间签字", about: "上表有合计和签字，隔几行又一张", sheets: []page{{name: "Sheet1", rows: []string{
			"附表1　组织部廉政风险点", "填报部门：组织部", "序号|风险点|等级|防控措施|责任人", "1|干部考察|高|考察预告|部长", "2|因私出国|低|备案|科长", "合计|2|||", "填表人：韩雪|审核人：曹阳||2026年6月1日", "", "",
			"附表2　宣传部廉政风险点", "填报部门：宣传部", "序号|风险点|等级|防控措施|责任人", "1|印刷定点|中|比价|副部长", "合计|1|||", "填表人：彭飞|审核人：邓超||2026年6月2日"}}},
			want: []string{"point unit=组织部 | name=干部考察 | level=高 | measures=考察预告 | owner=部长", "point unit=组织部 | name=因私出国 | level=低 | measures=备案 | owner=科长", "point unit=宣传部 | name=印刷定点 | level=中 | measures=比价 | owner=副部长"}},
		{name: "分页续表", about: "每页标题、页码、表头重复，两层表头", sheets: []page{{name: "研究生院", merges: []string{"A2:A3", "B2:B3", "C2:D2", "E2:E3", "A8:A9", "B8:B9", "C8:D8", "E8:E9"}, rows: []string{
			"研究生院廉政风险防控表", "序号|风险点|风险评价||防控措施", "||可能性|影响程度|", "1|复试打分|4|5|全程录像", "2|导师遴选|2|4|学术委员会", "第1页 共2页",
			"研究生院廉政风险防控表（续表）", "序号|风险点|风险评价||防控措施", "||可能性|影响程度|", "3|论文送审|3|3|双盲评审", "第2页 共2页"}}},
			want: []string{"point unit=研究生院 | name=复试打分 | likelihood=4 | impact=5 | measures=全程录像", "point unit=研究生院 | name=导师遴选 | likelihood=2 | impact=4 | measures=学术委员会", "point unit=研究生院 | name=论文送审 | likelihood=3 | impact=3 | measures=双盲评审"}},
		{name: "汇总又分表", about: "第一张汇总，后面各部门又列一遍：每个点只收一次", sheets: []page{
			{name: "汇总", rows: []string{"序号|部门|风险点|等级|防控措施", "1|团委|社团经费|中|第三方支付", "2|校办|公务接待|高|公函制度"}},
			{name: "团委", rows: []string{"序号|风险点|等级|防控措施", "1|社团经费|中|第三方支付"}},
			{name: "校办", rows: []string{"序号|风险点|等级|防控措施", "1|公务接待|高|公函制度"}}},
			want: []string{"point unit=团委 | name=社团经费 | level=中 | measures=第三方支付", "point unit=校办 | name=公务接待 | level=高 | measures=公函制度"}},
		{name: "职权目录接风险", about: "一、权力目录；二、权力风险及防范措施", sheets: []page{{name: "党委办公室", rows: []string{
			"一、权力目录", "序号|权力名称|授权依据|岗位责任人|负责人", "1|印章使用审批权|《印章管理办法》|机要秘书|办公室主任", "", "二、权力风险及防范措施", "序号|权力名称|风险点|风险等级|防范措施|负责人", "1|印章使用审批权|违规用印|高|登记备查|办公室主任"}}},
			want: []string{"authority unit=党委办公室 | name=印章使用审批权 | basis=《印章管理办法》 | holder=机要秘书", "point unit=党委办公室 | name=违规用印 | level=高 | measures=登记备查 | owner=办公室主任"},
			asks: []string{"E2 “负责人”没有对应的栏目", "B6 “权力名称”没有对应的栏目"}},
	}
}

// Rows that are more or less than one record.
func officeRows() []layout {
	return []layout{
		{name: "措施各有责任人时限", about: "一点三行，每条措施有自己的责任人和时限", sheets: []page{{name: "基建处", merges: []string{"A2:A4", "B2:B4", "C2:C4"}, rows: []string{
			"序号|风险点|等级|防控措施|责任人|完成时限", "1|虚签工程量|高|双人签证|甲方代表|@2026-09-30", "|||影像留痕|资料员|2026年10月底", "|||审计抽查|审计员|长期坚持", "2|违法分包|中|人员考勤|监理|2026/12/31"}}},
			want: []string{"point unit=基建处 | name=虚签工程量 | level=高 | measures=双人签证/影像留痕/审计抽查 | owner=甲方代表、资料员、审计员 | each=甲方代表 2026-09-30/资料员 2026年10月底/审计员 长期坚持", "point unit=基建处 | name=违法分包 | level=中 | measures=人员考勤 | owner=监理 | due=2026-12-31"}},
		{name: "措施合并管两点", about: "防控措施和责任人竖向合并，管两个风险点", sheets: []page{{name: "招标办", merges: []string{"D2:D3", "E2:E3"}, rows: []string{
			"序号|风险点|等级|防控措施|责任人", "1|围标串标|高|电子招标|主任", "2|泄露标底|高||", "3|评委腐败|中|异地抽取|科长"}}},
			want: []string{"point unit=招标办 | name=围标串标 | level=高 | measures=电子招标 | owner=主任", "point unit=招标办 | name=泄露标底 | level=高 | measures=电子招标 | owner=主任", "point unit=招标办 | name=评委腐败 | level=中 | measures=异地抽取 | owner=科长"}},
		{name: "方括号分段", about: "【财务处】、▲人事处这样的分段", sheets: []page{{name: "全校", merges: []string{"A2:D2", "A4:D4", "A6:D6"}, rows: []string{
			"序号|风险点|等级|防控措施", "【财务处】", "1|资金调度|高|双人复核", "▲人事处", "2|工资核定|中|交叉核对", "●基建处", "3|工程付款|高|计量审核"}}},
			want: []string{"point unit=财务处 | name=资金调度 | level=高 | measures=双人复核", "point unit=人事处 | name=工资核定 | level=中 | measures=交叉核对", "point unit=基建处 | name=工程付款 | level=高 | measures=计量审核"}},
		{name: "时限各种写法二", about: "年份、季度、每年、立即、八位数字", sheets: []page{{name: "国资处", rows: []string{
			"编号|风险点|防控措施|完成时限", "GZ1|资产出租|公开招租|20260930", "GZ2|资产处置|评估|2026年", "GZ3|产权登记|核对|2026年第三季度", "GZ4|对外投资|论证|立即整改", "GZ5|清查|盘点|每年12月", "GZ6|公车|定位|2026-11"}}},
			want: []string{"point code=GZ1 | unit=国资处 | name=资产出租 | measures=公开招租 | due=2026-09-30", "point code=GZ2 | unit=国资处 | name=资产处置 | measures=评估 | due=2026年", "point code=GZ3 | unit=国资处 | name=产权登记 | measures=核对 | due=2026年第三季度",
				"point code=GZ4 | unit=国资处 | name=对外投资 | measures=论证 | due=立即整改", "point code=GZ5 | unit=国资处 | name=清查 | measures=盘点 | due=每年12月", "point code=GZ6 | unit=国资处 | name=公车 | measures=定位 | due=2026-11"}},
		{name: "空格里写斜杠", about: "没有的写／、—、无", sheets: []page{{name: "离退休处", rows: []string{
			"序号|科室|岗位|风险点|等级|防控措施|责任人|备注", "1|/|活动专员|活动经费|低|票据公示|处长|无", "2|—|慰问专员|慰问品发放|中|签领登记|／|/", "3|无|处长|用车|低|派车单|——|"}}},
			want: []string{"point unit=离退休处 | post=活动专员 | name=活动经费 | level=低 | measures=票据公示 | owner=处长", "point unit=离退休处 | post=慰问专员 | name=慰问品发放 | level=中 | measures=签领登记", "point unit=离退休处 | post=处长 | name=用车 | level=低 | measures=派车单"}},
		{name: "隔行空一行", about: "每条记录之间空一行，序号在最后", sheets: []page{{name: "附属小学", rows: []string{
			"风险点|表现形式|等级|防控措施|序号", "", "招生入学|收受好处|高|电脑派位|1", "", "教辅订购|拿回扣|中|家委会监督|2", "", "食堂承包|暗箱操作|高|招标|3"}}},
			want: []string{"point unit=附属小学 | name=招生入学 | description=收受好处 | level=高 | measures=电脑派位", "point unit=附属小学 | name=教辅订购 | description=拿回扣 | level=中 | measures=家委会监督", "point unit=附属小学 | name=食堂承包 | description=暗箱操作 | level=高 | measures=招标"}},
		{name: "前中后期措施", about: "防控措施分前期预防、中期监控、后期处置", sheets: []page{{name: "继续教育学院", merges: []string{"A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"}, rows: []string{
			"序号|风险点|等级|防控措施|||责任领导", "|||前期预防|中期监控|后期处置|", "1|校外办班|高|备案审批|巡查|追责问责|院长", "2|学费分成|中|合同审查||审计|副院长"}}},
			want: []string{"point unit=继续教育学院 | name=校外办班 | level=高 | measures=备案审批/巡查/追责问责 | leader=院长", "point unit=继续教育学院 | name=学费分成 | level=中 | measures=合同审查/审计 | leader=副院长"}},
		{name: "一格几个风险点", about: "风险点一格写了1.2.两个，只有一个等级：不猜，要问", sheets: []page{{name: "实验室处", rows: []string{
			"序号|岗位|风险点|等级|防控措施", "1|危化品管理员|1.私自出借危化品；2.台账造假|高|双人双锁", "2|设备管理员|虚报维修|中|维修确认"}}},
			want: []string{"point unit=实验室处 | post=危化品管理员 | name=1.私自出借危化品；2.台账造假 | level=高 | measures=双人双锁", "point unit=实验室处 | post=设备管理员 | name=虚报维修 | level=中 | measures=维修确认"},
			asks: []string{"几个风险点"}},
		{name: "带编号的风险点", about: "风险领域写一、二、，风险点写1.2.3.", sheets: []page{{name: "某某学院", merges: []string{"A2:A3"}, rows: []string{
			"风险领域|风险点|风险等级|主要表现形式|主要预防措施", "一、预算管理|1.预算编制|中|虚列项目|零基预算", "|2.预算调整|高|随意调剂|上会研究", "二、收费管理|3.收费立项|高|自立项目|收费公示"}}},
			want: []string{"point unit=某某学院 | name=预算编制 | level=中 | description=虚列项目 | measures=零基预算", "point unit=某某学院 | name=预算调整 | level=高 | description=随意调剂 | measures=上会研究", "point unit=某某学院 | name=收费立项 | level=高 | description=自立项目 | measures=收费公示"},
			asks: []string{"“风险领域”没有对应的栏目"}},
		{name: "表中换部门列名", about: "上半表叫责任人，下半表换了列的次序", sheets: []page{{name: "汇总", rows: []string{
			"部门|风险点|等级|防控措施|责任人", "离校办|证书发放|低|签领|科长", "部门|风险点|防控措施|责任人|等级", "就业处|推荐名额|公示|处长|中"}}},
			want: []string{"point unit=离校办 | name=证书发放 | level=低 | measures=签领 | owner=科长", "point unit=就业处 | name=推荐名额 | level=中 | measures=公示 | owner=处长"}},
	}
}

// Words and levels.
func officeWords() []layout {
	return []layout{
		{name: "高红中黄低蓝", about: "等级写高（红）、中（黄）、低（蓝）", sheets: []page{{name: "基建处", rows: []string{"风险点|风险等级|防控措施", "招标|高（红）|公开", "签证|中（黄）|复核", "归档|低（蓝）|检查"}}},
			want: []string{"scheme 高 中 低", "point unit=基建处 | name=招标 | level=高 | measures=公开", "point unit=基建处 | name=签证 | level=中 | measures=复核", "point unit=基建处 | name=归档 | level=低 | measures=检查"}, asks: []string{"等级"}},
		{name: "A类B类", about: "A类、B类对一级二级三级：要问", sheets: []page{{name: "基建处", rows: []string{"风险点|风险级别|防控措施", "招标|A类|公开", "签证|B类|复核"}}},
			want: []string{"scheme 一级 二级 三级", "point unit=基建处 | name=招标 | level=A类 | measures=公开", "point unit=基建处 | name=签证 | level=B类 | measures=复核"}, asks: []string{"A类"}},
		{name: "重大较大一般", about: "重大、较大、一般风险自己就说明白了，照原文", sheets: []page{{name: "基建处", rows: []string{"风险点|风险等级|防控措施", "招标|重大风险|公开", "签证|较大风险|复核", "归档|一般风险|检查"}}},
			want: []string{"scheme 高 中 低", "point unit=基建处 | name=招标 | level=重大风险 | measures=公开", "point unit=基建处 | name=签证 | level=较大风险 | measures=复核", "point unit=基建处 | name=归档 | level=一般风险 | measures=检查"}},
		{name: "土话表头", about: "没人想到的列名：读不准的要问", sheets: []page{{name: "附属医院", rows: []string{"序号|科别|廉情隐患|隐患描述|风险大小|怎么防|谁来管|完成时间", "1|药剂科|统方|为药商统方|高|权限管控|药剂科主任|2026年底"}}},
			asks: []string{"没有认出工作表"}},
		{name: "监督方式和依据列", about: "多出制度依据、监督方式、监督电话列", sheets: []page{{name: "招生处", rows: []string{"序号|权力事项|风险点|风险表现|风险等级|防控措施|制度依据|监督方式|监督电话|责任处室", "1|自主招生|面试打分|人情分|高|全程录像|《招生章程》|纪委现场监督|85070001|招生处"}}},
			want: []string{"point unit=招生处 | name=面试打分 | description=人情分 | level=高 | measures=全程录像"}, asks: []string{"“权力事项”、“制度依据”、“监督方式”、“监督电话”没有对应的栏目"}},
		{name: "圆点打在列里", about: "高中低三列，用●标", sheets: []page{{name: "基建处", merges: []string{"A1:A2", "B1:D1", "E1:E2"}, rows: []string{"风险点|风险等级|||防控措施", "|高|中|低|", "招标|●|||公开", "归档|||●|检查"}}},
			want: []string{"point unit=基建处 | name=招标 | level=高 | measures=公开", "point unit=基建处 | name=归档 | level=低 | measures=检查"}},
		{name: "只用颜色", about: "等级一栏只涂颜色没有字：读不到，要说", sheets: []page{{name: "基建处", fills: []string{"B2:FF0000", "B3:FFFF00"}, rows: []string{"风险点|风险等级|防控措施", "招标||公开", "归档||检查"}}},
			want: []string{"point unit=基建处 | name=招标 | measures=公开", "point unit=基建处 | name=归档 | measures=检查"}, asks: []string{"颜色"}},
		{name: "自查评分表", about: "检查项目、分值、得分：不是风险点，不许当成风险点收", sheets: []page{{name: "评分表", rows: []string{"廉政风险防控工作自评表", "序号|考核内容|分值|评分标准|自评得分", "1|组织领导|20|成立领导小组得20分|20", "2|风险排查|30|每漏一处扣2分|28", "3|防控措施|50|措施不落实每项扣5分|45", "合计||100||93"}}},
			asks: []string{"评分表"}},
		{name: "责任主体和部门", about: "责任部门、配合部门、责任人分列", sheets: []page{{name: "重点任务", rows: []string{"序号|重点领域|风险点|防控措施|责任部门|配合部门|责任人|完成时限", "1|选人用人|带病提拔|廉政档案审查|组织部|纪委办公室|部长|2026年12月底", "2|招生录取|违规录取|名单公示|招生办|监察处|主任|2026年9月"}}},
			want: []string{"point unit=组织部 | name=带病提拔 | measures=廉政档案审查 | owner=部长 | due=2026年12月底", "point unit=招生办 | name=违规录取 | measures=名单公示 | owner=主任 | due=2026年9月"},
			asks: []string{"“重点领域”、“配合部门”没有对应的栏目", "“责任部门”一栏按“部门”读取"}},
	}
}
