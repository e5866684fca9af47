"""A font in a PDF: at an ordinary weight, with the glyphs that are used, and what they mean."""

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from web.pdf_writer import PdfWriter, dictionary

_WEIGHT = 400
_UNITS = 1000


@lru_cache
def _instance(path: Path) -> bytes:
    """Fix a variable font at the ordinary weight, and keep nothing but shapes and measures."""
    font = TTFont(path, recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": _WEIGHT}, inplace=True)
    for table in ("GPOS", "GSUB", "GDEF", "BASE", "STAT", "vhea", "vmtx", "name", "gasp"):
        if table in font:
            del font[table]
    return _saved(font)


@lru_cache
def metrics_of(path: Path) -> Mapping[int, tuple[int, int]]:
    """Give glyph and width of each sign of a font."""
    font = TTFont(io.BytesIO(_instance(path)))
    names, widths = font.getBestCmap(), font["hmtx"].metrics
    scale = _UNITS / font["head"].unitsPerEm
    return {
        code: (font.getGlyphID(name), round(widths[name][0] * scale))
        for code, name in names.items()
    }


def _saved(font: TTFont) -> bytes:
    font.flavor = None
    target = io.BytesIO()
    font.save(target, reorderTables=True)
    return target.getvalue()


def embed(writer: PdfWriter, path: Path, number: int, letters: str) -> int:
    """Write a font with the glyphs of some letters."""
    metrics = metrics_of(path)
    used = sorted({metrics[ord(letter)] for letter in letters})
    font = TTFont(io.BytesIO(_instance(path)), recalcTimestamp=False)
    options = subset.Options(retain_gids=True, notdef_outline=True, layout_features=[])
    options.glyph_names = options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(gids=[glyph for glyph, _ in used])
    cutter.subset(font)
    # A name of six letters before the font's own says that it is a part of it.
    tag = "".join(chr(65 + number // 26**power % 26) for power in range(5, -1, -1))
    name = f"/{tag}+{path.stem.replace('-wght-normal', '')}"
    data = _saved(font)
    file = writer.add_stream(data, f"/Length1 {len(data)}")
    descriptor = writer.add(_descriptor(font, name, file))
    widths = " ".join(f"{glyph}[{width}]" for glyph, width in used)
    system = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    entries = {"Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name}
    more = {"CIDSystemInfo": system, "FontDescriptor": f"{descriptor} 0 R", "W": f"[{widths}]"}
    inner = writer.add(dictionary({**entries, **more, "CIDToGIDMap": "/Identity"}))
    spoken = writer.add_stream(_to_unicode({metrics[ord(one)][0]: one for one in letters}))
    outer = {"Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H"}
    last = {"DescendantFonts": f"[{inner} 0 R]", "ToUnicode": f"{spoken} 0 R"}
    return writer.add(dictionary({**outer, **last}))


def _descriptor(font: Any, name: str, file: int) -> str:  # noqa: ANN401 - a font has no types
    head, lines = font["head"], font["hhea"]
    return dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": f"[{head.xMin} {head.yMin} {head.xMax} {head.yMax}]",
            "ItalicAngle": 0,
            "Ascent": lines.ascent,
            "Descent": lines.descent,
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": f"{file} 0 R",
        }
    )


def _to_unicode(letters: Mapping[int, str]) -> bytes:
    """Tell what each glyph means, so that the text can be searched, copied and read aloud."""
    lines = [f"<{glyph:04X}> <{one.encode('utf-16-be').hex()}>" for glyph, one in letters.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode("ascii")
