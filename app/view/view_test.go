package view

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lianshao/domain"
)

// What is written straight reads back as the same values.
func TestJSONReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := Object{{"text", rapid.String().Draw(t, "text")}, {"number", rapid.Float64().Draw(t, "number")},
			{"whole", rapid.Int32().Draw(t, "whole")}, {"yes", rapid.Bool().Draw(t, "yes")}, {"none", nil},
			{"list", rapid.SliceOf(rapid.String()).Draw(t, "list")},
			{"inner", Object{{rapid.String().Draw(t, "key"), []any{"甲", 1.5}}}},
			{"objects", []Object{{{"a", "b"}}, {}}}}
		got, want := readJSON(t, o), readSlow(t, o)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func readJSON(t *rapid.T, o Object) any {
	b, err := o.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	return v
}

// readSlow goes through encoding/json alone.
func readSlow(t *rapid.T, o Object) any {
	b, err := json.Marshal(plain(o))
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func plain(v any) any {
	switch x := v.(type) {
	case Object:
		m := map[string]any{}
		for _, f := range x {
			m[f.Key] = plain(f.Value)
		}
		return m
	case []Object:
		out := []any{}
		for _, o := range x {
			out = append(out, plain(o))
		}
		return out
	case []string:
		return append([]string{}, x...)
	}
	return v
}

func TestDocumentStreamsItsLists(t *testing.T) {
	var b bytes.Buffer
	list := iter.Seq[Object](slices.Values([]Object{{{"code", "甲"}}, {{"code", "乙"}}}))
	none := iter.Seq[Object](slices.Values([]Object{}))
	if err := WriteDocument(&b, Object{{"round", 1}, {"points", list}, {"none", none}, {"end", true}}); err != nil {
		t.Fatal(err)
	}
	want := "{\n \"round\": 1,\n \"points\": [\n  {\"code\":\"甲\"},\n  {\"code\":\"乙\"}],\n \"none\": [],\n \"end\": true\n}\n"
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
	if !json.Valid(b.Bytes()) {
		t.Error("not JSON")
	}
}

func TestSnake(t *testing.T) {
	for in, want := range map[string]string{"PostText": "post_text", "ID": "id", "LowIsBad": "low_is_bad", "ReplyBy": "reply_by", "No": "no"} {
		if got := snake(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func samplePilot() *domain.Pilot {
	p := domain.NewPilot()
	p.Put(&domain.Unit{Base: domain.Base{ID: "u", Code: "D01"}, Name: "基建处"})
	p.Put(&domain.Post{Base: domain.Base{ID: "p"}, Unit: domain.To("u"), Name: "甲方代表"})
	p.Put(&domain.Workflow{Base: domain.Base{ID: "w", Code: "JL1"}, Unit: domain.To("u"), Name: "变更", Steps: []domain.Step{
		{ID: "s2", No: 2, Name: "结束", Kind: domain.StepEnd}, {ID: "s1", No: 1, Name: "申请", Next: []domain.Branch{{To: "s2"}}}}})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r10", Code: "JJ-10"}, Unit: domain.To("u"), Post: domain.To("p"), Workflow: domain.To("w"),
		Step: domain.To("s2"), SelfLevel: "高", Due: domain.Due{Date: "2026-09-30", Text: "9月底"}})
	p.Put(&domain.RiskPoint{Base: domain.Base{ID: "r2", Code: "JJ-2"}, Post: domain.Named("未登记岗位"), Status: domain.PointMerged, MergedInto: domain.To("r10")})
	p.Put(&domain.Measure{Base: domain.Base{ID: "m"}, Point: domain.To("r10"), No: 1, Content: "复核"})
	return p
}

func objects(t *testing.T, p *domain.Pilot, k domain.Kind) []Object {
	t.Helper()
	list, ok := List(p, k)
	if !ok {
		t.Fatalf("no kind %s", k)
	}
	return slices.Collect(list)
}

func TestRiskPointsByCode(t *testing.T) {
	list := objects(t, samplePilot(), domain.KindRiskPoint)
	if len(list) != 2 || list[0].Get("code") != "JJ-2" {
		t.Fatalf("%v", list)
	}
	for key, want := range map[string]any{"unit": "基建处", "post": "甲方代表", "workflow": "JL1", "step": "JL1-02", "step_no": 2, "level": "高",
		"due": "9月底", "due_date": "2026-09-30", "status": "有效", "likelihood": 0, "measure_count": 1} {
		if got := list[1].Get(key); got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
	if list[0].Get("status") != "已合并" || list[0].Get("merged_into") != "JJ-10" || list[0].Get("post") != "未登记岗位" {
		t.Errorf("%v", list[0])
	}
}

func TestStepsByNumber(t *testing.T) {
	list := objects(t, samplePilot(), domain.KindStep)
	if len(list) != 2 || list[0].Get("code") != "JL1-01" || list[1].Get("code") != "JL1-02" {
		t.Fatalf("%v", list)
	}
	next := list[0].Get("next").([]Object)
	if next[0].Get("to") != "JL1-02" || next[0].Get("to_no") != 2 {
		t.Errorf("%v", next)
	}
}

// Every kind of the command line can be listed, and every record has a code.
func TestEveryKindIsListed(t *testing.T) {
	p := samplePilot()
	for _, k := range Kinds {
		for _, o := range objects(t, p, k) {
			if c, _ := o.Get("code").(string); c == "" {
				t.Errorf("%s without a code: %v", k, o)
			}
		}
	}
	if _, ok := List(p, "nonsense"); ok {
		t.Error("a kind that does not exist")
	}
}
