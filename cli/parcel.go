package cli

import (
	"path/filepath"
	"strings"

	"lianshao/app"
)

// parcelVariable holds the password of exchange packages.
const parcelVariable = "LIANSHAO_PACKAGE_PASSWORD"

// variableFor names the environment variable that holds a file's password.
func variableFor(path string) string {
	if strings.EqualFold(filepath.Ext(path), app.ParcelExtension) {
		return parcelVariable
	}
	return passwordVariable
}

func (c *call) packer() (app.Packer, error) {
	if p, ok := c.Stores.(unlocking).Stores.(app.Packer); ok {
		return p, nil
	}
	return nil, refuse("这个版本还不能做交换包。")
}

// runPack writes the pilot into an encrypted package for somebody else.
func runPack(c *call) (int, error) {
	p, err := c.packer()
	if err != nil {
		return 0, err
	}
	out := c.args[1]
	if !strings.EqualFold(filepath.Ext(out), app.ParcelExtension) {
		return 0, refuse("交换包的文件名要以 %s 结尾，现为“%s”。", app.ParcelExtension, filepath.Base(out))
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	password, err := c.newPassword(parcelVariable, "交换包的密码：")
	if err != nil {
		return 0, err
	}
	made, err := p.Pack(s.Store, out, password, app.Parcel{Pilot: s.Pilot.Info().Name, From: c.Actor})
	if err != nil {
		return 0, err
	}
	c.print("已做成交换包 %s：%d 条记录，操作记录到第 %d 条", out, made.Records, made.Head.Seq)
	c.say("请用另外的办法（当面、电话）把密码告诉收件人，不要和交换包一起发。")
	return ExitDone, nil
}

// runUnpack makes a pilot file of a package.
func runUnpack(c *call) (int, error) {
	p, err := c.packer()
	if err != nil {
		return 0, err
	}
	var made app.Parcel
	err = c.withPassword(c.args[0], func(password string) (err error) {
		made, err = p.Unpack(c.args[0], password, c.args[1])
		return err
	})
	if err != nil {
		return 0, err
	}
	c.print("已拆成试点文件 %s：《%s》，由 %s（%s）在 %s 做成，%d 条记录，校验码 %s", c.args[1], made.Pilot, made.From, made.Host,
		made.Made.Local().Format("2006-01-02 15:04"), made.Records, made.Head)
	c.say("拆出的试点文件没有口令，需要时用 lianshao password 设。")
	return ExitDone, nil
}
