package audit

// ReadBy makes the journal be read so many entries at a time.
func ReadBy(n int) (back func()) {
	was := page
	page = n
	return func() { page = was }
}
