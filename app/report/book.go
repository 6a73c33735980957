package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

// Book is several papers bound into one: a cover, a table of contents, continuous
// page numbers and bookmarks.
type Book struct {
	ID, Title string
	Papers    []string // IDs in order; those without content are left out
}

// Books lists the books: the booklet that pilots hand in, and everything there is.
func Books() []Book {
	var all []string
	for _, p := range Papers() {
		if p.ID != "handbook" { // a book itself, of charts and points that the others hold
			all = append(all, p.ID)
		}
	}
	return []Book{
		{ID: "booklet", Title: "廉政风险防控材料汇编", Papers: []string{"summary", "authorities", "riskpoints", "post-risks", "power-flow", "workflow", "measures", "warnings", "notice"}},
		{ID: "all", Title: "试点工作全部材料", Papers: all},
	}
}

// BookByID finds a book.
func BookByID(id string) (Book, bool) {
	for _, b := range Books() {
		if b.ID == id {
			return b, true
		}
	}
	return Book{}, false
}

// Ready lists the papers of the book that have content.
func (b Book) Ready(in Input) []Paper {
	var out []Paper
	for _, id := range b.Papers {
		if p, ok := PaperByID(id); ok {
			if ok, _ := p.Ready(in); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// Chosen lists the papers of the book that have content and may leave the office at
// the chosen level.
func (b Book) Chosen(in Input, o Options) []Paper {
	return slices.DeleteFunc(b.Ready(in), func(p Paper) bool { return o.Anon.Public() && p.mayLeave(o.Anon) != nil })
}

// Pages binds the papers that have content. Errors are sentences.
func (b Book) Pages(in Input, o Options, m draw.Measurer) ([]draw.Drawing, error) {
	if o.Blank {
		return nil, app.E(app.CodeInvalid, "“%s”没有空白表，请去掉“空白”选项再打印", b.Title)
	}
	var body []draw.Drawing
	for _, p := range b.Chosen(in, o) {
		pages, err := p.lay(in, o, m)
		if err != nil {
			return nil, err
		}
		body = append(body, chapter(p.Title, pages)...)
	}
	if len(body) == 0 {
		return nil, app.E(app.CodeInvalid, "试点里还没有可以打印的内容")
	}
	body = bind(in, b.Title, body, m)
	err := newReleaser(in.Pilot).drawings(b.Title, o.Anon, body)
	draw.FootNote(body, CodeLine(in.Head))
	return body, err
}

// chapter puts the bookmark of a chapter over those of its pages; a single one
// within it would only repeat it.
func chapter(title string, pages []draw.Drawing) []draw.Drawing {
	if len(pages) == 0 {
		return nil
	}
	n := 0
	for i := range pages {
		n += len(pages[i].Marks)
	}
	if n == 1 {
		pages[0].Marks = nil
	}
	pages[0].Marks = append([]draw.Bookmark{{Title: title}}, pages[0].Marks...)
	return pages
}

// bind puts cover and contents before the body and numbers all pages.
func bind(in Input, title string, body []draw.Drawing, m draw.Measurer) []draw.Drawing {
	lines := contentLines(body)
	front := 1 + (len(lines)+contentRows-1)/contentRows
	pages := []draw.Drawing{cover(in, title, m)}
	for at := 0; at < len(lines); at += contentRows {
		pages = append(pages, contents(in, lines[at:min(at+contentRows, len(lines))], front, at == 0, m))
	}
	pages = append(pages, body...)
	draw.Renumber(pages)
	return pages
}

// contentLine is a line of the table of contents.
type contentLine struct {
	draw.Bookmark
	page int // in the body, from 1
}

// Of a chapter with more parts than this the contents name only the chapter; the
// bookmarks lead to each all the same.
const manyParts = 24

func contentLines(body []draw.Drawing) []contentLine {
	var out []contentLine
	from := 0 // of the present chapter
	for i := range body {
		for _, mark := range body[i].Marks {
			if mark.Level == 0 {
				out = thin(out, from)
				from = len(out)
			}
			out = append(out, contentLine{mark, i + 1})
		}
	}
	return thin(out, from)
}

// thin drops the parts of the last chapter when there are too many.
func thin(lines []contentLine, from int) []contentLine {
	if len(lines)-from > manyParts+1 {
		return lines[:from+1]
	}
	return lines
}

const (
	contentRows  = 32
	contentPitch = 7.0 // mm
)

var frontPage = draw.Page{Margins: draw.Margins{Top: 22, Right: 24, Bottom: 15, Left: 24}}

// contents is a page of the 目录. front is how many pages stand before the body.
func contents(in Input, lines []contentLine, front int, first bool, m draw.Measurer) draw.Drawing {
	w, h := frontPage.Size()
	d := draw.Drawing{W: w, H: h}
	x, y, iw, _ := frontPage.Inner()
	if first {
		d.Marks = []draw.Bookmark{{Title: "目录"}}
		d.Add(draw.Text{X: x + iw/2, Y: y + 6, Size: 18 * draw.PointMM, Bold: true, Color: draw.Ink, Align: draw.Center, String: "目　　录"})
	}
	y += 20
	for _, l := range lines {
		size, left := 11.5*draw.PointMM, x
		if l.Level > 0 {
			size, left = 10.5*draw.PointMM, x+7
		}
		no := fmt.Sprint(l.page + front)
		right := x + iw - m.Width(no, size, false)
		text := draw.Shorten(l.Title, right-left-12, size, l.Level == 0, m)
		d.Add(draw.Text{X: left, Y: y, Size: size, Bold: l.Level == 0, Color: draw.Ink, String: text},
			draw.Line{X1: left + m.Width(text, size, l.Level == 0) + 2, Y1: y - 0.8, X2: right - 2, Y2: y - 0.8, Stroke: draw.Faint, StrokeWidth: 0.25, Dash: 0.7},
			draw.Text{X: x + iw, Y: y, Size: size, Color: draw.Ink, Align: draw.Right, String: no})
		y += contentPitch
	}
	draw.Footer(&d, frontPage, in.Pilot.Info().Name, draw.PageLabel(1, 1), m)
	return d
}

// cover is the first page: whose material it is and how much.
func cover(in Input, title string, m draw.Measurer) draw.Drawing {
	p := in.Pilot
	w, h := frontPage.Size()
	d := draw.Drawing{W: w, H: h, Marks: []draw.Bookmark{{Title: "封面"}}}
	x, _, iw, _ := frontPage.Inner()
	put := func(y, points float64, bold bool, text string) float64 {
		size := points * draw.PointMM
		for _, s := range draw.WrapEven(text, iw, size, bold, m) {
			d.Add(draw.Text{X: w / 2, Y: y, Size: size, Bold: bold, Color: draw.Ink, Align: draw.Center, String: s})
			y += size * 1.5
		}
		return y
	}
	d.Add(draw.Text{X: x, Y: 30, Size: 11 * draw.PointMM, Color: draw.Faint, String: "内部资料　注意保管"})
	put(78, 20, false, p.Info().School)
	y := put(98, 30, true, title)
	put(y+4, 14, false, p.Info().Name)
	y = 168
	for _, c := range coverCounts(in) {
		d.Add(draw.Text{X: w/2 - 4, Y: y, Size: 13 * draw.PointMM, Color: draw.Ink, Align: draw.Right, String: c[0]},
			draw.Text{X: w/2 + 4, Y: y, Size: 13 * draw.PointMM, Bold: true, Color: draw.Ink, String: c[1]})
		y += 9.5
	}
	put(258, 14, false, "廉政风险预警防范试点工作领导小组")
	put(268, 14, false, dayInWords(in.Today))
	return d
}

// coverCounts says how much the book is about, as schools print it on the cover.
func coverCounts(in Input) [][2]string {
	p := in.Pilot
	points := p.ActivePoints()
	line := fmt.Sprintf("%d 个", len(points))
	if levels := strings.TrimPrefix(in.levelSentence(points), "，其中："); levels != "" {
		line += "（" + levels + "）"
	}
	out := [][2]string{}
	for _, c := range []struct {
		name, unit string
		n          int
	}{{"试点部门", "个", p.Units.Len()}, {"岗位", "个", p.Posts.Len()}, {"职权", "项", p.Authorities.Len()}, {"工作流程", "个", currentFlows(p)}} {
		if c.n > 0 {
			out = append(out, [2]string{c.name, fmt.Sprintf("%d %s", c.n, c.unit)})
		}
	}
	if len(points) > 0 {
		out = append(out, [2]string{"廉政风险点", line})
	}
	if n := p.Measures.Len(); n > 0 {
		out = append(out, [2]string{"防范措施", fmt.Sprintf("%d 条", n)})
	}
	if n := p.Warnings.Len(); n > 0 {
		out = append(out, [2]string{"签发预警", fmt.Sprintf("%d 份", n)})
	}
	return out
}

// dayInWords writes a date the way covers do.
func dayInWords(d domain.Date) string {
	t := d.Time()
	if t.IsZero() {
		return handDate
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// markPages makes the first page of a part a bookmark's goal.
func markPages(pages []draw.Drawing, titles ...string) []draw.Drawing {
	if title := cmp.Or(titles...); len(pages) > 0 && title != "" {
		pages[0].Marks = append(pages[0].Marks, draw.Bookmark{Title: title, Level: 1})
	}
	return pages
}
