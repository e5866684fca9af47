"""Names of organisations made comparable, and organisations found by them.

``fold`` decides when two spellings are the same name: small letters, no accents, no spaces, no
punctuation. "ÉCOLE polytechnique" and "Ecole Polytechnique" are one; so are "서울 대학교" and
"서울대학교".
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from sqlmodel import Session, col, select

from models import Organisation, OrganisationName
from services.organisation_spellings import spellings

FOLDED_LIMIT = 300
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_CHUNK = 400
# The organisations of one forum recur in every list; a dump of the registry runs through.
_KEPT = 20_000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation as somebody wrote it down; what is unknown is empty."""

    name: str
    country: str = ""
    ror: str | None = None
    pic: str | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    organisation_id: int
    country: str
    kind: str


@lru_cache(_KEPT)
def fold(name: str) -> str:
    """Return the form in which two spellings of one name are equal; never empty for a name."""
    # Twice, because folding case may bring forth signs that come apart, and the other way round.
    apart = unicodedata.normalize("NFKD", name).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", apart).casefold()
    bare = "".join(sign for sign in apart if sign.isalnum())
    folded = unicodedata.normalize("NFC", bare) or "".join(name.casefold().split())
    return folded[:FOLDED_LIMIT]


def match(session: Session, mentions: Iterable[Mention]) -> dict[Mention, int]:
    """Find which organisations are meant, with three queries for some hundred mentions.

    An id of the registry decides, then the Union's code, then a name, of which one in the person's
    country goes first and an acronym last. A name that several bear finds none of them.

    Returns
    -------
    dict
        Ids of organisations; a mention that finds none is absent.
    """
    found: dict[Mention, int] = {}
    for chunk in chunks(dict.fromkeys(mentions), _CHUNK):
        by_code = _by_code(session, chunk)
        by_name = _by_name(session, chunk)
        for mention in chunk:
            meant = by_code.get(mention.ror or "") or by_code.get(mention.pic or "")
            for name in (mention.name, *spellings(mention.name)):
                meant = meant or _choose(by_name.get(fold(name), []), mention.country)
            if meant is not None:
                found[mention] = meant
    return found


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut into lists of at most ``size``; databases bound how many values one query takes."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _by_code(session: Session, mentions: Sequence[Mention]) -> dict[str, int]:
    rors = {mention.ror for mention in mentions if mention.ror}
    pics = {mention.pic for mention in mentions if mention.pic}
    if not rors and not pics:
        return {}
    query = select(Organisation.id, Organisation.ror, Organisation.pic).where(
        col(Organisation.ror).in_(rors) | col(Organisation.pic).in_(pics)
    )
    return {code: row[0] for row in session.exec(query) for code in row[1:] if code}


def _by_name(session: Session, mentions: Sequence[Mention]) -> dict[str, list[_Named]]:
    names = {mention.name for mention in mentions if mention.name}
    wanted = {fold(form) for name in names for form in (name, *spellings(name))}
    query = (
        select(
            OrganisationName.folded,
            OrganisationName.organisation_id,
            Organisation.country,
            OrganisationName.kind,
        )
        .join(Organisation)
        .where(col(OrganisationName.folded).in_(wanted))
    )
    found: dict[str, list[_Named]] = defaultdict(list)
    for folded, organisation_id, country, kind in session.exec(query):
        found[folded].append(_Named(organisation_id, country, kind))
    return found


def _choose(named: list[_Named], country: str) -> int | None:
    at_home = [item for item in named if item.country == country] or named
    full = [item for item in at_home if item.kind != "acronym"] or at_home
    meant = {item.organisation_id for item in full}
    return meant.pop() if len(meant) == 1 else None
