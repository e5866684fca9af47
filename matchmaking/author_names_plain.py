"""Names in any script compared letter by letter: given names, initials, particles, umlauts.

Which end of a printed name is the family name is not known without a comma, so each end is tried,
and of three or more parts the last but one too, as in "Oriol Ferrandis Puig".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matchmaking.author_names_print import Group, Printed

# Short words that come and go before a family name.
_BEFORE_FAMILY = """
van von vom zu zum zur der den de del della di da do dos das du des la le ten ter te af av el al
"""
_PARTICLES = frozenset(_BEFORE_FAMILY.split())
_IRISH = frozenset({"o", "mac", "mc"})
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


class Place(StrEnum):
    """Where a family name stands in print."""

    LAST = "last"
    """The custom in most of Europe; or before a comma, which leaves no doubt."""
    FIRST = "first"
    LAST_BUT_ONE = "last-but-one"


@dataclass(frozen=True, slots=True)
class PlainName:
    """One way to tell family and given names apart.

    Parameters
    ----------
    family
        The part of the family name that is compared.
    given
        All other parts in their order; an initial is one letter.
    first
        The first given name with what is joined to it by a hyphen.
    place
        Where the family name was taken to stand.
    half
        Whether it is one half of a hyphenated family name.
    """

    family: str
    given: tuple[str, ...]
    first: str
    place: Place
    half: bool = False

    @property
    def weak_key(self) -> str:
        """Family name and first initial: equal for any two that may be one."""
        return f"{self.family}|{self.given[0][0]}"

    @property
    def full_keys(self) -> frozenset[str]:
        """Keys of which two names that agree in full share one; none for an initial."""
        given = "".join(self.given)
        some = {given} if len(given) > len(self.given) else set()
        if len(self.given[0]) > 1:
            some.add(self.first)
        return frozenset(f"{self.family} {one}" for one in some)

    @property
    def initials(self) -> str:
        """Family name and every initial."""
        return f"{self.family}|{''.join(part[0] for part in self.given)}"


def plain_names(name: Printed) -> frozenset[PlainName]:
    """Read a printed name in every order that it allows; empty when it is a single word."""
    cuts = [_family_cut(name)] if name.family else [Printed(_middle_cut(name.groups))]
    if not name.family and (joined := _irish(name.groups)) != name.groups:
        cuts.append(Printed(_middle_cut(joined)))
    found: set[PlainName] = set()
    for cut in cuts:
        found |= set(_readings(cut))
        for place, group in enumerate(cut.groups):
            if (letters := _as_initials(group)) != group:
                other = (*cut.groups[:place], letters, *cut.groups[place + 1 :])
                found |= set(_readings(Printed(other, cut.family)))
    return frozenset(found)


def without_umlauts(names: frozenset[PlainName]) -> frozenset[PlainName]:
    """Write Mueller and Muller alike, as Müller loses its dots in either way."""
    return frozenset(_without_umlauts(name) for name in names)


def _without_umlauts(name: PlainName) -> PlainName:
    if not any(wide in name.family or wide in "".join(name.given) for wide, _ in _UMLAUTS):
        return name
    given = tuple(map(bare, name.given))
    return replace(name, family=bare(name.family), given=given, first=bare(name.first))


def grade_plain(one: PlainName, other: PlainName) -> int:
    """Grade two readings: 2 the same in full, 1 perhaps the same, 0 different.

    The first given names must agree, in full or by the initial, and the fewer given names must be
    found in order among the more. Half a family name, or half a first name, is perhaps the same.
    """
    if one.family != other.family:
        return 0
    half = one.half or other.half
    in_full = all(max(map(len, name.given)) > 1 for name in (one, other))
    if "".join(one.given) == "".join(other.given):
        return 2 if in_full and not half else 1
    short, long = sorted((one, other), key=lambda name: len(name.given))
    if not _agree(short.given[0], long.given[0]) or not _in_order(short.given[1:], long.given[1:]):
        return 0
    in_full &= len(short.given[0]) > 1 < len(long.given[0])
    sure = one.first == other.first and not _turned_round(short.place, long.place)
    return 2 if in_full and sure and not half else 1


def _turned_round(short: Place, long: Place) -> bool:
    """Tell apart "Hans Peter" and "Peter Hans Müller", which agree only by a far-fetched order."""
    if long is Place.FIRST:
        return short is not Place.FIRST
    return long is Place.LAST_BUT_ONE and short is Place.FIRST


def _agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(any(_agree(part, other) for other in rest) for part in short)


def _readings(name: Printed) -> Iterator[PlainName]:
    groups = name.groups
    if name.family:
        yield from _comma_readings(groups[: name.family], groups[name.family :])
    elif len(groups) > 1:
        yield from _named(groups[-1], groups[:-1])
        yield from _named(groups[0], groups[1:], Place.FIRST)
        for place, half in enumerate(groups[-1] if len(groups[-1]) > 1 else ()):
            rest = (*groups[-1][:place], *groups[-1][place + 1 :])
            yield from _named((half,), (*groups[:-1], rest), half=True)
    if not name.family and len(groups) > 2:
        yield from _named(groups[-2], (*groups[:-2], groups[-1]), Place.LAST_BUT_ONE)
        yield from _named((*groups[-2], *groups[-1]), groups[:-2])


def _comma_readings(family: Sequence[Group], given: Sequence[Group]) -> Iterator[PlainName]:
    yield from _named([part for group in family for part in group], given)
    for group in family if len(family) > 1 else ():
        yield from _named(group, given)
    for part in (part for group in family if len(group) > 1 for part in group):
        yield from _named((part,), given, half=True)


def _named(
    family: Sequence[str],
    given: Sequence[Group],
    place: Place = Place.LAST,
    *,
    half: bool = False,
) -> Iterator[PlainName]:
    """Give the reading, unless the family name is initials or there is no given name."""
    parts = tuple(item for group in given for part in group for item in _letters(part))
    whole = "".join(family)
    cut = len(whole) < 2 or (len(whole) == 2 and whole != "ng" and len(_letters(whole)) == 2)
    if parts and not cut:
        yield PlainName(whole, parts, "".join(given[0]), place, half)


def _family_cut(name: Printed) -> Printed:
    family, given = name.groups[: name.family], name.groups[name.family :]
    kept = tuple(group for group in family if "".join(group) not in _PARTICLES) or family
    behind = tuple(group for group in given[1:] if "".join(group) not in _PARTICLES)
    return Printed((*kept, given[0], *behind), len(kept))


def _middle_cut(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Drop "van" and its like; an end of the name stays as it is."""
    middle = (group for group in groups[1:-1] if "".join(group) not in _PARTICLES)
    return (groups[0], *middle, groups[-1]) if len(groups) > 2 else groups


def _irish(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Join the O of "Niamh O Gallachoir" to what follows, as it may be no initial."""
    if len(groups) > 2 and len(groups[-2]) == 1 and groups[-2][0] in _IRISH:
        return (*groups[:-2], (groups[-2][0] + groups[-1][0], *groups[-1][1:]))
    return groups


def _as_initials(group: Group) -> Group:
    """Read "ja" of "Smith JA" as two initials, which it may be."""
    text = group[0]
    return tuple(text) if len(group) == 1 and len(text) == 2 and text.isascii() else group


def _letters(part: str) -> Sequence[str]:
    """Read "jh" as two initials, since nobody is called so."""
    return part if len(part) <= 3 and part.isascii() and not set(part) & set("aeiou") else (part,)


def bare(text: str) -> str:
    """Write Mueller, as Müller is written too, like Muller."""
    for wide, narrow in _UMLAUTS:
        text = text.replace(wide, narrow)
    return text
