"""The rules of a call as conditions on a team that a solver understands.

Public: ``CountryRule``, ``BalanceRule``, ``TeamRules``, ``team_rules(preset, countries)``.

A team has one member of a legal entity, so that members are independent entities, and "at least m
entities, each in a different country of C" is: at least m different countries of C among the
members. A coordinator, and letters of intent, are settled later; no choice of members can fail by
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.eligibility_preset import TEAMS, Preset, Rule
from matchmaking.scorers import IntArray


@dataclass(frozen=True, slots=True)
class CountryRule:
    """At least ``least`` different countries among the members who count.

    Parameters
    ----------
    country
        (n,) the number of a candidate's country; -1 for who does not count.
    """

    name: str
    country: IntArray
    least: int


@dataclass(frozen=True, slots=True)
class BalanceRule:
    """Two teams differ by ``most`` entities at most.

    Parameters
    ----------
    team
        (n,) 0 or 1; -1 for who is in neither.
    """

    name: str
    team: IntArray
    most: int


@dataclass(frozen=True, slots=True)
class TeamRules:
    """Everything that must hold of a team."""

    countries: tuple[CountryRule, ...] = ()
    balance: tuple[BalanceRule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The rules' names, those on countries first."""
        return (*(rule.name for rule in self.countries), *(rule.name for rule in self.balance))


def team_rules(preset: Preset, countries: Sequence[str]) -> TeamRules:
    """Translate a preset for candidates who are established in these countries."""
    known = {code: number for number, code in enumerate(sorted(set(countries)))}
    team = np.array([_team(code, preset) for code in countries], np.int32)

    def numbers(rule: Rule) -> IntArray:
        inside = _members(rule, countries, team)
        all_numbers = np.array([known[code] for code in countries], np.int32)
        return np.where(inside, all_numbers, np.int32(-1))

    return TeamRules(
        tuple(
            CountryRule(rule.name, numbers(rule), rule.least)
            for rule in preset.rules
            if rule.kind == "countries"
        ),
        tuple(
            BalanceRule(rule.name, team, rule.most)
            for rule in preset.rules
            if rule.kind == "balance"
        ),
    )


def _team(country: str, preset: Preset) -> int:
    if preset.teams is None:
        return -1
    return next((side for side, own in enumerate(preset.teams) if country in own), -1)


def _members(rule: Rule, countries: Sequence[str], team: IntArray) -> NDArray[np.bool_]:
    inside = np.array([code in rule.countries for code in countries], bool)
    return inside & (team == TEAMS.index(rule.team)) if rule.team else inside
