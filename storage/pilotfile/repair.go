package pilotfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lianshao/app"
	"lianshao/domain"
)

// Repair writes everything that can still be read of a damaged pilot file to a
// new file; the damaged one is only read. The report tells what was lost, what is
// doubtful and what was saved. The new pilot keeps id and password of the old
// one. Codes: CodeInvalid when out exists, CodeDamaged when nothing could be
// saved, otherwise those of Open.
func Repair(path, out, secret string, now time.Time) (Report, error) {
	rep := newReport(path)
	if _, err := os.Lstat(out); err == nil {
		return rep, app.E(app.CodeInvalid, "已有同名文件《%s》，没有覆盖它。请换一个文件名", filepath.Base(out))
	}
	if err := precheck(path, path); err != nil && app.CodeOf(err) != app.CodeForeign {
		return rep, err // without its head a pilot looks foreign
	}
	f, err := os.Open(path)
	if err != nil {
		return rep, openError(err, path)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return rep, openError(err, path)
	}
	p, err := openPages(f, info.Size(), true)
	if err != nil { // both heads are gone: no tree, but pages
		p = headless(f, info.Size())
	}
	temp := filepath.Join(filepath.Dir(out), tempName())
	defer os.Remove(temp)
	if err := salvageInto(p, path, temp, secret, &rep, now); err != nil {
		return rep, createError(err, out)
	}
	if err := os.Rename(temp, out); err != nil {
		return rep, createError(err, out)
	}
	syncFolder(filepath.Dir(out))
	rep.OK = len(rep.Bad) == 0
	return rep, nil
}

// salvageInto saves a file of any format.
func salvageInto(p *pages, path, to, secret string, rep *Report, now time.Time) error {
	if _, err := readMeta(p); errors.Is(err, errOldFormat) {
		return repair1(p, to, rep, now)
	}
	err := repair2(p, path, to, secret, rep, now)
	if errors.Is(err, errHeader) && repair1(p, to, rep, now) == nil {
		return nil // format 1 with a damaged beginning: it has no header to find
	}
	return err
}

// repair1 saves a file of format 1.
func repair1(p *pages, to string, rep *Report, now time.Time) error {
	r := &reader1{p: p}
	return buildFile(to, r.seed(), func(b *builder) error {
		if err := r.into(b); err != nil {
			return err
		}
		if len(r.bad) > 0 {
			if err := r.salvage(b, rep); err != nil {
				return err
			}
		}
		rep.Bad = append(rep.Bad, r.bad...)
		rep.Journal = int(b.st.Seq)
		return b.finish(rep, now)
	})
}

// repair2 saves a file of the present format.
func repair2(p *pages, path, to, secret string, rep *Report, now time.Time) error {
	v := &salvage{p: p}
	if err := v.unlock(secret, filepath.Base(path)); err != nil {
		return openError(err, path)
	}
	v.collect()
	sd := &seed{header: v.s.header, data: v.s.keys.data, chain: v.s.chain}
	return buildFile(to, sd, func(b *builder) error {
		if err := v.into(b, rep); err != nil {
			return err
		}
		return b.finish(rep, now)
	})
}

// finish counts what was saved and writes a word on it into the journal.
func (b *builder) finish(rep *Report, now time.Time) error {
	total := 0
	for _, k := range b.seen {
		rep.Records[k]++
		total++
	}
	if total+rep.Journal+rep.Blobs == 0 {
		return errNothing(filepath.Base(rep.Path))
	}
	label := fmt.Sprintf("修复受损的试点文件：救出 %d 条记录，其中 %d 条存疑，%d 处没有救回", total, len(rep.Doubtful), len(rep.Bad))
	body, err := packEntry(summary{Time: now.UnixNano(), Action: app.ActionDo, Op: "repair", Label: label, Final: true, Kinds: map[domain.Kind]int{}}, []storedChange{})
	if err != nil {
		return err
	}
	return b.entry(body)
}
