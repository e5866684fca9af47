"""A search for an idea: ranked by meaning when it was encoded, by its words when nobody could."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from sqlalchemy import or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matchmaking.affinity_side import EncodedPassage, EncodedPerson
from matchmaking.matched_words import is_common, stem
from matchmaking.passages import Kind, has_hangul, normalised
from matchmaking.passages import Passage as PassageValue
from models import Passage, Profile
from services.candidates import Filters, Place, shown
from services.suggestions import MOST_SHOWN, Asker, Span
from services.visibility import Viewer
from services.visibility_parts import shows_passage

IDEA_LIMIT = 2000
_MOST_WORDS = 24
_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Somebody in whose texts words of an idea stand."""

    profile_id: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordMatches:
    """A part of a list, and how long the whole list is."""

    items: tuple[WordMatch, ...]
    total: int


def idea_asker(text: str, vectors: Mapping[str, bytes]) -> Asker:
    """Make an asker of an idea: it is compared with people's work, and with what they offer.

    Parameters
    ----------
    vectors
        The text by each encoder that reads its language: little-endian float32, unit length.
    """
    clean = normalised(text)
    arrays = {name: np.frombuffer(data, "<f4") for name, data in vectors.items()}
    passages = tuple(
        EncodedPassage(PassageValue(kind, 0, 0, clean, has_hangul(clean), 1.0), arrays)
        for kind in (Kind.RESEARCH, Kind.NEED)
    )
    texts = {item.passage.id: ("idea", clean) for item in passages}
    return Asker(EncodedPerson("idea", passages), texts, idea=True)


def search_words(
    session: Session,
    place: Place,
    viewer: Viewer,
    text: str,
    filters: Filters | None = None,
    span: Span | None = None,
) -> WordMatches:
    """Rank people by the words of an idea that stand in their texts; a rare word counts more.

    A Korean word is found inside of longer ones, whatever it ends with.
    """
    conditions = (filters or Filters()).conditions(viewer)
    hits = _hits(session, shown(place, viewer).where(*conditions), viewer, idea_words(text))
    counts = Counter(word for found in hits.values() for word in found)
    rarity = {word: log(1 + len(hits) / count) for word, count in counts.items()}
    scores = {one: sum(rarity[word] for word in found) for one, found in hits.items()}
    order = sorted(scores, key=lambda one: (-scores[one], one))[:MOST_SHOWN]
    span = span or Span()
    part = order[span.first : span.first + span.count]
    items = tuple(
        WordMatch(one, tuple(sorted(hits[one], key=lambda word: (-rarity[word], word))))
        for one in part
    )
    return WordMatches(items, len(order))


def idea_words(text: str) -> tuple[str, ...]:
    """Return the different words of an idea that say something, at most 24."""
    words = (word for word in _WORD.findall(normalised(text)) if not is_common(word))
    return tuple(dict.fromkeys(stem(word) for word in words))[:_MOST_WORDS]


def _hits(
    session: Session, people: SelectOfScalar[int], viewer: Viewer, words: Sequence[str]
) -> dict[int, frozenset[str]]:
    if not words:
        return {}
    any_word = or_(*(col(Passage.text).icontains(word, autoescape=True) for word in words))
    query = (
        select(Passage.profile_id, Passage.text)
        .join(Profile, col(Profile.id) == Passage.profile_id)
        .where(any_word, col(Passage.profile_id).in_(people), shows_passage(viewer))
    )
    found: dict[int, set[str]] = {}
    for owner, passage in session.exec(query):
        low = passage.lower()
        found.setdefault(owner, set()).update(word for word in words if word in low)
    return {owner: frozenset(some) for owner, some in found.items() if some}
