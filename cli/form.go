package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianshao/app"
	"lianshao/app/export"
	"lianshao/domain"
)

// runForm makes a form to hand out. With a folder as OUT it makes one for each
// unit, or for each assessor where the form is a scoring sheet.
func runForm(c *call) (int, error) {
	round, err := c.number("round", 0, 1, 1000)
	if err != nil {
		return 0, err
	}
	q := export.Request{Kind: c.flags["kind"], Unit: c.flags["unit"], Post: c.flags["post"], Assessor: c.flags["assessor"], Round: round}
	p, store, err := c.formPilot()
	if err != nil {
		return 0, err
	}
	if store != nil {
		defer store.Close()
	}
	out := c.args[0]
	if !isFolder(out) {
		if err := c.writeForm(p, store, q, out); err != nil {
			return 0, err
		}
		c.print("已生成 %s", out)
		return ExitDone, nil
	}
	if _, err := export.Form(p, q); err != nil {
		return 0, err
	}
	shares := export.Shares(domain.Kind(q.Kind))
	if len(shares) == 0 {
		return 0, refuse("“%s”全校只有一份，请写明文件名，不要只写文件夹。", export.FormTitle(domain.Kind(q.Kind)))
	}
	files := export.FormFiles(p, q, shares[0])
	for _, f := range files {
		if err := c.writeForm(p, store, f.Request, filepath.Join(out, f.Name)); err != nil {
			return 0, err
		}
	}
	c.print("已在 %s 生成 %d 份", out, len(files))
	return ExitDone, nil
}

func isFolder(path string) bool {
	st, err := os.Stat(path)
	return strings.HasSuffix(path, "/") || err == nil && st.IsDir()
}

// formPilot opens the pilot whose names the form is to have; without one the
// university template gives the indicators.
func (c *call) formPilot() (*domain.Pilot, app.PilotStore, error) {
	if path, ok := c.flags["pilot"]; ok {
		s, err := app.OpenPilot(c.Stores, path, c.Clock, c.NewID, c.Actor, c.progress("正在打开"))
		if err != nil {
			return nil, nil, err
		}
		return s.Pilot, s.Store, nil
	}
	p := domain.NewPilot()
	cmd, err := app.CreateFrom(app.TemplateUniversity, c.Clock().Year(), c.NewID)
	if err != nil {
		return nil, nil, err
	}
	cs, err := cmd.Plan(p)
	if err != nil {
		return nil, nil, err
	}
	p.Apply(cs)
	for _, u := range slices.Clone(p.Units.All()) { // the template's own units are nobody's
		p.Units.Delete(u.ID)
	}
	return p, nil, nil
}

func (c *call) writeForm(p *domain.Pilot, store app.PilotStore, q export.Request, path string) error {
	wb, err := export.Form(p, q)
	if err != nil {
		return err
	}
	if store != nil {
		wb.Mark = export.MarkOf(store, true)
	}
	return c.Sheets.Write(context.Background(), path, wb, nil)
}
