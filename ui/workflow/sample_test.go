package workflow

import (
	"sync"
	"testing"
	"time"

	"lianshao/app"
	"lianshao/app/sample"
	"lianshao/domain"
	"lianshao/storage/xlsx"
	"lianshao/ui/page/pagetest"
)

// inMemory makes pilots that are never written to disk.
type inMemory struct{}

func (inMemory) Create(string) (app.PilotStore, error)                    { return pagetest.NewStore(nil), nil }
func (inMemory) Open(string) (app.PilotStore, error)                      { panic("not used") }
func (inMemory) OpenWith(string, app.OpenOptions) (app.PilotStore, error) { panic("not used") }

// importSample reads the sample's workbooks once for all tests.
var importSample = sync.OnceValues(func() (*app.Session, error) {
	s, err := app.CreatePilot(inMemory{}, "", app.TemplateUniversity, sample.Year, time.Now, pagetest.NewIDs("s"), "测试员")
	if err != nil {
		return nil, err
	}
	return s, sample.Fill(s, xlsx.Reader{}, nil)
})

// samplePilot is the built-in example, imported from its workbooks.
func samplePilot(t testing.TB) *domain.Pilot {
	t.Helper()
	s, err := importSample()
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Store.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
