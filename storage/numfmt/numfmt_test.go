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
		if got := Of(0, code).Kind; got != want {
			t.Errorf("%q: %d, want %d", code, got, want)
		}
	}
	if Of(14, "").Kind != Day || Of(57, "").Kind != Month || Of(49, "").Kind != Number || Of(10, "").Kind != Number {
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

// What a person sees of numbers whose format adds words or digits. The zero result
// means the number as it is.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		code string
		v    float64
		want string
	}{
		{"000", 1, "001"}, {"000", 1234, "1234"}, {`"FX-"000`, 7, "FX-007"}, {`"第"0"步"`, 3, "第3步"}, {`0"个工作日"`, 5, "5个工作日"}, {`0\分`, 4, "4分"},
		{"0%", 0.95, "95%"}, {"0.0%", 0.1523, "15.2%"}, {"0.00%", 1, "100.00%"}, {"0%", 0.285, "29%"}, {"0%", 0.005, "1%"}, {"0%", -0.05, "-5%"}, {"#,##0%", 12.5, "1,250%"},
		{`#,##0"元"`, 1234567, "1,234,567元"}, {`0.0"万元"`, 12.34, "12.3万元"}, {`0.##"万"`, 12.5, "12.5万"}, {`0.##"万"`, 12, "12万"}, {`000\-0000`, 1012345, "101-2345"}, {`000-0000`, 12345, "001-2345"},
		{`[=1]"是";[=0]"否"`, 1, "是"}, {`[=1]"是";[=0]"否"`, 0, "否"}, {`[=1]"是";[=0]"否"`, 2, ""}, {`[>=4]"高";[>=3]"中";"低"`, 4, "高"}, {`[>=4]"高";[>=3]"中";"低"`, 3, "中"}, {`[>=4]"高";[>=3]"中";"低"`, 1, "低"},
		{`[Red][>=10]0"分";0`, 12, "12分"}, {`[Red][>=10]0"分";0`, 2, ""}, {`G/通用格式"分"`, 2.5, "2.5分"}, {`General"分"`, 2.5, "2.5分"}, {`"约"General`, 8.3, "约8.3"},
		{"General", 5, ""}, {"0", 2.5, ""}, {"0.00", 2.5, ""}, {"#,##0", 1234, ""}, {"#,##0_);(#,##0)", 1234, ""}, {`"¥"#,##0.00`, 12, ""}, {"[$¥-804]#,##0", 12, ""}, {"0.00E+00", 12345, ""}, {"# ?/?", 0.5, ""}, {"@", 5, ""},
		{"0;-0;;@", 0, ""}, {`0"分";-0"分"`, -3, ""}, {"[DBNum1]0", 5, ""}, {`0,"千"`, 5000, ""}, {"", 5, ""}, {`[`, 5, ""}, {`"`, 5, ""}, {`0"`, 5, ""},
	} {
		if got, ok := Of(0, c.code).Shown(c.v); got != c.want || ok != (c.want != "") {
			t.Errorf("%q %v: %q %v, want %q", c.code, c.v, got, ok, c.want)
		}
	}
	if got, _ := Of(9, "").Shown(0.5); got != "50%" {
		t.Errorf("format 9: %q", got)
	}
}
