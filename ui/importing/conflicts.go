package importing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/app/sides"
	"lianshao/ui/disputes"
	"lianshao/ui/widgets"
)

// showConflicts lists every field about which there are several words.
func (p *importPage) showConflicts(list *disputes.List, conflicts []*intake.Conflict) {
	all := make([]sides.Dispute, len(conflicts))
	for i, c := range conflicts {
		all[i] = c.Dispute()
	}
	list.Set(all)
}

// decideConflict takes one side of a conflict.
func (p *importPage) decideConflict(conflict, side int) {
	p.decided.Decide(p.plan.Conflicts[conflict], side)
	p.replan(nil)
}

// makeRules makes the choice of the rule that decides what nobody decided.
func (b *resultBand) makeRules() {
	var titles []string
	for _, r := range intake.Rules() {
		titles = append(titles, lang.L(r.Title()))
	}
	b.rules = widget.NewSelect(titles, nil)
	b.rules.SetSelectedIndex(0)
	b.rules.OnChanged = func(string) {
		disputes.AskRule(b.p.h.Window(), len(b.p.decided), func(all bool) {
			if b.p.rule = intake.Rules()[b.rules.SelectedIndex()]; all {
				b.p.decided = intake.Decisions{}
			}
			b.p.replan(nil)
		})
	}
	b.ruleBox = container.NewHBox(widgets.NewButton(lang.L("对照全文…"), b.quarrels.Compare), container.NewCenter(quiet(lang.L("说法不一致时"), fyne.TextAlignTrailing)), container.NewGridWrap(fyne.NewSize(220, 34), b.rules))
	b.ruleBox.Hide()
}

func flat(s string) string { return strings.ReplaceAll(s, "\n", " ") }
