package pilotfile

import (
	"errors"
	"io"
	"os"
	"runtime"
	"time"
)

// disk is what a save asks of the file system, so that tests can refuse any of it.
type disk interface {
	Create(path string, perm os.FileMode) (diskFile, error) // refuses an existing file
	Open(path string) (diskFile, error)                     // for reading
	Rename(from, to string) error
	Remove(path string) error
	SyncFolder(path string) error
}

type diskFile interface {
	io.ReadWriteCloser
	Sync() error
}

// osDisk is the computer's own.
type osDisk struct{}

func (osDisk) Create(path string, perm os.FileMode) (diskFile, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, perm)
}
func (osDisk) Open(path string) (diskFile, error) { return os.Open(path) }
func (osDisk) Rename(from, to string) error       { return os.Rename(from, to) }
func (osDisk) Remove(path string) error           { return os.Remove(path) }

// SyncFolder makes a rename durable. Windows does so by itself, and some file
// systems (network shares, FAT) cannot be asked: that is no failure of the save.
func (osDisk) SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer d.Close()
	if err := d.Sync(); isDiskFull(err) || errors.Is(err, errIO) {
		return err
	}
	return nil
}

func syncFolder(path string) { _ = osDisk{}.SyncFolder(path) }

// rename replaces to by from. Virus scanners and indexers hold files for a
// moment after they appear, on Windows so that nobody can rename them: it is
// tried again for about two seconds.
func rename(d disk, from, to string) error {
	var err error
	for wait := 10 * time.Millisecond; wait < 1500*time.Millisecond; wait *= 2 {
		if err = d.Rename(from, to); err == nil || !isSharing(err) {
			return err
		}
		time.Sleep(wait)
	}
	return err
}
