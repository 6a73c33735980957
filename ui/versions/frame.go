// Package versions is the frame around an editor of something that exists in
// versions, such as indicator systems and level schemes: which version is shown,
// its state, what may be done with it, and what it changes against the last.
package versions

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lianshao/app"
	"lianshao/app/edit"
	"lianshao/domain"
	"lianshao/ui/page"
	"lianshao/ui/records"
	"lianshao/ui/widgets"
)

// Act is a step that a version may take next, such as 提交审议.
type Act struct {
	Name string
	Main bool // the usual next step
	Do   func()
}

// Spec is what an editor says about its kind.
type Spec[T domain.Record] struct {
	Kind    domain.Kind
	Caption string  // before the list of versions
	Width   float32 // of the list
	List    func() []T
	Usual   func() (T, bool) // what is shown before anybody chose
	Name    func(T) string   // in the list
	Title   func(T) (name string, version int)
	State   func(T) string
	Acts    func(T) []Act // may be nil
	// Previous is the version that T came from; Diff says what T changed.
	Previous func(T) (T, bool)
	Diff     func(is, was T) []string
	MayEdit  func(T) error
	Next     func(id domain.ID, ids app.IDs) (domain.ID, app.Command)
	Rename   func(t T, name string) app.Command
	// Shown fills the editor with a version.
	Shown func(T)
}

// Frame shows one version at a time.
type Frame[T domain.Record] struct {
	host    page.Host
	spec    Spec[T]
	now     T
	has     bool      // there is a version, and it is shown
	want    domain.ID // to be shown at the next load
	ids     []domain.ID
	list    *widget.Select
	state   *widget.Label
	acts    *fyne.Container
	diff    *widgets.Prose
	body    fyne.CanvasObject
	empty   fyne.CanvasObject
	root    *fyne.Container
	filling bool
}

// New makes a frame; Fill puts the editor into it.
func New[T domain.Record](h page.Host, spec Spec[T]) *Frame[T] {
	f := &Frame[T]{host: h, spec: spec, state: widget.NewLabel(""), acts: container.NewHBox(), diff: widgets.NewProse(""), root: container.NewStack()}
	f.state.TextStyle.Bold = true
	f.list = widget.NewSelect(nil, func(string) {
		if i := f.list.SelectedIndex(); !f.filling && i >= 0 {
			f.ShowID(f.ids[i])
		}
	})
	return f
}

// Fill sets what stands under the head, and what is shown while there is nothing.
// right stands at the end of the head.
func (f *Frame[T]) Fill(body, empty fyne.CanvasObject, right ...fyne.CanvasObject) {
	row := []fyne.CanvasObject{widget.NewLabel(f.spec.Caption), container.NewGridWrap(fyne.NewSize(f.spec.Width, f.list.MinSize().Height), f.list),
		f.state, f.acts, layout.NewSpacer(), Low(lang.L("下一版"), f.next)}
	f.body = container.NewBorder(container.NewHBox(append(row, right...)...), nil, nil, nil, body)
	f.empty = empty
}

// Low is a button without a frame, as tools have.
func Low(text string, act func()) *widget.Button {
	b := widget.NewButton(text, act)
	b.Importance = widget.LowImportance
	return b
}

// Content is the editor in its frame.
func (f *Frame[T]) Content() fyne.CanvasObject { return f.root }

// Difference shows what the version changes against the last.
func (f *Frame[T]) Difference() fyne.CanvasObject { return container.NewVScroll(f.diff) }

// Has reports whether a version is shown.
func (f *Frame[T]) Has() bool { return f.has }

// Show opens a version by its ID; anything else leaves the present one.
func (f *Frame[T]) Show(arg string) {
	if _, ok := f.get(domain.ID(arg)); ok {
		f.ShowID(domain.ID(arg))
	}
}

// ShowID brings a version up.
func (f *Frame[T]) ShowID(id domain.ID) {
	f.want = id
	f.Load()
}

// Look brings the editor up to date when it comes up.
func (f *Frame[T]) Look(stale bool) {
	if stale {
		f.Load()
	}
}

// Load shows the wanted version, else the one shown before, else the usual one.
func (f *Frame[T]) Load() {
	if f.want == "" && f.has {
		f.want = f.now.RecordID()
	}
	r, ok := f.get(f.want)
	if !ok {
		r, ok = f.spec.Usual()
	}
	f.now, f.has, f.want = r, ok, ""
	if !ok {
		f.root.Objects = []fyne.CanvasObject{f.empty}
		f.root.Refresh()
		return
	}
	f.fillList()
	f.tell()
	f.root.Objects = []fyne.CanvasObject{f.body}
	f.spec.Shown(r)
	f.root.Refresh()
}

