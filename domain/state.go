package domain

import (
	"fmt"
	"slices"
	"strings"
)

// Machine is the life of one kind of record as a table. The same table decides
// what is allowed, says why not, and is drawn in docs/状态图.md.
type Machine struct {
	Kind   Kind
	States []string // in the order of life; the first is where a record begins
	Moves  []Move
}

// Move is a row of a Machine: in the state From, Event leads to To. With a
// Refusal the event is not allowed there, and the words say why.
type Move struct {
	From, Event, To string
	Refusal         string
}

// Next returns the state that an event leads to, or a Refusal. An event that the
// table does not know in that state is refused with what would be possible.
func (m *Machine) Next(from, event string) (string, error) {
	for _, v := range m.Moves {
		if v.From != from || v.Event != event {
			continue
		}
		if v.Refusal != "" {
			return "", &Refusal{Text: v.Refusal}
		}
		return v.To, nil
	}
	if can := m.Allowed(from); len(can) > 0 {
		return "", refuse("%s现在是“%s”，不能“%s”；现在可以：%s", m.Kind, from, event, strings.Join(can, "、"))
	}
	return "", refuse("%s现在是“%s”，不能“%s”", m.Kind, from, event)
}

// Allows reports whether an event is possible in a state.
func (m *Machine) Allows(from, event string) bool {
	_, err := m.Next(from, event)
	return err == nil
}

// Allowed lists the events possible in a state, in the order of the table.
func (m *Machine) Allowed(from string) []string {
	var out []string
	for _, v := range m.Moves {
		if v.From == from && v.Refusal == "" && !slices.Contains(out, v.Event) {
			out = append(out, v.Event)
		}
	}
	return out
}

// Leads refuses a change of state that no event of the table makes.
func (m *Machine) Leads(from, to string) error {
	if from == to {
		return nil
	}
	for _, v := range m.Moves {
		if v.From == from && v.To == to && v.Refusal == "" {
			return nil
		}
	}
	if !slices.Contains(m.States, to) {
		return refuse("%s没有“%s”这种状态，应为：%s", m.Kind, to, strings.Join(m.States, "、"))
	}
	return refuse("%s不能从“%s”直接变为“%s”", m.Kind, from, to)
}

// Ends reports whether nothing leads out of a state.
func (m *Machine) Ends(state string) bool {
	return !slices.ContainsFunc(m.Moves, func(v Move) bool { return v.From == state && v.Refusal == "" && v.To != state })
}

// Drawing is the table as a Mermaid state diagram.
func (m *Machine) Drawing() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	fmt.Fprintf(&b, "    [*] --> %s\n", m.States[0])
	type arrow struct{ from, to string }
	var order []arrow
	events := map[arrow][]string{}
	for _, v := range m.Moves {
		if v.Refusal != "" {
			continue
		}
		a := arrow{v.From, v.To}
		if events[a] == nil {
			order = append(order, a)
		}
		events[a] = append(events[a], v.Event)
	}
	for _, a := range order {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", a.from, a.to, strings.Join(events[a], "、"))
	}
	for _, s := range m.States {
		if m.Ends(s) {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	return b.String()
}

// Refusals lists the events that a state refuses in words of its own.
func (m *Machine) Refusals() []Move {
	return slices.DeleteFunc(slices.Clone(m.Moves), func(v Move) bool { return v.Refusal == "" })
}

// Machines lists the lives of all kinds that have one, in the pilot's order.
func Machines() []*Machine {
	return []*Machine{WorkflowLife, PointLife, DisclosureLife, OpinionLife, RoundLife, WarningLife, MeasureLife}
}
