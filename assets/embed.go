// Package assets holds the files that travel inside the program: fonts, icon, translations and the sample workbooks.
// It imports nothing of this module, so that every other package may use it.
package assets

import "embed"

// FontRegular is Noto Sans SC Regular as a static TrueType font: GB2312, GBK, symbols and rare characters of names,
// 1000 units per em, without kerning and other layout tables, so that screen and paper share the same plain advances.
//
//go:embed fonts/NotoSansSC-Regular.ttf
var FontRegular []byte

// FontBold is Noto Sans SC Bold. It covers exactly the characters of FontRegular.
//
//go:embed fonts/NotoSansSC-Bold.ttf
var FontBold []byte

// FontLicence is the SIL Open Font License 1.1 under which both fonts travel, in English.
//
//go:embed fonts/OFL.txt
var FontLicence string

// Icon is the program's icon, a PNG of 512×512 pixels, drawn by icon/make.
//
//go:embed icon/icon.png
var Icon []byte

// Translations holds one JSON file per language under translations/. zh.json puts the toolkit's own words (取消, 粘贴 …)
// into Chinese; the program's own texts are Chinese in the code and need no entry there.
//
//go:embed translations/*.json
var Translations embed.FS

// Sample holds the workbooks of the built-in example pilot under sample/. Everything in them is invented.
//
//go:embed sample/*.xlsx
var Sample embed.FS