func (f *Frame[T]) get(id domain.ID) (r T, ok bool) {
	if x, found := f.host.Session().Pilot.Table(f.spec.Kind).Record(id); found {
		r, ok = x.(T)
	}
	return r, ok
}

func (f *Frame[T]) fillList() {
	f.ids = f.ids[:0]
	var names []string
	chosen := 0
	for i, r := range f.spec.List() {
		f.ids = append(f.ids, r.RecordID())
		names = append(names, f.spec.Name(r))
		if r.RecordID() == f.now.RecordID() {
			chosen = i
		}
	}
	f.filling = true
	f.list.SetOptions(names)
	f.list.SetSelectedIndex(chosen)
	f.filling = false
}

// tell says the state, what can be done, and the difference from the last version.
func (f *Frame[T]) tell() {
	f.acts.Objects = nil
	if f.spec.Acts != nil {
		for _, a := range f.spec.Acts(f.now) {
			b := widget.NewButton(a.Name, a.Do)
			if a.Main {
				b.Importance = widget.HighImportance
			}
			f.acts.Add(b)
		}
	}
	f.acts.Refresh()
	f.state.SetText(f.spec.State(f.now))
	f.diff.SetText(f.difference())
}

func (f *Frame[T]) difference() string {
	was, ok := f.spec.Previous(f.now)
	if !ok {
		return lang.L("这是第一版，没有上一版可以比较。")
	}
	_, version := f.spec.Title(was)
	text := fmt.Sprintf(lang.L("与第%d版相比："), version)
	lines := f.spec.Diff(f.now, was)
	if len(lines) == 0 {
		return text + lang.L("没有不同。")
	}
	for i, l := range lines {
		text += fmt.Sprintf("\n%d. %s", i+1, l)
	}
	return text
}

// Frozen says why a version cannot be edited any more; "" = no round uses it.
func Frozen(rounds []*domain.Assessment) string {
	if len(rounds) == 0 {
		return ""
	}
	return fmt.Sprintf(lang.L("已用于%s，不能再改；要改请建下一版"), rounds[0].Title())
}

// Do runs a command and shows a refusal.
func (f *Frame[T]) Do(cmd app.Command) bool {
	if err := f.host.Do(cmd); err != nil {
		f.host.Report(err)
		return false
	}
	return true
}

// Add stores a version made from nothing and shows it. save gets the source of IDs,
// whose first one the version takes.
func (f *Frame[T]) Add(save func(ids app.IDs) app.Command) error {
	id := f.host.Session().NewID()
	taken := false
	err := f.host.Do(save(func() domain.ID {
		if !taken {
			taken = true
			return id
		}
		return f.host.Session().NewID()
	}))
	if err == nil {
		f.ShowID(id)
	}
	return err
}

// next makes the version that follows the one shown, to be edited.
func (f *Frame[T]) next() {
	id, cmd := f.spec.Next(f.now.RecordID(), f.host.Session().NewID)
	if !f.Do(cmd) {
		return
	}
	f.ShowID(id)
	_, version := f.spec.Title(f.now)
	f.host.Toast(fmt.Sprintf(lang.L("已建第%d版草稿，可以修改"), version))
}

// AskName asks for another name.
func (f *Frame[T]) AskName() {
	was, _ := f.spec.Title(f.now)
	name := widgets.NewEntry()
	name.SetText(was)
	records.Ask(f.host, lang.L("改名称"), lang.L("改名"), widgets.NewFormRows().Row(lang.L("名称"), name), name, func() error {
		return f.host.Do(f.spec.Rename(f.now, name.Text))
	})
}

// Drop asks, and deletes the version.
func (f *Frame[T]) Drop() {
	if err := f.spec.MayEdit(f.now); err != nil {
		f.host.Report(err)
		return
	}
	name, version := f.spec.Title(f.now)
	widgets.Confirm(f.host.Window(), lang.L("删除本版"), fmt.Sprintf(lang.L("删除“%s”第%d版？可以撤销。"), name, version), lang.L("删除"), func() {
		f.Do(edit.Delete(f.spec.Kind, f.now.RecordID()))
	})
}
