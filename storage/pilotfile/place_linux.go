package pilotfile

import (
	"syscall"

	"lianshao/app"
)

// placeOf tells what kind of medium a file lies on, as far as the system says.
func placeOf(path string) app.Place {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return app.PlaceUnknown
	}
	switch uint32(st.Type) {
	case 0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x01021997: // nfs, smb, cifs, smb2, 9p
		return app.PlaceShare
	case 0x4D44, 0x2011BAB0: // vfat, exfat: what sticks are formatted with
		return app.PlaceStick
	case 0x9660, 0x15013346: // iso9660, udf
		return app.PlaceDisc
	}
	return app.PlaceLocal
}
