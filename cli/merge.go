package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"lianshao/app"
	"lianshao/app/merge"
	"lianshao/app/sides"
)

// mergeRules are the words for what decides conflicts.
var mergeRules = map[string]merge.Side{"": merge.Newer, "newer": merge.Newer, "mine": merge.Mine, "theirs": merge.Theirs}

func runMerge(c *call) (int, error) {
	rule, ok := mergeRules[c.flags["prefer"]]
	if !ok {
		return 0, refuse("选项 --prefer 的“%s”不对，可选：newer（后改的）、mine（本试点的）、theirs（对方的）。", c.flags["prefer"])
	}
	paths, err := pilotsIn(c.args[1:], c.args[0])
	if err != nil {
		return 0, err
	}
	s, err := c.open()
	if err != nil {
		return 0, err
	}
	defer s.Close()
	ctx, stop := interruptible()
	defer stop()
	sources, err := merge.Read(ctx, c.Stores, paths, merge.AnchorsOf(s.Pilot), c.progress("正在读取"))
	if err != nil {
		return 0, err
	}
	plan, err := merge.NewPlan(s, sources, merge.Options{Rule: rule, Now: c.Clock(), Who: c.Actor, NewID: c.NewID, Each: c.progress("正在核对")})
	if err != nil {
		return 0, err
	}
	if ctx.Err() != nil {
		return 0, app.Wrap(app.CodeCanceled, ctx.Err(), "已取消汇总")
	}
	code := mergeCode(plan)
	committed := code != ExitRefused && !c.has("dry-run")
	if committed {
		if err := plan.CopyContents(c.Stores, s.Store); err != nil {
			return 0, err
		}
		if err := s.Do(plan.Command()); err != nil {
			return 0, err
		}
	}
	return c.mergeDone(plan, code, committed)
}

// pilotsIn lists the pilot files named, and those in the folders named, but not the
// one they are merged into.
func pilotsIn(args []string, into string) ([]string, error) {
	var out []string
	self, _ := os.Stat(into)
	for _, arg := range args {
		st, err := os.Stat(arg)
		if err != nil {
			return nil, fileError(err, arg)
		}
		list := []string{arg}
		if st.IsDir() {
			list, _ = filepath.Glob(filepath.Join(arg, "*.lianshao"))
			packs, _ := filepath.Glob(filepath.Join(arg, "*"+app.ParcelExtension))
			if list = append(list, packs...); len(list) == 0 {
				return nil, refuse("文件夹“%s”里没有试点文件（*.lianshao）和交换包（*%s）。", arg, app.ParcelExtension)
			}
		}
		for _, path := range list {
			if other, err := os.Stat(path); err == nil && self != nil && os.SameFile(self, other) {
				if !st.IsDir() {
					return nil, refuse("不能把试点“%s”汇总到它自己。", path)
				}
				continue
			}
			if !slices.Contains(out, path) {
				out = append(out, path)
			}
		}
	}
	return out, nil
}

// mergeCode: refused when no pilot can be read, partly when some cannot or a
// conflict was decided by the rule.
func mergeCode(plan *merge.Plan) int {
	_, _, _, _, conflicts, unread := plan.Totals()
	switch {
	case unread == len(plan.Files):
		return ExitRefused
	case unread > 0 || conflicts > 0 || len(plan.Doubts()) > 0:
		return ExitPartly
	}
	return ExitDone
}

// mergeJSON is merge --json.
type mergeJSON struct {
	Committed bool            `json:"committed"`
	Files     []mergeFileJSON `json:"files"`
	Disputes  []sides.Dispute `json:"disputes,omitempty"` // the conflicts of all files, with all sides of each field
}

type mergeFileJSON struct {
	File      string              `json:"file"`
	Pilot     string              `json:"pilot"`
	New       int                 `json:"new"`
	Changed   int                 `json:"changed"`
	Same      int                 `json:"same"`
	Deleted   int                 `json:"deleted"`
	Unchanged bool                `json:"unchanged"` // nothing happened there since the last merge
	Conflicts []mergeConflictJSON `json:"conflicts"`
	Error     string              `json:"error"`
	Doubt     string              `json:"doubt"` // why its journal is not the one merged before
}

type mergeConflictJSON struct {
	Kind     string `json:"kind"`
	Code     string `json:"code"`
	Field    string `json:"field"`
	Title    string `json:"title"`
	Mine     string `json:"mine"`
	MineBy   string `json:"mine_by"`
	MineAt   string `json:"mine_at"`
	Theirs   string `json:"theirs"`
	TheirsBy string `json:"theirs_by"`
	TheirsAt string `json:"theirs_at"`
	Taken    string `json:"taken"`
}

func (c *call) mergeDone(plan *merge.Plan, code int, committed bool) (int, error) {
	for _, f := range plan.Files {
		if f.Err != nil {
			c.say("%s", whole(app.Sentence(f.Err)))
		}
		if f.Doubt != "" {
			c.say("%s：%s", f.File, whole(f.Doubt))
		}
	}
	for _, d := range plan.Disputes() {
		c.say("%s", d.Sentence(shorten40))
	}
	if c.has("json") {
		return code, c.json(mergeObject(plan, committed))
	}
	var rows [][]string
	for _, f := range plan.Files {
		row := []string{f.File, f.Pilot}
		for _, n := range []int{f.New, f.Changed, f.Same, f.Deleted, len(f.Conflicts)} {
			row = append(row, strconv.Itoa(n))
		}
		state := ""
		switch {
		case f.Err != nil:
			state = "没有读取"
		case f.Again:
			state = "上次汇总后没有变化"
		}
		rows = append(rows, append(row, state))
	}
	writeTable(c.out, []string{"文件", "试点", "新增", "改变", "相同", "删除", "冲突", "说明"}, rows)
	added, changed, _, deleted, conflicts, unread := plan.Totals()
	switch {
	case code == ExitRefused:
		c.say("没有汇总，试点没有改动。")
	case !committed:
		c.print("只是预览，试点没有改动。")
	default:
		c.print("已汇总：新增 %d，改变 %d，删除 %d，冲突 %d，没有读取的文件 %d。", added, changed, deleted, conflicts, unread)
	}
	return code, nil
}

func mergeObject(plan *merge.Plan, committed bool) mergeJSON {
	out := mergeJSON{Committed: committed, Files: []mergeFileJSON{}}
	stamp := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.Format(time.RFC3339)
	}
	for _, d := range plan.Disputes() {
		out.Disputes = append(out.Disputes, d.Dispute)
	}
	for _, f := range plan.Files {
		file := mergeFileJSON{File: f.File, Pilot: f.Pilot, New: f.New, Changed: f.Changed, Same: f.Same, Deleted: f.Deleted,
			Unchanged: f.Again, Doubt: f.Doubt, Conflicts: []mergeConflictJSON{}}
		if f.Err != nil {
			file.Error = app.Sentence(f.Err)
		}
		for _, x := range f.Conflicts {
			file.Conflicts = append(file.Conflicts, mergeConflictJSON{Kind: string(x.Kind), Code: x.Code, Field: x.Field, Title: x.Title,
				Mine: x.Mine, MineBy: x.MineBy, MineAt: stamp(x.MineAt), Theirs: x.Theirs, TheirsBy: x.TheirsBy, TheirsAt: stamp(x.TheirsAt), Taken: string(x.Taken)})
		}
		out.Files = append(out.Files, file)
	}
	return out
}
