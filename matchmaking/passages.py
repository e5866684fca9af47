"""Cuts a person's texts into passages that an encoder reads whole.

Public: ``Kind``, ``Passage``, ``passages_of(person)``, ``split_text(text)``, ``has_hangul(text)``,
``normalised(text)``, ``text_hash(text)``, ``token_estimate(text)``.

The English encoder reads 256 tokens. A longer text is cut at sentence borders into parts of about
equal length; nothing is dropped. The title stands before every part of its abstract, because a
middle part often names its subject only as "it" or "the device".
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from matchmaking.profile import Person

TOKEN_LIMIT = 240
"""Estimated tokens a passage may have: 256 less the two marks and a margin."""

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_SENTENCE_END = re.compile(r"(?<=[.!?。])\s+|\s*\n\s*")
_PIECE = re.compile(r"[A-Za-z]+|\d+|\S")
_LETTERS_PER_TOKEN = 5
_DIGITS_PER_TOKEN = 2


class Kind(StrEnum):
    """Where a passage comes from."""

    RESEARCH = "research"
    PUBLICATION = "publication"
    OFFER = "offer"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a person's text.

    Parameters
    ----------
    kind, source, position
        The kind, the number of the text among the person's texts of that kind, and the number of
        the part in it, from 0. Together they are unique within a person.
    text
        In Unicode's composed form (NFC), white space collapsed.
    hangul
        Whether any Korean letter is in it.
    weight
        The weight of its source divided among its parts.
    year, key_work
        Of the publication it is from: when it appeared, if that is known, and whether it is one
        of the person's key works.
    """

    kind: Kind
    source: int
    position: int
    text: str
    hangul: bool
    weight: float
    year: int | None = None
    key_work: bool = False

    @property
    def id(self) -> str:
        """Name of the passage within its person, such as ``publication:3:0``."""
        return f"{self.kind}:{self.source}:{self.position}"

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, in hexadecimal: a vector is stale when it differs."""
        return text_hash(self.text)


def passages_of(person: Person) -> tuple[Passage, ...]:
    """Return all passages of a person, research text first; empty texts give none."""
    found: list[Passage] = []
    found += _parts(Kind.RESEARCH, 0, person.research, 1.0)
    for number, work in enumerate(person.publications):
        parts = _parts(Kind.PUBLICATION, number, work.abstract, work.weight, work.title)
        found += [replace(part, year=work.year, key_work=work.key_work) for part in parts]
    for kind, texts in ((Kind.OFFER, person.offers), (Kind.NEED, person.needs)):
        for number, text in enumerate(texts):
            found += _parts(kind, number, text, 1.0)
    return tuple(found)


def split_text(text: str, limit: int = TOKEN_LIMIT) -> tuple[str, ...]:
    """Cut a text into parts of at most ``limit`` estimated tokens, at sentence borders if it can.

    The parts are of about equal length, so that none is a meaningless rest. Joined by spaces
    they are the normalised text again.
    """
    units = list(_units(text, limit))
    total = sum(size for _, size in units)
    if not units:
        return ()
    aim = total / ceil(total / limit)
    parts: list[str] = []
    held: list[str] = []
    held_size = before = 0
    for unit, size in units:
        # closing at the border nearest to the next multiple of the aim keeps the parts equal
        if held and (held_size + size > limit or before + size / 2 > (len(parts) + 1) * aim):
            parts.append(" ".join(held))
            held, held_size = [], 0
        held.append(unit)
        held_size += size
        before += size
    return (*parts, " ".join(held))


def has_hangul(text: str) -> bool:
    """Tell whether a text has any Korean letter, composed or not."""
    return _HANGUL.search(text) is not None


def normalised(text: str) -> str:
    """Return the text in composed form (NFC) with white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 form, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def token_estimate(text: str) -> int:
    """Estimate, rather too high than too low, how many tokens the English encoder makes of it.

    A run of letters counts a token for every five begun, digits one for every two begun, any
    other sign one. Real word pieces are mostly longer.
    """
    total = 0
    for piece in _PIECE.findall(text):
        first = piece[0]
        if first.isascii() and first.isalpha():
            total += ceil(len(piece) / _LETTERS_PER_TOKEN)
        elif first.isascii() and first.isdigit():
            total += ceil(len(piece) / _DIGITS_PER_TOKEN)
        else:
            total += 1
    return total


def _parts(kind: Kind, source: int, text: str, weight: float, title: str = "") -> list[Passage]:
    title, body = normalised(title), unicodedata.normalize("NFC", text)
    heading = title if not title or title[-1] in ".!?" else f"{title}."
    room = max(TOKEN_LIMIT - token_estimate(heading), TOKEN_LIMIT // 2)
    texts = tuple(f"{heading} {part}" for part in split_text(body, room)) if heading else ()
    texts = texts or split_text(body) or split_text(title)
    if any(token_estimate(part) > TOKEN_LIMIT for part in texts):
        texts = split_text(f"{title}\n{body}")
    return [
        Passage(kind, source, position, part, has_hangul(part), weight / len(texts))
        for position, part in enumerate(texts)
    ]


def _units(text: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield sentences with their sizes; one that is too long comes word by word."""
    for sentence in _SENTENCE_END.split(unicodedata.normalize("NFC", text).strip()):
        words = sentence.split()
        size = token_estimate(" ".join(words))
        if size <= limit:
            if words:
                yield " ".join(words), size
        else:
            for word in words:
                yield from _pieces(word, limit)


def _pieces(word: str, limit: int) -> Iterator[tuple[str, int]]:
    """Yield a word whole, or cut by force when it alone is too long (a pasted code, say)."""
    while token_estimate(word) > limit:
        yield word[:limit], token_estimate(word[:limit])
        word = word[limit:]
    if word:
        yield word, token_estimate(word)
