package workflow
import ("testing";"fyne.io/fyne/v2";"lianshao/app/edit";"lianshao/domain";"fyne.io/fyne/v2/test")
func TestX(t *testing.T){
 s:=open(t,"JL2",3)
 s.MenuAt(s.f.chart, s.spot(6)); s.Shot("x-menu"); s.TapMenu("复制")
 s.TapButton("＋ 添加去向"); s.Shot("x-pending")
 s.Do(edit.SetStep(s.f.wf, s.w().StepNo(5).ID, edit.StepForm{Next: &[]domain.Branch{}}))
 s.Shot("x-problem")
 test.Tap(s.f.problems); s.Shot("x-problems"); s.Press(fyne.KeyEscape)
 s.f.form.branches.change(1, domain.Branch{Label: s.f.form.branches.next[0].Label, To: s.w().Steps[3].ID}); s.Shot("x-refused")
 s.f.newWorkflow(); s.Shot("x-new")
}
func TestY(t *testing.T){
 s:=open(t,"JL2",3)
 s.TapButton("步骤表")
 s.f.table.grid.Select(13,"name"); s.Shot("y-open")
 s.f.table.grid.Select(3,"actor"); s.Type("招标"); s.Shot("y-edit")
}
