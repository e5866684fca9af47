"""Whether each rule of a call holds for a consortium.

Public: ``Finding``, ``findings(consortium, preset)``.

An entity that is established in several countries (a company and its subsidiary count once) may be
placed in any one of them, so a rule on countries asks for a matching of entities with countries.
That one of three is in a Member State may be asked beside it: whoever can be there can be placed
there without losing a country. In a mirrored call, an entity that could be in either team is put
where most rules hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType

from matchmaking.eligibility_consortium import (
    Consortium,
    Entity,
    Partner,
    entities_of,
)
from matchmaking.eligibility_preset import TEAMS, Countries, Preset, Rule

Number = int | str
NOTHING: Mapping[str, Number] = MappingProxyType({})
Teams = Mapping[str, Sequence[Entity]]
MOST_IN_EITHER = 10
"""Entities tried in either team; any beyond stand in the first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a rule holds; None when that hangs on a document still to come.

    ``code`` and ``values`` are for the sentence that says why.
    """

    rule: str
    holds: bool | None
    code: str
    values: Mapping[str, Number] = field(default_factory=lambda: NOTHING)


def findings(consortium: Consortium, preset: Preset) -> tuple[Finding, ...]:
    """Return a finding for each rule, in the preset's order.

    Raises
    ------
    BadInput
        When a partner says to be the same entity as nobody here.
    """
    entities = entities_of(consortium.partners)
    options = (
        tuple(_finding(rule, consortium, teams, preset) for rule in preset.rules)
        for teams in _teams(entities, preset)
    )
    return max(options, key=lambda found: sum(one.holds is not False for one in found))


def _teams(entities: Sequence[Entity], preset: Preset) -> Iterator[Teams]:
    """Yield every way to part entities into teams; whoever is in neither's countries is in none."""
    if preset.teams is None:
        yield {"": entities}
        return
    places: list[list[str]] = []
    either = 0
    for entity in entities:
        sides = [
            side for side, own in zip(TEAMS, preset.teams, strict=True) if entity.countries & own
        ] or [""]
        either += len(sides) > 1
        places.append(sides if either <= MOST_IN_EITHER else sides[:1])
    own = dict(zip(TEAMS, preset.teams, strict=True))
    for choice in product(*places):
        teams: dict[str, list[Entity]] = {"": list(entities), "left": [], "right": []}
        for entity, side in zip(entities, choice, strict=True):
            if side:
                teams[side].append(replace(entity, countries=entity.countries & own[side]))
        yield teams


def _finding(rule: Rule, consortium: Consortium, teams: Teams, preset: Preset) -> Finding:
    if rule.kind == "countries":
        found = _most_countries([entity.countries & rule.countries for entity in teams[rule.team]])
        values = {"found": found, "least": rule.least}
        return Finding(rule.name, found >= rule.least, "countries", values)
    if rule.kind == "balance":
        left, right = len(teams["left"]), len(teams["right"])
        sizes = {"left": left, "right": right, "most": rule.most}
        return Finding(rule.name, abs(left - right) <= rule.most, "balance", sizes)
    if rule.kind in ("size", "types"):
        return _count(rule, consortium, teams[rule.team])
    if rule.kind == "coordinator":
        return _coordinator(rule, consortium.partners, preset)
    return _letters(rule, consortium)


def _count(rule: Rule, consortium: Consortium, entities: Sequence[Entity]) -> Finding:
    """Count independent entities, all of them or those of a type."""
    if rule.kind == "types":
        found = sum(
            any(consortium.partners[one].type in rule.types for one in entity.members)
            for entity in entities
        )
        told: Mapping[str, Number] = {"found": found, "least": rule.least}
        return Finding(rule.name, found >= rule.least, "types", told)
    found = len(entities)
    holds = found >= rule.least and not 0 < rule.most < found
    sizes: Mapping[str, Number] = {"found": found, "least": rule.least, "most": rule.most}
    return Finding(rule.name, holds, "size" if rule.most else "size-least", sizes)


def _most_countries(choices: Sequence[Countries]) -> int:
    """Return the size of a largest matching of entities with countries (augmenting paths)."""
    owner: dict[str, int] = {}

    def place(number: int, seen: set[str]) -> bool:
        for country in sorted(choices[number] - seen):
            seen.add(country)
            if country not in owner or place(owner[country], seen):
                owner[country] = number
                return True
        return False

    return sum(place(number, set()) for number in range(len(choices)))


def _coordinator(rule: Rule, partners: Sequence[Partner], preset: Preset) -> Finding:
    named = [one for one in partners if one.coordinator]
    for one in named:
        if one.country not in rule.countries:
            where: Mapping[str, Number] = {"name": one.organisation, "country": one.country}
            return Finding(rule.name, False, "coordinator-elsewhere", where)
    teams = [_team_of(one, preset) if rule.each_team else "" for one in named]
    if len(set(teams)) < len(teams):
        return Finding(rule.name, False, "coordinators", {"found": len(named)})
    if not named:
        return Finding(rule.name, True, "coordinator-open")
    return Finding(rule.name, True, "coordinator", {"name": named[0].organisation})


def _team_of(partner: Partner, preset: Preset) -> str:
    right = preset.teams is not None and partner.country in preset.teams[1]
    return "right" if right else "left"


def _letters(rule: Rule, consortium: Consortium) -> Finding:
    there = {side: consortium.letters.get(side) for side in TEAMS}
    missing = [side for side, letter in there.items() if not letter]
    if not missing:
        return Finding(rule.name, True, "letters")
    code = "letters-missing" if len(missing) > 1 else f"letter-{missing[0]}-missing"
    return Finding(rule.name, False if False in there.values() else None, code)
