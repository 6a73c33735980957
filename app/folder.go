package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// FilesUnder lists the files that paths name, and those with one of the extensions
// (".xlsx", lower case) in the folders that paths name and below them, ordered by
// path, each once. Lock files of office programs (~$…) and hidden ones do not
// count. The error is CodeIO: a folder that cannot be read.
func FilesUnder(paths, extensions []string) ([]string, error) {
	var out []string
	add := func(path string) {
		if !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	for _, path := range paths {
		st, err := os.Stat(path)
		if err != nil || !st.IsDir() {
			add(path) // whoever reads it says what is wrong with it
			continue
		}
		err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
			hidden := p != path && (strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$"))
			switch {
			case err != nil:
				return err
			case hidden && e.IsDir():
				return fs.SkipDir
			case !hidden && e.Type().IsRegular() && slices.Contains(extensions, strings.ToLower(filepath.Ext(p))):
				add(p)
			}
			return nil
		})
		if err != nil {
			return nil, Wrap(CodeIO, err, "文件夹“%s”不能读取，请检查是否有权限打开它", filepath.Base(path))
		}
	}
	return out, nil
}
