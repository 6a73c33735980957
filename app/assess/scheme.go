package assess

import (
	"fmt"

	"lianshao/app"
	"lianshao/domain"
)

// SaveScheme stores an edited level scheme, or a new one (without an ID). One that a
// round has used is refused: make the next version.
func SaveScheme(s *domain.LevelScheme, newID app.IDs) app.Command {
	op := domain.Op{Name: "edit-scheme", Label: fmt.Sprintf("修改预警等级方案 %s 第%d版", s.Name, max(s.Version, 1))}
	return app.Edit(op, func(d *domain.Pilot) error {
		next := s.Clone().(*domain.LevelScheme)
		if old, ok := d.Schemes.Get(next.ID); ok {
			if err := d.MayEditScheme(old); err != nil {
				return err
			}
		}
		next.Version = max(next.Version, 1)
		next.Code = next.Natural()
		if err := next.Check(); err != nil {
			return err
		}
		return put(d, next, newID)
	})
}

// NextScheme makes the version that follows a scheme; the new ID is returned.
func NextScheme(id domain.ID, newID app.IDs) (domain.ID, app.Command) {
	made := newID()
	return made, app.Edit(domain.Op{Name: "next-scheme", Label: "新建预警等级方案版本"}, func(d *domain.Pilot) error {
		old, ok := d.Schemes.Get(id)
		if !ok {
			return app.E(app.CodeNotFound, "要续版的预警等级方案已不存在")
		}
		next := d.NextScheme(old)
		next.ID, next.Origin = made, fmt.Sprintf("由第%d版续版", old.Version)
		d.Schemes.Put(next)
		return nil
	})
}
