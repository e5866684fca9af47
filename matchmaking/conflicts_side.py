"""One side's people, made findable by their names and by the names they published with."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from matchmaking.author_names import AuthorName, NameMatch, author_name, match_names
from matchmaking.profile import Work

Found = defaultdict[str, set[int]]


@dataclass(frozen=True)
class Party:
    """A person as far as facts about two people go.

    Parameters
    ----------
    names
        Every name of the person, in any script.
    organisations
        Every legal entity that the person belongs to, under any identifier: their own
        organisation, what it is part of, and what counts as one partner with it.
    works
        Their publications, whether they count for the affinity or not.
    """

    names: tuple[str, ...] = ()
    organisations: frozenset[str] = frozenset()
    works: tuple[Work, ...] = ()


class Mention:
    """A printed name with the keys by which it is looked up.

    What it may stand for is read again when it is compared, which few of a great many ever are:
    at 10,000 people a side that halves the memory.
    """

    __slots__ = ("_name", "full", "partial", "text", "weak")

    def __init__(self, text: str) -> None:
        name = author_name(text)
        self.text = text
        self.full = name.full_keys
        self.weak = name.weak_keys
        self.partial = name.initials
        self._name: AuthorName | None = None

    @property
    def name(self) -> AuthorName:
        """What the name may stand for."""
        if self._name is None:
            self._name = author_name(self.text)
        return self._name


class Reader:
    """Reads each distinct name once."""

    def __init__(self) -> None:
        self._known: dict[str, Mention] = {}

    def read(self, texts: Sequence[str]) -> tuple[Mention, ...]:
        """Read names; what is blank is left out."""
        return tuple(self._one(text) for text in texts if text.strip())

    def _one(self, text: str) -> Mention:
        if text not in self._known:
            self._known[text] = Mention(text)
        return self._known[text]


@dataclass(frozen=True)
class ReadWork:
    """A publication with its authors read."""

    title: str
    authors: tuple[Mention, ...]


class Side:
    """The people of one side, by index.

    ``named`` finds people by a key of their full name; ``published_with`` by a key of a co-author
    of theirs, and ``mentions`` by a weak one. ``co_authors`` are the names on a person's list but
    for their own.
    """

    def __init__(self, people: Sequence[Party], reader: Reader) -> None:
        self.names = [reader.read(person.names) for person in people]
        self.works = [
            [ReadWork(work.title, reader.read(work.authors)) for work in person.works]
            for person in people
        ]
        self.own_weak = [
            frozenset(key for name in names for key in name.weak) for names in self.names
        ]
        self.co_authors = [self._co_authors(index) for index in range(len(people))]
        self.named: Found = defaultdict(set)
        self.published_with: Found = defaultdict(set)
        self.mentions: Found = defaultdict(set)
        for index, names in enumerate(self.names):
            for name in names:
                _add(self.named, name.full, index)
            for author in self.co_authors[index]:
                _add(self.published_with, author.full | author.partial, index)
                _add(self.mentions, author.weak, index)

    def _co_authors(self, index: int) -> list[Mention]:
        authors = dict.fromkeys(author for work in self.works[index] for author in work.authors)
        return [author for author in authors if not self.match(index, author)]

    def match(self, index: int, mention: Mention) -> NameMatch:
        """Grade a printed name against all names of one person."""
        if mention.weak.isdisjoint(self.own_weak[index]):
            return NameMatch.DIFFERENT
        grades = (match_names(name.name, mention.name) for name in self.names[index])
        return max(grades, default=NameMatch.DIFFERENT)


def _add(found: Found, keys: frozenset[str], index: int) -> None:
    for key in keys:
        found[key].add(index)
