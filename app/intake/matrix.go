package intake

import (
	"cmp"
	"fmt"
	"strings"

	"lianshao/app"
	"lianshao/domain"
	"lianshao/domain/method"
)

// block is a judgement matrix found on a sheet: labels along the top repeated
// down the side.
type block struct {
	index  int // of the label row
	row    int // its number
	col    int // of the side labels
	labels []string
	title  string // the nearest text above
}

// A sheet longer than this holds records, not matrices.
const maxMatrixRows = 500

// matrixBlocks finds all judgement matrices of a sheet.
func matrixBlocks(g *grid) []block {
	var out []block
	rows := g.sheet.Rows
	if len(rows) > maxMatrixRows {
		return nil
	}
	title := ""
	for i := 0; i < len(rows); i++ {
		b, ok := blockAt(rows, i)
		if !ok {
			if s := firstText(rows[i].Cells); s != "" && !strings.Contains(s, "标度") {
				title = s
			}
			continue
		}
		b.title = title
		out = append(out, b)
		i += len(b.labels)
	}
	return out
}

func firstText(cells []string) string {
	for _, c := range cells {
		if c = trim(c); c != "" {
			return c
		}
	}
	return ""
}

func blockAt(rows []Row, i int) (block, bool) {
	side := 0
	for side < len(rows[i].Cells) && trim(rows[i].Cells[side]) == "" {
		side++
	}
	labels := labelsAfter(rows[i].Cells, side)
	if len(labels) < 2 && side > 0 { // the corner may be empty
		side--
		labels = labelsAfter(rows[i].Cells, side)
	}
	if len(labels) < 2 || i+len(labels) >= len(rows) {
		return block{}, false
	}
	for k := range labels {
		if oneLine(cellText(rows[i+1+k].Cells, side)) != oneLine(labels[k]) {
			return block{}, false
		}
	}
	return block{index: i, row: rows[i].No, col: side, labels: labels}, true
}

func labelsAfter(cells []string, side int) []string {
	var out []string
	for c := side + 1; c < len(cells); c++ {
		s := trim(cells[c])
		if s == "" || strings.Contains(s, "权重") {
			break
		}
		out = append(out, s)
	}
	return out
}

func (r *run) readMatrices() {
	target := r.sheetTarget()
	for _, b := range matrixBlocks(r.g.grid) {
		if target == "" {
			target = targetIn(b.title)
		}
		if res := r.matrix(b, target); res != skipped {
			for range b.labels {
				r.count(res)
			}
		}
	}
}

func (r *run) matrix(b block, target string) result {
	head := r.g.grid.row(b.index)
	version := versionIn(append([]string{b.title, r.g.Sheet.Name}, r.g.above...))
	var sys *domain.IndicatorSystem
	for _, s := range r.d.Systems.All() {
		if s.Target != target || !fitsSystem(s, b.labels) || version > 0 && s.Version != version {
			continue
		}
		if sys == nil || s.Version > sys.Version {
			sys = s
		}
	}
	if sys == nil {
		r.rep.Errors = append(r.rep.Errors, Issue{Cell: head.cell(b.col), Field: "matrix", Value: strings.Join(b.labels, "、"),
			Message: fmt.Sprintf("没有找到与判断矩阵“%s”对应的%s层面指标体系，请先导入指标体系，并核对指标代码", b.title, target)})
		return refused
	}
	m := domain.Matrix{Of: ofLabels(sys, b.labels), Labels: b.labels}
	if strings.Contains(r.g.Sheet.Name+b.title, "专家") {
		m.Expert = b.title
	}
	values, ok := r.judgements(b)
	if !ok {
		return refused
	}
	res, err := method.AHP(values, sys.AHPOptions())
	if err != nil {
		r.rep.Errors = append(r.rep.Errors, Issue{Cell: head.cell(b.col), Field: "matrix", Message: err.Error()})
		return refused
	}
	if !res.Consistent {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: head.cell(b.col), Field: "matrix",
			Message: fmt.Sprintf("判断矩阵“%s”的一致性比例 CR＝%.4f（%s，RI 取 %s 年表），不小于 0.10，建议重新判断", b.title, res.CR, res.Options.Method.Label(), res.Options.RI)})
	}
	m.Values = values
	return r.putMatrix(&head, b, sys, m)
}

