package intake

import (
	"lianshao/app"
	"lianshao/app/warn"
	"lianshao/domain"
)

// readReplies reads what units answer to warnings. Warnings themselves are issued in
// the program, never by a table.
func (r *run) readReplies() {
	r.rows([]string{"paper"}, func(w *row) result {
		code := w.get(r.at("paper"))
		old, ok := r.d.Warnings.ByKey(code)
		if !ok {
			return r.refuse(w, "paper", code, "没有文号为“%s”的预警，请核对文号；预警在程序里签发，不从表格新建", code)
		}
		if r.twice(w, "paper", code, code) {
			return refused
		}
		a := warn.Act{By: w.get(r.at("replier")), Text: w.get(r.at("reply"))}
		if !r.setDay(w, "replied", &a.Date) {
			return refused
		}
		if a == (warn.Act{}) || replied(old, a) {
			return same
		}
		next, err := warn.Taken(old, domain.EventReply, a)
		if err != nil {
			return r.refuse(w, "reply", a.Text, "%s", app.Sentence(err))
		}
		return put(r.d.Warnings, old, true, next)
	})
}

// replied reports whether a warning has this very reply.
func replied(w *domain.Warning, a warn.Act) bool {
	for _, x := range w.Actions {
		if x.Event == domain.EventReply && x.Date == a.Date && x.By == a.By && x.Text == a.Text {
			return true
		}
	}
	return false
}
