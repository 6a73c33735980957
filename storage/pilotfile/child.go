package pilotfile

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"time"

	"lianshao/app"
)

// A file that was damaged, or made to do harm, is read whole in a child process
// before the program uses it: whatever happens there ends the child only.

// Bounds of the child. Time grows with the file for slow disks.
const (
	childMemory  = 512 << 20
	childTime    = 10 * time.Second
	childPerByte = 50 * time.Nanosecond // 20 MB a second
)

// verdict is what the child says of a file.
type verdict struct {
	Code app.Code `json:"code,omitempty"` // "" = the file is whole
	// Records: only records are bad. Load, which is safe then, names them.
	Records bool `json:"records,omitempty"`
}

// VerifyInChild returns a Stores.Verify that runs a program, which is to call
// VerifyAsChild with the path it finds behind the arguments. The key goes through
// the child's standard input, where no other process can see it.
func VerifyInChild(program string, arguments ...string) func(path string, key []byte) error {
	return func(path string, key []byte) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), childTime+time.Duration(info.Size())*childPerByte)
		defer cancel()
		cmd := exec.CommandContext(ctx, program, append(arguments, path)...)
		in, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		hideWindow(cmd)
		if err := cmd.Start(); err != nil {
			return Verify(path, key) // no second process to be had: here, then
		}
		_, writeErr := in.Write(key)
		var v verdict
		readErr := errors.Join(writeErr, in.Close(), json.NewDecoder(io.LimitReader(out, 1<<16)).Decode(&v))
		waitErr := cmd.Wait()
		switch {
		case ctx.Err() != nil:
			return childError{"time", ctx.Err()}
		case readErr != nil || waitErr != nil:
			return childError{"end", errors.Join(readErr, waitErr)}
		}
		return v.err()
	}
}

func (v verdict) err() error {
	switch {
	case v.Code == "" || v.Records:
		return nil
	case v.Code == app.CodeNewer:
		return errNewer
	}
	return errBad
}

// childError is a child that came to no verdict: that is damage, too.
type childError struct {
	what  string
	cause error
}

func (e childError) Error() string { return "reading the file: " + e.what }

// VerifyAsChild is the child's part: it reads the key from in, the file from path,
// and writes its verdict. It returns the exit code.
func VerifyAsChild(path string, in io.Reader, out io.Writer) int {
	key := make([]byte, keyLength)
	if _, err := io.ReadFull(in, key); err != nil {
		return 1
	}
	go watchMemory()
	var v verdict
	if err := guard(func() error { return Verify(path, key) }); err != nil {
		v = verdict{app.CodeOf(openError(err, path)), errors.Is(err, errRecords) && !errors.Is(err, errBad)}
	}
	if json.NewEncoder(out).Encode(v) != nil {
		return 1
	}
	return 0
}

// watchMemory ends the process when it has taken more than a whole file can need.
func watchMemory() {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		metrics.Read(sample)
		if sample[0].Value.Uint64()-sample[1].Value.Uint64() > childMemory {
			os.Exit(1)
		}
		runtime.Gosched()
		time.Sleep(5 * time.Millisecond)
	}
}
