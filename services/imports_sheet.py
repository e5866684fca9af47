"""Profiles from the first sheet of an XLSX workbook."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from itertools import islice
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from services.imports_report import Problem, UnreadableFile
from services.imports_rows import LEFT_OUT, Row, cells_by_name, read_header

UNPACKED_LIMIT = 1024 * 1024 * 1024
_BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError)
_FORMULA, _ERROR = "f", "e"


def sheet_rows(file: BinaryIO, columns: Mapping[str, str] | None = None) -> Iterator[Row | Problem]:
    """Read the rows below the header, one at a time; every value comes as text.

    Parameters
    ----------
    columns
        The fields that foreign names of columns stand for.

    Raises
    ------
    UnreadableFile
        When the file is no workbook, unpacks to more than a gigabyte, or lacks a column.
    """
    _check_size(file)
    try:
        yield from _rows(load_workbook(file, read_only=True, keep_links=False), columns)
    except _BROKEN:
        raise UnreadableFile(1, "not-a-workbook") from None


def sheet_header(file: BinaryIO) -> tuple[list[str], list[str]]:
    """Give the header as it is written, and the first row below it; both empty without rows.

    Raises
    ------
    UnreadableFile
    """
    _check_size(file)
    try:
        sheet = _sheet(load_workbook(file, read_only=True, keep_links=False))
        full = ([_text(cell.value) for cell in cells] for cells in sheet.iter_rows())
        two = list(islice((cells for cells in full if any(cells)), 2))
    except _BROKEN:
        raise UnreadableFile(1, "not-a-workbook") from None
    head, first = [*two, [], []][:2]
    return head, first


def _check_size(file: BinaryIO) -> None:
    try:
        with ZipFile(file) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except _BROKEN:
        raise UnreadableFile(1, "not-a-workbook") from None
    if size > UNPACKED_LIMIT:
        raise UnreadableFile(1, "file-too-large", megabytes=UNPACKED_LIMIT // 1024 // 1024)


def _sheet(workbook: Any) -> Any:  # noqa: ANN401 - openpyxl's read-only book and sheet
    sheet = workbook.worksheets[0]
    # Some programs write a wrong size of the sheet; without it every row is read.
    sheet.reset_dimensions()
    return sheet


def _rows(
    workbook: Any,  # noqa: ANN401 - openpyxl's read-only book
    columns: Mapping[str, str] | None,
) -> Iterator[Row | Problem]:
    sheet = _sheet(workbook)
    names: list[str] | None = None
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if all(cell.value in (None, "") for cell in cells):
            continue
        if names is None:
            names = read_header([_text(cell.value) for cell in cells], line, columns)
        else:
            yield from _row(line, names, cells)


def _row(line: int, names: list[str], cells: Sequence[Any]) -> Iterator[Row | Problem]:
    problems = []
    for number, cell in enumerate(cells):
        name = names[number] if number < len(names) else ""
        if name != LEFT_OUT and (problem := _wrong_kind(cell)):
            problems.append(Problem(line, name, problem))
    if problems:
        yield from problems
    else:
        texts = [_text(cell.value) for cell in cells]
        yield Row(line, cells_by_name(names, texts), joined=True)


def _wrong_kind(cell: Any) -> str:  # noqa: ANN401 - openpyxl's read-only cell
    if cell.data_type == _FORMULA:
        return "formula"
    if cell.data_type == _ERROR:
        return "error-cell"
    return "date-cell" if isinstance(cell.value, date | time | timedelta) else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    # A spreadsheet keeps 3 as 3.0.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
