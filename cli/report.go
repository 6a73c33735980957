package cli

import (
	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/app/report/document"
	"lianshao/app/report/summary"
)

// reportDone is what report --json prints.
type reportDone struct {
	Report  string   `json:"report"`
	Letter  string   `json:"letter,omitempty"`
	Missing []string `json:"missing"` // facts to be filled in by hand
}

// runReport writes the 总结报告 and, if asked, the 上报文. Facts that the pilot lacks
// are marked in the text and listed.
func runReport(c *call) (int, error) {
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	m, err := c.Metrics()
	if err != nil {
		return 0, err
	}
	facts := summary.FactsOf(s, m)
	done := reportDone{Report: c.flags["out"], Letter: c.flags["letter"], Missing: []string{}}
	level := publish.Internal
	if text, ok := c.flags["anon"]; ok {
		if level, err = publish.ParseLevel(text); err != nil {
			return 0, err
		}
	}
	write := func(path string, d *document.Document) error {
		if err := report.ReleaseDocument(s.Pilot, level, path, d); err != nil {
			return err
		}
		if err := c.Docx(path, d); err != nil {
			return fileError(err, path)
		}
		done.Missing = append(done.Missing, d.MissingFacts()...)
		return nil
	}
	if err := write(done.Report, summary.Report(facts)); err != nil {
		return 0, err
	}
	if done.Letter != "" {
		if err := write(done.Letter, summary.Letter(facts)); err != nil {
			return 0, err
		}
	}
	if c.has("json") {
		return ExitDone, c.json(done)
	}
	c.print("已写出总结报告 %s", done.Report)
	if done.Letter != "" {
		c.print("已写出上报文 %s", done.Letter)
	}
	for _, what := range done.Missing {
		c.print("待补充：%s", what)
	}
	return ExitDone, nil
}
