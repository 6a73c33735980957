package intake

import (
	"slices"
	"strings"

	"lianshao/domain"
)

var results = []string{domain.ResultDone, domain.ResultPartly, domain.ResultNot}

// readMeasures reads measures one by one, and with them what an inspection found.
func (r *run) readMeasures() {
	day := r.contextDay("检查日期")
	r.rows([]string{"item", "content"}, func(w *row) result {
		code, item := w.get(r.at("point")), w.get(r.at("item"))
		if code == "" {
			return r.refuse(w, "point", "", "这条措施没有写明属于哪个风险点")
		}
		pt, ok := r.d.RiskPoints.ByKey(code)
		if !ok {
			return r.refuse(w, "point", code, "没有编号为“%s”的风险点，请先导入风险点表", code)
		}
		no := ordinal(item)
		if n, whole := parseWhole(strings.TrimSuffix(item, "条")); whole {
			no = n
		}
		if no < 1 {
			return r.refuse(w, "item", item, "“条”应为从 1 开始的整数，现为“%s”", item)
		}
		date := day
		if !r.setDay(w, "date", &date) {
			return refused
		}
		if r.twice(w, "item", code+"/"+itoa(no)+"/"+string(date), code+" 第"+itoa(no)+"条") {
			return refused
		}
		outcome := w.get(r.at("result"))
		if r.has("result") && outcome != "" && !slices.Contains(results, outcome) {
			return r.refuse(w, "result", outcome, "落实情况应为已落实、部分落实、未落实之一，现为“%s”", outcome)
		}
		m, res := r.measureOf(w, pt, no)
		if res == refused || r.g.Form.ID == "measure" || outcome == "" {
			return res
		}
		return r.inspection(w, m, date, outcome)
	})
}

// measureOf updates the measure a row names, making it when it is new.
func (r *run) measureOf(w *row, pt *domain.RiskPoint, no int) (*domain.Measure, result) {
	key := measureKey(pt.ID, no)
	old, exists := known(r, w, r.d.Measures, key)
	content := trimMeasure(w.get(r.at("content")))
	if !exists && content == "" {
		return nil, r.refuse(w, "content", "", "风险点 %s 没有第%d条措施，表中也没有写内容", pt.Code, no)
	}
	m := begin(r, w, old, exists, newMeasure(pt, no, content), "content")
	if content != "" && content != trimMeasure(m.Content) {
		m.Content = content
	}
	if m.Natural() != key {
		r.renumber(m, pt, no)
	}
	step := m.Step
	r.setRef(w, "step", domain.KindStep, domain.Ref{}, &step)
	if step.ID != "" {
		since := m.Since
		r.d.Embed(m, step.ID)
		if !exists && since != 0 {
			m.Since = since // as it was where the row comes from
		}
	} else {
		m.Step = step
	}
	r.setText(w, "owner", &m.Owner)
	r.setDue(w, "due", &m.Due)
	r.setText(w, "mkind", &m.Kind)
	r.setText(w, "trace", &m.Evidence)
	r.setText(w, "mnote", &m.Note)
	if m.Step.Text != "" && r.d.Workflows.Len() > 0 {
		r.warn(w, "step", "没有找到流程步骤“%s”，先按文字保存", m.Step.Text)
	}
	return m, put(r.d.Measures, old, exists, m)
}

// renumber moves a measure to another place or point.
func (r *run) renumber(m *domain.Measure, pt *domain.RiskPoint, no int) {
	m.Point, m.No = domain.To(pt.ID), no
	m.Code = pt.Code + "-" + itoa(no)
}

func (r *run) inspection(w *row, m *domain.Measure, date domain.Date, outcome string) result {
	key := string(m.ID) + "/" + string(date)
	old, exists := known(r, w, r.d.Inspections, key)
	i := begin(r, w, old, exists, &domain.Inspection{Measure: domain.To(m.ID), Date: date}, "result")
	i.Measure, i.Date = domain.To(m.ID), date
	if i.Code == "" {
		i.Code = m.Code + "@" + strings.ReplaceAll(string(date), "-", "")
	}
	i.Result = outcome
	r.setText(w, "level", &i.Level)
	r.setText(w, "method", &i.Method)
	r.setPlain(w, "evidence", &i.Evidence)
	r.setPlain(w, "problem", &i.Problem)
	r.setDue(w, "rectify", &i.RectifyBy)
	r.setText(w, "inspector", &i.Inspector)
	r.setText(w, "note", &i.Note)
	return put(r.d.Inspections, old, exists, i)
}
