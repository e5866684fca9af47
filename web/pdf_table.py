"""A long table as a tagged PDF (PDF/UA-1), a page at a time: any number of rows, little memory.

Layout here; what it is made of in web/pdf_lines.py, the objects of a file in web/pdf_writer.py, the
fonts in web/pdf_typeface.py, the tags in web/pdf_tags.py.
"""

from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from web.pdf_about import close_document
from web.pdf_lines import (
    LEADING,
    SMALL,
    TEXT,
    Line,
    Row,
    TableDocument,
    height_of,
    size_of,
    wrapped,
)
from web.pdf_tags import Tags
from web.pdf_typeface import Typeface
from web.pdf_writer import PdfWriter, text_string

# A4, lying; in points.
_WIDTH, _HEIGHT = 842, 595
_MARGIN, _FOOT, _GAP = 40, 46, 10
_TITLE = 20.0
_INK, _QUIET, _RULE = "0.11 0.10 0.09 rg", "0.29 0.27 0.25 rg", "0.87 0.84 0.78 RG"
# A row is never cut in two; a cell of more lines than this would not fit on a page.
_MOST_LINES = 30


def write_table(file: BinaryIO, document: TableDocument, rows: Iterable[Row], static: Path) -> int:
    """Write a table; returns the number of pages. The same table gives the same bytes."""
    writer = PdfWriter(file)
    layout = _Layout(writer, document, Typeface(static))
    layout.begin()
    for row in rows:
        layout.row(row)
    layout.page_end()
    close_document(writer, layout.tags, layout.type.embed(writer), document)
    return layout.tags.pages


class _Layout:
    """The page under way."""

    def __init__(self, writer: PdfWriter, document: TableDocument, typeface: Typeface) -> None:
        self.type = typeface
        self.tags = Tags(writer)
        self._document = document
        self._out: list[str] = []
        self._y = 0.0
        whole = _WIDTH - 2 * _MARGIN - _GAP * (len(document.columns) - 1)
        shares = sum(column.share for column in document.columns)
        self._widths = [whole * column.share / shares for column in document.columns]
        self._lefts = [
            _MARGIN + sum(self._widths[:place]) + _GAP * place for place in range(len(self._widths))
        ]
        # The same people stand in several rows.
        self._wrapped = lru_cache(20_000)(partial(wrapped, self.type))

    def begin(self) -> None:
        self._y = _HEIGHT - _MARGIN
        self._paragraph("H1", self._document.title, _TITLE)
        for text in self._document.lede:
            self._paragraph("P", text, TEXT)
        self._y -= 6
        self._header(first=True)

    def row(self, row: Row) -> None:
        cells = [
            [one for line in cell for one in self._wrapped(line, width)][:_MOST_LINES]
            for cell, width in zip(row, self._widths, strict=True)
        ]
        height = max(sum(height_of(line) for line in cell) for cell in cells) + 7
        if self._y - height < _FOOT:
            self.page_end()
            self._y = _HEIGHT - _MARGIN
            self._header(first=False)
        parent = self.tags.row()
        for place, cell in enumerate(cells):
            self._out.append(self.tags.cell(parent))
            self._lines(self._lefts[place], cell)
            self._out.append("EMC")
        self.tags.row_end(parent)
        self._y -= height
        self._rule(self._y + 3)

    def page_end(self) -> None:
        self._out.append("/Artifact<</Type/Pagination/Subtype/Footer>>BDC")
        label = self._document.page_label(self.tags.pages + 1)
        left = _WIDTH - _MARGIN - self.type.width(label) * SMALL / 1000
        self._text(left, _FOOT - 18, Line(label, quiet=True), SMALL)
        self._out.append("EMC")
        self.tags.page("\n".join(self._out).encode("latin-1"), (_WIDTH, _HEIGHT))
        self._out = []

    def _paragraph(self, kind: str, text: str, size: float) -> None:
        for line in wrapped(self.type, Line(text), _WIDTH - 2 * _MARGIN, size):
            self._y -= size * LEADING
            self._out.append(self.tags.block(kind))
            self._text(_MARGIN, self._y, line, size)
            self._out.append("EMC")

    def _header(self, *, first: bool) -> None:
        """Write the heads of the columns; on later pages they repeat what a reader knows."""
        if not first:
            self._out.append("/Artifact BMC")
        for left, column in zip(self._lefts, self._document.columns, strict=True):
            if first:
                self._out.append(self.tags.head())
            self._lines(left, [Line(column.label, quiet=True)])
            if first:
                self._out.append("EMC")
        if first:
            self.tags.head_end()
        else:
            self._out.append("EMC")
        self._y -= 16
        self._rule(self._y + 3, 1.0)

    def _lines(self, left: float, lines: Iterable[Line]) -> None:
        y = self._y
        for line in lines:
            y -= height_of(line)
            self._text(left, y + 2.5, line, size_of(line))

    def _text(self, left: float, y: float, line: Line, size: float) -> None:
        marks = f"/Lang({line.language})" if line.language else ""
        if not self.type.knows(line.text):
            marks += f"/ActualText{text_string(line.text)}"
        glyphs = " ".join(
            f"/F{run.font} {size:g} Tf<{run.glyphs}>Tj" for run in self.type.runs(line.text)
        )
        colour = _QUIET if line.quiet else _INK
        drawn = f"BT {colour} {left:.2f} {y:.2f} Td {glyphs} ET"
        self._out.append(f"/Span<<{marks}>>BDC {drawn} EMC" if marks else drawn)

    def _rule(self, y: float, width: float = 0.4) -> None:
        right = _WIDTH - _MARGIN
        line = f"{_RULE} {width} w {_MARGIN} {y:.2f} m {right} {y:.2f} l S"
        self._out.append(f"/Artifact BMC {line} EMC")
