package indicator

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/assess"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/domain/method"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// matrixPanel is where weights come from: typed, from a round by entropy, or by
// pairwise comparison in a matrix whose lower half follows the upper.
type matrixPanel struct {
	e        *Editor
	group    *widget.Select // whose weights
	codes    []string       // behind group; "" = the dimensions
	source   *widget.Select
	ri       *widget.Select
	experts  *widget.RadioGroup
	drop     *widget.Button
	merge    *widget.Button
	grid     *widgets.DataGrid
	verdict  *widgets.Prose
	mend     *widget.Button
	hint     *widgets.Prose
	root     *fyne.Container
	matrix   domain.Matrix // as shown
	exists   bool          // it is stored
	result   method.AHPResult
	filling  bool
	lastSize int
}

const (
	rowName   = "#name"
	rowWeight = "#weight"
)

func newMatrixPanel(e *Editor) *matrixPanel {
	m := &matrixPanel{e: e, verdict: widgets.NewProse(""), hint: widgets.NewProse("")}
	changed := func(act func()) func(string) {
		return func(string) {
			if !m.filling {
				act()
			}
		}
	}
	m.group = widget.NewSelect(nil, changed(m.show))
	m.source = widget.NewSelect([]string{method.Eigenvector.Label(), method.Geometric.Label(), method.Columns.Label(), domain.DerivedTyped, domain.DerivedEntropy}, changed(m.chooseSource))
	m.ri = widget.NewSelect([]string{string(method.RI1980), string(method.RI2005)}, changed(m.chooseSource))
	m.experts = widget.NewRadioGroup(nil, changed(m.show))
	m.experts.Horizontal, m.experts.Required = true, true
	m.grid = widgets.NewDataGrid(nil, m)
	m.grid.Frozen = 2
	m.grid.OnEdit = func(row int, col, text string) error {
		k, err := strconv.Atoi(col)
		if err != nil {
			return nil
		}
		return e.host.Do(edit.SetJudgement(e.sys.ID, m.of(), m.expert(), row, k, text))
	}
	m.grid.OnPaste = m.paste
	m.grid.OnSelect = func(int) { m.hint.SetText(m.reading()) }
	m.mend = widget.NewButton("", m.mendWorst)
	low := func(text string, act func()) *widget.Button {
		b := widget.NewButton(lang.L(text), act)
		b.Importance = widget.LowImportance
		return b
	}
	m.drop, m.merge = low("删除专家", m.dropExpert), low("几何平均定权", func() { e.Do(assess.GroupExperts(e.sys.ID, m.of())) })
	label := func(s string) fyne.CanvasObject { return widget.NewLabel(lang.L(s)) }
	top := container.NewVBox(
		container.NewHBox(label("比较"), m.group, label("权重来源"), m.source, label("RI"), m.ri),
		container.NewBorder(nil, nil, label("判断"), container.NewHBox(low("＋专家", m.addExpert), m.drop, m.merge), container.NewHScroll(m.experts)))
	foot := container.NewVBox(m.verdict, container.NewHBox(m.mend, layout.NewSpacer()), m.hint)
	m.root = container.NewBorder(top, foot, nil, nil, m.grid)
	return m
}

// load brings the panel up to date with the system.
func (m *matrixPanel) load() {
	s := m.e.sys
	m.filling = true
	was := m.of()
	m.codes = []string{""}
	names := []string{lang.L("各维度")}
	for _, d := range s.Dimensions {
		m.codes = append(m.codes, d.Code)
		names = append(names, d.Code+" "+d.Name)
	}
	m.group.SetOptions(names)
	m.group.SetSelectedIndex(max(0, slices.Index(m.codes, was)))
	source := s.Derivation
	switch {
	case strings.HasPrefix(source, domain.DerivedEntropy):
		source = domain.DerivedEntropy
	case !slices.Contains(m.source.Options, source):
		source = domain.DerivedTyped
		if len(s.Matrices) > 0 {
			source = s.DerivationOf().Label()
		}
	}
	m.source.SetSelected(source)
	m.ri.SetSelected(string(s.RITable()))
	m.filling = false
	m.show()
}

