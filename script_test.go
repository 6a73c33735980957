package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"go.etcd.io/bbolt"

	"lianshao/storage/pilotfile"
)

// programs are what this test program is when it is called by their names.
var programs = map[string]func(){"lianshao": main}

func TestMain(m *testing.M) {
	testscript.Main(m, programs)
}

// TestScripts runs the program as a person at a terminal would.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "cli/testdata/script",
		Setup: ownFolders,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "lines": lines, "workbook": workbook, "encrypt": encrypt, "makenewer": makeNewer, "lock": lock, "changecell": changeCell, "damage": damage, "papercode": paperCode,
		},
	})
}

// ownFolders gives a script the sample workbooks and folders of its own.
func ownFolders(e *testscript.Env) error {
	books, err := filepath.Abs("assets/sample")
	e.Setenv("SAMPLE", books)
	e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".config"))
	e.Setenv("LIANSHAO_DATA", filepath.Join(e.WorkDir, ".data"))
	return err
}

// exits CODE ARGS...: the program ends with that code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec("lianshao", args[1:]...)
	code := 0
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// lines N: standard output has that many lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	if n := strings.Count(ts.ReadFile("stdout"), "\n"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d lines, want %s", n, args[0])
	}
}

// workbook OUT.xlsx SHEET IN: makes a workbook of the cells in a text, | between cells.
func workbook(ts *testscript.TestScript, _ bool, args []string) {
	f := excelize.NewFile()
	ts.Check(f.SetSheetName("Sheet1", args[1]))
	for r, line := range strings.Split(strings.TrimSpace(ts.ReadFile(args[2])), "\n") {
		for c, text := range strings.Split(line, "|") {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			ts.Check(err)
			ts.Check(f.SetCellValue(args[1], cell, strings.TrimSpace(text)))
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// changecell BOOK SHEET HEADER KEY TEXT: as somebody would in Excel, in the
// column with the header and the row that holds the key.
func changeCell(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	row, col := 0, 0
	for r, cells := range rows {
		if c := slices.Index(cells, args[2]); c >= 0 && col == 0 {
			col = c + 1
		}
		if slices.Contains(cells, args[3]) {
			row = r + 1
		}
	}
	cell, err := excelize.CoordinatesToCellName(col, row)
	ts.Check(err)
	ts.Check(f.SetCellValue(args[1], cell, args[4]))
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// papercode CODE PILOT PAPER.pdf: looks up in the pilot what the first page of the
// paper says at its foot; the program ends with the code.
func paperCode(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(ts.Exec("pdftotext", "-l", "1", args[2], "page.txt"))
	for line := range strings.Lines(ts.ReadFile("page.txt")) {
		if strings.HasPrefix(line, "校验码") {
			exits(ts, neg, []string{args[0], "check", args[1], "--anchor", strings.TrimSpace(line)})
			return
		}
	}
	ts.Fatalf("no code on %s", args[2])
}

// encrypt BOOK.xlsx OUT.xlsx: the same workbook with a password.
func encrypt(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SaveAs(ts.MkAbs(args[1]), excelize.Options{Password: "密码"}))
	ts.Check(f.Close())
}

// damage FILE BUCKET...: flips a bit of the first value in each bucket, and in
// every old copy of it.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	data := []byte(ts.ReadFile(args[0]))
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, ReadOnly: true})
	ts.Check(err)
	ts.Check(db.View(func(tx *bbolt.Tx) error {
		for _, name := range args[1:] {
			_, whole := tx.Bucket([]byte(name)).Cursor().First()
			broken := bytes.Clone(whole)
			broken[len(broken)-1] ^= 1
			data = bytes.ReplaceAll(data, whole, broken)
		}
		return nil
	}))
	ts.Check(db.Close())
	ts.Check(os.WriteFile(path, data, 0o600))
}

// makenewer FILE: the pilot says that a later program made it.
func makeNewer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bbolt.Open(ts.MkAbs(args[0]), 0o600, &bbolt.Options{Timeout: time.Second})
	ts.Check(err)
	ts.Check(db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), []byte{200}) }))
	ts.Check(db.Close())
}

// lock FILE: another program has the pilot open until the script ends.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	s, err := pilotfile.Stores{}.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Defer(func() { s.Close() })
}
