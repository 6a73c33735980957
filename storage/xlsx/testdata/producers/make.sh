#!/bin/sh
# Makes every workbook of this folder anew. Needs python3-openpyxl, -xlsxwriter, -xlwt and
# -uno, gnumeric, LibreOffice, libapache-poi-java with a JDK, and the npm packages xlsx,
# exceljs, officecrypto-tool (NODE_PATH). See README.md for what each file is for.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
office="soffice -env:UserInstallation=file://$tmp/profile --headless"
/usr/bin/python3 make.py
node make.js
ssconvert -T Gnumeric_Excel:xlsx2 openpyxl.xlsx gnumeric.xlsx
ssconvert -T Gnumeric_Excel:excel_dsf openpyxl.xlsx gnumeric-dsf.xls
$office --convert-to "xls:MS Excel 97" --outdir "$tmp" openpyxl.xlsx
$office --convert-to "xlsx:Calc MS Excel 2007 XML" --outdir "$tmp" openpyxl.xlsx
mv "$tmp/openpyxl.xls" libreoffice.xls
mv "$tmp/openpyxl.xlsx" libreoffice.xlsx
cat >"$tmp/lock.py" <<'PY'
import os, sys, time, uno
from com.sun.star.beans import PropertyValue
def value(name, v):
    p = PropertyValue()
    p.Name, p.Value = name, v
    return p
local = uno.getComponentContext()
find = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(60):
    try:
        there = find.resolve("uno:pipe,name=producers;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
url = lambda p: uno.systemPathToFileUrl(os.path.abspath(p))
doc = desktop.loadComponentFromURL(url("openpyxl.xlsx"), "_blank", 0, (value("Hidden", True),))
doc.storeToURL(url("libreoffice-rc4.xls"), (value("FilterName", "MS Excel 97"), value("Password", "密码123")))
desktop.terminate()
PY
$office "--accept=pipe,name=producers;urp;" --norestore &
/usr/bin/python3 "$tmp/lock.py"
wait
cat >"$tmp/Lock.java" <<'JAVA'
import java.io.*;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
public class Lock {
    public static void main(String[] a) throws Exception {
        HSSFWorkbook wb = new HSSFWorkbook(new FileInputStream(a[0]));
        Biff8EncryptionKey.setCurrentUserPassword("密码123");
        try (OutputStream out = new FileOutputStream(a[1])) { wb.write(out); }
    }
}
JAVA
jars=$(ls /usr/share/java/poi*.jar /usr/share/java/commons-*.jar | tr '\n' ':')
java -cp "$jars" "$tmp/Lock.java" libreoffice.xls poi-cryptoapi.xls
rm -r "$tmp"
