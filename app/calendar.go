package app

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"lianshao/domain"
)

// WriteCalendar writes the dated steps of the plan as an iCalendar file (RFC 5545)
// for calendar programs: whole days, a reminder a day before the last. Steps
// without dates are left out. now is when it was written.
func WriteCalendar(w io.Writer, p *domain.Pilot, states []domain.MilestoneState, now time.Time) error {
	c := &calendar{w: w}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//Lianshao//Lianshao//ZH")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.text("X-WR-CALNAME", p.Info().Name)
	for i := range states {
		c.step(&states[i], now)
	}
	c.line("END", "VCALENDAR")
	return c.err
}

type calendar struct {
	w   io.Writer
	err error
}

func (c *calendar) step(s *domain.MilestoneState, now time.Time) {
	m := s.Milestone
	start, end := m.Start, m.End
	if start == "" {
		start = end
	}
	if end == "" {
		end = start
	}
	if start == "" || end < start {
		return
	}
	c.line("BEGIN", "VEVENT")
	c.line("UID", string(m.ID)+"@lianshao")
	c.line("DTSTAMP", now.UTC().Format("20060102T150405Z"))
	c.line("DTSTART;VALUE=DATE", start.Time().Format("20060102"))
	c.line("DTEND;VALUE=DATE", end.Time().AddDate(0, 0, 1).Format("20060102")) // the day after the last
	c.text("SUMMARY", fmt.Sprintf("第%d步 %s", m.No, clip(m.Content, 40)))
	c.text("DESCRIPTION", describe(s))
	c.text("CATEGORIES", "廉政风险预警防范试点")
	c.line("TRANSP", "TRANSPARENT")
	if !s.Done() {
		c.line("BEGIN", "VALARM")
		c.line("ACTION", "DISPLAY")
		c.text("DESCRIPTION", fmt.Sprintf("第%d步明天截止", m.No))
		c.line("TRIGGER;RELATED=END", "-P2D") // the end is the midnight after the last day
		c.line("END", "VALARM")
	}
	c.line("END", "VEVENT")
}

func describe(s *domain.MilestoneState) string {
	m := s.Milestone
	lines := []string{m.Content}
	add := func(title string, parts []string) {
		if len(parts) > 0 {
			lines = append(lines, title+"："+strings.Join(parts, "、"))
		}
	}
	add("责任主体", m.Responsible)
	add("对应制度", m.Systems)
	add("成果材料", m.Artefacts)
	add("还缺", s.Lacks())
	return strings.Join(lines, "\n")
}

// text writes a property whose value is text, escaped.
func (c *calendar) text(name, value string) {
	value = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return -1 // calendars know no other control characters
		}
		return r
	}, value)
	c.line(name, strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(value))
}

// line writes a content line, folded so that no line is longer than 75 bytes and
// no character is cut.
func (c *calendar) line(name, value string) {
	rest := name + ":" + value
	room := 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.write(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], 74 // the blank counts
	}
	c.write(rest + "\r\n")
}

func (c *calendar) write(s string) {
	if c.err == nil {
		_, c.err = io.WriteString(c.w, s)
	}
}
