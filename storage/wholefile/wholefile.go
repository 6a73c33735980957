// Package wholefile writes files so that their name never stands for half a file.
package wholefile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// ErrFolder says that a folder of the name is in the way.
var ErrFolder = errors.New("a folder has the file's name")

// Write lets write fill a neighbour of path, makes sure it is on the disk and renames
// it: path is either what it was or the whole new file, readable by all.
func Write(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return ErrFolder
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".lianshao-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is nothing left to remove
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644) // CreateTemp makes files private
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
