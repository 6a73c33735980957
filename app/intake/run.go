package intake

import (
	"fmt"
	"slices"
	"strings"

	"lianshao/domain"
)

// run reads one sheet.
type run struct {
	*builder
	*layout
	g      *SheetGuess
	rep    *SheetReport
	origin string  // "文件 工作表!"
	year   int     // completes dates without a year
	form   bool    // the sheet was handed out by us to be filled in
	where  string  // the cell being read, "" between rows
	now    *row    // the row being read, nil between rows
	voice  *string // who filled the sheet in, once looked for
	kin    []*run  // the other tables of the form in the same book

	carriers map[domain.ID]int // how many rows carry an ID in their hidden cell, once counted
	flowsOf  map[domain.ID]int // how many workflows do
}

func newRun(b *builder, g *SheetGuess) *run {
	r := &run{builder: b, g: g, layout: &layout{g: g}, origin: g.Book.File + " " + g.Sheet.Name + "!"}
	r.rep = &SheetReport{Sheet: g.Sheet.Name, Range: g.Part, HeaderRow: g.HeaderRow, Columns: map[string]string{}, Errors: []Issue{}, Warnings: []Issue{}, Form: g.Form}
	r.sheetNotes()
	if g.Form == nil || g.Skip {
		r.leave()
		return r
	}
	r.rep.Kind = g.Form.Kind
	r.form = g.Book.Mark().Form
	if r.year = b.env.Year; r.year == 0 {
		r.year = yearIn(g.above)
	}
	r.layout = newLayout(g, b.knownUnit)
	r.rep.Warnings = append(r.rep.Warnings, r.layout.notes...)
	r.hiddenRows()
	r.betweenTables()
	r.unread()
	for _, c := range g.Columns {
		if c.Field == "" {
			continue
		}
		if c.Sure < AskBelow {
			r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: g.headerCell(c), Field: c.Field,
				Message: fmt.Sprintf("“%s”一栏按“%s”读取，请核对", c.Header, g.Form.Header(c.Field))})
		}
		name := c.Header
		if _, taken := r.rep.Columns[name]; taken || c.Group != "" && strings.Contains(c.Field, ":") && g.Form.Cross == CrossSelf {
			name = c.Group + "/" + c.Header
		}
		r.rep.Columns[name] = fieldLabel(c.Field)
	}
	return r
}

// sheetNotes passes on what the reader could not give exactly, once per sheet.
func (r *run) sheetNotes() {
	g := r.g
	for _, n := range g.Sheet.Warnings {
		row := cellRow(n.Cell)
		if g.Part == "" || row == 0 && g.reg.top == 0 && g.reg.left == 0 || row > 0 && g.holds(row) {
			r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: n.Cell, Message: n.Message})
		}
	}
}

// holds reports whether a row, by its number, lies in the table's part of the sheet.
func (g *SheetGuess) holds(no int) bool {
	rows := g.Sheet.Rows
	return g.reg.bottom > g.reg.top && no >= rows[g.reg.top].No && no <= rows[g.reg.bottom-1].No
}

// cellRow is the row number of a cell's name, 0 if it has none.
func cellRow(cell string) int {
	n, _ := parseWhole(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}

// headerCell names the cell of a column's header.
func (g *SheetGuess) headerCell(c Column) string {
	if g.card != nil {
		return g.card.rows[0].addr[c.Col]
	}
	return CellName(g.HeaderRow+max(g.HeaderRows-1, 0), c.Col+1)
}

// betweenTables asks about texts above the header that are no unit's name: they may be
// the end of the table above.
func (r *run) betweenTables() {
	for _, cell := range r.g.between {
		text := r.g.textAt(cell)
		if bare := bareHeading(text); !r.knownUnit(bare) && !endsLikeUnit(bare) && !isRemark(text) && !isTitle(text) {
			r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cell, Value: text, Message: fmt.Sprintf("“%s”夹在两段表之间，没有导入；如果它接着上面一行，请挪到上面的格子里", shorten(text))})
		}
	}
}

// textAt is the text of a cell by its name.
func (g *SheetGuess) textAt(cell string) string {
	no := cellRow(cell)
	for i := range g.Sheet.Rows {
		if g.Sheet.Rows[i].No == no {
			w := g.grid.row(i)
			return w.first()
		}
	}
	return ""
}

