package xlsx

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"lianshao/app/intake"
	"lianshao/storage/cells"
	"lianshao/storage/xls"
)

// Kinds that are looked into; every other kind is refused with its sentence.
const (
	kindZip = fault("zip")
	kindOLE = fault("ole")
)

const (
	errNoBook = fault("不是 Excel 工作簿，或者没有复制完整。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
	errWeb    = fault("其实是网页（HTML），不是 Excel 工作簿：网上系统导出的 .xls 常是这样。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
	errXMLOld = fault("是 Excel 2003 的 XML 表格，请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入")
	errMarkup = fault("是 XML 文本，不是表格。请向提供的人要 Excel 表格")
	errODS    = fault("是 .ods 表格，请用 WPS 或 LibreOffice 打开它，另存为 .xlsx 后再导入")
	errPDF    = fault("是 PDF 文件，里面的表格读不出来。请向提供的人要原来的 Excel 表格，或在 WPS 里转成 .xlsx 后再导入")
	errImage  = fault("是图片，里面的文字读不出来。请向提供的人要原来的 Excel 表格，或照着填一份")
	errArc    = fault("是压缩包，请先解压，再导入其中的表格文件")
	errPilot  = fault("是廉哨的试点文件，不是表格。请用“打开”打开它，或用“汇总”并入本试点")
	errParcel = fault("是加密的交换包，不是表格。请用“汇总”把它收进来，会问发件人告诉你的密码")
	errProg   = fault("是程序文件，不是表格，没有打开。请确认文件来源")
	errLink   = fault("是快捷方式，请选择它指向的那个表格文件")
	errET     = fault("是 WPS 表格的 .et 文件，请在 WPS 中打开它，另存为 .xlsx 后再导入")
	errWord   = fault("是 Word 或 WPS 文字文档，请把其中的表格复制到 Excel 里，存成 .xlsx 后再导入")
	errSlides = fault("是 PPT 演示文稿，请选择 .xlsx、.xls 或 .csv 表格")
	errMail   = fault("是邮件，请先把其中的附件另存下来，再导入附件里的表格")
	errMac    = fault("是苹果电脑拷贝时留下的附属文件，不是表格本身。请选择名字前面没有“._”的那个文件")
	errZeros  = fault("里面全是 0，文件已经坏了（常见于没有复制完就拔出 U 盘），请重新取得它")
	errOpen   = fault("是 Excel 打开表格时留下的临时文件，不是表格本身。请关闭 Excel，选择名字前面没有“~$”的那个文件")
)

// signatures tell files by their first bytes.
var signatures = []struct {
	head string
	kind fault
}{
	{"PK\x03\x04", kindZip}, {"PK\x05\x06", kindZip}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kindOLE},
	{"%PDF", errPDF}, {"Rar!", errArc}, {"7z\xbc\xaf\x27\x1c", errArc}, {"\x1f\x8b", errArc}, {"BZh", errArc}, {"\xfd7zXZ", errArc},
	{"\x89PNG", errImage}, {"\xff\xd8\xff", errImage}, {"GIF8", errImage}, {"BM", errImage}, {"II*\x00", errImage}, {"MM\x00*", errImage}, {"RIFF", errImage},
	{"\x00\x05\x16\x07", errMac}, {"MZ", errProg}, {"\x7fELF", errProg}, {"age-encryption.org/v1", errParcel}, {"L\x00\x00\x00\x01\x14\x02\x00", errLink},
	{"{\\rtf", errWord}, {"MIME-Version:", errWeb}, {"From: ", errMail},
	{"\x09\x00\x04\x00", xls.ErrOld}, {"\x09\x02\x06\x00", xls.ErrOld}, {"\x09\x04\x06\x00", xls.ErrOld}, {"\x09\x08\x08\x00\x00\x05", xls.ErrOld},
}

// kindOf tells by the beginning of a file what it is; "" when it may be text. Short
// heads count only where what follows is no text.
func kindOf(head []byte) fault {
	if len(head) == 0 {
		return fault("是空文件（0 字节），可能没有复制完整，请重新取得它")
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.head)) && (len(s.head) > 3 || bytes.IndexByte(head, 0) >= 0) {
			return s.kind
		}
	}
	switch {
	case len(bytes.Trim(head, "\x00")) == 0:
		return errZeros
	case len(head) > 20 && string(head[16:20]) == "\xed\xda\x0c\xed": // bbolt's mark on its first page
		return errPilot
	}
	return markup(head)
}

// markup tells by its first element what a text is that begins with '<'.
func markup(head []byte) fault {
	text := strings.ToLower(withoutZeros(head))
	text = strings.TrimLeft(text, " \t\r\n\ufeff")
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	switch root := firstElement(text); {
	case strings.HasSuffix(root, "workbook") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet"):
		return errXMLOld
	case root == "office:document" || root == "office:document-content":
		return errODS
	case slices.Contains([]string{"html", "table", "head", "body", "meta", "div", "style", "script", "center", "title", "font", "p"}, root):
		return errWeb
	}
	return errMarkup
}

// firstElement returns the name of the first element of a text in lower case; html for
// what says that it is, by its <!DOCTYPE.
func firstElement(text string) string {
	for {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			return ""
		}
		text = text[at+1:]
		switch {
		case strings.HasPrefix(text, "!--"):
			_, text, _ = strings.Cut(text, "-->")
		case strings.HasPrefix(text, "!doctype html"):
			return "html"
		case !strings.HasPrefix(text, "!") && !strings.HasPrefix(text, "?"):
			return text[:len(text)-len(strings.TrimLeft(text, "abcdefghijklmnopqrstuvwxyz0123456789:-_"))]
		}
	}
}

// withoutZeros drops the zeros of UTF-16, which are all that matters for tags.
func withoutZeros(head []byte) string {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return string(bytes.ReplaceAll(head[2:], []byte{0}, nil))
	}
	return string(head)
}

// readOLE reads what stands in an OLE container: an old workbook, or an encrypted
// new one.
func readOLE(ctx context.Context, ext string, src *source, progress func(done, total int)) (*intake.Book, error) {
	data, err := src.all()
	if err != nil {
		return nil, err
	}
	release := reserve(4 * len(data)) // the stream, its texts and the rows
	defer func() { release() }()
	names, err := xls.Streams(data)
	if err != nil {
		return nil, err
	}
	has := func(name string) bool { return slices.Contains(names, name) }
	switch {
	case ext == ".et":
		return nil, errET
	case has("EncryptedPackage"):
		plain, err := unlock(src.how.Password, data)
		if err != nil {
			return nil, err
		}
		release()
		release = func() {}
		return readZip(ctx, inMemory(plain), progress)
	case has("Workbook"):
		return xls.Read(ctx, data, src.how.Password, progress)
	case has("Book"):
		return nil, xls.ErrOld
	case has("WordDocument"):
		return nil, errWord
	case has("PowerPoint Document"):
		return nil, errSlides
	case has("__properties_version1.0"):
		return nil, errMail
	}
	return nil, cells.Fault("不是 Excel 工作簿，请选择 .xlsx、.xls 或 .csv 文件")
}
