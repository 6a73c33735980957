package importing

import (
	"fmt"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"lianshao/ui/widgets"
)

// stamp tells whether a file is still the one that was read.
type stamp struct {
	size int64 // -1 = it is not there
	time time.Time
}

func stampOf(path string) stamp {
	st, err := os.Stat(path)
	if err != nil {
		return stamp{size: -1}
	}
	return stamp{st.Size(), st.ModTime()}
}

// changed reports whether the file was written again after it was read. One that is
// gone is not: what was read of it stands.
func (f *file) changed() bool {
	now := stampOf(f.path)
	return now.size >= 0 && now != f.stamp
}

// changedFiles lists the files of which something is to be imported and that were
// written again since they were read.
func (p *importPage) changedFiles() (out []*file) {
	for _, f := range p.files {
		for _, g := range f.guesses {
			if g.Form != nil && !g.Skip && f.changed() {
				out = append(out, f)
				break
			}
		}
	}
	return out
}

// askChanged asks what to do about files that were written again meanwhile: what is
// shown is not what stands in them now.
func (p *importPage) askChanged(files []*file) {
	text := fmt.Sprintf(lang.L("《%s》读出来以后又存过，下面看到的不是它现在的内容。"), files[0].name())
	if len(files) > 1 {
		text = fmt.Sprintf(lang.L("《%s》等 %d 个文件读出来以后又存过，下面看到的不是它们现在的内容。"), files[0].name(), len(files))
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.path)
	}
	var m *widgets.Modal
	again := func() { m.Close(); p.load(paths) }
	m = widgets.NewModal(p.h.Window(), lang.L("文件改过了"), widgets.NewProse(text), fyne.NewSize(500, 150), nil,
		widgets.NewButton(lang.L("取消"), func() { m.Close() }),
		widgets.NewButton(lang.L("按看到的导入"), func() { m.Close(); p.commitUnless(nil) }), widgets.NewMainButton(lang.L("重新读取"), again))
	m.Keys(again, m.Close)
}