// knownUnit reports whether a name means a unit of the pilot.
func (b *builder) knownUnit(name string) bool {
	_, ok := b.d.Resolve(domain.KindUnit, domain.Ref{}, name)
	return ok
}

// hiddenRows says that rows and columns that are hidden are read all the same.
func (r *run) hiddenRows() {
	var hidden []string
	for _, c := range r.g.Columns {
		if c.Field != "" && c.Field != machineField && c.Field != itemField && r.g.card == nil && slices.Contains(r.g.Sheet.HiddenCols, c.Col) {
			hidden = append(hidden, ColumnName(c.Col+1))
		}
	}
	if len(hidden) > 0 {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: hidden[0] + itoa(r.g.HeaderRow), Message: fmt.Sprintf("%s列被隐藏，也一并读取", strings.Join(hidden, "、"))})
	}
	n, first := 0, 0
	for i := r.g.first; i < min(r.g.reg.bottom, len(r.g.Sheet.Rows)); i++ {
		if r.g.Sheet.Rows[i].Hidden {
			if n++; n == 1 {
				first = r.g.Sheet.Rows[i].No
			}
		}
	}
	if n > 0 {
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: CellName(first, 1), Message: fmt.Sprintf("有%d行被隐藏或筛选掉了，也一并读取", n)})
	}
}

// yearIn finds the year a title speaks of.
func yearIn(texts []string) int {
	for _, text := range texts {
		for i := strings.Index(text, "年"); i >= 0; {
			if i >= 4 {
				if y, ok := parseWhole(text[i-4 : i]); ok && y > 1990 && y < 2200 {
					return y
				}
			}
			next := strings.Index(text[i+len("年"):], "年")
			if next < 0 {
				break
			}
			i += len("年") + next
		}
	}
	return 0
}

// fieldLabel is how a field is reported: a mark by its indicator's code alone.
func fieldLabel(field string) string {
	if code, ok := strings.CutPrefix(field, CrossMark+":"); ok {
		return code
	}
	return field
}

// leave reports a sheet that is not read.
func (r *run) leave() {
	r.rep.Skipped = min(r.g.reg.bottom, len(r.g.Sheet.Rows)) - r.g.reg.top
	cell := "A1"
	if len(r.g.Sheet.Rows) > 0 {
		cell = CellName(r.g.Sheet.Rows[0].No, 1)
	}
	switch {
	case r.g.Form != nil: // deselected by the person
		r.rep.Kind = r.g.Form.Kind
	case r.g.Unknown:
		r.rep.Errors = append(r.rep.Errors, Issue{Cell: cell, Message: r.g.Why})
	default:
		r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: cell, Message: r.g.Why})
	}
}

// readers says how each form is read.
var readers map[string]func(*run)

func init() {
	readers = map[string]func(*run){
		"unit": (*run).readUnits, "post": (*run).readPosts, "workflow": (*run).readWorkflows, "authority": (*run).readAuthorities,
		"riskpoint": (*run).readPoints, "disclosure": (*run).readDisclosures, "opinion": (*run).readOpinions,
		"revision": (*run).readRevisions, "indicator": (*run).readIndicators, "matrix": (*run).readMatrices,
		"scheme": (*run).readSchemes, "override": (*run).readOverrides, "cells": (*run).readCells, "effectiveness": (*run).readEffectiveness, "assessment": (*run).readAssessments, "rating": (*run).readRatings,
		"unitrating": (*run).readUnitRatings, "reading": (*run).readMonitors, "monitor": (*run).readMonitors,
		"measure": (*run).readMeasures, "inspection": (*run).readMeasures, "appraisal": (*run).readAppraisals, "sanction": (*run).readSanctions, "warning": (*run).readReplies,
		"factor": (*run).readFactors, "intelligence": (*run).readIntelligence, "network": (*run).readMembers,
		"member": (*run).readMembers, "milestone": (*run).readMilestones, "info": (*run).readInfo,
		paperForm: (*run).readPapers, "holiday": (*run).readHolidays, recordForm: (*run).readRecords,
		"meeting": (*run).readMeetings, "casecard": (*run).readCaseCards, "artefact": (*run).readArtefacts,
	}
}

