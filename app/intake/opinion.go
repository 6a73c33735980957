package intake

import (
	"fmt"
	"strings"

	"lianshao/domain"
)

// disclosure finds the 公示 a text like 第二次（措施） means and makes it when it
// is not there; the dates come from the line above the header.
func (r *run) disclosure(text, origin string) domain.Ref {
	no := ordinal(text)
	if no == 0 {
		return domain.Ref{}
	}
	old, exists := r.d.Disclosures.ByKey(itoa(no))
	next := &domain.Disclosure{No: no}
	if exists {
		next = old.Clone().(*domain.Disclosure)
	} else {
		next.SetBase(r.env.IDs(), origin)
		next.Code = fmt.Sprintf("GS-%d", no)
	}
	if _, rest, ok := strings.Cut(strings.NewReplacer("(", "（", ")", "）").Replace(text), "（"); ok && next.Subject == "" {
		next.Subject = strings.TrimSuffix(rest, "）")
	}
	if next.Start == "" {
		next.Start, next.End = disclosureDates(r.context("公示时间", "公示日期"), no, r.year)
	}
	if !exists || !domain.Equal(old, next) {
		r.d.Disclosures.Put(next)
	}
	return domain.To(next.ID)
}

// disclosureDates reads “第一次 2026年7月1日—7月10日；第二次 …”.
func disclosureDates(text string, no, year int) (start, end domain.Date) {
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == '；' || c == ';' }) {
		if ordinal(part) != no && strings.Contains(part, "第") {
			continue
		}
		if i := strings.Index(part, "次"); i >= 0 {
			part = part[i+len("次"):]
		}
		a, b, ok := strings.Cut(strings.NewReplacer("－", "—", "–", "—", "至", "—", "～", "—", "~", "—").Replace(part), "—")
		if !ok {
			continue
		}
		from, ok1 := domain.ParseDate(a, year)
		if ok1 {
			year = from.Time().Year()
		}
		to, ok2 := domain.ParseDate(b, year)
		if ok1 && ok2 {
			return from, to
		}
	}
	return "", ""
}

func (r *run) readDisclosures() {
	r.rows([]string{"disclosure"}, func(w *row) result {
		s := w.get(r.at("disclosure"))
		no := ordinal(s)
		if no == 0 {
			return r.refuse(w, "disclosure", s, "公示批次应写“第一次”“第二次”或 1、2，现为“%s”", s)
		}
		if r.twice(w, "disclosure", itoa(no), s) {
			return refused
		}
		old, exists := known(r, w, r.d.Disclosures, itoa(no))
		d := begin(r, w, old, exists, &domain.Disclosure{No: no}, "disclosure")
		d.No = no
		if d.Code == "" {
			d.Code = fmt.Sprintf("GS-%d", no)
		}
		r.setText(w, "subject", &d.Subject)
		r.setText(w, "scope", &d.Scope)
		r.setText(w, "channel", &d.Channel)
		r.setText(w, "note", &d.Note)
		if !r.setDay(w, "start", &d.Start) || !r.setDay(w, "end", &d.End) {
			return refused
		}
		return put(r.d.Disclosures, old, exists, d)
	})
}

func (r *run) readOpinions() {
	n := 0
	r.rows([]string{"code", "content"}, func(w *row) result {
		code, content := w.raw(r.at("code")), w.get(r.at("content"))
		n++
		if code == "" && !r.has("code") {
			code = fmt.Sprintf("YJ-%02d", n)
		}
		if code == "" && r.form {
			if content == "" {
				return skipped // not filled in
			}
			code = r.opinionCode(content, w.get(r.at("from")))
		}
		switch {
		case code == "":
			return r.refuse(w, "code", "", "这条意见没有编号")
		case content == "":
			return r.refuse(w, "content", "", "意见 %s 没有内容", code)
		}
		if r.twice(w, "code", code, code) {
			return refused
		}
		old, exists := known(r, w, r.d.Opinions, code)
		o := begin(r, w, old, exists, &domain.Opinion{}, "code")
		o.Code = code
		setTo(&o.Content, content)
		if s := w.get(r.at("disclosure")); s != "" {
			if ref := r.disclosure(s, r.from(w, "disclosure")); !ref.IsZero() {
				o.Disclosure = ref
			}
		}
		if !r.setDay(w, "received", &o.Received) {
			return refused
		}
		r.setText(w, "channel", &o.Channel)
		r.setText(w, "from", &o.From)
		r.setRefs(w, "points", domain.KindRiskPoint, domain.Ref{}, &o.Points)
		r.setText(w, "decision", &o.Decision)
		r.setText(w, "reason", &o.Reason)
		r.setText(w, "replyby", &o.ReplyBy)
		r.setDue(w, "replied", &o.Replied)
		r.setText(w, "reply", &o.Reply)
		r.setText(w, "note", &o.Note)
		r.unknownPoints(w, o.Points)
		return put(r.d.Opinions, old, exists, o)
	})
}

// opinionCode is that of the same opinion registered before, or the next number.
func (r *run) opinionCode(content, from string) string {
	for _, o := range r.d.Opinions.All() {
		if o.Content == content && o.From == from {
			return o.Code
		}
	}
	return nextCode(r.d.Opinions, "YJ-")
}

// nextCode is the first free code of the form YJ-01 after the highest.
func nextCode[T domain.Record](t *domain.Table[T], prefix string) string {
	last := 0
	for _, x := range t.All() {
		if rest, ok := strings.CutPrefix(domain.BaseOf(x).Code, prefix); ok {
			if n, whole := parseWhole(rest); whole {
				last = max(last, n)
			}
		}
	}
	return fmt.Sprintf("%s%02d", prefix, last+1)
}

// unknownPoints warns of risk points that are not in the pilot (yet).
func (r *run) unknownPoints(w *row, refs []domain.Ref) {
	for _, ref := range refs {
		if ref.ID == "" {
			r.warn(w, "points", "没有编号为“%s”的风险点，先按文字保存，登记后自动对应", ref.Text)
		}
	}
}
