package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	formGap     = 10 // between label and field
	formRowGap  = 6
	formSection = 30
)

// FormRows is a form whose labels stand right-aligned in one column and whose
// fields fill the rest. Rows of several lines keep their label at the top.
type FormRows struct {
	widget.BaseWidget
	rows []formRow
	r    *boxRenderer
}

type formRow struct {
	label   *canvas.Text
	field   fyne.CanvasObject // nil = a section heading
	section bool
}

// NewFormRows makes an empty form.
func NewFormRows() *FormRows {
	f := &FormRows{}
	f.ExtendBaseWidget(f)
	return f
}

// Row adds a field and returns the form, so that rows can be chained.
func (f *FormRows) Row(label string, field fyne.CanvasObject) *FormRows {
	return f.add(formRow{label: canvas.NewText(label, nil), field: field})
}

// Section adds a heading over the following rows.
func (f *FormRows) Section(title string) *FormRows {
	t := canvas.NewText(title, nil)
	t.TextStyle.Bold = true
	return f.add(formRow{label: t, section: true})
}

func (f *FormRows) add(r formRow) *FormRows {
	f.rows = append(f.rows, r)
	if f.r != nil {
		f.r.objects = f.objects()
		f.paint()
	}
	f.Refresh()
	return f
}

func (f *FormRows) objects() (objs []fyne.CanvasObject) {
	for _, r := range f.rows {
		objs = append(objs, r.label)
		if r.field != nil {
			objs = append(objs, r.field)
		}
	}
	return objs
}

// labelWidth is the widest label; hidden rows count too, so that nothing jumps.
func (f *FormRows) labelWidth() (w float32) {
	for _, r := range f.rows {
		if !r.section {
			w = max(w, r.label.MinSize().Width)
		}
	}
	return w
}

func (f *FormRows) minSize() fyne.Size {
	var w, h float32
	for _, r := range f.rows {
		if r.section {
			h += formSection
			w = max(w, r.label.MinSize().Width)
			continue
		}
		if !r.field.Visible() {
			continue
		}
		m := r.field.MinSize()
		w = max(w, m.Width)
		h += max(m.Height, r.label.MinSize().Height) + formRowGap
	}
	return fyne.NewSize(f.labelWidth()+formGap+w, h)
}

func (f *FormRows) layout(size fyne.Size) {
	left := f.labelWidth()
	var y float32
	for _, r := range f.rows {
		lm := r.label.MinSize()
		if r.section {
			r.label.Move(fyne.NewPos(0, y+formSection-lm.Height-6))
			y += formSection
			continue
		}
		r.label.Hidden = !r.field.Visible()
		if r.label.Hidden {
			continue
		}
		// A wrapping text knows its height only at its width.
		r.field.Resize(fyne.NewSize(size.Width-left-formGap, r.field.Size().Height))
		h := max(r.field.MinSize().Height, lm.Height)
		line := min(h, 30) // the first line of a tall field
		r.label.Move(fyne.NewPos(left-lm.Width, y+(line-lm.Height)/2))
		put(r.field, left+formGap, y, size.Width-left-formGap, h)
		y += h + formRowGap
	}
}

func (f *FormRows) paint() {
	for _, r := range f.rows {
		r.label.Color = f.Theme().Color(theme.ColorNamePlaceHolder, variant())
		if r.section {
			r.label.Color = f.Theme().Color(theme.ColorNameForeground, variant())
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (f *FormRows) CreateRenderer() fyne.WidgetRenderer {
	f.paint()
	f.r = &boxRenderer{objects: f.objects(), layout: f.layout, minSize: f.minSize, refresh: f.paint}
	return f.r
}
