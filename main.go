// Command lianshao is 廉哨, an offline desktop application for integrity-risk
// warning and prevention.
package main

import (
	"log"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"lianshao/assets"
	"lianshao/cli"
	"lianshao/cli/console"
	_ "lianshao/cli/locale" // before the toolkit asks for a language
	"lianshao/storage/failure"
	"lianshao/storage/pilotfile"
	"lianshao/ui/shell"
	"lianshao/ui/theme"
)

// version is set when the program is built.
var version = "dev"

// verifyVerb makes this program the child that reads a pilot file first; no person
// calls it.
const verifyVerb = "verify-file"

// alone is whether this process is the program itself, which can be started again
// as its own child; a test is not.
var alone bool

func main() {
	alone = true
	if len(os.Args) == 3 && os.Args[1] == verifyVerb {
		os.Exit(pilotfile.VerifyAsChild(os.Args[2], os.Stdin, os.Stdout))
	}
	os.Exit(run(os.Args[1:]))
}

// run opens the window, or carries out the verb.
func run(args []string) int {
	if len(args) > 0 && !opens(args[0]) {
		console.Attach()
		return cli.Run(args, os.Stdin, os.Stdout, os.Stderr, wire())
	}
	file := ""
	if len(args) > 0 {
		file = args[0]
	}
	return window(file)
}

// window shows the window until it is closed.
func window(file string) int {
	speakChinese()
	log.SetOutput(&failure.Watcher{Next: os.Stderr, Alert: noWindow})
	a := fyneapp.NewWithID("cn.lianshao.app")
	a.Settings().SetTheme(theme.New())
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	deps := wireWindow()
	deps.Crashed = troubles().WatchCrashes()
	sh := shell.New(a, deps)
	sh.Start(file)
	sh.Window().ShowAndRun()
	return cli.ExitDone
}

// noWindow says that there can be no window and ends the program: the toolkit
// would only panic next. Nothing is lost, every change is on disk by then.
func noWindow() {
	failure.Alert(shell.Title, failure.NoWindow)
	os.Exit(cli.ExitRefused)
}

// speakChinese puts the toolkit's own words into Chinese whatever the system's
// language is.
func speakChinese() {
	if zh, err := assets.Translations.ReadFile("translations/zh.json"); err == nil {
		logError(lang.AddTranslationsForLocale(zh, lang.SystemLocale()))
	}
}

// opens reports whether an argument is a pilot to open rather than a verb.
func opens(arg string) bool {
	if cli.IsVerb(arg) {
		return false
	}
	_, err := os.Stat(arg)
	return err == nil || strings.HasSuffix(arg, pilotfile.Extension)
}
