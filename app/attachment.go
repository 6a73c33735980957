package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lianshao/domain"
)

// MaxAttachment bounds a file kept in a pilot, in bytes.
const MaxAttachment = 20 << 20

// KeepFile puts a file's content into the pilot file and returns the record that
// describes it, not yet stored: AttachTo does that. It may run on any goroutine.
func (s *Session) KeepFile(path string) (*domain.Attachment, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, Wrap(CodeIO, err, "读不到文件“%s”，请检查它是否还在、有没有读取权限。", name)
	case info.IsDir():
		return nil, E(CodeInvalid, "“%s”是文件夹，附件要逐个文件添加。", name)
	case info.Size() > MaxAttachment:
		return nil, E(CodeInvalid, "“%s”有 %.1f MB，一个附件最多 20 MB。请压缩或截取后再添加。", name, float64(info.Size())/(1<<20))
	case info.Size() == 0:
		return nil, E(CodeInvalid, "“%s”是空文件，没有内容可以存。", name)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, Wrap(CodeIO, err, "读不到文件“%s”，请检查它是否还在、有没有读取权限。", name)
	}
	sum, err := s.Store.PutBlob(content)
	if err != nil {
		return nil, err
	}
	return &domain.Attachment{Base: domain.Base{Code: "FJ-" + strings.ToUpper(sum[:8])}, Name: name, Size: int64(len(content)), SHA256: sum, Added: s.Today()}, nil
}

// AttachTo stores files kept by KeepFile and hangs them on a record. A file that
// hangs there already is not hung twice.
func AttachTo(k domain.Kind, id domain.ID, files []*domain.Attachment, newID IDs) Command {
	op := domain.Op{Name: "attach", Label: fmt.Sprintf("添加 %d 个附件", len(files))}
	if len(files) == 1 {
		op.Label = "添加附件 " + files[0].Name
	}
	return Edit(op, func(d *domain.Pilot) error {
		h, err := holder(d, k, id)
		if err != nil {
			return err
		}
		refs := h.Files()
		for _, f := range files {
			known, ok := d.Attachments.ByKey(f.Natural())
			if !ok {
				known = f.Clone().(*domain.Attachment)
				known.SetBase(newID(), "附件")
				d.Put(known)
			}
			if !slices.ContainsFunc(*refs, func(r domain.Ref) bool { return r.ID == known.ID }) {
				*refs = append(*refs, domain.To(known.ID))
			}
		}
		d.Put(h)
		return nil
	})
}

// Detach takes a file off a record; the file itself goes when nothing else holds it.
func Detach(k domain.Kind, id, file domain.ID) Command {
	return CommandFunc(func(p *domain.Pilot) (domain.ChangeSet, error) {
		d := p.Draft()
		h, err := holder(d, k, id)
		if err != nil {
			return domain.ChangeSet{}, err
		}
		refs := h.Files()
		*refs = slices.DeleteFunc(*refs, func(r domain.Ref) bool { return r.ID == file })
		d.Put(h)
		name := ""
		if f, ok := d.Attachments.Get(file); ok {
			name = f.Name
			if len(HoldersOf(d, file)) == 0 {
				d.Attachments.Delete(file)
			}
		}
		return d.Changes(domain.Op{Name: "detach", Label: "移除附件 " + name}), nil
	})
}

func holder(d *domain.Pilot, k domain.Kind, id domain.ID) (domain.Holder, error) {
	r, ok := d.Get(k, id)
	if !ok {
		return nil, E(CodeNotFound, "要添加附件的%s已不存在", k)
	}
	h, ok := r.Clone().(domain.Holder)
	if !ok {
		return nil, E(CodeInvalid, "%s没有附件", k)
	}
	return h, nil
}

// HoldersOf lists the records on which a file hangs.
func HoldersOf(p *domain.Pilot, file domain.ID) []domain.Holder {
	var out []domain.Holder
	for _, k := range []domain.Kind{domain.KindMeeting, domain.KindCaseCard, domain.KindArtefact} {
		p.Table(k).Each(func(r domain.Record) bool {
			h := r.(domain.Holder)
			if slices.ContainsFunc(*h.Files(), func(f domain.Ref) bool { return f.ID == file }) {
				out = append(out, h)
			}
			return true
		})
	}
	return out
}

// Content returns what is in an attachment, checked against its SHA-256.
func (s *Session) Content(a *domain.Attachment) ([]byte, error) {
	content, err := s.Store.Blob(a.SHA256)
	if err != nil {
		return nil, Wrap(CodeOf(err), err, "附件“%s”取不出来：%s", a.Name, Sentence(err))
	}
	return content, nil
}

// opened are the endings of files that programs show without running them.
var opened = []string{".pdf", ".ofd", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps", ".rtf", ".txt", ".csv",
	".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".mp3", ".wav", ".m4a", ".mp4", ".mov", ".avi", ".mkv"}

// Openable reports whether an attachment may be opened from within the program:
// programs and documents with macros may only be exported.
func Openable(name string) bool { return slices.Contains(opened, strings.ToLower(filepath.Ext(name))) }

// PrivateCopies holds files for looking at and printing, in a folder that only
// this user may enter. They are overwritten and removed by Wipe.
type PrivateCopies struct{ Dir string }

// Write makes a read-only copy and returns its path.
func (c PrivateCopies) Write(name string, content []byte) (string, error) {
	if !Openable(name) {
		return "", E(CodeInvalid, "“%s”这种文件不在程序里打开，请先导出，用杀毒软件查过再打开。", name)
	}
	path, err := c.Place(name)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		os.RemoveAll(filepath.Dir(path))
		return "", noRoom(err, name)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		return "", noRoom(err, name)
	}
	return path, nil
}

// Place makes a folder of its own for a file still to be written and returns the
// file's path. Of the name only the ending is kept: contents can be overwritten, names
// of removed files stay on a disk.
func (c PrivateCopies) Place(name string) (string, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return "", noRoom(err, name)
	}
	dir, err := os.MkdirTemp(c.Dir, "")
	if err != nil {
		return "", noRoom(err, name)
	}
	return filepath.Join(dir, "文件"+strings.ToLower(filepath.Ext(name))), nil
}

func noRoom(err error, name string) error {
	return Wrap(CodeIO, err, "不能在临时文件夹里存“%s”，请检查磁盘空间和权限。", name)
}

// Wipe overwrites and removes all copies. What another program still holds open
// is left for the next time; the error says that there was such a file.
func (c PrivateCopies) Wipe() error {
	var last error
	walk := filepath.WalkDir(c.Dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if err := wipeFile(path); err != nil {
				last = err
			}
		}
		return nil
	})
	if err := os.RemoveAll(c.Dir); err != nil {
		last = err
	}
	if os.IsNotExist(walk) {
		walk = nil
	}
	if last == nil {
		last = walk
	}
	return last
}

// wipeFile writes zeros over a file. On disks that move what is written elsewhere
// the old bytes may survive; it is what a program can do.
func wipeFile(path string) error {
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	zeros := make([]byte, 1<<16)
	for left := info.Size(); left > 0; left -= int64(len(zeros)) {
		if _, err := f.Write(zeros[:min(left, int64(len(zeros)))]); err != nil {
			return err
		}
	}
	return f.Sync()
}
