"""Which registrants may be one person: the same ORCID, the same address, or a name at one place.

Names are compared as authors' names are (``author_names``), so that "Kim, Seo-yeon" at KAIST and
"김서연" at KAIST are found. Nothing is decided here: a person looks at what is proposed.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from matchmaking.author_names import AuthorName, NameMatch, author_name, match_names

ORCID, MAIL, NAME = "orcid", "mail", "name"
_ALIKE = 0.85
_MOST_NAMESAKES = 60
"""A key that more people share tells nothing, and comparing them all would take too long."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What is compared of a registrant.

    Parameters
    ----------
    names
        In any script and spelling.
    organisation_id
        Of an organisation that is known; two known ones are the same or they are not.
    """

    id: int
    names: tuple[str, ...]
    email: str = ""
    orcid: str = ""
    organisation: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Twice:
    """Two registrants who may be one, the smaller id first, and the best reason."""

    one: int
    other: int
    reason: str


def find_twice(people: Sequence[Registered]) -> list[Twice]:
    """Find who may be in twice, in the order of their ids.

    >>> find_twice([Registered(1, ("Seo-yeon Kim",), organisation="KAIST"),
    ...             Registered(2, ("김서연",), organisation="kaist")])
    [Twice(one=1, other=2, reason='name')]
    """
    found: dict[tuple[int, int], str] = {}
    for reason, pairs in (
        (NAME, _namesakes(people)),
        (MAIL, _sharing((one.email.casefold(), one.id) for one in people if one.email)),
        (ORCID, _sharing((one.orcid, one.id) for one in people if one.orcid)),
    ):
        # The surer reason comes later and stays.
        found |= dict.fromkeys(pairs, reason)
    return [Twice(one, other, reason) for (one, other), reason in sorted(found.items())]


def _sharing(keyed: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for key, one in keyed:
        groups[key].add(one)
    for group in groups.values():
        if len(group) <= _MOST_NAMESAKES:
            yield from combinations(sorted(group), 2)


def _namesakes(people: Sequence[Registered]) -> Iterator[tuple[int, int]]:
    known = {one.id: one for one in people}
    read = {one.id: [author_name(name) for name in one.names if name.strip()] for one in people}
    keyed = ((key, one) for one, names in read.items() for name in names for key in name.full_keys)
    for one, other in set(_sharing(keyed)):
        if same_place(known[one], known[other]) and _same_name(read[one], read[other]):
            yield one, other


def _same_name(some: Sequence[AuthorName], others: Sequence[AuthorName]) -> bool:
    return any(match_names(one, other) is NameMatch.SAME for one in some for other in others)


def same_place(one: Registered, other: Registered) -> bool:
    """Tell whether two people are at one organisation, as far as its name or its id tells."""
    if one.organisation_id is not None and other.organisation_id is not None:
        return one.organisation_id == other.organisation_id
    first, second = _plain(one.organisation), _plain(other.organisation)
    if not first or not second:
        return False
    return first == second or SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
