// Command states draws the states of every kind of record that has a life of its
// own into docs/状态图.md, out of the tables that decide them. Run it from the
// repository's root:
//
//	go run ./tools/states
package main

import (
	"bytes"
	"fmt"
	"os"

	"lianshao/domain"
)

const file = "docs/状态图.md"

func main() {
	if err := os.WriteFile(file, []byte(Document()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Document is the text of the file.
func Document() string {
	var b bytes.Buffer
	b.WriteString("# 状态图\n\n由 `domain` 里的状态表生成（`go run ./tools/states`），图和程序按同一张表走。图里没有的箭头，程序不允许，并说明理由。\n")
	for _, m := range domain.Machines() {
		fmt.Fprintf(&b, "\n## %s\n\n```mermaid\n%s```\n", m.Kind, m.Drawing())
		refusals := m.Refusals()
		if len(refusals) == 0 {
			continue
		}
		b.WriteString("\n| 状态 | 要做 | 不允许，因为 |\n|---|---|---|\n")
		for _, v := range refusals {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", v.From, v.Event, v.Refusal)
		}
	}
	return b.String()
}
