// Command words puts every Chinese text of the window into
// assets/translations/zh.json, as its own translation: the toolkit looks texts
// up there and complains about those it does not find. A second language is
// another file with the same keys. Run it from the repository's root:
//
//	go run ./tools/words
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lianshao/app/fields"
	"lianshao/app/intake"
	"lianshao/app/report"
	"lianshao/app/warn"
	"lianshao/domain"
)

const file = "assets/translations/zh.json"

func main() {
	if err := run(len(os.Args) > 1 && os.Args[1] == "-check"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run rewrites the file; with check it only says whether that would change it.
func run(check bool) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	words := map[string]any{} // the toolkit has plural forms too
	if err := json.Unmarshal(old, &words); err != nil {
		return err
	}
	texts, err := Texts("ui")
	if err != nil {
		return err
	}
	for _, t := range texts {
		if _, ok := words[t]; !ok {
			words[t] = t
		}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(words); err != nil {
		return err
	}
	if bytes.Equal(out.Bytes(), old) {
		return nil
	}
	if check {
		return fmt.Errorf("%s lacks texts of the window: run go run ./tools/words", file)
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// Texts lists the Chinese string literals below a folder, tests aside, and the
// names that the window shows of the field catalogue.
func Texts(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && hasChinese(s) {
					out = append(out, s)
				}
			}
			return true
		})
		return nil
	})
	for _, t := range domain.NewPilot().Tables() {
		out = append(out, t.Kind().String())
		for _, f := range fields.Of(t.Kind()) {
			out = append(out, f.Title)
		}
	}
	for _, f := range intake.Forms() {
		out = append(out, f.Title)
		for _, x := range f.Fields {
			out = append(out, x.Header)
		}
	}
	for _, p := range report.Papers() {
		out = append(out, p.Title)
	}
	for _, b := range report.Books() {
		out = append(out, b.Title)
	}
	for _, r := range intake.Rules() {
		out = append(out, r.Title())
	}
	for _, c := range report.Charts() {
		out = append(out, c.Title)
	}
	for _, m := range domain.Machines() {
		out = append(out, m.States...)
		for _, v := range m.Moves {
			who, what := warn.Words(v.Event)
			out = append(out, v.Event, who, what)
		}
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "" })
	return append(out, "逾期", "今天", "缺", "待办", "报警", "未落实", "R", "RI"), err
}

func hasChinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