// follow shows the group that the cursor of the table stands in.
func (m *matrixPanel) follow() {
	at, ok := m.e.place()
	if !ok {
		return
	}
	if i := slices.Index(m.codes, m.e.groupOf(at)); i >= 0 && i != m.group.SelectedIndex() {
		m.group.SetSelectedIndex(i)
	}
}

// of is the group shown.
func (m *matrixPanel) of() string {
	if i := m.group.SelectedIndex(); i >= 0 && i < len(m.codes) {
		return m.codes[i]
	}
	return ""
}

// expert is whose matrix is shown; "" = the one that decides.
func (m *matrixPanel) expert() string {
	if m.experts.Selected == lang.L(deciding) {
		return ""
	}
	return m.experts.Selected
}

const deciding = "决定权重"

// show puts the chosen matrix into the grid and says how consistent it is.
func (m *matrixPanel) show() {
	s := m.e.sys
	m.filling = true
	options := []string{lang.L(deciding)}
	for _, x := range s.Experts(m.of()) {
		options = append(options, x.Expert)
	}
	if !slices.Equal(options, m.experts.Options) {
		m.experts.Options = options
		m.experts.Refresh()
	}
	if !slices.Contains(options, m.experts.Selected) {
		m.experts.SetSelected(options[0])
	}
	m.filling = false
	m.matrix, m.exists = edit.MatrixOf(s, m.of(), m.expert())
	if n := len(m.matrix.Labels); n != m.lastSize {
		m.lastSize = n
		m.grid.SetColumns(m.columns())
	}
	m.work()
	m.grid.Refresh()
	enable(m.drop, m.expert() != "")
	enable(m.merge, len(options) > 2)
}

