package summary

import (
	"fmt"
	"strings"

	"lianshao/app/report/document"
	"lianshao/domain"
)

func (w *writer) opening() {
	info := w.Pilot.Info()
	start, end := w.span()
	w.say(stop(orMissing(info.Basis, "开展试点的上级文件依据")),
		fmt.Sprintf("我校自%s至%s，以%s为试点部门，开展了廉政风险预警防范机制建设试点工作。", start, end, w.unitNames()),
		"现将试点工作情况总结报告如下。")
}

// span is when the pilot began and when it ends by its plan.
func (w *writer) span() (start, end string) {
	var first, last domain.Date
	for _, m := range w.Pilot.Milestones.All() {
		if m.Start != "" && (first == "" || m.Start < first) {
			first = m.Start
		}
		last = max(last, m.End)
	}
	month := func(d domain.Date, what string) string {
		if d == "" {
			return document.Missing(what)
		}
		return fmt.Sprintf("%d年%d月", d.Time().Year(), int(d.Time().Month()))
	}
	return month(first, "试点开始时间"), month(last, "试点结束时间")
}

func (w *writer) unitNames() string {
	var names []string
	for _, u := range w.Pilot.Units.All() {
		names = append(names, u.Name)
	}
	return orMissing(strings.Join(names, "、"), "试点部门")
}

// basics is 一、基本情况.
func (w *writer) basics() {
	p := w.Pilot
	w.head(1, "一、基本情况")
	w.head(2, "（一）目标和内容")
	goal := p.Info().Goals
	if i := strings.LastIndex(goal, "\n"); i >= 0 {
		goal = goal[i+1:]
	}
	w.say(stop(orMissing(goal, "试点目标")))
	if len(p.Info().Contents) > 0 {
		var parts []string
		for i, c := range p.Info().Contents {
			what, _, _ := strings.Cut(c, "。")
			parts = append(parts, fmt.Sprintf("%s%s", []string{"一是", "二是", "三是", "四是", "五是"}[min(i, 4)], strings.TrimSuffix(what, "的试点")))
		}
		w.say("试点内容有", chineseNumber(len(parts)), "项：", strings.Join(parts, "；"), "。")
	} else {
		w.say("试点内容：", document.Missing("试点内容"), "。")
	}
	w.head(2, "（二）对象和范围")
	steps := 0
	for _, f := range p.Workflows.All() {
		steps += len(f.Steps)
	}
	w.say(fmt.Sprintf("试点部门%d个：%s，涉及工作岗位%d个。共梳理职权%d项、工作流程%d个（%d个步骤），登记有效廉政风险点%d个。",
		p.Units.Len(), w.unitNames(), p.Posts.Len(), p.Authorities.Len(), p.Workflows.Len(), steps, len(p.ActivePoints())))
	w.head(2, "（三）组织领导")
	w.group(domain.GroupLeading, "成立廉政风险预警防范试点工作领导小组", "领导小组名单")
	w.group(domain.GroupResearch, "成立廉政风险评估预警防范课题小组，负责原因要素、指标体系、预警等级和发布方法的研究设计", "课题小组名单")
	var sources []string
	for _, m := range p.Members.All() {
		if m.Group == domain.GroupNetwork && m.Source != "" {
			sources = append(sources, m.Source)
		}
	}
	if len(sources) > 0 {
		w.say(fmt.Sprintf("建立廉政风险信息收集网络，明确%d类信息来源（%s）的收集单位、方式和频次。", len(sources), strings.Join(sources, "、")))
	} else {
		w.say("廉政风险信息收集网络：", document.Missing("信息来源和收集单位"), "。")
	}
}

// group says who a group is made of, by office.
func (w *writer) group(name, what, missing string) {
	var head string
	var others []string
	n := 0
	for _, m := range w.Pilot.Members.All() {
		if m.Group != name {
			continue
		}
		n++
		who := m.Title
		if who == "" {
			who = m.Name
		}
		if m.Role == "组长" {
			head = who
		} else if who != "" {
			others = append(others, who)
		}
	}
	if n == 0 {
		w.say(what, "：", document.Missing(missing), "。")
		return
	}
	text := fmt.Sprintf("%s，共%d人，由%s任组长", what, n, orMissing(head, name+"组长"))
	if len(others) > 0 {
		text += "，成员有" + strings.Join(others, "、")
	}
	w.say(text + "。")
}

// chineseNumber writes small numbers in Chinese.
func chineseNumber(n int) string {
	digits := []string{"零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"}
	if n >= 0 && n < len(digits) {
		return digits[n]
	}
	return fmt.Sprint(n)
}
