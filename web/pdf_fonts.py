"""The site's own fonts for a PDF: of the many slices, those that its text needs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FACE = re.compile(r"@font-face\{[^}]*\}")
_FAMILY = re.compile(r'font-family:"[^"]*"')
_RANGES = re.compile(r"unicode-range:([^;}]+)")
# Words that WeasyPrint does not know: a variable font's weights, and what is shown meanwhile.
_FOR_BROWSERS = re.compile(r"(unicode-range|font-weight|font-display):[^;}]+;?")
_ADDRESS = re.compile(r'url\("\.\./([^"]+)"\)')
_FILES = ("css/fonts-latin.css", "css/fonts-korean.css")


@dataclass(frozen=True, slots=True)
class _Slice:
    """One font file with its rule, and the characters it is for as (first, last)."""

    family: str
    file: Path
    rule: str
    ranges: tuple[tuple[int, int], ...]


def font_style(static: Path, text: str) -> str:
    """Write the @font-face rules that a text needs, and the rule that sets a page in them.

    Reading all of the hundred slices would take seconds; a page needs a dozen. Each is a family of
    its own: WeasyPrint takes two files of one family for the same font, and draws wrong syllables.
    """
    letters = {ord(letter) for letter in text}
    needed = [one for one in _slices(static) if _meets(one, letters)]
    families = ", ".join(f'"{one.family}"' for one in needed)
    rules = "\n".join(one.rule for one in needed)
    return f"{rules}\nhtml {{ font-family: {families}, sans-serif; }}\n"


def font_files(static: Path) -> list[tuple[Path, tuple[tuple[int, int], ...]]]:
    """List the files of upright fonts, each with the characters that it is for."""
    return [(one.file, one.ranges) for one in _slices(static)]


@lru_cache
def _slices(static: Path) -> tuple[_Slice, ...]:
    found = []
    for name in _FILES:
        for face in _FACE.findall((static / name).read_text(encoding="utf-8")):
            if "italic" in face:
                continue
            listed = _RANGES.search(face)
            rule = _FOR_BROWSERS.sub("", face)
            rule = _ADDRESS.sub(lambda match: f'url("{(static / match[1]).as_uri()}")', rule)
            address = _ADDRESS.search(face)
            file = static / (address[1] if address else "")
            family = file.stem
            rule = _FAMILY.sub(f'font-family:"{family}"', rule)
            ranges = _numbers(listed[1]) if listed else ((0, 0x10FFFF),)
            found.append(_Slice(family, file, rule, ranges))
    return tuple(found)


def _numbers(listed: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.strip().removeprefix("U+").split("-") for part in listed.split(","))
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)


def _meets(one: _Slice, letters: set[int]) -> bool:
    return any(first <= letter <= last for letter in letters for first, last in one.ranges)
