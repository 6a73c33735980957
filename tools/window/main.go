// Command window watches an X display as a user would: it waits until a window with a given title shows something,
// saves the screen as PNG, and asks the window to close in the way a title bar's cross does. It speaks the X11 protocol
// itself, so that checks need Xvfb and nothing else.
//
//	window -display 7 -title 廉哨 -png screen.png -close
//
// Exit status: 0 seen (and asked to close), 1 otherwise, with the reason on standard error.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"
	"time"
)

// settings are the command line.
type settings struct {
	display int
	title   string
	wait    time.Duration
	picture string
	colours int
	close   bool
}

func main() {
	var s settings
	flag.IntVar(&s.display, "display", 0, "number of the display")
	flag.StringVar(&s.title, "title", "", "text that the window's title contains")
	flag.DurationVar(&s.wait, "wait", time.Minute, "how long to wait")
	flag.StringVar(&s.picture, "png", "", "where to save the screen")
	flag.IntVar(&s.colours, "colours", 16, "how many colours the window must show at least")
	flag.BoolVar(&s.close, "close", false, "ask the window to close")
	flag.Parse()
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, "window:", err)
		os.Exit(1)
	}
}

func run(s settings) error {
	conn, err := dial(s.display)
	if err != nil {
		return err
	}
	defer conn.Close()
	deadline := time.Now().Add(s.wait)
	w, err := waitForWindow(conn, s.title, deadline)
	if err != nil {
		return err
	}
	screen, err := waitForPicture(conn, w, s.colours, deadline)
	if err != nil {
		return err
	}
	fmt.Printf("window %q %dx%d, %d colours\n", w.title, w.bounds.Dx(), w.bounds.Dy(), countColours(screen, w.bounds))
	if err := save(screen, s.picture); err != nil {
		return err
	}
	if s.close {
		return conn.askToClose(w.id)
	}
	return nil
}

// waitForWindow looks for a visible window with the title until the deadline.
func waitForWindow(conn *xConn, title string, deadline time.Time) (window, error) {
	var seen []string
	for time.Now().Before(deadline) {
		seen = seen[:0]
		for _, w := range conn.windows() {
			if strings.Contains(w.title, title) {
				return w, nil
			}
			seen = append(seen, w.title)
		}
		time.Sleep(200 * time.Millisecond)
	}
	return window{}, fmt.Errorf("no window titled %q; visible: %q", title, seen)
}

// waitForPicture waits until the window shows enough colours and stops changing, and returns the whole screen.
func waitForPicture(conn *xConn, w window, colours int, deadline time.Time) (*image.RGBA, error) {
	var last *image.RGBA
	shown := 0
	for time.Now().Before(deadline) {
		screen, err := conn.screenshot()
		if err != nil {
			return nil, err
		}
		shown = countColours(screen, w.bounds)
		if shown >= colours && last != nil && bytes.Equal(screen.Pix, last.Pix) {
			return screen, nil
		}
		last = screen
		time.Sleep(700 * time.Millisecond)
	}
	if shown >= colours { // a blinking cursor or a clock is no reason to fail
		return last, nil
	}
	return nil, fmt.Errorf("window %q shows only %d colours", w.title, shown)
}

// countColours counts the different colours of screen inside area.
func countColours(screen *image.RGBA, area image.Rectangle) int {
	found := map[[3]byte]bool{}
	area = area.Intersect(screen.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			i := screen.PixOffset(x, y)
			found[[3]byte(screen.Pix[i:i+3])] = true
		}
	}
	return len(found)
}

func save(screen image.Image, path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, screen); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
