"""Tables as CSV that no spreadsheet takes for a program, piece by piece.

The same table gives the same bytes, whenever and wherever it is written.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

Cell = str | int | float | datetime | None
LIST_MARK = ";"
"""What stands between the items of a list in one cell."""

MOMENT = "%Y-%m-%d %H:%M"
# OWASP's list of what a spreadsheet may take for a formula, leading TAB and CR among it.
_OPENS = r"[=+\-@\t\r\n＝＋－＠]"
# Apostrophes before it count too: the one that is put there can be told from one that was there.
_FIRST = re.compile(rf"[ ']*{_OPENS}")
# A program that separates cells by something else than the comma begins one here, and then takes
# the quotation marks for a part of the text.
_LATER = re.compile(rf"([;|\t\r\n])(?=[ \"']*{_OPENS})")
_LATER_MARKED = re.compile(rf"([;|\t\r\n])'(?=[ \"']*{_OPENS})")
_MANY = 200


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a person's text as a formula.

    An apostrophe marks the cell as text, and another what a program with other separators could
    take for a cell of its own. Everything else stays as it was written, and ``as_written`` takes
    the marks away again.
    """
    later = _LATER.sub(r"\1'", cell)
    return "'" + later if _FIRST.match(cell) else later


def as_written(cell: str) -> str:
    """Take away the marks that ``harmless`` put into a text."""
    bare = cell[1:] if cell.startswith("'") and _FIRST.match(cell[1:]) else cell
    return _LATER_MARKED.sub(r"\1", bare)


def opens_formula(cell: str) -> bool:
    """Tell whether a spreadsheet in which somebody edits a cell could take it for a formula."""
    return _FIRST.match(cell) is not None


def csv_pieces(header: Sequence[str], body: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write a table as CSV that spreadsheets open right, Korean too: UTF-8 with its mark.

    Every text stands in quotation marks, so that nothing within one begins a cell, whatever a
    program takes for the separator.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    text.write("\ufeff")
    writer.writerow(header)
    for number, row in enumerate(body, start=1):
        writer.writerow([_csv_cell(cell) for cell in row])
        if number % _MANY == 0:
            yield _taken(text)
    yield _taken(text)


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.strftime(MOMENT)
    return harmless(cell) if isinstance(cell, str) else cell


def _taken(text: io.StringIO) -> bytes:
    data = text.getvalue().encode("utf-8")
    text.seek(0)
    text.truncate()
    return data
