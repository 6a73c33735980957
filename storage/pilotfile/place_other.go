//go:build !linux && !windows

package pilotfile

import "lianshao/app"

// placeOf cannot tell here.
func placeOf(string) app.Place { return app.PlaceUnknown }
