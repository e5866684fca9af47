"""Profiles from the first sheet of an XLSX workbook."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from services.imports_report import Problem, UnreadableFile
from services.imports_rows import Row, read_header

UNPACKED_LIMIT = 1024 * 1024 * 1024
_BROKEN = (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError)
_FORMULA, _ERROR = "f", "e"


def sheet_rows(path: Path) -> Iterator[Row | Problem]:
    """Read the rows below the header, one at a time; every value comes as text.

    Raises
    ------
    UnreadableFile
        When the file is no workbook, unpacks to more than a gigabyte, or lacks a column.
    """
    _check_size(path)
    # Given a path, openpyxl would refuse a name that does not end in .xlsx.
    with path.open("rb") as file:
        try:
            workbook = load_workbook(file, read_only=True, keep_links=False)
            yield from _rows(workbook)
        except _BROKEN:
            raise UnreadableFile(1, "not-a-workbook") from None


def _check_size(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except _BROKEN:
        raise UnreadableFile(1, "not-a-workbook") from None
    if size > UNPACKED_LIMIT:
        raise UnreadableFile(1, "file-too-large", megabytes=UNPACKED_LIMIT // 1024 // 1024)


def _rows(workbook: Any) -> Iterator[Row | Problem]:  # noqa: ANN401 - openpyxl's read-only book
    sheet = workbook.worksheets[0]
    # Some programs write a wrong size of the sheet; without it every row is read.
    sheet.reset_dimensions()
    names: list[str] | None = None
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if all(cell.value in (None, "") for cell in cells):
            continue
        if names is None:
            names = read_header([_text(cell.value) for cell in cells], line)
        else:
            yield from _row(line, names, cells)


def _row(line: int, names: list[str], cells: Sequence[Any]) -> Iterator[Row | Problem]:
    problems = []
    values = {}
    for number, cell in enumerate(cells):
        name = names[number] if number < len(names) else ""
        if problem := _wrong_kind(cell):
            problems.append(Problem(line, name, problem))
        elif name or cell.value not in (None, ""):
            values[name] = _text(cell.value)
    if problems:
        yield from problems
    else:
        yield Row(line, values, joined=True)


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
