package publish_test

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/publish"
	"lianshao/app/report"
	"lianshao/app/report/summary"
	"lianshao/app/warn"
	"lianshao/assets"
	"lianshao/domain"
	"lianshao/storage/docx"
	"lianshao/storage/pdf"
	"lianshao/storage/sampletest"
	"lianshao/storage/xlsx"
	"lianshao/ui/pen/raster"
)

// logical are fields whose words decide something; a name in them would only break
// the pilot.
var logical = []string{"ID", "Code", "Origin", "Stamp", "State", "Type", "Decision", "Result", "Category", "Channel", "Anon", "Subject", "Group", "Target", "Basis",
	"Derivation", "Color", "Label", "SelfLevel", "Level", "Method", "Normal", "Sources", "Event", "Period", "Role", "Verified", "SHA256", "Text", "Derived", "Rule", "Field", "Item", "Head", "Template"}

// planter writes people into every field of a pilot: into a field that ought to hold
// people a name of its own, into every other text one of those names in passing.
type planter struct {
	names []string
	n     int
}

const given = "澂燊煊犇玥珏琛瑾璟祎翀翊芃茜菡萱蕙衍邈鋆锴镕霏颢飏骁鹭麒黛龑淼焱垚"

func (x *planter) name() string {
	g := []rune(given)
	x.n++
	return "郗" + string(g[x.n%len(g)]) + string(g[(x.n/len(g)+x.n*7)%len(g)])
}

func (x *planter) plant(v reflect.Value, owner string) {
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			x.plant(v.Index(i), owner)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() || slices.Contains(logical, f.Name) {
				continue
			}
			if f.Type == reflect.TypeFor[string]() {
				x.text(v.Field(i), f.Name)
				continue
			}
			x.plant(v.Field(i), f.Name)
		}
	}
}

func (x *planter) text(v reflect.Value, field string) {
	switch field {
	case "Leader", "UnitHead", "Inspector", "Signer", "Chair", "Speaker", "Recorder", "From", "By", "Owner", "Registrar", "Filler", "Contact":
		name := x.name()
		x.names = append(x.names, name)
		v.SetString(name)
	case "Name", "Title", "Assessor": // also in keys and file names
	default:
		if len(x.names) > 0 && v.String() != "" {
			v.SetString(v.String() + "，" + x.names[x.n%len(x.names)] + "经办")
		}
	}
}

// canaries is the sample pilot with warnings issued and people in every field.
func canaries(t *testing.T) (*app.Session, []string) {
	t.Helper()
	s := sampletest.Open(t, sampletest.On("2026-11-20"))
	if err := s.Do(warn.IssueRound(s.Result(1), s.Today(), s.NewID)); err != nil {
		t.Fatal(err)
	}
	x := &planter{}
	m := &domain.Member{Group: domain.GroupResearch, Role: "成员", Name: x.name()}
	m.SetBase(s.NewID(), "")
	x.names = append(x.names, m.Name)
	planted := []domain.Record{m}
	for _, table := range s.Pilot.Tables() {
		if table.Kind() == domain.KindInfo {
			continue
		}
		table.Each(func(r domain.Record) bool {
			c := r.Clone()
			x.plant(reflect.ValueOf(c).Elem(), "")
			planted = append(planted, c)
			return true
		})
	}
	for _, r := range planted {
		s.Pilot.Put(r)
	}
	return s, x.names
}

// No paper that is written at P1, P2 or P3 holds a planted name, whatever it is written
// as: the page, the workbook with its properties and hidden parts, the document.
func TestNoCanaryInAnyPublishedPaper(t *testing.T) {
	s, names := canaries(t)
	known := publish.People(s.Pilot)
	for _, n := range names {
		if !slices.Contains(known, n) {
			t.Errorf("%s is nobody to the guard", n)
		}
	}
	pen, err := pdf.NewPen(assets.FontRegular, assets.FontBold)
	if err != nil {
		t.Fatal(err)
	}
	in := report.NewInput(s, 1)
	dir := t.TempDir()
	written := map[publish.Level]int{}
	for _, level := range []publish.Level{publish.Posts, publish.Masked, publish.Counts} {
		o := report.Options{Anon: level}
		for _, p := range report.Papers() {
			pages, err := p.Pages(in, o, pen.Metrics())
			if err != nil {
				continue // refused: nothing is written
			}
			path := filepath.Join(dir, p.ID+string(level))
			if _, err := pen.WriteFile(path+".pdf", pages, pdf.Options{Title: p.Title}); err != nil {
				t.Fatal(err)
			}
			written[level]++
			clean(t, names, path+".pdf", pdfText(t, path+".pdf"))
			if p.Tables == nil {
				continue
			}
			tables, err := p.Sheets(in, o)
			if err == nil {
				err = xlsx.WriteTables(path+".xlsx", tables)
			}
			if err != nil {
				t.Fatal(err)
			}
			clean(t, names, path+".xlsx", zipText(t, path+".xlsx"))
		}
	}
	if written[publish.Posts] < 10 || written[publish.Masked] < 10 || written[publish.Counts] < 1 {
		t.Errorf("only %v papers could be published: the test sees nothing", written)
	}
	for _, level := range []publish.Level{publish.Posts, publish.Masked} {
		d := summary.Letter(summary.FactsOf(s, pen.Metrics()))
		path := filepath.Join(dir, "上报"+string(level)+".docx")
		if err := report.ReleaseDocument(s.Pilot, level, path, d); err != nil {
			t.Fatal(err)
		}
		if err := (docx.Writer{Paint: raster.PNG}).WriteFile(path, d, time.Time{}); err != nil {
			t.Fatal(err)
		}
		clean(t, names, path, zipText(t, path))
	}
}

func clean(t *testing.T, names []string, path, text string) {
	t.Helper()
	if !strings.Contains(text, "校验码 第") {
		t.Errorf("%s does not carry the journal's code", filepath.Base(path))
	}
	if len(text) < 20 {
		t.Errorf("%s reads back as %q", filepath.Base(path), text)
	}
	tight := strings.Join(strings.Fields(text), "")
	for _, n := range names {
		if strings.Contains(tight, n) {
			at := strings.Index(tight, n)
			t.Errorf("%s holds %s: …%s…", filepath.Base(path), n, tight[max(0, at-60):at+len(n)])
			return
		}
	}
}

func pdfText(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v (install poppler-utils)", err)
	}
	info, err := exec.Command("pdfinfo", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + string(info)
}

// zipText is every part of an office file as it is: sheets seen and hidden, comments,
// properties, names.
func zipText(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	st, _ := raw.Stat()
	z, err := zip.NewReader(raw, st.Size())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(f.Name + "\n")
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return b.String()
}
