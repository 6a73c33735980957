package app

import "time"

// ParcelExtension is that of exchange packages.
const ParcelExtension = ".lianshao-pack"

// Parcel says what an exchange package (交换包) holds: a pilot on its way to
// somebody else, encrypted as a whole under a password that both know.
type Parcel struct {
	Pilot   string    `json:"pilot"`   // the pilot's name
	From    string    `json:"from"`    // who made the package
	Host    string    `json:"host"`    // on which computer
	Made    time.Time `json:"made"`    //
	Head    ChainHead `json:"head"`    // where the journal stood: an anchor for its receiver
	Records uint64    `json:"records"` // how many records
}

// Packer is a Stores that makes exchange packages and takes them apart. A package
// is read like a pilot that is opened for reading only, given its password.
type Packer interface {
	// Pack writes a pilot into a new package. The password of the pilot itself does
	// not go along. Codes: CodeInvalid for a short password or a file that is there,
	// CodeIO.
	Pack(pilot PilotStore, path, password string, about Parcel) (Parcel, error)
	// Unpack makes a pilot file of a package, without a password. Codes:
	// CodePassword, CodeDamaged, CodeForeign, CodeNewer, CodeInvalid for a file that
	// is there, CodeIO.
	Unpack(path, password, to string) (Parcel, error)
}

// Parcelled is a store that was opened from an exchange package.
type Parcelled interface {
	// Parcel says what the package told; false for an ordinary pilot file.
	Parcel() (Parcel, bool)
}
