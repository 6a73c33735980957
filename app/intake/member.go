package intake

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

var groupCodes = map[string]string{domain.GroupLeading: "LD", domain.GroupResearch: "KT", domain.GroupNetwork: "XX", domain.GroupCouncil: "CW"}

// readMembers reads a list of members, or of the lines of the information network.
func (r *run) readMembers() {
	network := r.g.Form.ID == "network"
	n := 0
	r.rows([]string{"name", "source", "title"}, func(w *row) result {
		n++
		group := r.groupOf(w, network)
		if group == "" {
			return r.refuse(w, "group", "", "看不出是哪个小组的名单，请在表题或工作表名称中写明（领导小组、课题小组）")
		}
		fresh := &domain.Member{Group: group, Name: w.get(r.at("name")), Title: w.get(r.at("title")), Source: w.get(r.at("source"))}
		key := fresh.Natural()
		if r.twice(w, "name", key, strings.TrimPrefix(key, group+"/")) {
			return refused
		}
		old, exists := known(r, w, r.d.Members, key)
		m := begin(r, w, old, exists, fresh, "name")
		setTo(&m.Group, group)
		if no, ok := parseWhole(w.number(r.at("no"))); ok {
			m.No = no
		} else if m.No == 0 {
			m.No = n
		}
		if m.Code == "" {
			prefix := groupCodes[group]
			if prefix == "" {
				prefix = group
			}
			m.Code = fmt.Sprintf("%s-%02d", prefix, m.No)
		}
		r.setText(w, "role", &m.Role)
		r.setText(w, "name", &m.Name)
		r.setText(w, "title", &m.Title)
		r.setText(w, "source", &m.Source)
		r.setText(w, "duty", &m.Duty)
		r.setText(w, "method", &m.Method)
		r.setText(w, "freq", &m.Freq)
		r.setText(w, "note", &m.Note)
		return put(r.d.Members, old, exists, m)
	})
}

func (r *run) groupOf(w *row, network bool) string {
	if network {
		return domain.GroupNetwork
	}
	if s := w.get(r.at("group")); s != "" {
		return s
	}
	for _, text := range append([]string{r.g.Sheet.Name}, r.g.above...) {
		for _, g := range []string{domain.GroupLeading, domain.GroupResearch, domain.GroupCouncil} {
			if strings.Contains(text, g) {
				return g
			}
		}
		if strings.Contains(text, "课题组") {
			return domain.GroupResearch
		}
	}
	if i := strings.Index(r.g.Sheet.Name, "组"); i > 0 {
		return r.g.Sheet.Name[:i+len("组")]
	}
	return ""
}
