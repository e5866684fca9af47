"""Proposed teams as they are kept: profile ids and figures, no text of a person.

Public: ``kept(found, role_ids) -> dict``, ``proposed(result) -> KeptTeams``.
"""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from services.consortium_coverage import Cell
from services.teams import ProposedTeam, ProposedTeams

_FOUND: TypeAdapter[ProposedTeams] = TypeAdapter(ProposedTeams)


@dataclass(frozen=True, slots=True)
class KeptTeams:
    """What was proposed, and the draft's role behind each of its role numbers."""

    found: ProposedTeams
    role_ids: tuple[int, ...]


def kept(found: ProposedTeams, role_ids: tuple[int, ...]) -> dict[str, Any]:
    """Make data for JSON. Passages are left out: who may read them is asked when they are shown."""
    cells = [
        [
            [role, person, cell.score, cell.grade]
            for (role, person), cell in sorted(team.cells.items())
        ]
        for team in found.teams
    ]
    bare = replace(found, teams=tuple(map(_plain, found.teams)))
    people = sorted({one.profile_id for team in found.teams for one in team.members})
    return {
        "found": _FOUND.dump_python(bare, mode="json"),
        "cells": cells,
        "roles": list(role_ids),
        "people": people,
    }


def proposed(result: dict[str, Any]) -> KeptTeams:
    """Read what ``kept`` made."""
    bare = _FOUND.validate_python(result["found"])
    teams = tuple(map(_with_cells, bare.teams, result["cells"]))
    return KeptTeams(replace(bare, teams=teams), tuple(result["roles"]))


def _plain(team: ProposedTeam) -> ProposedTeam:
    """Leave cells out, whose keys JSON does not know, and make views of mappings mappings."""
    rules = tuple(replace(rule, values=dict(rule.values)) for rule in team.rules)
    return replace(team, cells={}, rules=rules)


def _with_cells(team: ProposedTeam, cells: list[list[Any]]) -> ProposedTeam:
    known = {(role, person): Cell(score, grade) for role, person, score, grade in cells}
    return replace(team, cells=known)
