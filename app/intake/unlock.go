package intake

import (
	"context"
	"errors"
)

// WithPassword returns a reader that opens encrypted workbooks by the password of
// the person who started it; "" knows none.
func WithPassword(r Reader, password string) Reader {
	if password == "" {
		return r
	}
	return unlocking{r, password}
}

type unlocking struct {
	Reader
	password string
}

// Read implements Reader.
func (u unlocking) Read(ctx context.Context, path string, progress func(done, total int)) (*Book, error) {
	b, err := u.Reader.Read(ctx, path, progress)
	if errors.Is(err, ErrPassword) {
		return u.ReadAs(ctx, path, Choices{Password: u.password}, progress)
	}
	return b, err
}
