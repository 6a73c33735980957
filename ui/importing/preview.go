package importing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/intake"
	"lianshao/ui/widgets"
)

// preview is the middle band: the sheet as it is. Each column's head says what
// the column was taken for, and a tap on it offers the others.
type preview struct {
	p        *importPage
	grid     *widgets.DataGrid
	box      fyne.CanvasObject
	title    *canvas.Text
	kind     *widget.Select
	head     *widgets.Button
	encoding *widget.Select // of a text table
	note     *canvas.Text

	line   *line
	cards  []intake.CardRow  // the records of a card, shown instead of the sheet
	roles  map[int]int       // column → index in the guess's columns
	filled map[[2]int]string // texts of merged areas in the cells they cover, by row number and column
	issues map[[2]int]string // problems by row number and column
	rowOf  map[int]int       // row number → grid row
	width  int
}

func newPreview(p *importPage) *preview {
	v := &preview{p: p, title: canvas.NewText("", theme.Color(theme.ColorNameForeground)), note: quiet("", fyne.TextAlignTrailing)}
	v.title.TextStyle.Bold = true
	v.grid = widgets.NewDataGrid(nil, v)
	v.grid.OnSort = func(col string, _ bool) { v.grid.SetSort("", false); v.askRole(col) }
	v.grid.OnSelect = v.tellRow
	v.grid.Frozen = 1
	v.grid.Menu = v.menu
	v.kind = widget.NewSelect(formTitles(), v.setKind)
	v.kind.PlaceHolder = lang.L("（请选择表的种类）")
	v.head = widgets.NewButton("", v.askHeader)
	v.encoding = widget.NewSelect(encodings(), v.setEncoding)
	v.encoding.PlaceHolder = encodingText("GB18030 ") // as wide as the widest choice
	v.encoding.Hide()
	head := container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8),
		container.NewBorder(nil, nil, container.NewHBox(v.title, quiet(lang.L("　认作"), fyne.TextAlignLeading), v.kind, v.head, v.encoding), nil, v.note))
	v.box = container.NewBorder(head, nil, nil, nil, v.grid)
	return v
}

func formTitles() (out []string) {
	for _, f := range intake.Forms() {
		out = append(out, lang.L(f.Title))
	}
	return out
}

// set shows the sheet of a line; a file without sheets leaves the grid empty.
func (v *preview) set(x *line) {
	same := v.line != nil && x != nil && v.line.guess == x.guess && x.guess != nil
	v.line, v.roles, v.filled, v.issues, v.rowOf, v.width = x, map[int]int{}, map[[2]int]string{}, map[[2]int]string{}, map[int]int{}, 0
	v.cards = nil
	v.showEncoding()
	if x == nil || x.guess == nil {
		v.setHead("", nil)
		v.grid.SetColumns(nil)
		v.grid.SetSource(v)
		return
	}
	v.cards = x.guess.Cards()
	v.index()
	v.setHead(strings.TrimSpace(x.guess.Sheet.Name+" "+x.guess.Part), x.guess.Form)
	row, _ := v.grid.Current()
	widths := v.grid.Widths()
	v.grid.SetColumns(v.columns())
	if same {
		v.grid.SetWidths(widths)
	} else {
		v.grid.SetSource(v)
	}
	v.tellRow(row)
}

// index prepares the look-ups that painting needs.
func (v *preview) index() {
	g := v.line.guess
	if v.cards != nil {
		v.indexCards()
		return
	}
	for i, r := range g.Sheet.Rows {
		v.rowOf[r.No] = i
		v.width = max(v.width, len(r.Cells))
	}
	for i, c := range g.Columns {
		v.roles[c.Col] = i
		v.width = max(v.width, c.Col+1)
	}
	for _, is := range slices.Concat(v.line.rep.Errors, v.line.rep.Warnings) {
		if at, ok := parseCell(is.Cell); ok && v.issues[at] == "" {
			v.issues[at] = is.Message
		}
	}
	for _, m := range g.Sheet.Merges {
		v.fill(m)
	}
}

