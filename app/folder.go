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
	found, _, err := Under(paths, extensions)
	return found, err
}

// Under is FilesUnder that also lists the other files of the folders, so that they can
// be told of.
func Under(paths, extensions []string) (found, others []string, err error) {
	seen := map[string]bool{}
	add := func(to *[]string, path string) {
		if !seen[path] {
			seen[path] = true
			*to = append(*to, path)
		}
	}
	for _, path := range paths {
		st, err := os.Stat(path)
		if err != nil || !st.IsDir() {
			add(&found, path) // whoever reads it says what is wrong with it
			continue
		}
		err = filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
			hidden := p != path && (strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$"))
			switch {
			case err != nil:
				return err
			case hidden && e.IsDir():
				return fs.SkipDir
			case hidden || !e.Type().IsRegular():
			case slices.Contains(extensions, strings.ToLower(filepath.Ext(p))):
				add(&found, p)
			default:
				add(&others, p)
			}
			return nil
		})
		if err != nil {
			return nil, nil, Wrap(CodeIO, err, "文件夹“%s”不能读取，请检查是否有权限打开它", filepath.Base(path))
		}
	}
	return found, others, nil
}
