package failure

import (
	"bytes"
	"io"
)

// NoWindow is what a person reads when the system cannot show the window.
const NoWindow = "打不开窗口：这台电脑没有可用的图形环境，廉哨需要 OpenGL 2.1。\n\n" +
	"请更新显卡驱动；远程桌面或虚拟机里，按安装包中“兼容模式.txt”的办法使用软件绘图。\n" +
	"试点文件没有改动。没有窗口时，命令行（lianshao help）照样能用。"

// windowFaults are the toolkit's words when it has no window or no graphics.
var windowFaults = [][]byte{[]byte("failed to initialise GLFW"), []byte("window creation error"), []byte("failed to initialise OpenGL")}

// Watcher reads the toolkit's messages as they are written and calls Alert, once,
// when one says that there can be no window. Everything goes on to Next.
type Watcher struct {
	Next  io.Writer
	Alert func()

	alerted bool
}

// Write looks for the toolkit's words; the log package calls it one line at a time.
func (w *Watcher) Write(p []byte) (int, error) {
	n, err := w.Next.Write(p)
	if w.alerted {
		return n, err
	}
	for _, fault := range windowFaults {
		if bytes.Contains(p, fault) {
			w.alerted = true
			w.Alert()
			break
		}
	}
	return n, err
}
