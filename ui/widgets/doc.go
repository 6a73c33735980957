// Package widgets holds the generic building blocks of the window: the DataGrid
// and small things such as DateField, Toast and NavList. They know nothing of the
// domain: they call back, pages connect them to the use cases.
package widgets
