package levels

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lianshao/domain"
)

const cellSide, cellHead, cellLeft = 52, 26, 92

// cellGrid shows the level of every cell of a likelihood × impact matrix; a tap, or
// Enter and Space on the cell with the frame, gives it the next graver level.
type cellGrid struct {
	widget.BaseWidget
	onCycle func(likelihood, impact, by int)
	side    int
	rects   []*canvas.Rectangle
	words   []*canvas.Text
	heads   []*canvas.Text
	frame   *canvas.Rectangle
	at      [2]int // likelihood−1, impact−1 of the frame
	focused bool
}

func newCellGrid(onCycle func(likelihood, impact, by int)) *cellGrid {
	g := &cellGrid{onCycle: onCycle, frame: canvas.NewRectangle(color.Transparent)}
	g.frame.StrokeWidth = 2
	g.ExtendBaseWidget(g)
	return g
}

// root is the matrix with a line on how to use it.
func (g *cellGrid) root() fyne.CanvasObject {
	hint := widget.NewLabel(lang.L("点一格往重换，右键往轻换；方向键移动，空格换。"))
	return container.NewBorder(nil, hint, nil, nil, container.NewScroll(g))
}

// set shows the cells of a scheme.
func (g *cellGrid) set(s *domain.LevelScheme) {
	n := s.MatrixSide()
	if n != g.side {
		g.side = n
		g.make()
	}
	for i := range n {
		for j := range n {
			l, _ := s.LevelAt(i+1, j+1)
			k := i*n + j
			g.rects[k].FillColor, g.words[k].Text = tint(colorOf(l)), l.Label
		}
	}
	g.Refresh()
}

// tint mixes a level's colour with white, so that its word reads well on it.
func tint(c color.Color) color.Color {
	r, gr, b, _ := c.RGBA()
	mix := func(v uint32) uint8 { return uint8(255 - (255-v>>8)*6/10) }
	return color.NRGBA{mix(r), mix(gr), mix(b), 255}
}

func (g *cellGrid) make() {
	g.rects, g.words, g.heads = nil, nil, nil
	g.at = [2]int{}
	for range g.side * g.side {
		g.rects = append(g.rects, canvas.NewRectangle(color.White))
		g.words = append(g.words, canvas.NewText("", theme.Color(theme.ColorNameForeground)))
	}
	for i := range 2 * g.side {
		g.heads = append(g.heads, canvas.NewText(strconv.Itoa(i%g.side+1), theme.Color(theme.ColorNamePlaceHolder)))
	}
	for _, s := range []string{lang.L("可能性↑"), lang.L("影响程度→")} {
		g.heads = append(g.heads, canvas.NewText(s, theme.Color(theme.ColorNamePlaceHolder)))
	}
}

// place is the upper left corner of a cell: likelihood grows upward.
func (g *cellGrid) place(i, j int) fyne.Position {
	return fyne.NewPos(cellLeft+float32(j)*cellSide, float32(g.side-1-i)*cellSide)
}

// MinSize implements fyne.CanvasObject.
func (g *cellGrid) MinSize() fyne.Size {
	return fyne.NewSize(cellLeft+float32(g.side)*cellSide+90, float32(g.side)*cellSide+cellHead)
}

// at finds the cell under a point.
func (g *cellGrid) under(p fyne.Position) (i, j int, ok bool) {
	j, i = int((p.X-cellLeft)/cellSide), g.side-1-int(p.Y/cellSide)
	return i, j, p.X >= cellLeft && j < g.side && i >= 0 && i < g.side
}

