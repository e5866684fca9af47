"""Profiles from a CSV file, with commas, semicolons or tabs between the cells."""

import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from matchmaking.export_text import as_written
from services.imports_lines import LINE_LIMIT, Line, read_lines
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import REQUIRED, Row, cells_by_name, column_name, read_header

DELIMITERS = (",", ";", "\t")

# The standard limit of a cell, 131,072 characters, is below that of a research text.
csv.field_size_limit(LINE_LIMIT)


def csv_rows(file: BinaryIO, columns: Mapping[str, str] | None = None) -> Iterator[Row | Problem]:
    """Read the rows below the header; lines without text are passed over.

    Parameters
    ----------
    columns
        The fields that foreign names of columns stand for.

    Raises
    ------
    UnreadableFile
        When a column is missing, a quotation mark does not end, or as ``read_lines``.
    """
    lines = read_lines(file)
    first = _first(lines)
    if first is None:
        return
    delimiter = _delimiter(first.text)
    names = read_header(_cells(first, delimiter), first.number, columns)
    # The reader counts the lines that it is given; those before it were the header's.
    reader = csv.reader((line.text for line in lines), delimiter=delimiter, strict=True)
    while True:
        start = first.number + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableFile(start, "bad-csv", why=str(error)) from None
        if any(cell.strip() for cell in cells):
            yield _row(start, names, cells)


def csv_header(file: BinaryIO) -> tuple[list[str], list[str]]:
    """Give the header as it is written, and the first row below it; both empty without lines.

    Raises
    ------
    UnreadableFile
    """
    lines = read_lines(file)
    first = _first(lines)
    if first is None:
        return [], []
    delimiter = _delimiter(first.text)
    reader = csv.reader((line.text for line in lines), delimiter=delimiter, strict=True)
    try:
        return _cells(first, delimiter), next((row for row in reader if any(row)), [])
    except csv.Error as error:
        raise UnreadableFile(first.number + 1, "bad-csv", why=str(error)) from None


def _first(lines: Iterator[Line]) -> Line | None:
    return next((line for line in lines if line.text.strip()), None)


def _delimiter(header: str) -> str:
    def known(delimiter: str) -> int:
        names = {column_name(cell.strip('"')) for cell in header.strip().split(delimiter)}
        return sum(name in names for name in REQUIRED) * 1000 + len(names)

    return max(DELIMITERS, key=known)


def _cells(header: Line, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header.text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableFile(header.number, "bad-csv", why=str(error)) from None


def _row(line: int, names: list[str], cells: list[str]) -> Row | Problem:
    if len(cells) > len(names):
        return Problem(line, "", "too-many-cells", {"cells": len(cells), "columns": len(names)})
    # A mark that keeps spreadsheets from calculating is no part of the text.
    texts = [as_written(cell) for cell in cells]
    return Row(line, cells_by_name(names, texts), joined=True)
