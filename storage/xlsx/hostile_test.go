package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianshao/storage/xls/oletest"
)

// What a refused file may cost.
const (
	mostMemory = 512 // MB
	mostTime   = 10 * time.Second
)

// hostile files are written by fill; only those that are small run in every test.
type hostile struct {
	name, file string
	long       bool
	fill       func(w io.Writer) error
}

// oneSheet writes a workbook whose sheet is written by rows, and its strings by
// strs, nil = as they are.
func oneSheet(rows, strs func(w io.Writer)) func(io.Writer) error {
	return func(w io.Writer) error {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
		for name, text := range minimal() {
			f, err := z.Create(name)
			if err != nil {
				return err
			}
			switch {
			case name == sheet1 && rows != nil:
				io.WriteString(f, `<worksheet><sheetData>`)
				rows(f)
				io.WriteString(f, `</sheetData></worksheet>`)
			case name == "xl/sharedStrings.xml" && strs != nil:
				io.WriteString(f, `<sst>`)
				strs(f)
				io.WriteString(f, `</sst>`)
			default:
				io.WriteString(f, text)
			}
		}
		return z.Close()
	}
}

// noise is text that does not pack to nothing.
func noise(n int) string {
	rng := rand.New(rand.NewPCG(uint64(n), 1))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + rng.IntN(26))
	}
	return string(b)
}

// lines writes n lines made by line.
func lines(n int, line func(i int) string) func(io.Writer) {
	return func(w io.Writer) {
		var buf bytes.Buffer
		for i := range n {
			buf.WriteString(line(i))
			if buf.Len() > 1<<20 {
				w.Write(buf.Bytes())
				buf.Reset()
			}
		}
		w.Write(buf.Bytes())
	}
}

func hostiles() []hostile {
	text := noise(1 << 20)
	piece := func(i, n int) string { at := i * 7919 % (len(text) - n); return text[at : at+n] }
	bad := func(w io.Writer) { io.WriteString(w, `<row><c></row>`) }
	return []hostile{
		{"a million nested", "a.xlsx", false, oneSheet(func(w io.Writer) { io.WriteString(w, strings.Repeat("<a>", 1_000_000)) }, nil)},
		{"30 MB of blank rows", "a.xlsx", false, oneSheet(func(w io.Writer) { lines(4_000_000, func(int) string { return "<row/>" })(w); bad(w) }, nil)},
		{"wide rows", "a.xlsx", false, oneSheet(lines(2_000, func(i int) string { return fmt.Sprintf(`<row><c r="XFD%d"><v>1</v></c></row>`, i+1) }), nil)},
		{"a CSV of one line", "a.csv", false, func(w io.Writer) error { lines(5<<20, func(i int) string { return "1," })(w); return nil }},
		{"a gigabyte sheet", "a.xlsx", true, oneSheet(lines(1<<20, func(i int) string { return "<row><c><v>" + piece(i, 990) + "</v></c></row>" }), nil)},
		{"a sheet of texts as large as may be, wrong at the end", "a.xlsx", true, oneSheet(func(w io.Writer) {
			lines(180_000, func(i int) string { return `<row><c t="str"><v>` + piece(i, 1000) + `</v></c></row>` })(w)
			bad(w)
		}, nil)},
		{"texts of 120 MB and cells of 4.4 million, wrong at the end", "a.xlsx", true, oneSheet(func(w io.Writer) {
			lines(190_000, func(i int) string { return "<row>" + strings.Repeat(`<c t="s"><v>1</v></c>`, 23) + "</row>" })(w)
			bad(w)
		}, lines(110_000, func(i int) string { return "<si><t>" + piece(i, 1000) + "</t></si>" }))},
		{"strings of 190 MB", "a.xlsx", true, oneSheet(nil, lines(190_000, func(i int) string { return "<si><t>" + piece(i, 1000) + "</t></si>" }))},
		{"three million short strings", "a.xlsx", true, oneSheet(nil, lines(3_000_001, func(i int) string { return "<si><t>" + piece(i, 8) + "</t></si>" }))},
		{"five million cells", "a.xlsx", true, oneSheet(lines(100_000, func(i int) string { return "<row>" + strings.Repeat("<c><v>1234567.5</v></c>", 50) + "</row>" }), nil)},
		{"a CSV of 63 MB in GB18030, wrong at the end", "a.csv", true, func(w io.Writer) error {
			lines(190_000, func(i int) string { return strings.Repeat("\xb7\xe7\xcf\xd5,", 66) + "\n" })(w)
			_, err := io.WriteString(w, "\"open")
			return err
		}},
		{"random bytes behind a zip's head", "a.xlsx", true, func(w io.Writer) error {
			io.WriteString(w, "PK\x03\x04")
			lines(200, func(i int) string { return text })(w)
			return nil
		}},
		{"an .xls of 60 MB of texts", "a.xls", true, fillXLS(60_000, text)},
	}
}

