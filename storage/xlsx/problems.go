package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianshao/app/intake"
)

var _ intake.ProblemWriter = Writer{}

// problemSheet lists the problems; our reader leaves it alone when it comes back.
const problemSheet = "问题清单（" + intake.ViewOnly + "）"

// WriteProblems writes a copy of the workbook at from with the cells that are wrong
// coloured and commented, and a sheet that lists them. What is not a plain .xlsx
// (.csv, .xls, one with a password) is written as a new workbook of its cells.
func (Writer) WriteProblems(ctx context.Context, from, to string, b *intake.Book, problems []intake.Problem) error {
	return notWritten(to, replace(to, func(w io.Writer) error {
		f, err := senders(from, b)
		if err != nil {
			return err
		}
		defer f.Close()
		if f.Path = to; !strings.EqualFold(filepath.Ext(to), ".xlsm") { // what the file says it is follows its ending
			withoutMacros(f)
		}
		m := &marker{f: f, styles: map[[2]int]int{}, comments: map[string]map[string]excelize.Comment{}}
		for _, at := range byCell(problems) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := m.mark(at); err != nil {
				return err
			}
		}
		if err := m.list(problems); err != nil {
			return err
		}
		return f.Write(w)
	}))
}

// macroRelation is the line of a workbook's relations that leads to its macros.
var macroRelation = regexp.MustCompile(`<Relationship\s[^>]*vbaProject[^>]*?(/>|>\s*</Relationship>)`)

// withoutMacros takes the macros out of a workbook that was just opened.
func withoutMacros(f *excelize.File) {
	const relations = "xl/_rels/workbook.xml.rels"
	raw, ok := f.Pkg.Load(relations)
	if text, isText := raw.([]byte); ok && isText && macroRelation.Match(text) {
		f.Pkg.Store(relations, macroRelation.ReplaceAll(text, nil))
		f.Relationships.Delete(relations) // it is read anew
		f.Pkg.Delete("xl/vbaProject.bin")
	}
}

// senders opens the sender's workbook, or makes one of what was read of it.
func senders(from string, b *intake.Book) (*excelize.File, error) {
	if ext := strings.ToLower(filepath.Ext(from)); ext == ".xlsx" || ext == ".xlsm" {
		f, err := excelize.OpenFile(from, excelize.Options{UnzipSizeLimit: maxFile, UnzipXMLSizeLimit: maxFile})
		if err == nil && !slices.ContainsFunc(b.Sheets, func(s *intake.Sheet) bool { i, err := f.GetSheetIndex(s.Name); return err != nil || i < 0 }) {
			return f, nil
		}
		if err == nil {
			f.Close()
		}
	}
	f := excelize.NewFile()
	for i, s := range b.Sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return nil, err
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return nil, err
		}
		for _, r := range s.Rows {
			for c, text := range r.Cells {
				if text == "" {
					continue
				}
				if err := f.SetCellStr(s.Name, intake.CellName(r.No, c+1), text); err != nil {
					return nil, err
				}
			}
		}
	}
	return f, nil
}

// cellProblems are the problems of one cell.
type cellProblems struct {
	sheet, cell string
	wrong       bool
	text        []string
}

// byCell gathers the problems of every cell, in the order in which they came.
func byCell(problems []intake.Problem) (out []*cellProblems) {
	seen := map[[2]string]*cellProblems{}
	for _, p := range problems {
		k := [2]string{p.Sheet, p.Cell}
		if seen[k] == nil {
			seen[k] = &cellProblems{sheet: p.Sheet, cell: p.Cell}
			out = append(out, seen[k])
		}
		seen[k].wrong = seen[k].wrong || p.Wrong
		seen[k].text = append(seen[k].text, p.Message)
	}
	return out
}

// marker colours cells and comments them.
type marker struct {
	f      *excelize.File
	styles map[[2]int]int // style and whether wrong → the same style, coloured

	comments map[string]map[string]excelize.Comment // that were there, by sheet and cell
}

// Colours of cells: what is wrong, what is only to be looked at.
const (
	wrongColor  = "FFC7CE"
	remarkColor = "FFEB9C"
)

func (m *marker) mark(p *cellProblems) error {
	if _, _, err := excelize.CellNameToCoordinates(p.cell); err != nil {
		return nil // of the sheet as a whole: it stands in the list
	}
	id, err := m.f.GetCellStyle(p.sheet, p.cell)
	if err != nil {
		return err
	}
	if id, err = m.coloured(id, p.wrong); err != nil {
		return err
	}
	if err := m.f.SetCellStyle(p.sheet, p.cell, p.cell, id); err != nil {
		return err
	}
	return m.comment(p)
}

