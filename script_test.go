package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"go.etcd.io/bbolt"

	"lianshao/storage/pilotfile"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"lianshao": main})
}

// TestScripts runs the program as a person at a terminal would.
func TestScripts(t *testing.T) {
	books, err := filepath.Abs("assets/sample")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "cli/testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", books)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, ".config"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits, "lines": lines, "workbook": workbook, "encrypt": encrypt, "makenewer": makeNewer, "lock": lock, "changecell": changeCell,
		},
	})
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

// changecell BOOK SHEET CELL TEXT: as somebody would in Excel.
func changeCell(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SetCellValue(args[1], args[2], args[3]))
	ts.Check(f.Save())
	ts.Check(f.Close())
}

// encrypt BOOK.xlsx OUT.xlsx: the same workbook with a password.
func encrypt(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SaveAs(ts.MkAbs(args[1]), excelize.Options{Password: "密码"}))
	ts.Check(f.Close())
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