func (r *run) read() { readers[r.g.Form.ID](r) }

func (r *run) has(field string) bool { return r.at(field) >= 0 }

// result is what became of a row.
type result int

const (
	skipped result = iota
	added
	changed
	same
	refused
)

func (r *run) count(res result) {
	if res != skipped {
		r.rep.Read++
	}
	switch res {
	case skipped:
		r.rep.Skipped++
	case added:
		r.rep.New++
	case changed:
		r.rep.Changed++
	case same:
		r.rep.Same++
	case refused:
		r.rep.Refused++
	}
}

// rows visits the rows below the header. A row is skipped when the key columns
// say nothing of their own and the rest is empty, a note or a total.
func (r *run) rows(keys []string, visit func(*row) result) {
	cols := make([]int, 0, len(keys))
	for _, k := range keys {
		if c := r.at(k); c >= 0 {
			cols = append(cols, c)
		}
	}
	no := r.at("no")
	for i := range r.layout.len() {
		if !r.pace.row() {
			break
		}
		w := r.layout.row(i)
		own := false
		for _, c := range cols {
			if w.raw(c) != "" {
				own = true
				break
			}
		}
		if !own && r.emptyRow(&w, no) || r.isAside(&w) || r.footer(&w) {
			r.count(skipped)
			continue
		}
		r.where, r.now = w.cell(no), &w
		if len(cols) > 0 {
			r.where = w.cell(cols[0])
		}
		r.count(r.guarded(&w, visit))
	}
	r.where, r.now = "", nil
}

// emptyRow reports whether a row without keys holds nothing but its number or a remark.
func (r *run) emptyRow(w *row, no int) bool {
	content := 0
	hidden, item := r.at(machineField), r.at(itemField)
	for c := range w.cells {
		if c != no && c != hidden && c != item && w.raw(c) != "" {
			content++
		}
	}
	return content == 0 || isRemark(w.first()) || content == 1 && len(w.first()) > 60
}

// isAside reports whether a row begins with a remark, a total or an opinion: notes below a
// table lie in a merged area that starts in the first column, often a key column.
func (r *run) isAside(w *row) bool {
	if len(w.cells) == 0 || w.addr != nil || r.layout.ours(w) {
		return false
	}
	first := w.first()
	if first == "" || first[0] < 0x80 {
		return false
	}
	if !isRemark(first) { // or one that closes a form: 审核意见 and what was written beside it
		return len(first) < 40 && cardLabels[headerKey(first)] && filled(r.layout.written(w)) <= 2
	}
	return isTotal(first) || filled(r.layout.written(w)) <= 3
}

// refuse records why a row is not imported.
func (r *run) refuse(w *row, field, value, format string, args ...any) result {
	r.rep.Errors = append(r.rep.Errors, Issue{Cell: w.cell(r.at(field)), Field: fieldLabel(field), Value: value, Message: fmt.Sprintf(format, args...)})
	return refused
}

// warn records a remark on a row that is imported all the same.
func (r *run) warn(w *row, field, format string, args ...any) {
	r.rep.Warnings = append(r.rep.Warnings, Issue{Cell: w.cell(r.at(field)), Field: fieldLabel(field), Message: fmt.Sprintf(format, args...)})
}

// shared are the forms in which several sheets may well list the same thing.
var shared = map[string]bool{"unit": true, "post": true}

// twice refuses a key that was already read in the same file, naming the first place.
func (r *run) twice(w *row, field, key, what string) bool {
	scope := r.g.Form.ID
	if shared[scope] {
		scope += " " + r.origin
	}
	key = scope + "\x00" + key
	first, ok := r.seen[key]
	if ok && first.book == r.g.Book {
		r.refuse(w, field, what, "“%s”重复：%s 已经有这一项，请删去其中一行或更正编号", what, strings.TrimPrefix(first.at, r.origin))
		return true
	}
	r.seen[key] = place{r.from(w, field), r.g.Book} // another file may say it too: that is compared
	return false
}

// from says where a row was read.
func (r *run) from(w *row, field string) string { return r.origin + w.cell(r.at(field)) }

