package main

import (
	"bytes"
	"strings"
	"testing"
)

func count(t *testing.T, lines ...string) (*tally, string) {
	t.Helper()
	var out bytes.Buffer
	c := newTally(&out)
	if err := c.read(strings.NewReader(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	return c, out.String()
}

func TestCountsPassesFailuresAndSkips(t *testing.T) {
	c, out := count(t,
		`{"Action":"run","Package":"p","Test":"A"}`,
		`{"Action":"pass","Package":"p","Test":"A/one"}`,
		`{"Action":"pass","Package":"p","Test":"A"}`,
		`{"Action":"output","Package":"p","Test":"B","Output":"wrong sum\n"}`,
		`{"Action":"fail","Package":"p","Test":"B"}`,
		`{"Action":"skip","Package":"p","Test":"C"}`,
		`{"Action":"fail","Package":"p","Elapsed":1.5}`)
	if c.passed != 2 || c.failed != 1 || c.skipped != 1 {
		t.Errorf("%d passed, %d failed, %d skipped", c.passed, c.failed, c.skipped)
	}
	if !strings.Contains(out, "wrong sum") {
		t.Errorf("the failed test's words are missing: %s", out)
	}
}

func TestAPackageThatDoesNotBuildIsAFailure(t *testing.T) {
	c, out := count(t,
		`{"ImportPath":"p","Action":"build-output","Output":"p.go:3: undefined: x\n"}`,
		`{"ImportPath":"p","Action":"build-fail"}`,
		`{"Action":"start","Package":"p"}`,
		`{"Action":"fail","Package":"p","FailedBuild":"p"}`,
		`{"Action":"skip","Package":"q"}`)
	if c.passed != 0 || c.failed != 1 {
		t.Errorf("%d passed, %d failed", c.passed, c.failed)
	}
	if !strings.Contains(out, "undefined: x") {
		t.Errorf("the compiler's words are missing: %s", out)
	}
}

func TestACrashInsideATestIsAFailure(t *testing.T) {
	c, out := count(t,
		`{"Action":"output","Package":"p","Test":"A","Output":"panic: boom\n"}`,
		`{"Action":"fail","Package":"p"}`)
	if c.failed != 1 || !strings.Contains(out, "panic: boom") {
		t.Errorf("%d failed: %s", c.failed, out)
	}
}
