"""Cuts Noto Sans SC down to what a Chinese office writes, and adds the few symbols it lacks.

Usage: subset.py PACKAGE_DIR OUT_DIR

Kept: all of GB2312 and GBK, the symbol blocks below, Kangxi radicals (text copied out of PDFs holds them) and the
characters of personal and place names outside GBK. Layout tables and hints are dropped: the screen and the paper then
use the same plain advances, and the files are smaller. Regular and Bold get exactly the same characters.
"""
import os
import sys

from fontTools import subset
from fontTools.misc.transform import Identity
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

WEIGHTS = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}

# Unicode blocks taken whole, as far as the font has them.
BLOCKS = [
    (0x0020, 0x024F),  # Latin, pinyin
    (0x0300, 0x030C),  # combining tone marks
    (0x0370, 0x045F),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20CF),  # superscripts, subscripts, currency
    (0x2100, 0x218F),  # letterlike, number forms (Ⅰ–Ⅻ)
    (0x2190, 0x23FF),  # arrows, mathematics, technical
    (0x2460, 0x27BF),  # ①–⑳, boxes, blocks, geometric shapes, symbols, dingbats
    (0x2900, 0x2BFF),  # more arrows
    (0x2E80, 0x2FDF),  # CJK and Kangxi radicals
    (0x3000, 0x30FF),  # CJK punctuation, kana
    (0x3100, 0x312F),  # bopomofo
    (0x31C0, 0x31EF),  # strokes
    (0x3200, 0x33FF),  # ㈠ ㊣ ㎡ ℃ and the like
    (0x9FA6, 0x9FFF),  # later additions to the main Han block
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
    (0x20000, 0x3FFFF),  # Han beyond the basic plane: 𬭎 𫖯 𬱖 …
]

# Han of Extension A that the national list of standard characters (通用规范汉字表, 2013) names; names use them.
EXTENSION_A = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮"
    "䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)

# Symbols that office files hold and the font lacks, drawn from glyphs it has: new character → parts, each
# (character, scale, shift right, shift up) in font units of 1/1000 em.
DERIVED = {
    "☐": [("□", 1, 0, 0)],
    "☑": [("□", 1, 0, 0), ("✓", 0.62, 287, 150)],
    "☒": [("□", 1, 0, 0), ("×", 0.85, 75, 60)],
    "✔": [("✓", 1, 158, 0)],
    "✗": [("×", 1, 0, 0)],
    "✘": [("×", 1, 0, 0)],
    "✕": [("×", 1, 0, 0)],
    "▴": [("▲", 0.6, 200, 152)],
    "▾": [("▼", 0.6, 200, 152)],
    "◂": [("◀", 0.6, 200, 152)],
    "▸": [("▶", 0.6, 200, 152)],
    "↵": [("⏎", 1, 0, 0)],
}
SUBSCRIPT = (0.6, -110)  # scale and shift up of ₀–₉
SUPERSCRIPT = (0.6, 330)  # of the missing ⁰ ⁵–⁹


def gbk():
    """All characters of GBK, by decoding every double byte."""
    found = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes([high, low]).decode("gbk")))
            except UnicodeDecodeError:
                pass
    return found


def derived_symbols(cmap):
    """DERIVED plus sub- and superscript digits, without those that the font already has."""
    symbols = dict(DERIVED)
    for digit in range(10):
        scale, rise = SUBSCRIPT
        symbols[chr(0x2080 + digit)] = [(str(digit), scale, 15, rise)]
    for digit in (0, 5, 6, 7, 8, 9):
        scale, rise = SUPERSCRIPT
        symbols[chr(0x2070 + digit)] = [(str(digit), scale, 15, rise)]
    return {char: parts for char, parts in symbols.items() if ord(char) not in cmap}


def add_symbol(font, char, parts):
    """Draws char from other glyphs. A sub- or superscript is as narrow as its digit, any other symbol a full square."""
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    pen = TTGlyphPen(glyphs)
    for source, scale, right, up in parts:
        glyphs[cmap[ord(source)]].draw(TransformPen(pen, Identity.translate(right, up).scale(scale)))
    source, scale, right, _ = parts[0]
    name = f"uni{ord(char):04X}"
    width = round(font["hmtx"][cmap[ord(source)]][0] * scale) + 2 * right if source.isdigit() else 1000
    glyph = pen.glyph()
    font.setGlyphOrder(font.getGlyphOrder() + [name])
    font["glyf"].glyphs[name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap[ord(char)] = name


def wanted(cmap):
    """The code points to keep, of those in cmap."""
    keep = gbk() | set(map(ord, EXTENSION_A))
    for first, last in BLOCKS:
        keep.update(range(first, last + 1))
    return keep & set(cmap)


def cut(font, keep):
    """Subsets font in place."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep)
    cutter.subset(font)


def main(package, out):
    fonts = {}
    for weight, path in WEIGHTS.items():
        font = TTFont(os.path.join(package, path), recalcTimestamp=False)
        for table in ("vhea", "vmtx"):  # horizontal text only; new glyphs need no entries then
            del font[table]
        for char, parts in derived_symbols(font.getBestCmap()).items():
            add_symbol(font, char, parts)
        fonts[weight] = font
    keep = set.intersection(*(wanted(font.getBestCmap()) for font in fonts.values()))
    for weight, font in fonts.items():
        cut(font, keep)
        target = os.path.join(out, f"NotoSansSC-{weight}.ttf")
        font.save(target)
        print(f"{target}: {len(keep)} characters, {os.path.getsize(target)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
