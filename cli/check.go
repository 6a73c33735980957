package cli

import (
	"path/filepath"
	"strings"
	"time"

	"lianshao/app"
	"lianshao/app/checks"
	"lianshao/app/view"
	"lianshao/domain"
)

// runCheck reads the file without changing it; the store judges whether it is
// whole, the remarks are for people.
func runCheck(c *call) (int, error) {
	anchors, err := c.anchors()
	if err != nil {
		return 0, err
	}
	var found FileCheck
	err = c.withPassword(c.args[0], func(password string) (err error) {
		found, err = c.Check(c.args[0], password, anchors...)
		return err
	})
	if err != nil {
		return 0, err
	}
	if len(found.Anchors) < len(anchors) {
		return 0, refuse("《%s》是旧格式的文件，没有校验码，请先打开一次升级。", filepath.Base(c.args[0]))
	}
	remarks := []domain.Problem{}
	code := ExitDamaged
	if len(found.Bad) == 0 {
		store, err := app.ViewPilot(c.Stores, c.args[0])
		if err != nil {
			return 0, err
		}
		defer store.Close()
		p, err := store.Load(nil)
		if err != nil {
			return 0, err
		}
		remarks, code = append(remarks, app.Remarks(p)...), ExitDone
		remarks = append(remarks, app.LateRemarks(p, domain.Date(c.Clock().Format(time.DateOnly)))...)
		remarks = append(remarks, checks.Problems(checks.Find(p, latest(p)))...)
	}
	for _, a := range found.Anchors {
		if !a.Fits {
			code = ExitDamaged
		}
	}
	if c.has("json") {
		return code, c.json(checkAnswer(found, remarks))
	}
	c.checkText(found, remarks)
	return code, nil
}

// anchors reads --anchor: codes of papers, between commas.
func (c *call) anchors() ([]app.Anchor, error) {
	text, ok := c.flags["anchor"]
	if !ok {
		return nil, nil
	}
	var out []app.Anchor
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，;；、\n", r) }) {
		a, err := app.ParseAnchor(part)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, refuse("选项 --anchor 后面要写纸上的校验码。")
	}
	return out, nil
}

func (c *call) checkText(found FileCheck, remarks []domain.Problem) {
	total := 0
	for _, t := range domain.NewPilot().Tables() {
		if n := found.Records[t.Kind()]; n > 0 {
			c.print("%s %d", t.Kind(), n)
			total += n
		}
	}
	c.remarks(remarks)
	for _, p := range found.Dangling {
		c.print("提醒：%s", p)
	}
	for _, p := range found.Bad {
		c.say("损坏：%s", p)
	}
	if len(found.Bad) > 0 {
		c.say("文件有 %d 处损坏。请从备份恢复，或用 repair 救出完好的记录。", len(found.Bad))
		return
	}
	c.print("文件完好，共 %d 条记录，%d 条操作记录。", total, found.Journal)
	if head := found.Head.String(); head != "" {
		c.print("操作记录首尾相接，校验码 %s。", head)
	}
	for _, a := range found.Anchors {
		if a.Fits {
			c.print("%s", a.Sentence())
		} else {
			c.say("%s", a.Sentence())
		}
	}
}

// latest computes the latest round, nil when it cannot be.
func latest(p *domain.Pilot) *domain.RoundResult {
	if a := p.Round(0); a != nil {
		return p.Assess(a)
	}
	return nil
}

// remarksShown is how many remarks of a kind the text shows; --json has all.
const remarksShown = 30

func (c *call) remarks(list []domain.Problem) {
	shown := map[string]int{}
	var first []domain.Problem // of each kind
	for _, p := range list {
		if shown[p.Field] == 0 {
			first = append(first, p)
		}
		if shown[p.Field]++; shown[p.Field] <= remarksShown {
			c.print("提醒：%s", p.Message)
		}
	}
	for _, p := range first {
		if n := shown[p.Field] - remarksShown; n > 0 {
			c.print("提醒：像“%s”这样的另有 %d 处，加 --json 全部列出", p.Message, n)
		}
	}
}

func checkAnswer(found FileCheck, remarks []domain.Problem) view.Object {
	records := view.Object{}
	for _, t := range domain.NewPilot().Tables() {
		records = append(records, view.Field{Key: string(t.Kind()), Value: found.Records[t.Kind()]})
	}
	list := make([]view.Object, len(remarks))
	for i, p := range remarks {
		list[i] = view.Object{{Key: "kind", Value: string(p.Kind)}, {Key: "id", Value: string(p.ID)}, {Key: "field", Value: p.Field}, {Key: "message", Value: p.Message}}
	}
	return view.Object{{Key: "ok", Value: len(found.Bad) == 0}, {Key: "records", Value: records}, {Key: "journal", Value: found.Journal},
		{Key: "chain", Value: found.Head.Sum}, {Key: "code", Value: found.Head.String()}, {Key: "anchors", Value: anchorAnswers(found.Anchors)}, {Key: "restored", Value: found.Restored}, {Key: "doubtful", Value: append([]string{}, found.Doubtful...)},
		{Key: "bad", Value: append([]string{}, found.Bad...)}, {Key: "dangling", Value: append([]string{}, found.Dangling...)}, {Key: "remarks", Value: list}}
}

func anchorAnswers(list []app.AnchorResult) []view.Object {
	out := make([]view.Object, len(list))
	for i, a := range list {
		at := ""
		if a.Entry.Seq > 0 {
			at = a.Entry.Time.Format(time.RFC3339)
		}
		out[i] = view.Object{{Key: "entry", Value: a.Seq}, {Key: "code", Value: a.Anchor.String()}, {Key: "ok", Value: a.Fits}, {Key: "at", Value: at},
			{Key: "by", Value: a.Entry.Actor}, {Key: "label", Value: a.Entry.Op.Label}, {Key: "message", Value: a.Sentence()}}
	}
	return out
}

// runRepair saves every readable record into a new file; the damaged one stays
// as it is. Losses make the exit status 1.
func runRepair(c *call) (int, error) {
	var saved FileCheck
	err := c.withPassword(c.args[0], func(password string) (err error) {
		saved, err = c.Repair(c.args[0], c.flags["out"], password)
		return err
	})
	if err != nil {
		return 0, err
	}
	code := ExitDone
	if len(saved.Bad) > 0 {
		code = ExitPartly
	}
	if c.has("json") {
		return code, c.json(checkAnswer(saved, nil))
	}
	total := 0
	for _, n := range saved.Records {
		total += n
	}
	for _, p := range saved.Bad {
		c.say("没有救回：%s", p)
	}
	for _, p := range saved.Doubtful {
		c.say("存疑：%s", p)
	}
	if saved.Restored > 0 {
		c.print("其中 %d 条按操作记录复原。", saved.Restored)
	}
	c.print("已救回 %d 条记录，存为 %s；原文件没有改动。", total, c.flags["out"])
	return code, nil
}
