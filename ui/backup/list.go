package backup

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"lianshao/app"
	"lianshao/ui/widgets"
)

// list shows backups in a grid.
type list struct {
	grid  *widgets.DataGrid
	items []app.Backup
	clock app.Clock
}

// newList makes the grid. With of, a first column tells whose they are.
func newList(clock app.Clock, of bool) *list {
	l := &list{clock: clock}
	cols := []widgets.Column{{ID: "time", Title: lang.L("备份时间"), Width: 136}, {ID: "ago", Title: lang.L("多久以前"), Width: 96},
		{ID: "size", Title: lang.L("大小"), Width: 78, Align: widgets.AlignRight}, {ID: "seq", Title: lang.L("到第几项操作"), Width: 96, Align: widgets.AlignRight},
		{ID: "why", Title: lang.L("为什么留着"), Width: 290}, {ID: "verified", Title: lang.L("核对"), Width: 170}, {ID: "file", Title: lang.L("哪个文件的"), Width: 170, Grow: true}}
	if of {
		cols = append([]widgets.Column{{ID: "pilot", Title: lang.L("试点文件"), Width: 260, Grow: true}}, cols[:3]...)
		cols = append(cols, widgets.Column{ID: "verified", Title: lang.L("核对"), Width: 130}, widgets.Column{ID: "where", Title: lang.L("原来的文件"), Width: 230, Grow: true})
	}
	l.grid = widgets.NewDataGrid(cols, l)
	return l
}

func (l *list) set(items []app.Backup) {
	l.items = items
	l.grid.Refresh()
	if row, col := l.grid.Current(); len(items) > 0 && (row < 0 || row >= len(items)) {
		l.grid.Select(0, col)
	}
}

// current is the chosen backup.
func (l *list) current() (app.Backup, bool) {
	row, _ := l.grid.Current()
	if row < 0 || row >= len(l.items) {
		return app.Backup{}, false
	}
	return l.items[row], true
}

// Len implements widgets.Source.
func (l *list) Len() int { return len(l.items) }

// Cell implements widgets.Source.
func (l *list) Cell(row int, col string) widgets.Cell {
	b := l.items[row]
	switch col {
	case "pilot":
		return widgets.Cell{Text: name(b)}
	case "time":
		return widgets.Cell{Text: b.Time.Format("2006-01-02 15:04")}
	case "ago":
		return widgets.Cell{Text: ago(l.clock(), b.Time)}
	case "size":
		return widgets.Cell{Text: size(b.Size)}
	case "seq":
		if b.Seq == 0 {
			return widgets.Cell{}
		}
		return widgets.Cell{Text: fmt.Sprint(b.Seq)}
	case "why":
		return widgets.Cell{Text: why(b.Why), Muted: true}
	case "verified":
		return verified(b)
	case "where":
		return widgets.Cell{Text: filepath.Dir(b.Origin), Muted: true}
	}
	if b.Origin == "" {
		return widgets.Cell{}
	}
	return widgets.Cell{Text: filepath.Base(b.Origin), Muted: true}
}

// name is what the backup's pilot file was called.
func name(b app.Backup) string {
	if b.Origin == "" {
		return lang.L("（没有记下名称）")
	}
	return strings.TrimSuffix(filepath.Base(b.Origin), extension)
}

// why says why a backup is kept.
func why(r app.BackupReason) string {
	var out []string
	for _, x := range []struct {
		r    app.BackupReason
		text string
	}{{app.BackupRecent, "最近 10 次"}, {app.BackupOfDay, "当天最后一次"}, {app.BackupOfWeek, "当周最后一次"},
		{app.BackupOldFormat, "升级格式以前"}, {app.BackupOther, "不是程序放的，不会删"}} {
		if r&x.r != 0 {
			out = append(out, lang.L(x.text))
		}
	}
	return strings.Join(out, "，")
}

func verified(b app.Backup) widgets.Cell {
	switch {
	case b.Bad:
		return widgets.Cell{Text: fmt.Sprintf(lang.L("已损坏（%s 查出）"), b.Verified.Format("1月2日")), Warn: true}
	case b.Verified.IsZero():
		return widgets.Cell{Text: lang.L("没有核对过"), Warn: true}
	case b.Verified.Sub(b.Time).Abs() < time.Minute:
		return widgets.Cell{Text: lang.L("写好时已核对"), Muted: true}
	}
	return widgets.Cell{Text: b.Verified.Format("1月2日 15:04 ") + lang.L("核对过"), Muted: true}
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// ago says how long ago something was.
func ago(now, t time.Time) string {
	switch d := now.Sub(t); {
	case d < -time.Minute:
		return lang.L("晚于现在")
	case d < time.Minute:
		return lang.L("刚刚")
	case d < time.Hour:
		return fmt.Sprintf(lang.L("%d 分钟前"), int(d.Minutes()))
	case d < 24*time.Hour:
		return fmt.Sprintf(lang.L("%d 小时前"), int(d.Hours()))
	case d < 60*24*time.Hour:
		return fmt.Sprintf(lang.L("%d 天前"), int(d.Hours()/24))
	default:
		return fmt.Sprintf(lang.L("%d 个月前"), int(d.Hours()/24/30))
	}
}

// moment names a backup in a sentence: 9月20日 15:04.
func moment(b app.Backup) string { return b.Time.Format("1月2日 15:04") }