// indexCards prepares the look-ups of cards: a record is a row, a label a column.
func (v *preview) indexCards() {
	g := v.line.guess
	v.width = len(g.Columns)
	at := map[string][2]int{}
	for i, c := range v.cards {
		v.rowOf[c.No] = i
		for k, cell := range c.Addr {
			at[cell] = [2]int{c.No, k}
		}
	}
	for i, c := range g.Columns {
		v.roles[c.Col] = i
	}
	for _, is := range slices.Concat(v.line.rep.Errors, v.line.rep.Warnings) {
		if place, ok := at[is.Cell]; ok && v.issues[place] == "" {
			v.issues[place] = is.Message
		}
	}
}

// fill spreads the text of an area merged over rows, as the import reads it.
func (v *preview) fill(m intake.Range) {
	i, ok := v.rowOf[m.Row1]
	if !ok || m.Row1 == m.Row2 || m.Col1 > len(v.line.guess.Sheet.Rows[i].Cells) {
		return
	}
	text := v.line.guess.Sheet.Rows[i].Cells[m.Col1-1]
	for i++; i < len(v.line.guess.Sheet.Rows) && v.line.guess.Sheet.Rows[i].No <= m.Row2; i++ {
		v.filled[[2]int{v.line.guess.Sheet.Rows[i].No, m.Col1 - 1}] = text
	}
}

func (v *preview) setHead(title string, fm *intake.Form) {
	v.title.Text = title
	v.title.Refresh()
	onChanged := v.kind.OnChanged
	v.kind.OnChanged = nil // shown, not chosen
	if fm != nil {
		v.kind.SetSelected(lang.L(fm.Title))
	} else {
		v.kind.ClearSelected()
	}
	v.kind.OnChanged = onChanged
	v.head.Hide()
	if title == "" {
		v.kind.Disable()
		return
	}
	v.kind.Enable()
	g := v.line.guess
	switch {
	case v.cards != nil:
		v.head.SetText(lang.L("标签在左、内容在右"))
		v.head.Show()
	case g.HeaderRow > 0 && g.HeaderRows > 1:
		v.head.SetText(fmt.Sprintf(lang.L("表头：第 %d–%d 行"), g.HeaderRow, g.HeaderRow+g.HeaderRows-1))
		v.head.Show()
	case fm != nil:
		v.head.SetText(fmt.Sprintf(lang.L("表头：第 %d 行"), g.HeaderRow))
		v.head.Show()
	}
}

// columns makes the heads: what the column is taken for, above its letter.
func (v *preview) columns() []widgets.Column {
	cols := []widgets.Column{{ID: "row", Title: lang.L("行"), Width: 42, Align: widgets.AlignRight, Fixed: true}}
	for c := range v.width {
		col := widgets.Column{ID: "c" + strconv.Itoa(c), Title: v.roleTitle(c), Subtitle: intake.ColumnName(c + 1), Width: v.columnWidth(c)}
		if v.cards != nil {
			col.Subtitle = v.line.guess.Columns[c].Header
		}
		if i, ok := v.roles[c]; ok {
			col.Sortable = true
			col.Subtitle += " ▾"
			v.tint(&col, &v.line.guess.Columns[i])
		}
		cols = append(cols, col)
	}
	return cols
}

// roleTitle names what a column is taken for.
func (v *preview) roleTitle(c int) string {
	g := v.line.guess
	i, ok := v.roles[c]
	switch {
	case !ok || g.Form == nil:
		return ""
	case g.Columns[i].Field == "":
		return lang.L("（不导入）")
	}
	return g.Form.Header(g.Columns[i].Field)
}

// columnWidth suits four in five of the first texts, so that a note below the table
// does not stretch a column of numbers.
func (v *preview) columnWidth(c int) float32 {
	var lengths []int
	if v.cards != nil {
		return 150
	}
	for _, r := range v.line.guess.Sheet.Rows[:min(60, len(v.line.guess.Sheet.Rows))] {
		if c < len(r.Cells) && r.Cells[c] != "" && r.No >= v.line.guess.HeaderRow {
			first, _, _ := strings.Cut(r.Cells[c], "\n")
			lengths = append(lengths, (len(first)+utf8.RuneCountInString(first)*3)/6) // Latin letters are half as wide
		}
	}
	wide := utf8.RuneCountInString(v.roleTitle(c))
	if n := len(lengths); n > 0 {
		slices.Sort(lengths)
		wide = max(wide, lengths[(n-1)*4/5])
	}
	return min(max(float32(wide)*14+20, 60), 230)
}

