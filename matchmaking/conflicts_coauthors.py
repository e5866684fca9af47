"""Who has published with whom, by the names printed on their publications.

A full name that agrees is enough. A name that agrees only in part - "S. Kim", borne by thousands -
counts with further evidence: on the same publication another author with whom the other person
has published too, or the other person's list naming this one in turn. (A publication on both
lists is found as such, whatever its authors.) Namesakes cannot be told apart by their names: both
are in conflict, which an organiser may lift.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matchmaking.author_names import NameMatch
from matchmaking.conflicts_side import Mention, ReadWork, Side


@dataclass(frozen=True, slots=True)
class CoAuthorship:
    """``name`` on the publication ``title`` of person ``one`` is person ``other``."""

    one: int
    other: int
    title: str
    name: str


def co_authorships(side: Side, others: Side) -> Iterator[CoAuthorship]:
    """Find the ``others`` on the publications of a ``side``, each pair at most once a work.

    Only people who share a key are compared: the work grows with the names printed and the
    pairs found, not with the product of the two sides.
    """
    for index, works in enumerate(side.works):
        mutual = _who_mention(others, side.own_weak[index])
        for work in works:
            yield from _by_full_name(side, index, work, others)
            yield from _by_initials(side, index, work, others, mutual)


def _by_full_name(side: Side, index: int, work: ReadWork, others: Side) -> Iterator[CoAuthorship]:
    for author in work.authors:
        for other in {one for key in author.full for one in others.named.get(key, ())}:
            if others.match(other, author) is NameMatch.SAME and _is_another(
                side, index, author, NameMatch.SAME
            ):
                yield CoAuthorship(index, other, work.title, author.text)


def _by_initials(
    side: Side, index: int, work: ReadWork, others: Side, mutual: set[int]
) -> Iterator[CoAuthorship]:
    weak = {key for author in work.authors for key in author.weak}
    for other in _with_shared_co_author(work, others) | mutual:
        if weak.isdisjoint(others.own_weak[other]):
            continue
        for author in work.authors:
            if (
                others.match(other, author) is NameMatch.POSSIBLE
                and _is_another(side, index, author, NameMatch.POSSIBLE)
                and (
                    _shares_another(work, author, other, others)
                    or _is_mentioned(side, index, others.co_authors[other])
                )
            ):
                yield CoAuthorship(index, other, work.title, author.text)


def _is_another(side: Side, index: int, author: Mention, grade: NameMatch) -> bool:
    """Tell whether an author is somebody else than the owner of the list."""
    return side.match(index, author) < grade


def _who_mention(others: Side, keys: frozenset[str]) -> set[int]:
    return {other for key in keys for other in others.mentions.get(key, ())}


def _is_mentioned(side: Side, index: int, names: Sequence[Mention]) -> bool:
    return any(side.match(index, name) for name in names)


def _with_shared_co_author(work: ReadWork, others: Side) -> set[int]:
    return {
        other
        for author in work.authors
        for key in author.full | author.partial
        for other in others.published_with.get(key, ())
    }


def _shares_another(work: ReadWork, author: Mention, other: int, others: Side) -> bool:
    """Tell whether a further author of the work, who is not the other, is on the other's list."""
    return any(
        third is not author
        and not others.match(other, third)
        and any(other in others.published_with.get(key, ()) for key in third.full | third.partial)
        for third in work.authors
    )
