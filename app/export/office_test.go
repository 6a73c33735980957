package export_test

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/app/export"
	"lianshao/app/fields"
	"lianshao/app/intake"
	"lianshao/app/warn"
	"lianshao/domain"
	"lianshao/storage/xlsx"
)

// nasty are pieces of text that office programs like to take for something else.
var nasty = rapid.SampledFrom([]string{"=1+1", "+86", "-3", "@x", "001", "1e5", "3-4", "2026-9-1", "123456789012345678", "TRUE", "#N/A", "'", "\"", "<&>", "𬭎", "龑", "；", "，",
	"\n", " ", "％", "　内", "_x000D_", "虚签工程量", "12.50", "1/2", "１２"})

func randomText(t *rapid.T) string {
	return strings.TrimSpace(strings.Join(rapid.SliceOfN(nasty, 1, 6).Draw(t, "text"), ""))
}

// scribble writes random texts into random records, where long texts are allowed;
// what the program refuses is not written.
func scribble(t *rapid.T, s *app.Session) {
	for range rapid.IntRange(3, 12).Draw(t, "edits") {
		k := rapid.SampledFrom([]domain.Kind{domain.KindRiskPoint, domain.KindIntelligence, domain.KindMeeting, domain.KindCaseCard, domain.KindOpinion}).Draw(t, "kind")
		var ids []domain.ID
		s.Pilot.Table(k).Each(func(r domain.Record) bool { ids = append(ids, r.RecordID()); return true })
		var long []fields.Field
		for _, f := range fields.Of(k) {
			if f.Set != nil && f.Long && f.Options == nil {
				long = append(long, f)
			}
		}
		if len(ids) == 0 || len(long) == 0 {
			continue
		}
		cell := edit.Cell{Kind: k, ID: rapid.SampledFrom(ids).Draw(t, "record"), Field: long[rapid.IntRange(0, len(long)-1).Draw(t, "field")].Name, Text: randomText(t)}
		if err := s.Do(edit.SetCells(cell)); err != nil {
			t.Logf("refused: %v", err)
		}
	}
}

func writeAll(t testing.TB, s *app.Session, path string) {
	t.Helper()
	if err := (xlsx.Writer{}).Write(context.Background(), path, export.Workbook(s.Pilot), nil); err != nil {
		t.Fatal(err)
	}
}

// unchanged says what an import of the workbook would change, which is nothing.
func unchanged(t interface {
	Errorf(string, ...any)
}, pl *intake.Plan) {
	for _, f := range pl.Report.Files {
		for _, sh := range f.Sheets {
			for _, e := range sh.Errors {
				t.Errorf("%s!%s %s: %s", sh.Sheet, e.Cell, e.Field, e.Message)
			}
		}
	}
	for i, c := range pl.Changes.Changes {
		if i < 5 {
			t.Errorf("changed %s %s:\n%+v\n%+v", c.Kind, c.ID, c.Before, c.After)
		}
	}
}

// Whatever is written into a pilot, its export comes back without a change.
func TestRandomPilotsComeBack(t *testing.T) {
	s := samplePilot(t)
	withActivities(t, s)
	path := filepath.Join(t.TempDir(), "全部.xlsx")
	checks := 0
	rapid.Check(t, func(r *rapid.T) {
		if checks++; checks > most(t, 4) {
			return // each export takes a while
		}
		scribble(r, s)
		writeAll(t, s, path)
		unchanged(r, plan(t, s, path))
	})
}

// most is how many expensive cases a run makes: few, unless many checks are asked
// for, as ./task soak does.
func most(t *testing.T, few int) int {
	n, err := strconv.Atoi(flag.Lookup("rapid.checks").Value.String())
	if err != nil {
		t.Fatal(err)
	}
	return max(few, n/20)
}

// office is a program that opens workbooks and saves them into the folder to.
type office struct {
	name  string
	ready func() bool
	save  func(from []string, to string) *exec.Cmd
	ext   string
}

