package domain

// Events of a workflow version.
const (
	EventEdit    = "修改步骤"
	EventRevise  = "修订"
	EventEnforce = "启用"
)

// WorkflowLife is the life of a workflow version: measures are embedded in a
// draft made from the version in force, which the draft then replaces.
var WorkflowLife = &Machine{Kind: KindWorkflow, States: []string{WorkflowDraft, WorkflowInForce, WorkflowRevised}, Moves: []Move{
	{From: WorkflowDraft, Event: EventEdit, To: WorkflowDraft},
	{From: WorkflowDraft, Event: EventEnforce, To: WorkflowInForce},
	{From: WorkflowDraft, Event: EventRevise, Refusal: "这一版还是草稿，直接改就行；启用以后再修订"},
	{From: WorkflowInForce, Event: EventEdit, To: WorkflowInForce},
	{From: WorkflowInForce, Event: EventRevise, To: WorkflowRevised},
	{From: WorkflowInForce, Event: EventEnforce, Refusal: "这一版已经是现行版"},
	{From: WorkflowRevised, Event: EventEdit, Refusal: "这一版流程已经修订，留作对照，不能再改；请改现行版"},
	{From: WorkflowRevised, Event: EventRevise, Refusal: "这一版流程已经修订过，请从现行版开始新的修订"},
	{From: WorkflowRevised, Event: EventEnforce, Refusal: "已修订的版本不能重新启用，请从现行版开始新的修订"},
	{From: WorkflowDraft, Event: EventDelete, To: WorkflowDraft},
	{From: WorkflowInForce, Event: EventDelete, To: WorkflowInForce},
	{From: WorkflowRevised, Event: EventDelete, Refusal: "已修订的版本留作对照，不能删除"},
}}

// Words for a point that counts, and events of a risk point.
const (
	PointCounts  = "有效"
	EventMerge   = "合并"
	EventRemove  = "删除"
	EventRestore = "恢复"
)

// PointLife is the life of a risk point.
var PointLife = &Machine{Kind: KindRiskPoint, States: []string{PointCounts, string(PointMerged), string(PointRemoved)}, Moves: []Move{
	{From: PointCounts, Event: EventMerge, To: string(PointMerged)},
	{From: PointCounts, Event: EventRemove, To: string(PointRemoved)},
	{From: PointCounts, Event: EventRestore, Refusal: "这个风险点本来就有效"},
	{From: string(PointMerged), Event: EventRestore, To: PointCounts},
	{From: string(PointMerged), Event: EventMerge, Refusal: "这个风险点已经并入别的风险点，不能再合并"},
	{From: string(PointMerged), Event: EventRemove, Refusal: "已合并的风险点留作来源记录，不能删除；要单独处理请先恢复"},
	{From: string(PointRemoved), Event: EventRestore, To: PointCounts},
	{From: string(PointRemoved), Event: EventMerge, Refusal: "已删除的风险点不能合并，请先恢复"},
	{From: string(PointRemoved), Event: EventRemove, Refusal: "这个风险点已经删除"},
}}

// StateOfPoint names the state of a point in PointLife.
func StateOfPoint(r *RiskPoint) string {
	if r.Status == PointActive {
		return PointCounts
	}
	return string(r.Status)
}

// States and events of a round.
const (
	RoundOpen   = "评分中"
	RoundFrozen = "已定稿"
	EventScore  = "评分"
	EventFreeze = "定稿"
	EventThaw   = "取消定稿"
)

// RoundLife is the life of a round of assessment. A round that warnings were issued
// by stays final.
var RoundLife = &Machine{Kind: KindAssessment, States: []string{RoundOpen, RoundFrozen}, Moves: []Move{
	{From: RoundOpen, Event: EventScore, To: RoundOpen},
	{From: RoundOpen, Event: EventFreeze, To: RoundFrozen},
	{From: RoundFrozen, Event: EventScore, Refusal: "这一轮评估已经定稿，不再收评分；要再评请新建一轮"},
	{From: RoundFrozen, Event: EventFreeze, Refusal: "这一轮评估已经定稿"},
	{From: RoundFrozen, Event: EventThaw, To: RoundOpen},
	{From: RoundOpen, Event: EventThaw, Refusal: "这一轮评估还没有定稿"},
}}

// StateOfRound names the state of a round in RoundLife.
func StateOfRound(r *Assessment) string {
	if r.Frozen {
		return RoundFrozen
	}
	return RoundOpen
}

// States and events of a measure. A measure's state is not stored: it follows
// from the step it is embedded at and from the latest inspection.
const (
	MeasureProposed = "已拟定"
	MeasureEmbedded = "已嵌入流程"
	EventEmbed      = "嵌入流程"
	EventCheckDone  = "检查：已落实"
	EventCheckPart  = "检查：部分落实"
	EventCheckNot   = "检查：未落实"
	EventDelete     = "删除"
)

// MeasureLife is the life of a measure.
var MeasureLife = &Machine{Kind: KindMeasure, States: []string{MeasureProposed, MeasureEmbedded, ResultDone, ResultPartly, ResultNot}, Moves: measureMoves()}

func measureMoves() []Move {
	checks := []Move{{Event: EventCheckDone, To: ResultDone}, {Event: EventCheckPart, To: ResultPartly}, {Event: EventCheckNot, To: ResultNot}}
	moves := []Move{
		{From: MeasureProposed, Event: EventEmbed, To: MeasureEmbedded},
		{From: MeasureProposed, Event: EventDelete, To: MeasureProposed},
		{From: MeasureEmbedded, Event: EventEmbed, To: MeasureEmbedded},
		{From: MeasureEmbedded, Event: EventDelete, To: MeasureEmbedded},
	}
	for _, from := range []string{MeasureProposed, MeasureEmbedded, ResultDone, ResultPartly, ResultNot} {
		for _, c := range checks {
			c.From = from
			moves = append(moves, c)
		}
		if from == ResultDone || from == ResultPartly || from == ResultNot {
			moves = append(moves, Move{From: from, Event: EventEmbed, To: from},
				Move{From: from, Event: EventDelete, Refusal: "这条措施已经检查过，检查记录要留着，不能删除；不再适用的请用修订说明理由"})
		}
	}
	return moves
}

// StateOfMeasure names the state of a measure in MeasureLife.
func (p *Pilot) StateOfMeasure(m *Measure) string {
	if r := p.MeasureResult(m.ID); r != "" {
		return r
	}
	if m.Step.ID != "" {
		return MeasureEmbedded
	}
	return MeasureProposed
}
