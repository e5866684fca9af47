"""RIS, and Web of Science's own dialect of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rispy

from services.reading import Collector, Found

# Some programs write one space where the format wants two.
_TAG = re.compile(r"^\ufeff?\s*([A-Z][A-Z0-9])\s{1,2}- ?", re.MULTILINE)
_WOS_TAG = re.compile(r"^(PT|ER|EF)\b")
_TITLES = ("title", "primary_title", "document_title", "short_title")
_AUTHORS = ("author_full_name", "authors", "first_authors")
_YEARS = ("year", "publication_year", "date")
_ABSTRACTS = ("abstract", "notes_abstract")
_VENUES = (
    "publication_name",
    "journal_name",
    "secondary_title",
    "alternate_title3",
    "alternate_title1",
    "alternate_title2",
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One reference: the line on which it begins, its text, and whether it ends."""

    line: int
    text: str
    ended: bool


def read_ris(text: str) -> Found:
    """Read every reference that has a title; one that breaks off is read and listed."""
    normal = _TAG.sub(lambda tag: f"{tag[1]}  - ", text)
    return _read("ris", _pieces(normal, "TY  -", "ER  -"), rispy.RisParser)


def read_wos(text: str) -> Found:
    """Read a plain-text export of Web of Science."""
    return _read("wos", _pieces(text, "PT ", "ER"), rispy.WokParser)


def _read(kind: str, pieces: Iterator[_Piece], parser: type) -> Found:
    into = Collector(kind)
    for piece in pieces:
        if not piece.ended:
            into.cannot_read(piece.line, "ris-unfinished")
        try:
            entries = parser().parse(piece.text)
        # rispy raises what its lists and dictionaries raise.
        except (IndexError, KeyError, ValueError, TypeError, OSError):
            entries = []
        if not entries:
            into.cannot_read(piece.line, "ris-broken")
        for entry in entries:
            into.work(piece.line, _raw(entry))
    return into.found()


def _pieces(text: str, begin: str, end: str) -> Iterator[_Piece]:
    """Cut into references, so that each keeps its line and one that is broken spoils no other."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if line.startswith(begin):
            if lines:
                yield _Piece(start, "\n".join([*lines, end, ""]), ended=False)
            lines, start = [line], number
        elif lines and line.rstrip() == end.rstrip():
            yield _Piece(start, "\n".join([*lines, end + " ", ""]), ended=True)
            lines = []
        elif lines:
            lines.append(line)
    if lines:
        yield _Piece(start, "\n".join([*lines, end + " ", ""]), ended=False)


def _raw(entry: Mapping[str, Any]) -> dict[str, Any]:
    doi = str(entry.get("doi") or "")
    if not doi:
        # Before the format had a tag for it, the DOI was written among the addresses.
        found = (_DOI.search(str(url)) for url in entry.get("urls") or ())
        doi = next((match[0] for match in found if match), "")
    return {
        "title": _first(entry, _TITLES),
        "authors": next((entry[name] for name in _AUTHORS if entry.get(name)), []),
        "year": _first(entry, _YEARS),
        "abstract": _first(entry, _ABSTRACTS),
        "venue": _first(entry, _VENUES),
        "doi": doi,
    }


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(entry[name]) for name in names if entry.get(name)), "")
