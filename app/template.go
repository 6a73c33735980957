package app

import (
	"encoding/json"
	"strconv"
	"strings"

	"lianshao/assets"
	"lianshao/domain"
)

// Template names what a new pilot starts with.
type Template string

// Templates of a new pilot.
const (
	TemplateUniversity Template = "university" // the university plan: units, dated steps, offices, levels, indicators
	TemplateBlank      Template = "blank"      // only the pilot's own record and the level schemes
)

// catalogue is the content of a template as it is written in assets/catalogue.
type catalogue struct {
	Info       domain.Info               `json:"info"`
	Units      []string                  `json:"units"`
	Members    []*domain.Member          `json:"members"`
	Milestones []*domain.Milestone       `json:"milestones"`
	Schemes    []*domain.LevelScheme     `json:"schemes"`
	Systems    []*domain.IndicatorSystem `json:"systems"`
}

// CreateFrom is the command that fills an empty pilot from a template. year
// (1900–2200) dates the steps; newID names the records.
func CreateFrom(t Template, year int, newID IDs) (Command, error) {
	if t != TemplateUniversity && t != TemplateBlank {
		return nil, E(CodeInvalid, "没有名为“%s”的模板，可用的模板是 university（高校试点）和 blank（空白）。", t)
	}
	if year < 1900 || year > 2200 {
		return nil, E(CodeInvalid, "年份 %d 不对，应为 1900 到 2200 之间的四位数。", year)
	}
	var c catalogue
	if err := json.Unmarshal(assets.University, &c); err != nil {
		return nil, Wrap(CodeInvalid, err, "程序自带的试点模板读不出来，请重新安装程序。")
	}
	op := domain.Op{Name: "create", Label: "新建试点"}
	return Edit(op, func(draft *domain.Pilot) error {
		f := filler{pilot: draft, newID: newID}
		f.fill(&c, t, year)
		return nil
	}), nil
}

type filler struct {
	pilot *domain.Pilot
	newID IDs
}

func (f filler) fill(c *catalogue, t Template, year int) {
	info := c.Info
	if t == TemplateBlank {
		info = domain.Info{Name: c.Info.Name}
	}
	info.Name = strings.ReplaceAll(info.Name, "{year}", strconv.Itoa(year))
	info.Year, info.Template = year, string(t)
	f.put(&info)
	for _, s := range c.Schemes {
		f.put(s)
	}
	if t == TemplateBlank {
		return
	}
	for _, name := range c.Units {
		f.put(&domain.Unit{Base: domain.Base{Code: name}, Name: name})
	}
	for _, m := range c.Members {
		f.put(m)
	}
	for _, m := range c.Milestones {
		m.Code = strconv.Itoa(m.No)
		m.Start, m.End, _ = domain.ParsePeriod(m.Window, year)
		f.put(m)
	}
	for _, s := range c.Systems {
		f.put(s)
	}
}

func (f filler) put(r domain.Record) {
	b := domain.BaseOf(r)
	b.ID, b.Origin = f.newID(), "模板"
	f.pilot.Put(r)
}
