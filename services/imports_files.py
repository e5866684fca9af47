"""Files of profiles: which format a file is in, by what it holds and by its name."""

from collections.abc import Iterator
from pathlib import Path

from services.imports_csv import csv_rows
from services.imports_json import json_rows
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import Row
from services.imports_sheet import sheet_rows

FILE_LIMIT = 200 * 1024 * 1024
_ZIP = b"PK\x03\x04"
# The old binary format of Excel; a workbook behind a password is wrapped in it, too.
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_GZIP = b"\x1f\x8b"
_JSON_NAMES = (".jsonl", ".ndjson", ".json")
_TABLE_NAMES = (".csv", ".tsv", ".txt")


def profile_rows(path: Path) -> Iterator[Row | Problem]:
    """Read a file of profiles, JSON Lines, CSV or XLSX, a row at a time.

    Raises
    ------
    UnreadableFile
        When the file cannot be read further; rows before that have been given out.
    """
    head = _head(path)
    if head.startswith(_OLD_OFFICE):
        raise UnreadableFile(1, "old-or-locked-workbook")
    if head.startswith(_GZIP):
        raise UnreadableFile(1, "packed-file")
    if head.startswith(_ZIP) or path.suffix.lower() == ".xlsx":
        yield from sheet_rows(path)
        return
    read = json_rows if _is_json(path, head) else csv_rows
    with path.open("rb") as file:
        yield from read(file)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise UnreadableFile(0, "cannot-open", why=error.strerror or "unknown") from None
    if size > FILE_LIMIT:
        raise UnreadableFile(0, "file-too-large", megabytes=FILE_LIMIT // 1024 // 1024)
    return head


def _is_json(path: Path, head: bytes) -> bool:
    suffix = path.suffix.lower()
    if suffix in _TABLE_NAMES:
        return False
    return suffix in _JSON_NAMES or head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
