package assets

import _ "embed"

// University is the template of a new pilot as JSON: the plan of a university's pilot with its departments, offices of
// the leading group, dated steps, level schemes and indicator systems. {year} stands for the pilot's year.
//
//go:embed catalogue/university.json
var University []byte
