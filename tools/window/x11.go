package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"net"
	"path/filepath"
)

// Request codes and constants of the X11 protocol, version 11 (X Window System Protocol, X Consortium Standard).
const (
	opGetWindowAttributes = 3
	opGetGeometry         = 14
	opQueryTree           = 15
	opInternAtom          = 16
	opGetProperty         = 20
	opSendEvent           = 25
	opTranslate           = 40
	opGetImage            = 73

	zPixmap       = 2
	clientMessage = 33
	viewable      = 2
	atomWMName    = 39
)

var le = binary.LittleEndian

// errRequest is the server's answer to a request it refuses, for instance about a window that has just gone.
var errRequest = errors.New("the X server refused a request")

// xConn is a connection to an X server on this machine that asks for no authorization.
type xConn struct {
	io.ReadWriteCloser
	root          uint32
	width, height int
	atoms         map[string]uint32
}

// window is a visible window with a title.
type window struct {
	id     uint32
	title  string
	bounds image.Rectangle
}

// dial connects to display :number and reads the first screen's root window and size.
func dial(number int) (*xConn, error) {
	socket, err := net.Dial("unix", filepath.Join("/tmp", ".X11-unix", fmt.Sprintf("X%d", number)))
	if err != nil {
		return nil, err
	}
	c := &xConn{ReadWriteCloser: socket, atoms: map[string]uint32{}}
	hello := []byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if _, err := c.Write(hello); err != nil {
		return nil, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c, head); err != nil {
		return nil, err
	}
	body := make([]byte, 4*int(le.Uint16(head[6:])))
	if _, err := io.ReadFull(c, body); err != nil {
		return nil, err
	}
	if head[0] != 1 {
		return nil, fmt.Errorf("display :%d refuses the connection: %s", number, body)
	}
	vendor := (int(le.Uint16(body[16:])) + 3) &^ 3
	screen := body[32+vendor+8*int(body[21]):]
	c.root = le.Uint32(screen)
	c.width, c.height = int(le.Uint16(screen[20:])), int(le.Uint16(screen[22:]))
	return c, nil
}

// send writes one request: its code, its one-byte detail and its body, padded to four bytes.
func (c *xConn) send(code, detail byte, body []byte) error {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	request := le.AppendUint16([]byte{code, detail}, uint16(1+len(body)/4))
	_, err := c.Write(append(request, body...))
	return err
}

// ask sends a request and returns its reply: 32 bytes and whatever follows. Events in between are dropped.
func (c *xConn) ask(code, detail byte, body []byte) ([]byte, error) {
	if err := c.send(code, detail, body); err != nil {
		return nil, err
	}
	for {
		reply := make([]byte, 32)
		if _, err := io.ReadFull(c, reply); err != nil {
			return nil, err
		}
		switch reply[0] {
		case 0:
			return nil, fmt.Errorf("%w: code %d, error %d", errRequest, code, reply[1])
		case 1:
			rest := make([]byte, 4*int(le.Uint32(reply[4:])))
			_, err := io.ReadFull(c, rest)
			return append(reply, rest...), err
		}
	}
}

// words packs 32-bit values.
func words(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = le.AppendUint32(out, v)
	}
	return out
}

// windows lists every visible window that has a title.
func (c *xConn) windows() []window {
	var found []window
	c.walk(c.root, &found)
	return found
}

// walk collects the titled windows below id. Windows that vanish meanwhile are passed over.
func (c *xConn) walk(id uint32, found *[]window) {
	tree, err := c.ask(opQueryTree, 0, words(id))
	if err != nil {
		return
	}
	for i := range int(le.Uint16(tree[16:])) {
		child := le.Uint32(tree[32+4*i:])
		if w, ok := c.describe(child); ok {
			*found = append(*found, w)
		}
		c.walk(child, found)
	}
}

// describe reads a window's title and place; ok is false if it is hidden or has no title.
func (c *xConn) describe(id uint32) (w window, ok bool) {
	attributes, err := c.ask(opGetWindowAttributes, 0, words(id))
	if err != nil || attributes[26] != viewable {
		return w, false
	}
	title := c.property(id, c.atom("_NET_WM_NAME"))
	if title == "" {
		title = c.property(id, atomWMName)
	}
	geometry, err := c.ask(opGetGeometry, 0, words(id))
	if err != nil || title == "" {
		return w, false
	}
	corner, err := c.ask(opTranslate, 0, words(id, c.root, 0))
	if err != nil {
		return w, false
	}
	x, y := int(int16(le.Uint16(corner[12:]))), int(int16(le.Uint16(corner[14:])))
	size := image.Pt(int(le.Uint16(geometry[16:])), int(le.Uint16(geometry[18:])))
	return window{id: id, title: title, bounds: image.Rectangle{Max: size}.Add(image.Pt(x, y))}, true
}

// property reads a text property, "" if the window has none.
func (c *xConn) property(id, name uint32) string {
	const anyType, maxWords = 0, 256
	reply, err := c.ask(opGetProperty, 0, words(id, name, anyType, 0, maxWords))
	if err != nil || reply[1] != 8 {
		return ""
	}
	return string(reply[32 : 32+le.Uint32(reply[16:])])
}

// atom is the server's number for a name; 0 if it cannot be had.
func (c *xConn) atom(name string) uint32 {
	if known, ok := c.atoms[name]; ok {
		return known
	}
	body := append(le.AppendUint16(nil, uint16(len(name))), 0, 0)
	reply, err := c.ask(opInternAtom, 0, append(body, name...))
	if err != nil {
		return 0
	}
	c.atoms[name] = le.Uint32(reply[8:])
	return c.atoms[name]
}

// screenshot copies the whole screen, which must have 24 or 32 bits per pixel.
func (c *xConn) screenshot() (*image.RGBA, error) {
	body := words(c.root, 0)
	body = le.AppendUint16(body, uint16(c.width))
	body = le.AppendUint16(body, uint16(c.height))
	reply, err := c.ask(opGetImage, zPixmap, append(body, words(^uint32(0))...))
	if err != nil {
		return nil, err
	}
	pixels := reply[32:]
	if len(pixels) < 4*c.width*c.height {
		return nil, fmt.Errorf("the screen has %d bits per pixel, 24 are needed", reply[1])
	}
	out := image.NewRGBA(image.Rect(0, 0, c.width, c.height))
	for i := 0; i < len(out.Pix); i += 4 {
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = pixels[i+2], pixels[i+1], pixels[i], 0xFF
	}
	return out, nil
}

// askToClose sends what a window manager sends when the user clicks the cross.
func (c *xConn) askToClose(id uint32) error {
	const noPropagate, noMask, currentTime = 0, 0, 0
	event := append([]byte{clientMessage, 32, 0, 0}, words(id, c.atom("WM_PROTOCOLS"), c.atom("WM_DELETE_WINDOW"), currentTime, 0, 0, 0)...)
	if err := c.send(opSendEvent, noPropagate, append(words(id, noMask), event...)); err != nil {
		return err
	}
	_, err := c.ask(opGetGeometry, 0, words(c.root)) // a round trip, so that the message is on its way
	return err
}