var offices = []office{
	{"LibreOffice", installed("soffice"), libreOffice("xlsx:Calc MS Excel 2007 XML"), ".xlsx"},
	{"LibreOffice .xls", installed("soffice"), libreOffice("xls:MS Excel 97"), ".xls"},
	{"Gnumeric", installed("ssconvert"), each("ssconvert -T Gnumeric_Excel:xlsx2 \"$f\" \"$to/$(basename \"$f\")\""), ".xlsx"},
	{"Gnumeric .xls", installed("ssconvert"), each("ssconvert -T Gnumeric_Excel:excel_biff8 \"$f\" \"$to/$(basename \"$f\" .xlsx).xls\""), ".xls"},
	{"openpyxl", func() bool { return exec.Command(python(), "-c", "import openpyxl").Run() == nil },
		func(from []string, to string) *exec.Cmd {
			return exec.Command(python(), append([]string{"-W", "error", "-c", openpyxl, to}, from...)...)
		}, ".xlsx"},
}

// openpyxl is the program that opens workbooks with it and saves them; a warning is an error.
const openpyxl = `import os, sys, openpyxl
for p in sys.argv[2:]:
    openpyxl.load_workbook(p).save(os.path.join(sys.argv[1], os.path.basename(p)))`

// python is the system's own, which knows the packages of the distribution.
func python() string {
	if _, err := os.Stat("/usr/bin/python3"); err == nil {
		return "/usr/bin/python3"
	}
	return "python3"
}

func installed(program string) func() bool {
	return func() bool { _, err := exec.LookPath(program); return err == nil }
}

func libreOffice(filter string) func(from []string, to string) *exec.Cmd {
	return func(from []string, to string) *exec.Cmd {
		ext, _, _ := strings.Cut(filter, ":")
		args := []string{"-env:UserInstallation=file://" + filepath.Join(to, "profile"), "--headless", "--convert-to", ext + strings.TrimPrefix(filter, ext), "--outdir", to}
		return exec.Command("soffice", append(args, from...)...)
	}
}

// each runs a line of the shell for every workbook $f.
func each(line string) func(from []string, to string) *exec.Cmd {
	return func(from []string, to string) *exec.Cmd {
		return exec.Command("sh", append([]string{"-ec", `to=$1; shift; for f in "$@"; do ` + line + `; done`, "sh", to}, from...)...)
	}
}

// The same after another program has opened the workbook and saved it, and so do forms.
func TestOtherProgramsKeepEverything(t *testing.T) {
	s := samplePilot(t)
	withActivities(t, s)
	dir := t.TempDir()
	var paths []string
	if err := s.Do(warn.IssueRound(s.Result(1), s.Today(), s.NewID)); err != nil { // so that there is something to reply to
		t.Fatal(err)
	}
	before := app.NewestSeq(s.Store)
	rapid.Custom(func(r *rapid.T) bool { scribble(r, s); return true }).Example(20261126)
	if app.NewestSeq(s.Store) == before {
		t.Fatal("nothing was written into the pilot")
	}
	paths = append(paths, filepath.Join(dir, "全部.xlsx"))
	writeAll(t, s, paths[0])
	kinds := []domain.Kind{domain.KindRiskPoint, domain.KindRating, domain.KindWorkflow}
	if most(t, 0) > 5 { // asked for more than the usual hundred checks
		kinds = export.FormKinds()
	}
	for _, k := range kinds {
		wb, err := export.Form(s.Pilot, export.Request{Kind: string(k)})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "表-"+string(k)+".xlsx")
		if err := (xlsx.Writer{}).Write(context.Background(), path, wb, nil); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	for _, o := range offices {
		if o.ext != ".xlsx" && most(t, 0) <= 5 {
			continue // only ./task soak has the time
		}
		t.Run(o.name, func(t *testing.T) {
			for _, path := range o.through(t, paths) {
				pl := plan(t, s, path)
				if f := pl.Report.Files[0]; f.Error != "" {
					t.Errorf("%s: %s", filepath.Base(path), f.Error)
				}
				unchanged(t, pl)
			}
		})
	}
}

// through has a program open and save workbooks, all in one run. Where it is not
// installed they only go to disk and back, and the log says so.
func (o office) through(t *testing.T, paths []string) (saved []string) {
	t.Helper()
	if !o.ready() {
		t.Logf("%s is not installed: the workbooks did not go through it", o.name)
		return paths
	}
	to := t.TempDir()
	cmd := o.save(paths, to)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "HOME="+to)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", o.name, err, text)
	}
	for _, p := range paths {
		saved = append(saved, filepath.Join(to, strings.TrimSuffix(filepath.Base(p), ".xlsx")+o.ext))
	}
	return saved
}
