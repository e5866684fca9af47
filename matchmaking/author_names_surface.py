"""A cheap look at a printed name: whether its family name may be one of a few.

Reading a name in full takes a tenth of a millisecond. Whoever looks for one person among the many
thousand names of a list first leaves out those in which no word can be the family name.
"""

import re
from collections.abc import Iterable

from matchmaking.author_names import AuthorName
from matchmaking.author_names_family import spellings_of
from matchmaking.author_names_hangul import is_hangul
from matchmaking.author_names_plain import bare
from matchmaking.author_names_print import folded, has_breves

_NO_LETTER_BEFORE, _NO_LETTER_BEHIND = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_APART = r"[-.' ]*"


class FamilyLook:
    """Finds printed names that may have the family name of one of some names.

    A word may be written apart, as Nam-gung for 남궁 or Roussel Vidal for Roussel-Vidal.
    """

    def __init__(self, names: Iterable[AuthorName]) -> None:
        words = {word for name in names for word in _family_words(name)}
        hangul = "|".join(sorted(filter(is_hangul, words)))
        other = "|".join(_APART.join(word) for word in sorted(words) if not is_hangul(word))
        # In Hangul the given name follows without a space.
        ends = [f"(?:{other}){_NO_LETTER_BEHIND}"] if other else []
        ends += [f"(?:{hangul})"] if hangul else []
        self._found = re.compile(f"{_NO_LETTER_BEFORE}(?:{'|'.join(ends)})") if ends else None

    def may_be(self, text: str) -> bool:
        """Tell whether a printed name may be one of the names.

        It is true of any name that ``match_names`` does not hold for DIFFERENT from one of them,
        and seldom of others but namesakes by family.
        """
        if text.isascii() and "(" not in text:
            return self._is_in(text.lower())
        return self._is_in(folded(text)) or (
            has_breves(text) and self._is_in(folded(text, breves=True))
        )

    def _is_in(self, text: str) -> bool:
        if self._found is None:
            return False
        if self._found.search(text):
            return True
        plain = bare(text)
        return plain != text and bool(self._found.search(plain))


def _family_words(name: AuthorName) -> set[str]:
    """Give every word as which the family name may be printed elsewhere.

    For 김 that is "김", "kim" and "gim"; for Müller "muller", and for half a double name each half.
    """
    words = {plain.family for plain in name.bare}
    if len(name.printed.groups) == 1:
        words.add("".join(name.printed.groups[0]))
    for family in {one.family for one in name.korean.usual | name.korean.rare}:
        words |= spellings_of(family)
    return words
