"""The site's own fonts for a PDF: of the many slices, those that its text needs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FACE = re.compile(r"@font-face\{[^}]*\}")
_RANGES = re.compile(r"unicode-range:([^;}]+)")
# Words that WeasyPrint does not know: a variable font's weights, and what is shown meanwhile.
_FOR_BROWSERS = re.compile(r"(unicode-range|font-weight|font-display):[^;}]+;?")
_ADDRESS = re.compile(r'url\("\.\./([^"]+)"\)')
_FILES = ("css/fonts-latin.css", "css/fonts-korean.css")


@dataclass(frozen=True, slots=True)
class _Slice:
    """One font file with its rule, and the characters it is for as (first, last)."""

    rule: str
    ranges: tuple[tuple[int, int], ...]


def font_faces(static: Path, text: str) -> str:
    """Write the @font-face rules that a text needs, with addresses of files.

    Reading all of the hundred slices would take seconds; a page needs a dozen.
    """
    letters = {ord(letter) for letter in text}
    needed = (one.rule for one in _slices(static) if _meets(one, letters))
    return "\n".join(needed)


@lru_cache
def _slices(static: Path) -> tuple[_Slice, ...]:
    found = []
    for name in _FILES:
        for face in _FACE.findall((static / name).read_text(encoding="utf-8")):
            listed = _RANGES.search(face)
            rule = _FOR_BROWSERS.sub("", face)
            rule = _ADDRESS.sub(lambda match: f'url("{(static / match[1]).as_uri()}")', rule)
            found.append(_Slice(rule, _numbers(listed[1]) if listed else ((0, 0x10FFFF),)))
    return tuple(found)


def _numbers(listed: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.strip().removeprefix("U+").split("-") for part in listed.split(","))
    return tuple((int(pair[0], 16), int(pair[-1], 16)) for pair in pairs)


def _meets(one: _Slice, letters: set[int]) -> bool:
    return any(first <= letter <= last for letter in letters for first, last in one.ranges)