// judgements reads the numbers of a block.
func (r *run) judgements(b block) ([][]float64, bool) {
	ok := true
	values := make([][]float64, len(b.labels))
	for i := range values {
		w := r.g.grid.row(b.index + 1 + i)
		values[i] = make([]float64, len(b.labels))
		for k := range values[i] {
			s := w.ownNumber(b.col + 1 + k)
			v, good := app.ParseJudgement(s)
			if !good {
				r.rep.Errors = append(r.rep.Errors, Issue{Cell: w.cell(b.col + 1 + k), Field: "matrix", Value: s,
					Message: fmt.Sprintf("判断值应为 1–9 的数或 1/3 这样的分数，现为“%s”", cmp.Or(s, "空白"))})
				ok = false
			}
			values[i][k] = v
		}
	}
	return values, ok
}

// putMatrix stores a matrix unless a round was computed by its system. A new deciding
// matrix decides, unless the sheet of the indicators says where the weights come from.
func (r *run) putMatrix(head *row, b block, sys *domain.IndicatorSystem, m domain.Matrix) result {
	next := sys.Clone().(*domain.IndicatorSystem)
	n := len(next.Matrices)
	keepDigits(next, &m)
	next.SetMatrix(m)
	if domain.Equal(sys, next) {
		return same
	}
	if rounds := r.sealed(sys.ID); rounds != "" {
		r.rep.Errors = append(r.rep.Errors, Issue{Cell: head.cell(b.col), Field: "matrix", Value: strings.Join(b.labels, "、"),
			Message: fmt.Sprintf("判断矩阵“%s”与原来的不同，但%s层面第%d版指标已用于%s，不能再改；要改请先建立第%d版指标，再导入写明“第%d版”的判断矩阵",
				b.title, sys.Target, sys.Version, rounds, sys.Version+1, sys.Version+1)})
		return refused
	}
	if m.Expert == "" && !next.ByMatrix(m.Of) && !r.derived[sys.ID] {
		next.Derivation = next.DerivationOf().Label()
	}
	r.d.Systems.Put(next)
	r.weighed[sys.ID] = r
	if len(next.Matrices) > n {
		return added
	}
	return changed
}

// keepDigits leaves the judgements of a matrix that were not changed as they are stored.
func keepDigits(s *domain.IndicatorSystem, m *domain.Matrix) {
	for _, was := range s.Matrices {
		if was.Of != m.Of || was.Expert != m.Expert || len(was.Values) != len(m.Values) {
			continue
		}
		for i := range m.Values {
			for j := range m.Values[i] {
				if near(m.Values[i][j], was.Values[i][j]) {
					m.Values[i][j] = was.Values[i][j]
				}
			}
		}
	}
}

// ofLabels tells what the labels of a matrix are of: "" for the dimensions, else the
// dimension whose indicators they are.
func ofLabels(s *domain.IndicatorSystem, labels []string) string {
	for _, d := range s.Dimensions {
		if len(labels) == len(d.Indicators) && labelsAre(labels, func(i int) string { return d.Indicators[i].Code + " " + d.Indicators[i].Name }) {
			return d.Code
		}
	}
	return dimensionOfLabels(s, labels)
}

func labelsAre(labels []string, want func(int) string) bool {
	for i, l := range labels {
		if oneLine(l) != oneLine(want(i)) {
			return false
		}
	}
	return true
}

// codesOf reads the codes the labels begin with.
func codesOf(labels []string) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i], _ = splitDimension(l)
	}
	return out
}

func fitsSystem(s *domain.IndicatorSystem, labels []string) bool {
	if ofLabels(s, labels) != "" || len(labels) == len(s.Dimensions) && labelsAre(labels, func(i int) string { return s.Dimensions[i].Code + " " + s.Dimensions[i].Name }) {
		return true
	}
	codes := codesOf(labels)
	if codes[0] == "" {
		return false
	}
	dims := true
	for _, c := range codes {
		if dimensionByCode(s, c) == nil {
			dims = false
		}
	}
	return dims
}

func dimensionByCode(s *domain.IndicatorSystem, code string) *domain.Dimension {
	for i := range s.Dimensions {
		if s.Dimensions[i].Code == code {
			return &s.Dimensions[i]
		}
	}
	return nil
}

// dimensionOfLabels tells whose indicators the labels are, "" for the dimensions themselves.
func dimensionOfLabels(s *domain.IndicatorSystem, labels []string) string {
	codes := codesOf(labels)
	for i := range s.Dimensions {
		all := true
		for _, c := range codes {
			found := false
			for _, ind := range s.Dimensions[i].Indicators {
				found = found || ind.Code == c
			}
			all = all && found
		}
		if all {
			return s.Dimensions[i].Code
		}
	}
	return ""
}
