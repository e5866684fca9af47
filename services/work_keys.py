"""When two records are the same work: by their DOI, or else by their title.

Titles are compared without case, accents, spaces and punctuation, so that an import never brings a
work twice, whichever program wrote the second file. Short titles such as "Editorial" are borne by
many works: they are the same only when their DOIs do not contradict.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.organisation_names import fold

_SHORT = 4
_PIECE = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A work that is there: any number to find it by, its title and its DOI."""

    number: int
    title: str
    doi: str | None


def title_key(title: str) -> str:
    """Make the mark of a title; equal for two spellings of one."""
    # fold() bounds its length; a title is folded in pieces, so that two long ones stay apart.
    folded = "".join(fold(title[at : at + _PIECE]) for at in range(0, len(title), _PIECE))
    return "title:" + hashlib.sha256(folded.encode()).hexdigest()[:40]


def keys_of(title: str, doi: str | None) -> tuple[str, ...]:
    """Give the marks by which a work is remembered; a short title only where there is no DOI."""
    if not doi:
        return (title_key(title),)
    return (f"doi:{doi}",) if _is_short(title) else (f"doi:{doi}", title_key(title))


class WorkFinder:
    """Finds the same work among known ones.

    Parameters
    ----------
    known
        The works that are there; of two that are the same, the first is found.
    """

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_doi: dict[str, Known] = {}
        self._by_title: dict[str, list[Known]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Known) -> None:
        """Know one more."""
        if one.doi:
            self._by_doi.setdefault(one.doi, one)
        self._by_title.setdefault(title_key(one.title), []).append(one)

    def find(self, title: str, doi: str | None) -> int | None:
        """Give the number of the same work; None when there is none."""
        if doi and doi in self._by_doi:
            return self._by_doi[doi].number
        short = _is_short(title)
        for one in self._by_title.get(title_key(title), ()):
            if not (short and doi and one.doi):
                return one.number
        return None


def _is_short(title: str) -> bool:
    return len(re.findall(r"\w+", title)) < _SHORT
