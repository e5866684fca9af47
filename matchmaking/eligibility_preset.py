"""Rules of calls as data: dated, versioned presets, and what they may hold.

Public: ``Rule``, ``Preset``, ``read_preset(data, lists)``, ``preset(name)``, ``PRESETS``,
``shipped_data(name)``, ``country_lists()``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from matchmaking.errors import BadInput

_FOLDER = Path(__file__).with_name("presets")
PRESETS = ("horizon-ria", "chips-ju-nrf-mirror", "quantera", "none")
KINDS = ("countries", "balance", "coordinator", "letters", "size", "types")
TEAMS = ("left", "right")
Countries = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a call.

    Parameters
    ----------
    name
        What pages and commands call it.
    kind
        ``countries``: at least ``least`` independent entities, each in a different country of
        ``countries``.
        ``balance``: the two teams differ by ``most`` entities at most.
        ``coordinator``: one at most (in each team, if ``each_team``), in one of ``countries``.
        ``letters``: each team's letter of intent is there.
        ``size``: ``least`` independent entities at least, ``most`` at most; 0 is no limit.
        ``types``: at least ``least`` independent entities of one of ``types``.
    team
        Of which team: "left", "right", or empty for all.
    """

    name: str
    kind: str
    countries: Countries = frozenset()
    least: int = 0
    most: int = 0
    team: str = ""
    each_team: bool = False
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """The rules of a kind of call, with their version, date and source.

    ``teams`` are the countries of the two teams of a mirrored call, None for one consortium; what
    the right one lists is not the left one's.
    """

    name: str
    version: int
    date: str
    source: str
    rules: tuple[Rule, ...]
    teams: tuple[Countries, Countries] | None = None


@lru_cache(1)
def country_lists() -> Mapping[str, Countries]:
    """Return the lists of countries that rules may name, as they stand on their date."""
    lists = json.loads((_FOLDER / "countries.json").read_text("utf-8"))["lists"]
    return {name: frozenset(codes) for name, codes in lists.items()}


@lru_cache
def preset(name: str) -> Preset:
    """Return a preset that ships with the rules.

    Raises
    ------
    BadInput
        Naming those that there are.
    """
    if name not in PRESETS:
        raise BadInput(f"There is no preset {name!r}. Known presets: {', '.join(PRESETS)}.")
    return read_preset(shipped_data(name), country_lists())


def shipped_data(name: str) -> dict[str, Any]:
    """Return a preset that ships, in its data form: where a change to it begins."""
    data: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return data


def read_preset(data: Mapping[str, Any], lists: Mapping[str, Countries]) -> Preset:
    """Read a preset from its data form.

    Parameters
    ----------
    lists
        The lists of countries that its rules may name.

    Raises
    ------
    BadInput
        Naming the rule and what is wrong with it.
    """
    teams = data.get("teams")
    both = None if teams is None else tuple(_countries(teams[side], lists) for side in TEAMS)
    rules = tuple(_rule(item, lists, mirrored=both is not None) for item in data["rules"])
    names = [rule.name for rule in rules]
    if len(set(names)) < len(names):
        raise BadInput(f"the preset {data['name']!r} has two rules of one name")
    return Preset(
        data["name"],
        data["version"],
        data["date"],
        data["source"],
        rules,
        None if both is None else (both[0] - both[1], both[1]),
    )


def _rule(item: Mapping[str, Any], lists: Mapping[str, Countries], *, mirrored: bool) -> Rule:
    name, kind, team = item["rule"], item["kind"], item.get("team", "")
    if kind not in KINDS:
        raise BadInput(f"rule {name!r}: {kind!r} is no kind of rule; use {', '.join(KINDS)}")
    if team not in ("", *TEAMS):
        raise BadInput(f"rule {name!r}: {team!r} is no team; use left or right")
    if not mirrored and (team or kind in ("balance", "letters") or item.get("each_team")):
        raise BadInput(f"rule {name!r} is about teams, which this preset does not name")
    return Rule(
        name,
        kind,
        _countries(item.get("lists", ()), lists),
        item.get("least", 0),
        item.get("most", 0),
        team,
        item.get("each_team", False),
        tuple(item.get("types", ())),
    )


def _countries(names: Any, lists: Mapping[str, Countries]) -> Countries:  # noqa: ANN401 - data
    unknown = [name for name in names if name not in lists]
    if unknown:
        raise BadInput(f"there is no list of countries {unknown[0]!r}; known: {', '.join(lists)}")
    return frozenset(code for name in names for code in lists[name])
