package widgets

import "time"

// AfterFunc starts what a widget does by itself after a while. Tests put it off for
// good: their driver runs fyne.Do at once, on the timer's own goroutine, beside what
// the test is doing with the same widgets.
var AfterFunc = time.AfterFunc