// fillXLS writes an old workbook of n rows with a text each and the last row twice.
func fillXLS(n int, text string) func(io.Writer) error {
	rec := func(b []byte, kind int, body ...byte) []byte {
		b = binary.LittleEndian.AppendUint16(b, uint16(kind))
		return append(binary.LittleEndian.AppendUint16(b, uint16(len(body))), body...)
	}
	return func(w io.Writer) error {
		bof := []byte{0, 6, 5, 0}
		head := rec(nil, 0x0809, bof...)
		name := rec(nil, 0x0085, byte(len(head)+17), 0, 0, 0, 0, 0, 1, 0, 'S')
		b := rec(append(head, name...), 0x000a)
		b[len(head)+4] = byte(len(b))
		b = rec(b, 0x0809, 0, 6, 0x10, 0)
		for i := range n {
			body := []byte{byte(i), byte(i >> 8), 0, 0, 0, 0, 0xe8, 3, 0}
			b = rec(b, 0x0204, append(body, text[i*7919%(len(text)-1000):][:1000]...)...)
		}
		b = rec(b, 0x0204, append([]byte{0, 0, 0, 0, 0, 0, 1, 0, 0}, 'x')...)
		_, err := w.Write(oletest.File(oletest.Stream{Name: "Workbook", Content: rec(b, 0x000a)}))
		return err
	}
}

// hostileFile names the file for the process that reads it.
const hostileFile = "LIANSHAO_HOSTILE_FILE"

// TestReadHostileFile is what the process of its own runs.
func TestReadHostileFile(t *testing.T) {
	path := os.Getenv(hostileFile)
	if path == "" {
		return
	}
	b, err := Reader{}.Read(context.Background(), path, nil)
	if err == nil {
		t.Fatalf("read %d sheets", len(b.Sheets))
	}
	fmt.Println("refused:", err)
	fmt.Println("peak:", peakMemory()>>20)
}

// peakMemory is the most memory this process has held, as the system counts it; as
// the runtime does where the system does not tell.
func peakMemory() int {
	status, err := os.ReadFile("/proc/self/status")
	if _, after, ok := bytes.Cut(status, []byte("VmHWM:")); err == nil && ok {
		kB := 0
		fmt.Sscan(string(after), &kB)
		return kB << 10
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.Sys)
}

// TestHostileFiles refuses files made to fill memory or to take for ever, each in a
// process of its own. All of them run when LIANSHAO_SOAK is set, as ./task soak does.
func TestHostileFiles(t *testing.T) {
	for _, h := range hostiles() {
		if h.long && os.Getenv("LIANSHAO_SOAK") == "" {
			continue
		}
		t.Run(h.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), h.file)
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.fill(f); err != nil || f.Close() != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0], "-test.run=^TestReadHostileFile$", "-test.v")
			cmd.Env = append(os.Environ(), hostileFile+"="+path)
			out, err := cmd.CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("refused:")) {
				t.Fatalf("%v\n%s", err, out)
			}
			peak := 0
			_, after, _ := bytes.Cut(out, []byte("peak: "))
			fmt.Sscan(string(after), &peak)
			used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			t.Logf("%d MB, %.1f s of processor time", peak, used.Seconds())
			if peak == 0 || peak > mostMemory || used > mostTime {
				t.Errorf("%d MB, %v", peak, used)
			}
		})
	}
}