// contextDay finds a day above the header: after a label, or standing alone.
func (r *run) contextDay(labels ...string) domain.Date {
	if d, ok := parseDay(r.context(labels...), r.year, r.g.Sheet.Date1904); ok {
		return d
	}
	for _, text := range r.g.above {
		if d, ok := parseDay(text, r.year, r.g.Sheet.Date1904); ok {
			return d
		}
	}
	return ""
}

// put stores a record when it is new or differs from the one it replaces.
func put[T domain.Record](t *domain.Table[T], old T, exists bool, next T) result {
	switch {
	case !exists:
		t.Put(next)
		return added
	case domain.Equal(old, next):
		t.Touch(old)
		return same
	}
	t.Put(next)
	return changed
}

// begin gives the record to fill: a copy of the old one, or the fresh one with an identity.
func begin[T domain.Record](r *run, w *row, old T, exists bool, fresh T, field string) T {
	if exists {
		next := old.Clone().(T)
		r.restore(w, next, true)
		return next
	}
	r.identity(w, fresh)
	domain.BaseOf(fresh).Origin = r.from(w, field)
	r.restore(w, fresh, false)
	return fresh
}

// setText overwrites a text when the sheet says something. Spaces around it are not
// told apart: nobody sees them in a cell.
func (r *run) setText(w *row, field string, dst *string) {
	if s := w.get(r.at(field)); s != "" && s != shown(*dst) {
		*dst = s
	}
}

// setPlain is setText for cells in which — stands for nothing.
func (r *run) setPlain(w *row, field string, dst *string) {
	if s := w.get(r.at(field)); !isNothing(s) && s != shown(*dst) {
		*dst = s
	}
}

// setDue overwrites a date when the sheet says something.
func (r *run) setDue(w *row, field string, dst *domain.Due) {
	if s := w.get(r.at(field)); !isNothing(s) && s != shown(dst.String()) {
		*dst = r.due(w, field, s)
	}
}

// due reads a date of a row and says what is to be looked at.
func (r *run) due(w *row, field, s string) domain.Due {
	d, note := parseDue(s, r.year, r.g.Sheet.Date1904)
	if note != "" {
		r.warn(w, field, "%s", note)
	}
	return d
}

// setDay overwrites a day; false means that the cell holds no date and the row was refused.
func (r *run) setDay(w *row, field string, dst *domain.Date) bool {
	s := w.get(r.at(field))
	if isNothing(s) {
		return true
	}
	d, ok := parseDay(s, r.year, r.g.Sheet.Date1904)
	switch _, serial := serialDate(s, r.g.Sheet.Date1904); {
	case !ok:
		header, why := r.g.Form.Header(field), domain.DateDoubt(s, r.year)
		if why == "" {
			why = "看不出是哪一天"
		}
		r.refuse(w, field, s, "%s应为日期（如 2026-09-20），现为“%s”：%s", header, s, why)
		return false
	case serial:
		r.warn(w, field, "%s", serialNote(s, d))
	}
	*dst = d
	return true
}

// setRefs overwrites a list of references when the column exists and says something.
func (r *run) setRefs(w *row, field string, k domain.Kind, ctx domain.Ref, dst *[]domain.Ref) {
	s := w.get(r.at(field))
	if s == "" || r.showsAll(s, k, *dst) {
		return
	}
	next := r.linkAll(k, ctx, named(s))
	if !slices.EqualFunc(*dst, next, domain.Ref.Same) {
		*dst = next
	}
}

// setRef overwrites a reference when the sheet says something.
func (r *run) setRef(w *row, field string, k domain.Kind, ctx domain.Ref, dst *domain.Ref) {
	if s := w.get(r.at(field)); !isNothing(s) && !r.shows(s, k, *dst) {
		if next := r.link(k, ctx, s); !next.Same(*dst) {
			*dst = next
		}
	}
}

// setList overwrites a list when the sheet says something.
func setList(s string, split func(string) []string, dst *[]string) {
	if s == "" {
		return
	}
	if next := split(s); !slices.Equal(split(shown(strings.Join(*dst, "\n"))), next) {
		*dst = next
	}
}
