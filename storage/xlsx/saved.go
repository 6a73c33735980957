package xlsx

import (
	"regexp"
	"time"
)

var modified = regexp.MustCompile(`<(?:\w+:)?modified(?:\s[^>]*)?>\s*([0-9T:.Z+-]+)\s*</`)

// maxProps is more than any office program writes about a workbook.
const maxProps = 1 << 16

// savedAt is when an office program last saved the workbook, as it wrote down itself;
// the zero time where it did not. Programs that write workbooks without an office
// leave a time of their model, long ago.
func (c *container) savedAt() time.Time {
	f := c.parts["docprops/core.xml"]
	if f == nil || f.UncompressedSize64 > maxProps {
		return time.Time{}
	}
	content, err := c.part("docprops/core.xml")
	if err != nil { // a damaged part is found by verifyRest
		return time.Time{}
	}
	m := modified.FindSubmatch(content)
	if m == nil {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, string(m[1]))
	if err != nil || at.Year() < 2010 {
		return time.Time{}
	}
	return at
}
