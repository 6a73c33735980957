package app_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/domain"
)

// unfold reads a calendar back into its content lines, and refuses what a calendar
// program would.
func unfold(t interface{ Fatalf(string, ...any) }, data []byte) []string {
	text := string(data)
	if !utf8.ValidString(text) || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || !strings.HasSuffix(text, "\r\n") {
		t.Fatalf("not lines of UTF-8 that end with CR LF: %q", text)
	}
	for _, l := range strings.Split(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Fatalf("line of %d bytes: %q", len(l), l)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n")
}

func TestCalendarOfTheTemplate(t *testing.T) {
	n := 0
	newID := func() domain.ID { n++; return domain.ID(fmt.Sprintf("%07d", n)) }
	cmd, err := app.CreateFrom(app.TemplateUniversity, 2026, newID)
	if err != nil {
		t.Fatal(err)
	}
	s, err := app.NewSession(&memory{}, time.Now, newID, "某", nil)
	if err == nil {
		err = s.Do(cmd)
	}
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	now := time.Date(2026, 8, 25, 4, 0, 0, 0, time.UTC)
	if err := app.WriteCalendar(&b, s.Pilot, app.PlanOn(s.Pilot, "2026-08-25").All(), now); err != nil {
		t.Fatal(err)
	}
	lines := unfold(t, b.Bytes())
	count := map[string]int{}
	for _, l := range lines {
		count[l]++
	}
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" || count["BEGIN:VEVENT"] != 14 || count["END:VEVENT"] != 14 ||
		count["BEGIN:VALARM"] != count["END:VALARM"] {
		t.Fatalf("%d events in\n%s", count["BEGIN:VEVENT"], b.String())
	}
	// 8月底 is 21–31; the end is the day after.
	for _, want := range []string{"DTSTART;VALUE=DATE:20260821", "DTEND;VALUE=DATE:20260901", "DTSTAMP:20260825T040000Z"} {
		if count[want] == 0 {
			t.Errorf("no line %s", want)
		}
	}
}

// Whatever a step says, the file stays well formed and gives the words back.
func TestCalendarKeepsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.StringOf(rapid.RuneFrom([]rune("廉政风险预警,;\\\n:\" a𬭎"))).Draw(t, "content")
		p := domain.NewPilot()
		p.Put(&domain.Milestone{Base: domain.Base{ID: "m"}, No: 1, Content: content, Start: "2026-05-11", End: "2026-05-20"})
		var b bytes.Buffer
		if err := app.WriteCalendar(&b, p, app.PlanOn(p, "2026-05-01").All(), time.Now()); err != nil {
			t.Fatal(err)
		}
		for _, l := range unfold(t, b.Bytes()) {
			if v, ok := strings.CutPrefix(l, "DESCRIPTION:"); ok {
				got := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(v)
				if !strings.HasPrefix(got, content) {
					t.Fatalf("%q came back as %q", content, got)
				}
				return
			}
		}
		t.Fatal("no description")
	})
}
