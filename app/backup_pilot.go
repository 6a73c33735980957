package app

// Copier is a store that can copy its open file, read the copy whole and only
// then give it its name. An existing file is refused.
type Copier interface {
	CopyTo(path string) error
}

// BackupPilot copies an open pilot to a new file.
func BackupPilot(s *Session, to string) error {
	c, ok := s.Store.(Copier)
	if !ok {
		return E(CodeInvalid, "这个试点不在文件里，不能备份。")
	}
	return c.CopyTo(to)
}
