// Command testcount reads `go test -json` on standard input, prints one line per package while it runs and the output of
// what failed, and ends with "PASSED FAILED SKIPPED" as three numbers in the file given as its argument. Tests and
// subtests count alike; a package that does not build or stops outside a test counts as one failure.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is one line of `go test -json` (see go doc test2json).
type event struct {
	Action, Package, Test, Output, ImportPath string
	Elapsed                                   float64
}

// tally collects what happened.
type tally struct {
	out                     io.Writer
	passed, failed, skipped int
	inPackage               map[string]int    // failed tests by package
	done                    map[string]int    // passed tests by package
	output                  map[string]string // text so far by package and test
}

func main() {
	t := newTally(os.Stdout)
	if err := t.read(os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, "testcount:", err)
		os.Exit(1)
	}
	if len(os.Args) > 1 {
		counts := fmt.Sprintf("%d %d %d\n", t.passed, t.failed, t.skipped)
		if err := os.WriteFile(os.Args[1], []byte(counts), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "testcount:", err)
			os.Exit(1)
		}
	}
	if t.failed > 0 {
		os.Exit(1)
	}
}

func newTally(out io.Writer) *tally {
	return &tally{out: out, inPackage: map[string]int{}, done: map[string]int{}, output: map[string]string{}}
}

// read takes events until the end. A line that is no event, such as a compiler's message, is printed as it is.
func (t *tally) read(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(t.out, lines.Text())
			continue
		}
		t.take(e)
	}
	return lines.Err()
}

func (t *tally) take(e event) {
	key := e.Package + " " + e.Test
	switch {
	case e.Action == "build-output":
		fmt.Fprint(t.out, e.Output)
	case e.Action == "output":
		t.output[key] += e.Output
	case e.Test != "":
		t.finishTest(e, key)
	case e.Action == "pass" || e.Action == "fail" || e.Action == "skip":
		t.finishPackage(e, key)
	}
}

func (t *tally) finishTest(e event, key string) {
	switch e.Action {
	case "pass":
		t.passed++
		t.done[e.Package]++
	case "skip":
		t.skipped++
		fmt.Fprintf(t.out, "skip  %s\n%s", key, t.output[key])
	case "fail":
		t.failed++
		t.inPackage[e.Package]++
		fmt.Fprintf(t.out, "FAIL  %s\n%s", key, t.output[key])
	default:
		return
	}
	delete(t.output, key)
}

func (t *tally) finishPackage(e event, key string) {
	if e.Action == "skip" {
		return // no test files
	}
	if e.Action == "fail" && t.inPackage[e.Package] == 0 {
		t.failed++
		t.inPackage[e.Package]++
		fmt.Fprint(t.out, t.output[key])
		t.printUnfinished(e.Package)
	}
	word := "ok  "
	if e.Action == "fail" {
		word = "FAIL"
	}
	fmt.Fprintf(t.out, "%s  %-40s %4d passed %3d failed  %6.1fs\n", word, e.Package, t.done[e.Package], t.inPackage[e.Package], e.Elapsed)
}

// printUnfinished shows what tests said that never ended, because the program stopped in the middle.
func (t *tally) printUnfinished(pkg string) {
	for key, text := range t.output {
		if strings.HasPrefix(key, pkg+" ") && key != pkg+" " {
			fmt.Fprint(t.out, text)
		}
	}
}
