"""A consortium as the rules of calls see it: legal entities, and which are one partner.

Public: ``Partner``, ``Consortium(partners, letters)``, ``Letters``, ``Entity``,
``entities_of(partners)``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from matchmaking.errors import BadInput


@dataclass(frozen=True, slots=True)
class Partner:
    """One legal entity in a consortium.

    Parameters
    ----------
    organisation
        Its name, unique in the consortium unless the PIC tells two entries apart.
    country
        Where it is established, ISO 3166-1 alpha-2 in capitals; empty for an international
        organisation, which is established in no country.
    type
        university, rto, company, public or other; no rule here depends on it.
    pic
        Participant identification code; two entries with the same one are one legal entity.
    same_entity_as
        Organisation or PIC of another partner from which this one is not independent: a Korean
        university and its cooperation foundation, a company and its subsidiary.
    """

    organisation: str
    country: str = ""
    type: str = "other"
    pic: str = ""
    same_entity_as: str = ""
    coordinator: bool = False


Letters = Mapping[str, bool]
"""By team, "left" and "right": whether its letter of intent is there; no entry: still to come."""


@dataclass(frozen=True, slots=True)
class Consortium:
    """The partners of a draft, and which team's letter of intent is there."""

    partners: tuple[Partner, ...]
    letters: Letters = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Entity:
    """Partners that are not independent of each other: the rules count them once.

    ``countries`` are all countries in which one of them is established; the rules may place the
    entity in any one of them.
    """

    members: tuple[int, ...]
    countries: frozenset[str]


def entities_of(partners: Sequence[Partner]) -> tuple[Entity, ...]:
    """Join partners that are one entity, by PIC or because one says so; in order of appearance.

    Raises
    ------
    BadInput
        When ``same_entity_as`` names nobody in the consortium.
    """
    group = list(range(len(partners)))
    by_pic: dict[str, int] = {}
    by_name: dict[str, list[int]] = {}
    for number, partner in enumerate(partners):
        if partner.pic:
            _join(group, number, by_pic.setdefault(_key(partner.pic), number))
        same = by_name.setdefault(_key(partner.organisation), [])
        for other in same:
            # Two PICs are two legal entities, even under one name.
            if not (partner.pic and partners[other].pic):
                _join(group, number, other)
        same.append(number)
    for number, partner in enumerate(partners):
        if partner.same_entity_as:
            named = _key(partner.same_entity_as)
            if named not in by_pic and named not in by_name:
                raise BadInput(
                    f"{partner.organisation!r} is the same entity as {partner.same_entity_as!r}, "
                    "which is no partner here: write its organisation or PIC as it stands there"
                )
            _join(group, number, by_pic[named] if named in by_pic else by_name[named][0])
    members: dict[int, list[int]] = {}
    for number in range(len(partners)):
        members.setdefault(_root(group, number), []).append(number)
    return tuple(
        Entity(
            tuple(some),
            frozenset(partners[one].country for one in some) - {""},
        )
        for some in members.values()
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _root(group: list[int], number: int) -> int:
    while group[number] != number:
        number = group[number]
    return number


def _join(group: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(group, one), _root(group, other)))
    group[second] = first
