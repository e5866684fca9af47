"""Tables as an XLSX workbook: real dates and numbers, and nothing that is a formula or a link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter

from matchmaking.export_text import Cell, opens_formula
from services.errors import ServiceError
from services.sheet_widths import widths

CELL_LIMIT = 32_767
"""How many characters a cell of a workbook holds."""

# As many rows tell how wide a column's texts are.
_LOOKED_AT = 200
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
}


class TextTooLong(ServiceError):
    """A text that no cell of a workbook holds; CSV does."""

    code = "text-too-long"

    def __init__(self, row: int, column: str) -> None:
        super().__init__(
            f"{column} in row {row} has more than {CELL_LIMIT} characters: take the CSV instead"
        )
        self.row = row
        self.column = column


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its header in row 1, and its rows."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]] = field(default_factory=tuple)


def write_workbook(
    file: BinaryIO, sheets: Sequence[Sheet], *, title: str, made_at: datetime
) -> None:
    """Write sheets with a frozen header and filters, a row at a time.

    Parameters
    ----------
    made_at
        The date that the file bears: the same sheets and date give the same bytes.

    Raises
    ------
    TextTooLong
    """
    book = xlsxwriter.Workbook(file, {**_OPTIONS, "constant_memory": True})
    made = made_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": "Ieum", "created": made})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        # As if an apostrophe had been typed before it: it stays text when somebody edits the cell.
        "text": book.add_format({"quote_prefix": True}),
    }
    try:
        for sheet in sheets:
            _write_sheet(book, sheet, styles)
    finally:
        book.close()


def _write_sheet(book: Any, sheet: Sheet, styles: Mapping[str, Any]) -> None:  # noqa: ANN401 - no types
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    first: list[Sequence[Cell]] = []
    rows = iter(sheet.rows)
    for row in rows:
        first.append(row)
        if len(first) == _LOOKED_AT:
            break
    # Widths go before the first row, where rows are not kept.
    for number, width in enumerate(widths(sheet.header, first)):
        page.set_column(number, number, width)
    for number, name in enumerate(sheet.header):
        page.write_string(0, number, name, styles["head"])
    last = 0
    for last, row in enumerate(_both(first, rows), start=1):
        for number, cell in enumerate(row):
            _write_cell(page, last, number, cell, styles, sheet.header[number])
    if last:
        page.autofilter(0, 0, last, len(sheet.header) - 1)


def _both(
    first: Iterable[Sequence[Cell]], rest: Iterable[Sequence[Cell]]
) -> Iterable[Sequence[Cell]]:
    yield from first
    yield from rest


def _write_cell(
    page: Any,  # noqa: ANN401 - no types
    row: int,
    column: int,
    cell: Cell,
    styles: Mapping[str, Any],
    name: str,
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        page.write_datetime(row, column, cell, styles["moment"])
    elif isinstance(cell, str):
        if len(cell) > CELL_LIMIT:
            raise TextTooLong(row + 1, name)
        page.write_string(row, column, cell, styles["text"] if opens_formula(cell) else None)
    else:
        page.write_number(row, column, cell)
