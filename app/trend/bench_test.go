package trend_test

import (
	"testing"

	"lianshao/app/trend"
)

// BenchmarkOf judges all 16 monitors of the example.
func BenchmarkOf(b *testing.B) {
	p := samplePilot(b).Pilot
	b.ResetTimer()
	for range b.N {
		for _, m := range p.Monitors.All() {
			trend.Of(p, m)
		}
	}
}

// BenchmarkTest is what the rows of the page cost.
func BenchmarkTest(b *testing.B) {
	p := samplePilot(b).Pilot
	b.ResetTimer()
	for range b.N {
		for _, m := range p.Monitors.All() {
			trend.Test(p, m)
		}
	}
}
