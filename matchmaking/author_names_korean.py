"""The Korean names that a printed name may stand for, in Hangul."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from matchmaking.author_names_family import compound_families, families
from matchmaking.author_names_hangul import is_hangul
from matchmaking.author_names_print import Group, Printed
from matchmaking.author_names_spelling import Readings, first_letters, initial, readings

_MOST_SYLLABLES = 3
_MOST_IN_HANGUL = 6

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KoreanName:
    """A family name in Hangul with given names.

    An item of ``given`` is a syllable in Hangul, or the class of an initial, a Latin letter.
    """

    family: str
    given: Syllables

    @property
    def full(self) -> bool:
        """Whether no given name is cut to an initial."""
        return all(is_hangul(item) for item in self.given)

    @property
    def weak_keys(self) -> frozenset[str]:
        """Family name and first initial: equal in some key for any two that may be one."""
        first = self.given[0]
        letters = first_letters(first) if is_hangul(first) else frozenset((first,))
        return frozenset(f"{self.family}|{letter}" for letter in letters)


@dataclass(frozen=True, slots=True)
class KoreanReadings:
    """What a printed name may stand for, by usual and by rare spellings; initials are usual.

    ``partly`` says that some given name is not Korean, as in "Anna Seo-yeon Kim".
    """

    usual: frozenset[KoreanName]
    rare: frozenset[KoreanName]
    partly: bool = False

    @property
    def settled(self) -> bool:
        """Whether the whole name can be read in full, so that its letters need no other look."""
        return not self.partly and any(name.full for name in self.usual)


def korean_readings(name: Printed) -> KoreanReadings:
    """Read a printed name as Korean, in each order that it allows; empty when it is none."""
    usual: set[KoreanName] = set()
    rare: set[KoreanName] = set()
    partly = False
    for family, given in _orders(name):
        families_found = families(family)
        if not families_found:
            continue
        ways = list(_cut(given))
        if not ways:
            ways = _hyphenated_part(given)
            partly |= bool(ways)
        for way in ways:
            for syllables, is_usual in _hangul(way):
                found = {KoreanName(one, syllables) for one in families_found}
                (usual if is_usual else rare).update(found)
    return KoreanReadings(frozenset(usual), frozenset(rare - usual), partly)


def compatible(one: KoreanName, other: KoreanName) -> bool:
    """Tell whether two names agree, an initial with any syllable that it may abbreviate.

    Initials alone may be fewer than the syllables: "S. Kim" may be 김서연.
    """
    short, long = sorted((one.given, other.given), key=len)
    if one.family != other.family:
        return False
    if len(short) < len(long) and any(is_hangul(item) for item in short):
        return False
    return all(_agree(*items) for items in zip(short, long, strict=False))


def _agree(one: str, other: str) -> bool:
    if is_hangul(one) == is_hangul(other):
        return one == other
    syllable, letter = (one, other) if is_hangul(one) else (other, one)
    return letter in first_letters(syllable)


def _orders(name: Printed) -> Iterator[tuple[str, Sequence[Group]]]:
    """Give every way to tell the family name, in one spelling, from the given names."""
    groups = name.groups
    if name.family:
        yield _joined(groups[: name.family]), groups[name.family :]
    elif len(groups) == 1 and is_hangul(whole := _joined(groups)):
        yield whole[:1], ((whole[1:],),) if len(whole) > 1 else ()
        if whole[:2] in compound_families() and len(whole) > 2:
            yield whole[:2], ((whole[2:],),)
    elif len(groups) > 1:
        yield from _either_end(groups)


def _either_end(groups: tuple[Group, ...]) -> Iterator[tuple[str, Sequence[Group]]]:
    ends = [(groups[0], groups[1:]), (groups[-1], groups[:-1])]
    if is_hangul(groups[0][0]) and len(groups[0][0]) <= len(groups[-1][0]):
        ends = ends[:1]
    for family, given in ends:
        if len(family) == 1 or _is_compound(family):
            yield "".join(family), given
    if len(groups) > 2:
        for two, given in ((groups[:2], groups[2:]), (groups[-2:], groups[:-2])):
            if _is_compound([part for group in two for part in group]):
                yield _joined(two), given


def _is_compound(parts: Sequence[str]) -> bool:
    """Tell whether parts written apart, "Nam-gung", are one family name."""
    return not compound_families().isdisjoint(families("".join(parts)))


def _joined(groups: Sequence[Group]) -> str:
    return "".join(part for group in groups for part in group)


def _hyphenated_part(given: Sequence[Group]) -> list[tuple[str, ...]]:
    """Cut the one hyphenated part alone, the Korean one of "Anna Seo-yeon"."""
    some = [group for group in given if len(group) > 1]
    if len(some) != 1 or len(given) == 1:
        return []
    return [way for way in _cut(some) if not any(item.endswith(".") for item in way)]


def _cut(given: Sequence[Group]) -> Iterator[tuple[str, ...]]:
    """Cut given names into syllables and initials, in every way that makes a name."""
    most = _MOST_IN_HANGUL if is_hangul(_joined(given)) else _MOST_SYLLABLES
    parts = [(part, _is_initial(part, group)) for group in given for part in group]
    if not parts:
        return
    alone = len(parts) == 1
    for way in product(*(_ways(part, initials, alone) for part, initials in parts)):
        flat = tuple(item for some in way for item in some)
        if len(flat) <= most:
            yield flat


def _is_initial(part: str, group: Group) -> bool:
    """Tell whether one letter is an initial: not the last of "Ji-a", but that of "Seo-Y."."""
    if len(part) > 1 or is_hangul(part):
        return False
    return all(len(other) == 1 for other in group) or readings(part) is None


def _ways(part: str, initials: bool, alone: bool) -> list[tuple[str, ...]]:
    """Cut one written part; "seoyeon" is ("seo", "yeon"), "sy" is two initials.

    Where syllables are written apart, a part that can be one syllable is one.
    """
    if is_hangul(part):
        return [tuple(part)]
    if initials:
        return [(f"{part}.",)]
    ways = _syllables(part, 1)
    if alone or not ways:
        ways += _syllables(part, 2)
    if not ways and len(part) <= 3 and (len(part) == 2 or not set(part) & set("aeiou")):
        return [tuple(f"{letter}." for letter in part)]
    return ways or _syllables(part, 3)


def _syllables(part: str, count: int) -> list[tuple[str, ...]]:
    if count == 1:
        return [(part,)] if readings(part) is not None else []
    return [
        (part[:end], *rest)
        for end in range(1, len(part))
        if readings(part[:end]) is not None
        for rest in _syllables(part[end:], count - 1)
    ]


def _hangul(spelled: tuple[str, ...]) -> Iterator[tuple[Syllables, bool]]:
    """Give the Hangul that a spelling may stand for, and whether each syllable is a usual one."""
    options = [_options(item) for item in spelled]
    for usual in product(*(option.usual for option in options)):
        yield usual, True
    for some in product(*(option.usual | option.rare for option in options)):
        if any(item in option.rare for item, option in zip(some, options, strict=True)):
            yield some, False


def _options(item: str) -> Readings:
    if item.endswith("."):
        return Readings(frozenset((initial(item),)), frozenset())
    found = readings(item)
    return found if found is not None else Readings(frozenset(), frozenset())
