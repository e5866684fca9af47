"""Whether two printed author names may be one person.

Public: ``NameMatch``, ``AuthorName``, ``author_name``, ``match_names``.

The answer has three grades. SAME: the full given names agree, whatever the order, case, accents or
script: "Kim, Seoyeon", "Seo-yeon KIM (demo)" and "김서연"; "Müller, Jörg" and "Joerg Muller".
POSSIBLE: they agree as far as they are printed, "S.-Y. Kim", or only by a spelling that is rare.
DIFFERENT: the rest. A name says nothing of who bears it: namesakes are SAME too.

Korean names are compared in Hangul, since one name has many Latin spellings. Hangul is taken apart
by arithmetic and written by the *Revised Romanization of Korean* (2000); free spellings and
*McCune-Reischauer* (1939), with or without its breves, lead back to the same syllables
(``author_names_spelling``). A Latin spelling often has several readings: "Jung" is 정 or 중. Two
names agree when they share a reading, so the relation is symmetric but not transitive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from matchmaking.author_names_korean import (
    KoreanName,
    KoreanReadings,
    compatible,
    korean_readings,
)
from matchmaking.author_names_plain import PlainName, grade_plain, plain_names, without_umlauts
from matchmaking.author_names_print import Printed, has_breves, printed

# The same names stand on many works, and on the list of everybody near them.
_KEPT = 20_000


class NameMatch(IntEnum):
    """How far two names agree; a greater number is more."""

    DIFFERENT = 0
    POSSIBLE = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A printed name and what it may stand for.

    Parameters
    ----------
    printed
        Its written parts.
    korean
        Its readings as a Korean name.
    plain
        Its readings letter by letter.
    bare
        The same with Mueller and Muller written alike.
    """

    printed: Printed
    korean: KoreanReadings
    plain: frozenset[PlainName]
    bare: frozenset[PlainName]

    @property
    def full_keys(self) -> frozenset[str]:
        """Keys of which any two names that are SAME share one; few others do."""
        found = {f"{name.family} {''.join(name.given)}" for name in _full(self.korean.usual)}
        for name in self.bare:
            found |= name.full_keys
        return frozenset(found)

    @property
    def weak_keys(self) -> frozenset[str]:
        """Keys of which any two names that are not DIFFERENT share one; so do many others."""
        found = {name.weak_key for name in self.bare}
        for name in self.korean.usual | self.korean.rare:
            found |= name.weak_keys
        return frozenset(found or {"".join(self.printed.groups[0])} if self.printed.groups else ())

    @property
    def initials(self) -> frozenset[str]:
        """Family name and initials, in each order, where there are at least two initials."""
        return frozenset(name.initials for name in self.bare if len(name.given) > 1)


@lru_cache(_KEPT)
def author_name(text: str) -> AuthorName:
    """Read a name as printed, in any script; what stands in brackets is left out.

    >>> author_name("Kim, Seo-yeon").full_keys & author_name("김서연").full_keys
    frozenset({'김 서연'})
    """
    parts = printed(text)
    korean = printed(text, breves=True) if has_breves(text) else parts
    plain = plain_names(parts)
    return AuthorName(parts, korean_readings(korean), plain, without_umlauts(plain))


def match_names(one: AuthorName | str, other: AuthorName | str) -> NameMatch:
    """Grade how far two names agree; symmetric.

    >>> match_names("S. Y. Kim", "김서연").name, match_names("Gim Seoyeon", "김서연").name
    ('POSSIBLE', 'SAME')
    """
    first, second = (author_name(name) if isinstance(name, str) else name for name in (one, other))
    korean = _match_korean(first.korean, second.korean)
    if first.korean.settled and second.korean.settled:
        return korean
    return max(korean, _match_plain(first, second))


def _match_korean(one: KoreanReadings, other: KoreanReadings) -> NameMatch:
    if any(name.full for name in one.usual & other.usual):
        return NameMatch.SAME
    pairs = ((a, b) for a in one.usual | one.rare for b in other.usual | other.rare)
    return NameMatch.POSSIBLE if any(compatible(a, b) for a, b in pairs) else NameMatch.DIFFERENT


def _match_plain(one: AuthorName, other: AuthorName) -> NameMatch:
    if len(one.printed.groups) == 1 and one.printed == other.printed:
        return NameMatch.POSSIBLE
    first, second = one.plain, other.plain
    if not (one.korean.settled or other.korean.settled):
        first, second = one.bare, other.bare
    grades = (grade_plain(a, b) for a in first for b in second)
    return NameMatch(max(grades, default=0))


def _full(names: Iterable[KoreanName]) -> list[KoreanName]:
    return [name for name in names if name.full]
