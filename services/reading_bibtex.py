"""BibTeX and BibLaTeX, with LaTeX turned into plain text."""

import logging
import re

from bibtexparser import parse_string
from bibtexparser.model import Block, Entry, MiddlewareErrorBlock, ParsingFailedBlock
from pylatexenc.latex2text import LatexNodes2Text

from services.reading import Collector, Found
from services.reading_bibtex_brackets import with_braces

# The parser logs every block that it cannot read; here they are listed for their owner instead.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?|[{}$]")
_LINK = re.compile(r"\\href\s*\{[^{}]*\}")
_NO_NAME = {"", ",", "others"}
_VENUES = ("journal", "journaltitle", "booktitle", "publisher", "school", "institution")
_to_text = LatexNodes2Text(math_mode="text", keep_comments=True)


def read_bibtex(text: str) -> Found:
    """Read every entry that has a title; a block that breaks off is listed with its line."""
    into = Collector("bibtex")
    for block in parse_string(with_braces(text)).blocks:
        entry = _entry_of(block)
        if entry is not None:
            _read(into, entry)
        elif isinstance(block, ParsingFailedBlock):
            into.cannot_read(_line(block), "bibtex-broken")
    return into.found()


def latex_to_text(text: str) -> str:
    """Turn LaTeX into plain text; what cannot be understood loses its commands only."""
    if "\\" not in text and "{" not in text and "$" not in text:
        return text
    try:
        return str(_to_text.latex_to_text(_LINK.sub("", text)))
    except (IndexError, ValueError, RecursionError):
        return _COMMAND.sub("", text)


def _entry_of(block: Block) -> Entry | None:
    """Give the entry of a block; one whose key or field comes twice is an entry all the same."""
    if isinstance(block, Entry):
        return block
    if isinstance(block, ParsingFailedBlock | MiddlewareErrorBlock):
        inner = block.ignore_error_block
        return inner if isinstance(inner, Entry) else None
    return None


def _read(into: Collector, entry: Entry) -> None:
    fields = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    raw = {
        "title": latex_to_text(fields.get("title", "")),
        "abstract": latex_to_text(fields.get("abstract", "")),
        "authors": [_name(part) for part in _AND.split(fields.get("author", ""))],
        "year": fields.get("year") or fields.get("date"),
        "doi": fields.get("doi"),
        "venue": latex_to_text(next((fields[name] for name in _VENUES if fields.get(name)), "")),
    }
    into.work(_line(entry), raw)


def _name(text: str) -> str:
    name = " ".join(latex_to_text(text).split())
    return "" if name in _NO_NAME else name


def _line(block: Block) -> int:
    return int(block.start_line or 0) + 1
