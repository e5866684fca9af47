"""A match list as a file of any of the five formats, in pieces, so that none is held whole.

Nothing is kept: what cannot be written straight into the answer goes through a file without a name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from flask import current_app

from matchmaking.export import MatchList
from matchmaking.export_json import json_pieces
from matchmaking.export_rows import header, plain, rows
from matchmaking.export_text import csv_pieces
from models import Edition
from services.calendar_file import calendar_pieces
from services.match_list import scheduled
from services.sheet_file import Sheet, write_workbook
from web.match_list_calendar import calendar_entries
from web.match_list_paper import list_document, list_lines
from web.pdf_table import write_table

Pieces = Iterator[bytes]
TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
}
"""The formats, and how each is announced."""

_PIECE = 1 << 16


def list_pieces(kind: str, matches: MatchList, edition: Edition, keys: Sequence[str]) -> Pieces:
    """Write a list in a format, in the language of the moment.

    The same list, columns and language give the same bytes.

    Raises
    ------
    NothingScheduled
        For a calendar without a meeting, before the first piece.
    """
    if kind == "ics":
        scheduled(matches)
    return _WRITERS[kind](matches, edition, keys)


def whole(write: Callable[[BinaryIO], object]) -> Pieces:
    """Have a file written that cannot be written in pieces, and give it in pieces.

    It is written before this returns, so that what goes wrong is known before anything is sent.
    """
    file = TemporaryFile()  # noqa: SIM115 - closed when it was read, or could not be written
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _read(file)


def _read(file: IO[bytes]) -> Pieces:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _csv(matches: MatchList, _edition: Edition, keys: Sequence[str]) -> Pieces:
    return csv_pieces(header(keys), rows(matches, keys))


def _json(matches: MatchList, _edition: Edition, keys: Sequence[str]) -> Pieces:
    head = {"edition": matches.edition, "round": matches.round}
    return json_pieces(head, "pairs", (plain(match, keys) for match in matches.matches))


def _xlsx(matches: MatchList, edition: Edition, keys: Sequence[str]) -> Pieces:
    sheet = Sheet("matches", header(keys), rows(matches, keys))
    title = f"{edition.slug}, round {matches.round}"
    return whole(lambda file: write_workbook(file, [sheet], title=title, made_at=matches.made_at))


def _ics(matches: MatchList, _edition: Edition, _keys: Sequence[str]) -> Pieces:
    return calendar_pieces(calendar_entries(matches))


def _pdf(matches: MatchList, edition: Edition, keys: Sequence[str]) -> Pieces:
    document = list_document(matches, edition, keys)
    static = Path(str(current_app.static_folder))
    lines = list_lines(matches, edition, keys)
    return whole(lambda file: write_table(file, document, lines, static))


_WRITERS: Mapping[str, Callable[[MatchList, Edition, Sequence[str]], Pieces]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "ics": _ics,
    "pdf": _pdf,
}
