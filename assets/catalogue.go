package assets

import _ "embed"

// University is the template of a new pilot as JSON: the plan of a university's pilot with its departments, offices of
// the leading group, dated steps, level schemes and indicator systems. {year} stands for the pilot's year.
//
//go:embed catalogue/university.json
var University []byte

// Measures are proven measures to start from, as JSON: code, category of cause, kind, words of the places it is for,
// text and evidence. They are written for this program after common practice; a pilot adds its own that worked.
//
//go:embed catalogue/measures.json
var Measures []byte
