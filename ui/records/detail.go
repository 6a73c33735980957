package records

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app/edit"
	"lianshao/app/fields"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/widgets"
)

// Detail shows one record as a form beside its grid; what is typed is committed
// field by field, as in the grid.
type Detail struct {
	host   page.Host
	fields []fields.Field
	record domain.Record
	form   *widgets.FormRows
	inputs []input
	origin *widget.Label // where the record was first read, or whose pilot it came from
	root   *fyne.Container
	empty  fyne.CanvasObject
}

// input is one field's editor.
type input struct {
	field fields.Field
	show  func(text string, options []string)
}

// NewDetail makes the form of a kind; nothing is shown before Show.
func NewDetail(h page.Host, k domain.Kind) *Detail { return NewDetailOf(h, fields.Of(k)) }

// NewDetailOf makes a form of chosen fields.
func NewDetailOf(h page.Host, fs []fields.Field) *Detail {
	d := &Detail{host: h, fields: fs, form: widgets.NewFormRows()}
	for _, f := range fs {
		in := d.input(f)
		d.inputs = append(d.inputs, in)
	}
	d.origin = widget.NewLabel("")
	d.origin.Wrapping = fyne.TextWrapBreak
	d.origin.Importance = widget.LowImportance
	d.form.Row(lang.L("出自"), d.origin)
	hint := widget.NewLabel(lang.L("选中一行，在这里看全文、改长文字"))
	hint.Importance = widget.LowImportance
	d.empty = container.NewCenter(hint)
	d.root = container.NewStack(d.empty)
	return d
}

// Content is the form in a scroll.
func (d *Detail) Content() fyne.CanvasObject { return d.root }

func (d *Detail) input(f fields.Field) input {
	title := lang.L(f.Title)
	if f.Set == nil {
		l := widget.NewLabel("")
		l.Wrapping = fyne.TextWrapBreak
		d.form.Row(title, l)
		return input{f, func(text string, _ []string) { l.SetText(text) }}
	}
	if f.Options != nil {
		s := widget.NewSelectEntry(nil)
		s.OnSubmitted = func(text string) { d.commit(f, text) }
		last := ""
		s.OnChanged = func(text string) {
			if text == last {
				return
			}
			if contains(f, d, text) || text == "" {
				last = text
				d.commit(f, text)
			}
		}
		d.form.Row(title, s)
		return input{f, func(text string, options []string) {
			last = text
			s.SetOptions(options)
			if s.Text != text {
				s.SetText(text)
			}
		}}
	}
	var t *widgets.TextArea
	if f.Long {
		t = widgets.NewTextArea(3)
	} else {
		t = widgets.NewTextField()
	}
	t.OnCommit = func(text string) error { return d.set(f, text) }
	t.OnRefused = func(err error) { d.host.Report(err) }
	d.form.Row(title, t)
	return input{f, func(text string, _ []string) {
		if t.Text != text {
			t.SetText(text)
		}
	}}
}

func contains(f fields.Field, d *Detail, text string) bool {
	if d.record == nil {
		return false
	}
	for _, o := range f.Options(d.host.Session().Pilot, d.record) {
		if o == text {
			return true
		}
	}
	return false
}

func (d *Detail) set(f fields.Field, text string) error {
	if d.record == nil {
		return nil
	}
	c := edit.Cell{Kind: d.record.RecordKind(), ID: d.record.RecordID(), Field: f.Name, Text: text}
	err := d.host.Do(edit.SetCells(c))
	if err != nil && Offer(d.host, err, c) {
		d.Show(d.record) // the old text again; the question says why
		return nil
	}
	return err
}

func (d *Detail) commit(f fields.Field, text string) {
	if err := d.set(f, text); err != nil {
		d.host.Report(err)
		d.Show(d.record)
	}
}

// Show puts a record into the form; nil shows the hint.
func (d *Detail) Show(r domain.Record) {
	same := d.record != nil && r != nil && d.record.RecordID() == r.RecordID()
	d.record = r
	if r == nil {
		d.root.Objects = []fyne.CanvasObject{d.empty}
		d.root.Refresh()
		return
	}
	p := d.host.Session().Pilot
	for _, in := range d.inputs {
		var options []string
		if in.field.Options != nil {
			options = in.field.Options(p, r)
		}
		in.show(in.field.Get(p, r), options)
	}
	d.origin.SetText(domain.BaseOf(r).Origin)
	if d.origin.Text == "" {
		d.origin.SetText(lang.L("在程序里登记"))
	}
	if len(d.root.Objects) == 1 && d.root.Objects[0] != d.empty {
		if !same {
			d.root.Objects[0].(*container.Scroll).ScrollToTop()
		}
		return
	}
	d.root.Objects = []fyne.CanvasObject{container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 12), d.form))}
	d.root.Refresh()
}

// Record is what the form shows, or nil.
func (d *Detail) Record() domain.Record { return d.record }
