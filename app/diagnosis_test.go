package app_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianshao/app"
)

func TestDiagnosisHoldsNoContent(t *testing.T) {
	_, missing := os.Open(filepath.Join(t.TempDir(), "张三的材料.lianshao"))
	err := app.Wrap(app.CodeIO, errors.Join(fmt.Errorf("处理张三: %w", missing), errors.New("李四")), "不能打开张三的文件。")
	got := app.Diagnosis(err)
	for _, secret := range []string{"张三", "李四", "材料"} {
		if strings.Contains(got, secret) {
			t.Errorf("diagnosis holds %s:\n%s", secret, got)
		}
	}
	for _, want := range []string{"*app.Error io", "*fs.PathError open", "syscall.Errno no such file or directory"} {
		if !strings.Contains(got, want) {
			t.Errorf("diagnosis lacks %q:\n%s", want, got)
		}
	}
}

func TestCaughtKeepsThePlaceAndNotTheValue(t *testing.T) {
	caught := func(f func()) (err error) {
		defer func() { err = app.Caught(recover()) }()
		f()
		return nil
	}
	for name, tc := range map[string]struct {
		f    func()
		want string
	}{
		"text":  {func() { panic("张三的举报") }, "panic: string"},
		"error": {func() { panic(fmt.Errorf("张三的举报")) }, "panic: *errors.errorString"},
		"index": {func() { var s []int; _ = s[len(s)] }, "panic: runtime error: index out of range [0] with length 0"},
	} {
		err := caught(tc.f)
		if err.Error() != tc.want {
			t.Errorf("%s: %q", name, err)
		}
		got := app.Diagnosis(err)
		if strings.Contains(got, "张三") || !strings.Contains(got, "diagnosis_test.go") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}
