package intake

import "lianshao/domain"

// The order of this list is the order of import: what others refer to first.
var forms = []*Form{
	{ID: "unit", Kind: domain.KindUnit, Title: "部门表", need: [][]string{{"name"}, {"head", "leader"}}, lacks: []string{"post"},
		hints: []string{"部门"},
		Fields: []Field{noField, f("name", "部门名称", "部门", "单位名称", "单位"), f("head", "部门负责人", "负责人"),
			f("leader", "责任领导", "分管校领导", "分管领导")}},

	{ID: "post", Kind: domain.KindPost, Title: "岗位职权表", need: [][]string{{"name"}, {"duties", "powers", "rank", "since"}},
		hints: []string{"岗位职权", "岗位"},
		Fields: []Field{noField, f("unit", "部门", "单位", "所在部门"), f("office", "科室", "所在科室"),
			f("name", "岗位", "岗位名称"), f("duties", "岗位职责", "职责"), f("powers", "主要职权", "职权", "岗位职权"),
			f("since", "任现职时间", "任职时间", "任现岗位时间"), f("rank", "职级", "级别"), noteField}},

	{ID: "workflow", Kind: domain.KindWorkflow, Title: "工作流程梳理表",
		need: [][]string{{"name"}, {"stepno"}, {"next", "yes", "actor", "kind"}}, hints: []string{"流程"},
		Fields: []Field{noField, f("unit", "部门", "单位"), f("wcode", "流程编号", "流程代码"),
			f("workflow", "流程名称", "工作流程", "流程", "所属流程"), f("version", "版本", "流程版本"), f("state", "状态", "流程状态"),
			f("stepno", "步骤号", "步骤", "步骤序号", "环节序号"), f("name", "步骤名称", "环节名称", "环节"),
			f("actor", "责任岗位", "岗位", "责任主体", "办理岗位"), f("inputs", "输入材料", "输入"), f("outputs", "输出材料", "输出"),
			f("inout", "主要材料（输入→输出）", "材料", "输入输出材料"), f("limit", "办理时限", "时限"),
			f("kind", "类型", "环节类型", "步骤类型"), f("next", "下一步", "去向", "下一环节"),
			f("yes", "是/通过→", "是", "通过"), f("nono", "否/退回→", "否", "退回"),
			f("authorities", "涉及职权", "对应职权", "职权"), noteField, f("wnote", "流程备注")}},

	{ID: "authority", Kind: domain.KindAuthority, Title: "部门职权目录", need: [][]string{{"name"}, {"basis", "type", "holder"}},
		hints: []string{"职权目录", "权力目录", "权力清单"},
		Fields: []Field{noField, f("code", "编号", "职权编号", "权力编号"), f("unit", "部门", "权力行使部门", "行使部门", "单位"),
			f("office", "行使科室（岗位）", "行使科室", "科室"), f("name", "权力名称", "职权名称"), f("type", "权力类型", "职权类型", "类型"),
			f("basis", "授权依据", "依据", "法律依据"), f("workflow", "对应流程", "工作流程", "流程"), f("publicity", "公开方式", "公开形式"),
			f("holder", "负责人", "岗位责任人", "责任人"), f("points", "对应风险点", "风险点"), noteField}},

	{ID: "riskpoint", Kind: domain.KindRiskPoint, Title: "风险点表", need: [][]string{{"name", "description"},
		{"measures", "likelihood", "impact", "level", "category", "consequence"}},
		hints: []string{"自查表", "一览表", "风险点", "台账"}, lacks: []string{"result", "summary"},
		Fields: []Field{noField, f("code", "编号", "风险点编号", "岗位风险编号", "编码"), f("unit", "部门", "单位", "部门名称"),
			f("office", "科室", "单位/科室", "所在科室"), f("post", "岗位", "风险岗位", "涉及岗位", "岗位名称", "岗位类别"),
			f("workflow", "工作流程", "流程", "流程名称", "所属流程"), f("step", "流程步骤", "步骤", "步骤名称", "重要环节", "环节", "风险环节"),
			f("segment", "流程环节", "流程（环节）", "流程—步骤"), f("category", "风险类别", "类别", "成因类别", "风险类型"),
			f("name", "廉政风险点", "风险点", "风险点名称", "风险名称", "风险项目名称"),
			f("description", "表现形式", "主要内容及表现形式", "风险点描述", "风险描述", "风险表现", "风险表现形式", "描述"),
			f("causes", "成因", "风险成因", "产生原因", "成因分析", "原因"), f("consequence", "可能后果", "后果", "危害后果", "可能造成的后果"),
			f("likelihood", "可能性", "发生可能性", "可能性L", "概率", "自评L"),
			f("impact", "影响程度", "影响", "严重性", "严重程度", "严重性C", "自评C"),
			f("level", "自评等级", "风险等级", "等级"), f("measures", "措施内容", "防控措施", "防范措施", "拟采取措施", "预防和控制措施", "防控要点及措施"),
			f("owner", "责任人", "直接责任人", "措施责任人"), f("due", "完成时限", "时限", "完成时间"),
			f("head", "部门负责人", "部门责任人"), f("leader", "责任领导", "分管领导", "主管领导", "分管校领导"),
			f("channels", "来源", "来源渠道", "查找来源", "发现渠道"), f("status", "状态"), f("into", "并入"), noteField}},

	{ID: "disclosure", Kind: domain.KindDisclosure, Title: "公示表", need: [][]string{{"disclosure"}, {"start", "end"}, {"scope", "subject", "end"}},
		hints: []string{"公示"}, lacks: []string{"content"},
		Fields: []Field{f("disclosure", "公示批次", "批次"), f("subject", "公示内容", "内容"), f("start", "公示开始", "开始", "开始日期"),
			f("end", "公示结束", "结束", "结束日期"), f("scope", "公示范围", "范围"), f("channel", "公示方式", "渠道", "公示渠道")}},

	{ID: "opinion", Kind: domain.KindOpinion, Title: "公示意见登记表", need: [][]string{{"content"}, {"decision", "from"}},
		hints: []string{"意见"},
		Fields: []Field{noField, f("code", "编号", "意见编号"), f("disclosure", "公示批次", "批次"), f("received", "收到日期", "日期", "收到时间"),
			f("channel", "渠道", "意见渠道"), f("from", "意见人", "提出人"), f("points", "对应风险点", "风险点"),
			f("content", "意见内容", "意见"), f("decision", "采纳情况", "采纳", "是否采纳", "处理"), f("reason", "理由", "处理理由"),
			f("replyby", "答复单位", "答复人"), f("replied", "答复日期", "答复时间"), noteField}},

	{ID: "revision", Kind: domain.KindRevision, Title: "修订记录", need: [][]string{{"type"}, {"after", "before"}, {"point"}},
		hints: []string{"修订", "调整"},
		Fields: []Field{noField, f("code", "修订编号"), f("disclosure", "批次", "公示批次"), f("type", "修订类型", "类型"),
			f("point", "编号", "风险点编号", "风险点", "对应风险点"), f("field", "修订内容", "修订项目"), f("item", "第几条", "条"),
			f("opinions", "依据意见", "依据意见号"), f("before", "修订前", "原内容"), f("after", "修订后", "修订后内容"),
			f("date", "审定日期", "修订日期", "日期"), f("applied", "已执行"), noteField}},

	{ID: "indicator", Kind: domain.KindIndicator, Title: "评估指标体系", need: [][]string{{"code"}, {"name"}, {"direction", "a1", "a5"}},
		hints: []string{"指标体系", "层面指标"},
		Fields: []Field{noField, f("target", "层面", "适用层面"), f("version", "版本"), f("system", "体系名称"),
			f("approved", "审定日期"), f("dimension", "维度", "一级指标"), f("dimweight", "维度权重"),
			f("code", "代码", "指标代码", "编号"), f("name", "指标", "指标名称", "二级指标"), f("note", "指标说明", "说明"), f("direction", "方向", "指标方向"),
			f("a1", "1分"), f("a2", "2分"), f("a3", "3分"), f("a4", "4分"), f("a5", "5分"), f("weight", "权重", "指标权重")}},

	{ID: "matrix", Kind: domain.KindIndicator, Title: "判断矩阵", hints: []string{"矩阵", "专家判断"}},

	{ID: "scheme", Kind: domain.KindScheme, Title: "预警等级方案", need: [][]string{{"label"}, {"min"}, {"color", "severity", "told"}},
		hints: []string{"等级方案"},
		Fields: []Field{f("name", "方案名称", "方案"), f("version", "版本"), f("basis", "分级依据", "依据"), f("label", "等级", "预警等级"),
			f("color", "颜色"), f("severity", "严重程度", "序位"), f("min", "下限", "下限值"), f("told", "告知对象", "告知"),
			f("signer", "签发人", "签发"), f("reply", "回告工作日", "回告期限"), f("fix", "整改工作日", "整改期限"), f("release", "解除条件", "解除")}},

	{ID: "assessment", Kind: domain.KindAssessment, Title: "评估轮次", need: [][]string{{"round"}, {"assessor"}},
		hints: []string{"评估轮次", "评分人"},
		Fields: []Field{f("round", "轮次", "评估轮次"), f("roundname", "评估名称"), f("date", "评估日期"), f("pointversion", "岗位指标版本"),
			f("unitversion", "部门指标版本"), f("frozen", "已定稿"), f("assessorno", "评分人序号"), f("assessor", "评分人"), f("title", "评分人职务", "职务"), f("assessed", "评分日期")}},

	{ID: "rating", Kind: domain.KindRating, Title: "风险点评分表", Cross: CrossMark, need: [][]string{{"code"}, {CrossMark}},
		hints: []string{"评分"},
		Fields: []Field{noField, f("round", "轮次"), f("assessor", "评分人"), f("code", "编号", "风险点编号"), f("unit", "部门", "单位"),
			f("name", "风险点", "廉政风险点", "风险点名称"), noteField}},

	{ID: "unitrating", Kind: domain.KindRating, Title: "部门层面评分表", Cross: CrossAssessor,
		need: [][]string{{"unit"}, {"icode"}, {CrossAssessor}}, hints: []string{"部门层面", "评分汇总"}, lacks: []string{"direction"},
		Fields: []Field{noField, f("round", "轮次"), f("unit", "部门", "单位"), f("icode", "指标代码", "代码"), f("iname", "指标", "指标名称"), noteField,
			f("dimension", "维度"), f("direction", "方向"), f("inote", "指标说明", "说明"), f("weight", "权重")}},

	{ID: "reading", Kind: domain.KindReading, Title: "监测指标月报", Cross: CrossReading, need: [][]string{{"code"}, {CrossReading}},
		hints: []string{"监测", "月报"}, Fields: monitorFields},
	{ID: "monitor", Kind: domain.KindMonitor, Title: "监测指标说明", need: [][]string{{"code"}, {"name"}, {"formula", "warn", "filler"}},
		hints: []string{"监测指标说明", "指标说明"}, Fields: monitorFields},

	{ID: "measure", Kind: domain.KindMeasure, Title: "防范措施表", need: [][]string{{"point"}, {"item"}, {"content"}},
		hints: []string{"防范措施"}, lacks: []string{"result"}, Fields: measureFields},
	{ID: "inspection", Kind: domain.KindInspection, Title: "防范措施落实检查表", need: [][]string{{"point"}, {"item"}, {"result"}},
		hints: []string{"落实", "检查"}, Fields: measureFields},

	{ID: "appraisal", Kind: domain.KindAppraisal, Title: "检查考核评分表", Cross: CrossSelf,
		need: [][]string{{"content"}, {"full"}, {CrossSelf, CrossConfirmed, "self", "confirmed"}}, hints: []string{"考核"},
		Fields: []Field{noField, f("section", "项目（分值）", "项目"), f("content", "考核内容", "内容", "考核要点"), f("full", "分值", "标准分"),
			f("unit", "部门", "单位"), f("self", "自评分"), f("confirmed", "核准分", "核定分"), noteField}},

	{ID: "factor", Kind: domain.KindFactor, Title: "成因要素表", need: [][]string{{"category"}, {"text"}}, hints: []string{"成因", "要素"},
		Fields: []Field{noField, f("code", "编号"), f("category", "成因类别", "类别"), f("text", "成因要素", "原因要素", "要素"),
			f("source", "来源"), f("points", "对应风险点", "风险点")}},

	{ID: "intelligence", Kind: domain.KindIntelligence, Title: "风险信息库", need: [][]string{{"code"}, {"summary"}}, hints: []string{"信息库"},
		Fields: []Field{noField, f("code", "信息编号", "编号"), f("source", "信息来源", "来源"), f("date", "收到日期", "日期"),
			f("summary", "信息摘要", "摘要", "信息内容"), f("unit", "涉及部门", "部门"), f("post", "涉及岗位（环节）", "涉及岗位", "岗位"),
			f("category", "原因要素", "成因类别"), f("verified", "核实情况"), f("points", "对应风险点", "风险点"),
			f("handling", "处理情况", "处理"), f("registrar", "登记单位"), noteField}},

	{ID: "network", Kind: domain.KindMember, Title: "信息收集网络", need: [][]string{{"source"}, {"method", "freq"}},
		hints: []string{"收集网络"}, lacks: []string{"summary"},
		Fields: []Field{noField, f("source", "信息来源", "来源"), f("title", "收集单位", "单位"), f("method", "收集方式", "方式"), f("freq", "频次", "频率"),
			f("name", "联络人", "姓名"), f("duty", "分工"), noteField}},
	{ID: "member", Kind: domain.KindMember, Title: "成员名单", need: [][]string{{"name", "title"}, {"role", "title", "duty"}},
		hints: []string{"名单", "小组"},
		Fields: []Field{noField, f("group", "组别", "小组"), f("role", "组内职务"), f("name", "姓名"),
			f("title", "行政（党内）职务", "所在单位及职务", "职务", "行政职务"), f("duty", "分工", "职责分工"),
			f("source", "信息来源"), f("method", "收集方式"), f("freq", "频次"), noteField}},

	{ID: "milestone", Kind: domain.KindMilestone, Title: "工作步骤安排表", need: [][]string{{"content"}, {"window", "start"}},
		hints: []string{"步骤安排", "工作步骤"},
		Fields: []Field{f("no", "序号", "步骤"), f("window", "时间安排", "时间"), f("start", "开始", "开始日期"), f("end", "结束", "结束日期"),
			f("content", "工作内容", "内容"), f("responsible", "责任主体", "责任单位"), f("artefacts", "成果材料", "成果"),
			f("systems", "对应制度", "制度"), f("progress", "进度", "完成情况"), noteField}},

	{ID: "info", Kind: domain.KindInfo, Title: "试点概况", need: [][]string{{"school"}, {"pilotname", "year"}}, hints: []string{"试点"},
		Fields: []Field{f("pilotname", "试点名称"), f("school", "学校", "单位"), f("year", "年度"), f("basis", "依据"), f("goals", "目标"),
			f("contents", "试点内容"), f("tasks", "主要任务")}},
}

var monitorFields = []Field{noField, f("code", "指标编号", "编号"), f("unit", "部门", "责任部门"), f("name", "指标名称", "指标", "监测指标"),
	f("measure", "单位", "计量单位"), f("direction", "风险方向", "方向"), f("warn", "预警值"), f("alarm", "报警值"),
	f("formula", "计算公式", "公式"), f("source", "数据来源", "来源"), f("filler", "填报岗位"), f("points", "对应风险点", "风险点"), noteField}

var measureFields = []Field{noField, f("unit", "部门", "单位"), f("point", "编号", "风险点编号"), f("level", "预警等级", "等级"),
	f("name", "风险点", "廉政风险点"), f("item", "条", "第几条"), f("content", "措施内容", "内容", "防范措施"), f("mkind", "措施类型"),
	f("step", "嵌入流程步骤", "流程步骤"), f("owner", "责任岗位", "责任人"), f("due", "完成时限", "时限"), f("trace", "留痕要求", "留痕"),
	f("mnote", "措施备注"), f("date", "检查日期"), f("method", "检查方法"), f("evidence", "检查证据", "证据"),
	f("result", "落实情况", "检查结论"), f("problem", "存在问题", "问题"), f("rectify", "整改期限"), f("inspector", "检查人"), noteField}
