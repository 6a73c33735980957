package failure

import "golang.org/x/sys/windows"

// Alert shows a message of the system itself, which needs no OpenGL.
func Alert(title, text string) {
	t, errTitle := windows.UTF16PtrFromString(title)
	m, errText := windows.UTF16PtrFromString(text)
	if errTitle == nil && errText == nil {
		_, _ = windows.MessageBox(0, m, t, windows.MB_OK|windows.MB_ICONERROR)
	}
}