func enable(b *widget.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

func (m *matrixPanel) columns() []widgets.Column {
	cols := []widgets.Column{{ID: rowName, Title: lang.L("行比列重要几倍"), Width: 128, Fixed: true}, {ID: rowWeight, Title: lang.L("权重"), Width: 66, Align: widgets.AlignRight}}
	for k := range m.matrix.Labels {
		cols = append(cols, widgets.Column{ID: strconv.Itoa(k), Title: m.code(k), Width: 52, Align: widgets.AlignRight, Editable: true})
	}
	return cols
}

// code is the k-th thing compared, by its code.
func (m *matrixPanel) code(k int) string {
	s := m.e.sys
	if m.of() == "" {
		return s.Dimensions[k].Code
	}
	for _, d := range s.Dimensions {
		if d.Code == m.of() {
			return d.Indicators[k].Code
		}
	}
	return ""
}

// work computes the matrix and says what came out.
func (m *matrixPanel) work() {
	m.mend.Hide()
	m.verdict.Importance = widget.MediumImportance
	m.result = method.AHPResult{}
	n := len(m.matrix.Labels)
	if n < 2 {
		m.verdict.SetText(lang.L("只有一项，不用比较，权重就是 1。"))
		m.hint.SetText("")
		return
	}
	r, err := method.AHP(m.matrix.Values, m.e.sys.AHPOptions())
	if err != nil {
		m.verdict.Importance = widget.DangerImportance
		m.verdict.SetText(err.Error())
		return
	}
	m.result = r
	word := lang.L("一致性通过（CR＜0.10）")
	if !r.Consistent {
		word = lang.L("一致性不通过（CR≥0.10），请修改判断")
		m.verdict.Importance = widget.DangerImportance
	}
	text := fmt.Sprintf("λmax＝%.4f　CI＝%.4f　CR＝%.4f　%s", r.LambdaMax, r.CI, r.CR, word)
	m.verdict.SetText(text + "\n" + m.standing())
	m.offer(r.Worst)
	m.hint.SetText(m.reading())
}

// standing says which method and table were used, and whether the matrix decides.
func (m *matrixPanel) standing() string {
	s := m.e.sys
	how := fmt.Sprintf(lang.L("%s，RI 用 %s 年表（%d 阶为 %.2f）。"), m.result.Options.Method.Label(), m.result.Options.RI, len(m.matrix.Labels), m.result.RI)
	switch {
	case !m.exists:
		return how + lang.L("还没有判断矩阵：在上三角填 1～9 或 1/3，填了就按它定权重。")
	case m.expert() != "":
		return how + lang.L("这是一位专家的判断，供比较；几何平均以后才定权重。")
	case !s.ByMatrix(m.of()):
		return how + fmt.Sprintf(lang.L("现在的权重是%s，没有用这个矩阵。"), s.Derivation)
	}
	return how
}

// offer shows the judgement that disagrees most and the value that would mend it.
func (m *matrixPanel) offer(w *method.Judgement) {
	if w == nil || app.FormatJudgement(w.Value) == w.Nearest {
		return
	}
	m.mend.SetText(fmt.Sprintf(lang.L("最不一致：%s 比 %s 为 %s，改为 %s（CR 约 %.3f）"),
		m.code(w.Row-1), m.code(w.Col-1), app.FormatJudgement(w.Value), w.Nearest, w.CRAfter))
	m.mend.Importance = widget.MediumImportance
	if !m.result.Consistent {
		m.mend.Importance = widget.HighImportance
	}
	m.mend.Show()
}

func (m *matrixPanel) mendWorst() {
	if w := m.result.Worst; w != nil {
		m.e.Do(edit.SetJudgement(m.e.sys.ID, m.of(), m.expert(), w.Row-1, w.Col-1, w.Nearest))
	}
}

// reading puts the judgement under the cursor into words.
func (m *matrixPanel) reading() string {
	row, col := m.grid.Current()
	k, err := strconv.Atoi(col)
	if err != nil || row < 0 || row >= len(m.matrix.Labels) || k >= len(m.matrix.Labels) || row == k {
		return lang.L("填 3、1/3 或 0.333；下三角随上三角变。1 同样重要，3 稍重要，5 明显重要，7 强烈重要，9 极端重要。")
	}
	a, b, v := m.matrix.Labels[row], m.matrix.Labels[k], m.matrix.Values[row][k]
	if v < 1 {
		a, b, v = b, a, 1/v
	}
	if v < 1.005 {
		return fmt.Sprintf(lang.L("“%s”和“%s”同样重要。"), a, b)
	}
	return fmt.Sprintf(lang.L("“%s”比“%s”%s（%s 倍）。"), a, b, scaleWord(v), strconv.FormatFloat(v, 'g', 3, 64))
}

// scaleWord names a judgement by the nearest step of the 1–9 scale.
func scaleWord(v float64) string {
	words := []string{lang.L("略重要"), lang.L("稍重要"), lang.L("较重要"), lang.L("明显重要"), lang.L("很重要"), lang.L("强烈重要"), lang.L("非常重要"), lang.L("极端重要")}
	return words[min(max(int(v+0.5)-2, 0), len(words)-1)]
}

// Len implements widgets.Source.
func (m *matrixPanel) Len() int { return len(m.matrix.Labels) }

// Cell implements widgets.Source.
func (m *matrixPanel) Cell(row int, col string) widgets.Cell {
	switch col {
	case rowName:
		return widgets.Cell{Text: m.matrix.Labels[row]}
	case rowWeight:
		if row < len(m.result.Weights) {
			return widgets.Cell{Text: fmt.Sprintf("%.4f", m.result.Weights[row]), Bold: true}
		}
		return widgets.Cell{}
	}
	k, err := strconv.Atoi(col)
	if err != nil || k >= len(m.matrix.Values) {
		return widgets.Cell{}
	}
	c := widgets.Cell{Text: app.FormatJudgement(m.matrix.Values[row][k]), Muted: k <= row}
	if w := m.result.Worst; w != nil && w.Row-1 == row && w.Col-1 == k && !m.result.Consistent {
		c.Warn, c.Bold = true, true
	}
	return c
}

// paste types the judgements of a block as one operation. The upper half decides: of a
// block that has both, the lower half must say the same.
func (m *matrixPanel) paste(b *widgets.Block) error {
	var js []edit.Judgement
	upper := map[[2]int]string{}
	for i, line := range b.Cells {
		for j, text := range line {
			if k, err := strconv.Atoi(b.Cols[j]); err == nil && k > b.Start+i {
				upper[[2]int{b.Start + i, k}] = text
			}
		}
	}
	err := b.Each(func(row int, col, text string) error {
		k, err := strconv.Atoi(col)
		switch {
		case err != nil:
			return app.E(app.CodeInvalid, "这一栏由程序填写，不能粘贴“%s”。请只粘贴判断值", strings.TrimSpace(text))
		case k == row:
			return app.E(app.CodeInvalid, "自己与自己相比总是 1，现为“%s”", strings.TrimSpace(text))
		case k < row:
			if other, ok := upper[[2]int{k, row}]; ok {
				if !inverse(other, text) {
					return app.E(app.CodeInvalid, "“%s”和上三角的“%s”不互为倒数", strings.TrimSpace(text), strings.TrimSpace(other))
				}
				text, row, k = other, k, row
			}
		}
		js = append(js, edit.Judgement{Row: row, Col: k, Text: text})
		return nil
	})
	if err != nil || len(js) == 0 {
		return err
	}
	return b.Refused(m.e.host.Do(edit.SetJudgements(m.e.sys.ID, m.of(), m.expert(), js...)))
}

// inverse reports whether two judgements are each other's inverse, as far as their
// digits tell.
func inverse(a, b string) bool {
	x, ok1 := app.ParseJudgement(a)
	y, ok2 := app.ParseJudgement(b)
	return ok1 && ok2 && math.Abs(x*y-1) < 0.02
}

// chooseSource changes how weights come about.
func (m *matrixPanel) chooseSource() {
	id := m.e.sys.ID
	ok := true
	switch m.source.Selected {
	case domain.DerivedTyped:
		if m.e.sys.Derivation != domain.DerivedTyped {
			ok = m.e.Do(edit.TypeWeights(id))
		}
	case domain.DerivedEntropy:
		m.askRound()
		ok = false // until a round is chosen
	default:
		opts := method.AHPOptions{RI: method.RITable(m.ri.Selected)}
		for _, d := range []method.Derivation{method.Eigenvector, method.Geometric, method.Columns} {
			if d.Label() == m.source.Selected {
				opts.Method = d
			}
		}
		ok = m.e.Do(assess.DeriveWeights(id, opts))
	}
	if !ok {
		m.load()
	}
}

// askRound asks from which round's scores the entropy is taken.
func (m *matrixPanel) askRound() {
	all := m.e.host.Session().Pilot.Assessments.All()
	var names []string
	for _, a := range all {
		names = append(names, a.Title())
	}
	if len(names) == 0 {
		m.e.host.Report(app.E(app.CodeInvalid, "还没有评估：熵权法从一轮评分里各风险点的差异得出权重，请先评分"))
		return
	}
	round := widgets.NewSelect(names, nil)
	round.SetSelectedIndex(len(names) - 1)
	text := widgets.NewProse(lang.L("各风险点得分差异越大的指标，权重越大。得出的是总权重，维度权重由它合成。"))
	records.Ask(m.e.host, lang.L("熵权法"), lang.L("用熵权定权重"), container.NewVBox(text, widgets.NewFormRows().Row(lang.L("评分取自"), round)), round, func() error {
		res := m.e.host.Session().Result(all[round.SelectedIndex()].No)
		if res == nil {
			return app.E(app.CodeInvalid, "%s还没有结果", round.Selected)
		}
		return m.e.host.Do(assess.EntropyWeights(m.e.sys.ID, res))
	})
}

func (m *matrixPanel) addExpert() {
	name := widgets.NewEntry()
	name.SetText(fmt.Sprintf(lang.L("专家%d"), len(m.experts.Options)))
	records.Ask(m.e.host, lang.L("新增专家判断"), lang.L("新增"), widgets.NewFormRows().Row(lang.L("专家"), name), name, func() error {
		if err := m.e.host.Do(edit.AddExpert(m.e.sys.ID, m.of(), name.Text)); err != nil {
			return err
		}
		m.experts.SetSelected(name.Text)
		return nil
	})
}

func (m *matrixPanel) dropExpert() {
	if x := m.expert(); x != "" {
		m.e.Do(edit.DeleteExpert(m.e.sys.ID, m.of(), x))
	}
}
