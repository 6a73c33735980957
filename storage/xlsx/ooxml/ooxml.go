// Package ooxml checks a workbook against what Excel is strict about and other office
// programs forgive: it is for tests, on computers without Excel. The rules are those of
// ECMA-376 part 1 (order of elements, references between parts) and Excel's published
// limits (lengths of texts, sheets, rows).
package ooxml

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// element is a node of a part.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []*element `xml:",any"`
	Text     string     `xml:",chardata"`
}

// attr is an attribute's value, by its local name.
func (e *element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number is a whole attribute, or other when it is absent or no number.
func (e *element) number(name string, other int) int {
	if n, err := strconv.Atoi(e.attr(name)); err == nil {
		return n
	}
	return other
}

// all are the children of a name.
func (e *element) all(name string) (out []*element) {
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

// first is the first child of a name; an empty element stands for none.
func (e *element) first(name string) *element {
	if all := e.all(name); len(all) > 0 {
		return all[0]
	}
	return &element{}
}

// walk visits the element and everything in it.
func (e *element) walk(visit func(*element)) {
	visit(e)
	for _, c := range e.Children {
		c.walk(visit)
	}
}

// units is a length as Excel counts it.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// checker collects what is wrong.
type checker struct {
	parts  map[string][]byte
	xml    map[string]*element
	faults []string
}

func (c *checker) fault(part, format string, args ...any) {
	c.faults = append(c.faults, part+": "+fmt.Sprintf(format, args...))
}

// Check answers what Excel would complain of or repair; nothing is well.
func Check(file string) ([]string, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	c := &checker{parts: map[string][]byte{}, xml: map[string]*element{}}
	for _, f := range z.File {
		if err := c.read(f); err != nil {
			return nil, err
		}
	}
	c.contentTypes()
	for name := range c.parts {
		c.relations(name)
	}
	for name, e := range c.xml {
		e.walk(func(x *element) { c.order(name, x) })
	}
	c.workbook()
	slices.Sort(c.faults)
	return c.faults, nil
}

func (c *checker) read(f *zip.File) error {
	if _, twice := c.parts[f.Name]; twice {
		c.fault(f.Name, "stands in the file twice")
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.parts[f.Name] = data
	if strings.HasSuffix(f.Name, "/") || f.Name[0] == '/' {
		c.fault(f.Name, "is no name of a part")
	}
	if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" {
		return nil
	}
	e := new(element)
	if err := xml.Unmarshal(data, e); err != nil {
		c.fault(f.Name, "is no XML: %v", err)
		return nil
	}
	c.xml[f.Name] = e
	return nil
}

// contentTypes wants one type for every part, and a part for every type.
func (c *checker) contentTypes() {
	const name = "[Content_Types].xml"
	types := c.xml[name]
	if types == nil {
		c.fault(name, "is missing")
		return
	}
	defaults, overrides := map[string]bool{}, map[string]bool{}
	for _, d := range types.all("Default") {
		ext := strings.ToLower(d.attr("Extension"))
		if defaults[ext] {
			c.fault(name, "extension %q twice", ext)
		}
		defaults[ext] = true
	}
	for _, o := range types.all("Override") {
		part := o.attr("PartName")
		if overrides[part] {
			c.fault(name, "%s twice", part)
		}
		overrides[part] = true
		if c.parts[strings.TrimPrefix(part, "/")] == nil {
			c.fault(name, "%s is not in the file", part)
		}
	}
	for part := range c.parts {
		ext := strings.TrimPrefix(strings.ToLower(path.Ext(part)), ".")
		if part != name && !overrides["/"+part] && !defaults[ext] {
			c.fault(name, "no type for %s", part)
		}
		if ext == "xml" && part != name && !overrides["/"+part] {
			c.fault(name, "%s is only XML, not what it holds", part)
		}
	}
}

// relsOf is where the relations of a part stand.
func relsOf(part string) string { return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels") }

// relations wants every target to exist, ids once, and every r:id to have a relation.
func (c *checker) relations(part string) {
	ids := map[string]bool{}
	if rels := c.xml[relsOf(part)]; rels != nil {
		for _, r := range rels.all("Relationship") {
			if ids[r.attr("Id")] {
				c.fault(relsOf(part), "id %s twice", r.attr("Id"))
			}
			ids[r.attr("Id")] = true
			if r.attr("TargetMode") != "External" && c.parts[target(part, r.attr("Target"))] == nil {
				c.fault(relsOf(part), "%s leads nowhere", r.attr("Target"))
			}
		}
	}
	if e := c.xml[part]; e != nil {
		e.walk(func(x *element) {
			for _, a := range x.Attrs {
				if strings.HasSuffix(a.Name.Space, "/relationships") && !ids[a.Value] {
					c.fault(part, "<%s> refers to %s, which is no relation", x.XMLName.Local, a.Value)
				}
			}
		})
	}
}

// target is the part a relation leads to.
func target(part, to string) string {
	if strings.HasPrefix(to, "/") {
		return to[1:]
	}
	return path.Join(path.Dir(part), to)
}

// related is the part to which a relation of a part leads.
func (c *checker) related(part, id string) string {
	if rels := c.xml[relsOf(part)]; rels != nil {
		for _, r := range rels.all("Relationship") {
			if r.attr("Id") == id {
				return target(part, r.attr("Target"))
			}
		}
	}
	return ""
}

// order wants the children of an element in the order of its type.
func (c *checker) order(part string, e *element) {
	want, known := orders[e.XMLName.Local]
	if !known || e.XMLName.Local == "chart" && len(e.Children) == 0 { // the frame in a drawing
		return
	}
	at := -1
	for _, child := range e.Children {
		name := child.XMLName.Local
		i := slices.Index(want, name)
		switch {
		case i < 0:
			c.fault(part, "<%s> has no <%s>", e.XMLName.Local, name)
		case i < at:
			c.fault(part, "<%s> comes too late in <%s>: after <%s>", name, e.XMLName.Local, want[at])
		default:
			at = i
		}
	}
}
