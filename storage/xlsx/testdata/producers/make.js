// Makes workbooks with SheetJS (xlsx) and exceljs, and encrypts one with officecrypto-tool;
// run where these npm packages are installed.
const fs = require('fs'), XLSX = require('xlsx'), Excel = require('exceljs'), crypto = require('officecrypto-tool')
const day = new Date(Date.UTC(2026, 8, 20)), midnight = new Date(Date.UTC(2026, 8, 19, 16)) // the latter is 20 September in China
const table = [['岗位廉政风险点自查表'], ['编号', '风险点', '可能性', '完成时限', '属实'], ['001', '验收走过场', 3, day, true], ['002', '围标串标', 2.5, midnight, false]]
const ws = XLSX.utils.aoa_to_sheet(table, { cellDates: true })
for (const a of ['D3', 'D4']) Object.assign(ws[a], { t: 'd', v: table[+a[1] - 1][3] })
const wb = XLSX.utils.book_new()
XLSX.utils.book_append_sheet(wb, ws, '自查表')
XLSX.writeFile(wb, 'sheetjs-dates.xlsx', { cellDates: true, compression: true })
;(async () => {
  const book = new Excel.Workbook(), sheet = book.addWorksheet('自查表')
  sheet.addRows(table.slice(0, 3))
  sheet.getCell('B3').value = { richText: [{ text: '验收' }, { font: { bold: true }, text: '走过场' }] }
  sheet.getCell('D3').numFmt = 'yyyy/m/d'
  sheet.getCell('F3').value = { formula: 'C3*2', result: 6 }
  sheet.getCell('F4').value = { formula: 'C3*3' }
  await book.xlsx.writeFile('exceljs.xlsx')
  const plain = fs.readFileSync('exceljs.xlsx')
  fs.writeFileSync('agile.xlsx', await crypto.encrypt(plain, { password: '密码123' }))
  fs.writeFileSync('standard.xlsx', await crypto.encrypt(plain, { password: '密码123', type: 'standard' }))
})()
