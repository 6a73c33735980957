package xlsx

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"strings"

	"lianshao/app/intake"
	"lianshao/storage/cells"
)

// Limits of a container. 200,000 rows of 16 columns unpack to about 160 MiB.
const (
	maxUnpacked = 256 << 20
	maxPart     = 192 << 20 // of a part that is read into memory
	maxParts    = 10_000
	maxRatio    = 400 // a real sheet packs 10 to 60 times
	ratioFrom   = 32 << 20
)

// container is the checked list of a zip's parts, by lower-case path.
type container struct {
	parts map[string]*zip.File
	total int // bytes unpacked
	seen  map[string]bool
}

func openContainer(src *source) (*container, error) {
	zr, err := zip.NewReader(src, src.size)
	if err != nil {
		return nil, fault("不完整，可能没有复制完或下载完，请重新取得它")
	}
	if len(zr.File) > maxParts {
		return nil, fault("内部部件太多，不像正常的工作簿，没有导入")
	}
	c := &container{parts: map[string]*zip.File{}, seen: map[string]bool{}}
	var total uint64
	for _, f := range zr.File {
		name := partName(f.Name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if c.parts[name] != nil {
			return nil, fault("内部有重复的部件，不是正常的工作簿，没有导入")
		}
		if f.UncompressedSize64 > maxUnpacked || total+f.UncompressedSize64 > maxUnpacked {
			return nil, fault(fmt.Sprintf("展开后超过 %d MB，请删去图片或拆成几个文件再导入", maxUnpacked>>20))
		}
		if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return nil, fault("压缩比异常，不像正常的工作簿，没有导入")
		}
		if f.Flags&1 != 0 {
			return nil, fault("有压缩密码，请取消密码后再导入")
		}
		total += f.UncompressedSize64
		c.parts[name] = f
	}
	c.total = int(total)
	return c, nil
}

func partName(s string) string {
	return strings.ToLower(strings.TrimLeft(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// part unpacks a part; its checksum has been compared.
func (c *container) part(name string) ([]byte, error) {
	f := c.parts[partName(name)]
	if f == nil {
		return nil, fault("缺少内部部件，文件不完整。请用 Excel 或 WPS 打开它，另存为新文件后再导入")
	}
	if f.UncompressedSize64 > maxPart {
		return nil, fault(fmt.Sprintf("的一张表展开后超过 %d MB，请拆成几个文件再导入", maxPart>>20))
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := readFull(r, int(f.UncompressedSize64))
	if err != nil {
		return nil, err
	}
	c.seen[partName(name)] = true
	return b, nil
}

// verifyRest compares the checksums of the parts nobody needed: a file that is
// damaged anywhere is not trusted.
func (c *container) verifyRest(ctx context.Context) error {
	for name, f := range c.parts {
		if c.seen[name] {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, r)
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// readZip reads a workbook out of its container.
func readZip(ctx context.Context, src *source, progress func(done, total int)) (*intake.Book, error) {
	c, err := openContainer(src)
	if err != nil {
		return nil, err
	}
	defer reserve(c.total)()
	w, err := readWorkbook(c)
	if err != nil {
		return nil, err
	}
	book := &intake.Book{}
	if book.Saved = c.savedAt(); !book.Saved.IsZero() {
		book.SavedFrom = intake.AtBook
	}
	done := len(w.strings)
	names := map[string]bool{}
	for _, s := range w.sheets {
		b, err := c.part(s.part)
		if err != nil {
			return nil, err
		}
		p := sheetParser{ctx: ctx, strings: w.strings, looks: w.looks, styles: w.styles, calc: w.calc, budget: &w.budget,
			sheet:    &cells.Sheet{Sheet: &intake.Sheet{Name: s.name, Hidden: s.hidden, Date1904: w.date1904}},
			progress: func(n int) { progress(min(done+n, c.total), c.total) }}
		if err := p.parse(b); err != nil {
			return nil, err
		}
		if names[s.name] {
			p.sheet.Warnings = append(p.sheet.Warnings, intake.CellNote{Message: "前面已有一张同名的工作表，按另一张表读取，请核对有没有重复"})
		}
		names[s.name] = true
		book.Sheets = append(book.Sheets, p.sheet.Sheet)
		done += len(b)
	}
	book.Sheets[0].Warnings = append(book.Sheets[0].Warnings, c.remarks()...)
	if err := c.verifyRest(ctx); err != nil {
		return nil, err
	}
	progress(c.total, c.total)
	return book, nil
}

// remarks tells what of a workbook is left alone.
func (c *container) remarks() (out []intake.CellNote) {
	macros, links := false, false
	for name := range c.parts {
		macros = macros || strings.HasSuffix(name, "vbaproject.bin")
		links = links || strings.Contains(name, "/externallinks/")
	}
	if macros {
		out = append(out, intake.CellNote{Message: "文件里有宏，没有运行"})
	}
	if links {
		out = append(out, intake.CellNote{Message: "有的公式取自别的文件，用的是上次保存时的结果，请核对"})
	}
	return out
}
