package cli

import (
	"os"

	"lianshao/app"
	"lianshao/app/sample"
)

func runNew(c *call) (int, error) {
	year, err := c.number("year", c.Clock().Year(), 1900, 2200)
	if err != nil {
		return 0, err
	}
	t := app.TemplateUniversity
	if name, ok := c.flags["template"]; ok {
		t = app.Template(name)
	}
	if c.has("sample") && t != app.TemplateUniversity {
		return 0, refuse("--sample 是高校试点的示例，不能和 --template %s 一起用。", t)
	}
	if c.has("sample") && !c.has("year") {
		year = sample.Year
	}
	s, err := app.CreatePilot(c.Stores, c.args[0], t, year, c.Clock, c.NewID, c.Actor)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if c.has("sample") {
		if err := sample.Fill(s, c.Reader, c.progress("正在填入示例")); err != nil {
			s.Close()
			os.Remove(c.args[0])
			return 0, err
		}
	}
	c.print("已新建 %s：%s", c.args[0], s.Pilot.Info().Name)
	return ExitDone, nil
}

// demoSeed makes every demo of a size alike.
const demoSeed = 20260501

func runDemo(c *call) (int, error) {
	n, err := c.number("points", 0, 1, 1_000_000)
	if err != nil {
		return 0, err
	}
	cmds, err := app.DemoCommands(n, demoSeed, c.NewID)
	if err != nil {
		return 0, err
	}
	s, err := app.CreateWith(c.Stores, c.args[0], c.Clock, c.NewID, c.Actor, c.progress("正在生成"), cmds...)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	c.print("已生成 %s：%d 个部门，%d 个流程，%d 个风险点，%d 轮评分", c.args[0], s.Pilot.Units.Len(), s.Pilot.Workflows.Len(),
		s.Pilot.RiskPoints.Len(), s.Pilot.Assessments.Len())
	return ExitDone, nil
}
