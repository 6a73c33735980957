package pilotfile

import (
	"path/filepath"

	"golang.org/x/sys/windows"

	"lianshao/app"
)

// placeOf tells what kind of medium a file lies on, as far as the system says.
func placeOf(path string) app.Place {
	volume := filepath.VolumeName(path)
	if len(volume) > 2 && volume[:2] == `\\` {
		return app.PlaceShare
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return app.PlaceUnknown
	}
	switch windows.GetDriveType(root) {
	case windows.DRIVE_REMOTE:
		return app.PlaceShare
	case windows.DRIVE_REMOVABLE:
		return app.PlaceStick
	case windows.DRIVE_CDROM:
		return app.PlaceDisc
	case windows.DRIVE_FIXED:
		return app.PlaceLocal
	}
	return app.PlaceUnknown
}
