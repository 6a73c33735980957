package levels

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/fields"
	"lianshao/app/report"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// paints are the colours of levels by the words for them.
var paints = []struct{ Word, Name string }{{"红", "red"}, {"橙", "orange"}, {"黄", "yellow"}, {"蓝", "blue"}, {"绿", "green"}, {"灰", "gray"}}

func colorWord(name string) string {
	for _, p := range paints {
		if p.Name == name {
			return p.Word
		}
	}
	return name
}

func colorOf(l domain.Level) color.Color { return report.LevelColor(l.Color) }

// Columns of the table of levels.
const (
	colLabel   = "label"
	colColor   = "color"
	colMin     = "min"
	colTold    = "told"
	colSigner  = "signer"
	colReply   = "reply"
	colFix     = "fix"
	colRelease = "release"
)

func (e *Editor) newGrid() *widgets.DataGrid {
	var words []string
	for _, p := range paints {
		words = append(words, p.Word)
	}
	days := lang.L("工作日")
	g := widgets.NewDataGrid([]widgets.Column{
		{ID: colLabel, Title: lang.L("等级"), Width: 84, Editable: true, Fixed: true},
		{ID: colColor, Title: lang.L("颜色"), Width: 58, Editable: true, Options: words},
		{ID: colMin, Title: lang.L("下限"), Subtitle: lang.L("含"), Width: 70, Align: widgets.AlignRight, Editable: true},
		{ID: colTold, Title: lang.L("告知范围"), Width: 292, Editable: true},
		{ID: colSigner, Title: lang.L("签发人"), Width: 120, Editable: true},
		{ID: colReply, Title: lang.L("回告期限"), Subtitle: days, Width: 76, Align: widgets.AlignRight, Editable: true},
		{ID: colFix, Title: lang.L("整改期限"), Subtitle: days, Width: 76, Align: widgets.AlignRight, Editable: true},
		{ID: colRelease, Title: lang.L("解除条件"), Width: 160, Grow: true, Editable: true, Multiline: true},
	}, e)
	g.Frozen = 1
	g.RowNumbers = true
	g.OnEdit = func(row int, col, text string) error { return e.set(row, []string{col}, []string{text}) }
	g.OnPaste = e.paste
	g.MoreRows = lang.L("请先用“＋等级”加够行")
	g.OnDelete = e.remove
	g.Menu = func(rows []int, _ string) []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem(lang.L("新增等级"), e.addLevel),
			fyne.NewMenuItem(lang.L("更重"), func() { e.move(-1) }), fyne.NewMenuItem(lang.L("更轻"), func() { e.move(1) }),
			fyne.NewMenuItem(lang.L("删除所选行"), func() { e.remove(rows) })}
	}
	return g
}

// Len implements widgets.Source.
func (e *Editor) Len() int { return len(e.levels) }

// Cell implements widgets.Source.
func (e *Editor) Cell(row int, col string) widgets.Cell {
	l := e.levels[row]
	days := func(n int) widgets.Cell {
		if n == 0 {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: strconv.Itoa(n)}
	}
	switch col {
	case colLabel:
		return widgets.Cell{Text: l.Label, Color: colorOf(l), Bold: true}
	case colColor:
		return widgets.Cell{Text: colorWord(l.Color)}
	case colMin:
		return widgets.Cell{Text: fields.Number(l.Min)}
	case colTold:
		return widgets.Cell{Text: l.Told, Warn: l.Told == ""}
	case colSigner:
		return widgets.Cell{Text: l.Signer, Warn: l.Signer == ""}
	case colReply:
		return days(l.Reply)
	case colFix:
		return days(l.Fix)
	}
	return widgets.Cell{Text: l.Release}
}

// set types into a level; several columns are one operation.
func (e *Editor) set(row int, cols, texts []string) error {
	l := e.levels[row]
	was := l.Label
	for i, col := range cols {
		if err := setLevel(&l, col, strings.TrimSpace(texts[i])); err != nil {
			return err
		}
	}
	return e.save(func(s *domain.LevelScheme) {
		at := slices.IndexFunc(s.Levels, func(x domain.Level) bool { return x.Label == was })
		s.Levels[at] = l
		for i := range s.Overrides {
			if s.Overrides[i].Level == was {
				s.Overrides[i].Level = l.Label
			}
		}
	})
}

func setLevel(l *domain.Level, col, text string) (err error) {
	switch col {
	case colLabel:
		if text == "" {
			return app.E(app.CodeInvalid, "等级的名称不能为空")
		}
		l.Label = text
	case colColor:
		l.Color, err = parseColor(text)
	case colMin:
		v, _, ok := domain.ParseNumber(text)
		if !ok {
			return app.E(app.CodeInvalid, "下限应为数字，现为“%s”", text)
		}
		l.Min = v
	case colTold:
		l.Told = text
	case colSigner:
		l.Signer = text
	case colReply:
		l.Reply, err = parseDays(lang.L("回告期限"), text)
	case colFix:
		l.Fix, err = parseDays(lang.L("整改期限"), text)
	case colRelease:
		l.Release = text
	}
	return err
}

