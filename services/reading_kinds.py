"""Which kind of thing somebody pasted or chose, told from its first signs, and its reader."""

import codecs
import re
from dataclasses import dataclass, field

from services import reading_json, reading_xml
from services.imports_works import WORKS_LIMIT
from services.reading import Found, FoundWork, Unread, Unreadable
from services.reading_bibtex import read_bibtex
from services.reading_csl import read_csl
from services.reading_cv import read_cv
from services.reading_ids import Ids, read_ids
from services.reading_openalex import is_openalex, read_openalex
from services.reading_orcid import is_record, read_record
from services.reading_ris import read_ris, read_wos

LARGEST = 10 * 1024 * 1024
# A file of nothing but broken entries takes the reader about 7 s for each MB.
_LARGEST_TEXT = 2 * 1024 * 1024
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HANGUL = re.compile("[가-힣]")
_BIBTEX = re.compile(r"^\s*@\w+\s*(?:\{|\(\s*[^\s,(){}]+\s*,)", re.MULTILINE)
_RIS = re.compile(r"^\s*TY\s{1,2}-", re.MULTILINE)
_WOS = re.compile(r"^(?:FN |VR |PT )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """What was in a file, or the identifiers whose meaning a registry knows."""

    found: Found | None = None
    ids: Ids = field(default_factory=Ids)


def read_anything(data: bytes) -> Read:
    """Read a file or a pasted text of any known kind.

    Raises
    ------
    Unreadable
        When it is empty, too large, broken as a whole or of no known kind.
    """
    if len(data) > LARGEST:
        raise Unreadable("too-large", megabytes=LARGEST // 1024 // 1024)
    if data.lstrip()[:5] == b"%PDF-":
        return Read(_bounded(read_cv(data)))
    text = _decoded(data)
    start = text.lstrip()[:1]
    if not start:
        raise Unreadable("empty")
    if start == "<":
        return Read(_bounded(_record(reading_xml.load(text))))
    if start in "{[":
        return Read(_bounded(_json(text)))
    if len(data) > _LARGEST_TEXT:
        raise Unreadable("too-large", megabytes=_LARGEST_TEXT // 1024 // 1024)
    return _text(text)


def _text(text: str) -> Read:
    if _RIS.search(text):
        return Read(_bounded(read_ris(text)))
    if _BIBTEX.search(text):
        return Read(_bounded(read_bibtex(text)))
    if _WOS.match(text):
        return Read(_bounded(read_wos(text)))
    ids = read_ids(text)
    if not ids.values:
        raise _no_kind(ids)
    return Read(ids=ids)


def _no_kind(ids: Ids) -> Unreadable:
    if ids.kind:
        first = ids.unread[0]
        return Unreadable(first.code, first.line, **first.values)
    return Unreadable("unknown-kind")


def _json(text: str) -> Found:
    tree = reading_json.load(text)
    if is_record(tree):
        return read_record(tree)
    return read_openalex(tree) if is_openalex(tree) else read_csl(tree)


def _record(tree: dict[str, object]) -> Found:
    if not is_record(tree):
        raise Unreadable("unknown-kind")
    return read_record(tree)


def _decoded(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with its mark, Korean CP949 if Hangul comes of it, or Latin-1."""
    for encoding in ("utf-16",) if data.startswith(_WIDE) else ("utf-8-sig", "cp949", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and (encoding != "cp949" or _HANGUL.search(text)):
            return text
    raise Unreadable("not-text")


def _bounded(found: Found) -> Found:
    """Keep as many works as a profile holds, and say where that ended."""
    if len(found.works) <= WORKS_LIMIT:
        if found.works or found.facts or found.unread:
            return found
        raise Unreadable("nothing-found")
    kept, first_left_out = found.works[:WORKS_LIMIT], found.works[WORKS_LIMIT]
    return Found(found.kind, kept, found.facts, (*found.unread, _too_many(first_left_out)))


def _too_many(work: FoundWork) -> Unread:
    return Unread(work.line, "too-many-works", {"limit": WORKS_LIMIT})
