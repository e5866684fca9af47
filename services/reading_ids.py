"""Identifiers that somebody pasted, and nothing else; what they stand for is in a registry.

DOIs on lines of their own or with commas between, one ORCID iD, or one author of OpenAlex.
"""

import re
from dataclasses import dataclass

from services import profile_values as values
from services.profile_values import BadValue
from services.reading import Unread

_OPENALEX = re.compile(
    r"(?:https?://(?:api\.)?openalex\.org/(?:authors/|people/)?)?(A\d{4,12})", re.I
)
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx])/?")
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s,;]*[^\s,;.])", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Ids:
    """What was pasted, of one kind: ``orcid``, ``openalex`` or ``doi``; nothing when none was."""

    kind: str = ""
    values: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


def read_ids(text: str) -> Ids:
    """Find identifiers in a text that holds nothing else; a line that is none is listed.

    A wrong check digit is no ORCID iD, and is said so.
    """
    bare = text.strip()
    orcid, openalex = _ORCID.fullmatch(bare), _OPENALEX.fullmatch(bare)
    if orcid:
        try:
            return Ids("orcid", (str(values.orcid(orcid[1])),))
        except BadValue as error:
            return Ids("orcid", (), (Unread(1, error.code, error.values),))
    if openalex:
        return Ids("openalex", (openalex[1].upper(),))
    return _dois(text)


def _dois(text: str) -> Ids:
    found: dict[str, None] = {}
    unread: list[Unread] = []
    for number, line in enumerate(text.splitlines(), start=1):
        dois = [str(values.doi(match[1])) for match in _DOI.finditer(line)]
        found.update(dict.fromkeys(dois))
        rest = _BETWEEN.sub("", _DOI.sub("", line)).strip(".")
        if line.strip() and (rest or not dois):
            unread.append(Unread(number, "no-identifier", {"value": line.strip()[:60]}))
    return Ids("doi", tuple(found), tuple(unread)) if found else Ids(unread=tuple(unread))
