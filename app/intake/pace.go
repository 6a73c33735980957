package intake

import "context"

// stepRows is after how many rows planning looks whether it is cancelled and tells how
// far it is.
const stepRows = 256

// pace counts the rows that are read, and compared where several files speak.
type pace struct {
	ctx         context.Context
	progress    func(done, total int)
	done, total int
	halted      bool
}

func newPace(ctx context.Context, guesses []*SheetGuess, times int, progress func(done, total int)) *pace {
	x := &pace{ctx: ctx, progress: progress}
	for _, g := range guesses {
		if g.Form != nil && !g.Skip {
			x.total += max(g.reg.bottom-g.reg.top, 0) * times
		}
	}
	return x
}

// row notes another row; false = stop, it was cancelled.
func (x *pace) row() bool {
	if x.done++; x.done%stepRows != 0 {
		return !x.halted
	}
	if x.progress != nil {
		x.progress(min(x.done, x.total), x.total)
	}
	return !x.stopped()
}

// stopped asks whether it was cancelled.
func (x *pace) stopped() bool {
	x.halted = x.halted || x.ctx.Err() != nil
	return x.halted
}
