// Package locale gives the process a language before the toolkit asks for one:
// under LANG=C, as scripts and services run, the toolkit would otherwise
// complain on standard error at every start. It works by being initialised
// before the toolkit's package lang, which needs text/template; the test holds
// that order.
package locale

import "os"

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch v := os.Getenv(name); v {
		case "":
			continue
		case "C", "POSIX", "C.UTF-8", "C.utf8":
			os.Setenv(name, "zh_CN.UTF-8")
		}
		return
	}
	os.Setenv("LANG", "zh_CN.UTF-8")
}
