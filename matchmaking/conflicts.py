"""Hard facts about two people of opposite sides, outside any score: why they are not proposed.

Public: ``Party``, ``Conflict``, ``ConflictCode``, ``conflicts``.

They are facts that an organiser sees and may lift. A personal wish not to meet somebody is none
of them: it is private and kept elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matchmaking.author_names import NameMatch, match_names
from matchmaking.conflicts_coauthors import co_authorships
from matchmaking.conflicts_side import Party, Reader, Side
from matchmaking.conflicts_works import doi_key, title_key
from matchmaking.errors import BadInput
from matchmaking.profile import Work

__all__ = ["Conflict", "ConflictCode", "Party", "conflicts"]


class ConflictCode(StrEnum):
    """What two people have in common that keeps them from being proposed to each other."""

    SAME_ORGANISATION = "same-organisation"
    """One legal entity, or two that count as one partner, or two of one parent."""
    SHARED_PUBLICATION = "shared-publication"
    """A publication is on both lists, by DOI or by title."""
    CO_AUTHORS = "co-authors"
    """The one is an author of a publication of the other."""
    ALREADY_MET = "already-met"


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A fact about a pair.

    Parameters
    ----------
    left, right
        Indices of the two people.
    code
        What kind of fact it is.
    evidence
        The organisation's identifier, or the title of the publication; empty for an encounter.
    name
        For co-authors, the name as printed that is taken for the other's.
    """

    left: int
    right: int
    code: ConflictCode
    evidence: str = ""
    name: str = ""


def conflicts(
    left: Sequence[Party], right: Sequence[Party], met: Iterable[tuple[int, int]] = ()
) -> tuple[Conflict, ...]:
    """Find every pair that has a conflict, one conflict of each kind for a pair.

    Parameters
    ----------
    left, right
        The people of both sides.
    met
        Pairs (left, right) of indices who have met before.

    Returns
    -------
    tuple of Conflict
        By left, right and code; the same for the same people in the same order.

    Raises
    ------
    BadInput
        When a pair of ``met`` is out of range.

    Notes
    -----
    People are looked up by organisation, DOI, title and name: O(all printed names + conflicts),
    no loop over all pairs.
    """
    met = tuple(met)
    for one, other in met:
        if not (0 <= one < len(left) and 0 <= other < len(right)):
            raise BadInput(f"pair ({one}, {other}) is outside of {len(left)} x {len(right)} people")
    found: dict[tuple[int, int, ConflictCode], Conflict] = {}
    for conflict in _all(left, right, met):
        key = (conflict.left, conflict.right, conflict.code)
        found[key] = min(conflict, found.get(key, conflict))
    return tuple(sorted(found.values()))


def _all(
    left: Sequence[Party], right: Sequence[Party], met: Iterable[tuple[int, int]]
) -> Iterator[Conflict]:
    yield from _same_organisation(left, right)
    yield from _shared_publications(left, right)
    yield from _co_authors(left, right)
    for one, other in met:
        yield Conflict(one, other, ConflictCode.ALREADY_MET)


def _same_organisation(left: Sequence[Party], right: Sequence[Party]) -> Iterator[Conflict]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for other, person in enumerate(right):
        for organisation in person.organisations:
            members[organisation].append(other)
    for one, person in enumerate(left):
        for organisation in person.organisations:
            for other in members.get(organisation, ()):
                yield Conflict(one, other, ConflictCode.SAME_ORGANISATION, organisation)


def _shared_publications(left: Sequence[Party], right: Sequence[Party]) -> Iterator[Conflict]:
    dois: defaultdict[str, list[int]] = defaultdict(list)
    titles: defaultdict[str, list[tuple[int, Work]]] = defaultdict(list)
    for other, person in enumerate(right):
        for work in person.works:
            dois[doi_key(work.doi)].append(other)
            titles[title_key(work.title)].append((other, work))
    for one, person in enumerate(left):
        for work in person.works:
            doi, title = doi_key(work.doi), title_key(work.title)
            others = set(dois.get(doi, ()) if doi else ())
            for other, same_title in titles.get(title, ()) if title else ():
                if other not in others and _authors_agree(work, same_title):
                    others.add(other)
            for other in others:
                yield Conflict(one, other, ConflictCode.SHARED_PUBLICATION, work.title)


def _authors_agree(one: Work, other: Work) -> bool:
    """Tell works of one title apart when both name their authors and none is on both."""
    pairs = ((a, b) for a in one.authors for b in other.authors)
    if not one.authors or not other.authors:
        return True
    return any(a == b or match_names(a, b) is not NameMatch.DIFFERENT for a, b in pairs)


def _co_authors(left: Sequence[Party], right: Sequence[Party]) -> Iterator[Conflict]:
    reader = Reader()
    lefts, rights = Side(left, reader), Side(right, reader)
    for found in co_authorships(lefts, rights):
        code = ConflictCode.CO_AUTHORS
        yield Conflict(found.one, found.other, code, found.title, found.name)
    for found in co_authorships(rights, lefts):
        code = ConflictCode.CO_AUTHORS
        yield Conflict(found.other, found.one, code, found.title, found.name)