// parseColor reads 红 … 灰 or #RRGGBB.
func parseColor(text string) (string, error) {
	var words []string
	for _, p := range paints {
		if text == p.Word || text == p.Name {
			return p.Name, nil
		}
		words = append(words, p.Word)
	}
	if _, err := strconv.ParseUint(strings.TrimPrefix(text, "#"), 16, 32); err == nil && len(text) == 7 && text[0] == '#' {
		return text, nil
	}
	return "", app.E(app.CodeInvalid, "颜色应为%s之一，或 #C8372D 这样的色号，现为“%s”", strings.Join(words, "、"), text)
}

func parseDays(what, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, ok := domain.ParseWhole(text)
	if !ok || n < 0 || n > 999 {
		return 0, app.E(app.CodeInvalid, "%s应为 0～999 个工作日，现为“%s”", what, text)
	}
	return n, nil
}

// paste types a block as one operation. Names are set last: rules follow them.
func (e *Editor) paste(b *widgets.Block) error {
	s := e.scheme.Clone().(*domain.LevelScheme)
	was := make([]string, len(e.levels))
	for i, l := range e.levels {
		was[i] = l.Label
	}
	err := b.Each(func(row int, col, text string) error {
		at := slices.IndexFunc(e.scheme.Levels, func(x domain.Level) bool { return x.Label == was[row] })
		return setLevel(&s.Levels[at], col, strings.TrimSpace(text))
	})
	if err != nil {
		return err
	}
	for i := range s.Overrides {
		at := slices.IndexFunc(e.scheme.Levels, func(x domain.Level) bool { return x.Label == s.Overrides[i].Level })
		if at >= 0 {
			s.Overrides[i].Level = s.Levels[at].Label
		}
	}
	return e.host.Do(assess.SaveScheme(s, e.host.Session().NewID))
}

// addLevel puts a level below the one under the cursor, halfway to the next bound.
func (e *Editor) addLevel() {
	row, _ := e.grid.Current()
	if row < 0 {
		return
	}
	above := e.levels[row]
	fresh := domain.Level{Label: freeLabel(e.levels), Color: "gray", Told: above.Told, Signer: above.Signer, Reply: above.Reply, Fix: above.Fix}
	at := row + 1
	if row == len(e.levels)-1 { // below the mildest there is no room: put it above
		at = row
		fresh.Min = above.Min + 1
		if row > 0 {
			fresh.Min = (above.Min + e.levels[row-1].Min) / 2
		}
	} else {
		fresh.Min = (above.Min + e.levels[row+1].Min) / 2
	}
	if e.try(func(s *domain.LevelScheme) { reorder(s, slices.Insert(slices.Clone(e.levels), at, fresh)) }) {
		e.grid.Select(at, colLabel)
		e.grid.Focus()
	}
}

func freeLabel(levels []domain.Level) string {
	for n := 1; ; n++ {
		label := fmt.Sprintf(lang.L("新等级%d"), n)
		if n == 1 {
			label = lang.L("新等级")
		}
		if !slices.ContainsFunc(levels, func(l domain.Level) bool { return l.Label == label }) {
			return label
		}
	}
}

// reorder stores levels, the gravest first, with severities that count down to 0. The
// cells of a matrix follow their level; those of a level that is gone become the next
// milder.
func reorder(s *domain.LevelScheme, levels []domain.Level) {
	is := map[int]int{}
	for i := range levels {
		levels[i].Severity = len(levels) - 1 - i
	}
	for _, old := range s.Levels {
		is[old.Severity] = max(0, min(old.Severity, len(levels)-1))
		for _, l := range levels {
			if l.Label == old.Label {
				is[old.Severity] = l.Severity
			}
		}
	}
	for i := range s.Cells {
		for j := range s.Cells[i] {
			s.Cells[i][j] = is[s.Cells[i][j]]
		}
	}
	s.Levels = levels
}

func (e *Editor) remove(rows []int) {
	var rest []domain.Level
	for i, l := range e.levels {
		if !slices.Contains(rows, i) {
			rest = append(rest, l)
		}
	}
	if len(rest) == len(e.levels) {
		return
	}
	e.try(func(s *domain.LevelScheme) {
		if n := len(rest); n > 0 && rest[n-1].Label != e.levels[len(e.levels)-1].Label {
			rest[n-1].Min = e.levels[len(e.levels)-1].Min // the new mildest takes the rest
		}
		reorder(s, rest)
		s.Overrides = slices.DeleteFunc(s.Overrides, func(o domain.Override) bool {
			return !slices.ContainsFunc(rest, func(l domain.Level) bool { return l.Label == o.Level })
		})
	})
}

// move makes a level graver (-1) or milder (1): it changes places with its
// neighbour, and the bounds stay where they are.
func (e *Editor) move(by int) {
	row, _ := e.grid.Current()
	to := row + by
	if row < 0 || to < 0 || to >= len(e.levels) {
		return
	}
	levels := slices.Clone(e.levels)
	levels[row], levels[to] = levels[to], levels[row]
	levels[row].Min, levels[to].Min = levels[to].Min, levels[row].Min
	if e.try(func(s *domain.LevelScheme) {
		cells := s.Cells
		s.Cells = nil // they keep their severity, as the bounds do
		reorder(s, levels)
		s.Cells = cells
	}) {
		e.grid.Select(to, "")
	}
}
