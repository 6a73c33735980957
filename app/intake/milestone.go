package intake

import (
	"fmt"

	"lianshao/domain"
)

func (r *run) readMilestones() {
	n := 0
	r.rows([]string{"content"}, func(w *row) result {
		n++
		no, ok := parseWhole(w.number(r.at("no")))
		if !ok {
			no = n
		}
		content := w.get(r.at("content"))
		if content == "" {
			return r.refuse(w, "content", "", "第%d步没有工作内容", no)
		}
		if r.twice(w, "no", itoa(no), itoa(no)) {
			return refused
		}
		old, exists := known(r, w, r.d.Milestones, itoa(no))
		m := begin(r, w, old, exists, &domain.Milestone{No: no}, "content")
		if m.Code == "" {
			m.Code = fmt.Sprintf("%02d", no)
		}
		m.No = no
		setTo(&m.Content, content)
		r.setText(w, "window", &m.Window)
		if s, e, ok := domain.ParsePeriod(m.Window, r.year); ok && !exists && !r.carries(domain.KindMilestone) {
			m.Start, m.End = s, e
		}
		if !r.setDay(w, "start", &m.Start) || !r.setDay(w, "end", &m.End) {
			return refused
		}
		if m.Start != "" && m.End != "" && m.End < m.Start {
			return r.refuse(w, "end", string(m.End), "第%d步的结束日期早于开始日期", no)
		}
		setList(w.get(r.at("responsible")), domain.SplitList, &m.Responsible)
		setList(w.get(r.at("artefacts")), domain.SplitList, &m.Artefacts)
		setList(w.get(r.at("systems")), domain.SplitList, &m.Systems)
		r.setText(w, "progress", &m.Progress)
		r.setText(w, "note", &m.Note)
		return put(r.d.Milestones, old, exists, m)
	})
}
