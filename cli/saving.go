package cli

import (
	"errors"
	"path/filepath"

	"lianshao/app"
)

// opened says what was out of the ordinary about a pilot that was opened, and
// remembers to ask, at the end, whether it was saved.
func (c *call) opened(store app.PilotStore) {
	d, ok := store.(app.Document)
	if !ok {
		return
	}
	c.documents = append(c.documents, d)
	name := filepath.Base(store.Path())
	switch st := d.Saving(); {
	case st.Lacking > 0:
		c.say("注意：《%s》比本机上次存回时少 %d 项操作，可能是 U 盘没有真正写完，或换成了以前的拷贝。请先核对自动备份。", name, st.Lacking)
	case st.Recovered > 0:
		c.say("《%s》上次没有正常退出，已接着上次的继续：找回 %d 项操作，没有丢失。", name, st.Recovered)
	case st.SetAside != "":
		c.say("《%s》上次没有正常退出，而文件后来又被改过。上次留下的修改存为“%s”，可以核对后再汇总。", name, st.SetAside)
	case st.Waiting:
		c.say("《%s》以只读方式打开（%s），看到的是文件里的样子；本机还有上次没存回的修改，能写入以后再打开会接着用。", name, st.Why)
	case st.Upgraded && !st.ReadOnly:
		c.say("《%s》已升级到新格式，升级前的样子另有备份。", name)
	}
}

// saved tells whether what was done reached the files, and makes an exit code of it.
// told is what was said already.
func (c *call) saved(code int, told error) int {
	for _, d := range c.documents {
		st := d.Saving()
		if st.Conflict != "" {
			c.say("注意：其间《%s》被别的程序或别人改过，两份都没有动，这里的修改存在它旁边名字里带“本机”的文件里，可以再汇总。", filepath.Base(st.Conflict))
		}
		if st.BackupErr != nil {
			c.say("注意：%s", whole(app.Sentence(st.BackupErr)))
			c.log(st.BackupErr)
		}
		if st.Err != nil && !errors.Is(told, st.Err) {
			code = c.failed(st.Err)
		}
	}
	return code
}
