package intake

import (
	"strings"

	"lianshao/domain"
)

// usedBy names the rounds that rested on a system or scheme before this import, ""
// when none did.
func (b *builder) usedBy(r domain.Record) string {
	var names []string
	for _, a := range b.before.InUse(r) {
		names = append(names, a.Title())
	}
	return strings.Join(names, "、")
}

// sealed names the rounds that were computed by a system, which an import must not
// change any more; "" when it may. A version whose weights are not complete has given
// no result yet: it may be completed.
func (b *builder) sealed(id domain.ID) string {
	was, ok := b.before.Systems.Get(id)
	if !ok || !was.Weighted() {
		return ""
	}
	return b.usedBy(was)
}

// final reports whether a round was final before this import.
func (b *builder) final(id domain.ID) bool {
	was, ok := b.before.Assessments.Get(id)
	return ok && was.Frozen
}
