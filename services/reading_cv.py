"""A curriculum vitae as PDF. A page of text has no fields: what is found is a guess, never sure."""

import io
import re
from itertools import takewhile

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from services.reading import Collector, Found, Unreadable

PAGES = 20
_LONGEST = 200_000
_DOI = re.compile(r"10\.\d{4,9}/[^\s()\[\],;]+[^\s()\[\],;.]")
_HEADING = re.compile(
    r"^\W*(?:selected )?(publications?|research|research interests|profile|summary|about me"
    r"|education|experience|employment|projects|skills|honou?rs|awards|patents|invited talks|talks"
    r"|references|teaching|service|grants|languages|논문|연구|연구 분야|학력|경력|수상|특허)\W*$",
    re.IGNORECASE,
)
_WORKS = {"publication", "publications", "selected publications", "논문"}
_ABOUT = {"research", "research interests", "profile", "summary", "about me", "연구", "연구 분야"}
_AREAS = re.compile(r"^\W*(?:research (?:areas|interests)|keywords|연구 분야)\s*:\s*(.+)$", re.I)
_NAME = re.compile(r"^[^\W\d_][^\d@:/|]{1,60}$")
_NOT_A_NAME = re.compile(r"curriculum|vitae|résumé|resume|updated|page", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(r"(?:\w{3,9}\.? )?(?:19|20)\d\d\W*")
_TOPICS = 8
_ONE_LINE, _MOST_LINES = 60, 6


def read_cv(data: bytes) -> Found:
    """Suggest a name, topics, a text and the works of a CV; none of them is sure.

    Raises
    ------
    Unreadable
        When the file is broken or locked, or holds pictures of text only.
    """
    lines = _lines(data)
    into = Collector("cv")
    name = next((n for n, text in enumerate(lines[:8]) if _is_name(text)), None)
    if name is not None:
        into.fact(name + 1, "name", lines[name], sure=False)
    for number, text in enumerate(lines, start=1):
        areas = _AREAS.match(text)
        for topic in re.split(r"[,;·]", areas[1])[:_TOPICS] if areas else ():
            into.fact(number, "topics", topic, sure=False)
    about = _section(lines, _ABOUT)
    into.fact(about[0][0] if about else 0, "research", " ".join(t for _, t in about), sure=False)
    _works(into, _section(lines, _WORKS))
    return into.found()


def _lines(data: bytes) -> list[str]:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("pdf-locked")
        text = "\n".join(page.extract_text() for page in reader.pages[:PAGES])[:_LONGEST]
    # A broken file makes the reader stumble anywhere, not only where it looks for it.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("pdf-broken") from None
    lines = [" ".join(line.split()) for line in text.splitlines()]
    if sum(map(len, lines)) < 100:
        raise Unreadable("pdf-without-text")
    return lines


def _is_name(text: str) -> bool:
    return bool(_NAME.match(text)) and not _NOT_A_NAME.search(text) and len(text.split()) <= 5


def _section(lines: list[str], titles: set[str]) -> list[tuple[int, str]]:
    """Give the numbered lines below a heading, up to the next."""
    for number, text in enumerate(lines):
        if text.strip(" :").lower() in titles:
            below = takewhile(
                lambda one: not _HEADING.match(one[1]), enumerate(lines[number + 1 :], number + 2)
            )
            return [(place, line) for place, line in below if line]
    return []


def _works(into: Collector, section: list[tuple[int, str]]) -> None:
    """Take the first line of each entry for the title; an entry ends with its year."""
    entry: list[tuple[int, str]] = []
    for place, text in section:
        entry.append((place, text))
        # A line that is a date ends an entry; so does one long line with its year.
        on_one_line = len(entry) == 1 and len(text) > _ONE_LINE and _YEAR.search(text)
        if _DATE.fullmatch(text) or on_one_line or len(entry) == _MOST_LINES:
            _work(into, entry)
            entry = []
    _work(into, entry)


def _work(into: Collector, entry: list[tuple[int, str]]) -> None:
    if not entry:
        return
    text = " ".join(line for _, line in entry)
    doi, years = _DOI.search(text), _YEAR.findall(_DOI.sub("", text))
    into.work(
        entry[0][0],
        {
            "title": re.sub(r"^\W*\d{0,3}[.)\]]\s*", "", entry[0][1]),
            "doi": doi[0] if doi else "",
            "year": years[-1] if years else "",
        },
    )
