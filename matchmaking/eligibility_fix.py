"""The smallest change that makes a consortium eligible.

Public: ``Change``, ``smallest_fix(consortium, preset)``.

Changes are tried in the order of their number, so the first that serves is the smallest. Of equally
many, letters and coordinators come before new partners, and these before anybody has to leave.
A new partner is independent of all others and in a country where nobody is yet: that is at least as
good as any other new partner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement

from matchmaking.eligibility_consortium import Consortium, Partner, entities_of
from matchmaking.eligibility_preset import TEAMS, Countries, Preset, Rule
from matchmaking.eligibility_rules import findings

MOST_CHANGES = 12
MOST_LEAVING = 4
"""Partners who may have to leave in one fix; where more would, more may come instead."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do.

    Parameters
    ----------
    action
        ``attach-letter`` of a ``team``; ``name-coordinator`` or ``unname-coordinator`` or
        ``remove`` the partner ``organisation``; ``add`` an independent partner who counts for
        ``rule``: from one of ``countries``, in which there is nobody yet (told more than once:
        each from another).
    """

    action: str
    team: str = ""
    rule: str = ""
    organisation: str = ""
    countries: tuple[str, ...] = ()
    type: str = ""


@dataclass(frozen=True, slots=True)
class _Newcomers:
    """A kind of new partner: for a rule, any of some countries serves as well as another."""

    rule: str
    countries: tuple[str, ...]
    type: str = ""


def smallest_fix(consortium: Consortium, preset: Preset) -> tuple[Change, ...] | None:
    """Return the fewest changes after which every rule holds; none when all hold already.

    None when no change within reach serves.

    Raises
    ------
    BadInput
        When a partner says to be the same entity as nobody here.
    """
    letters = _letters(consortium, preset)
    after = replace(consortium, letters=dict.fromkeys(TEAMS, True)) if letters else consortium
    after = replace(after, partners=_marked(after.partners))
    kinds = _kinds(after, preset)
    for count in range(MOST_CHANGES + 1):
        for changes, changed in _attempts(after, kinds, count):
            if _holds(changed, preset):
                return (*letters, *changes)
    return None


def _marked(partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """Mark partners of one entity by a PIC of its own: when one leaves, the others stay one."""
    pics = {
        one: f"entity {number}"
        for number, entity in enumerate(entities_of(partners))
        for one in entity.members
    }
    return tuple(
        replace(partner, pic=pics[number], same_entity_as="")
        for number, partner in enumerate(partners)
    )


def _holds(consortium: Consortium, preset: Preset) -> bool:
    return all(found.holds for found in findings(consortium, preset))


def _letters(consortium: Consortium, preset: Preset) -> tuple[Change, ...]:
    if not any(rule.kind == "letters" for rule in preset.rules):
        return ()
    return tuple(
        Change("attach-letter", team=side) for side in TEAMS if not consortium.letters.get(side)
    )


def _attempts(
    consortium: Consortium, kinds: Sequence[_Newcomers], count: int
) -> Iterator[tuple[tuple[Change, ...], Consortium]]:
    """Yield every set of so many changes: those that cost people least first."""
    named = [number for number, one in enumerate(consortium.partners) if one.coordinator]
    for leaving in range(min(count, MOST_LEAVING) + 1):
        for coming in range(count - leaving, -1, -1):
            for unnamed in combinations(named, count - leaving - coming):
                for gone in combinations(range(len(consortium.partners)), leaving):
                    for new in combinations_with_replacement(kinds, coming):
                        yield _changed(consortium, unnamed, gone, new)


def _changed(
    consortium: Consortium,
    unnamed: Sequence[int],
    gone: Sequence[int],
    new: Sequence[_Newcomers],
) -> tuple[tuple[Change, ...], Consortium]:
    partners = consortium.partners
    changes = [
        Change("unname-coordinator", organisation=partners[one].organisation) for one in unnamed
    ]
    changes += [
        Change("add", rule=kind.rule, countries=tuple(sorted(kind.countries)), type=kind.type)
        for kind in new
    ]
    changes += [Change("remove", organisation=partners[one].organisation) for one in gone]
    kept = [
        replace(one, coordinator=one.coordinator and number not in unnamed)
        for number, one in enumerate(partners)
        if number not in gone
    ]
    return tuple(changes), replace(consortium, partners=(*kept, *_newcomers(new)))


def _newcomers(new: Sequence[_Newcomers]) -> Iterator[Partner]:
    used: set[str] = set()
    for number, kind in enumerate(new):
        # Where all countries of a kind are taken, another one in the first changes nothing.
        country = next((code for code in kind.countries if code not in used), kind.countries[0])
        used.add(country)
        yield Partner(f"\0newcomer {number}", country, kind.type or "other")


def _kinds(consortium: Consortium, preset: Preset) -> list[_Newcomers]:
    """Find the kinds of newcomers: the widest lists of countries first, nobody there yet."""
    there = {one.country for one in consortium.partners}
    lists = {
        rule.name: _counting(rule, preset) for rule in preset.rules if rule.kind == "countries"
    }
    kinds: dict[tuple[str, ...], _Newcomers] = {}

    def wanted(code: str) -> tuple[int, str]:
        """Order countries by how many lists want them: what the first ones mend, all mend."""
        return sum(code in some for some in lists.values()), code

    for name, some in sorted(lists.items(), key=lambda item: -len(item[1])):
        free = tuple(sorted(some - there or some, key=wanted))
        kinds.setdefault(free, _Newcomers(name, free))
    return _typed(list(kinds.values()), preset)


def _typed(kinds: list[_Newcomers], preset: Preset) -> list[_Newcomers]:
    """Add newcomers of the types that are asked for, and any where only their number counts."""
    for rule in preset.rules:
        if rule.kind not in ("size", "types"):
            continue
        everywhere = (rule.team or "left") if preset.teams else ""
        home = preset.teams[TEAMS.index(everywhere)] if preset.teams else frozenset({""})
        bases = [*kinds, _Newcomers(rule.name, tuple(sorted(home)))]
        if rule.kind == "types":
            kinds = [*kinds, *(replace(one, type=rule.types[0]) for one in bases if rule.types)]
        else:
            kinds = bases
    return kinds


def _counting(rule: Rule, preset: Preset) -> Countries:
    """Return the countries that count for a rule, in its team if it is about one."""
    if preset.teams is None or not rule.team:
        return rule.countries
    return rule.countries & preset.teams[TEAMS.index(rule.team)]
