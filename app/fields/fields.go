// Package fields lists what a person sees and edits of each kind of record: one
// catalogue for grids, detail forms, paste and text filters.
package fields

import (
	"slices"
	"strconv"
	"strings"

	"lianshao/app"
	"lianshao/domain"
)

// Field is one column of a kind. Set changes a cloned record; its error is a
// Chinese sentence. A nil Set means the field is shown only.
type Field struct {
	Name    string // stable, snake_case, as in the command line's JSON
	Title   string // the field's Chinese name
	Get     func(p *domain.Pilot, r domain.Record) string
	Set     func(p *domain.Pilot, r domain.Record, text string) error
	Options func(p *domain.Pilot, r domain.Record) []string // choices; nil = free text
	Number  bool                                            // right-aligned, sorts by number
	Long    bool                                            // several lines; edited in the detail
	Width   float32                                         // suggested grid width
}

// Of returns the fields of a kind, in the order of the forms; nil for kinds
// without a table of their own.
func Of(k domain.Kind) []Field { return catalogue[k] }

// Find returns the field with the name.
func Find(k domain.Kind, name string) (Field, bool) {
	i := slices.IndexFunc(catalogue[k], func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return catalogue[k][i], true
}

var catalogue map[domain.Kind][]Field

func init() {
	catalogue = map[domain.Kind][]Field{
		domain.KindInfo: infoFields(), domain.KindUnit: unitFields(), domain.KindPost: postFields(), domain.KindAuthority: authorityFields(),
		domain.KindMember: memberFields(), domain.KindMilestone: milestoneFields(), domain.KindRiskPoint: riskPointFields(),
		domain.KindMeasure: measureFields(), domain.KindIntelligence: intelligenceFields(), domain.KindOpinion: opinionFields(),
		domain.KindRevision: revisionFields(), domain.KindDisclosure: disclosureFields(), domain.KindInspection: inspectionFields(),
		domain.KindAppraisal: appraisalFields(), domain.KindMonitor: monitorFields(), domain.KindReading: readingFields(),
		domain.KindHoliday: holidayFields(), domain.KindSanction: sanctionFields(),
		domain.KindFactor: factorFields(), domain.KindWarning: warningFields(), domain.KindMeeting: meetingFields(),
		domain.KindCaseCard: caseCardFields(), domain.KindArtefact: artefactFields(), domain.KindAttachment: attachmentFields(),
	}
}

// text makes a plain text field.
func text[T domain.Record](name, title string, width float32, at func(T) *string) Field {
	return Field{Name: name, Title: title, Width: width,
		Get: func(_ *domain.Pilot, r domain.Record) string { return *at(r.(T)) },
		Set: func(_ *domain.Pilot, r domain.Record, s string) error { *at(r.(T)) = strings.TrimSpace(s); return nil }}
}

// long is text of several lines.
func long[T domain.Record](name, title string, width float32, at func(T) *string) Field {
	f := text(name, title, width, at)
	f.Long = true
	return f
}

// choice is text out of a list; other words are refused.
func choice[T domain.Record](name, title string, width float32, options []string, at func(T) *string) Field {
	f := text(name, title, width, at)
	f.Options = func(*domain.Pilot, domain.Record) []string { return options }
	f.Set = func(_ *domain.Pilot, r domain.Record, s string) error {
		s = strings.TrimSpace(s)
		if s != "" && !slices.Contains(options, s) {
			return app.E(app.CodeInvalid, "%s应为“%s”之一，现为“%s”", title, strings.Join(options, "”“"), s)
		}
		*at(r.(T)) = s
		return nil
	}
	return f
}

// suggested is text with usual words to choose from; others are welcome.
func suggested[T domain.Record](name, title string, width float32, options []string, at func(T) *string) Field {
	f := text(name, title, width, at)
	f.Options = func(*domain.Pilot, domain.Record) []string { return options }
	return f
}

// either is one of two words.
func either[T domain.Record](name, title, yes, no string, at func(T) *bool) Field {
	return Field{Name: name, Title: title, Width: 90,
		Options: func(*domain.Pilot, domain.Record) []string { return []string{yes, no} },
		Get: func(_ *domain.Pilot, r domain.Record) string {
			if *at(r.(T)) {
				return yes
			}
			return no
		},
		Set: func(_ *domain.Pilot, r domain.Record, s string) error {
			if s = strings.TrimSpace(s); s != yes && s != no {
				return app.E(app.CodeInvalid, "%s应为“%s”或“%s”，现为“%s”", title, yes, no, s)
			}
			*at(r.(T)) = s == yes
			return nil
		}}
}

// scale is a whole number from low to high; blank is 0.
func scale[T domain.Record](name, title string, low, high int, at func(T) *int) Field {
	return Field{Name: name, Title: title, Width: 62, Number: true,
		Get: func(_ *domain.Pilot, r domain.Record) string { return blankZero(*at(r.(T))) },
		Set: func(_ *domain.Pilot, r domain.Record, s string) error {
			n, err := parseScale(title, s, low, high)
			if err == nil {
				*at(r.(T)) = n
			}
			return err
		}}
}

func parseScale(title, s string, low, high int) (int, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, ok := domain.ParseWhole(s)
	if !ok || n < low || n > high {
		return 0, app.E(app.CodeInvalid, "%s应为 %d–%d 的整数，现为“%s”", title, low, high, strings.TrimSpace(s))
	}
	return n, nil
}

func blankZero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// real is a number.
func real[T domain.Record](name, title string, at func(T) *float64) Field {
	return Field{Name: name, Title: title, Width: 76, Number: true,
		Get: func(_ *domain.Pilot, r domain.Record) string { return Number(*at(r.(T))) },
		Set: func(_ *domain.Pilot, r domain.Record, s string) error {
			v, err := parseReal(title, s)
			if err == nil {
				*at(r.(T)) = v
			}
			return err
		}}
}

func parseReal(title, s string) (float64, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	v, _, ok := domain.ParseNumber(s)
	if !ok {
		return 0, app.E(app.CodeInvalid, "%s应为数字，现为“%s”", title, strings.TrimSpace(s))
	}
	return v, nil
}

// optional is a number that may be missing.
func optional[T domain.Record](name, title string, at func(T) *domain.Number) Field {
	return Field{Name: name, Title: title, Width: 76, Number: true,
		Get: func(_ *domain.Pilot, r domain.Record) string {
			if n := at(r.(T)); n.Given {
				return Number(n.Value)
			}
			return ""
		},
		Set: func(_ *domain.Pilot, r domain.Record, s string) error {
			v, err := parseReal(title, s)
			if err == nil {
				*at(r.(T)) = domain.Number{Value: v, Given: strings.TrimSpace(s) != ""}
			}
			return err
		}}
}

// Number writes a number as people do: no exponent, no trailing zeros.
func Number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// day is a calendar day.
func day[T domain.Record](name, title string, at func(T) *domain.Date) Field {
	return Field{Name: name, Title: title, Width: 96,
		Get: func(_ *domain.Pilot, r domain.Record) string { return string(*at(r.(T))) },
		Set: func(p *domain.Pilot, r domain.Record, s string) error {
			if strings.TrimSpace(s) == "" {
				*at(r.(T)) = ""
				return nil
			}
			d, ok := domain.ParseDate(s, p.Year())
			if !ok {
				return noDay(title, s, p.Year())
			}
			*at(r.(T)) = d
			return nil
		}}
}

// due is a day or words that stand for one.
func due[T domain.Record](name, title string, at func(T) *domain.Due) Field {
	return Field{Name: name, Title: title, Width: 110,
		Get: func(_ *domain.Pilot, r domain.Record) string { return at(r.(T)).String() },
		Set: func(p *domain.Pilot, r domain.Record, s string) error {
			if domain.DateDoubt(s, p.Year()) != "" {
				return noDay(title, s, p.Year())
			}
			*at(r.(T)) = domain.ParseDue(s, p.Year())
			return nil
		}}
}

// noDay says why a text is no day.
func noDay(title, s string, year int) error {
	s = strings.TrimSpace(s)
	if doubt := domain.DateDoubt(s, year); doubt != "" {
		return app.E(app.CodeInvalid, "%s“%s”%s，请写成 2026-09-20 这样的日期", title, s, doubt)
	}
	return app.E(app.CodeInvalid, "%s应为日期，例如 2026-09-20，现为“%s”", title, s)
}

// ref is a reference by name. A name that means nothing is refused when the
// options are known, so that a typing slip is not taken for a new post.
func ref[T domain.Record](name, title string, width float32, k domain.Kind, ctx func(T) domain.Ref, at func(T) *domain.Ref) Field {
	f := Field{Name: name, Title: title, Width: width,
		Get:     func(p *domain.Pilot, r domain.Record) string { return p.NameOf(k, *at(r.(T))) },
		Options: func(p *domain.Pilot, r domain.Record) []string { return targets(p, k, ctx(r.(T))) }}
	f.Set = func(p *domain.Pilot, r domain.Record, s string) error {
		s = strings.TrimSpace(s)
		if s == "" {
			*at(r.(T)) = domain.Ref{}
			return nil
		}
		if id, ok := p.Resolve(k, ctx(r.(T)), s); ok {
			*at(r.(T)) = domain.To(id)
			return nil
		}
		if known := targets(p, k, ctx(r.(T))); len(known) > 0 {
			return app.E(app.CodeInvalid, "没有名为“%s”的%s，可选：%s", s, k, strings.Join(firstN(known, 6), "、"))
		}
		*at(r.(T)) = domain.Named(s)
		return nil
	}
	return f
}

// refs is a list of references, separated by 、.
func refs[T domain.Record](name, title string, width float32, k domain.Kind, at func(T) *[]domain.Ref) Field {
	return Field{Name: name, Title: title, Width: width,
		Get: func(p *domain.Pilot, r domain.Record) string { return p.NamesOf(k, *at(r.(T))) },
		Set: func(p *domain.Pilot, r domain.Record, s string) error {
			var out []domain.Ref
			for _, part := range domain.SplitList(s) {
				id, ok := p.Resolve(k, domain.Ref{}, part)
				if !ok {
					return app.E(app.CodeInvalid, "%s“%s”不存在", k, part)
				}
				out = append(out, domain.To(id))
			}
			*at(r.(T)) = out
			return nil
		}}
}

// list is several texts, separated by 、 or line breaks.
func list[T domain.Record](name, title string, width float32, at func(T) *[]string) Field {
	return Field{Name: name, Title: title, Width: width,
		Get: func(_ *domain.Pilot, r domain.Record) string { return strings.Join(*at(r.(T)), "、") },
		Set: func(_ *domain.Pilot, r domain.Record, s string) error { *at(r.(T)) = domain.SplitList(s); return nil }}
}

// paragraphs is several texts of several words each, one a line.
func paragraphs[T domain.Record](name, title string, width float32, at func(T) *[]string) Field {
	return Field{Name: name, Title: title, Width: width, Long: true,
		Get: func(_ *domain.Pilot, r domain.Record) string { return strings.Join(*at(r.(T)), "\n") },
		Set: func(_ *domain.Pilot, r domain.Record, s string) error {
			var out []string
			for _, line := range strings.Split(s, "\n") {
				if line = strings.TrimSpace(line); line != "" {
					out = append(out, line)
				}
			}
			*at(r.(T)) = out
			return nil
		}}
}

// shown is computed and cannot be edited.
func shown[T domain.Record](name, title string, width float32, get func(*domain.Pilot, T) string) Field {
	return Field{Name: name, Title: title, Width: width,
		Get: func(p *domain.Pilot, r domain.Record) string { return get(p, r.(T)) }}
}

func firstN(all []string, n int) []string {
	if len(all) > n {
		return append(slices.Clone(all[:n]), "……")
	}
	return all
}

// targets lists the names a reference may take in its context.
func targets(p *domain.Pilot, k domain.Kind, ctx domain.Ref) []string {
	var out []string
	switch k {
	case domain.KindUnit:
		for _, u := range p.Units.All() {
			out = append(out, u.Name)
		}
	case domain.KindPost:
		for _, x := range p.Posts.By(domain.ByUnit, ctx.ID) {
			out = append(out, x.Name)
		}
	case domain.KindWorkflow:
		for _, x := range p.Workflows.By(domain.ByUnit, ctx.ID) {
			out = append(out, x.Name)
		}
	case domain.KindStep:
		if w, ok := p.Workflows.Get(ctx.ID); ok {
			for i := range w.Steps {
				out = append(out, w.Steps[i].Name)
			}
		}
	}
	return out
}
