"""What two people have in common by name, and what one of them has that the other has not.

Public: ``Common(fields, topics, new_fields, new_topics)``, ``in_common(mine, theirs)``.

Topics are compared word by word as a reader would: case, plurals and Korean particles make no
difference, and what stands in one's own text is not new to one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.matched_words import WORD, stem
from matchmaking.profile import Person


@dataclass(frozen=True, slots=True)
class Common:
    """Fields by slug and topics as the other writes them: what both have, and what is new."""

    fields: tuple[str, ...]
    topics: tuple[str, ...]
    new_fields: tuple[str, ...]
    new_topics: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.fields or self.topics or self.new_fields or self.new_topics)


def in_common(mine: Person, theirs: Person) -> Common:
    """Compare what two people say of their fields and topics."""
    known = _stems(
        (
            mine.research,
            *mine.topics,
            *mine.offers,
            *mine.needs,
            *(f"{work.title} {work.abstract}" for work in mine.publications),
        )
    )
    named = {_key(topic) for topic in mine.topics}
    shared = tuple(topic for topic in theirs.topics if _key(topic) in named)
    new = tuple(topic for topic in theirs.topics if not _key(topic) <= known)
    return Common(
        fields=tuple(slug for slug in theirs.fields if slug in mine.fields),
        topics=shared,
        new_fields=tuple(slug for slug in theirs.fields if slug not in mine.fields),
        new_topics=new,
    )


def _key(topic: str) -> frozenset[str]:
    return _stems((topic,))


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in WORD.findall(text))
