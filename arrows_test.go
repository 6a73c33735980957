package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	module  = "lianshao"
	toolkit = "fyne.io/fyne/v2"
	fyneApp = "fyne.io/fyne/v2/app"
)

// goPackage is what `go list -json` says of one package.
type goPackage struct {
	ImportPath   string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// layers names, for each part of the house, the parts of the module it may lean on (docs/ARCHITECTURE.md).
// main wires and may lean on everything.
var layers = map[string][]string{
	"domain":  {"domain"},
	"app":     {"app", "domain", "assets"},
	"storage": {"storage", "app", "domain", "assets"},
	"ui":      {"ui", "app", "domain", "assets"},
	"cli":     {"cli", "app", "domain", "assets"},
	"assets":  {},
	"tools":   {"tools", "ui", "app", "domain", "assets"},
}

// windowless parts must run without the window toolkit.
var windowless = []string{"domain", "app", "storage", "assets"}

// outside are the parts of the standard library that reach out of the program, which the domain must not.
var outside = []string{"os", "net", "io/fs", "database/sql", "syscall", "unsafe"}

func TestArrowsPointOneWay(t *testing.T) {
	touchSources(t)
	packages := listPackages(t)
	if len(packages) < 5 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, problem := range violations(packages) {
		t.Error(problem)
	}
}

// The rules themselves: each forbidden import is found, and nothing else is.
func TestViolationsAreFound(t *testing.T) {
	ours := func(path string, imports ...string) goPackage {
		return goPackage{ImportPath: module + "/" + path, Imports: imports}
	}
	cases := []struct {
		name string
		pkg  goPackage
		bad  bool
	}{
		{"domain with gonum", ours("domain/risk", "math", "gonum.org/v1/gonum/mat", "lianshao/domain"), false},
		{"domain with a library", ours("domain", "go.etcd.io/bbolt"), true},
		{"domain with a file", ours("domain", "os"), true},
		{"domain up to app", ours("domain", "lianshao/app"), true},
		{"app to storage", ours("app", "lianshao/storage/xlsx"), true},
		{"app to window", ours("app/report", "fyne.io/fyne/v2/canvas"), true},
		{"storage to app", ours("storage/pdf", "lianshao/app/report"), false},
		{"storage to ui", ours("storage/pdf", "lianshao/ui/chart"), true},
		{"ui to storage", ours("ui/shell", "lianshao/storage/pilotfile"), true},
		{"ui to fyne app", ours("ui/shell", fyneApp), true},
		{"ui to fyne", ours("ui/shell", toolkit+"/widget", "lianshao/app"), false},
		{"cli to ui", ours("cli", "lianshao/ui/shell"), true},
		{"assets to app", ours("assets", "lianshao/app"), true},
		{"main wires", goPackage{ImportPath: module, Imports: []string{fyneApp, "lianshao/storage/pdf"}}, false},
		{"fyne app in a test", goPackage{ImportPath: module + "/ui", TestImports: []string{fyneApp}}, true},
	}
	for _, c := range cases {
		if found := violations([]goPackage{c.pkg}); (len(found) > 0) != c.bad {
			t.Errorf("%s: %v", c.name, found)
		}
	}
	roundabout := []goPackage{
		ours("app", "example.org/helper"),
		{ImportPath: "example.org/helper", Imports: []string{toolkit}},
	}
	if len(violations(roundabout)) != 1 {
		t.Error("an import of the toolkit through another module is not found")
	}
}

// touchSources looks at every Go file, so that the go command knows this test's result is stale when one changes.
func touchSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") {
			_, err = os.Stat(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// listPackages asks the go command for this module's packages and everything they need.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-deps", "-tags", "migrated_fynedo,x11",
		"-json=ImportPath,Standard,Imports,TestImports,XTestImports", "./...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// violations says, one sentence each, which imports break the rules.
func violations(packages []goPackage) []string {
	byPath := map[string]goPackage{}
	for _, p := range packages {
		byPath[p.ImportPath] = p
	}
	var found []string
	for _, p := range packages {
		layer, ours := layerOf(p.ImportPath)
		if !ours || layer == "" {
			continue
		}
		found = append(found, directViolations(p, layer)...)
		if slices.Contains(windowless, layer) && reaches(byPath, p.ImportPath, isFyne, map[string]bool{}) {
			found = append(found, p.ImportPath+" needs the window toolkit")
		}
	}
	return found
}

// directViolations checks what p itself imports.
func directViolations(p goPackage, layer string) []string {
	var found []string
	for _, path := range p.Imports {
		target, ours := layerOf(path)
		switch {
		case ours && !slices.Contains(layers[layer], target):
			found = append(found, p.ImportPath+" must not import "+path)
		case layer == "domain" && !ours && !allowedInDomain(path):
			found = append(found, p.ImportPath+" must not import "+path)
		}
	}
	for _, list := range [][]string{p.Imports, p.TestImports, p.XTestImports} {
		if slices.Contains(list, fyneApp) {
			found = append(found, p.ImportPath+" imports "+fyneApp+"; only main may")
		}
	}
	return found
}

// layerOf is the part of the house a package of this module belongs to; "" is main.
func layerOf(path string) (layer string, ours bool) {
	if path == module {
		return "", true
	}
	rest, ours := strings.CutPrefix(path, module+"/")
	layer, _, _ = strings.Cut(rest, "/")
	return layer, ours
}

func allowedInDomain(path string) bool {
	if strings.HasPrefix(path, "gonum.org/v1/gonum/") {
		return true
	}
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !slices.Contains(outside, path) && !slices.Contains(outside, first)
}

func isFyne(path string) bool { return path == toolkit || strings.HasPrefix(path, toolkit+"/") }

// reaches reports whether path imports, directly or through others, a package that match accepts.
func reaches(byPath map[string]goPackage, path string, match func(string) bool, seen map[string]bool) bool {
	for _, next := range byPath[path].Imports {
		if match(next) {
			return true
		}
		if seen[next] {
			continue
		}
		seen[next] = true
		if reaches(byPath, next, match, seen) {
			return true
		}
	}
	return false
}
