package pdf

import (
	"bytes"
	"fmt"

	"lianshao/app/report/draw"
)

// entry is one line of the outline and its place in the tree.
type entry struct {
	title                           string
	page                            int // index of the page it leads to
	level                           int
	parent, prev, next, first, last int // indexes into the list, -1 = none; parent -1 = the root
	below                           int // lines below it
}

// outlineOf collects the bookmarks of the pages in order. A bookmark stands below
// the nearest one before it of a lower level.
func outlineOf(pages []draw.Drawing) []entry {
	var list []entry
	for i := range pages {
		for _, m := range pages[i].Marks {
			e := entry{title: m.Title, page: i, level: m.Level, parent: -1, prev: -1, next: -1, first: -1, last: -1}
			at := len(list)
			for k := at - 1; k >= 0; k = list[k].parent {
				if list[k].level < m.Level {
					e.parent = k
					break
				}
				if list[k].level == m.Level {
					e.prev, e.parent, list[k].next = k, list[k].parent, at
					break
				}
			}
			list = append(list, e)
			if p := e.parent; p >= 0 {
				if list[p].first < 0 {
					list[p].first = at
				}
				list[p].last = at
				list[p].below++
			}
		}
	}
	return list
}

// addOutline appends the outline's objects and hangs them into the catalogue, the
// first object of the file.
func addOutline(objs [][]byte, list []entry) ([][]byte, error) {
	if len(list) == 0 {
		return objs, nil
	}
	var pages []int // object numbers
	for i, o := range objs {
		if bytes.Contains(o, []byte("/Type /Page\n")) {
			pages = append(pages, i+1)
		}
	}
	root := len(objs) + 1
	number := func(i int) int { return root + 1 + i }
	start := []byte("/Pages 2 0 R\n")
	if !bytes.Contains(objs[0], start) {
		return nil, errForeign
	}
	objs[0] = bytes.Replace(objs[0], start, fmt.Appendf(nil, "/Pages 2 0 R\n  /PageMode /UseOutlines\n  /Outlines %d 0 R\n", root), 1)
	first, last, top := -1, -1, 0
	var items [][]byte
	for i, e := range list {
		if e.page >= len(pages) {
			return nil, errForeign
		}
		if e.parent < 0 {
			if first < 0 {
				first = i
			}
			last = i
			top++
		}
		items = append(items, outlineItem(number(i), root, pages[e.page], e, number))
	}
	objs = append(objs, fmt.Appendf(nil, "%d 0 obj\n<<\n/Type /Outlines\n/First %d 0 R\n/Last %d 0 R\n/Count %d\n>>\nendobj\n\n", root, number(first), number(last), top))
	return append(objs, items...), nil
}

func outlineItem(id, root, page int, e entry, number func(int) int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d 0 obj\n<<\n/Title <FEFF%s>\n/Dest [%d 0 R /Fit]\n", id, utf16Hex(e.title), page)
	parent := root
	if e.parent >= 0 {
		parent = number(e.parent)
	}
	fmt.Fprintf(&b, "/Parent %d 0 R\n", parent)
	for _, l := range []struct {
		name string
		at   int
	}{{"Prev", e.prev}, {"Next", e.next}, {"First", e.first}, {"Last", e.last}} {
		if l.at >= 0 {
			fmt.Fprintf(&b, "/%s %d 0 R\n", l.name, number(l.at))
		}
	}
	if e.below > 0 {
		fmt.Fprintf(&b, "/Count %d\n", -e.below) // closed
	}
	b.WriteString(">>\nendobj\n\n")
	return b.Bytes()
}
