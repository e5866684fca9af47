"""The site's fonts in a PDF that is written by hand: which glyph of which font, and how wide."""

from dataclasses import dataclass
from pathlib import Path

from web.pdf_font import embed, metrics_of
from web.pdf_fonts import font_files
from web.pdf_writer import PdfWriter

# Stands for a sign that none of the fonts has; the true text goes with it, unseen.
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign: in which font, which of its glyphs, how wide in thousandths of the size."""

    font: int
    number: int
    width: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font, its glyphs as hexadecimal digits."""

    font: int
    glyphs: str


class Typeface:
    """All slices together, as far as a document uses them."""

    def __init__(self, static: Path) -> None:
        self._files = font_files(static)
        self._known: dict[str, Glyph] = {}
        self._used: dict[int, set[str]] = {}

    def width(self, text: str) -> int:
        """Measure a text, in thousandths of its size."""
        return sum(self._glyph(letter).width for letter in text)

    def runs(self, text: str) -> list[Run]:
        """Write a text in glyphs."""
        found: list[Run] = []
        font, digits = -1, ""
        for letter in text:
            glyph = self._glyph(letter)
            if glyph.font != font and digits:
                found.append(Run(font, digits))
                digits = ""
            font = glyph.font
            digits += f"{glyph.number:04X}"
        return [*found, Run(font, digits)] if digits else found

    def knows(self, text: str) -> bool:
        """Tell whether the fonts have every sign of a text."""
        return all(letter == _UNKNOWN or not self._is_unknown(letter) for letter in text)

    def embed(self, writer: PdfWriter) -> dict[str, int]:
        """Write the fonts with the glyphs that were used, by the name a page gives them."""
        return {
            f"F{font}": embed(writer, self._files[font][0], font, "".join(sorted(letters)))
            for font, letters in sorted(self._used.items())
        }

    def _is_unknown(self, letter: str) -> bool:
        return self._glyph(letter) is self._glyph(_UNKNOWN)

    def _glyph(self, letter: str) -> Glyph:
        found = self._known.get(letter)
        if found is None:
            found = self._known[letter] = self._find(letter)
        return found

    def _find(self, letter: str) -> Glyph:
        code = ord(letter)
        for number, (path, ranges) in enumerate(self._files):
            if any(first <= code <= last for first, last in ranges):
                metrics = metrics_of(path).get(code)
                if metrics is not None:
                    self._used.setdefault(number, set()).add(letter)
                    return Glyph(number, *metrics)
        if letter == _UNKNOWN:
            raise ValueError("the fonts lack the sign for what they lack")
        return self._glyph(_UNKNOWN)
