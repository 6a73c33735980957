package importing

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/intake"
	"lianshao/domain"
	"lianshao/ui/widgets"
)

// wordList is the dialog of header words: those built in, to look up, and those
// of the pilot, learned or typed, which can be removed.
type wordList struct {
	p     *importPage
	grid  *widgets.DataGrid
	form  *intake.Form
	rows  []wordRow
	field *widget.Select
	word  *widget.Entry
	fault *widget.Label
	modal *widgets.Modal
}

type wordRow struct {
	field, word string
	own         *domain.Synonym // nil: built in
	guessed     bool            // asked about each time
}

// showWords opens the dialog.
func (p *importPage) showWords() {
	l := &wordList{p: p, word: widget.NewEntry(), fault: widget.NewLabel("")}
	l.grid = widgets.NewDataGrid([]widgets.Column{{ID: "field", Title: lang.L("栏目"), Width: 170}, {ID: "word", Title: lang.L("列名写作"), Width: 260, Grow: true},
		{ID: "from", Title: lang.L("来源"), Width: 190}}, l)
	l.grid.OnDelete = l.remove
	l.field = widget.NewSelect(nil, nil)
	l.word.SetPlaceHolder(lang.L("表里的列名"))
	l.word.OnSubmitted = func(string) { l.add() }
	kind := widget.NewSelect(formTitles(), l.choose)
	add := widgets.NewMainButton(lang.L("添加"), l.add)
	entry := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(190, 34), l.field), add, l.word)
	head := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel(lang.L("表的种类")), nil, kind), entry, l.fault)
	done := widgets.NewButton(lang.L("关闭"), func() { l.modal.Close() })
	remove := widgets.NewButton(lang.L("删除选中的"), func() { l.remove(l.grid.SelectedRows()) })
	l.modal = widgets.NewModal(p.h.Window(), lang.L("列名词表：表头写作什么，就读作哪一栏"), container.NewBorder(head, nil, nil, nil, l.grid),
		fyne.NewSize(720, 520), []fyne.CanvasObject{remove}, done)
	l.modal.Keys(nil, l.modal.Close)
	l.modal.OnClose = p.reread
	first := "riskpoint"
	if x := p.sheets.current(); x != nil && x.guess != nil && x.guess.Form != nil {
		first = x.guess.Form.ID
	}
	kind.SetSelected(lang.L(intake.FormOf(first).Title))
}

// reread looks at all files again, with the words as they are now; what a person
// has corrected stays.
func (p *importPage) reread() {
	opts := intake.Options{}.Knowing(p.h.Session().Pilot)
	at := p.sheets.current()
	for _, f := range p.files {
		if f.book != nil && !slices.ContainsFunc(f.guesses, func(g *intake.SheetGuess) bool { return g.Corrected }) {
			f.guesses = intake.Analyse([]*intake.Book{f.book}, opts)
		}
	}
	if len(p.files) > 0 && !p.imported {
		p.replan(p.sameTable(at))
	}
}

// sameTable finds the table of a line among the tables as they are now, or else the
// first that is understood.
func (p *importPage) sameTable(x *line) *intake.SheetGuess {
	if x != nil && x.guess != nil {
		for _, g := range x.file.guesses {
			if g.Sheet == x.guess.Sheet && g.Part == x.guess.Part {
				return g
			}
		}
	}
	return firstGuess(p.files)
}

func (l *wordList) choose(title string) {
	for _, f := range intake.Forms() {
		if lang.L(f.Title) == title {
			l.form = f
		}
	}
	l.fault.SetText("")
	l.fill()
}

// nothing is what the list calls words that stand for no field.
func nothing() string { return lang.L("（不导入）") }

func (l *wordList) fill() {
	l.rows = nil
	var titles []string
	for _, s := range l.p.h.Session().Pilot.Synonyms.All() {
		if s.Form == l.form.ID {
			title := nothing()
			if s.Field != "-" {
				title = lang.L(l.form.Header(s.Field))
			}
			l.rows = append(l.rows, wordRow{field: title, word: s.Word, own: s})
		}
	}
	for _, f := range l.form.Shown() {
		titles = append(titles, lang.L(f.Header))
		for _, w := range append([]string{f.Header}, f.Synonyms...) {
			l.rows = append(l.rows, wordRow{field: lang.L(f.Header), word: w})
		}
		for _, w := range l.form.Guessed(f.Name) {
			l.rows = append(l.rows, wordRow{field: lang.L(f.Header), word: w, guessed: true})
		}
	}
	l.field.Options = append(titles, nothing())
	if !slices.Contains(l.field.Options, l.field.Selected) {
		l.field.ClearSelected()
	}
	l.field.PlaceHolder = lang.L("（读作哪一栏）")
	l.field.Refresh()
	l.grid.SetSource(l)
}

func (l *wordList) add() {
	word := strings.Join(strings.Fields(l.word.Text), "")
	i := slices.Index(l.field.Options, l.field.Selected)
	if word == "" || i < 0 {
		l.fault.SetText(lang.L("请选择栏目，并写上表里的列名"))
		return
	}
	s := &domain.Synonym{Form: l.form.ID, Field: "-", Word: word}
	if shown := l.form.Shown(); i < len(shown) {
		s.Field = shown[i].Name
	}
	ses := l.p.h.Session()
	if err := l.p.h.Do(edit.Add(s, ses.NewID)); err != nil {
		l.fault.SetText(app.Sentence(err))
		return
	}
	l.word.SetText("")
	l.fault.SetText(fmt.Sprintf(lang.L("已添加“%s”"), word))
	l.fill()
}

func (l *wordList) remove(rows []int) {
	var ids []domain.ID
	for _, r := range rows {
		if r >= 0 && r < len(l.rows) && l.rows[r].own != nil {
			ids = append(ids, l.rows[r].own.ID)
		}
	}
	if len(ids) == 0 {
		l.fault.SetText(lang.L("自带的列名不能删除；要改它的意思，请添加同样的列名"))
		return
	}
	if err := l.p.h.Do(edit.Delete(domain.KindSynonym, ids...)); err != nil {
		l.fault.SetText(app.Sentence(err))
		return
	}
	l.fault.SetText("")
	l.fill()
}

// Len implements widgets.Source.
func (l *wordList) Len() int { return len(l.rows) }

// Cell implements widgets.Source.
func (l *wordList) Cell(row int, col string) widgets.Cell {
	r := l.rows[row]
	switch {
	case col == "field":
		return widgets.Cell{Text: r.field}
	case col == "word":
		return widgets.Cell{Text: r.word, Bold: r.own != nil}
	case r.guessed:
		return widgets.Cell{Text: lang.L("自带，每次请核对"), Muted: true}
	case r.own == nil:
		return widgets.Cell{Text: lang.L("自带"), Muted: true}
	}
	return widgets.Cell{Text: r.own.Origin}
}
