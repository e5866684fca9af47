"""Hangul syllables taken apart and written in Latin letters, one syllable at a time.

Personal names are romanised syllable by syllable: sounds that run together in speech stay apart
in writing, as the *Revised Romanization of Korean* (Ministry of Culture and Tourism, Notice
2000-8, section 3.4) rules for given names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIRST = 0xAC00
_VOWELS, _CODAS = 21, 28

# Onsets, vowels and codas in the order of Unicode; a dash for none.
_LETTERS = """
g kk n d tt r m b pp s ss - j jj ch k t p h
a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i
- k k k n n n t l k m l l l p l m p p t t ng t t k t p t
"""
_ONSET, _VOWEL, _CODA = (line.split() for line in _LETTERS.strip().splitlines())
# None, ㄱ, ㄴ, ㄹ, ㅁ, ㅂ and ㅇ, by their place among the codas.
_PLAIN_CODAS = (0, 1, 4, 8, 16, 17, 21)
_HANGUL = re.compile(r"[가-힣]+")


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sounds of a syllable in Revised Romanization; ``onset`` and ``coda`` may be empty."""

    onset: str
    vowel: str
    coda: str

    @property
    def spelling(self) -> str:
        """The syllable in Revised Romanization."""
        return self.onset + self.vowel + self.coda


def is_hangul(text: str) -> bool:
    """Tell whether a text is Hangul syllables and nothing else."""
    return not text.isascii() and _HANGUL.fullmatch(text) is not None


def sounds(syllable: str) -> Sounds:
    """Take a composed Hangul syllable apart.

    Unicode orders the syllables as onset x 588 + vowel x 28 + coda (The Unicode Standard,
    section 3.12), so the parts follow by division.

    >>> sounds("연").spelling
    'yeon'
    """
    onset, rest = divmod(ord(syllable) - _FIRST, _VOWELS * _CODAS)
    vowel, coda = divmod(rest, _CODAS)
    return Sounds(_ONSET[onset].strip("-"), _VOWEL[vowel], _CODA[coda].strip("-"))


def plain_syllables() -> Iterator[str]:
    """Give the syllables that end in a vowel or in a sound written with a letter of its own."""
    for number in range(len(_ONSET) * _VOWELS * _CODAS):
        if number % _CODAS in _PLAIN_CODAS:
            yield chr(_FIRST + number)
