package numfmt

import "testing"

func TestKinds(t *testing.T) {
	for code, want := range map[string]Kind{
		"General": Number, "0.00": Number, "0.00E+00": Number, "#,##0_);[Red](#,##0)": Number, "@": Number, `0"天"`: Number, `"day"0`: Number,
		`[$¥-804]#,##0.00`: Number, `0\d`: Number, "": Number, `[>=10]0"分";[Red]0`: Number, `[DBNum1]0`: Number,
		"yyyy-mm-dd": Day, "yyyy/m/d": Day, `yyyy"年"m"月"d"日"`: Day, `[$-804]yyyy"年"m"月"d"日";@`: Day, `[DBNum1][$-804]yyyy"年"m"月"d"日"`: Day,
		`m"月"d"日"`: Day, "d-mmm-yy": Day, `e"年"m"月"d"日"`: Day, "[$-804]aaaa;@": Day, `yyyy\-mm\-dd`: Day,
		`yyyy"年"m"月"`: Month, "mmm-yy": Month, "yyyy-mm": Month, `m"月"`: Month, "yyyy": Year, `yyyy"年"`: Year,
		"h:mm": Time, "mm:ss": Time, "[h]:mm": Time, "h:mm AM/PM": Time, `上午/下午h"时"mm"分"`: Time,
		"yyyy-mm-dd hh:mm": DayTime, `m/d/yy h:mm`: DayTime,
	} {
		if got := Of(0, code); got != want {
			t.Errorf("%q: %d, want %d", code, got, want)
		}
	}
	if Of(14, "") != Day || Of(57, "") != Month || Of(49, "") != Number || Of(10, "") != Number {
		t.Error("numbered formats")
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		v    float64
		d04  bool
		want string
	}{
		{Day, 46285, false, "2026-09-20"}, {Day, 44823, true, "2026-09-20"}, {Day, 1, false, "1900-01-01"}, {Day, 59, false, "1900-02-28"},
		{Day, 60, false, ""}, {Day, 61, false, "1900-03-01"}, {Day, 0, false, ""}, {Day, 0, true, "1904-01-01"}, {Day, -1, false, ""},
		{Day, 2958465, false, "9999-12-31"}, {Day, 2958466, false, ""}, {Month, 46266, false, "2026年9月"}, {Year, 46266, false, "2026年"},
		{DayTime, 46285.3541666667, false, "2026-09-20 08:30"}, {DayTime, 46285, false, "2026-09-20"}, {Day, 46285.5, false, "2026-09-20 12:00"},
		{Time, 0.354166666666667, false, "08:30"}, {Time, 0.5000115740740741, false, "12:00:01"}, {Number, 46285, false, ""},
		{Time, 46285.5, false, "2026-09-20 12:00"},
	} {
		if got, ok := c.kind.Text(c.v, c.d04); got != c.want || ok != (c.want != "") {
			t.Errorf("%d %v %v: %q %v, want %q", c.kind, c.v, c.d04, got, ok, c.want)
		}
	}
}
