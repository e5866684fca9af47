"""Files of profiles: which format a file is in, by what it holds and by its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path, PurePath
from typing import BinaryIO

from services.imports_columns import Columns, Header
from services.imports_csv import csv_header, csv_rows
from services.imports_json import json_header, json_rows
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import Row
from services.imports_sheet import sheet_header, sheet_rows

FILE_LIMIT = 200 * 1024 * 1024
_ZIP = b"PK\x03\x04"
# The old binary format of Excel; a workbook behind a password is wrapped in it, too.
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_GZIP = b"\x1f\x8b"
_JSON_NAMES = (".jsonl", ".ndjson", ".json")
_TABLE_NAMES = (".csv", ".tsv", ".txt")
_SHEET, _JSON, _TABLE = "sheet", "json", "table"
_SAMPLE = 60


def profile_rows(path: Path, columns: Columns | None = None) -> Iterator[Row | Problem]:
    """Read a file of profiles, JSON Lines, CSV or XLSX, a row at a time.

    Raises
    ------
    UnreadableFile
        When the file cannot be read further; rows before that have been given out.
    """
    with _opened(path) as file:
        yield from rows_of(file, path.name, columns)


def rows_of(file: BinaryIO, name: str, columns: Columns | None = None) -> Iterator[Row | Problem]:
    """Do the same with a file that is open.

    Parameters
    ----------
    name
        What the file is called; its ending tells of the format where its content does not.
    columns
        The fields that foreign names of columns stand for.
    """
    kind = _kind(file, name)
    read = {_SHEET: sheet_rows, _JSON: json_rows, _TABLE: csv_rows}[kind]
    yield from read(file, columns)


def header_of(file: BinaryIO, name: str) -> Header:
    """Read the names of a file's columns as they are written there.

    Raises
    ------
    UnreadableFile
    """
    kind = _kind(file, name)
    if kind == _JSON:
        found = json_header(file)
        return Header(tuple(found), {key: str(value)[:_SAMPLE] for key, value in found.items()})
    head, first = sheet_header(file) if kind == _SHEET else csv_header(file)
    names = [cell.strip() for cell in head]
    pairs = zip_longest(names, first[: len(names)], fillvalue="")
    return Header(tuple(filter(None, names)), {key: value[:_SAMPLE] for key, value in pairs if key})


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        size = path.stat().st_size
        file = path.open("rb")
    except OSError as error:
        raise UnreadableFile(0, "cannot-open", why=error.strerror or "unknown") from None
    with file:
        if size > FILE_LIMIT:
            raise UnreadableFile(0, "file-too-large", megabytes=FILE_LIMIT // 1024 // 1024)
        yield file


def _kind(file: BinaryIO, name: str) -> str:
    head = file.read(64)
    file.seek(0)
    if head.startswith(_OLD_OFFICE):
        raise UnreadableFile(1, "old-or-locked-workbook")
    if head.startswith(_GZIP):
        raise UnreadableFile(1, "packed-file")
    suffix = PurePath(name).suffix.lower()
    if head.startswith(_ZIP) or suffix == ".xlsx":
        return _SHEET
    return _JSON if _is_json(suffix, head) else _TABLE


def _is_json(suffix: str, head: bytes) -> bool:
    if suffix in _TABLE_NAMES:
        return False
    return suffix in _JSON_NAMES or head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
