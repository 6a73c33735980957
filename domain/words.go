package domain

import (
	"math"
	"strconv"
)

// number writes a number as short as it is: 4.5, 12.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// percent writes a share as a percentage: 0.1 is 10%.
func percent(share float64) string { return number(math.Round(share*1e6)/1e4) + "%" }
