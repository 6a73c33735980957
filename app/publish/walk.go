package publish

import (
	"reflect"
	"sync"

	"lianshao/domain"
)

// personFields ought to hold people, mixedFields hold posts and offices and now and
// then somebody's name. A field is named Type.Field, or Field alone for every type
// that has it, so that a field of a new kind is looked at without being listed.
var (
	personFields = set("Head", "Leader", "UnitHead", "Inspector", "Signer", "Chair", "Speaker", "Recorder", "People", "From",
		"Member.Name", "Assessor.Name")
	mixedFields = set("By", "ReplyBy", "Owner", "Holder", "Post", "PostText", "Registrar", "Filler", "Responsible", "Contact", "Recipients",
		"Assessor", "Expert", "Reviewer", "Approver", "Filed", "Member.Title", "Assessor.Title")
	// noPersons are fields of these names that mean something else.
	noPersons = set("MergeMark.Head", "Finding.From")
)

func set(names ...string) map[string]bool {
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out
}

// walker collects the names of a value; nil when its type holds none.
type walker func(v reflect.Value, c *collector)

var (
	walkers     = map[reflect.Type]walker{}
	walkersLock sync.Mutex
)

func walkerOf(t reflect.Type) walker {
	walkersLock.Lock()
	defer walkersLock.Unlock()
	w, ok := walkers[t]
	if !ok {
		w = structWalker(t)
		walkers[t] = w
	}
	return w
}

var refType, textType = reflect.TypeFor[domain.Ref](), reflect.TypeFor[string]()

// structWalker visits the fields of a struct that hold names, and those within them.
func structWalker(t reflect.Type) walker {
	type step struct {
		field int
		walk  walker
	}
	var steps []step
	for i := range t.NumField() {
		f := t.Field(i)
		if w := fieldWalker(f.Type, take(t.Name(), f.Name)); w != nil {
			steps = append(steps, step{i, w})
		}
	}
	if len(steps) == 0 {
		return nil
	}
	return func(v reflect.Value, c *collector) {
		for _, s := range steps {
			s.walk(v.Field(s.field), c)
		}
	}
}

// take is what is done with a text of a field; nil = nothing.
func take(owner, field string) func(c *collector, text string) {
	full := owner + "." + field
	switch {
	case noPersons[full]:
		return nil
	case personFields[field] || personFields[full]:
		return (*collector).person
	case mixedFields[field] || mixedFields[full]:
		return (*collector).mixed
	}
	return nil
}

func fieldWalker(t reflect.Type, take func(*collector, string)) walker {
	switch {
	case t == textType && take != nil:
		return func(v reflect.Value, c *collector) { take(c, v.String()) }
	case t == refType && take != nil:
		return func(v reflect.Value, c *collector) { take(c, v.Field(1).String()) } // its Text
	case t == refType:
		return nil
	case t.Kind() == reflect.Slice:
		if one := fieldWalker(t.Elem(), take); one != nil {
			return func(v reflect.Value, c *collector) {
				for i := range v.Len() {
					one(v.Index(i), c)
				}
			}
		}
	case t.Kind() == reflect.Struct:
		return structWalker(t)
	}
	return nil
}
