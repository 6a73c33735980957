package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// readMeetings reads records of meetings and of research.
func (r *run) readMeetings() {
	r.rows([]string{"title", "type", "date"}, func(w *row) result {
		kind, ok := meetingType(w.get(r.at("type")), w.get(r.at("title")))
		if !ok {
			return r.refuse(w, "type", w.get(r.at("type")), "会议类型应为“%s”之一，现为“%s”", strings.Join(domain.MeetingTypes, "”“"), w.get(r.at("type")))
		}
		fresh := &domain.Meeting{Type: kind, Title: w.get(r.at("title"))}
		if !r.setDay(w, "date", &fresh.Date) {
			return refused
		}
		if fresh.Title == "" && fresh.Date == "" {
			return r.refuse(w, "title", "", "这条会议记录没有名称，也没有日期")
		}
		r.setRef(w, "unit", domain.KindUnit, domain.Ref{}, &fresh.Unit)
		if r.twice(w, "title", fresh.Natural(), strings.TrimSpace(string(fresh.Date)+" "+fresh.Title)) {
			return refused
		}
		old, exists := known(r, w, r.d.Meetings, fresh.Natural())
		m := begin(r, w, old, exists, fresh, "title")
		m.Type, m.Date = fresh.Type, fresh.Date
		setTo(&m.Title, fresh.Title)
		moveTo(&m.Unit, fresh.Unit)
		r.setText(w, "place", &m.Place)
		r.setText(w, "chair", &m.Chair)
		r.setText(w, "speaker", &m.Speaker)
		r.setText(w, "method", &m.Method)
		if !r.setCount(w, "expected", "应到人数", &m.Expected) || !r.setCount(w, "present", "实到人数", &m.Present) {
			return refused
		}
		r.setText(w, "film", &m.Film)
		r.setText(w, "content", &m.Content)
		r.setText(w, "resolution", &m.Resolution)
		r.setText(w, "recorder", &m.Recorder)
		r.setRefs(w, "files", domain.KindAttachment, domain.Ref{}, &m.Attachments)
		r.setText(w, "note", &m.Note)
		return put(r.d.Meetings, old, exists, m)
	})
}

// meetingType reads the type, or finds it in the title.
func meetingType(text, title string) (string, bool) {
	if text != "" {
		return text, slices.Contains(domain.MeetingTypes, text)
	}
	for _, t := range domain.MeetingTypes {
		if strings.Contains(title, t) {
			return t, true
		}
	}
	return domain.MeetingOther, true
}

// setCount sets a number of people; false when the cell is not one.
func (r *run) setCount(w *row, field, what string, dst *int) bool {
	text := strings.TrimSuffix(w.number(r.at(field)), "人")
	if text == "" {
		return true
	}
	n, ok := parseWhole(text)
	if !ok || n < 0 || n > 99999 {
		r.refuse(w, field, text, "%s应为整数，现为“%s”", what, text)
		return false
	}
	*dst = n
	return true
}

func (r *run) readCaseCards() {
	n := 0
	r.rows([]string{"title"}, func(w *row) result {
		n++
		title := w.get(r.at("title"))
		if title == "" {
			return r.refuse(w, "title", "", "这张案例卡没有案例名称")
		}
		if r.twice(w, "title", title, title) {
			return refused
		}
		old, exists := known(r, w, r.d.CaseCards, title)
		c := begin(r, w, old, exists, &domain.CaseCard{Title: title}, "title")
		setTo(&c.Title, title)
		if code := w.raw(r.at("code")); code != "" {
			c.Code = code
		} else if c.Code == "" {
			c.Code = fmt.Sprintf("AL-%02d", n)
		}
		r.setText(w, "source", &c.Source)
		if !r.setDay(w, "date", &c.Date) {
			return refused
		}
		r.setText(w, "field", &c.Field)
		r.setText(w, "facts", &c.Facts)
		for _, word := range domain.SplitList(w.get(r.at("categories"))) {
			if !domain.IsCategory(word) {
				return r.refuse(w, "categories", word, "成因类别应为“%s”，现有“%s”", strings.Join(domain.Categories, "”“"), word)
			}
		}
		setList(w.get(r.at("categories")), domain.SplitList, &c.Categories)
		r.setText(w, "causes", &c.Causes)
		r.setText(w, "lessons", &c.Lessons)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &c.Points)
		r.setRef(w, "info", domain.KindIntelligence, domain.Ref{}, &c.Info)
		r.setRefs(w, "files", domain.KindAttachment, domain.Ref{}, &c.Attachments)
		r.setText(w, "note", &c.Note)
		return put(r.d.CaseCards, old, exists, c)
	})
}

// readArtefacts reads the list of papers filed for the steps of the plan.
func (r *run) readArtefacts() {
	r.rows([]string{"name", "title"}, func(w *row) result {
		step, name := w.get(r.at("milestone")), w.get(r.at("name"))
		if no, ok := parseWhole(strings.Trim(step, "第步")); ok {
			step = itoa(no)
		}
		switch {
		case name == "":
			return r.refuse(w, "name", "", "没有写是哪一种成果材料")
		case step == "":
			return r.refuse(w, "milestone", "", "“%s”没有写属于第几步", name)
		}
		fresh := &domain.Artefact{Milestone: r.link(domain.KindMilestone, domain.Ref{}, step), Name: name, Title: w.get(r.at("title"))}
		fresh.Code = w.raw(r.at("code"))
		if r.twice(w, "name", fresh.Natural(), name+" "+fresh.Title) {
			return refused
		}
		old, exists := known(r, w, r.d.Artefacts, fresh.Natural())
		a := begin(r, w, old, exists, fresh, "name")
		a.Code = fresh.Code
		setTo(&a.Name, fresh.Name)
		setTo(&a.Title, fresh.Title)
		moveTo(&a.Milestone, fresh.Milestone)
		if !r.setDay(w, "date", &a.Date) {
			return refused
		}
		r.setText(w, "by", &a.By)
		r.setRefs(w, "files", domain.KindAttachment, domain.Ref{}, &a.Attachments)
		r.setText(w, "note", &a.Note)
		return put(r.d.Artefacts, old, exists, a)
	})
}