func (m *marker) coloured(id int, wrong bool) (int, error) {
	key := [2]int{id, 0}
	color := remarkColor
	if wrong {
		key[1], color = 1, wrongColor
	}
	if to, ok := m.styles[key]; ok {
		return to, nil
	}
	s, err := m.f.GetStyle(id)
	if err != nil {
		return 0, err
	}
	s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	to, err := m.f.NewStyle(s)
	m.styles[key] = to
	return to, err
}

// comment adds to a comment that is there already.
func (m *marker) comment(p *cellProblems) error {
	text := strings.Join(p.text, "\n")
	there, err := m.commentsOf(p.sheet)
	if err != nil {
		return err
	}
	if c, ok := there[p.cell]; ok {
		if was := strings.TrimSpace(c.Text); was != "" && was != text {
			text = was + "\n" + text
		}
		if err := m.f.DeleteComment(p.sheet, p.cell); err != nil {
			return err
		}
	}
	lines := 1 + len([]rune(text))/16 + strings.Count(text, "\n")
	return m.f.AddComment(p.sheet, excelize.Comment{Cell: p.cell, Author: "廉哨", Text: text, Width: 260, Height: uint(max(40, 20*lines))})
}

// commentsOf lists the comments that a sheet had, by cell; it is asked once per sheet,
// as it takes as long as there are comments.
func (m *marker) commentsOf(sheet string) (map[string]excelize.Comment, error) {
	if there, ok := m.comments[sheet]; ok {
		return there, nil
	}
	all, err := m.f.GetComments(sheet)
	if err != nil {
		return nil, err
	}
	there := map[string]excelize.Comment{}
	for _, c := range all {
		there[c.Cell] = c
	}
	m.comments[sheet] = there
	return there, nil
}

// list puts the list of problems in front of the sender, in place of an older one.
func (m *marker) list(problems []intake.Problem) error {
	if i, err := m.f.GetSheetIndex(problemSheet); err == nil && i >= 0 {
		if err := m.f.DeleteSheet(problemSheet); err != nil {
			return err
		}
	}
	index, err := m.f.NewSheet(problemSheet)
	if err != nil {
		return err
	}
	bold, err := m.f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}})
	if err != nil {
		return err
	}
	wrap, err := m.f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	link, err := m.f.NewStyle(&excelize.Style{Font: &excelize.Font{Color: "0563C1", Underline: "single"}, Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	title := fmt.Sprintf("%s：下面 %d 处请在原表里改正（已标红或标黄，批注里写明了原因），保存后交回；这张清单不用填，交回时可以不删。", intake.ViewOnly, len(problems))
	rows := [][]any{{title}, {"工作表", "单元格", "现在写的", "要改的", "问题"}}
	for _, p := range problems {
		kind := "必须改"
		if !p.Wrong {
			kind = "请核对"
		}
		rows = append(rows, []any{p.Sheet, p.Cell, plainText(p.Value), kind, p.Message})
	}
	for i := range rows {
		if err := m.f.SetSheetRow(problemSheet, fmt.Sprint("A", i+1), &rows[i]); err != nil {
			return err
		}
	}
	for i, p := range problems {
		cell := fmt.Sprint("B", i+3)
		if _, _, err := excelize.CellNameToCoordinates(p.Cell); err != nil {
			continue
		}
		where := fmt.Sprintf("'%s'!%s", strings.ReplaceAll(p.Sheet, "'", "''"), p.Cell)
		if err := m.f.SetCellHyperLink(problemSheet, cell, where, "Location"); err != nil {
			return err
		}
	}
	last := fmt.Sprint(len(rows))
	for _, s := range []struct {
		from, to string
		style    int
	}{{"A2", "E2", bold}, {"A3", "E" + last, wrap}, {"B3", "B" + last, link}} {
		if len(problems) == 0 && s.from != "A2" {
			continue
		}
		if err := m.f.SetCellStyle(problemSheet, s.from, s.to, s.style); err != nil {
			return err
		}
	}
	for col, width := range map[string]float64{"A": 24, "B": 9, "C": 28, "D": 9, "E": 76} {
		if err := m.f.SetColWidth(problemSheet, col, col, width); err != nil {
			return err
		}
	}
	m.f.SetActiveSheet(index)
	return m.printable(last)
}

// printable lays the list out for paper: across the page, its header on every page.
func (m *marker) printable(last string) error {
	paper, across, wide, tall := paperA4, "landscape", 1, 0
	if err := m.f.SetPageLayout(problemSheet, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	fit := true
	if err := m.f.SetSheetProps(problemSheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	quoted := "'" + problemSheet + "'!"
	for name, ref := range map[string]string{"_xlnm.Print_Area": quoted + "$A$1:$E$" + last, "_xlnm.Print_Titles": quoted + "$2:$2"} {
		err := m.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: ref, Scope: problemSheet})
		if err != nil && !errors.Is(err, excelize.ErrDefinedNameDuplicate) { // of the list that was here before
			return err
		}
	}
	return m.f.SetPanes(problemSheet, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"})
}
