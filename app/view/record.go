package view

import (
	"reflect"

	"lianshao/domain"
)

// record turns any record into an object by its fields: references become
// codes, dates and periods text; a period's last day follows as …_date.
func record(p *domain.Pilot, r domain.Record) Object {
	w := walker{p: p, kinds: refKinds(r)}
	out := Object{{"id", string(r.RecordID())}, {"code", Code(p, r)}}
	return w.fields(out, reflect.ValueOf(r).Elem())
}

// refKinds tells of every reference in a record what kind it points at.
func refKinds(r domain.Record) map[*domain.Ref]domain.Kind {
	kinds := map[*domain.Ref]domain.Kind{}
	r.EachRef(func(k domain.Kind, _ domain.Ref, ref *domain.Ref) { kinds[ref] = k })
	switch x := r.(type) {
	case *domain.Assessment:
		kinds[&x.PointSystem], kinds[&x.UnitSystem] = domain.KindSystem, domain.KindSystem
		kinds[&x.Scheme] = domain.KindScheme
	case *domain.Rating:
		kinds[&x.Assessment] = domain.KindAssessment
	}
	return kinds
}

type walker struct {
	p     *domain.Pilot
	kinds map[*domain.Ref]domain.Kind
}

var baseType = reflect.TypeFor[domain.Base]()

func (w walker) fields(out Object, v reflect.Value) Object {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type == baseType || !f.IsExported() {
			continue
		}
		key := snake(f.Name)
		out = append(out, Field{key, w.value(v.Field(i))})
		if due, ok := v.Field(i).Interface().(domain.Due); ok {
			out = append(out, Field{key + "_date", string(due.Date)})
		}
	}
	return out
}

func (w walker) value(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case domain.Ref:
		return w.code(v.Addr().Interface().(*domain.Ref))
	case domain.Due:
		return x.String()
	case domain.Number:
		if !x.Given {
			return nil
		}
		return x.Value
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Struct:
		return w.fields(Object{}, v)
	case reflect.Slice, reflect.Array:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = w.value(v.Index(i))
		}
		return out
	}
	return v.Interface()
}

func (w walker) code(ref *domain.Ref) string {
	if k, ok := w.kinds[ref]; ok {
		return RefCode(w.p, k, *ref)
	}
	return ref.Text
}
