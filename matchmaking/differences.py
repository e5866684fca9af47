"""What two people have in common by name, and what one of them has that the other has not.

Public: ``Common(fields, topics, new_fields, new_topics, new_terms)``,
``in_common(mine, theirs, rarity)``.

Topics are compared word by word as a reader would: case, plurals and Korean particles make no
difference, and what stands in one's own text is not new to one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.differences_terms import Rarity, new_terms
from matchmaking.matched_words import WORD, stem
from matchmaking.profile import Person


@dataclass(frozen=True, slots=True)
class Common:
    """Fields by slug, topics and terms as the other writes them: what both have, what is new."""

    fields: tuple[str, ...]
    topics: tuple[str, ...]
    new_fields: tuple[str, ...]
    new_topics: tuple[str, ...]
    new_terms: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return any((self.fields, self.topics, self.new_fields, self.new_topics, self.new_terms))


def in_common(mine: Person, theirs: Person, rarity: Rarity) -> Common:
    """Compare what two people say of their fields and topics, and their words.

    Parameters
    ----------
    theirs
        Only what the reader may see of them.
    rarity
        How rare a word is.
    """
    own = (*mine.topics, *_texts(mine))
    known = _stems(own)
    named = {_key(topic) for topic in mine.topics}
    return Common(
        fields=tuple(slug for slug in theirs.fields if slug in mine.fields),
        topics=tuple(topic for topic in theirs.topics if _key(topic) in named),
        new_fields=tuple(slug for slug in theirs.fields if slug not in mine.fields),
        new_topics=tuple(topic for topic in theirs.topics if not _key(topic) <= known),
        new_terms=new_terms(own, _texts(theirs), theirs.topics, rarity),
    )


def _texts(person: Person) -> tuple[str, ...]:
    works = (f"{work.title}. {work.abstract}" for work in person.publications)
    return (person.research, *person.offers, *person.needs, *works)


def _key(topic: str) -> frozenset[str]:
    return _stems((topic,))


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in WORD.findall(text))