// Len implements widgets.Source.
func (v *preview) Len() int {
	if v.line == nil || v.line.guess == nil {
		return 0
	}
	if v.cards != nil {
		return len(v.cards)
	}
	return len(v.line.guess.Sheet.Rows)
}

// Cell implements widgets.Source: texts above the header are grey, the header is bold.
func (v *preview) Cell(row int, col string) widgets.Cell {
	g := v.line.guess
	if v.cards != nil {
		return v.cardCell(&v.cards[row], col)
	}
	r := &g.Sheet.Rows[row]
	if col == "row" {
		return widgets.Cell{Text: strconv.Itoa(r.No), Muted: true}
	}
	c, _ := strconv.Atoi(col[1:])
	out := widgets.Cell{Muted: r.No < g.HeaderRow || !g.Holds(r.No, c), Bold: r.No >= g.HeaderRow && r.No < g.HeaderRow+g.HeaderRows}
	if c < len(r.Cells) {
		out.Text = strings.TrimSpace(r.Cells[c])
	}
	if text, ok := v.filled[[2]int{r.No, c}]; ok && out.Text == "" && r.No >= g.HeaderRow+g.HeaderRows {
		out.Text, out.Muted = text, true
	}
	_, out.Warn = v.issues[[2]int{r.No, c}]
	out.Spill = out.Text != "" && (r.No < g.HeaderRow || lone(r))
	return out
}

// lone reports whether a row has one text only: a title, a note, a line for signatures.
func lone(r *intake.Row) bool {
	n := 0
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			if n++; n > 1 {
				return false
			}
		}
	}
	return true
}

func (v *preview) cardCell(c *intake.CardRow, col string) widgets.Cell {
	if col == "row" {
		return widgets.Cell{Text: strconv.Itoa(c.No), Muted: true}
	}
	i, _ := strconv.Atoi(col[1:])
	if i >= len(c.Cells) {
		return widgets.Cell{}
	}
	_, wrong := v.issues[[2]int{c.No, i}]
	return widgets.Cell{Text: c.Cells[i], Warn: wrong}
}

// rowNo is the number of a grid row on the sheet.
func (v *preview) rowNo(row int) int {
	if v.cards != nil {
		return v.cards[row].No
	}
	return v.line.guess.Sheet.Rows[row].No
}

// tellRow writes the problem of the cursor's row, or else how to use the page.
func (v *preview) tellRow(row int) {
	text, colour := lang.L("点列头可以改这一列的含义；右键可以另选表头行"), theme.ColorNamePlaceHolder
	if v.line == nil || v.line.guess == nil {
		text = ""
	} else if row >= 0 && row < v.Len() {
		if v.line.guess.Form == nil && !v.line.guess.Skip {
			text = lang.L("请先在“认作”里选择这是哪种表，再点列头指定各列")
		}
		if v.line.guess.Remembered {
			text = lang.L("按以前改过的对照读取；") + text
		}
		if around := v.line.around(); around != "" {
			text = around + lang.L("；") + text
		}
		if v.line.file.book.Encoding != "" {
			text = lang.L("有乱码请换一种编码；") + text
		}
		no := v.rowNo(row)
		for c := range v.width {
			if m := v.issues[[2]int{no, c}]; m != "" {
				text, colour = intake.CellName(no, c+1)+"："+m, theme.ColorNameWarning
				break
			}
		}
	}
	v.note.Text, v.note.Color = text, theme.Color(colour)
	v.note.Refresh()
}

// jump selects a cell such as F12.
func (v *preview) jump(cell string) {
	if v.cards != nil {
		v.jumpCard(cell)
		return
	}
	at, ok := parseCell(cell)
	if !ok {
		return
	}
	if row, there := v.rowOf[at[0]]; there {
		v.grid.Select(row, "c"+strconv.Itoa(at[1]))
		v.tellRow(row)
	}
}

func (v *preview) jumpCard(cell string) {
	for row, c := range v.cards {
		if i := slices.Index(c.Addr, cell); i >= 0 {
			v.grid.Select(row, "c"+strconv.Itoa(i))
			v.tellRow(row)
			return
		}
	}
}

// parseCell reads F12 as row number and column from 0.
func parseCell(name string) (at [2]int, ok bool) {
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		at[1] = at[1]*26 + int(name[i]-'A') + 1
	}
	no, err := strconv.Atoi(name[i:])
	at[0] = no
	at[1]--
	return at, i > 0 && err == nil
}
