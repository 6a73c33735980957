package chart

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"lianshao/app/report/draw"
)

// Task is one dated step of the plan. End is the last day, included.
type Task struct {
	Label      string
	Start, End time.Time
	Done       float64 // 0 to 1
	Late       bool    // past its end and not done
	Word       string  // beside the bar; "" = the percentage
	Key        string
}

// Gantt is the plan as a calendar of 上旬, 中旬 and 下旬.
type Gantt struct {
	Title string
	Tasks []Task
	Today time.Time // zero draws no line
}

// dekad counts thirds of a month since year 0.
func dekad(t time.Time) int {
	y, m, d := t.Date()
	return (y*12+int(m)-1)*3 + min((d-1)/10, 2)
}

// dekadPlace is dekad with the part of it that has passed, for the line of today.
func dekadPlace(t time.Time) float64 {
	y, m, d := t.Date()
	first := min((d-1)/10, 2) * 10
	length := 10
	if first == 20 {
		length = time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day() - 20
	}
	return float64(dekad(t)) + float64(d-1-first)/float64(length)
}

func (m *Gantt) layout(s *sheet) {
	lo, hi := math.MaxInt, math.MinInt
	labels := make([]string, len(m.Tasks))
	for i, t := range m.Tasks {
		labels[i] = t.Label
		if !t.Start.IsZero() && !t.End.Before(t.Start) {
			lo, hi = min(lo, dekad(t.Start)), max(hi, dekad(t.End))
		}
	}
	if lo > hi {
		s.empty(m.Title, "工作步骤还没有起止日期，填写以后这里显示进度。")
		return
	}
	lo -= lo % 3
	hi += 2 - hi%3
	y := s.head(m.Title, "")
	x0 := pad + s.labelColumn(labels, 0.4) + 10
	col := (s.w - pad - x0) / float64(hi-lo+1)
	pitch := math.Max(22, math.Min(30, (s.h-y-38-pad)/float64(len(m.Tasks))))
	top, body := y+38, y+38+pitch*float64(len(m.Tasks))
	m.calendar(s, lo, hi, x0, col, y, body)
	for i, t := range m.Tasks {
		m.task(s, t, lo, x0, col, top+float64(i)*pitch, pitch)
	}
	if at := dekadPlace(m.Today) - float64(lo); !m.Today.IsZero() && at >= 0 && at <= float64(hi-lo+1) {
		x := x0 + at*col
		s.line(x, top-4, x, body, legible(Red), 1.4, 0)
		s.put(x, body+12, small, draw.Center, legible(Red), "今天")
		body += 14
	}
	s.d.H = math.Max(s.h, body+pad/2)
}

// calendar draws months and dekads above the bars, hairlines through them.
func (m *Gantt) calendar(s *sheet, lo, hi int, x0, col, y, body float64) {
	for k := lo; k <= hi; k++ {
		x := x0 + float64(k-lo)*col
		c := hairline
		if k%3 == 0 {
			c = Grey
			month := strconv.Itoa(k/3%12+1) + "月"
			if k == lo || k/3%12 == 0 {
				if full := strconv.Itoa(k/36) + "年" + month; s.width(full, em, true) < 3*col-4 {
					month = full
				}
			}
			s.bold(x+1.5*col, y+12, em, draw.Center, ink, month)
			s.line(x, y, x, body, c, 0.8, 0)
		} else {
			s.line(x, y+19, x, body, c, 0.6, 0)
		}
		if col >= 12 {
			s.put(x+col/2, y+31, small, draw.Center, soft, [3]string{"上", "中", "下"}[k%3])
		}
	}
	end := x0 + float64(hi-lo+1)*col
	s.line(end, y, end, body, Grey, 0.8, 0)
	s.line(x0, y+38, end, y+38, Grey, 0.8, 0)
	s.line(x0, body, end, body, Grey, 0.8, 0)
}

func (m *Gantt) task(s *sheet, t Task, lo int, x0, col, y, pitch float64) {
	mid := y + pitch/2
	s.put(pad, mid+em*0.36, em, draw.Left, ink, s.cut(t.Label, x0-10-pad, em, false))
	if t.Start.IsZero() || t.End.Before(t.Start) {
		s.put(x0+6, mid+em*0.36, small, draw.Left, soft, "未定日期")
		s.hit(0, y, s.w, pitch, t.Key, t.Label)
		return
	}
	x := x0 + float64(dekad(t.Start)-lo)*col
	w := float64(dekad(t.End)-dekad(t.Start)+1) * col
	c := Accent
	if t.Late {
		c = Red
	}
	h := pitch * 0.56
	done := math.Max(0, math.Min(1, t.Done))
	s.d.Add(draw.Rect{X: x + 1.5, Y: mid - h/2, W: w - 3, H: h, Fill: tint(c, 0.28), Radius: 2},
		draw.Rect{X: x + 1.5, Y: mid - h/2, W: (w - 3) * done, H: h, Fill: c, Radius: 2})
	word := t.Word
	if word == "" && (done > 0 || t.Late) {
		word = num(done*100, 0) + "%"
		if t.Late {
			word = "逾期 " + word
		}
	}
	if word != "" {
		tx, a := x+w+5, draw.Left
		if tx+s.width(word, small, false) > s.w-pad {
			tx, a = x-5, draw.Right
		}
		left := tx
		if a == draw.Right {
			left -= s.width(word, small, false)
		}
		s.d.Add(draw.Rect{X: left - 2, Y: mid - 7, W: s.width(word, small, false) + 4, H: 14, Fill: white}) // keeps hairlines off the figure
		s.put(tx, mid+small*0.36, small, a, legible(c), word)
	}
	s.hit(0, y, s.w, pitch, t.Key, fmt.Sprintf("%s\n%s 至 %s，完成 %s%%", t.Label, t.Start.Format("2006-01-02"), t.End.Format("2006-01-02"), num(done*100, 0)))
}
