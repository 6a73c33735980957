package ooxml

import "strings"

// orders are the sequences of ECMA-376 part 1: annex A, sml.xsd and dml-chart.xsd.
var orders = func() map[string][]string {
	const (
		ser = "idx order tx spPr "
		axS = "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt "
	)
	out := map[string][]string{}
	for name, list := range map[string]string{
		"worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate " +
			"customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks " +
			"customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst",
		"sheetPr": "tabColor outlinePr pageSetUpPr", "sheetView": "pane selection pivotSelection extLst", "row": "c extLst", "c": "f v is extLst",
		"dataValidation": "formula1 formula2", "cfRule": "formula colorScale dataBar iconSet extLst", "conditionalFormatting": "cfRule extLst",
		"headerFooter": "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter",
		"workbook": "fileVersion fileSharing workbookPr AlternateContent workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr oleSize " +
			"customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst",
		"styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
		"xf":         "alignment protection extLst", "dxf": "font numFmt fill alignment border protection extLst", "border": "start end left right top bottom diagonal vertical horizontal",
		"comments": "authors commentList extLst", "chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings userShapes extLst",
		"chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
		"title": "tx layout overlay spPr txPr extLst", "legend": "legendPos legendEntry layout overlay spPr txPr extLst",
		"barChart":     "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
		"lineChart":    "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
		"scatterChart": "scatterStyle varyColors ser dLbls axId extLst", "bubbleChart": "varyColors ser dLbls bubble3D bubbleScale showNegBubbles sizeRepresents axId extLst",
		"ser":   ser + "invertIfNegative pictureOptions marker dPt dLbls trendline errBars cat val xVal yVal smooth shape bubbleSize bubble3D extLst",
		"dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines leaderLines extLst",
		"catAx": axS + "auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst", "valAx": axS + "crossBetween majorUnit minorUnit dispUnits extLst",
		"scaling": "logBase orientation max min extLst", "strRef": "f strCache extLst", "numRef": "f numCache extLst",
	} {
		out[name] = strings.Fields(list)
	}
	return out
}()
