package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestKindsAreNamed(t *testing.T) {
	cases := map[string]string{
		"Permission is hereby granted,\n free of charge, to any person":                  "MIT",
		"Redistribution and use in source and binary forms":                              "BSD-2-Clause",
		"Redistribution and use in source and binary forms. Neither the name of Google":  "BSD-3-Clause",
		"Apache License Version 2.0":                                                     "Apache-2.0",
		"GNU GENERAL PUBLIC LICENSE\n Version 3":                                         "GPL",
		"GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3":                                  "AGPL",
		"Mozilla Public License Version 2.0 ... GNU General Public License, Version 2.0": "MPL-2.0",
	}
	for text, want := range cases {
		if got := kinds(text); !slices.Equal(got, []string{want}) {
			t.Errorf("%q is %v, want %s", text, got, want)
		}
	}
}

func TestUnwantedAndUnknownLicencesAreRefused(t *testing.T) {
	for _, text := range []string{"GNU AFFERO GENERAL PUBLIC LICENSE Version 3", "All rights reserved."} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		p := part{Path: "example.org/x", Dir: dir}
		if err := p.readLicences(); err == nil {
			t.Errorf("%q was accepted as %v", text, p.Licences)
		}
	}
}

// What the program really links is licensed in a way that this product may ship.
func TestEveryLinkedModuleMayBeShipped(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	var page bytes.Buffer
	if err := run(&page, ""); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page.String(), "fyne.io/fyne/v2") {
		t.Errorf("the window toolkit is not listed:\n%s", page.String())
	}
}
