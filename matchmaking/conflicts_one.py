"""The conflicts of one person with many: what ``conflicts`` finds, a hundred times sooner.

A suggestion list must not wait for every name on every publication of the other side to be read.
So only those people are compared in full who share an organisation or a publication with the
person, or who may name or be named by them, as a look at family names tells
(``author_names_surface``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from matchmaking.author_names import author_name
from matchmaking.author_names_surface import FamilyLook
from matchmaking.conflicts import Conflict, conflicts
from matchmaking.conflicts_side import Party
from matchmaking.conflicts_works import doi_key, title_key

_KEPT = 2000


def conflicts_of_one(person: Party, others: Sequence[Party]) -> tuple[Conflict, ...]:
    """Find the conflicts of a person with others.

    Returns
    -------
    tuple of Conflict
        As ``conflicts([person], others)``.
    """
    works = _work_keys(person)
    own = _look(frozenset(person.names))
    listed = _look(frozenset(name for work in person.works for name in work.authors))

    def worth_comparing(other: Party) -> bool:
        return (
            not person.organisations.isdisjoint(other.organisations)
            or not works.isdisjoint(_work_keys(other))
            or any(listed.may_hold(name) for name in other.names)
            or any(own.may_hold(name) for work in other.works for name in work.authors)
        )

    kept = [index for index, other in enumerate(others) if worth_comparing(other)]
    found = conflicts([person], [others[index] for index in kept])
    return tuple(replace(one, right=kept[one.right]) for one in found)


class _Look:
    """Finds names that may be one of a few, by the family name and then by the first initial."""

    def __init__(self, texts: Iterable[str]) -> None:
        names = [author_name(text) for text in texts]
        self._family = FamilyLook(names)
        self._keys = frozenset(key for name in names for key in name.weak_keys)

    def may_hold(self, text: str) -> bool:
        """Tell whether a printed name may be one of them."""
        return self._family.may_be(text) and not self._keys.isdisjoint(author_name(text).weak_keys)


@lru_cache(_KEPT)
def _look(texts: frozenset[str]) -> _Look:
    """Look for some names; whoever turns a page of their list looks for the same ones again."""
    return _Look(sorted(texts))


def _work_keys(person: Party) -> frozenset[str]:
    keys = {doi_key(work.doi) for work in person.works} | {
        title_key(work.title) for work in person.works
    }
    return frozenset(keys - {""})
