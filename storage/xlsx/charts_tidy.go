package xlsx

import (
	"bytes"
	"regexp"

	"github.com/xuri/excelize/v2"
)

var (
	bubbleScale = regexp.MustCompile(`<bubbleScale [^>]*></bubbleScale>`)
	// ofCategories is what only an axis of categories may hold.
	ofCategories = regexp.MustCompile(`<(auto|lblAlgn|lblOffset|noMultiLvlLbl)( [^>]*)?></(auto|lblAlgn|lblOffset|noMultiLvlLbl)>`)
)

// tidyBubbles puts the charts of bubbles into the order that Excel wants: excelize
// writes the scale before the series, and both axes as if one had categories.
func tidyBubbles(f *excelize.File) {
	f.Pkg.Range(func(name, part any) bool {
		data, ok := part.([]byte)
		scale := bubbleScale.Find(data)
		if !ok || scale == nil {
			return true
		}
		data = ofCategories.ReplaceAll(bubbleScale.ReplaceAll(data, nil), nil)
		if at := bytes.Index(data, []byte("<axId ")); at >= 0 { // the first stands behind the chart's series and labels
			data = append(data[:at:at], append(bytes.Clone(scale), data[at:]...)...)
		}
		f.Pkg.Store(name, data)
		return true
	})
}
