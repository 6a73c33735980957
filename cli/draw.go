package cli

import (
	"os"
	"path/filepath"
	"strings"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/app/report/draw"
	"lianshao/domain"
)

func runPrint(c *call) (int, error) {
	doc := c.flags["doc"]
	round, err := c.number("round", 0, 1, 1000)
	if err != nil {
		return 0, err
	}
	lay, title, ok := docByID(doc)
	if !ok {
		return 0, refuse("没有“%s”这种打印件，可以打印的有：%s。", doc, docNames())
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if round > 0 {
		if _, err := roundOf(s, round); err != nil {
			return 0, err
		}
	}
	o, err := c.paperOptions(s.Pilot)
	if err != nil {
		return 0, err
	}
	if strings.EqualFold(filepath.Ext(c.flags["out"]), ".xlsx") {
		return c.printBook(report.NewInput(s, round), o)
	}
	m, err := c.Metrics()
	if err != nil {
		return 0, err
	}
	pages, err := lay(report.NewInput(s, round), o, m)
	if err != nil {
		return 0, err
	}
	level := o.Anon
	if paper, ok := report.PaperByID(c.flags["doc"]); ok {
		level = paper.LevelOf(report.NewInput(s, round), o)
	}
	if err := report.CheckName(s.Pilot, level, c.flags["out"], title); err != nil {
		return 0, err
	}
	missing, err := c.PDF(c.flags["out"], title, pages)
	if err != nil {
		return 0, fileError(err, c.flags["out"])
	}
	if len(missing) > 0 {
		c.say("提醒：字体里没有这些字，纸上以 〓 代替：%s", string(missing))
	}
	c.print("已打印到 %s，共 %d 页", c.flags["out"], len(pages))
	return ExitDone, nil
}

// printBook writes a paper of tables as a workbook that prints alike, its charts as
// native ones.
func (c *call) printBook(in report.Input, o report.Options) (int, error) {
	p, ok := report.PaperByID(c.flags["doc"])
	if !ok || p.Tables == nil {
		return 0, refuse("“%s”是图或整册，不能写成 Excel，请用 .pdf 作文件名。", c.flags["doc"])
	}
	if ok, why := p.Ready(in); !ok && !o.Blank {
		return 0, refuse("%s。", strings.TrimSuffix(why, "。"))
	}
	if err := report.CheckName(in.Pilot, p.LevelOf(in, o), c.flags["out"], p.Title); err != nil {
		return 0, err
	}
	tables, err := p.Sheets(in, o)
	if err != nil {
		return 0, err
	}
	if err := c.ExportTables(c.flags["out"], tables); err != nil {
		return 0, err
	}
	c.print("已写入 %s，共 %d 张表", c.flags["out"], len(tables))
	return ExitDone, nil
}

// docByID finds what lays out a DOC: a paper or a book.
func docByID(id string) (lay func(report.Input, report.Options, draw.Measurer) ([]draw.Drawing, error), title string, ok bool) {
	if b, ok := report.BookByID(id); ok {
		return b.Pages, b.Title, true
	}
	p, ok := report.PaperByID(id)
	return p.Pages, p.Title, ok
}

func docNames() string {
	var names []string
	for _, p := range report.Papers() {
		names = append(names, p.ID)
	}
	for _, b := range report.Books() {
		names = append(names, b.ID)
	}
	return strings.Join(names, " ")
}

// paperOptions reads --unit, --level, --anon, --blank and --paper.
func (c *call) paperOptions(p *domain.Pilot) (report.Options, error) {
	o := report.Options{Blank: c.has("blank")}
	unit, err := c.unit(p)
	if err != nil {
		return o, err
	}
	o.Unit = unit
	switch size := strings.ToUpper(c.flags["paper"]); size {
	case "", "A4":
	case "A3":
		o.A3 = true
	default:
		return o, refuse("纸张“%s”不对，应为 A4 或 A3。", size)
	}
	if text, ok := c.flags["anon"]; ok {
		if o.Anon, err = publish.ParseLevel(text); err != nil {
			return o, err
		}
	}
	if label, ok := c.flags["level"]; ok {
		if !levelKnown(p, label) {
			return o, refuse("没有“%s”这个等级。", label)
		}
		o.Level = label
	}
	return o, nil
}

func levelKnown(p *domain.Pilot, label string) bool {
	for _, s := range p.Schemes.All() {
		if _, ok := s.Labelled(label); ok {
			return true
		}
	}
	return false
}

// unit finds the unit of --unit, by name, code or abbreviation.
func (c *call) unit(p *domain.Pilot) (domain.ID, error) {
	name, ok := c.flags["unit"]
	if !ok {
		return "", nil
	}
	id, ok := p.Resolve(domain.KindUnit, domain.Ref{}, name)
	if !ok {
		var names []string
		for _, u := range p.Units.All() {
			names = append(names, u.Name)
		}
		return "", refuse("没有“%s”这个部门，试点里有：%s。", name, strings.Join(names, "、"))
	}
	return id, nil
}

// writeFile writes a whole new file or leaves the old one as it was.
func writeFile(path string, data []byte) error {
	temp := path + ".tmp"
	err := os.WriteFile(temp, data, 0o666)
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
	}
	return app.NotWritten(err, path)
}
