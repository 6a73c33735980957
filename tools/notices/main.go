// Command notices lists the modules linked into the program, with the kind of licence found in each, as Markdown on
// standard output. It fails when a licence is missing, unknown, or of the GPL family, which this product must not link.
//
//	go run ./tools/notices > docs/THIRD_PARTY.md
//	go run ./tools/notices -texts dist/licences    # also copies every licence text there
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// part is one thing of others that travels in the program.
type part struct {
	Path, Version, Dir string
	Licences           []string
	Files              []string // licence texts, full paths
}

// platforms are the systems the program is built for, with their build tags.
var platforms = []struct{ system, tags string }{
	{"linux", "migrated_fynedo,x11"},
	{"windows", "migrated_fynedo"},
}

// inside lists what modules carry along that has an author and a licence of its own.
const inside = `
| 随附内容 | 来自 | 许可 |
|---|---|---|
| Go 标准库与运行时 | Go | BSD-3-Clause |
| Noto Sans SC（裁剪并补入少量符号） | assets/fonts | OFL-1.1 |
| GLFW | github.com/go-gl/glfw | zlib |
| Noto Sans、Inter（界面备用字体） | fyne.io/fyne/v2/theme | OFL-1.1 |
| DejaVu Sans Mono（界面备用字体） | fyne.io/fyne/v2/theme | Bitstream Vera |
| EmojiOne Color（界面备用字体） | fyne.io/fyne/v2/theme | MIT |
| Material 图标 | fyne.io/fyne/v2/theme | Apache-2.0 |
`

// insideTexts are the licence texts of what modules carry along, by module, below the module's folder.
var insideTexts = map[string][]string{
	"fyne.io/fyne/v2":                 {"theme/font/LICENSE*.txt"},
	"github.com/go-gl/glfw/v3.4/glfw": {"glfw/LICENSE.md"},
}

func main() {
	texts := flag.String("texts", "", "folder to copy the licence texts to")
	flag.Parse()
	if err := run(os.Stdout, *texts); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, texts string) error {
	parts, err := linkedModules()
	if err != nil {
		return err
	}
	var problems []error
	for i := range parts {
		problems = append(problems, parts[i].readLicences())
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	writeTable(out, parts)
	if texts == "" {
		return nil
	}
	return copyTexts(parts, texts)
}

// linkedModules asks the go command which modules the program needs on any platform, ordered by path.
func linkedModules() ([]part, error) {
	found := map[string]part{}
	for _, p := range platforms {
		cmd := exec.Command("go", "list", "-deps", "-tags", p.tags, "-json=Module", ".")
		cmd.Env = append(os.Environ(), "GOOS="+p.system, "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, err
		}
		for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
			var pkg struct {
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := decoder.Decode(&pkg); err != nil {
				return nil, err
			}
			if m := pkg.Module; m != nil && !m.Main {
				found[m.Path] = part{Path: m.Path, Version: m.Version, Dir: m.Dir}
			}
		}
	}
	parts := make([]part, 0, len(found))
	for _, p := range found {
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.Path, b.Path) })
	return parts, nil
}

// readLicences finds and names the licence texts in the module's folder.
func (p *part) readLicences() error {
	entries, err := os.ReadDir(p.Dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.IsDir() || !isLicenceName(entry.Name()) {
			continue
		}
		path := filepath.Join(p.Dir, entry.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		p.Files = append(p.Files, path)
		for _, kind := range kinds(string(text)) {
			if !slices.Contains(p.Licences, kind) {
				p.Licences = append(p.Licences, kind)
			}
		}
	}
	if len(p.Licences) == 0 {
		return fmt.Errorf("%s: no licence recognised in %v", p.Path, p.Files)
	}
	if slices.ContainsFunc(p.Licences, func(kind string) bool { return strings.Contains(kind, "GPL") }) {
		return fmt.Errorf("%s: %v must not be linked", p.Path, p.Licences)
	}
	return nil
}

func isLicenceName(name string) bool {
	name = strings.ToUpper(name)
	return strings.HasPrefix(name, "LICENSE") || strings.HasPrefix(name, "LICENCE") ||
		strings.HasPrefix(name, "COPYING") || strings.HasPrefix(name, "NOTICE")
}

// kinds names the licences a text contains, by their SPDX names.
func kinds(text string) []string {
	text = strings.Join(strings.Fields(strings.ToUpper(text)), " ")
	marks := []struct{ mark, kind string }{
		{"GNU AFFERO GENERAL PUBLIC LICENSE", "AGPL"},
		{"GNU LESSER GENERAL PUBLIC LICENSE VERSION", "LGPL"},
		{"GNU GENERAL PUBLIC LICENSE VERSION", "GPL"},
		{"MOZILLA PUBLIC LICENSE", "MPL-2.0"},
		{"APACHE LICENSE", "Apache-2.0"},
		{"SIL OPEN FONT LICENSE", "OFL-1.1"},
		{"PERMISSION IS HEREBY GRANTED, FREE OF CHARGE", "MIT"},
		{"PERMISSION TO USE, COPY, MODIFY, AND/OR DISTRIBUTE THIS SOFTWARE", "ISC"},
		{"THIS SOFTWARE IS PROVIDED 'AS-IS'", "zlib"},
		{"PUBLIC DOMAIN", "public domain"},
	}
	var found []string
	for _, m := range marks {
		if strings.Contains(text, m.mark) {
			found = append(found, m.kind)
		}
	}
	if slices.Contains(found, "MPL-2.0") { // its text names the GNU licences it may be combined with
		found = []string{"MPL-2.0"}
	}
	if strings.Contains(text, "REDISTRIBUTION AND USE IN SOURCE AND BINARY FORMS") {
		kind := "BSD-2-Clause"
		if strings.Contains(text, "NEITHER THE NAME") || strings.Contains(text, "NOR THE NAMES") {
			kind = "BSD-3-Clause"
		}
		found = append(found, kind)
	}
	return found
}

func writeTable(out io.Writer, parts []part) {
	fmt.Fprint(out, "# 第三方组件 · Third-party notices\n\n",
		"廉哨的程序文件里包含下列组件；各组件的许可全文随安装包放在 `licences` 文件夹。没有 GPL、AGPL 组件。\n",
		"本页由 `./task notices` 生成，不要手改。\n\n",
		"| 组件 | 版本 | 许可 |\n|---|---|---|\n")
	for _, p := range parts {
		fmt.Fprintf(out, "| %s | %s | %s |\n", p.Path, p.Version, strings.Join(p.Licences, ", "))
	}
	fmt.Fprint(out, inside)
}

// copyTexts puts every licence text into dir, named after its module.
func copyTexts(parts []part, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, p := range append(parts, part{Path: "go", Files: []string{filepath.Join(goRoot(), "LICENSE")}}) {
		files := p.Files
		for _, pattern := range insideTexts[p.Path] {
			more, err := filepath.Glob(filepath.Join(p.Dir, pattern))
			if err != nil || len(more) == 0 {
				return fmt.Errorf("%s: no licence text %s: %v", p.Path, pattern, err)
			}
			files = append(files, more...)
		}
		for i, file := range files {
			name := fmt.Sprintf("%s-%d-%s", strings.ReplaceAll(p.Path, "/", "_"), i+1, filepath.Base(file))
			if err := copyText(file, filepath.Join(dir, strings.TrimSuffix(name, ".txt")+".txt")); err != nil {
				return err
			}
		}
	}
	return nil
}

func copyText(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// goRoot is where the Go toolchain lives; its licence covers the standard library.
func goRoot() string {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
