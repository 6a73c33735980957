package reportpage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lianshao/app"
	"lianshao/app/report/chart"
	"lianshao/ui/pen"
	"lianshao/ui/widgets"
)

// pngScale makes a chart's picture sharp on paper: two pixels to a logical one.
const pngScale = 2

// toolBar turns pages, zooms, and takes the paper out of the program.
type toolBar struct {
	p                          *reportPage
	box                        fyne.CanvasObject
	number, zoom               *canvas.Text
	back, next                 *widgets.Button
	excel, picture, pdf, print *widgets.Button
	word, open                 *widgets.Button // of documents
}

func newToolBar(p *reportPage) *toolBar {
	b := &toolBar{p: p, number: middleText(), zoom: middleText()}
	b.back = widgets.NewButton(lang.L("上一页"), func() { p.turn(-1) })
	b.next = widgets.NewButton(lang.L("下一页"), func() { p.turn(1) })
	b.excel = widgets.NewButton(lang.L("另存 Excel"), p.saveExcel)
	b.picture = widgets.NewButton(lang.L("另存图片"), p.savePicture)
	b.word = widgets.NewMainButton(lang.L("另存 Word"), p.saveWord)
	b.open = widgets.NewButton(lang.L("打开看看"), p.openWord)
	b.pdf = widgets.NewButton(lang.L("另存 PDF"), p.savePDF)
	b.print = widgets.NewMainButton(lang.L("打印"), p.print)
	b.box = container.New(layout.NewCustomPaddedLayout(3, 3, 8, 8), container.NewHBox(
		b.back, fixed(b.number, 64), b.next, gap(), widgets.NewButton("－", p.paper.ZoomOut), fixed(b.zoom, 50), widgets.NewButton("＋", p.paper.ZoomIn),
		widgets.NewButton(lang.L("页宽"), p.paper.FitWidth), widgets.NewButton(lang.L("整页"), p.paper.FitPage),
		layout.NewSpacer(), b.picture, b.excel, b.open, b.pdf, b.print, b.word))
	return b
}

func middleText() *canvas.Text {
	t := canvas.NewText("", theme.Color(theme.ColorNameForeground))
	t.Alignment = fyne.TextAlignCenter
	return t
}

func fixed(t *canvas.Text, w float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(w, 28), t)
}

func gap() fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(14, 1), layout.NewSpacer())
}

// update shows where one is and what can be done with what is shown.
func (b *toolBar) update() {
	p := b.p
	b.number.Text, b.zoom.Text = "", ""
	if n := len(p.pages); n > 0 {
		b.number.Text = fmt.Sprintf("%d / %d", p.at+1, n)
		b.zoom.Text = fmt.Sprintf("%d%%", p.paper.Percent())
	}
	b.number.Refresh()
	b.zoom.Refresh()
	enable(b.back, p.at > 0)
	enable(b.next, p.at+1 < len(p.pages))
	enable(b.pdf, len(p.pages) > 0)
	enable(b.print, len(p.pages) > 0)
	enable(b.excel, len(p.pages) > 0 && p.export != nil && (p.chosen.paper == nil || p.chosen.paper.Tables != nil))
	isDoc := p.chosen.doc != nil
	b.picture.Hidden, b.excel.Hidden = p.chosen.chart == nil, p.chosen.chart != nil || isDoc
	b.word.Hidden, b.open.Hidden, b.print.Hidden, b.pdf.Hidden = !isDoc, !isDoc, isDoc, isDoc
	enable(b.word, isDoc && p.word != nil && len(p.pages) > 0)
	enable(b.open, isDoc && p.word != nil && len(p.pages) > 0)
	b.box.Refresh()
}

func enable(b *widgets.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// title is the paper's name with what narrows it, for files and the printer.
func (p *reportPage) title() string {
	parts := []string{p.chosen.title}
	o := p.options.chosen(p.chosen)
	if o.Unit != "" {
		parts = append(parts, p.options.unit.Selected)
	}
	if o.Level != "" {
		parts = append(parts, o.Level)
	}
	if o.Blank {
		parts = append(parts, lang.L("空白"))
	}
	return strings.Join(parts, "-")
}

func (p *reportPage) print() {
	err := p.named(p.title())
	if err == nil {
		err = p.h.Files().Print(p.title(), p.pages)
	}
	if err != nil {
		p.h.Report(err)
	}
}

// named checks the name that the shown paper gets outside.
func (p *reportPage) named(path string) error {
	return p.chosen.named(p.options.input(), p.options.chosen(p.chosen), path, p.title())
}

func (p *reportPage) savePDF() {
	p.h.Files().ChooseSave(fileName(p.title())+".pdf", func(path string) {
		err := p.named(path)
		var missing []rune
		if err == nil {
			missing, err = p.h.Files().WritePDF(path, p.title(), p.pages)
		}
		if err != nil {
			p.h.Report(err)
			return
		}
		text := fmt.Sprintf(lang.L("已保存 %s"), filepath.Base(path))
		if len(missing) > 0 {
			text += fmt.Sprintf(lang.L("；这些字没有字形，显示为〓：%s"), spell(missing))
		}
		p.h.Toast(text)
	})
}

func (p *reportPage) saveExcel() {
	p.h.Files().ChooseSave(fileName(p.title())+".xlsx", func(path string) {
		in, o := p.options.input(), p.options.chosen(p.chosen)
		tables, err := p.chosen.tables(in, o)
		if err == nil {
			err = p.chosen.named(in, o, path, p.title())
		}
		if err == nil {
			err = p.export(path, tables)
		}
		if err != nil {
			p.h.Report(err)
			return
		}
		p.h.Toast(fmt.Sprintf(lang.L("已保存 %s"), filepath.Base(path)))
	})
}

// savePicture writes the chart that is shown, without the paper around it.
func (p *reportPage) savePicture() {
	models := chartModels(p.chosen.chart, p.options.input())
	if p.at >= len(models) {
		return
	}
	c := p.chosen.chart
	p.h.Files().ChooseSave(fileName(p.title())+".png", func(path string) {
		data, err := pen.PNG(chart.Layout(models[p.at].model, c.W, c.H, p.h.Metrics()), pngScale)
		if err == nil {
			err = os.WriteFile(path, data, 0o644)
		}
		if err != nil {
			p.h.Report(app.NotWritten(err, path))
			return
		}
		p.h.Toast(fmt.Sprintf(lang.L("已保存 %s"), filepath.Base(path)))
	})
}

// fileName leaves out what Windows does not allow in names.
func fileName(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) {
			return -1
		}
		return r
	}, title)
}