func (g *cellGrid) cycle(p fyne.Position, by int) {
	if i, j, ok := g.under(p); ok {
		g.at = [2]int{i, j}
		g.onCycle(i+1, j+1, by)
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
}

// Tapped implements fyne.Tappable.
func (g *cellGrid) Tapped(e *fyne.PointEvent) { g.cycle(e.Position, 1) }

// TappedSecondary implements fyne.SecondaryTappable.
func (g *cellGrid) TappedSecondary(e *fyne.PointEvent) { g.cycle(e.Position, -1) }

// FocusGained implements fyne.Focusable.
func (g *cellGrid) FocusGained() { g.focused = true; g.Refresh() }

// FocusLost implements fyne.Focusable.
func (g *cellGrid) FocusLost() { g.focused = false; g.Refresh() }

// TypedRune implements fyne.Focusable.
func (g *cellGrid) TypedRune(r rune) {
	if r == ' ' || r == '+' {
		g.onCycle(g.at[0]+1, g.at[1]+1, 1)
	} else if r == '-' {
		g.onCycle(g.at[0]+1, g.at[1]+1, -1)
	}
}

// TypedKey implements fyne.Focusable.
func (g *cellGrid) TypedKey(e *fyne.KeyEvent) {
	step := func(axis, by int) { g.at[axis] = min(max(g.at[axis]+by, 0), g.side-1); g.Refresh() }
	switch e.Name {
	case fyne.KeyUp:
		step(0, 1)
	case fyne.KeyDown:
		step(0, -1)
	case fyne.KeyRight:
		step(1, 1)
	case fyne.KeyLeft:
		step(1, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.onCycle(g.at[0]+1, g.at[1]+1, 1)
	}
}

// CreateRenderer implements fyne.Widget.
func (g *cellGrid) CreateRenderer() fyne.WidgetRenderer { return &cellRenderer{g} }

type cellRenderer struct{ g *cellGrid }

// Objects implements fyne.WidgetRenderer.
func (r *cellRenderer) Objects() (out []fyne.CanvasObject) {
	for i := range r.g.rects {
		out = append(out, r.g.rects[i], r.g.words[i])
	}
	for _, h := range r.g.heads {
		out = append(out, h)
	}
	return append(out, r.g.frame)
}

// Layout implements fyne.WidgetRenderer.
func (r *cellRenderer) Layout(fyne.Size) {
	g := r.g
	for i := range g.side {
		for j := range g.side {
			k := i*g.side + j
			p := g.place(i, j)
			g.rects[k].Move(p.AddXY(1, 1))
			g.rects[k].Resize(fyne.NewSize(cellSide-2, cellSide-2))
			m := g.words[k].MinSize()
			g.words[k].Move(p.AddXY((cellSide-m.Width)/2, (cellSide-m.Height)/2))
		}
	}
	if g.side == 0 {
		return
	}
	for i := range g.side {
		g.heads[i].Move(g.place(i, 0).AddXY(-18, cellSide/2-10))
		g.heads[g.side+i].Move(g.place(0, i).AddXY(cellSide/2-4, cellSide+2))
	}
	g.heads[2*g.side].Move(fyne.NewPos(0, 4))
	g.heads[2*g.side+1].Move(g.place(0, g.side-1).AddXY(cellSide+6, cellSide+2))
	g.frame.Move(g.place(g.at[0], g.at[1]))
	g.frame.Resize(fyne.NewSize(cellSide, cellSide))
}

// MinSize implements fyne.WidgetRenderer.
func (r *cellRenderer) MinSize() fyne.Size { return r.g.MinSize() }

// Refresh implements fyne.WidgetRenderer.
func (r *cellRenderer) Refresh() {
	r.g.frame.StrokeColor = color.Transparent
	if r.g.focused {
		r.g.frame.StrokeColor = theme.Color(theme.ColorNamePrimary)
	}
	r.Layout(r.g.Size())
	canvas.Refresh(r.g)
}

// Destroy implements fyne.WidgetRenderer.
func (r *cellRenderer) Destroy() {}

// setCell gives a cell the next level, graver or milder; after the last comes the
// first again.
func (e *Editor) setCell(likelihood, impact, by int) {
	n := len(e.levels)
	e.try(func(s *domain.LevelScheme) {
		if s.Cells == nil {
			s.FillCells()
		}
		c := &s.Cells[likelihood-1][impact-1]
		*c = (*c + by + n) % n
		spread(s.Cells, likelihood-1, impact-1)
	})
}

// spread keeps a matrix in order after a cell was set: what is at least as likely and
// grave is never milder, what is at most so never graver.
func spread(cells [][]int, i, j int) {
	v := cells[i][j]
	for a := range cells {
		for b := range cells[a] {
			if a >= i && b >= j {
				cells[a][b] = max(cells[a][b], v)
			}
			if a <= i && b <= j {
				cells[a][b] = min(cells[a][b], v)
			}
		}
	}
}
